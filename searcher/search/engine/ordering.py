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

_FEW = 256
"""So many are put in order sooner than the lowest are picked out."""


def page_of(collection: Collection, found: Found, sort: Sort, start: int, stop: int) -> NDArray[np.intp]:
    """Give the places, among what was found, of the articles that come from the `start`th to before the `stop`th."""
    articles, scores = found
    if start >= min(stop, len(articles)):
        return np.empty(0, np.intp)
    dates = collection.dates(collection.whole)
    keys: list[_Key] = [lambda places: dates.order(articles[places], oldest=sort == "oldest")]
    if scores is not None:
        keys.insert(0, lambda places: np.rint(np.divide(scores[places], -NEAR_TIE, dtype=np.float64)))
    chosen = np.arange(len(articles)) if len(articles) <= _FEW else _lowest(keys, slice(None), stop)
    values = [key(chosen) for key in keys]
    order = np.lexsort(values[::-1])
    chosen = chosen.take(order)
    same = np.ones(len(order) - 1, np.bool_)
    for value in values:
        ordered = value.take(order)
        same &= ordered[1:] == ordered[:-1]
    if same.any():
        _order_ties(collection.whole, articles, chosen, same, (start, stop))
    return chosen[start:stop]


def _lowest(keys: Sequence[_Key], chosen: slice | NDArray[np.intp], count: int) -> NDArray[np.intp]:
    """Give the `count` lowest by the first key, ties by the next, and what ties with the last of them in all keys."""
    values = keys[0](chosen)
    if len(values) <= count:
        return np.arange(len(values)) if isinstance(chosen, slice) else chosen
    edge = np.partition(values, count - 1)[count - 1]
    lower, tied = (values < edge).nonzero()[0], (values == edge).nonzero()[0]
    if not isinstance(chosen, slice):
        lower, tied = chosen[lower], chosen[tied]
    if len(keys) > 1:
        tied = _lowest(keys[1:], tied, count - len(lower))
    return np.concatenate((lower, tied))


def _order_ties(
    whole: Whole, articles: Articles, chosen: NDArray[np.intp], same: NDArray[np.bool_], page: tuple[int, int]
) -> None:
    """Put in order of id what is in order but for ties, `same` as the one before: only those on the page need ids."""
    start, stop = page
    edges = [0, *((~same).nonzero()[0] + 1).tolist(), len(chosen)]
    for low, high in pairwise(edges):
        if high - low > 1 and high > start and low < stop:
            lowest = whole.first_by_id(articles[chosen[low:high]], min(stop, high) - low)
            chosen[low : low + len(lowest)] = articles.searchsorted(lowest)
