"""Decoding the postings of many spellings in one go gives what decoding each by itself gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from searcher.model import Article
from searcher.query.tree import Wildcard
from searcher.search import arrays
from searcher.search.compile import compile_tree
from searcher.search.execution import execute

if TYPE_CHECKING:
    from searcher.search.context import Context

WORDS = (
    "corridor",
    "Corridors",
    "CORRIDOR's",
    "laufen",
    "läufer",
    "Laufens",
    "running",
    "run",
    "Runs",
    "US",
    "us",
    "Putin's",
)
articles = st.lists(
    st.tuples(st.lists(st.sampled_from(WORDS), max_size=8), st.sampled_from(["en", "de", None])), min_size=1, max_size=6
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(drawn=[(["US", "us"], "en"), (["US"], "en"), (["us"], "de")], pattern="u*")
@given(drawn=articles, pattern=st.sampled_from(["corr*", "*s", "lauf*", "l?uf*", "*n*", "u*", "r*"]))
def test_many_at_once_are_as_one_by_one(make_context: Any, drawn: list[Any], pattern: str) -> None:
    texts = [
        Article(f"{number:016x}", f"{number}", " ".join(words[:2]), " ".join(words), "", language)
        for number, (words, language) in enumerate(drawn)
    ]

    def scores() -> dict[str, float]:
        context: Context = make_context(texts)
        outcome = execute(context.searcher, compile_tree(Wildcard(pattern), context).query, limit=100)
        return {hit.id: hit.score for hit in outcome.best}

    one_by_one = scores()
    with patch.object(arrays, "FEW", 0):
        assert scores() == pytest.approx(one_by_one, rel=1e-5)
