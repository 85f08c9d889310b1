"""Decoding the postings of many spellings in one go gives what decoding each by itself gives."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searcher.model import Article
from searcher.query.tree import Wildcard
from searcher.search.compiling.compile import compile_tree
from searcher.search.engine import arrays, collection, spellings
from searcher.search.engine.execution import execute
from searcher.search.engine.patterns import AnySpelling
from searcher.search.engine.places import merge_placed, one_after_the_other
from searcher.search.words import lexicon

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


@settings(max_examples=60)
@example(
    drawn=[(["US", "us"], "en"), (["US"], "en"), (["us"], "de")], pattern="u*", segments=1, dense=False, at_once=1000
)
@example(drawn=[(["US", "us"], "en"), (["US"], "en"), (["us"], "de")], pattern="u*", segments=3, dense=True, at_once=3)
@given(
    drawn=articles,
    pattern=st.sampled_from(["corr*", "*s", "lauf*", "l?uf*", "*n*", "u*", "r*", "U?"]),
    segments=st.integers(1, 3),
    dense=st.booleans(),
    at_once=st.sampled_from([3, 1000]),
)
def test_many_at_once_are_as_one_by_one(
    make_context: Any, drawn: list[Any], pattern: str, segments: int, *, dense: bool, at_once: int
) -> None:
    texts = [
        Article(f"{number:016x}", f"{number}", " ".join(words[:2]), " ".join(words), "", language)
        for number, (words, language) in enumerate(drawn)
    ]
    context = make_context(texts, segments=min(segments, len(texts)))
    found = compile_tree(Wildcard(pattern), context).query
    known = context.collection
    assert isinstance(found, AnySpelling)
    expected: dict[int, float] = {}
    for segment in known.segments:
        with patch.object(arrays, "FEW", 1000):
            impacts = known.impacts(segment, found.any_of)
        expected |= zip((impacts.articles + segment.base).tolist(), impacts.scores.tolist(), strict=True)
    with (
        patch.object(collection, "SPELLED_FROM", len(texts) if dense else 0),
        patch.object(spellings, "COUNTED_AT_ONCE", at_once),
    ):
        whole = known.impacts(known.whole, found.word)
        parts = [known.impacts(segment, found.word) for segment in known.segments]
    assert dict(zip(*map(list, whole), strict=True)) == pytest.approx(expected, rel=1e-6)
    assert np.concatenate([part.scores for part in parts]) == pytest.approx(list(expected.values()), rel=1e-6)
    with patch.object(spellings, "AT_ONCE", 3):
        for group in ("title", "body"):
            apart = [
                (merge_placed([one.placed(f"{group}_exact", term) for term in found.spelled.forms.terms]), one.base)
                for one in known.segments
            ]
            together = found.placed(known.whole, group, None)
            assert together.places.tolist() == one_after_the_other(apart).places.tolist()


def test_counting_many_stops_when_told(make_context: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spellings, "COUNTED_AT_ONCE", 3)
    texts = [Article(f"{n:016x}", f"{n}", "", "corridor corner court count cord", "") for n in range(4)]
    context = make_context(texts)
    found = compile_tree(Wildcard("co*"), context).query
    polls = 0

    class StopError(Exception):
        pass

    def poll() -> None:
        nonlocal polls
        polls += 1
        if polls == 3:
            raise StopError

    known = context.collection
    with pytest.raises(StopError):
        found.find(known, known.whole, scored=True, poll=poll)
    assert len(found.find(known, known.whole, scored=True).articles) == len(texts)


def test_an_archive_without_such_words_has_none(make_context: Any) -> None:
    context = make_context([Article("0" * 16, "0", "", "corridor", "")])
    for pattern in ("zz*", "*q", "?"):
        assert execute(context.searcher, compile_tree(Wildcard(pattern), context).query).total == 0


def test_of_more_than_are_searched_the_commonest_are_kept(make_context: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "MOST_FORMS", 2)
    texts = ["karo karo kami", "kami kasu karo", "kasu", "kami KAMI"]
    context = make_context([Article(f"{n:016x}", f"{n}", "", text, "") for n, text in enumerate(texts)], segments=2)
    compiled = compile_tree(Wildcard("ka*"), context)
    assert compiled.notes == ("ka* stands for 4 words; the 2 commonest are searched",)
    best = execute(context.searcher, compiled.query).best
    assert {context.collection.whole.id(hit.number)[-1] for hit in best} == {"0", "1", "3"}
