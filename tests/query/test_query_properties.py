from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from searcher.errors import QueryError
from searcher.query import tree
from searcher.query.parser import parse
from searcher.query.printer import unparse

TODAY = date(2020, 11, 22)

# Text as people paste it, and text as nobody would: syntax in every order.
BLANKS = [" ", "  ", "\n", "last week", "e\u0301", "\x1b", "\ud800", "\u202e", "\u0345"]
_SYNTAX = st.sampled_from(
    """" ( ) AND OR NOT NEAR/3 ADJ/2 NEAR - + = ~ ~2 ^2 ^ * ? / /a/ title: source: person: path: url: id: date:
    mentions: after: soruce: 2020 2020-11 .. [ ] { TO yesterday nov lachin US Corridor x a/b “ ” „ « » \\ . , : ' ’ |
    || && #a @b 👍 拉钦 U.S. C++ İ ẞ ŉ ﬁ ² 0 _ % $ ; ! … —""".split()
    + BLANKS,
)
_TANGLES = st.lists(_SYNTAX, max_size=14).map("".join) | st.lists(_SYNTAX, max_size=10).map(" ".join)
QUERIES = st.text(max_size=60) | _TANGLES
MATCHES = st.sampled_from(["all", "any", "auto"])


def _check_any_text(text: str, match: str) -> None:
    try:
        strict = parse(text, today=TODAY, match=match)
    except QueryError as error:
        assert error.message
        assert error.hint
        assert error.query == text
        assert 0 <= error.span[0] <= error.span[1] <= len(text)
    else:
        _check_round_trip(strict.tree)
    lenient = parse(text, today=TODAY, match=match, lenient=True)
    _check_round_trip(lenient.tree)


def _check_round_trip(node: tree.Node) -> None:
    printed = unparse(node)
    again = parse(printed, today=date(1990, 1, 1)).tree
    assert again == node, printed
    assert unparse(again) == printed
    printed.encode()
    assert not any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in printed)


@settings(max_examples=3000)
@given(QUERIES, MATCHES)
@example("a" * 3 + "(" * 100, "all")
@example("NOT " * 200 + "a", "all")
@example("a NEAR/2 " * 200 + "b", "any")
@example("a^2" * 200, "all")
@example("((((a)^2)^3)^4)^5", "all")
@example('"a\\', "all")
def test_any_text_is_read_or_refused_with_a_reason(text: str, match: str) -> None:
    _check_any_text(text, match)


@pytest.mark.nightly
@settings(max_examples=100_000, suppress_health_check=list(HealthCheck))
@given(QUERIES, MATCHES)
def test_any_text_is_read_or_refused_with_a_reason_at_length(text: str, match: str) -> None:
    _check_any_text(text, match)


@settings(max_examples=500)
@given(st.text(st.characters(codec="utf-8", exclude_characters='"():^~*?/=-+[]{}<>&|\\“”„«»'), max_size=200))
def test_text_without_syntax_is_never_refused(text: str) -> None:
    words = [word for word in text.split() if word not in {"AND", "OR", "NOT", "NEAR", "ADJ"}]
    node = parse(" ".join(words), today=TODAY).tree
    assert all(isinstance(part, tree.Word | tree.And | tree.Nothing | tree.Everything) for part in tree.walk(node))


@settings(max_examples=1000)
@given(QUERIES)
def test_every_span_lies_in_the_query_and_in_its_parent(text: str) -> None:
    def check(node: tree.Node, low: int, high: int) -> None:
        assert low <= node.span[0] <= node.span[1] <= high
        for child in tree.children(node):
            check(child, 0, high)

    check(parse(text, today=TODAY, lenient=True).tree, 0, len(text))


@settings(max_examples=1000)
@given(QUERIES, MATCHES)
def test_trees_are_in_normal_form(text: str, match: str) -> None:
    for node in tree.walk(parse(text, today=TODAY, match=match, lenient=True).tree):
        match node:
            case tree.And(parts=parts):
                assert len(parts) >= 2
                assert not any(isinstance(part, tree.And) for part in parts)
            case tree.Or(parts=parts):
                assert len(parts) >= 2
                assert not any(isinstance(part, tree.Or) for part in parts)
            case tree.Near(operands=operands, ordered=False, distance=distance):
                assert distance >= len(operands) - 1


# --- trees made directly: every kind of node in every place that the parser allows ---

_WORDS = st.sampled_from(
    ["lachin", "corridor", "US", "AND", "don't", "10:30", "soruce:ap", "a/b", "c++", "пример", "拉钦", "x^2y"]
)
_PLAIN = st.builds(tree.Word, _WORDS.map(lambda word: word))
_PHRASES = st.lists(
    st.sampled_from(["lachin", "corridor", "US", "10:30", 'say"so', "back\\slash"]), min_size=2, max_size=4
).map(lambda words: tree.Phrase(" ".join(words)))
_PATTERNS = st.sampled_from(["corr*", "*stan", "p?tin"]).map(tree.Wildcard)
_PLACED = st.one_of(
    _PLAIN,
    _PHRASES,
    _PATTERNS,
    st.sampled_from(["Lachin", "Peace Deal", "a:b c"]).map(tree.Exact),
    st.sampled_from(["pash(i|y)n", r"a\/b", "[a-z]+"]).map(tree.Regex),
    st.builds(tree.Fuzzy, _WORDS, st.sampled_from([1, 2])),
)
_DAYS = st.none() | st.dates()


def _ranges(field: str):
    def ordered(ends):
        first, last = ends
        if first and last and last < first:
            first, last = last, first
        return tree.DateRange(field, first, last)

    return st.tuples(_DAYS, _DAYS).filter(any).map(ordered)


_NEAR = st.recursive(
    _PLACED,
    lambda inner: st.builds(
        tree.Near,
        st.lists(
            inner | st.lists(_PLACED, min_size=2, max_size=3, unique=True).map(tree.disjunction), min_size=2, max_size=3
        ).map(tuple),
        st.integers(2, 9),
        st.booleans(),
    ),
    max_leaves=5,
)
_FACTORS = st.sampled_from([0.5, 2.0, 3.25, 1000.0, 0.0001])


def _joined(inner):
    return st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(tree.conjunction),
        st.lists(inner, min_size=2, max_size=3).map(tree.disjunction),
        inner.map(tree.Not),
        st.builds(tree.Boost, inner, _FACTORS),
    )


_IN_TEXT = st.builds(tree.In, st.sampled_from(["title", "body"]), st.recursive(_NEAR, _joined, max_leaves=4))
_IN_NAMES = st.builds(
    tree.In, st.sampled_from(["source", "author", "person", "language"]), st.recursive(_PLACED, _joined, max_leaves=3)
)
_TREES = st.recursive(
    st.one_of(_NEAR, _IN_TEXT, _IN_NAMES, _ranges("date"), _ranges("mentions"), st.just(tree.Undated())),
    _joined,
    max_leaves=8,
)


@settings(max_examples=1500)
@given(_TREES)
def test_every_tree_can_be_written(node: tree.Node) -> None:
    assert parse(unparse(node), today=TODAY).tree == node, unparse(node)


def test_huge_queries_are_refused_clearly() -> None:
    for text in ("x" * 60_000, "a* " * 3000, "(" * 2000 + "a" + ")" * 2000, "NOT " * 3000 + "a"):
        with pytest.raises(QueryError) as raised:
            parse(text, today=TODAY)
        assert raised.value.hint
        parse(text, today=TODAY, lenient=True)
