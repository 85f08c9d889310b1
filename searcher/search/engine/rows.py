"""In which articles do frequent words stand in a row or near each other, and how often? Told 64 places at a time.

Each word has a bit for every place on a line of all articles (see `standing`). Bits shifted against each other tell
what follows what, as in Baeza-Yates and Gonnet, "A new approach to text searching", CACM 35 (1992).
"""

from __future__ import annotations

from functools import cache, reduce
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from searcher.search.engine.standing import Bits

    Line = NDArray[np.int64]
    Words = NDArray[np.uint64]


class Rows(NamedTuple):
    """Where any of some rows of words stand.

    Attributes:
        any_of: rows: the bits of each word, and how many words after the first it stands.
        reach: how many words after the first the last one stands; the same in all rows.
    """

    any_of: tuple[tuple[tuple[Bits, int], ...], ...]
    reach: int

    def begins(self, start: int, stop: int) -> Words:
        """Give where they begin in the bytes `[start, stop)` of the line; the bits behind those mean nothing."""
        stop += (start - stop) % 8
        rows = ([_earlier(bits[start:stop].copy().view("<u8"), at) for bits, at in row] for row in self.any_of)
        return reduce(np.bitwise_or, (reduce(np.bitwise_and, row) for row in rows))


class Counted(NamedTuple):
    """How often it is so in each article, and which counts are perhaps too low or too high."""

    counts: NDArray[np.int64]
    doubtful: NDArray[np.bool_]


def count_rows(parts: Sequence[Rows], line: Line, distance: int, *, ordered: bool) -> Counted:
    """Count the runs that have one of each part, as `Nearby.spans` gives them.

    Args:
        parts: more than two only `ordered`, or all of reach 0 and none like another.
        line: where each of some articles begins, one after the other, and the last one ends.
        distance: how many words after one part ends the next may begin; of many, after the first the last one.
        ordered: each part stands after the one before.
    """
    start, stop = int(line[0]) >> 3, int(line[-1]) >> 3
    begins = [part.begins(start, stop) for part in parts]
    reaches = [part.reach for part in parts]
    if ordered or len(parts) == 1 or parts[0] is parts[-1]:
        found = begins[-1]
        for here, reach in zip(begins[-2::-1], reaches[-2::-1], strict=True):
            found = here & _followed(found, reach, distance)
        return Counted(_by_article(found, line), np.zeros(len(line) - 1, np.bool_))
    if len(parts) == 2:
        one, two = begins
        there = one & _followed(two, reaches[0], distance)
        back = two & _followed(one, reaches[1], distance)
        counts = _by_article(there | back, line)
        # From one place on there may be two runs, unless both are of a word each.
        both = there & back
    else:
        near = [_followed(one, 0, distance) for one in begins]
        found = np.zeros_like(begins[0])
        for number, one in enumerate(begins):
            found |= reduce(np.bitwise_and, near[:number] + near[number + 1 :], one)
        counts = _by_article(found, line)
        # A place that two have stands for one of them only.
        both = reduce(np.bitwise_or, (one & two for one, two in combinations(begins, 2)))
    doubtful = np.zeros(len(counts), np.bool_)
    if both.any():
        doubtful = (_by_article(both, line) > 0) & (counts > 0)
    return Counted(counts, doubtful)


def _earlier(words: Words, places: int) -> Words:
    """Move all bits so many places, fewer than 64, towards the beginning."""
    if not places:
        return words
    moved = words >> np.uint64(places)
    moved[:-1] |= words[1:] << np.uint64(64 - places)
    return moved


def _followed(words: Words, reach: int, distance: int) -> Words:
    """Tell from where on a bit stands at most `distance` places behind those up to `reach`."""
    within, width = words, 1
    while width < distance:
        step = min(width, distance - width)
        within = within | _earlier(within, step)
        width += step
    return _earlier(within, reach + 1)


def _by_article(words: Words, line: Line) -> NDArray[np.int64]:
    """Count the bits of each article."""
    ones = ones_of_sixteen().take(words.view("<u2")[: int(line[-1] - line[0]) >> 4])
    return np.add.reduceat(ones, (line[:-1] - line[0]) >> 4, dtype=np.int64)


@cache
def ones_of_sixteen() -> NDArray[np.uint8]:
    """How many bits are set in every number of 16 bits."""
    octets = np.arange(1 << 16, dtype="<u4").view(np.uint8).reshape(-1, 4)
    ones: NDArray[np.uint8] = np.unpackbits(octets, axis=1).sum(axis=1, dtype=np.uint8)
    return ones
