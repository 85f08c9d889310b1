"""Sets of places in a segment as sorted arrays: counting, joining, chaining them.

A place is `article << 32 | position`. Two places of one article are as far apart as their numbers; two articles'
are further apart than any distance asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from searcher.store.codec.ragged import counted_on
from searcher.store.codec.term_postings import spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from searcher.search.engine.matches import Articles
    from searcher.store.codec.term_postings import TermPostings

    Places = NDArray[np.int64]

POSITION_BITS = 32
POSITION = (1 << POSITION_BITS) - 1


class Placed(NamedTuple):
    """Where a word stands in some articles, at least once in each.

    Attributes:
        articles: ascending (int32).
        ends: where those of each article end in `places` (int64).
        places: ascending.
    """

    articles: Articles
    ends: NDArray[np.int64]
    places: Places

    @classmethod
    def of(cls, places: Places) -> Placed:
        """Make one of places, ascending."""
        articles, counts = count_places(places)
        return cls(articles, counts.cumsum(), places)

    @property
    def counts(self) -> NDArray[np.int64]:
        """How often the word stands in each article."""
        return _differences(self.ends)

    def laid(self, origins: NDArray[np.int64]) -> NDArray[np.int64]:
        """Give all places on a line on which each article begins where `origins` says."""
        if not len(self.ends):
            return np.empty(0, np.int64)
        line = spread(origins - first_places(self.articles), self.ends)
        line += self.places
        return line

    def lasts(self) -> NDArray[np.int64]:
        """Give the last position in each article."""
        return self.places.take(self.ends - 1) & POSITION

    def where(self, chosen: NDArray[np.bool_]) -> Placed:
        """Leave out the places that are not chosen, which is said of each, and articles without any."""
        return Placed.of(self.places.compress(chosen))

    def by_article(self, numbers: NDArray[Any]) -> NDArray[np.int64]:
        """Add up, by article, a small number or a bool for each place."""
        return _differences(numbers.cumsum(dtype=np.int32).take(self.ends - 1).astype(np.int64))

    def of_rows(self, rows: NDArray[np.intp]) -> Placed:
        """Leave out all but some articles, by their ascending indices."""
        if not len(rows):
            return UNPLACED
        counts = self.counts.take(rows)
        ends = counts.cumsum()
        chosen = counted_on(self.ends.take(rows) - counts, counts, ends)
        return Placed(self.articles.take(rows), ends, self.places.take(chosen))


def _differences(sums: NDArray[np.int64]) -> NDArray[np.int64]:
    differences = sums.copy()
    differences[1:] -= sums[:-1]
    return differences


class Spans(NamedTuple):
    """Runs of words: the places of their first and last words, ascending by first, then last; no repeats."""

    firsts: Places
    lasts: Places


UNPLACED = Placed(np.empty(0, np.int32), np.empty(0, np.int64), np.empty(0, np.int64))
NO_SPANS = Spans(np.empty(0, np.int64), np.empty(0, np.int64))


def placed_at(postings: TermPostings, rows: NDArray[np.intp]) -> Placed:
    """Decode where a term stands in some of its articles, by their ascending indices there."""
    if not len(rows):
        return UNPLACED
    articles = postings.articles.take(rows)
    return Placed(articles, *postings.positions_of(rows, first_places(articles)))


def first_places(articles: Articles) -> Places:
    """Give the first place of each article."""
    places: Places = articles.astype(np.int64)
    places <<= POSITION_BITS
    return places


def count_places(places: Places) -> tuple[Articles, NDArray[np.int64]]:
    """Give the articles that places are in, ascending, and how many are in each."""
    articles = (places >> POSITION_BITS).astype(np.int32)
    if not len(articles):
        return articles, np.empty(0, np.int64)
    starts = np.flatnonzero(np.concatenate(([True], articles[1:] != articles[:-1])))
    return articles[starts], np.diff(starts, append=len(articles))


def one_after_the_other(parts: Sequence[tuple[Placed, int]]) -> Placed:
    """Join the places of parts of an index, whose articles are numbered from where each part begins."""
    found: list[Placed] = []
    count = 0
    for part, base in parts:
        found.append(Placed(part.articles + np.int32(base), part.ends + count, part.places + (base << POSITION_BITS)))
        count += len(part.places)
    return Placed(*map(np.concatenate, zip(*found, strict=True))) if found else UNPLACED


def merge_placed(parts: Sequence[Placed]) -> Placed:
    """Give the places of all, each once."""
    parts = [part for part in parts if len(part.articles)]
    if len(parts) < 2:
        return parts[0] if parts else UNPLACED
    return joined_places(part.places for part in parts)


def joined_places(parts: Iterable[Places]) -> Placed:
    """Give all of some places, in any order, each once."""
    return Placed.of(in_order(np.concatenate([np.empty(0, np.int64), *parts])))


def in_order(places: Places) -> Places:
    """Give places ascending, each once."""
    ordered = np.sort(places)
    first = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered.compress(first)


def merge_spans(spans: list[Spans]) -> Spans:
    """Give the runs of all lists, in order, each once."""
    spans = [part for part in spans if len(part.firsts)]
    if not spans:
        return NO_SPANS
    if len(spans) == 1 and (spans[0].firsts[1:] > spans[0].firsts[:-1]).all():
        return spans[0]
    firsts = np.concatenate([part.firsts for part in spans])
    lasts = np.concatenate([part.lasts for part in spans])
    order = np.lexsort((lasts, firsts))
    firsts, lasts = firsts[order], lasts[order]
    new = np.concatenate(([True], (firsts[1:] != firsts[:-1]) | (lasts[1:] != lasts[:-1])))
    return Spans(firsts[new], lasts[new])


def chains(places: list[Spans], distance: int) -> Spans:
    """Give the runs in which each part begins at most `distance` words after the one before ends, in order.

    Every begin is kept that leads to an end: from the last part backwards, the nearest way on is enough.
    """
    *before, last = places
    reach = last
    for part in reversed(before):
        order = np.argsort(reach.firsts, kind="stable")
        firsts, lasts = reach.firsts[order], reach.lasts[order]
        if not len(firsts):
            return Spans(firsts, lasts)
        at = firsts.searchsorted(part.lasts, side="right")
        there = at < len(firsts)
        at[~there] = 0
        there &= firsts[at] - part.lasts <= distance
        reach = Spans(part.firsts[there], lasts[at[there]])
    return merge_spans([reach])


def windows(places: list[Spans], distance: int) -> Spans:
    """Give the runs that hold one of each part, no two beginning at one place, none further than `distance` apart."""
    firsts: list[int] = []
    lasts: list[int] = []
    for leading, part in enumerate(places):
        others = [other for number, other in enumerate(places) if number != leading]
        likely = np.ones(len(part.firsts), np.bool_)
        for other in others:
            likely &= other.firsts.searchsorted(part.firsts, "right") < other.firsts.searchsorted(
                part.lasts + distance, "right"
            )
        for first, last in zip(part.firsts[likely].tolist(), part.lasts[likely].tolist(), strict=True):
            near = [_inside(other, first, last + distance) for other in others]
            near.sort(key=len)
            end = _farthest_end(near, {first}, last, last, distance)
            if end is not None:
                firsts.append(first)
                lasts.append(end)
    return merge_spans([Spans(np.array(firsts, np.int64), np.array(lasts, np.int64))])


def _inside(part: Spans, after: int, last: int) -> list[tuple[int, int]]:
    low, high = part.firsts.searchsorted([after, last], "right").tolist()
    return list(zip(part.firsts[low:high].tolist(), part.lasts[low:high].tolist(), strict=True))


def _farthest_end(
    parts: list[list[tuple[int, int]]], taken: set[int], earliest_end: int, end: int, distance: int
) -> int | None:
    """Choose one of each part, no two beginning at one place, all near; give where the run ends, None: impossible."""
    if not parts:
        return end if max(taken) - earliest_end <= distance else None
    for first, last in parts[0]:
        if first in taken:
            continue
        found = _farthest_end(parts[1:], taken | {first}, min(earliest_end, last), max(end, last), distance)
        if found is not None:
            return found
    return None
