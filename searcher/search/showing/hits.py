"""From an article's number to what is shown of it: its facts, the passage that matches, where its score comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from searcher.model import Hit
from searcher.search.engine.explain import explain
from searcher.search.showing.marks import Marker
from searcher.search.showing.snippets import NO_SNIPPET, Snippet, highlight_line, snippet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from whoosh import query

    from searcher.model import Article
    from searcher.search.context import Context
    from searcher.search.engine.execution import Ranked
    from searcher.search.request import Request

_MOST_DUPLICATES = 20


def make_hits(context: Context, node: query.Query, best: Sequence[Ranked], request: Request) -> tuple[Hit, ...]:
    """Read, quote and explain the best articles, in their order."""
    marker = Marker(node, context.collection)
    duplicates = _duplicates(context, best)
    return tuple(
        _hit(context, marker, node, ranked, same, rank=rank, request=request)
        for rank, (ranked, same) in enumerate(zip(best, duplicates, strict=True), request.offset + 1)
    )


def _hit(
    context: Context,
    marker: Marker,
    node: query.Query,
    ranked: Ranked,
    duplicates: tuple[str, ...],
    *,
    rank: int,
    request: Request,
) -> Hit:
    article = context.snapshot.article(ranked.number)
    facts = article.facts
    title, quoted = _quotes(article, marker) if request.quote else (highlight_line(article.title, ()), NO_SNIPPET)
    return Hit(
        rank=rank,
        score=ranked.score,
        id=article.id,
        path=context.shown_path(article.path),
        url=article.url,
        title=title.text,
        source=context.source_name(facts.source.value) if facts.source else None,
        date=facts.date.value if facts.date else None,
        not_before=facts.not_before.value if facts.not_before else None,
        people=_people(context, article),
        language=article.language,
        words=_number(context, "words", ranked.number),
        duplicates=duplicates,
        snippet=quoted.text,
        highlights=quoted.highlights,
        title_highlights=title.highlights,
        record_id=article.record_id,
        explanation=(
            explain(context.searcher, context.collection, node, ranked.number)
            if request.explain and request.sort == "relevance"
            else None
        ),
    )


def _quotes(article: Article, marker: Marker) -> tuple[Snippet, Snippet]:
    return (
        highlight_line(article.title, marker.of_title(article)),
        snippet(article.text, marker.of_text(article)),
    )


def _people(context: Context, article: Article) -> tuple[str, ...]:
    from searcher.articles.facts.names import key

    canonical = (
        context.person_name(key(person.name)) if context.people is not None else "" for person in article.facts.people
    )
    return tuple(
        dict.fromkeys(name or person.name for name, person in zip(canonical, article.facts.people, strict=True))
    )


def _number(context: Context, field: str, number: int) -> int:
    segment = context.collection.segment_of(number)
    return segment.number(field, number - segment.base)


def _duplicates(context: Context, best: Sequence[Ranked]) -> Iterator[tuple[str, ...]]:
    """Yield for each article the ids of those that are the same text or nearly so."""
    for others in context.duplicates.of(np.array([ranked.number for ranked in best], np.int32)):
        yield tuple(sorted(map(context.collection.whole.id, others[:_MOST_DUPLICATES])))
