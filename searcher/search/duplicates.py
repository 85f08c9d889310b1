"""Which other articles are the same text, or nearly so? Looked up for the articles of a page at once.

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
    from collections.abc import Set as AbstractSet

    from numpy.typing import NDArray

    from searcher.search.engine.matches import Articles
    from searcher.search.engine.segments import Segment
    from searcher.search.engine.whole import Whole

_PAIRS = MOST_DIFFERENT + 1


class Kept(Protocol):
    """The fingerprints of some segments, in order."""

    @property
    def segments(self) -> AbstractSet[int]:
        """The first numbers of these segments."""
        ...

    def near(self, fingerprints: NDArray[np.int64]) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
        """Give their articles with nearly one of some fingerprints, deleted ones included, some of them repeatedly.

        Returns:
            The places in `fingerprints`, and beside each an article's number in the index.

        Raises:
            IndexDamagedError: what is kept is damaged.
        """
        ...


class Duplicates:
    """The near-duplicates within an index.

    Args:
        whole: its segments.
        kept: what is kept of the fingerprints of some of them.
    """

    def __init__(self, whole: Whole, kept: Kept | None = None) -> None:
        self._whole = whole
        self._kept = kept
        self._columns: dict[int, tuple[NDArray[np.uint8], list[NDArray[np.uint16]]]] = {}

    def of(self, articles: Articles) -> list[list[int]]:
        """Give for each article the others that are nearly the same text, in ascending order."""
        prints = self._whole.some_numbers("fingerprint", articles)
        known = ((prints != 0) & (prints != ABSENT)).nonzero()[0]
        places, near = self._near(prints[known])
        mine = known[places]
        live = self._whole.live
        others = near != articles[mine]
        if live is not None:
            others &= live[near]
        found: list[list[int]] = [[] for _ in articles]
        for place, other in sorted(set(zip(mine[others].tolist(), near[others].tolist(), strict=True))):
            found[place].append(other)
        return found

    def _near(self, prints: NDArray[np.int64]) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
        """Give the places of fingerprints, and beside each an article that has nearly this one."""
        found = []
        kept: AbstractSet[int] = frozenset()
        if self._kept is not None:
            try:
                found.append(self._kept.near(prints))
                kept = self._kept.segments
            except IndexDamagedError:
                self._kept = None  # all is looked through instead
        for segment in self._whole.segments:
            if segment.base not in kept:
                for place, mine in enumerate(prints):
                    near = self._looked_through(segment, mine)
                    found.append((np.full(len(near), place), near))
        if not found:
            return np.empty(0, np.intp), np.empty(0, np.int64)
        places, articles = zip(*found, strict=True)
        return np.concatenate(places), np.concatenate(articles)

    def _looked_through(self, segment: Segment, mine: np.int64) -> NDArray[np.int64]:
        octets, pairs = self._read(segment)
        wanted = np.array([mine], np.int64)
        equal = np.logical_or.reduce([pair == part for pair, part in zip(pairs, wanted.view(np.uint16), strict=False)])
        likely = np.flatnonzero(equal)
        theirs = octets[likely]
        different = np.count_nonzero(theirs != wanted.view(np.uint8), axis=1)
        near: NDArray[np.int64] = likely[(different <= MOST_DIFFERENT) & theirs.any(axis=1)] + segment.base
        return near

    def _read(self, segment: Segment) -> tuple[NDArray[np.uint8], list[NDArray[np.uint16]]]:
        if segment.base not in self._columns:
            prints = np.ascontiguousarray(segment.numbers("fingerprint"), np.int64)
            pairs = prints.view(np.uint16).reshape(-1, 4)
            columns = [np.ascontiguousarray(pairs[:, part]) for part in range(_PAIRS)]
            self._columns[segment.base] = prints.view(np.uint8).reshape(-1, 8), columns
        return self._columns[segment.base]
