"""Which other articles are the same text, or nearly so? Looked up for one article at a time, in step with none stored.

Two fingerprints that differ in at most `MOST_DIFFERENT` of their eight bytes agree in one of their four pairs of bytes:
only those that do are compared in full (the pigeonhole of Manku, Jain and Das Sarma, "Detecting near-duplicates for web
crawling", 2007).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from searcher.articles.duplicates import MOST_DIFFERENT
from searcher.search.segments import ABSENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from searcher.search.segments import Segment

_UNKNOWN = frozenset({0, ABSENT})


class Duplicates:
    """The near-duplicates within some segments."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._columns: dict[int, tuple[NDArray[np.uint8], list[NDArray[np.uint16]]]] = {}

    def of(self, number: int) -> list[int]:
        """Give the other articles that are nearly the same text, by their numbers in the whole index."""
        home = next(segment for segment in reversed(self._segments) if segment.base <= number)
        mine = np.int64(home.numbers("fingerprint")[number - home.base])
        if int(mine) in _UNKNOWN:
            return []
        found: list[int] = []
        for segment in self._segments:
            octets, pairs = self._read(segment)
            likely = np.flatnonzero(_any_equal(pairs, mine))
            different = np.count_nonzero(octets[likely] != np.array([mine]).view(np.uint8), axis=1)
            near = likely[different <= MOST_DIFFERENT]
            near = near if segment.live is None else near[segment.live[near]]
            found += (near + segment.base).tolist()
        return [other for other in found if other != number]

    def _read(self, segment: Segment) -> tuple[NDArray[np.uint8], list[NDArray[np.uint16]]]:
        if segment.base not in self._columns:
            prints = np.ascontiguousarray(segment.numbers("fingerprint"), np.int64)
            pairs = prints.view(np.uint16).reshape(-1, 4)
            columns = [np.ascontiguousarray(pairs[:, part]) for part in range(4)]
            self._columns[segment.base] = prints.view(np.uint8).reshape(-1, 8), columns
        return self._columns[segment.base]


def _any_equal(pairs: list[NDArray[np.uint16]], mine: np.int64) -> NDArray[np.bool_]:
    wanted = np.array([mine]).view(np.uint16)
    equal: NDArray[np.bool_] = pairs[0] == wanted[0]
    for part in range(1, 4):
        equal |= pairs[part] == wanted[part]
    return equal
