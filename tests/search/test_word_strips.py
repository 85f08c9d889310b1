"""Do words joined on strips stand where a look at every word of every text says?"""

from __future__ import annotations

from collections import Counter
from itertools import combinations, permutations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.search.engine import strips
from searcher.search.engine.matches import indices_of, intersect
from searcher.search.engine.places import POSITION_BITS, UNPLACED, Placed, merge_placed
from searcher.search.engine.strips import count_near, followed

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXTS = st.lists(st.one_of(st.text("abc", max_size=12), st.text("aaaaaaaaaaaaaaab", max_size=40)), max_size=8)
WORDS = st.text("abc", min_size=2, max_size=3)


@pytest.fixture(autouse=True, scope="module", params=[0, 100], ids=["searched", "marked"])
def short_strips(request: pytest.FixtureRequest) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(strips, "LONGEST", 16)
        patch.setattr(strips, "MARKS", 16)
        patch.setattr(strips, "SEARCHED", request.param)
        yield


def placed(texts: list[str], word: str) -> Placed:
    """Give where a letter stands, articles numbered by threes."""
    places = [
        3 * number << POSITION_BITS | at
        for number, text in enumerate(texts)
        for at, one in enumerate(text)
        if one == word
    ]
    return Placed.of(np.array(places, np.int64))


def with_all(texts: list[str], words: str) -> tuple[list[str], list[Placed]]:
    held = [text for text in texts if set(words) <= set(text)]
    return held, [placed(held, word) for word in words]


@settings(max_examples=300)
@given(TEXTS, WORDS, st.data())
def test_a_phrase_stands_where_its_words_do(texts: list[str], words: str, data: st.DataObject) -> None:
    gaps = data.draw(st.lists(st.integers(1, 3), min_size=len(words) - 1, max_size=len(words) - 1))
    offsets = np.cumsum([0, *gaps]).tolist()
    held, parts = with_all(texts, words)
    if not held:
        return
    expected = {
        3 * number << POSITION_BITS | at
        for number, text in enumerate(held)
        for at in range(len(text) - offsets[-1])
        if all(text[at + offset] == word for offset, word in zip(offsets, words, strict=True))
    }
    first, *others = data.draw(st.permutations(range(len(words))))
    found = parts[first]
    for other in others:
        rows = np.flatnonzero(np.isin(parts[other].articles, found.articles))
        shift = offsets[other] - offsets[first]
        found = followed(found, parts[other].of_rows(rows), shift) if len(rows) else UNPLACED
    assert (found.places - offsets[first]).tolist() == sorted(expected)
    assert found.articles.tolist() == sorted({place >> POSITION_BITS for place in expected})


@settings(max_examples=400)
@given(
    TEXTS,
    st.sampled_from(["ab", "ba", "abc", "bac", "cb", "aa", "aab", "abb", "aaabc"]),
    st.integers(1, 12),
    st.booleans(),
)
def test_a_run_begins_where_every_other_word_follows(
    texts: list[str], words: str, distance: int, ordered: bool
) -> None:
    ordered = ordered and len(words) == 2
    times = Counter(words)
    held, parts = with_all(texts, "".join(times))
    if not held:
        return
    counts = count_near(parts, list(times.values()), distance, ordered=ordered)
    leading = words[:1] if ordered else words
    assert counts.tolist() == [
        sum(
            one in leading and not times - Counter(one) - Counter(text[at + 1 : at + 1 + distance])
            for at, one in enumerate(text)
        )
        for text in held
    ]


@settings(max_examples=400)
@given(
    st.lists(st.text("abcd", max_size=12), max_size=6),
    st.lists(st.sampled_from(["a", "b", "ab", "bc", "abc", "cd"]), min_size=2, max_size=4),
    st.integers(1, 12),
    st.booleans(),
)
def test_a_place_that_several_parts_have_stands_for_one_of_them(
    texts: list[str], parts: list[str], distance: int, ordered: bool
) -> None:
    ordered = ordered and len(parts) == 2
    times = Counter(parts)
    held = [text for text in texts if all(set(part) & set(text) for part in parts)]
    if not held:
        return
    words = [merge_placed([placed(held, letter) for letter in part]) for part in times]
    counts = count_near(words, list(times.values()), distance, ordered=ordered)
    assert counts.tolist() == [
        sum(begins_run(text, at, parts, distance, ordered) for at in range(len(text))) for text in held
    ]


def begins_run(text: str, at: int, parts: list[str], distance: int, ordered: bool) -> bool:
    """Try to give each part a letter of its own."""
    after = range(at + 1, min(at + 1 + distance, len(text)))
    return any(
        text[at] in first and all(text[place] in part for place, part in zip(chosen, others, strict=True))
        for first, *others in ([parts] if ordered else permutations(parts))
        for chosen in combinations(after, len(others))
    )


@given(st.sets(st.integers(0, 99)), st.sets(st.integers(0, 99), max_size=4))
def test_common_articles(one: set[int], two: set[int]) -> None:
    first, second = (np.array(sorted(articles), np.int32) for articles in (one, two))
    assert intersect(first, second, 100).tolist() == intersect(second, first, 100).tolist() == sorted(one & two)
    assert first[indices_of(second, first, 100)].tolist() == sorted(one & two)


@given(TEXTS, st.sets(st.integers(0, 7)))
def test_some_articles_of_a_word(texts: list[str], rows: set[int]) -> None:
    part = placed(texts, "a")
    wanted = np.array([row for row in sorted(rows) if row < len(part.articles)], np.intp)
    kept = np.isin(part.places >> POSITION_BITS, part.articles[wanted])
    assert part.of_rows(wanted).places.tolist() == part.places[kept].tolist()
