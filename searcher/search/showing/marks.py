"""Where does a query match in a text? Found by the same analysis and the same matching as the index itself.

The text is analysed as it was when indexed and asked as if it were a segment of one article, so that what is marked is
what matched: every inflection, exact spellings only where asked for, the words of a phrase only where it occurs.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np
from whoosh import query

from searcher.search.compiling.compile import compile_tree
from searcher.search.engine.compounds import AnyPlace, InARow, Nearby
from searcher.search.engine.filters import Unscored
from searcher.search.engine.occurrences import AnyTerm, Occurrence, group_of
from searcher.search.engine.places import Placed
from searcher.search.engine.segments import Postings
from searcher.search.finding import expanded
from searcher.search.request import PLAIN, Request
from searcher.search.showing.fact_marks import FactMarker
from searcher.search.showing.scanning import Scanner

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from searcher.model import Article, Span
    from searcher.query.parser import ParsedQuery
    from searcher.search.context import Context
    from searcher.search.engine.collection import Collection
    from searcher.search.engine.matches import Articles
    from searcher.search.engine.segments import Segment
    from searcher.search.showing.scanning import Places, Word

_ARTICLE = np.zeros(1, np.int32)

FACT_WEIGHT = 5.0
"""A person or a day that was asked for tells as much as a rather rare word."""


class Mark(NamedTuple):
    """One word that matches, or one run of words.

    Attributes:
        leaf: which part of the query it is.
        weight: how telling that part is in the whole archive.
    """

    start: int
    end: int
    leaf: int
    weight: float


@dataclass(frozen=True, slots=True)
class _Leaf:
    query: Occurrence
    weight: float
    words: Mapping[str, frozenset[Word]]
    """By field that shares its positions: `title` or `body`."""


class Marker:
    """Marks the matches of one query in any number of texts."""

    def __init__(self, node: query.Query, collection: Collection) -> None:
        self._leaves = [_Leaf(leaf, leaf.weight(collection), _words(leaf)) for leaf in dict.fromkeys(_positive(node))]
        self._facts = FactMarker(node)
        self._reach = max((_reach(leaf.query) for leaf in self._leaves), default=0)
        self._scanners: dict[tuple[str, str | None], Scanner] = {}

    def of_title(self, article: Article, *, runs: bool = False) -> list[Mark]:
        """Give the matches in an article's title, in order of place; those of parts of the query may overlap.

        Args:
            article: as it was indexed.
            runs: phrases and words near each other are one mark from the first word to the last, not one a word.
        """
        return self._marks(article.title, article.language, "title", self._facts.of_title(article), runs=runs)

    def of_text(self, article: Article, *, runs: bool = False) -> list[Mark]:
        """Give the matches in an article's text, as those in its title."""
        return self._marks(article.text, article.language, "body", self._facts.of_text(article), runs=runs)

    def _marks(
        self, text: str, language: str | None, field: str, facts: Iterable[tuple[int, Span]], *, runs: bool
    ) -> list[Mark]:
        marks = [Mark(*span, len(self._leaves) + number, FACT_WEIGHT) for number, span in facts]
        if text and any(field in leaf.words for leaf in self._leaves):
            places = self._scanner(field, language).places(text)
            for number, leaf in enumerate(self._leaves):
                for start, end in _leaf_marks(leaf, field, places, runs=runs):
                    marks.append(Mark(start, end, number, leaf.weight))
        return sorted(marks)

    def _scanner(self, field: str, language: str | None) -> Scanner:
        key = (field, language)
        if key not in self._scanners:
            words = {word for leaf in self._leaves for word in leaf.words.get(field, ())}
            self._scanners[key] = Scanner(field, words, language, reach=self._reach)
        return self._scanners[key]


