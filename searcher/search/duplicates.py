"""Which other articles are the same text, or nearly so? Looked up for one article at a time.

Of a large index the fingerprints are kept in orders that bring near ones together (`Kept`); what is not kept is looked
through. Two fingerprints that differ in at most `MOST_DIFFERENT` of their eight bytes agree in one of any three of
their four pairs of bytes: only those that do are compared in full (the pigeonhole of Manku, Jain and Das Sarma,
"Detecting near-duplicates for web crawling", 2007).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from searcher.articles.duplicates import MOST_DIFFERENT
from searcher.errors import IndexDamagedError
from searcher.search.engine.segments import ABSENT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from numpy.typing import NDArray

    from searcher.search.engine.segments import Segment

_UNKNOWN = frozenset({0, ABSENT})
_PAIRS = MOST_DIFFERENT + 1


class Kept(Protocol):
    """The fingerprints of some segments, in order."""

    @property
    def segments(self) -> AbstractSet[int]:
        """The first numbers of these segments."""
        ...

    def near(self, fingerprint: int) -> NDArray[np.int64]:
        """Give their articles with nearly this fingerprint, deleted ones included, by their numbers in the index.

        Raises:
            IndexDamagedError: what is kept is damaged.
        """
        ...


class Duplicates:
    """The near-duplicates within some segments.

    Args:
        segments: all of an index's.
        kept: what is kept of the fingerprints of some of them.
    """

    def __init__(self, segments: Sequence[Segment], kept: Kept | None = None) -> None:
        self._segments = segments
        self._kept = kept
        self._columns: dict[int, tuple[NDArray[np.uint8], list[NDArray[np.uint16]]]] = {}

    def of(self, number: int) -> list[int]:
        """Give the other articles that are nearly the same text, by their numbers in the whole index."""
        home = next(segment for segment in reversed(self._segments) if segment.base <= number)
        mine = home.number("fingerprint", number - home.base)
        if mine in _UNKNOWN:
            return []
        found: set[int] = set()
        kept = self._near_in_kept(mine)
        for segment in self._segments:
            if self._kept is not None and segment.base in self._kept.segments:
                near = kept[(kept >= segment.base) & (kept < segment.base + segment.size)] - segment.base
            else:
                near = self._looked_through(segment, mine)
            near = near if segment.live is None else near[segment.live[near]]
            found.update((near + segment.base).tolist())
        return sorted(found - {number})

    def _near_in_kept(self, mine: int) -> NDArray[np.int64]:
        try:
            if self._kept is not None:
                return self._kept.near(mine)
        except IndexDamagedError:
            self._kept = None  # all is looked through instead
        return np.empty(0, np.int64)

    def _looked_through(self, segment: Segment, mine: int) -> NDArray[np.int64]:
        octets, pairs = self._read(segment)
        wanted = np.array([mine], np.int64)
        equal = np.logical_or.reduce([pair == part for pair, part in zip(pairs, wanted.view(np.uint16), strict=False)])
        likely = np.flatnonzero(equal)
        theirs = octets[likely]
        different = np.count_nonzero(theirs != wanted.view(np.uint8), axis=1)
        near: NDArray[np.int64] = likely[(different <= MOST_DIFFERENT) & theirs.any(axis=1)]
        return near

    def _read(self, segment: Segment) -> tuple[NDArray[np.uint8], list[NDArray[np.uint16]]]:
        if segment.base not in self._columns:
            prints = np.ascontiguousarray(segment.numbers("fingerprint"), np.int64)
            pairs = prints.view(np.uint16).reshape(-1, 4)
            columns = [np.ascontiguousarray(pairs[:, part]) for part in range(_PAIRS)]
            self._columns[segment.base] = prints.view(np.uint8).reshape(-1, 8), columns
        return self._columns[segment.base]
