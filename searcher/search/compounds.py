"""Queries for words that stand together: in a row, near each other, or any of several such.

See `occurrences` for what they are to Whoosh and how they are scored.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from searcher.search.matches import NOTHING, Found, Kept, add, indices_of, intersect, locate, union
from searcher.search.occurrences import AnyTerm, Occurrence
from searcher.search.places import NO_SPANS, UNPLACED, Placed, Spans, chains, count_places, merge_spans, windows
from searcher.search.ranking import saturate
from searcher.search.strips import count_near, in_a_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from searcher.search.collection import Collection
    from searcher.search.matches import Articles
    from searcher.search.segments import Segment


class _Compound(Occurrence):
    """Words that must stand together within one group."""

    parts: tuple[Occurrence, ...]

    def find(self, collection: Collection, segment: Segment, *, scored: bool) -> Found:
        """Count the occurrences in every group."""
        return self._find(collection, segment, None, scored=scored)

    def among(self, collection: Collection, segment: Segment, articles: Articles, *, scored: bool) -> Kept:
        """Count the occurrences within the given articles."""
        found = self._find(collection, segment, articles, scored=scored)
        mask = locate(articles, found.articles)[1]
        return Kept(mask, found.scores)

    def _find(self, collection: Collection, segment: Segment, within: Articles | None, *, scored: bool) -> Found:
        lists = []
        for group in sorted(self.groups()):
            articles, counts = self.count(segment, group, within)
            if not len(articles):
                continue
            frequencies = counts.astype(np.float32)
            if scored:
                frequencies *= collection.norms.of_all(segment, group)[articles]
            lists.append((articles, frequencies))
        if not lists:
            return NOTHING
        articles, frequencies = add(lists, segment.size)
        return Found(articles, saturate(frequencies, self.boost * self.weight(collection)) if scored else None)

    def count(self, segment: Segment, group: str, within: Articles | None) -> tuple[Articles, NDArray[np.int64]]:
        """Give which of some articles (ascending; None: all) have it in a group, and how often."""
        candidates = self.articles(segment, group)
        if within is not None:
            candidates = intersect(within, candidates, segment.size)
        return count_places(self.spans(segment, group, candidates).firsts)

    def cost(self, segment: Segment) -> int:
        """Bound by the rarest part."""
        return min(part.cost(segment) for part in self.parts)

    def groups(self) -> frozenset[str]:
        """Give the groups that all parts share."""
        return frozenset.intersection(*(part.groups() for part in self.parts))

    def articles(self, segment: Segment, group: str) -> Articles:
        """Give the articles that have all parts, near or not."""
        parts = sorted(self.parts, key=lambda part: part.cost(segment))
        common = parts[0].articles(segment, group)
        for part in parts[1:]:
            if not len(common):
                break
            common = intersect(common, part.articles(segment, group), segment.size)
        return common

    def weight(self, collection: Collection) -> float:
        """Add up the parts' weights."""
        return sum(part.weight(collection) for part in self.parts)

    def all_parts(self) -> Iterator[AnyTerm]:
        """Yield the words of all parts."""
        for part in self.parts:
            yield from part.all_parts()


@dataclass(frozen=True)
class InARow(_Compound):
    """A phrase: each part stands `offsets` words after the first."""

    parts: tuple[AnyTerm, ...]
    offsets: tuple[int, ...]
    boost: float = 1.0

    def count(self, segment: Segment, group: str, within: Articles | None) -> tuple[Articles, NDArray[np.int64]]:
        """Count where the first words stand."""
        found = self._placed(segment, group, within)
        return found.articles, found.ends - found.begins

    def spans(self, segment: Segment, group: str, articles: Articles | None) -> Spans:
        """Give the runs from the first to the last word."""
        firsts = self._placed(segment, group, articles).places()
        return Spans(firsts, firsts + max(self.offsets))

    def _placed(self, segment: Segment, group: str, articles: Articles | None) -> Placed:
        """Tell where the first words stand in some articles."""
        parts = _placed_together(self.parts, segment, group, articles)
        return in_a_row(parts, self.offsets) if parts else UNPLACED

    def __str__(self) -> str:
        return '"' + " ".join(map(str, self.parts)) + '"'


