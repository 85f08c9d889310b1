"""Which of the articles found stand on a page, and in which order? By score or date; ties by date, then by id."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from searcher.search.segments import ABSENT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from searcher.model import Sort
    from searcher.search.matches import Articles, Found
    from searcher.search.whole import Whole

NEAR_TIE = 1e-4
"""Scores that round to the same multiple of this are ties: broken by date, newest first, then by id."""


def page_of(whole: Whole, found: Found, sort: Sort, start: int, stop: int) -> NDArray[np.intp]:
    """Give the places, among what was found, of the articles that come from the `start`th to before the `stop`th."""
    articles, scores = found
    if start >= min(stop, len(articles)):
        return np.empty(0, np.intp)
    chosen = np.arange(len(articles))
    keys: list[NDArray[np.float64] | NDArray[np.int64]] = []
    if scores is not None:
        rounded = -np.rint(scores.astype(np.float64) / NEAR_TIE)
        chosen = _lowest(rounded, stop)
        keys.append(rounded[chosen])
    days = _days(whole, articles[chosen], oldest=sort == "oldest")
    if not keys:
        chosen = _lowest(days, stop)
        days = days[chosen]
    keys.append(days)
    order = np.lexsort(keys[::-1])
    differs = np.ones(len(order) + 1, np.bool_)
    differs[1:-1] = np.logical_or.reduce([key[order[1:]] != key[order[:-1]] for key in keys])
    return _cut(whole, articles, chosen[order], np.flatnonzero(differs), (start, min(stop, len(order))))


def _days(whole: Whole, articles: Articles, *, oldest: bool) -> NDArray[np.int64]:
    """Give numbers that order articles by date, the undated last."""
    days = whole.numbers("first_day")[articles]
    return days if oldest else np.where(days == ABSENT, ABSENT, -days)


def _lowest(key: NDArray[np.float64] | NDArray[np.int64], count: int) -> NDArray[np.intp]:
    """Give the places of the `count` lowest and of those as low as the highest of them."""
    if len(key) <= count:
        return np.arange(len(key))
    return np.flatnonzero(key <= np.partition(key, count - 1)[count - 1])


def _cut(
    whole: Whole, articles: Articles, ordered: NDArray[np.intp], edges: NDArray[np.intp], span: tuple[int, int]
) -> NDArray[np.intp]:
    """Cut a page out of what is in order but for ties, which lie between `edges`: only those on the page need ids."""
    start, stop = span
    first, last = int(edges.searchsorted(start, "right")) - 1, int(edges.searchsorted(stop, "left"))
    page: list[NDArray[np.intp]] = []
    for low, high in pairwise(edges[first : last + 1].tolist()):
        tied = ordered[low:high]
        if len(tied) > 1:
            tied.sort()
            lowest = whole.first_by_id(articles[tied], min(stop, high) - low)
            tied = tied[articles[tied].searchsorted(lowest)]
        page.append(tied[max(start - low, 0) : stop - low])
    return np.concatenate(page)
