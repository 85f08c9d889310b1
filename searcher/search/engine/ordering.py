"""Which of the articles found stand on a page, and in which order? By score or date; ties by date, then by id."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.search.engine.best import NEAR_TIE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from searcher.model import Sort
    from searcher.search.engine.collection import Collection
    from searcher.search.engine.matches import Articles, Found
    from searcher.search.engine.whole import Whole

    _Key = Callable[[slice | NDArray[np.intp]], NDArray[Any]]
    """Gives the numbers that some places of what was found are ordered by."""


def page_of(collection: Collection, found: Found, sort: Sort, start: int, stop: int) -> NDArray[np.intp]:
    """Give the places, among what was found, of the articles that come from the `start`th to before the `stop`th."""
    articles, scores = found
    if start >= min(stop, len(articles)):
        return np.empty(0, np.intp)
    dates = collection.dates(collection.whole)
    keys: list[_Key] = [lambda places: dates.order(articles[places], oldest=sort == "oldest")]
    if scores is not None and np.ptp(_rounded(np.array([scores.min(), scores.max()]))):
        keys.insert(0, lambda places: -_rounded(scores[places]))
    chosen = _lowest(keys, slice(None), stop)
    values = [key(chosen) for key in keys]
    order = np.lexsort(values[::-1])
    differs = np.ones(len(order) + 1, np.bool_)
    differs[1:-1] = np.logical_or.reduce([value[order[1:]] != value[order[:-1]] for value in values])
    return _cut(collection.whole, articles, chosen[order], np.flatnonzero(differs), (start, min(stop, len(order))))


def _rounded(scores: NDArray[np.float32]) -> NDArray[np.float64]:
    rounded: NDArray[np.float64] = np.rint(scores.astype(np.float64) / NEAR_TIE)
    return rounded


def _lowest(keys: Sequence[_Key], chosen: slice | NDArray[np.intp], count: int) -> NDArray[np.intp]:
    """Give the `count` lowest by the first key, ties by the next, and what ties with the last of them in all keys."""
    values = keys[0](chosen)
    if len(values) <= count:
        return np.arange(len(values)) if isinstance(chosen, slice) else chosen
    edge = np.partition(values, count - 1)[count - 1]
    lower, tied = np.flatnonzero(values < edge), np.flatnonzero(values == edge)
    if not isinstance(chosen, slice):
        lower, tied = chosen[lower], chosen[tied]
    if len(keys) > 1:
        tied = _lowest(keys[1:], tied, count - len(lower))
    return np.concatenate((lower, tied))


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
