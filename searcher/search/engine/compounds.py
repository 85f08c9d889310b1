"""Queries for words that stand together: in a row, near each other, or any of several such.

See `occurrences` for what they are to Whoosh and how they are scored.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np

from searcher.search.engine.counting import (
    Compound,
    PartCountedError,
    Together,
    by_steps,
    counts_in,
    having,
    most_decoded,
    most_places,
)
from searcher.search.engine.matches import NOTHING, intersect, union
from searcher.search.engine.occurrences import AnyTerm, Occurrence
from searcher.search.engine.places import NO_SPANS, Placed, Spans, chains, merge_spans, windows
from searcher.search.engine.rows import Rows, count_rows
from searcher.search.engine.standing import ROOM
from searcher.search.engine.stopping import TimeUpError
from searcher.search.engine.strips import count_around, count_near, followed, looked_up
from searcher.search.engine.whole import Whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from searcher.search.engine.collection import Collection
    from searcher.search.engine.counting import Having
    from searcher.search.engine.matches import Articles
    from searcher.search.engine.rows import Counted
    from searcher.search.engine.segments import Part
    from searcher.search.engine.standing import Bits
    from searcher.search.engine.stopping import Poll


MOST_WORDS = 8
"""Of more different words near each other, each place is looked at by itself."""


@dataclass(frozen=True)
class InARow(Compound):
    """A phrase: each part stands `offsets` words after the first."""

    parts: tuple[AnyTerm, ...]
    offsets: tuple[int, ...]
    boost: float = 1.0

    def counted(self, segment: Part, group: str, within: Articles | None, poll: Poll) -> Having:
        """Look up the places of rare words among those of frequent ones, which need not be decoded."""
        if not isinstance(segment, Whole) or max(self.offsets) - min(self.offsets) > ROOM:
            return super().counted(segment, group, within, poll)
        counts = [part.place_count(segment, group) for part in self.parts]
        if not all(counts):
            return NOTHING.articles, np.empty(0, np.int64)
        by_bits = self.counted_by_bits(segment, group, within, poll)
        if by_bits is not None:
            return by_bits
        rarest, *others = order = sorted(range(len(self.parts)), key=counts.__getitem__)
        candidates = self.parts[rarest].articles(segment, group)
        if within is not None:
            candidates = intersect(within, candidates, segment.size)
        frequent = {}
        for i in others:
            most = most_decoded(counts[i], len(candidates), segment)
            bits = self.parts[i].bits(segment, group, poll, decoded=most)
            if bits is None:
                candidates = self.parts[i].articles_among(segment, group, candidates)
            else:
                frequent[i] = bits
        decoded = [i for i in order if i not in frequent]

        def count(some: Articles) -> Having:
            found, _ = self._rarest(segment, group, some, decoded, frequent)
            return found.articles, found.counts

        places = sum(most_decoded(counts[i], len(candidates), segment) for i in decoded)
        return by_steps(candidates, places, poll, count)

    def count(self, segment: Part, group: str, articles: Articles) -> NDArray[np.int64]:
        """Count where the rarest word stands in such a row."""
        return counts_in(self._rarest(segment, group, articles, self._from_rarest(segment, group), {})[0], articles)

    def rows(self, whole: Whole, group: str, poll: Poll) -> Rows | None:
        """Give it as a row, if each word has bits."""
        bits = []
        for part, offset in zip(self.parts, self.offsets, strict=True):
            of_part = part.bits(whole, group, poll)
            if of_part is None or offset > ROOM:
                return None
            bits.append((of_part, offset))
        return Rows((tuple(bits),), max(self.offsets))

    def in_rows(self, whole: Whole, group: str, poll: Poll) -> Callable[[NDArray[np.int64]], Counted] | None:
        """Count the row."""
        rows = self.rows(whole, group, poll)
        return None if rows is None else partial(count_rows, [rows], distance=0, ordered=True)

    def spans(self, segment: Part, group: str, articles: Articles | None) -> Spans:
        """Give the runs from the first to the last word."""
        common = self.articles(segment, group)
        if articles is not None:
            common = intersect(articles, common, segment.size)
        if not len(common):
            return NO_SPANS
        found, offset = self._rarest(segment, group, common, self._from_rarest(segment, group), {})
        firsts = found.places - offset
        return Spans(firsts, firsts + max(self.offsets))

    def _from_rarest(self, segment: Part, group: str) -> list[int]:
        return sorted(range(len(self.parts)), key=lambda i: self.parts[i].place_count(segment, group))

    def _rarest(
        self, segment: Part, group: str, articles: Articles, order: Sequence[int], frequent: Mapping[int, Bits]
    ) -> tuple[Placed, int]:
        """Tell where the rarest word stands in such a row, and how many words after the first that is.

        Args:
            segment: part of the index.
            group: of fields.
            articles: that have all words but the frequent ones.
            order: the other words, from the rarest on.
            frequent: the bits of some of the words.
        """
        rarest, *others = order
        found, offset = self.parts[rarest].placed(segment, group, articles), self.offsets[rarest]
        line = segment.standing.origins(group) if frequent and isinstance(segment, Whole) else None
        for i, bits in frequent.items():
            if line is not None:
                found = looked_up(found, line, bits, self.offsets[i] - offset)
        for i in others:
            if not len(found.articles):
                break
            # Of each further word only the articles are decoded that are left.
            part = self.parts[i].placed(segment, group, found.articles)
            if len(part.articles) < len(found.articles):
                found = found.of_rows(found.articles.searchsorted(part.articles))
            if len(part.articles):
                found = followed(found, part, self.offsets[i] - offset)
        return found, offset

    def __str__(self) -> str:
        return '"' + " ".join(map(str, self.parts)) + '"'


@dataclass(frozen=True)
class InARowExactly(InARow):
    """A phrase of exact spellings: looked for where the words stand in any form, and as weighty."""

    any_form: InARow = field(kw_only=True)

    def counted(self, segment: Part, group: str, within: Articles | None, poll: Poll) -> Having:
        """Look at how the words of the phrase in any form are spelt."""
        if not isinstance(segment, Whole):
            return super().counted(segment, group, within, poll)
        try:
            candidates, _ = self.any_form.counted(segment, group, within, poll)
        except PartCountedError:
            # None of those has been looked at for how it is spelt.
            raise TimeUpError from None
        places = most_places(self.any_form.parts, segment, group, len(candidates))
        return by_steps(candidates, places, poll, lambda some: having(some, self.count(segment, group, some)))

    def rows(self, whole: Whole, group: str, poll: Poll) -> None:
        """Spellings have no bits."""

    def articles(self, segment: Part, group: str) -> Articles:
        """Give the articles that have the words in any form."""
        if isinstance(segment, Whole):
            return self.any_form.articles(segment, group)
        return super().articles(segment, group)

    def weight(self, collection: Collection) -> float:
        """Weigh the words in any form."""
        return self.any_form.weight(collection)


@dataclass(frozen=True)
class Nearby(Compound):
    """Parts within `distance` words of each other, in any order or, with `ordered`, each after the one before."""

    parts: tuple[Occurrence, ...]
    distance: int
    ordered: bool = False
    boost: float = 1.0

    def counted(self, segment: Part, group: str, within: Articles | None, poll: Poll) -> Having:
        """Look the places of a word up among those of a more frequent one, which need not be decoded."""
        words = self._words
        if not isinstance(segment, Whole) or self.distance > ROOM:
            return super().counted(segment, group, within, poll)
        by_bits = self.counted_by_bits(segment, group, within, poll)
        if by_bits is not None:
            return by_bits
        if not len(words) == len(self.parts) == 2:
            return super().counted(segment, group, within, poll)
        rare, frequent = sorted(words, key=lambda word: word.place_count(segment, group))
        candidates = rare.articles(segment, group)
        if within is not None:
            candidates = intersect(within, candidates, segment.size)
        decoded = most_places([frequent], segment, group, len(candidates))
        bits = frequent.bits(segment, group, poll, decoded=decoded)
        line = segment.standing.origins(group)
        if bits is None or line is None:
            return super().counted(segment, group, within, poll)
        leading, led = (not self.ordered or word == next(iter(words)) for word in (rare, frequent))

        def count(some: Articles) -> Having:
            placed = rare.placed(segment, group, some)
            counts = count_around(placed, line, bits, self.distance, leading=leading, led=led)
            if counts is None:
                both = frequent.articles_among(segment, group, some)
                counts = np.zeros(len(some), np.int64)
                if len(both):
                    counts[some.searchsorted(both)] = self.count(segment, group, both)
            return having(some, counts)

        return by_steps(candidates, most_places([rare], segment, group, len(candidates)), poll, count)

    def count(self, segment: Part, group: str, articles: Articles) -> NDArray[np.int64]:
        """Count the places of single words that others follow; for other parts, the runs."""
        words = self._words
        together = len(self.parts) == 2 or (not self.ordered and len(words) <= MOST_WORDS)
        if together and words.total() == len(self.parts):
            placed = [word.placed(segment, group, articles) for word in words]
            distance = self.distance if self.ordered else max(self.distance, len(self.parts) - 1)
            return count_near(placed, list(words.values()), distance, ordered=self.ordered)
        return super().count(segment, group, articles)

    def in_rows(self, whole: Whole, group: str, poll: Poll) -> Callable[[NDArray[np.int64]], Counted] | None:
        """Count what has rows near each other."""
        several = len(self.parts) > 2 and not self.ordered
        made: dict[Occurrence, Rows] = {}
        for part in self.parts:
            rows = part.rows(whole, group, poll)
            if rows is None or (several and (rows.reach or part in made)):
                return None
            made.setdefault(part, rows)
        distance = max(self.distance, len(self.parts) - 1)
        return partial(count_rows, [made[part] for part in self.parts], distance=distance, ordered=self.ordered)

    @cached_property
    def _words(self) -> Counter[AnyTerm]:
        """The parts that are single words, in order."""
        return Counter(replace(part, boost=1.0) for part in self.parts if isinstance(part, AnyTerm))

    def spans(self, segment: Part, group: str, articles: Articles | None) -> Spans:
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
class AnyPlace(Together):
    """Any of several occurrences, counted as one word: a name of several words among its aliases, OR inside NEAR."""

    parts: tuple[Occurrence, ...]
    boost: float = 1.0

    def cost(self, segment: Part) -> int:
        """Add up the parts."""
        return sum(part.cost(segment) for part in self.parts)

    def groups(self) -> frozenset[str]:
        """Give the groups of any part."""
        return frozenset.union(*(part.groups() for part in self.parts))

    def articles(self, segment: Part, group: str) -> Articles:
        """Give the articles that may have any part."""
        return union([part.articles(segment, group) for part in self.parts if group in part.groups()], segment.size)

    def spans(self, segment: Part, group: str, articles: Articles | None) -> Spans:
        """Give the runs of all parts."""
        return merge_spans([part.spans(segment, group, articles) for part in self.parts if group in part.groups()])

    def rows(self, whole: Whole, group: str, poll: Poll) -> Rows | None:
        """Join the rows of all parts, if they are equally long."""
        any_of: tuple[tuple[tuple[Bits, int], ...], ...] = ()
        reaches = set()
        for part in self.parts:
            if group in part.groups():
                rows = part.rows(whole, group, poll)
                if rows is None:
                    return None
                any_of += rows.any_of
                reaches.add(rows.reach)
        return Rows(any_of, reaches.pop()) if len(reaches) == 1 else None

    def weight(self, collection: Collection) -> float:
        """Give the weight of the commonest part."""
        return min(part.weight(collection) for part in self.parts)

    def __str__(self) -> str:
        return "(" + " OR ".join(map(str, self.parts)) + ")"
