"""Queries for what stands somewhere in an article's words: one word, words in a row, words near each other.

They are ordinary `whoosh.query.Query` leaves: any Whoosh searcher runs them, on any codec. Each is scored as one word
(see `ranking`) over all the fields it looks in. A *place* is `article << 32 | position`; a *group* is a field of
text together with its field of exact spellings, which share their positions.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import numpy as np
from whoosh import matching, query

from searcher.search.collection import Collection
from searcher.search.impacts import DENSE_FROM, blank
from searcher.search.matches import NOTHING, Found, Kept, add, intersect, locate, union
from searcher.search.ranking import FIELD_WEIGHTS, SATURATION, saturate
from searcher.search.segments import POSITION_BITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from searcher.search.matches import Articles, Scores
    from searcher.search.segments import Segment

    Places = NDArray[np.int64]

Term = tuple[str, bytes]

MOST_PLACES = 4_000_000
"""A phrase with a word that occurs more often in a segment is looked for in the articles that have all its words."""

_FEW = 24
"""Below one in so many it is faster to look articles up one by one."""


class Spans(NamedTuple):
    """Runs of words: the places of their first and last words, ascending by first, then last; no repeats."""

    firsts: Places
    lasts: Places


def group_of(field: str) -> str:
    """Give the field that shares its positions with this one."""
    rule = FIELD_WEIGHTS.get(field)
    return rule.length_of if rule else field


class Occurrence(query.Query):  # type: ignore[misc]
    """What all of them share: how to be a Whoosh query."""

    boost: float

    def find(self, collection: Collection, segment: Segment, *, scored: bool) -> Found:
        """Give the articles of a segment that have it."""
        raise NotImplementedError

    def among(self, collection: Collection, segment: Segment, articles: Articles, *, scored: bool) -> Kept:
        """Tell which of some articles (ascending) have it."""
        raise NotImplementedError

    def cost(self, segment: Segment) -> int:
        """Give an upper bound of the number of articles in a segment that have it; cheap."""
        raise NotImplementedError

    def groups(self) -> frozenset[str]:
        """Give the groups it can occur in."""
        raise NotImplementedError

    def articles(self, segment: Segment, group: str) -> Articles:
        """Give the articles that may have it in a group: all that do, and perhaps more."""
        raise NotImplementedError

    def spans(self, segment: Segment, group: str, articles: Articles | None) -> Spans:
        """Give every occurrence in some articles (ascending; None: in all), in one group."""
        raise NotImplementedError

    def weight(self, collection: Collection) -> float:
        """Give its inverse document frequency."""
        raise NotImplementedError

    def all_parts(self) -> Iterator[AnyTerm]:
        """Yield the words it is made of."""
        raise NotImplementedError

    # What Whoosh asks of a leaf query.

    def matcher(self, searcher: Any, context: Any = None) -> matching.Matcher:
        """Match as Whoosh's own queries do: an article at a time, in order."""
        collection = Collection.of(searcher)
        scored = context is None or context.weighting is not None
        parts = []
        for leaf, _ in searcher.leaf_searchers():
            segment = collection.segment(leaf.reader())
            found = self.find(collection, segment, scored=scored)
            base = 0 if searcher.is_atomic() else segment.base
            parts.append(_alive(found, segment, base))
        return ArrayMatcher(
            np.concatenate([articles for articles, _ in parts]), np.concatenate([scores for _, scores in parts])
        )

    def with_boost(self, boost: float) -> Self:
        """Give a copy that weighs more or less."""
        return replace(self, boost=boost)  # type: ignore[type-var]

    def field(self) -> None:
        """Several fields at once are no field."""
        return

    def has_terms(self) -> bool:
        """It is made of terms."""
        return True

    def terms(self, phrases: bool = False) -> Iterator[tuple[str, bytes]]:  # noqa: ARG002
        """Yield its terms."""
        for part in self.all_parts():
            yield from part.any_of

    def estimate_size(self, reader: Any) -> int:
        """Bound the number of matching articles."""
        return min(
            int(reader.doc_count()),
            sum(reader.doc_frequency(field, term) for field, term in self.terms() if (field, term) in reader),
        )

    def estimate_min_size(self, reader: Any) -> int:  # noqa: ARG002
        """Promise nothing."""
        return 0

    def requires(self) -> set[query.Query]:
        """It must match itself."""
        return {self}


