"""The articles of one segment that match, as arrays, and how such sets combine."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from searcher.search.engine.stopping import TimeUpError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    Articles = NDArray[np.int32]
    Scores = NDArray[np.float32]


class Found(NamedTuple):
    """Articles that match, ascending, and their scores; None: all score 0."""

    articles: Articles
    scores: Scores | None

    def only(self, mask: NDArray[np.bool_]) -> Found:
        """Give those that a mask says."""
        # An array indexed by a mask says the same and takes several times as long.
        return Found(self.articles.compress(mask), None if self.scores is None else self.scores.compress(mask))


class PartFoundError(TimeUpError):
    """The deadline has passed, and these articles are known to match, with their scores: all up to some article."""

    def __init__(self, found: Found) -> None:
        super().__init__()
        self.found = found


class Kept(NamedTuple):
    """Which of some given articles match, and the scores of those that do; None: all score 0."""

    mask: NDArray[np.bool_]
    scores: Scores | None


_FEW = 12
"""Below one in so many it is faster to look articles up one by one."""

NOTHING = Found(np.empty(0, np.int32), None)


_own = threading.local()


@contextmanager
def blank(size: int) -> Iterator[NDArray[np.float64]]:
    """Lend this thread's array of zeros, at least `size` long; whoever writes to it must put zeros back."""
    lent: NDArray[np.float64] | None = _own.__dict__.pop("zeros", None)
    if lent is None or len(lent) < size:
        lent = np.zeros(size)
    yield lent
    # Not handed back after an exception: it may not be blank then.
    _own.zeros = lent


def marked(lists: Iterable[NDArray[Any]], size: int) -> NDArray[np.bool_]:
    """Tell of each article of a segment of `size` whether it is in any of some lists."""
    marks = np.zeros(size, np.bool_)
    for articles in lists:
        # As it stands numpy would turn the numbers into its own kind of index in small pieces.
        marks[articles.astype(np.intp)] = True
    return marks


def locate(articles: Articles, among: Articles) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Find each of `articles` in `among` (both ascending): its place, and whether it is there at all."""
    if not len(among):
        return np.zeros(len(articles), np.intp), np.zeros(len(articles), np.bool_)
    places = among.searchsorted(articles)
    there: NDArray[np.bool_] = among.take(places, mode="clip") == articles
    return places, there


def add(parts: Sequence[tuple[Articles, Scores]], size: int) -> tuple[Articles, Scores]:
    """Add up the weights of articles over several lists, each ascending and without repeats, in a segment of `size`."""
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 2:
        return _add_two(*sorted(parts, key=lambda part: len(part[0])))
    return add_up(np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts]), size)


def add_up(articles: Articles, weights: NDArray[Any], size: int) -> tuple[Articles, Scores]:
    """Add up the weights of each article, in a segment of `size`; the articles may come in any order, and repeat."""
    if not len(articles):
        return articles, weights.astype(np.float32)
    with blank(size) as sums:
        np.add.at(sums, articles, weights.astype(np.float64))
        there = distinct(articles)
        total = sums.take(there)
        sums[there] = 0
    return there, total.astype(np.float32)


def _add_two(few: tuple[Articles, Scores], many: tuple[Articles, Scores]) -> tuple[Articles, Scores]:
    articles, weights = many
    if not len(few[0]):
        return many
    places, there = locate(few[0], articles)
    weights = weights.copy()
    weights[places.compress(there)] += few[1].compress(there)
    if there.all():
        return articles, weights
    missing = few[0].compress(~there)
    at = articles.searchsorted(missing)
    at += np.arange(len(at))
    old = np.ones(len(articles) + len(at), np.bool_)
    old[at] = False
    order = old.cumsum()
    order -= 1
    order[at] = np.arange(len(articles), len(order))
    weights = np.concatenate((weights, few[1].compress(~there)))
    return np.concatenate((articles, missing)).take(order), weights.take(order)


def union(lists: Sequence[Articles], size: int) -> Articles:
    """Give the articles that are in any of the lists, ascending."""
    lists = [articles for articles in lists if len(articles)]
    if not lists:
        return NOTHING.articles
    if len(lists) == 1:
        return lists[0]
    if sum(map(len, lists)) * 8 > size:
        return marked(lists, size).nonzero()[0].astype(np.int32)
    return distinct(np.concatenate(lists))


def distinct(articles: Articles) -> Articles:
    """Give articles, which may come in any order and repeat, ascending and each once."""
    ordered = np.sort(articles)
    first = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered.compress(first)


def intersect(one: Articles, two: Articles, size: int) -> Articles:
    """Give the articles that are in both lists, ascending, in a segment of `size`."""
    few, many = (one, two) if len(one) < len(two) else (two, one)
    return many.take(indices_of(few, many, size))


def indices_of(articles: Articles, among: Articles, size: int) -> NDArray[np.intp]:
    """Give where in `among` those of `articles` stand that are there (both ascending), in a segment of `size`."""
    if len(articles) * _FEW < len(among):
        places, there = locate(articles, among)
        return places.compress(there)
    return marked([articles], size).take(among).nonzero()[0]
