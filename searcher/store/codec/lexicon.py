"""The terms of one field in byte order: which number has a term, which term has a number.

Sections: `terms` (all terms run together), `terms/starts` (where each begins, and where the last one ends) and
`terms/fence`, the first eight bytes of every 64th term as one number. A look-up searches the fence, then reads the
64 terms behind it, so it touches three pages of a file however many terms there are.
"""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.store.codec.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from searcher.store.codec.sections import SectionFile
    from searcher.store.codec.sections_writer import SectionWriter

GROUP = 64


def _key(term: bytes) -> int:
    return int.from_bytes(term[:8].ljust(8, b"\0"), "big")


class LexiconWriter:
    """Writes terms, which must arrive in byte order."""

    def __init__(self) -> None:
        self._blob = Spool()
        self._lengths: list[NDArray[np.int64]] = []
        self._fence: list[int] = []
        self.count = 0

    def add(self, terms: Sequence[bytes]) -> None:
        """Add the next terms."""
        self._fence += map(_key, terms[-self.count % GROUP :: GROUP])
        self._blob.write(b"".join(terms))
        self._lengths.append(np.fromiter(map(len, terms), np.int64, len(terms)))
        self.count += len(terms)

    def finish(self, file: SectionWriter, field: str) -> None:
        """Write the sections of `field`."""
        starts = np.zeros(self.count + 1, np.int64)
        if self._lengths:
            np.cumsum(np.concatenate(self._lengths), out=starts[1:])
        self._blob.copy_to(file, f"{field}/terms", np.uint8)
        file.add(f"{field}/terms/starts", narrowed(starts))
        file.add(f"{field}/terms/fence", np.array(self._fence, np.uint64))


def narrowed(starts: NDArray[Any]) -> NDArray[Any]:
    """Give ascending offsets as uint32 where they fit, else as uint64."""
    return starts.astype(np.uint32 if not len(starts) or int(starts[-1]) < 1 << 32 else np.uint64)


class Lexicon:
    """Reads the terms of `field`."""

    def __init__(self, file: SectionFile, field: str) -> None:
        self._terms = file.section(f"{field}/terms", np.uint8)
        self._starts = file.section(f"{field}/terms/starts")
        self._fence = file.section(f"{field}/terms/fence")
        self.count = len(self._starts) - 1
        if self.count < 0 or len(self._fence) != -(-self.count // GROUP):
            raise self._starts.damaged("holds another number of terms than its fence")

    def term(self, number: int) -> bytes:
        """Give the term that has this number."""
        return self._terms.array(self._starts.item(number), self._starts.item(number + 1)).tobytes()

    def terms(self, start: int = 0, stop: int | None = None) -> list[bytes]:
        """Give terms `[start, stop)`."""
        stop = self.count if stop is None else stop
        if start >= stop:
            return []
        blob, places = self.blob(start, stop)
        return [blob[one:two] for one, two in pairwise(places.tolist())]

    def blob(self, start: int, stop: int) -> tuple[bytes, NDArray[np.int64]]:
        """Give terms `[start, stop)` run together, and where each starts and the last one ends (int64)."""
        places = self._starts.array(start, stop + 1).astype(np.int64)
        return self._terms.array(int(places[0]), int(places[-1])).tobytes(), places - places[0]

    def arrays(self) -> tuple[NDArray[np.uint8], NDArray[Any]]:
        """Give all terms run together (uint8), and where each starts and the last one ends: views of the file."""
        blob, starts = self._terms.array(), self._starts.array()
        if int(starts[-1]) > len(blob) or (starts[1:] < starts[:-1]).any():
            raise self._starts.damaged("do not lie in their order")
        return blob, starts

    def place(self, term: bytes) -> int:
        """Give the number of the first term that is not below `term`."""
        return self._place(term)[0]

    def find(self, term: bytes) -> int:
        """Give the number of a term, -1 where there is no such term."""
        number, found = self._place(term)
        return number if found else -1

    def _place(self, term: bytes) -> tuple[int, bool]:
        """Give the number of the first term that is not below `term`, and whether it is `term` itself."""
        fence = self._fence.array()
        key = np.uint64(_key(term))
        high = int(fence.searchsorted(key, "right"))
        low = max(high - 1, 0)
        if high and fence[low] == key:
            low = max(int(fence.searchsorted(key, "left")) - 1, 0)
        while high - low > 1:
            middle = (low + high) // 2
            if self.term(middle * GROUP) <= term:
                low = middle
            else:
                high = middle
        first = low * GROUP
        starts = self._starts.array(first, min(first + GROUP, self.count) + 1).tolist()
        blob = self._terms.array(starts[0], starts[-1]).tobytes()
        base, last = starts[0], len(starts) - 1
        low, high = 0, last
        while low < high:
            middle = (low + high) // 2
            if blob[starts[middle] - base : starts[middle + 1] - base] < term:
                low = middle + 1
            else:
                high = middle
        return first + low, low < last and blob[starts[low] - base : starts[low + 1] - base] == term

    def span(self, low: bytes | None, high: bytes | None) -> tuple[int, int]:
        """Give the numbers `[start, stop)` of the terms with `low <= term < high`; None leaves an end open."""
        start = 0 if low is None else self.place(low)
        stop = self.count if high is None else self.place(high)
        return start, max(start, stop)

    def prefix(self, prefix: bytes) -> tuple[int, int]:
        """Give the numbers `[start, stop)` of the terms that start with `prefix`."""
        kept = prefix.rstrip(b"\xff")
        return self.span(prefix, kept[:-1] + bytes([kept[-1] + 1]) if kept else None)


def joined(terms: Sequence[bytes]) -> tuple[bytes, NDArray[np.int64]]:
    """Run terms together; give the bytes, and where each starts and the last one ends (int64)."""
    return b"".join(terms), np.fromiter(accumulate(map(len, terms), initial=0), np.int64, len(terms) + 1)
