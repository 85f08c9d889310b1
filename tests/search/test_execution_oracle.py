"""Three ways to answer agree: over arrays, through Whoosh's searcher, and by reading every text."""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from whoosh.util.numeric import byte_to_length, length_to_byte

from searcher.model import Article, Fact, Facts, PartialDate
from searcher.query.tree import (
    And,
    Boost,
    DateRange,
    Everything,
    In,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Undated,
    Wildcard,
    Word,
)
from searcher.search.compiling.compile import compile_tree
from searcher.search.engine.execution import execute
from searcher.search.engine.ranking import FIELD_WEIGHTS, LENGTH, SATURATION

if TYPE_CHECKING:
    from searcher.search.context import Context

WORDS = ("kabo", "mido", "kabu", "zeno", "pixo")
DAY = date(2020, 11, 1)
SCORED_IN_ONE_SEGMENT = Or((And((Word("kabo"), Phrase("kabo mido"))), Not(Word("mido"))))
"""Without "kabo" in a segment, nothing there has a score."""


def texts(longest: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(WORDS), max_size=longest).map(" ".join)


dates = st.one_of(
    st.none(),
    st.integers(0, 40).map(lambda days: PartialDate.of(DAY + timedelta(days))),
    st.sampled_from([PartialDate(2020, 11), PartialDate(2020), PartialDate(2021, 1)]),
)
archives = st.lists(st.tuples(texts(3), texts(14), dates), min_size=1, max_size=9)

words = st.sampled_from([*WORDS, "absent"]).map(Word)
phrases = st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(lambda parts: Phrase(" ".join(parts)))
patterns = st.sampled_from(["kab*", "?ido", "*o", "q*"]).map(Wildcard)
placed = st.one_of(words, phrases, patterns)
near = st.builds(
    lambda parts, distance, ordered: Near(tuple(parts), max(distance, len(parts) - 1), ordered),
    st.lists(st.one_of(words, patterns), min_size=2, max_size=3),
    st.integers(1, 5),
    st.booleans(),
)


def date_range(first: int | None, length: int) -> DateRange:
    start = None if first is None else DAY + timedelta(first)
    return DateRange("date", start, (start or DAY) + timedelta(length))


ranges = st.builds(date_range, st.one_of(st.none(), st.integers(0, 40)), st.integers(0, 20))
leaves = st.one_of(placed, near, ranges, st.just(Undated()), placed.map(lambda node: In("title", node)))


def combined(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        several.map(And),
        several.map(Or),
        inner.map(Not),
        st.builds(Boost, inner, st.sampled_from([0.5, 2.0])),
        inner.map(lambda node: In("body", node)),
    )


trees = st.one_of(st.recursive(leaves, combined, max_leaves=6), st.just(Everything()))


def make_articles(archive: list[tuple[str, str, PartialDate | None]]) -> list[Article]:
    return [
        Article(
            f"{number:016x}",
            f"{number}.txt",
            title,
            text,
            text,
            facts=Facts(date=Fact(day, "stated", 1.0) if day else None),
        )
        for number, (title, text, day) in enumerate(archive)
    ]


class Reading:
    """The articles that a tree asks for, and the scores of its words, by reading every text."""

    def __init__(self, articles: list[Article]) -> None:
        self.articles = articles
        self.fields = {"title": [a.title.split() for a in articles], "body": [a.text.split() for a in articles]}
        self.averages = {name: sum(map(len, texts)) / len(articles) or 1.0 for name, texts in self.fields.items()}

    def matches(self, node: Node, number: int, scope: tuple[str, ...] = ("title", "body")) -> bool:
        match node:
            case Everything():
                return True
            case And(parts=parts):
                return all(self.matches(part, number, scope) for part in parts)
            case Or(parts=parts):
                return any(self.matches(part, number, scope) for part in parts)
            case Not(node=inner):
                return not self.matches(inner, number, scope)
            case Boost(node=inner):
                return self.matches(inner, number, scope)
            case In(field=field, node=inner):
                return self.matches(inner, number, (field,))
            case Undated():
                return self.articles[number].facts.date is None
            case DateRange(first=first, last=last):
                fact = self.articles[number].facts.date
                return (
                    fact is not None
                    and (last is None or fact.value.first <= last)
                    and (first is None or fact.value.last >= first)
                )
            case _:
                return any(self.places(node, self.fields[field][number]) for field in scope)

    def places(self, node: Node, text: list[str]) -> set[tuple[int, int]]:
        match node:
            case Word(text=word):
                return {(at, at) for at, other in enumerate(text) if other == word}
            case Wildcard(pattern=pattern):
                return {(at, at) for at, other in enumerate(text) if _fits(pattern, other)}
            case Phrase(text=phrase):
                wanted = phrase.split()
                last = len(wanted) - 1
                return {(at, at + last) for at in range(len(text)) if text[at : at + last + 1] == wanted}
            case Near(operands=operands, distance=distance, ordered=ordered):
                found = set()
                for run in product(*(self.places(operand, text) for operand in operands)):
                    firsts = [first for first, _ in run]
                    if len(set(firsts)) < len(firsts):
                        continue
                    placed = list(run) if ordered else sorted(run)
                    gaps = [two[0] - one[1] for one, two in pairwise(placed)]
                    if ordered and all(1 <= gap <= distance for gap in gaps):
                        found.add((placed[0][0], placed[-1][1]))
                    if not ordered and placed[-1][0] - placed[0][1] <= distance:
                        found.add((placed[0][0], placed[-1][1]))
                return found
        raise TypeError(node)

    def article_frequencies(self, node: Word | Phrase | Wildcard) -> list[int]:
        """Tell how many articles each word counts as being in."""
        count = len(self.articles)
        if isinstance(node, Wildcard):
            forms = [form for form in WORDS if _fits(node.pattern, form)]
            found = (sum(text.count(form) for text in texts) for texts in self.fields.values() for form in forms)
            return [min(max(found, default=0), count)]
        fields = self.fields.values()
        return [max(sum(part in text for text in texts) for texts in fields) for part in node.text.split()]

    def word_scores(self, node: Word | Phrase | Wildcard) -> dict[int, float]:
        """Score one word or phrase by the formula, from the lengths that an index keeps."""
        count = len(self.articles)
        weights = [
            math.log(1 + (count - frequency + 0.5) / (frequency + 0.5)) for frequency in self.article_frequencies(node)
        ]
        scores = {}
        for number in range(len(self.articles)):
            weighted = 0.0
            for field, texts in self.fields.items():
                length = byte_to_length(length_to_byte(len(texts[number])))
                norm = 1 - LENGTH + LENGTH * length / self.averages[field]
                weighted += FIELD_WEIGHTS[field].weight * len(self.places(node, texts[number])) / norm
            if weighted:
                scores[number] = sum(weights) * (SATURATION + 1) * weighted / (weighted + SATURATION)
        return scores


