"""Where does a score come from? Word by word and field by field; the parts add up to the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh import query

from searcher.model import Explanation, TermScore
from searcher.search.engine.evaluation import Evaluation
from searcher.search.engine.filters import Filter, Unscored
from searcher.search.engine.occurrences import AnyTerm, Occurrence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.search.engine.collection import Collection
    from searcher.search.engine.segments import Segment


def explain(searcher: Any, collection: Collection, node: query.Query, number: int) -> Explanation:
    """Take a score apart.

    Args:
        searcher: of the whole index.
        collection: the same as arrays.
        node: the query.
        number: the article, in the whole index.
    """
    segment = collection.segment_of(number)
    leaf = next(leaf for leaf, base in searcher.leaf_searchers() if base == segment.base)
    evaluation = Evaluation(collection, segment, leaf, lambda: None)
    article = np.array([number - segment.base], np.int32)
    return Explanation(tuple(_parts(node, evaluation, collection, segment, article)))


def _parts(
    node: query.Query, evaluation: Evaluation, collection: Collection, segment: Segment, article: Any
) -> Iterator[TermScore]:
    if isinstance(node, (Unscored, Filter, query.Not)):
        return
    if not evaluation.among(node, article, scored=False).mask[0]:
        return
    if isinstance(node, Occurrence):
        yield from _leaf(node, collection, segment, article)
    elif isinstance(node, (query.AndNot, query.Require)):
        yield from _parts(node.a, evaluation, collection, segment, article)
    else:
        for child in node.children():
            yield from _parts(child, evaluation, collection, segment, article)


def _leaf(leaf: Occurrence, collection: Collection, segment: Segment, article: Any) -> Iterator[TermScore]:
    """Share a word's score among its fields as their weighted frequencies are."""
    scores = leaf.among(collection, segment, article, scored=True).scores
    score = 0.0 if scores is None else float(scores[0])
    shares = []
    for term, field, frequency, articles in _frequencies(leaf, collection, segment, article):
        weighted = frequency * float(collection.norms.of(segment, field, article)[0])
        shares.append((term, field, frequency, articles, weighted))
    total = sum(share[-1] for share in shares) or 1.0
    for term, field, frequency, articles, weighted in shares:
        yield TermScore(term, field, frequency, articles, score * weighted / total)


def _frequencies(
    leaf: Occurrence, collection: Collection, segment: Segment, article: Any
) -> Iterator[tuple[str, str, float, int]]:
    if isinstance(leaf, AnyTerm):
        for field, term in leaf.any_of:
            postings = segment.postings(field, term)
            if postings is None:
                continue
            at = int(postings.articles.searchsorted(article[0]))
            if at < len(postings.articles) and postings.articles[at] == article[0]:
                name = term.decode("utf-8", "replace")
                yield name, field, float(postings.frequencies[at]), collection.article_frequency(field, term)
        return
    name = readable(leaf)
    articles = min(
        (max(collection.article_frequency(*term) for term in part.any_of) for part in leaf.all_parts()), default=0
    )
    for group in sorted(leaf.groups()):
        count = len(leaf.spans(segment, group, article).firsts)
        if count:
            yield name, group, float(count), articles


def readable(leaf: Occurrence) -> str:
    """Name what stands together by its words."""
    words = [part.any_of[0][1].decode("utf-8", "replace") for part in leaf.all_parts() if part.any_of]
    return '"' + " ".join(words) + '"'