@dataclass(frozen=True)
class AnyTerm(Occurrence):
    """One word, in any of the ways it can stand in the index: `(field, term)` pairs."""

    any_of: tuple[Term, ...]
    boost: float = 1.0

    def find(self, collection: Collection, segment: Segment, *, scored: bool) -> Found:
        """Add up the postings of all terms."""
        if not self.is_text:
            return Found(segment.having_any(self.any_of[0][0], frozenset(term for _, term in self.any_of)), None)
        articles, scores = collection.impacts(segment, self.any_of)
        return Found(articles, scores * self._scale(collection) if scored else None)

    def among(self, collection: Collection, segment: Segment, articles: Articles, *, scored: bool) -> Kept:
        """Look the articles up in what the word counts in each."""
        if not self.is_text:
            return Kept(locate(articles, self.find(collection, segment, scored=False).articles)[1], None)
        having, impacts = collection.impacts(segment, self.any_of)
        if len(articles) * _FEW < len(having) and len(having) * DENSE_FROM < segment.size:
            places, mask = locate(articles, having)
            found = impacts[places[mask]] if scored else None
        else:
            values = self._look_up(collection, segment, articles)
            mask = values > 0
            found = values[mask] if scored else None
        return Kept(mask, None if found is None else found * self._scale(collection))

    def add_to(self, scores: Scores, collection: Collection, segment: Segment, boost: float) -> None:
        """Add its scores to those of all articles of a segment."""
        scale = self._scale(collection) * np.float32(boost)
        dense = collection.dense_impacts(segment, self.any_of) if self.is_text else None
        if dense is not None:
            scores += dense * scale
        elif self.is_text:
            articles, impacts = collection.impacts(segment, self.any_of)
            scores[articles] += impacts * scale

    def _look_up(self, collection: Collection, segment: Segment, articles: Articles) -> Scores:
        """Give what the word counts in some articles, 0 where it is not."""
        dense = collection.dense_impacts(segment, self.any_of)
        if dense is not None:
            return dense[articles]
        having, impacts = collection.impacts(segment, self.any_of)
        with blank(segment.size) as values:
            values[having] = impacts
            found = values[articles]
            values[having] = 0
        return found

    def _scale(self, collection: Collection) -> np.float32:
        return np.float32(self.boost * self.weight(collection) * (SATURATION + 1.0))

    @cached_property
    def is_text(self) -> bool:
        """All its fields are scored."""
        return all(field in FIELD_WEIGHTS for field, _ in self.any_of)

    def cost(self, segment: Segment) -> int:
        """Add up the lengths of the postings."""
        return sum(segment.count(field, term) for field, term in self.any_of)

    def groups(self) -> frozenset[str]:
        """Give the groups of its fields."""
        return frozenset(self._by_group)

    def in_group(self, group: str) -> Sequence[Term]:
        """Give its terms in the fields of a group."""
        return self._by_group.get(group, ())

    @cached_property
    def _by_group(self) -> dict[str, list[Term]]:
        grouped: dict[str, list[Term]] = {}
        for field, term in self.any_of:
            grouped.setdefault(group_of(field), []).append((field, term))
        return grouped

    def articles(self, segment: Segment, group: str) -> Articles:
        """Give the articles that have it in a group."""
        postings = [segment.postings(field, term) for field, term in self._by_group.get(group, ())]
        return union([part.articles for part in postings if part is not None], segment.size)

    def spans(self, segment: Segment, group: str, articles: Articles | None) -> Spans:
        """Give its places, each a run of one."""
        places = [segment.places(field, term, articles) for field, term in self._by_group.get(group, ())]
        if len(places) == 1:
            return Spans(places[0], places[0])
        together = np.unique(np.concatenate(places)) if places else np.empty(0, np.int64)
        return Spans(together, together)

    def weight(self, collection: Collection) -> float:
        """Give the weight of its commonest term."""
        return collection.word_weight(self.any_of)

    def all_parts(self) -> Iterator[AnyTerm]:
        """Yield itself."""
        yield self

    def __str__(self) -> str:
        return "|".join(dict.fromkeys(f"{field}:{term.decode('utf-8', 'replace')}" for field, term in self.any_of))


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
            candidates: Articles | None = None
            if within is not None or not self._is_light(segment, group):
                candidates = self.articles(segment, group)
                candidates = candidates if within is None else intersect(within, candidates)
                if not len(candidates):
                    continue
            articles, counts = _count(self.spans(segment, group, candidates).firsts)
            if not len(articles):
                continue
            frequencies = counts.astype(np.float32)
            if scored:
                frequencies *= collection.norms(segment, group)[articles]
            lists.append((articles, frequencies))
        if not lists:
            return NOTHING
        articles, frequencies = add(lists, segment.size)
        return Found(articles, saturate(frequencies, self.boost * self.weight(collection)) if scored else None)

    def _is_light(self, segment: Segment, group: str) -> bool:
        """Tell whether to look at all places of the words at once rather than in the articles that have them all."""
        places = [segment.place_count(*term) for part in self.all_parts() for term in part.in_group(group)]
        return max(places, default=0) <= MOST_PLACES

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
            common = intersect(common, part.articles(segment, group))
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

    def spans(self, segment: Segment, group: str, articles: Articles | None) -> Spans:
        """Keep the places of the rarest word that have the others where they must be."""
        order = sorted(range(len(self.parts)), key=lambda i: self.parts[i].cost(segment))
        firsts: Places | None = None
        for i in order:
            places = self.parts[i].spans(segment, group, articles).firsts
            places = places - self.offsets[i] if self.offsets[i] else places
            firsts = places if firsts is None else _common(firsts, places)
            if not len(firsts):
                break
        firsts = np.empty(0, np.int64) if firsts is None else firsts
        return Spans(firsts, firsts + max(self.offsets))

    def __str__(self) -> str:
        return '"' + " ".join(map(str, self.parts)) + '"'


