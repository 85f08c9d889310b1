"""Has this id been met before? Eight bytes each, for files of millions of records."""

from __future__ import annotations

from array import array
from bisect import bisect_left

_RECENT = 1 << 16


class Seen:
    """The ids met so far, as numbers below 2**64: the latest in a set, all others in order in an array."""

    def __init__(self) -> None:
        self._recent: set[int] = set()
        self._sorted = array("Q")

    def add(self, number: int) -> bool:
        """Add an id, and tell whether it is a new one."""
        if number in self._recent or self._settled(number):
            return False
        self._recent.add(number)
        if len(self._recent) >= _RECENT:
            self._settle()
        return True

    def _settled(self, number: int) -> bool:
        place = bisect_left(self._sorted, number)
        return place < len(self._sorted) and self._sorted[place] == number

    def _settle(self) -> None:
        import numpy as np

        recent = np.fromiter(self._recent, np.uint64, len(self._recent))
        together = np.concatenate((np.frombuffer(self._sorted, np.uint64), recent))
        together.sort()
        self._sorted = array("Q", together.tobytes())
        self._recent.clear()
