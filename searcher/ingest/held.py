"""Messages that may have to be sent again, kept in a nameless file instead of in memory."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from searcher.store.codec.spool import nameless_file

if TYPE_CHECKING:
    from collections.abc import Iterator


class Held:
    """Messages in the order they were added; false when there is none."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._sizes: list[int] = []

    def __bool__(self) -> bool:
        return bool(self._sizes)

    def __iter__(self) -> Iterator[bytes]:
        at = 0
        for size in list(self._sizes):
            file = self._opened()
            file.seek(at)
            yield file.read(size)
            at += size

    def add(self, message: bytes) -> None:
        """Keep one more message (OSError when there is no room for it)."""
        file = self._opened()
        file.seek(sum(self._sizes))
        file.write(message)
        self._sizes.append(len(message))

    def clear(self) -> None:
        """Forget all messages."""
        self._sizes = []
        if self._file is not None:
            self._file.seek(0)
            self._file.truncate()

    def close(self) -> None:
        """Give the file back."""
        self._sizes = []
        if self._file is not None:
            self._file.close()
            self._file = None

    def _opened(self) -> IO[bytes]:
        if self._file is None:
            self._file = nameless_file()
        return self._file
