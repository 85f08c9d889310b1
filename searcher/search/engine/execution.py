"""Running a query over all segments: the best articles in a stable order, the exact total, and counts in one pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np

from searcher.search.engine.collection import Collection
from searcher.search.engine.evaluation import Best, Evaluation
from searcher.search.engine.jointly import is_joint
from searcher.search.engine.matches import NOTHING, Found
from searcher.search.engine.ordering import page_of
from searcher.search.engine.stopping import Stop, TimeUpError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from whoosh import query

    from searcher.model import Sort
    from searcher.search.engine.matches import Articles
    from searcher.search.engine.segments import Part


COUNTED_AT_ONCE = 1 << 17


class Counter(Protocol):
    """What wants to see all articles that match."""

    def add(self, part: Part, articles: Articles) -> None:
        """Take in some matching articles, by their ascending numbers in a part of the index."""
        ...


class Ranked(NamedTuple):
    """One article among the best: its number in the whole index, and its score (0 when sorted by date)."""

    number: int
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
    whole = collection.whole
    scored = sort == "relevance"
    near: list[Found] = []
    matching: list[Found] = []
    total = 0
    complete = True
    try:
        for leaf, part in _parts(searcher, collection, node):
            evaluation = Evaluation(collection, part, leaf, stop.poll)
            if scored:
                best = evaluation.best(node, offset + limit, all_articles=bool(counters))
            else:
                found = evaluation.living(node, scored=False)
                best = Best(found, len(found.articles), found.articles)
            total += best.total
            near.append(_renumbered(best.found, part))
            if best.articles is not None:
                matching.append(_renumbered(Found(best.articles, None), part))
            if not evaluation.complete:
                raise TimeUpError  # noqa: TRY301 - as if the next step had looked at the time
    except TimeUpError:
        complete = False
    if counters:
        _count(counters, whole, _joined(matching).articles, stop)
    found = _joined(near)
    places = page_of(collection, found, sort, offset, offset + limit)
    articles = found.articles[places]
    scores = np.zeros(len(places)) if found.scores is None else found.scores[places]
    ranked = map(Ranked, articles.tolist(), scores.tolist())
    return Outcome(tuple(ranked), total, complete)


def _count(counters: Sequence[Counter], whole: Part, articles: Articles, stop: Stop) -> None:
    """Show all articles to all counters, in steps short enough for other threads to get their turn between them."""
    for counter in counters:
        for start in range(0, len(articles), COUNTED_AT_ONCE):
            stop.check_cancel()
            counter.add(whole, articles[start : start + COUNTED_AT_ONCE])


def _parts(searcher: Any, collection: Collection, node: query.Query) -> Iterator[tuple[Any, Part]]:
    """Yield what the query is evaluated in, one after the other, with Whoosh's searcher of it."""
    if is_joint(node, collection.whole):
        yield searcher, collection.whole
    else:
        leaves = (leaf for leaf, _ in searcher.leaf_searchers())
        yield from zip(leaves, collection.segments, strict=True)


def _renumbered(found: Found, part: Part) -> Found:
    return found._replace(articles=found.articles + np.int32(part.base)) if part.base else found


def _joined(parts: Sequence[Found]) -> Found:
    """Put the articles of several parts one after the other; what has no score has score 0 if others have one."""
    if len(parts) == 1:
        return parts[0]
    articles = np.concatenate([NOTHING.articles, *(part.articles for part in parts)])
    if all(part.scores is None for part in parts):
        return Found(articles, None)
    scores = [np.zeros(len(part.articles), np.float32) if part.scores is None else part.scores for part in parts]
    return Found(articles, np.concatenate(scores))
