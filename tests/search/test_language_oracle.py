"""What the query language promises, held against the engine: queries as typed, real words, read by hand.

The oracle evaluates a tree over the analysed texts directly, knowing no index.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, permutations, product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from searcher.model import Article, Fact, Facts, Mention, PartialDate
from searcher.query import tree
from searcher.query.parser import parse
from searcher.query.patterns import compile_regex
from searcher.search.compiling.compile import compile_tree
from searcher.search.engine.execution import execute
from searcher.text.analysis import analyze, query_terms
from searcher.text.folding import fold
from searcher.text.stop_words import stop_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TODAY = date(2020, 11, 22)
Place = tuple[int, int]


class Text:
    """One analysed text: the stems and the forms at each position."""

    def __init__(self, text: str, language: str | None) -> None:
        terms = analyze(text, language)
        self.length = 1 + max((term.position for term in terms), default=-1)
        self.stems: list[set[str]] = [set() for _ in range(self.length)]
        self.forms: list[set[str]] = [set() for _ in range(self.length)]
        for term in terms:
            self.stems[term.position] |= {term.stem} - {""}
            self.forms[term.position] |= {term.form} - {""}


@dataclass
class Oracle:
    """Says which articles a tree asks for."""

    articles: Sequence[Article]

    def __post_init__(self) -> None:
        counts = Counter(article.language for article in self.articles if article.language)
        self.languages = tuple(sorted(counts, key=lambda name: (-counts[name], name))) or ("en",)
        self.readings = tuple({article.language for article in self.articles} or {None})
        self.texts = [
            {"title": Text(article.title, article.language), "body": Text(article.text, article.language)}
            for article in self.articles
        ]

    def hits(self, node: tree.Node) -> set[str]:
        return {
            article.id
            for article, texts in zip(self.articles, self.texts, strict=True)
            if self.matches(node, article, texts, ("title", "body"))
        }

    def matches(self, node: tree.Node, article: Article, texts: dict[str, Text], fields: tuple[str, ...]) -> bool:
        match node:
            case tree.Everything():
                return fields == ("title", "body") or any(texts[field].length for field in fields)
            case tree.Nothing():
                return False
            case tree.And(parts=parts):
                return all(self.matches(part, article, texts, fields) for part in self.telling(parts))
            case tree.Or(parts=parts):
                return any(self.matches(part, article, texts, fields) for part in parts)
            case tree.Not(node=inner):
                return not self.matches(inner, article, texts, fields)
            case tree.Boost(node=inner):
                return self.matches(inner, article, texts, fields)
            case tree.In(field="title" | "body" as field, node=inner):
                return self.matches(inner, article, texts, (field,))
            case tree.In(field="language", node=tree.Word(text=text)):
                return article.language == text
            case tree.DateRange(field="date", first=first, last=last):
                fact = article.facts.date
                return fact is not None and _overlap(fact.value, first, last)
            case tree.DateRange(field="mentions", first=first, last=last):
                return any(_within(mention.value, first, last) for mention in article.facts.mentions)
            case tree.Undated():
                return article.facts.date is None
            case _:
                return any(True for field in fields for _ in self.places(node, texts[field]))

    def telling(self, parts: Sequence[tree.Node]) -> Sequence[tree.Node]:
        """Stop words count among words only when nothing else is asked for."""
        stops = stop_words(self.languages[0])
        telling = [part for part in parts if not (isinstance(part, tree.Word) and part.text in stops)]
        filters = (tree.Not, tree.DateRange, tree.Undated, tree.Everything, tree.Nothing)
        worded = [
            part
            for part in telling
            if not isinstance(part, filters) and not (isinstance(part, tree.In) and part.field not in {"title", "body"})
        ]
        return telling if worded else parts

    def places(self, node: tree.Node, text: Text) -> Iterator[Place]:
        """Find where in a text a node is: first and last position."""
        match node:
            case tree.Word(text=written) | tree.Phrase(text=written):
                wanted = [(term.position, set(term.stems)) for term in query_terms(written, self.readings)]
                yield from _runs(wanted, text.stems)
            case tree.Exact(text=written):
                yield from _runs([(term.position, {term.form}) for term in query_terms(written, [None])], text.forms)
            case tree.Wildcard(pattern=pattern):
                if "-" in pattern:
                    yield from self.patterns_in_a_row(pattern.split("-"), text)
                    return
                glob = re.compile("".join({"*": ".*", "?": "."}.get(sign, re.escape(sign)) for sign in fold(pattern)))
                yield from self.spelt(text, lambda form: glob.fullmatch(fold(form)) is not None)
            case tree.Regex(pattern=pattern):
                regex = compile_regex(pattern)
                yield from self.spelt(text, lambda form: bool(regex.fullmatch(form) or regex.fullmatch(fold(form))))
            case tree.Fuzzy(text=written, distance=distance):
                yield from self.spelt(text, lambda form: _edits(fold(written), fold(form)) <= distance)
            case tree.Or(parts=parts):
                for part in parts:
                    yield from self.places(part, text)
            case tree.Near(operands=operands, distance=distance, ordered=ordered):
                for chosen in product(*(list(self.places(operand, text)) for operand in operands)):
                    if _near(chosen, distance, ordered=ordered):
                        yield min(place[0] for place in chosen), max(place[1] for place in chosen)
            case _:
                raise NotImplementedError(node)

    def patterns_in_a_row(self, patterns: list[str], text: Text) -> Iterator[Place]:
        """Find the parts of a pattern of several words side by side."""
        nodes = [tree.Wildcard(part) if re.search("[*?]", part) else tree.Word(part) for part in patterns]
        yield from self.places(tree.Near(tuple(nodes), 1, ordered=True), text)

    @staticmethod
    def spelt(text: Text, fits: Any) -> Iterator[Place]:
        for position, forms in enumerate(text.forms):
            if any(map(fits, forms)):
                yield position, position


def _runs(wanted: list[tuple[int, set[str]]], held: list[set[str]]) -> Iterator[Place]:
    if not wanted:
        return
    last = wanted[-1][0]
    for start in range(len(held) - last):
        if all(held[start + position] & any_of for position, any_of in wanted):
            yield start, start + last


def _near(places: Sequence[Place], distance: int, *, ordered: bool) -> bool:
    for order in [places] if ordered else permutations(places):
        gaps = [later[0] - earlier[1] for earlier, later in pairwise(order)]
        if ordered and all(1 <= gap <= distance for gap in gaps):
            return True
        if not ordered and all(gap >= 1 for gap in gaps) and order[-1][0] - order[0][1] <= distance:
            return True
    return False


def _edits(one: str, other: str) -> int:
    """Count insertions, deletions, replacements and swaps of neighbours (optimal string alignment)."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, against in enumerate(other, 1):
            best = min(rows[-1][j] + 1, row[j - 1] + 1, rows[-1][j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def _overlap(day: PartialDate, first: date | None, last: date | None) -> bool:
    return (last is None or day.first <= last) and (first is None or day.last >= first)


def _within(day: PartialDate, first: date | None, last: date | None) -> bool:
    return (first is None or day.first >= first) and (last is None or day.last <= last)


# --- archives and queries, of words that try the analysis ---

BITS = """Lachin lachin Laçın corridor Corridors corridor's the of to be or not us US U.S. told Nagorno-Karabakh
    karabakh 10:30 10,000 #metoo metoo don't d'études études C++ 拉钦走廊 走廊 拉 peace deal, deals Putin's Putin
    putin""".split()
ATOMS = """lachin LACHIN Lacin corridor Corridors the us US U.S. nagorno-karabakh karabakh 10:30 10,000 #metoo metoo
    don't d'études etudes C++ 拉钦走廊 走廊 钦 peace deals putin =Putin =Corridors ="peace deal" =the "peace deal"
    "the corridor" "to be or not to be" "of the" corr* *chin l?chin *or* nagorno-kara* /p(u|e).*/ /corr.*s/ putni~
    dael~ lachn~2 title:lachin title:(peace deal) body:us title:"the deal" title:* -title:* lang:en lang:fr date:2020
    date:2020-11 date:2020-11-09 date:..2019 date:unknown mentions:2020-11 mentions:2020-11-09.. absent —"""
QUERY_ATOMS = re.findall(r'-?(?:\w+:)?=?"[^"]*"|\w+:\([^)]*\)|\S+', ATOMS)

DATES = st.sampled_from([None, "2019", "2020", "2020-11", "2020-11-09", "2021-01-02"])
BODY = st.lists(st.sampled_from(BITS), max_size=12).map(" ".join)
ARTICLES = st.lists(
    st.tuples(
        st.lists(st.sampled_from(BITS), max_size=3).map(" ".join),
        BODY,
        st.sampled_from([None, "en", "fr"]),
        DATES,
        DATES,
    ),
    min_size=1,
    max_size=6,
)
ATOM = st.sampled_from(QUERY_ATOMS)
WORD = ATOM.filter(lambda atom: not re.match(r"-|\w+:", atom))
NEARBY = st.builds("({} {}/{} {})".format, WORD, st.sampled_from(["NEAR", "ADJ"]), st.integers(1, 4), WORD)
SLOPPY = st.builds('"{} {}"~{}'.format, st.sampled_from(BITS), st.sampled_from(BITS), st.integers(1, 4))
PART = ATOM | NEARBY | SLOPPY
QUERY = st.recursive(
    PART,
    lambda inner: st.one_of(
        st.builds("({} {})".format, inner, inner),
        st.builds("({} OR {})".format, inner, inner),
        st.builds("({} -{})".format, inner, PART),
        st.builds("NOT {}".format, inner),
        st.builds("({} AND {})".format, inner, inner),
    ),
    max_leaves=5,
)


def make(  # noqa: PLR0917 drawn by place
    number: int, title: str, text: str, language: str | None, day: str | None, spoken: str | None
) -> Article:
    return Article(
        f"{number:016x}",
        f"{number}.txt",
        title,
        text,
        text,
        language,
        facts=Facts(
            date=None if day is None else Fact(PartialDate.parse(day), "stated", 1.0),
            mentions=() if spoken is None else (Mention(PartialDate.parse(spoken), spoken, (0, 0)),),
        ),
    )


@pytest.mark.parametrize("match", ["all", "any"])
@settings(max_examples=80, suppress_health_check=list(HealthCheck))
@given(drawn=ARTICLES, query=QUERY, segments=st.integers(1, 2))
@example(
    drawn=[("", "Lachin Nagorno-Karabakh", None, None, None)] * 2, query="*chin NEAR/1 nagorno-karabakh", segments=2
)
def test_a_query_finds_what_reading_every_text_finds(
    make_context: Any, match: str, drawn: list, query: str, segments: int
) -> None:
    articles = [make(number, *one) for number, one in enumerate(drawn)]
    node = parse(query, today=TODAY, match=match, lenient=True).tree
    context = make_context(articles, segments=segments)
    outcome = execute(context.searcher, compile_tree(node, context).query, limit=100)
    assert {context.collection.whole.id(ranked.number) for ranked in outcome.best} == Oracle(articles).hits(node), query
