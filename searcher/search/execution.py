"""Running a query over all segments: the best articles in a stable order, the exact total, and counts in one pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np

from searcher.frozen import dataclass
from searcher.search.best import near_best
from searcher.search.collection import Collection
from searcher.search.evaluation import Evaluation
from searcher.search.matches import NOTHING, Found
from searcher.search.segments import ABSENT
from searcher.search.stopping import Stop, TimeUpError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from whoosh import query

    from searcher.model import Sort
    from searcher.search.matches import Articles, Scores
    from searcher.search.segments import Segment

NEAR_TIE = 1e-4
"""Scores that round to the same multiple of this are ties: broken by date, newest first, then by id."""


class Counter(Protocol):
    """What wants to see all articles that match, a segment at a time."""

    def add(self, segment: Segment, articles: Articles) -> None:
        """Take in the matching articles of one segment."""
        ...


class Ranked(NamedTuple):
    """One article among the best: its number in the whole index, its id and its score (0 when sorted by date)."""

    number: int
    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer of one execution.

    Attributes:
        total: number of matching articles; at least so many where `complete` is false because time was up.
    """

    best: tuple[Ranked, ...]
    total: int
    complete: bool


class _Candidate(NamedTuple):
    order: tuple[float, ...]
    id: str
    number: int
    score: float


def execute(
    searcher: Any,
    node: query.Query,
    *,
    limit: int = 10,
    offset: int = 0,
    sort: Sort = "relevance",
    counters: Sequence[Counter] = (),
    stop: Stop | None = None,
) -> Outcome:
    """Run a query.

    Args:
        searcher: a Whoosh searcher of the whole index.
        node: any Whoosh query.
        limit: how many articles to give.
        offset: how many of the best to leave out before them.
        sort: by score, or by publication date with the undated last.
        counters: shown every matching article, in the same pass.
        stop: polled between steps.

    Raises:
        CancelledError: `stop` was cancelled.
    """
    stop = stop or Stop()
    collection = Collection.of(searcher)
    wanted = limit + offset
    candidates: list[_Candidate] = []
    total = 0
    complete = True
    try:
        for (leaf, _), segment in zip(searcher.leaf_searchers(), collection.segments, strict=True):
            evaluation = Evaluation(collection, segment, leaf, stop.poll)
            spread = None if counters or sort != "relevance" else evaluation.spread(node)
            if spread is not None:
                found, count = _best_spread(spread, segment, wanted)
            else:
                found = _living(evaluation.find(node, scored=sort == "relevance"), segment)
                count = len(found.articles)
            total += count
            candidates += _best(found, segment, sort, wanted)
            for counter in counters:
                counter.add(segment, found.articles)
    except TimeUpError:
        complete = False
    candidates.sort()
    best = tuple(Ranked(one.number, one.id, one.score) for one in candidates[offset:wanted])
    return Outcome(best, total, complete)


def _living(found: Found, segment: Segment) -> Found:
    if segment.live is None:
        return found
    mask = segment.live[found.articles]
    return found._replace(articles=found.articles[mask], scores=None if found.scores is None else found.scores[mask])


def _best_spread(scores: Scores, segment: Segment, wanted: int) -> tuple[Found, int]:
    """Give the articles among which the best are, and how many match."""
    if segment.live is not None:
        scores = scores * segment.live
    count = int(np.count_nonzero(scores > 0))
    if not wanted or not count:
        return NOTHING, count
    near = near_best(scores, min(wanted, count), 2 * NEAR_TIE)
    near = near[scores[near] > 0]
    return Found(near.astype(np.int32), scores[near]), count


def _best(found: Found, segment: Segment, sort: Sort, wanted: int) -> list[_Candidate]:
    """Give the best of one segment, ready to be compared with other segments'."""
    articles, scores = found
    if not wanted or not len(articles):
        return []
    if scores is not None and len(scores) > wanted:
        near = near_best(scores, wanted, 2 * NEAR_TIE)
        articles, scores = articles[near], scores[near]
    keys: list[Callable[[NDArray[np.intp]], NDArray[Any]]] = []
    if scores is not None:
        rounded = -np.rint(scores.astype(np.float64) / NEAR_TIE)
        keys.append(lambda chosen: rounded[chosen])
    keys.append(lambda chosen: _dates(segment, articles[chosen], oldest=sort == "oldest"))
    keys.append(lambda chosen: segment.id_ranks(articles[chosen]))
    chosen = _narrow(np.arange(len(articles)), keys, wanted)
    ids = segment.ids(articles[chosen])
    plain = np.zeros(len(chosen)) if scores is None else scores[chosen]
    orders = [key(chosen).tolist() for key in keys[:-1]]
    if scores is None:
        # Another segment may have scores for the same query.
        orders.insert(0, plain.tolist())
    numbers = (articles[chosen] + segment.base).tolist()
    return [
        _Candidate(order, name, number, score)
        for order, name, number, score in zip(zip(*orders, strict=True), ids, numbers, plain.tolist(), strict=True)
    ]


def _dates(segment: Segment, articles: Articles, *, oldest: bool) -> NDArray[np.int64]:
    """Give numbers that order articles by date, the undated last."""
    days = segment.numbers("first_day")[articles].astype(np.int64)
    return days if oldest else np.where(days == ABSENT, ABSENT, -days)


def _narrow(
    chosen: NDArray[np.intp], keys: Sequence[Callable[[NDArray[np.intp]], NDArray[Any]]], wanted: int
) -> NDArray[np.intp]:
    """Give the `wanted` smallest by the first key, ties by the next; later keys are read for ties at the edge only."""
    if len(chosen) <= wanted or not keys or not wanted:
        return chosen[:wanted] if not keys else chosen if wanted else chosen[:0]
    values = keys[0](chosen)
    edge = np.partition(values, wanted - 1)[wanted - 1]
    inside = chosen[values < edge]
    return np.concatenate([inside, _narrow(chosen[values == edge], keys[1:], wanted - len(inside))])