def matches(
    context: Context, parsed: ParsedQuery, article: Article, request: Request = PLAIN
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Give every match of a query in an article's title and in its text.

    For a reader to go through: in order, apart from each other, phrases whole.
    """
    node = expanded(context, parsed, request)
    compiled = compile_tree(node, context, undated=request.undated, drop_stop_words=parsed.match != "all")
    marker = Marker(compiled.query, context.collection)
    return (
        flatten(marker.of_title(article, runs=True)),
        flatten(marker.of_text(article, runs=True)),
    )


def flatten(marks: Sequence[Mark]) -> tuple[Span, ...]:
    """Give the places of marks (in order) apart from each other: what overlaps becomes one."""
    spans: list[Span] = []
    for mark in marks:
        if spans and mark.start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], mark.end))
        else:
            spans.append((mark.start, mark.end))
    return tuple(spans)


def _positive(node: query.Query) -> Iterator[Occurrence]:
    """Yield the leaves that an article is found by, not those it must not have."""
    if isinstance(node, Occurrence):
        yield node
    elif isinstance(node, Unscored):
        yield from _positive(node.child)
    elif isinstance(node, query.AndNot):
        yield from _positive(node.a)
    elif not isinstance(node, query.Not):
        for child in node.children():
            yield from _positive(child)


def _words(leaf: Occurrence) -> dict[str, frozenset[Word]]:
    words: dict[str, set[Word]] = {}
    for part in leaf.all_parts():
        for field, term in part.any_of:
            words.setdefault(group_of(field), set()).add((field, term.decode("utf-8", "replace")))
    return {field: frozenset(some) for field, some in words.items()}


def _reach(leaf: Occurrence) -> int:
    """Tell up to how many words apart the words of a match may be."""
    match leaf:
        case InARow(parts=parts, offsets=offsets):
            return max(offsets) + len(parts)
        case Nearby(parts=parts, distance=distance):
            return sum(_reach(part) + distance for part in parts)
        case AnyPlace(parts=parts):
            return max(map(_reach, parts))
        case _:
            return 0


def _leaf_marks(leaf: _Leaf, field: str, places: Places, *, runs: bool) -> Iterator[Span]:
    words = leaf.words.get(field, frozenset())
    mine = sorted({place for word, some in places.items() if word in words for place in some})
    if not mine:
        return
    if isinstance(leaf.query, AnyTerm):
        for _, start, end in mine:
            yield start, end
        return
    positions = [place.position for place in mine]
    for first, last in _runs(leaf.query, field, places):
        inside = mine[bisect_left(positions, first) : bisect_right(positions, last)]
        if runs:
            yield min(start for _, start, _ in inside), max(end for _, _, end in inside)
        else:
            for _, start, end in inside:
                yield start, end


def _runs(leaf: Occurrence, field: str, places: Places) -> Iterable[tuple[int, int]]:
    """Give the positions of the first and the last word of each match."""
    if isinstance(leaf, InARow):  # as its `spans`, sooner for the few places of one article
        starts: set[int] = set.intersection(
            *(
                {position - offset for position in _positions(part, field, places)}
                for part, offset in zip(leaf.parts, leaf.offsets, strict=True)
            )
        )
        return [(start, start + max(leaf.offsets)) for start in sorted(starts)]
    spans = leaf.spans(cast("Segment", _Text(places)), field, _ARTICLE)
    return dict.fromkeys(zip(spans.firsts.tolist(), spans.lasts.tolist(), strict=True))


def _positions(part: AnyTerm, field: str, places: Places) -> Iterator[int]:
    for name, term in part.any_of:
        if group_of(name) == field:
            for place in places.get((name, term.decode("utf-8", "replace")), ()):
                yield place.position


class _Text:
    """A segment of one article, number 0, of which only the places of some words are known."""

    base = 0
    size = 1
    live = None

    def __init__(self, places: Places) -> None:
        self._places = places

    def count(self, field: str, term: bytes) -> int:
        return len(self._places.get((field, term.decode("utf-8", "replace")), ()))

    def place_counts(self, field: str, terms: Sequence[bytes]) -> NDArray[np.int64]:
        """Tell how often each of some terms occurs."""
        return np.array([self.count(field, term) for term in terms], np.int64)

    def postings(self, field: str, term: bytes) -> Postings | None:
        count = self.count(field, term)
        return Postings(_ARTICLE, np.array([count], np.float32)) if count else None

    def placed(self, field: str, term: bytes, articles: Articles | None = None) -> Placed:  # noqa: ARG002
        places = self._places.get((field, term.decode("utf-8", "replace")), ())
        return Placed.of(np.array([position for position, _, _ in places], np.int64))
