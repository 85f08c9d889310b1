"""What every format is given: one file's bytes under its name, with bounds on how much of them there may be."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, cast

from searcher.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.articles.limits import Allowance, Limits

_HEAD = 4096
_USUAL = 1 << 15


@dataclass(slots=True)
class Document:
    """A file, or a file within a file, that is read once from front to back.

    Attributes:
        name: what its format is told by: the file's own name, without the folders.
        path: what its articles are shown under.
        stream: its bytes; `peek` must work, as it does on every buffered reader of the standard library.
        allowance: what may still be unpacked of the outermost file.
        depth: how many archives it lies in.
    """

    name: str
    path: str
    stream: IO[bytes]
    limits: Limits
    allowance: Allowance
    depth: int = 0

    def head(self) -> bytes:
        """Its first bytes, up to 4,096 of them, without consuming them."""
        return cast("io.BufferedReader", self.stream).peek(_HEAD)[:_HEAD]

    def everything(self) -> bytes:
        """All its bytes; UnreadableError when they are more than one article may have."""
        most = self.limits.article_bytes
        # Room for all that is asked for is made before it is read: little is asked for first.
        content = self.stream.read(_USUAL)
        if len(content) == _USUAL:
            content += self.stream.read(max(0, most + 1 - _USUAL))
        if len(content) > most:
            raise too_large(self.limits)
        return content

    def lines(self) -> Iterator[bytes | None]:
        """Its lines without their ends; None in the place of one that is larger than an article may be."""
        most = self.limits.article_bytes
        readline = self.stream.readline
        while line := readline(most + 1):
            if len(line) > most and not line.endswith(b"\n"):
                while (rest := readline(most)) and not rest.endswith(b"\n"):
                    pass
                yield None
            else:
                yield line

    def inner(self, name: str, stream: IO[bytes], *, path: str, deeper: bool) -> Document:
        """Make the document that lies in this one; what is read from it is taken off the allowance."""
        metered = io.BufferedReader(_Metered(stream, self.allowance), 1 << 17)
        return Document(name, path, metered, self.limits, self.allowance, self.depth + deeper)


class _Metered(io.RawIOBase):
    """An unpacking stream that takes every byte it gives off an allowance."""

    def __init__(self, stream: IO[bytes], allowance: Allowance) -> None:
        super().__init__()
        # `read1` gives what has been unpacked so far, before the call that meets damaged data.
        self._read = getattr(stream, "read1", stream.read)
        self._allowance = allowance

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        chunk = self._read(len(buffer))
        self._allowance.spend(len(chunk))
        buffer[: len(chunk)] = chunk
        return len(chunk)


def too_large(limits: Limits) -> UnreadableError:
    """Make the error that says so of an article."""
    return UnreadableError(
        f"larger than {limits.article_megabytes} MB", "Raise the limit, or split it: one article is never so large."
    )