@dataclass(frozen=True)
class Nearby(_Compound):
    """Parts within `distance` words of each other, in any order or, with `ordered`, each after the one before."""

    parts: tuple[Occurrence, ...]
    distance: int
    ordered: bool = False
    boost: float = 1.0

    def count(self, segment: Segment, group: str, within: Articles | None) -> tuple[Articles, NDArray[np.int64]]:
        """Count the places of single words that others follow; for other parts, the runs."""
        words = Counter(replace(part, boost=1.0) for part in self.parts if isinstance(part, AnyTerm))
        if words.total() == len(self.parts) and (len(self.parts) == 2 or not self.ordered):
            placed = _placed_together(list(words), segment, group, within)
            if not placed:
                return NOTHING.articles, np.empty(0, np.int64)
            distance = self.distance if self.ordered else max(self.distance, len(self.parts) - 1)
            counts = count_near(placed, list(words.values()), distance, ordered=self.ordered)
            if counts is not None:
                return placed[0].articles[counts > 0], counts[counts > 0]
        return super().count(segment, group, within)

    def spans(self, segment: Segment, group: str, articles: Articles | None) -> Spans:
        """Give the runs of words, from the first to the last part, one for each place of the first word."""
        places = [part.spans(segment, group, articles) for part in self.parts]
        if any(not len(part.firsts) for part in places):
            return NO_SPANS
        if self.ordered:
            return chains(places, self.distance)
        distance = max(self.distance, len(self.parts) - 1)
        if len(places) == 2:
            return merge_spans([chains(places, distance), chains(places[::-1], distance)])
        return windows(places, distance)

    def __str__(self) -> str:
        operator = f" {'ADJ' if self.ordered else 'NEAR'}/{self.distance} "
        return "(" + operator.join(map(str, self.parts)) + ")"


@dataclass(frozen=True)
class AnyPlace(Occurrence):
    """Any of several occurrences, counted as one word: a name of several words among its aliases, OR inside NEAR."""

    parts: tuple[Occurrence, ...]
    boost: float = 1.0

    def find(self, collection: Collection, segment: Segment, *, scored: bool) -> Found:
        """Count the places of all parts together."""
        articles = union([self.articles(segment, group) for group in sorted(self.groups())], segment.size)
        kept = self.among(collection, segment, articles, scored=scored)
        return Found(articles[kept.mask], kept.scores)

    def among(self, collection: Collection, segment: Segment, articles: Articles, *, scored: bool) -> Kept:
        """Count the places of all parts together within the given articles."""
        frequencies = np.zeros(len(articles), np.float32)
        for group in sorted(self.groups()):
            having, counts = count_places(self.spans(segment, group, articles).firsts)
            places = locate(having, articles)[0]
            frequencies[places] += counts * collection.norms.of_all(segment, group)[having] if scored else counts
        mask = frequencies > 0
        if not scored:
            return Kept(mask, None)
        return Kept(mask, saturate(frequencies[mask], self.boost * self.weight(collection)))

    def cost(self, segment: Segment) -> int:
        """Add up the parts."""
        return sum(part.cost(segment) for part in self.parts)

    def groups(self) -> frozenset[str]:
        """Give the groups of any part."""
        return frozenset.union(*(part.groups() for part in self.parts))

    def articles(self, segment: Segment, group: str) -> Articles:
        """Give the articles that may have any part."""
        return union([part.articles(segment, group) for part in self.parts if group in part.groups()], segment.size)

    def spans(self, segment: Segment, group: str, articles: Articles | None) -> Spans:
        """Give the runs of all parts."""
        return merge_spans([part.spans(segment, group, articles) for part in self.parts if group in part.groups()])

    def weight(self, collection: Collection) -> float:
        """Give the weight of the commonest part."""
        return min(part.weight(collection) for part in self.parts)

    def all_parts(self) -> Iterator[AnyTerm]:
        """Yield the words of all parts."""
        for part in self.parts:
            yield from part.all_parts()

    def __str__(self) -> str:
        return "(" + " OR ".join(map(str, self.parts)) + ")"


def _placed_together(parts: Sequence[AnyTerm], segment: Segment, group: str, articles: Articles | None) -> list[Placed]:
    """Tell where each word stands in those of some articles that have all of the words; empty: none has."""
    placed: dict[int, Placed] = {}
    rarest, *others = sorted(range(len(parts)), key=lambda i: parts[i].cost(segment))
    having = parts[rarest].articles(segment, group)
    common = having if articles is None else intersect(articles, having, segment.size)
    for i in others:
        if len(common):
            placed[i] = parts[i].placed(segment, group, common)
            common = placed[i].articles
    if not len(common):
        return []
    placed[rarest] = parts[rarest].placed(segment, group, common)
    return [_of_articles(placed[i], common, segment.size) for i in range(len(parts))]


def _of_articles(part: Placed, articles: Articles, size: int) -> Placed:
    if len(articles) == len(part.articles):
        return part
    return part.of_rows(indices_of(articles, part.articles, size))
