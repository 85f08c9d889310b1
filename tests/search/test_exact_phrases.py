"""Do exact phrases stand where, and only where, the texts have them letter by letter?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.model import Article
from searcher.query.tree import And, Exact, In, Near, Word
from searcher.search.compiling.compile import compile_tree
from searcher.search.engine.arrays import ArrayedSegment
from searcher.search.engine.compounds import InARowExactly
from searcher.search.engine.execution import execute
from searcher.search.engine.jointly import is_joint
from searcher.store.codec.forms import FormArrays

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.query.tree import Node
    from searcher.search.context import Context

# Words of few stems, each in several spellings; some are stemmed otherwise in another language.
WORDS = (
    "peace",
    "Peace",
    "PEACE",
    "deals",
    "deal",
    "Deal",
    "von",
    "Wagen",
    "wagens",
    "café",
    "cafe",
    "Мира",
    "мир",
    "U.S.",
)
LANGUAGES = ("en", "de", "fr", "ru", None)
texts = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
phrases = st.lists(st.sampled_from(WORDS), min_size=2, max_size=4).map(" ".join)
archives = st.lists(st.tuples(texts, texts, st.sampled_from(LANGUAGES)), min_size=1, max_size=8)


def articles_of(archive: Sequence[tuple[str, str, str | None]]) -> list[Article]:
    return [
        Article(f"{number:016x}", f"{number}.txt", title, text, text, language=language)
        for number, (title, text, language) in enumerate(archive)
    ]


def ids(context: Context, outcome: Any) -> set[str]:
    return {context.collection.whole.id(hit.number) for hit in outcome.best}


def find(context: Context, node: Node) -> Any:
    return execute(context.searcher, compile_tree(node, context).query, limit=100)


def by_whoosh(context: Context, node: Node) -> dict[str, float]:
    """Ask a segment after the other, an article at a time."""
    results = context.searcher.search(compile_tree(node, context).query, limit=100)
    return {context.snapshot.article(hit.docnum).id: hit.score for hit in results}


@settings(max_examples=80)
@given(archive=archives, asked=st.lists(phrases, min_size=1, max_size=3), segments=st.integers(1, 3))
def test_they_stand_where_the_texts_say(
    make_context: Any, archive: list[tuple[str, str, str | None]], asked: list[str], segments: int, kind: str
) -> None:
    context = make_context(articles_of(archive), segments=min(segments, len(archive)), kind=kind)
    for phrase in asked:
        found = find(context, Exact(phrase))
        having = {
            number: [f" {phrase} " in f" {text} " for text in (title, text)]
            for number, (title, text, _) in enumerate(archive)
        }
        assert ids(context, found) == {f"{number:016x}" for number, where in having.items() if any(where)}
        assert ids(context, find(context, In("title", Exact(phrase)))) == {
            f"{n:016x}" for n, where in having.items() if where[0]
        }
        assert {context.collection.whole.id(hit.number): hit.score for hit in found.best} == pytest.approx(
            by_whoosh(context, Exact(phrase)), rel=1e-5
        )
        near = Near((Exact(phrase), Word("deal")), 3, ordered=False)
        scores = {context.collection.whole.id(hit.number): hit.score for hit in find(context, near).best}
        assert scores == pytest.approx(by_whoosh(context, near), rel=1e-5)
        both = And((Exact(phrase), Word("peace")))
        both_found, word = find(context, both), find(context, Word("peace"))
        assert ids(context, both_found) == ids(context, found) & ids(context, word)


def test_they_are_looked_for_in_all_segments_at_once(make_context: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    context = make_context(articles_of([("", "the Peace deal", "en"), ("", "the peace deal", "en")] * 6), segments=3)
    node = compile_tree(Exact("the Peace"), context).query
    assert isinstance(node, InARowExactly)
    assert is_joint(node, context.collection.whole)
    # The places of a spelling alone are nowhere decoded.
    monkeypatch.setattr(FormArrays, "postings", None)
    assert execute(context.searcher, node).total == 6


def test_spellings_that_stand_in_places_of_their_own_are_asked_for_in_each_segment(
    make_context: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["the Peace deal", "the peace deal", "a Peace deal and the Peace", "Peace", ""] * 3
    context = make_context(articles_of([("", text, "en") for text in texts]), segments=3)
    before = find(context, Exact("the Peace"))
    assert before.total == 6
    monkeypatch.setattr(ArrayedSegment, "stems_of", lambda *_: None)
    assert find(context, Exact("the Peace")) == before