@dataclass(frozen=True)
class Nearby(_Compound):
    """Parts within `distance` words of each other, in any order or, with `ordered`, each after the one before."""

    parts: tuple[Occurrence, ...]
    distance: int
    ordered: bool = False
    boost: float = 1.0

    def spans(self, segment: Segment, group: str, articles: Articles | None) -> Spans:
        """Give the runs of words, from the first to the last part, one for each place of the first word."""
        places = [part.spans(segment, group, articles) for part in self.parts]
        if any(not len(part.firsts) for part in places):
            return Spans(np.empty(0, np.int64), np.empty(0, np.int64))
        if self.ordered:
            return _chains(places, self.distance)
        distance = max(self.distance, len(self.parts) - 1)
        if len(places) == 2:
            return _merge([_chains(places, distance), _chains(places[::-1], distance)])
        return _windows(places, distance)

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
            having, counts = _count(self.spans(segment, group, articles).firsts)
            places = locate(having, articles)[0]
            frequencies[places] += counts * collection.norms(segment, group)[having] if scored else counts
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
        return _merge([part.spans(segment, group, articles) for part in self.parts if group in part.groups()])

    def weight(self, collection: Collection) -> float:
        """Give the weight of the commonest part."""
        return min(part.weight(collection) for part in self.parts)

    def all_parts(self) -> Iterator[AnyTerm]:
        """Yield the words of all parts."""
        for part in self.parts:
            yield from part.all_parts()

    def __str__(self) -> str:
        return "(" + " OR ".join(map(str, self.parts)) + ")"


class ArrayMatcher(matching.Matcher):  # type: ignore[misc]
    """Articles and scores that are known already, an article at a time."""

    def __init__(self, articles: Articles, scores: Scores) -> None:
        self._articles = articles
        self._scores = scores
        self._at = 0

    def is_active(self) -> bool:
        """There is a current article."""
        return self._at < len(self._articles)

    def reset(self) -> None:
        """Go back to the first article."""
        self._at = 0

    def copy(self) -> ArrayMatcher:
        """Give another one at the same place."""
        other = ArrayMatcher(self._articles, self._scores)
        other._at = self._at
        return other

    def id(self) -> int:
        """Give the current article's number."""
        return int(self._articles[self._at])

    def next(self) -> None:
        """Go to the next article."""
        if not self.is_active():
            raise matching.ReadTooFar
        self._at += 1

    def skip_to(self, id: int) -> None:  # noqa: A002
        """Go to the first article from this number on."""
        if not self.is_active():
            raise matching.ReadTooFar
        self._at = max(self._at, int(self._articles.searchsorted(id)))

    def all_ids(self) -> Iterator[int]:
        """Yield every article's number."""
        return iter(self._articles.tolist())

    def supports(self, astype: str) -> bool:  # noqa: ARG002
        """It knows scores only."""
        return False

    def value(self) -> bytes:
        """It knows scores only."""
        return b""

    def value_as(self, astype: str) -> Any:
        """It knows scores only."""
        raise NotImplementedError(astype)

    def weight(self) -> float:
        """Give the current article's score."""
        return self.score()

    def score(self) -> float:
        """Give the current article's score."""
        return float(self._scores[self._at])

    def supports_block_quality(self) -> bool:
        """All articles are one block."""
        return True

    def max_quality(self) -> float:
        """Give the best score."""
        return float(self._scores.max(initial=0.0))

    def block_quality(self) -> float:
        """Give the best score."""
        return self.max_quality()

    def skip_to_quality(self, minquality: float) -> int:
        """Go to the first article from here with a better score."""
        better = np.flatnonzero(self._scores[self._at :] > minquality)
        self._at = self._at + int(better[0]) if len(better) else len(self._articles)
        return 0


