"""Which of the articles found stand on a page, and in which order? By score or date; ties by date, then by id."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.search.engine.best import NEAR_TIE, highest, lowest

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from searcher.model import Sort
    from searcher.search.engine.collection import Collection
    from searcher.search.engine.matches import Articles, Found
    from searcher.search.engine.whole import Whole

_FEW = 256
"""So many are put in order sooner than the lowest are picked out."""


def page_of(collection: Collection, found: Found, sort: Sort, start: int, stop: int) -> NDArray[np.intp]:
    """Give the places, among what was found, of the articles that come from the `start`th to before the `stop`th."""
    articles, scores = found
    if start >= min(stop, len(articles)):
        return np.empty(0, np.intp)
    dates = collection.dates(collection.whole)
    oldest = sort == "oldest"
    if len(articles) <= max(_FEW, stop):
        chosen = np.arange(len(articles))
    elif scores is None:
        chosen = lowest(dates.order(articles, oldest=oldest), stop)
    else:
        better, level = _of_level(scores, stop)
        newest = lowest(dates.order(articles.take(level), oldest=oldest), stop - len(better))
        chosen = np.concatenate((better, level.take(newest)))
    values = [dates.order(articles.take(chosen), oldest=oldest)]
    if scores is not None:
        values.insert(0, -_levels(scores.take(chosen)))
    order = np.lexsort(values[::-1])
    chosen = chosen.take(order)
    same = np.ones(len(order) - 1, np.bool_)
    for value in values:
        ordered = value.take(order)
        same &= ordered[1:] == ordered[:-1]
    if same.any():
        _order_ties(collection.whole, articles, chosen, same, (start, stop))
    return chosen[start:stop]


def _levels(scores: Any) -> Any:
    """Give the multiples of `NEAR_TIE` that scores round to."""
    return np.rint(np.divide(scores, NEAR_TIE, dtype=np.float64))


def _of_level(scores: NDArray[np.float32], rank: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Give the places of the scores that round to more than the `rank`th highest one does, and to the same."""
    level = float(_levels(highest(scores, rank)))
    least, above = (scores >= _least_of(one) for one in (level, level + 1))
    return above.nonzero()[0], (least ^ above).nonzero()[0]


def _least_of(level: float) -> np.float32:
    """Give the lowest score that rounds to a level."""
    score = np.array((level - 0.5) * NEAR_TIE, np.float32)
    while _levels(score) >= level:
        np.nextafter(score, np.float32(-np.inf), out=score)
    while _levels(score) < level:
        np.nextafter(score, np.float32(np.inf), out=score)
    return np.float32(score)


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