def _fits(pattern: str, word: str) -> bool:
    from fnmatch import fnmatchcase

    return fnmatchcase(word, pattern)


def found_by_arrays(context: Context, node: Any) -> dict[str, float]:
    outcome = execute(context.searcher, node, limit=1000)
    assert outcome.total == len(outcome.best)
    return {context.collection.whole.id(ranked.number): ranked.score for ranked in outcome.best}


def found_by_whoosh(context: Context, node: Any) -> dict[str, float]:
    return {hit["id"]: hit.score for hit in context.searcher.search(node, limit=None)}


@settings(max_examples=50)
@given(archive=archives, asked=trees, segments=st.integers(1, 3), data=st.data())
def test_three_ways_find_the_same_articles_with_the_same_scores(  # noqa: PLR0917 drawn by name
    make_context: Any, kind: str, archive: list[Any], asked: Node, segments: int, data: st.DataObject
) -> None:
    articles = make_articles(archive)
    removed = data.draw(st.sets(st.sampled_from([article.id for article in articles]), max_size=2))
    context = make_context(articles, segments=min(segments, len(articles)), removed=removed, kind=kind)
    reading = Reading(articles)
    expected = {
        article.id
        for number, article in enumerate(articles)
        if article.id not in removed and reading.matches(asked, number)
    }
    compiled = compile_tree(asked, context).query
    ours, whooshs = found_by_arrays(context, compiled), found_by_whoosh(context, compiled)
    assert set(ours) == expected
    assert ours == pytest.approx(whooshs, rel=1e-5, abs=1e-6)


@settings(max_examples=40)
@given(
    archive=archives, asked=st.one_of(st.sampled_from(WORDS).map(Word), phrases, patterns), segments=st.integers(1, 3)
)
def test_scores_follow_the_formula(
    make_context: Any, kind: str, archive: list[Any], asked: Word | Phrase | Wildcard, segments: int
) -> None:
    articles = make_articles(archive)
    context = make_context(articles, segments=min(segments, len(articles)), kind=kind)
    ours = found_by_arrays(context, compile_tree(asked, context).query)
    expected = {articles[number].id: score for number, score in Reading(articles).word_scores(asked).items()}
    assert ours == pytest.approx(expected, rel=1e-4)


@settings(max_examples=40)
@given(archive=archives, asked=trees, segments=st.integers(1, 3), limit=st.integers(1, 4), offset=st.integers(0, 4))
@example(archive=[("", "kabo", None), ("", "", None)], asked=SCORED_IN_ONE_SEGMENT, segments=2, limit=1, offset=0)
def test_a_page_is_a_cut_of_the_whole_order_which_segments_do_not_change(  # noqa: PLR0917 drawn by name
    make_context: Any, archive: list[Any], asked: Node, segments: int, limit: int, offset: int
) -> None:
    articles = make_articles(archive)
    whole = make_context(articles)
    parts = make_context(articles, segments=min(segments, len(articles)))
    for sort in ("relevance", "newest", "oldest"):
        everything = execute(whole.searcher, compile_tree(asked, whole).query, limit=1000, sort=sort)
        page = execute(parts.searcher, compile_tree(asked, parts).query, limit=limit, offset=offset, sort=sort)
        assert page.total == everything.total
        expected = [whole.collection.whole.id(hit.number) for hit in everything.best[offset : offset + limit]]
        assert [parts.collection.whole.id(hit.number) for hit in page.best] == expected


def test_near_ties_are_ordered_by_date_then_id(make_context: Any) -> None:
    days = [None, PartialDate(2020, 1, 1), PartialDate(2021, 1, 1), PartialDate(2020, 1, 1), None]
    articles = make_articles([("kabo", "mido zeno", day) for day in days])
    context = make_context(articles[::-1], segments=2)
    order = [
        context.collection.whole.id(hit.number)[-1]
        for hit in execute(context.searcher, compile_tree(Word("kabo"), context).query).best
    ]
    assert order == ["2", "1", "3", "0", "4"]


def test_the_undated_come_last_either_way(make_context: Any) -> None:
    days = [None, PartialDate(2020, 5), PartialDate(2021), PartialDate(2019, 1, 1)]
    articles = make_articles([("kabo", "mido", day) for day in days])
    context = make_context(articles)
    node = compile_tree(Word("kabo"), context).query
    by = defaultdict(list)
    for sort in ("newest", "oldest"):
        by[sort] = [
            context.collection.whole.id(hit.number)[-1] for hit in execute(context.searcher, node, sort=sort).best
        ]
    assert by == {"newest": ["2", "1", "3", "0"], "oldest": ["3", "1", "2", "0"]}