def _alive(found: Found, segment: Segment, base: int) -> tuple[Articles, Scores]:
    articles, scores = found
    scores = np.zeros(len(articles), np.float32) if scores is None else scores
    if segment.live is not None:
        mask = segment.live[articles]
        articles, scores = articles[mask], scores[mask]
    return articles + np.int32(base), scores


def _count(places: Places) -> tuple[Articles, NDArray[np.int64]]:
    articles = (places >> POSITION_BITS).astype(np.int32)
    if not len(articles):
        return articles, np.empty(0, np.int64)
    starts = np.flatnonzero(np.concatenate(([True], articles[1:] != articles[:-1])))
    return articles[starts], np.diff(starts, append=len(articles))


def _common(one: Places, two: Places) -> Places:
    """Give what is in both, all ascending and without repeats."""
    few, many = (one, two) if len(one) < len(two) else (two, one)
    if len(few) * _FEW < len(many):
        at = many.searchsorted(few)
        at[at == len(many)] = 0
        return few[many[at] == few] if len(many) else few[:0]
    # Two ascending runs are one merge for the stable sort; what is in both then stands side by side.
    both = np.concatenate((one, two))
    both.sort(kind="stable")
    return both[1:][both[1:] == both[:-1]]


def _merge(spans: list[Spans]) -> Spans:
    if len(spans) == 1:
        return spans[0]
    firsts = np.concatenate([part.firsts for part in spans])
    lasts = np.concatenate([part.lasts for part in spans])
    order = np.lexsort((lasts, firsts))
    firsts, lasts = firsts[order], lasts[order]
    if not len(firsts):
        return Spans(firsts, lasts)
    new = np.concatenate(([True], (firsts[1:] != firsts[:-1]) | (lasts[1:] != lasts[:-1])))
    return Spans(firsts[new], lasts[new])


def _chains(places: list[Spans], distance: int) -> Spans:
    """Give the runs in which each part begins at most `distance` words after the one before ends, in order.

    Every begin is kept that leads to an end: from the last part backwards, the nearest way on is enough.
    """
    *before, last = places
    reach = last
    for part in reversed(before):
        order = np.argsort(reach.firsts, kind="stable")
        firsts, lasts = reach.firsts[order], reach.lasts[order]
        if not len(firsts):
            return Spans(firsts, lasts)
        at = firsts.searchsorted(part.lasts, side="right")
        there = at < len(firsts)
        at[~there] = 0
        there &= firsts[at] - part.lasts <= distance
        reach = Spans(part.firsts[there], lasts[at[there]])
    return _merge([reach, Spans(np.empty(0, np.int64), np.empty(0, np.int64))])


def _windows(places: list[Spans], distance: int) -> Spans:
    """Give the runs that hold one of each part, no two beginning at one place, none further than `distance` apart."""
    common = (places[0].firsts >> POSITION_BITS).astype(np.int64)
    for part in places[1:]:
        common = np.intersect1d(common, part.firsts >> POSITION_BITS)
    firsts: list[int] = []
    lasts: list[int] = []
    for article in np.unique(common).tolist():
        low, high = article << POSITION_BITS, (article + 1) << POSITION_BITS
        inside = [
            list(zip(part.firsts[a:b].tolist(), part.lasts[a:b].tolist(), strict=True))
            for part in places
            for a, b in [part.firsts.searchsorted([low, high])]
        ]
        for first, last in _article_windows(inside, distance):
            firsts.append(first)
            lasts.append(last)
    return _merge([Spans(np.array(firsts, np.int64), np.array(lasts, np.int64))] * 2)


def _article_windows(parts: list[list[tuple[int, int]]], distance: int) -> Iterator[tuple[int, int]]:
    for leading, starts in enumerate(parts):
        for first, last in starts:
            near = [
                [other for other in part if first < other[0] <= last + distance]
                for number, part in enumerate(parts)
                if number != leading
            ]
            near.sort(key=len)
            end = _farthest_end(near, {first}, last, last, distance)
            if end is not None:
                yield first, end


def _farthest_end(
    parts: list[list[tuple[int, int]]], taken: set[int], earliest_end: int, end: int, distance: int
) -> int | None:
    """Choose one of each part, no two beginning at one place, all near; give where the run ends, None: impossible."""
    if not parts:
        return end if max(taken) - earliest_end <= distance else None
    for first, last in parts[0]:
        if first in taken:
            continue
        found = _farthest_end(parts[1:], taken | {first}, min(earliest_end, last), max(end, last), distance)
        if found is not None:
            return found
    return None
