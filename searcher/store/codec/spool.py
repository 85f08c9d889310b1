"""Bytes put aside while other sections of the same file are being written."""

from __future__ import annotations

import os
from typing import IO, TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from searcher.store.codec.sections_writer import SectionWriter

_IN_MEMORY = 2 << 20
_COPIED_AT_ONCE = 1 << 20

#: A disk, where `/tmp` may be memory; SQLite keeps its temporary files there, too.
_ON_DISK = "/var/tmp"  # noqa: S108 no name is made there


def nameless_file() -> IO[bytes]:
    """Open a temporary file without a name for much content, on a disk where the user names no other place."""
    import tempfile

    on_disk = not os.environ.get("TMPDIR") and os.access(_ON_DISK, os.W_OK | os.X_OK)
    return cast("IO[bytes]", tempfile.TemporaryFile(dir=_ON_DISK if on_disk else None))


class Spool:
    """Keeps what is written to it: in memory up to 2 MB, then in a nameless temporary file.

    Attributes:
        size: how many bytes have been written.
    """

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._held = 0
        self._file: IO[bytes] | None = None
        self.size = 0

    def write(self, data: Any) -> None:
        """Append bytes."""
        piece = bytes(data)
        self._pieces.append(piece)
        self._held += len(piece)
        self.size += len(piece)
        if self._held > _IN_MEMORY:
            if self._file is None:
                self._file = nameless_file()
            self._file.writelines(self._pieces)
            self._pieces.clear()
            self._held = 0

    def copy_to(self, file: SectionWriter, name: str, dtype: Any) -> None:
        """Write everything as one section, and forget it."""
        with file.section(name, dtype) as write:
            if self._file is not None:
                with self._file:
                    self._file.seek(0)
                    while piece := self._file.read(_COPIED_AT_ONCE):
                        write(piece)
            for piece in self._pieces:
                write(piece)
        self._pieces.clear()

    def close(self) -> None:
        """Forget what was written, where it is not wanted after all."""
        self._pieces.clear()
        if self._file is not None:
            self._file.close()
