"""Do phrases and nearness with frequent words, whose places are looked up bit by bit, find what they find without?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searcher.model import Article
from searcher.query.tree import And, Near, Node, Or, Phrase, Word
from searcher.search.compiling.compile import compile_tree
from searcher.search.engine import standing
from searcher.search.engine.execution import execute

if TYPE_CHECKING:
    from searcher.search.context import Context

WORDS = ("kabo", "mido", "zeno")
ALWAYS, NEVER = 1 << 40, 0
texts = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)
phrases = st.lists(st.sampled_from(WORDS), min_size=2, max_size=12).map(" ".join)


def articles_of(archive: list[tuple[str, str]]) -> list[Article]:
    return [Article(f"{n:016x}", f"{n}.txt", title, text, text) for n, (title, text) in enumerate(archive)]


def found(context: Context, node: Node, frequent: int) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(standing, "FREQUENT", frequent)
        patch.setattr(standing, "AT_ONCE", 3)
        return execute(context.searcher, compile_tree(node, context).query, limit=100)


def within(phrase: str) -> Node:
    return And((Word("kabo"), Phrase(phrase)))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    archive=st.lists(st.tuples(texts, texts), min_size=1, max_size=8),
    asked=st.lists(phrases, min_size=1, max_size=4),
    segments=st.integers(1, 3),
)
def test_bits_find_what_stands_in_a_row(
    make_context: Any, archive: list[tuple[str, str]], asked: list[str], segments: int
) -> None:
    context = make_context(articles_of(archive), segments=min(segments, len(archive)))
    without = [(found(context, Phrase(one), NEVER), found(context, within(one), NEVER)) for one in asked]
    assert not context.collection.whole.standing._bits
    for phrase, expected in zip(asked, without, strict=True):
        outcome = found(context, Phrase(phrase), ALWAYS)
        assert (outcome, found(context, within(phrase), ALWAYS)) == expected
        assert {context.collection.whole.id(hit.number) for hit in outcome.best} == {
            f"{number:016x}" for number, both in enumerate(archive) if any(f" {phrase} " in f" {one} " for one in both)
        }


near = st.builds(
    Near,
    st.tuples(*[st.sampled_from([*map(Word, WORDS), Or((Word("kabo"), Word("mido")))])] * 2),
    st.integers(1, standing.ROOM + 1),
    st.booleans(),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    archive=st.lists(st.tuples(texts, texts), min_size=1, max_size=8),
    asked=st.lists(near, min_size=1, max_size=4),
    segments=st.integers(1, 3),
)
def test_bits_find_what_stands_near(
    make_context: Any, archive: list[tuple[str, str]], asked: list[Near], segments: int
) -> None:
    context = make_context(articles_of(archive), segments=min(segments, len(archive)))
    without = [found(context, one, NEVER) for one in asked]
    assert not context.collection.whole.standing._bits
    assert [found(context, one, ALWAYS) for one in asked] == without


@pytest.mark.parametrize("ordered", [False, True])
def test_bits_are_made_for_nearness_and_used(make_context: Any, *, ordered: bool) -> None:
    context = make_context(articles_of([("", "kabo zeno zeno mido mido")] * 5), segments=2)
    near = Near((Word("kabo"), Word("mido")), 4, ordered)
    before = found(context, near, NEVER)
    assert before.total == 5
    assert found(context, near, ALWAYS) == before
    (bits,) = [bits for _, bits in context.collection.whole.standing._bits.values()]
    bits[:] = 0
    assert found(context, near, ALWAYS).total == 0


def test_bits_are_made_and_used(make_context: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    context = make_context(articles_of([("", "kabo mido zeno mido")] * 5), segments=2)
    before = found(context, Phrase("kabo mido"), NEVER)
    monkeypatch.setattr(standing, "BYTES", 1 << 20)
    assert found(context, Phrase("kabo mido"), ALWAYS) == before
    (bits,) = [bits for _, bits in context.collection.whole.standing._bits.values()]
    bits[:] = 0
    assert found(context, Phrase("kabo mido"), ALWAYS).total == 0


def test_the_most_frequent_words_keep_their_bits(make_context: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    context = make_context(articles_of([("", "kabo mido mido zeno zeno zeno")]))
    places = context.collection.whole.standing

    def kept() -> list[int]:
        return sorted(count for count, _ in places._bits.values())

    found(context, Phrase("kabo mido"), ALWAYS)
    (size,) = [bits.nbytes for _, bits in places._bits.values()]
    monkeypatch.setattr(standing, "BYTES", size)
    assert kept() == [2]
    found(context, Phrase("mido zeno"), ALWAYS)
    assert kept() == [3]
    found(context, Phrase("kabo mido"), ALWAYS)
    assert kept() == [3]
    monkeypatch.setattr(standing, "BYTES", size - 1)
    places._bits.clear()
    assert found(context, Phrase("kabo mido"), ALWAYS).total == 1
    assert kept() == []


def test_articles_longer_than_lengths_tell_have_no_bits(make_context: Any) -> None:
    context = make_context(articles_of([("", "kabo mido " * 60_000), ("", "mido kabo mido")]))
    assert found(context, Phrase("kabo mido"), ALWAYS).total == 2
    assert not context.collection.whole.standing._bits
