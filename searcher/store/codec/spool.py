"""Bytes put aside while other sections of the same file are being written."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from searcher.store.codec.sections import SectionWriter

_IN_MEMORY = 16 << 20
_COPIED_AT_ONCE = 1 << 20


class Spool:
    """Keeps what is written to it: in memory up to 16 MB, then in a nameless temporary file.

    Attributes:
        size: how many bytes have been written.
    """

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 closed by copy_to
        self.size = 0

    def write(self, data: Any) -> None:
        """Append bytes."""
        self.size += self._file.write(data)

    def copy_to(self, file: SectionWriter, name: str, dtype: Any) -> None:
        """Write everything as one section, and forget it."""
        self._file.seek(0)
        with file.section(name, dtype) as write:
            while piece := self._file.read(_COPIED_AT_ONCE):
                write(piece)
        self._file.close()
