"""Sets of places in a segment as sorted arrays: counting, joining, chaining them.

A place is `article << 32 | position`. Two places of one article are as far apart as their numbers; two articles'
are further apart than any distance asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from searcher.search.segments import POSITION_BITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from searcher.search.matches import Articles

    Places = NDArray[np.int64]

_FEW = 24
"""Below one in so many it is faster to look places up one by one."""


class Spans(NamedTuple):
    """Runs of words: the places of their first and last words, ascending by first, then last; no repeats."""

    firsts: Places
    lasts: Places


NO_SPANS = Spans(np.empty(0, np.int64), np.empty(0, np.int64))


def count_places(places: Places) -> tuple[Articles, NDArray[np.int64]]:
    """Give the articles that places are in, ascending, and how many are in each."""
    articles = (places >> POSITION_BITS).astype(np.int32)
    if not len(articles):
        return articles, np.empty(0, np.int64)
    starts = np.flatnonzero(np.concatenate(([True], articles[1:] != articles[:-1])))
    return articles[starts], np.diff(starts, append=len(articles))


def common_places(one: Places, two: Places) -> Places:
    """Give what is in both, all ascending and without repeats."""
    few, many = (one, two) if len(one) < len(two) else (two, one)
    if len(few) * _FEW < len(many):
        at = many.searchsorted(few)
        at[at == len(many)] = 0
        return few[many[at] == few] if len(many) else few[:0]
    # Two ascending runs are one merge for the stable sort; what is in both then stands side by side.
    both = np.concatenate((one, two))
    both.sort(kind="stable")
    common: Places = both[1:][both[1:] == both[:-1]]
    return common


def merge_spans(spans: list[Spans]) -> Spans:
    """Give the runs of all lists, in order, each once."""
    if len(spans) == 1:
        return spans[0]
    firsts = np.concatenate([part.firsts for part in spans])
    lasts = np.concatenate([part.lasts for part in spans])
    order = np.lexsort((lasts, firsts))
    firsts, lasts = firsts[order], lasts[order]
    if not len(firsts):
        return Spans(firsts, lasts)
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
    return merge_spans([reach, NO_SPANS])


def windows(places: list[Spans], distance: int) -> Spans:
    """Give the runs that hold one of each part, no two beginning at one place, none further than `distance` apart."""
    common = (places[0].firsts >> POSITION_BITS).astype(np.int64)
    for part in places[1:]:
        common = np.intersect1d(common, part.firsts >> POSITION_BITS)
    firsts: list[int] = []
    lasts: list[int] = []
    for article in np.unique(common).tolist():
        low, high = article << POSITION_BITS, (article + 1) << POSITION_BITS
        inside = [
            list(zip(part.firsts[a:b].tolist(), part.lasts[a:b].tolist(), strict=True))
            for part in places
            for a, b in [part.firsts.searchsorted([low, high])]
        ]
        for first, last in _article_windows(inside, distance):
            firsts.append(first)
            lasts.append(last)
    return merge_spans([Spans(np.array(firsts, np.int64), np.array(lasts, np.int64)), NO_SPANS])


def _article_windows(parts: list[list[tuple[int, int]]], distance: int) -> Iterator[tuple[int, int]]:
    for leading, starts in enumerate(parts):
        for first, last in starts:
            near = [
                [other for other in part if first < other[0] <= last + distance]
                for number, part in enumerate(parts)
                if number != leading
            ]
            near.sort(key=len)
            end = _farthest_end(near, {first}, last, last, distance)
            if end is not None:
                yield first, end


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
