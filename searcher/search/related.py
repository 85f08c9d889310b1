"""Which articles are most like one? Those that share what sets it apart: its rare words and its people."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

from whoosh import query

from searcher.model import Page
from searcher.search.engine.execution import execute
from searcher.search.engine.filters import AnyValue, Unscored, Without
from searcher.search.engine.occurrences import AnyTerm
from searcher.search.engine.ranking import FIELD_WEIGHTS, SATURATION
from searcher.search.request import PLAIN, Request
from searcher.search.showing.hits import make_hits
from searcher.text.analysis import analyze
from searcher.text.folding import fold
from searcher.text.stop_words import stop_words

if TYPE_CHECKING:
    from searcher.model import Article
    from searcher.search.context import Context

MOST_WORDS = 25
"""How many of an article's words are looked for."""

_PERSON_BOOST = 1.5
_FIELDS = ("title", "body")


def related(context: Context, number: int, limit: int = 10, request: Request = PLAIN) -> Page:
    """Give the articles most like one, itself left out.

    Args:
        context: the archive.
        limit: how many to give at most.
        request: how to show them.
        number: the article's number in the whole index.
    """
    began = time.perf_counter()
    article = context.snapshot.article(number)
    words = telling_words(context, article)
    if words:
        itself = AnyValue("id", frozenset([article.id.encode()]))
        node: query.Query = Without(query.Or(words) if len(words) > 1 else words[0], Unscored(itself))
    else:
        node = query.NullQuery
    outcome = execute(context.searcher, node, limit=limit, stop=request.stop())
    return Page(
        query=f"related:{article.id}",
        parsed=" OR ".join(word.any_of[0][1].decode() for word in words),
        match="any",
        corrected=None,
        total=outcome.total,
        total_is_exact=outcome.complete,
        took_ms=(time.perf_counter() - began) * 1000,
        revision=context.snapshot.revision,
        hits=make_hits(context, node, outcome.best, request),
    )


def telling_words(context: Context, article: Article) -> list[AnyTerm]:
    """Give the words that set an article apart, each weighing as much as it does so."""
    counts: Counter[str] = Counter()
    for text, field in ((article.title, "title"), (article.text, "body")):
        for term in analyze(text, article.language):
            if term.stem and term.form.casefold() not in stop_words(article.language or "en"):
                counts[term.stem] += FIELD_WEIGHTS[field].weight  # type: ignore[assignment]
    names = {word for person in article.facts.people for word in fold(person.name).split()}
    weighed = []
    for stem, count in counts.items():
        word = AnyTerm(tuple((field, stem.encode()) for field in _FIELDS))
        if max(context.collection.article_frequency(*term) for term in word.any_of) < 2:
            continue
        boost = count / (count + SATURATION) * (_PERSON_BOOST if stem in names else 1.0)
        weighed.append((boost * word.weight(context.collection), stem, word.with_boost(boost)))
    weighed.sort(key=lambda entry: (-entry[0], entry[1]))
    return [word for _, _, word in weighed[:MOST_WORDS]]
