"""Do phrases and nearness with frequent words, whose places are looked up bit by bit, find what they find without?"""

from __future__ import annotations

from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.model import Article
from searcher.query.tree import And, Near, Node, Or, Phrase, Wildcard, Word
from searcher.search.compiling.compile import compile_tree
from searcher.search.engine import occurrences, spellings, standing
from searcher.search.engine.execution import execute

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        patch.setattr(occurrences, "AT_ONCE", 3)
        patch.setattr(spellings, "AT_ONCE", 3)
        patch.setattr(spellings, "COUNTED_AT_ONCE", 3)
        patch.setattr(standing, "AT_ONCE", 3)
        return execute(context.searcher, compile_tree(node, context).query, limit=100)


def within(phrase: str) -> Node:
    return And((Word("kabo"), Phrase(phrase)))


@settings(max_examples=50)
@given(
    archive=st.lists(st.tuples(texts, texts), min_size=1, max_size=8),
    asked=st.lists(phrases, min_size=3, max_size=8, unique=True),
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


SPELT = {"*o": WORDS, "k*": ("kabo",), "?i*": ("mido",), "*e*": ("zeno",), "[km]*": ()}
short = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
words = st.sampled_from([*map(Word, WORDS), Or((Word("kabo"), Word("mido"))), *map(Wildcard, SPELT)])
rows = st.sampled_from([Phrase("kabo mido"), Phrase("mido mido"), Phrase("kabo mido zeno")])
distances = st.integers(2, standing.ROOM + 1)
near = st.builds(Near, st.tuples(words | rows, words | rows), distances, st.booleans()) | st.builds(
    Near, st.tuples(words, words, words), distances, st.booleans()
)


@settings(max_examples=40)
@given(
    archive=st.lists(st.tuples(short, short), min_size=1, max_size=8),
    asked=st.lists(near, min_size=3, max_size=8, unique=True),
    segments=st.integers(1, 3),
)
def test_bits_find_what_stands_near(
    make_context: Any, archive: list[tuple[str, str]], asked: list[Near], segments: int
) -> None:
    context = make_context(articles_of(archive), segments=min(segments, len(archive)))
    without = [found(context, one, NEVER) for one in asked]
    assert not context.collection.whole.standing._bits
    for one, expected in zip(asked, without, strict=True):
        assert (found(context, one, ALWAYS), found(context, And((Word("kabo"), one)), ALWAYS)) == (
            expected,
            found(context, And((Word("kabo"), one)), NEVER),
        )
        assert {context.collection.whole.id(hit.number) for hit in expected.best} == {
            f"{number:016x}" for number, both in enumerate(archive) if any(stands(one, text.split()) for text in both)
        }


def stands(near: Near, text: list[str]) -> bool:
    """Try all places of all parts."""
    for runs in product(*(list(places(part, text)) for part in near.operands)):
        for one, two in combinations(runs, 2) if not near.ordered else pairwise(runs):
            (_, end), (begin, _) = (one, two) if near.ordered else sorted((one, two))
            if not 0 < begin - end <= near.distance:
                break
        else:
            return True
    return False


def places(part: Node, text: list[str]) -> Iterator[tuple[int, int]]:
    """Give where a part begins and ends."""
    if isinstance(part, Phrase):
        asked = [{word} for word in part.text.split()]
    elif isinstance(part, Or):
        asked = [{one.text for one in part.parts if isinstance(one, Word)}]
    else:
        asked = [{part.text}] if isinstance(part, Word) else [set(SPELT[part.pattern])]
    for at in range(len(text) - len(asked) + 1):
        if all(word in some for word, some in zip(text[at:], asked, strict=False)):
            yield at, at + len(asked) - 1


@pytest.mark.parametrize("ordered", [False, True])
def test_bits_are_made_for_nearness_and_used(make_context: Any, *, ordered: bool) -> None:
    context = make_context(articles_of([("", "kabo zeno zeno mido mido")] * 5), segments=2)
    near = Near((Word("kabo"), Word("mido")), 4, ordered)
    before = found(context, near, NEVER)
    assert before.total == 5
    assert found(context, near, ALWAYS) == before
    for _, bits in context.collection.whole.standing._bits.values():
        bits[:] = 0
    assert found(context, near, ALWAYS).total == 0


def test_bits_are_made_and_used(make_context: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    context = make_context(articles_of([("", "kabo mido zeno mido")] * 5), segments=2)
    before = found(context, Phrase("kabo mido"), NEVER)
    monkeypatch.setattr(standing, "BYTES", 1 << 20)
    assert found(context, Phrase("kabo mido"), ALWAYS) == before
    for _, bits in context.collection.whole.standing._bits.values():
        bits[:] = 0
    assert found(context, Phrase("kabo mido"), ALWAYS).total == 0


def test_the_most_frequent_words_keep_their_bits(make_context: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    context = make_context(articles_of([("", "kabo mido mido zeno zeno zeno")]))
    places = context.collection.whole.standing

    def kept() -> list[int]:
        return sorted(count for count, _ in places._bits.values())

    found(context, Phrase("kabo mido"), ALWAYS)
    assert kept() == [1, 2]
    (size,) = {bits.nbytes for _, bits in places._bits.values()}
    monkeypatch.setattr(standing, "BYTES", size)
    places._bits.clear()
    assert found(context, Phrase("kabo mido"), ALWAYS).total == 1
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
