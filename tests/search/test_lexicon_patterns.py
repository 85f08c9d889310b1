"""Does the lexicon find what a look at every single word finds?"""

from __future__ import annotations

import re
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.search.words.edits import are_near
from searcher.search.words.lexicon import Lexicon
from searcher.text.folding import fold, fold_all

LETTERS = "abCnéÉñßøЯйи́走1'"
WORDS = st.text(LETTERS, min_size=1, max_size=7)
COUNTS = st.dictionaries(WORDS, st.integers(1, 9), max_size=40)


def edits(one: str, two: str) -> int:
    """Optimal string alignment, as it is defined."""
    table = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(two) + 1)}
    for i, a in enumerate(one, 1):
        for j, b in enumerate(two, 1):
            table[i, j] = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and b == one[i - 2]:
                table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(one), len(two)]


@given(st.lists(st.text(LETTERS + "\n\u0338ﬁ", max_size=6)))
def test_folding_many_words_is_folding_each(words: list[str]) -> None:
    assert fold_all(words) == list(map(fold, words))


@settings(max_examples=200)
@given(
    COUNTS,
    st.one_of(
        st.text(LETTERS + "**??", min_size=1, max_size=6),
        st.builds("*{}*".format, st.text(LETTERS, max_size=2)),
        st.builds("*{}".format, st.text(LETTERS, max_size=2)),
    ),
)
def test_a_wildcard_stands_for_the_words_that_it_matches(counts: dict[str, int], pattern: str) -> None:
    matches = re.compile("".join({"*": ".*", "?": "."}.get(part, re.escape(part)) for part in fold(pattern))).fullmatch
    expected = {form: count for form, count in counts.items() if matches(fold(form))}
    assert dict(Lexicon.of_counts(counts).wildcard(pattern)) == expected


@settings(max_examples=200)
@given(COUNTS, WORDS, st.integers(0, 2))
def test_close_words_are_so_many_edits_away(counts: dict[str, int], word: str, distance: int) -> None:
    found = Lexicon.of_counts(counts).close(word, distance)
    away = {form: edits(fold(form), fold(word)) for form in counts if fold(form)}
    expected = [{form: counts[form] for form in away if away[form] == edits} for edits in range(distance + 1)]
    assert [dict(spellings) for spellings in found] == expected


@given(WORDS, WORDS, st.integers(0, 3))
def test_two_words_are_near_up_to_their_distance(one: str, two: str, most: int) -> None:
    assert are_near(one, two, most) == (edits(one, two) <= most)


@settings(max_examples=150)
@given(
    COUNTS,
    st.sampled_from(
        [
            "a.*",
            "ab?C*",
            "(a|b).+",
            "a|b+",
            r"[^a]n?.*",
            r"\w+1",
            "a{2}.*",
            "éa.*",
            "C(n)?",
            "я.*",
            r"a\'?",
            ".*a",
            ".+bA",
            r".*\x61",
            r".*\x41b",
            r".\Wb",
            "(a|b)n",
            "a|.b",
            ".*é",
            r".*\wb",
        ]
    ),
)
def test_a_regex_stands_for_the_words_that_it_matches(counts: dict[str, int], pattern: str) -> None:
    compiled = re.compile(pattern, re.IGNORECASE)
    expected = {
        form: count for form, count in counts.items() if compiled.fullmatch(fold(form)) or compiled.fullmatch(form)
    }
    assert dict(Lexicon.of_counts(counts).regex(compiled, lambda: None)) == expected


@settings(max_examples=200)
@given(COUNTS, st.integers(1, 12), st.integers(1, 3))
def test_of_very_many_the_commonest_are_given(counts: dict[str, int], most: int, parts: int) -> None:
    folded = {form for form in counts if "a" in fold(form)}
    expected = sorted(folded, key=lambda form: (-counts[form], form.encode()))[:most]
    lexicon = Lexicon.of_counts(counts)
    # The same words again, as other segments know them.
    lexicon._places *= parts
    lexicon._vocabularies *= parts
    with patch("searcher.search.words.lexicon.MOST_FORMS", most):
        found = lexicon.wildcard("*a*")
    assert dict(found) == {form: counts[form] * parts for form in expected}
    assert found.left_out == len(folded) - len(expected)


@pytest.mark.parametrize(
    "find",
    [
        lambda lexicon, poll: lexicon.regex(re.compile("w.*"), poll),
        lambda lexicon, poll: lexicon.wildcard("w*r*", poll),
    ],
)
def test_a_long_search_can_be_stopped(find: Any) -> None:
    class StopError(Exception):
        pass

    def poll() -> None:
        raise StopError

    with pytest.raises(StopError):
        find(Lexicon.of_counts({"word": 1}), poll)
