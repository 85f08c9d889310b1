"""In which articles, and how often, do words stand together? A step of some articles at a time, until time is up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from searcher.search.engine import occurrences
from searcher.search.engine.matches import NOTHING, Found, Kept, PartFoundError, add, intersect, locate
from searcher.search.engine.occurrences import AnyTerm, Occurrence
from searcher.search.engine.places import Placed
from searcher.search.engine.ranking import saturate
from searcher.search.engine.stopping import TimeUpError, go_on
from searcher.store.codec.packing import BLOCK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    from searcher.search.engine.collection import Collection
    from searcher.search.engine.matches import Articles
    from searcher.search.engine.rows import Counted
    from searcher.search.engine.segments import Part
    from searcher.search.engine.stopping import Poll
    from searcher.search.engine.whole import Whole

    Having = tuple[Articles, NDArray[np.int64]]
    """Articles that have it, and how often each does."""

LINE_SHARE = 16
"""So many places of the line of all places take as long by bits as one that is decoded."""


class Together(Occurrence):
    """What is found by where words stand within one group."""

    parts: tuple[Occurrence, ...]

    def find(self, collection: Collection, segment: Part, *, scored: bool, poll: Poll = go_on) -> Found:
        """Count the occurrences in every group."""
        return self._find(collection, segment, None, scored=scored, poll=poll)

    def among(
        self, collection: Collection, segment: Part, articles: Articles, *, scored: bool, poll: Poll = go_on
    ) -> Kept:
        """Count the occurrences within the given articles."""
        found = self._find(collection, segment, articles, scored=scored, poll=poll)
        return Kept(locate(articles, found.articles)[1], found.scores)

    def _find(
        self, collection: Collection, segment: Part, within: Articles | None, *, scored: bool, poll: Poll
    ) -> Found:
        lists = []
        up = None
        # What is counted last is known in part when time is up: let it be most of it.
        groups = sorted(
            self.groups(), key=lambda group: sum(part.place_count(segment, group) for part in self.all_parts())
        )
        for group in groups:
            for word in self.all_parts():
                word.prepare(segment, group, poll)
            try:
                articles, counts = self.counted(segment, group, within, poll)
            except PartCountedError as part:
                if group != groups[-1]:
                    raise
                up, articles, counts = part, part.articles, part.counts
            if not len(articles):
                continue
            frequencies = counts.astype(np.float32)
            if scored:
                frequencies *= collection.norms.of(segment, group, articles)
            lists.append((articles, frequencies))
        found = NOTHING
        if lists:
            articles, frequencies = add(lists, segment.size)
            found = Found(articles, saturate(frequencies, self.boost * self.weight(collection)) if scored else None)
        if up is not None:
            raise PartFoundError(found.only(found.articles < up.end)) from up
        return found

    def counted(self, segment: Part, group: str, within: Articles | None, poll: Poll) -> Having:
        """Give which of some articles (ascending; None: all) have it in a group, and how often."""
        candidates = self.articles(segment, group)
        if within is not None:
            candidates = intersect(within, candidates, segment.size)
        return by_steps(
            candidates,
            most_places(self.all_parts(), segment, group, len(candidates)),
            poll,
            lambda some: having(some, self.count(segment, group, some)),
        )

    def count(self, segment: Part, group: str, articles: Articles) -> NDArray[np.int64]:
        """Tell of some of those articles (ascending, at least one) how often each has it."""
        return counts_in(Placed.of(self.spans(segment, group, articles).firsts), articles)

    def all_parts(self) -> Iterator[AnyTerm]:
        """Yield the words of all parts."""
        for part in self.parts:
            yield from part.all_parts()


class Compound(Together):
    """Words that must stand together within one group."""

    def cost(self, segment: Part) -> int:
        """Bound by the rarest part."""
        return min(part.cost(segment) for part in self.parts)

    def groups(self) -> frozenset[str]:
        """Give the groups that all parts share."""
        return frozenset.intersection(*(part.groups() for part in self.parts))

    def articles(self, segment: Part, group: str) -> Articles:
        """Give the articles that have all parts, near or not."""
        parts = sorted(self.parts, key=lambda part: part.cost(segment))
        common = parts[0].articles(segment, group)
        for part in parts[1:]:
            if not len(common):
                break
            common = part.articles_among(segment, group, common)
        return common

    def weight(self, collection: Collection) -> float:
        """Add up the parts' weights."""
        return sum(part.weight(collection) for part in self.parts)

    def in_rows(self, whole: Whole, group: str, poll: Poll) -> Callable[[NDArray[np.int64]], Counted] | None:
        """Give what counts it by bits in articles that begin where it is told; None: some part has no bits."""
        raise NotImplementedError

    def counted_by_bits(self, whole: Whole, group: str, within: Articles | None, poll: Poll) -> Having | None:
        """Count in all articles by the bits of the words; None: some are rare, or one of the parts is not of words."""
        share = 1.0 if within is None else len(within) / whole.size
        rarest = min(word.place_count(whole, group) for word in self.all_parts())
        line = whole.standing.origins(group)
        if line is None or not whole.standing.is_frequent(group, int(rarest * share)):
            return None
        parts = self.in_rows(whole, group, poll)
        if parts is None:
            return None

        def count(some: Articles) -> Having:
            low, high = int(some[0]), int(some[-1]) + 1
            counted = parts(line[low : high + 1])
            counts: NDArray[np.int64] = counted.counts.take(some - low)
            unsure = counted.doubtful.take(some - low).nonzero()[0]
            if len(unsure):
                counts[unsure] = self.count(whole, group, some.take(unsure))
            return having(some, counts)

        articles = np.arange(whole.size, dtype=np.int32) if within is None else within
        return by_steps(articles, int(line[-1]) // LINE_SHARE, poll, count)


def counts_in(found: Placed, articles: Articles) -> NDArray[np.int64]:
    """Tell how many of some places are in each of some articles."""
    counts = np.zeros(len(articles), np.int64)
    counts[articles.searchsorted(found.articles)] = found.counts
    return counts


def most_places(words: Iterable[AnyTerm], segment: Part, group: str, count: int) -> int:
    """Bound the number of places that are decoded of some words in so many articles."""
    return sum(most_decoded(word.place_count(segment, group), count, segment) for word in words)


def most_decoded(places: int, count: int, segment: Part) -> int:
    """Bound the number that are decoded of a word's places in so many articles."""
    return min(places, count * BLOCK + places * count // segment.size)


def having(articles: Articles, counts: NDArray[np.int64]) -> Having:
    """Leave out articles that have it 0 times."""
    there = counts.nonzero()[0]
    return articles.take(there), counts.take(there)


def by_steps(articles: Articles, places: int, poll: Poll, count: Callable[[Articles], Having]) -> Having:
    """Count in some articles at a time, so that only about `AT_ONCE` places are decoded."""
    counted: list[Having] = [(articles[:0], np.empty(0, np.int64))]
    end = 0
    try:
        for some in np.array_split(articles, max(1, min(1 + places // occurrences.AT_ONCE, len(articles)))):
            poll()
            if len(some):
                counted.append(count(some))
            end += len(some)
    except TimeUpError:
        if not end:
            raise
        raise PartCountedError(*_joined(counted), int(articles[end])) from None
    return _joined(counted)


def _joined(counted: list[Having]) -> Having:
    return np.concatenate([articles for articles, _ in counted]), np.concatenate([counts for _, counts in counted])


class PartCountedError(TimeUpError):
    """Time was up when the articles before `end` had been counted."""

    def __init__(self, articles: Articles, counts: NDArray[np.int64], end: int) -> None:
        super().__init__()
        self.articles, self.counts, self.end = articles, counts, end
