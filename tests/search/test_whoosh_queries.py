"""Any query of Whoosh's own runs, with the answers and scores of Whoosh's searcher."""

from __future__ import annotations

from typing import Any

import pytest
from whoosh import query

from searcher.model import Article, Fact, Facts, PartialDate
from searcher.search.engine.execution import execute

FIRST = PartialDate(2020, 1, 1).first.toordinal()
TEXTS = ["kabo mido zeno", "mido mido kabo pixo", "zeno", "kabo zeno zeno mido", "pixo kabu", ""]


def term(text: str, field: str = "body", boost: float = 1.0) -> query.Term:
    return query.Term(field, text, boost=boost)


QUERIES = [
    term("kabo"),
    term("kabo", "title", 2.0),
    term("absent"),
    query.And([term("kabo"), term("mido"), term("zeno")]),
    query.And([term("kabo"), term("mido", "title")], boost=3.0),
    query.Or([term("kabo"), term("zeno", boost=0.5), term("pixo")], boost=2.0),
    query.Not(term("kabo")),
    query.And([term("mido"), query.Not(term("pixo"))]),
    query.AndMaybe(term("kabo"), term("zeno")),
    query.Require(term("kabo"), term("zeno")),
    query.Every(),
    query.Every("title"),
    query.Phrase("body", ["mido", "zeno"]),
    query.Phrase("body", ["kabo", "zeno"], slop=2),
    query.Prefix("body", "kab"),
    query.Wildcard("body", "?i*o"),
    query.FuzzyTerm("body", "kabe"),
    query.NumericRange("first_day", FIRST + 1, FIRST + 3),
    query.DisjunctionMax([term("kabo"), term("mido")]),
    query.ConstantScoreQuery(term("kabo"), 2.0),
    query.And(
        [query.Or([term("kabo"), query.Prefix("body", "pix")]), query.Not(query.Phrase("body", ["kabo", "mido"]))]
    ),
]


@pytest.mark.parametrize("asked", QUERIES, ids=repr)
@pytest.mark.parametrize("segments", [1, 3])
def test_answers_as_whoosh_does(make_context: Any, kind: str, asked: query.Query, segments: int) -> None:
    articles = [
        Article(
            f"{number:016x}",
            f"{number}",
            " ".join(reversed(text.split()[:2])),
            text,
            text,
            facts=Facts(date=Fact(PartialDate(2020, 1, number + 1), "stated", 1.0)),
        )
        for number, text in enumerate(TEXTS)
    ]
    # Whoosh's InverseMatcher gives a deleted article back: with its Not alone, nothing is deleted here.
    removed = [] if isinstance(asked, query.Not) else [articles[4].id]
    context = make_context(articles, segments=segments, removed=removed, kind=kind)
    ours = {
        context.collection.whole.id(hit.number): hit.score for hit in execute(context.searcher, asked, limit=100).best
    }
    theirs = {hit["id"]: hit.score for hit in context.searcher.search(asked, limit=None)}
    assert ours == pytest.approx(theirs, rel=1e-5)
