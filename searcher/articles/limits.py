"""How much one file may ask of us: bytes, expansion, depth, members, time."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from searcher.errors import UnreadableError

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that no honest archive meets and no hostile file passes.

    Attributes:
        article_megabytes: the largest single article (a page, a mail, a line of JSONL), as stored in its file.
        expansion_ratio: how many times its size on disk a compressed file may become, all levels together.
        expansion_megabytes: what any file may become, whatever its size on disk.
        depth: archives within archives.
        members: files within one archive file.
        seconds: how long one article may be read for.
    """

    article_megabytes: int = 64
    expansion_ratio: int = 250
    expansion_megabytes: int = 64
    depth: int = 4
    members: int = 1_000_000
    seconds: float = 30.0

    @property
    def article_bytes(self) -> int:
        """The largest single article, in bytes."""
        return self.article_megabytes * MEGABYTE


class ExhaustedError(UnreadableError):
    """A file has used up what it may unpack to: nothing more of it is read."""


@dataclass(slots=True)
class Allowance:
    """What is left of a file's expansion: shared by everything that is unpacked from it."""

    limits: Limits
    size: int
    spent: int = 0
    _most: int = field(init=False)

    def __post_init__(self) -> None:
        self._most = max(self.limits.expansion_megabytes * MEGABYTE, self.limits.expansion_ratio * self.size)

    def spend(self, count: int) -> None:
        """Take `count` unpacked bytes off the allowance (ExhaustedError when it is used up)."""
        self.spent += count
        if self.spent > self._most:
            raise ExhaustedError(
                f"unpacks to more than {self._most // MEGABYTE} MB, from {self.size:,} bytes",
                "If it is what it should be, unpack it by hand and index the result.",
            )


class Deadline:
    """A moment by which one article must have been read."""

    __slots__ = ("_end", "_seconds")

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def check(self) -> None:
        """Raise UnreadableError once the time is over."""
        if time.monotonic() > self._end:
            raise UnreadableError(f"takes longer than {self._seconds:g} s to read")
