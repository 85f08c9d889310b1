"""All segments of an index as one: what queries are evaluated over, in as many steps as one segment takes.

Articles have their numbers in the whole index here. Exact spellings, patterns and shapes of Whoosh's own are evaluated
segment by segment instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from searcher.search.engine.arrays import ArrayedSegment
from searcher.search.engine.impacts import Kept, kept_bytes
from searcher.search.engine.matches import indices_of
from searcher.search.engine.places import Placed, merge_placed, one_after_the_other, placed_at
from searcher.search.engine.segments import Postings, Values
from searcher.search.engine.standing import Standing
from searcher.store.codec.term_postings import Stretch, TermPostings, spread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from searcher.search.engine.matches import Articles
    from searcher.search.engine.segments import Segment

POSTINGS = 64
"""So many bytes an article of decoded postings are kept."""


class Whole:
    """The segments of an index, side by side.

    Attributes:
        places: keeps the places of patterns.
        standing: where frequent words stand.
    """

    base = 0

    def __init__(self, segments: Sequence[Segment], places: Kept[Placed]) -> None:
        self.segments = segments
        self.places = places
        self.size = sum(segment.size for segment in segments)
        self._bases = np.array([segment.base for segment in segments], np.int64)
        most = kept_bytes(self.size, POSTINGS)
        self._postings: Kept[TermPostings] = Kept(most, lambda kept: 2048 + 14 * kept.count)
        self._numbers: dict[str, NDArray[np.int64]] = {}
        self._lengths: dict[str, NDArray[np.uint8]] = {}
        self._values: dict[str, Values] = {}
        self._names: dict[str, tuple[NDArray[np.int32], Sequence[str]]] = {}
        self._joined: dict[str, bool] = {}
        self._masks: list[NDArray[np.bool_] | None] = [None] * len(segments)
        self._live: NDArray[np.bool_] | None = None
        self.standing = Standing(self.length_codes)

    def joins(self, field: str) -> bool:
        """Tell whether the postings of a field's terms can be read as one list."""
        if field not in self._joined:
            self._joined[field] = all(
                isinstance(segment, ArrayedSegment) and segment.is_plain(field) for segment in self.segments
            )
        return self._joined[field]

    @property
    def live(self) -> NDArray[np.bool_] | None:
        """Which articles are not deleted; None: all."""
        masks = [segment.live for segment in self.segments]
        if all(mask is None for mask in masks):
            return None
        if len(masks) == 1:
            return masks[0]
        if any(one is not two for one, two in zip(masks, self._masks, strict=True)):
            full = (np.ones(one.size, np.bool_) if one.live is None else one.live for one in self.segments)
            self._live = np.concatenate(list(full))
            self._masks = masks
        return self._live

    def count(self, field: str, term: bytes) -> int:
        """Add up the segments' counts."""
        if self.joins(field):
            return self.term_postings(field, term).count
        return sum(segment.count(field, term) for segment in self.segments)

    def term_postings(self, field: str, term: bytes) -> TermPostings:
        """Give the postings of a term as one list, none if no article has it; only of a field that it `joins`."""
        return self._postings.get((field, term), lambda: TermPostings(list(self._stretches(field, term))))

    def _stretches(self, field: str, term: bytes) -> Iterator[Stretch]:
        for segment in self.segments:
            if isinstance(segment, ArrayedSegment) and (stretch := segment.stretch(field, term)) is not None:
                yield stretch

    def postings(self, field: str, term: bytes) -> Postings | None:
        """Decode them, or take those kept."""
        found = self.term_postings(field, term).load()
        return Postings(found.articles, found.frequencies) if found.count else None

    def placed(self, field: str, term: bytes, articles: Articles | None = None) -> Placed:
        """Decode the positions of the postings asked for; only of a field that it `joins`, or `spells`."""
        if not self.joins(field):
            return self._spelled(field, term, articles)
        found = self.term_postings(field, term).load()
        rows = np.arange(found.count) if articles is None else _rows_of(articles, found.articles)
        return placed_at(found, rows)

    def spells(self, field: str) -> bool:
        """Tell whether the postings of a field's terms are parts of those of stems, which can be read as one list."""
        return all(isinstance(segment, ArrayedSegment) and segment.is_spelled(field) for segment in self.segments)

    def _spelled(self, field: str, term: bytes, articles: Articles | None) -> Placed:
        """Decode the positions of a spelling: those of its stems, of which each has a code in each segment."""
        codes: dict[tuple[str, bytes], NDArray[np.int64]] = {}
        for home, segment in enumerate(self.segments):
            stems = segment.stems_of(field, term) if isinstance(segment, ArrayedSegment) else None
            if stems is None:
                return self._placed_apart(field, term, articles)
            for name, stem, code in stems:
                codes.setdefault((name, stem), np.full(len(self.segments), -1))[home] = code
        found = []
        for (name, stem), code_in in codes.items():
            postings = self.term_postings(name, stem).load()
            rows = np.arange(postings.count) if articles is None else _rows_of(articles, postings.articles)
            if len(rows):
                placed = placed_at(postings, rows)
                meant = spread(code_in.take(self._homes(placed.articles)), placed.ends)
                found.append(placed.where(postings.forms_of(rows) == meant))
        return merge_placed(found)

    def _placed_apart(self, field: str, term: bytes, articles: Articles | None) -> Placed:
        """Ask each segment for the positions in its own articles."""
        if articles is None:
            return one_after_the_other([(one.placed(field, term, None), one.base) for one in self.segments])
        return one_after_the_other(
            [(one.placed(field, term, own), one.base) for one, _, own in self._at_home(articles)]
        )

    def article_counts(self, field: str, terms: Sequence[bytes]) -> NDArray[np.int64]:
        """Add up the segments' counts."""
        if self.joins(field):
            return np.array([self.count(field, term) for term in terms], np.int64)
        counts = np.zeros(len(terms), np.int64)
        return sum((segment.article_counts(field, terms) for segment in self.segments), counts)

    def place_counts(self, field: str, terms: Sequence[bytes]) -> NDArray[np.int64]:
        """Add up the segments' counts."""
        if self.joins(field):
            return np.array([self.term_postings(field, term).occurrence_count for term in terms], np.int64)
        counts = np.zeros(len(terms), np.int64)
        return sum((segment.place_counts(field, terms) for segment in self.segments), counts)

    def frequencies(self, field: str, terms: Sequence[bytes]) -> list[Postings]:
        """Decode them one by one."""
        return [postings for term in terms if (postings := self.postings(field, term)) is not None]

    def having_any(self, field: str, terms: frozenset[bytes]) -> Articles:
        """Decode one term's articles; of several, join what the segments have."""
        if len(terms) == 1 and self.joins(field):
            return self.term_postings(field, *terms).articles
        return self.join([segment.having_any(field, terms) for segment in self.segments])

    def join(self, lists: Sequence[Articles]) -> Articles:
        """Number the articles of each segment through the whole index."""
        if len(lists) == 1:
            return lists[0]
        empty = np.empty(0, np.int32)
        return np.concatenate(
            [empty, *(part + np.int32(one.base) for part, one in zip(lists, self.segments, strict=True))]
        )

    def length_codes(self, field: str) -> NDArray[np.uint8]:
        """Join the segments' lengths."""
        if field not in self._lengths:
            empty = np.empty(0, np.uint8)
            self._lengths[field] = np.concatenate([empty, *(segment.length_codes(field) for segment in self.segments)])
        return self._lengths[field]

    def some_numbers(self, field: str, articles: Articles) -> NDArray[np.int64]:
        """Ask each segment for its articles' numbers."""
        numbers = np.empty(len(articles), np.int64)
        for segment, places, own in self._at_home(articles):
            numbers[places] = segment.some_numbers(field, own)
        return numbers

    def numbers(self, field: str) -> NDArray[np.int64]:
        """Join the segments' columns."""
        if len(self.segments) == 1:
            return self.segments[0].numbers(field)
        if field not in self._numbers:
            empty = np.empty(0, np.int64)
            self._numbers[field] = np.concatenate([empty, *(segment.numbers(field) for segment in self.segments)])
        return self._numbers[field]

    def values(self, field: str) -> Values:
        """Join the segments' values, numbered anew."""
        if field not in self._values:
            parts = [segment.values(field) for segment in self.segments]
            terms, names = _renumbered([(part.terms, part.names) for part in parts])
            counts = np.concatenate([np.empty(0, np.int64), *(np.diff(part.starts) for part in parts)])
            starts = np.zeros(len(counts) + 1, np.int64)
            np.cumsum(counts, out=starts[1:])
            self._values[field] = Values(starts, terms, names)
        return self._values[field]

    def names(self, field: str) -> tuple[NDArray[np.int32], Sequence[str]]:
        """Join the segments' columns, their values numbered anew."""
        if field not in self._names:
            self._names[field] = _renumbered([segment.names(field) for segment in self.segments])
        return self._names[field]

    def id(self, article: int) -> str:
        """Ask the article's segment."""
        segment = self.segments[int(self._bases.searchsorted(article, side="right")) - 1]
        return segment.id(article - segment.base)

    def first_by_id(self, articles: Articles, count: int) -> Articles:
        """Give the `count` articles with the lowest ids, in order of id."""
        lowest: list[tuple[str, int]] = []
        for segment, _, own in self._at_home(articles):
            some = own if len(own) <= count else own[np.argpartition(segment.id_ranks(own), count - 1)[:count]]
            lowest += ((segment.id(article), segment.base + article) for article in some.tolist())
        return np.array([article for _, article in sorted(lowest)[:count]], np.int32)

    def _homes(self, articles: Articles) -> NDArray[np.intp]:
        """Tell in which segment each article is."""
        return self._bases.searchsorted(articles, side="right") - 1

    def _at_home(self, articles: Articles) -> Iterator[tuple[Segment, NDArray[np.intp], Articles]]:
        """Yield segments, the places of those of some articles that they hold, and their own numbers of these."""
        homes = self._homes(articles)
        for home in sorted(set(homes.tolist())):
            segment = self.segments[home]
            places = (homes == home).nonzero()[0]
            yield segment, places, articles[places] - np.int32(segment.base)


def _rows_of(articles: Articles, among: Articles) -> NDArray[np.intp]:
    """Give where in `among` those of `articles` stand that are there (both ascending); few are looked for."""
    if not len(articles):
        return np.empty(0, np.intp)
    low, high = among.searchsorted((articles[0], articles[-1] + 1)).tolist()
    rows = indices_of(articles, among[low:high], int(articles[-1]) + 1)
    rows += low
    return rows


def _renumbered(parts: Sequence[tuple[NDArray[np.int32], Sequence[str]]]) -> tuple[NDArray[np.int32], Sequence[str]]:
    """Join lists of numbers into names, so that a name has one number."""
    if len(parts) == 1:
        return parts[0]
    numbers: dict[str, int] = {}
    joined = [np.empty(0, np.int32)]
    for codes, names in parts:
        new = np.array([numbers.setdefault(name, len(numbers)) for name in names], np.int32)
        joined.append(new[codes])
    return np.concatenate(joined), list(numbers)
