"""Queries for what stands somewhere in an article's words: one word, words in a row, words near each other.

They are ordinary `whoosh.query.Query` leaves: any Whoosh searcher runs them, on any codec. Each is scored as one word
(see `ranking`) over all the fields it looks in. A *place* is `article << 32 | position`; a *group* is a field of
text together with its field of exact spellings, which share their positions.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from whoosh import query

from searcher.search.collection import MANY, Collection
from searcher.search.impacts import DENSE_FROM, blank
from searcher.search.matcher import ArrayMatcher
from searcher.search.matches import NOTHING, Found, Kept, add, intersect, locate, union
from searcher.search.places import NO_SPANS, Spans, chains, common_places, count_places, merge_spans, windows
from searcher.search.ranking import FIELD_WEIGHTS, SATURATION, saturate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whoosh import matching

    from searcher.search.matches import Articles, Scores
    from searcher.search.places import Places
    from searcher.search.segments import Part, Segment

Term = tuple[str, bytes]

MOST_PLACES = 4_000_000
"""A phrase with a word that occurs more often in a segment is looked for in the articles that have all its words."""

_FEW = 24
"""Below one in so many it is faster to look articles up one by one."""


_WORTH_A_PART = 4
"""The places of a word are worth being decoded for one in so many of its articles alone."""


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
        return replace(self, boost=boost)

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
        known = (term for term in self.terms() if term in reader)
        return int(min(reader.doc_count(), sum(reader.doc_frequency(*term) for term in known)))

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

    def find(self, collection: Collection, part: Part, *, scored: bool) -> Found:
        """Add up the postings of all terms."""
        if not self.is_text:
            return Found(part.having_any(self.any_of[0][0], frozenset(term for _, term in self.any_of)), None)
        if not scored and self._is_short:
            lists = [part.having_any(field, frozenset((term,))) for field, term in self.any_of]
            return Found(union(lists, part.size), None)
        articles, scores = collection.impacts(part, self.any_of)
        return Found(articles, scores * self.scale(collection) if scored else None)

    def among(self, collection: Collection, part: Part, articles: Articles, *, scored: bool) -> Kept:
        """Look the articles up in what the word counts in each."""
        if not self.is_text:
            return Kept(locate(articles, self.find(collection, part, scored=False).articles)[1], None)
        having, impacts = collection.impacts(part, self.any_of)
        if len(articles) * _FEW < len(having) and len(having) * DENSE_FROM < part.size:
            places, mask = locate(articles, having)
            found = impacts.take(places.compress(mask)) if scored else None
        else:
            values = self._look_up(collection, part, articles)
            mask = values > 0
            found = values.compress(mask) if scored else None
        return Kept(mask, None if found is None else found * self.scale(collection))

    def add_to(self, scores: Scores, collection: Collection, part: Part, boost: float) -> None:
        """Add its scores to those of all articles of a part."""
        scale = self.scale(collection) * np.float32(boost)
        dense = collection.dense_impacts(part, self.any_of) if self.is_text else None
        if dense is not None:
            scores += dense * scale
        elif self.is_text:
            articles, impacts = collection.impacts(part, self.any_of)
            scores[articles] += impacts * scale

    def _look_up(self, collection: Collection, part: Part, articles: Articles) -> Scores:
        """Give what the word counts in some articles, 0 where it is not."""
        dense = collection.dense_impacts(part, self.any_of)
        if dense is not None:
            return dense[articles]
        having, impacts = collection.impacts(part, self.any_of)
        with blank(part.size) as values:
            values[having] = impacts
            found = values[articles]
            values[having] = 0
        return found

    def scale(self, collection: Collection) -> np.float32:
        """Give what its saturated frequencies are multiplied with."""
        return np.float32(self.boost * self.weight(collection) * (SATURATION + 1.0))

    @cached_property
    def is_text(self) -> bool:
        """All its fields are scored."""
        return all(field in FIELD_WEIGHTS for field, _ in self.any_of)

    @cached_property
    def _is_short(self) -> bool:
        """It is a few stems, whose postings are each a list of their own."""
        return len(self.any_of) <= MANY and all(field == group_of(field) for field, _ in self.any_of)

    def cost(self, segment: Part) -> int:
        """Add up the lengths of the postings; of spellings the places, which need no decoding."""
        if self._is_short:
            return sum(segment.count(field, term) for field, term in self.any_of)
        return sum(self.place_count(segment, group) for group in self._by_group)

    def groups(self) -> frozenset[str]:
        """Give the groups of its fields."""
        return frozenset(self._by_group)

    def place_count(self, segment: Part, group: str) -> int:
        """Tell how often it stands in a group; cheap."""
        by_field: dict[str, list[bytes]] = {}
        for field, term in self._by_group.get(group, ()):
            by_field.setdefault(field, []).append(term)
        return sum(int(segment.place_counts(field, terms).sum()) for field, terms in by_field.items())

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
            articles, counts = count_places(self.spans(segment, group, candidates).firsts)
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

    def _is_light(self, segment: Segment, group: str) -> bool:  # noqa: ARG002
        """Tell whether to look at all places of the words at once rather than in the articles that have them all."""
        return False

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

    def _is_light(self, segment: Segment, group: str) -> bool:
        return max(part.place_count(segment, group) for part in self.parts) <= MOST_PLACES

    def spans(self, segment: Segment, group: str, articles: Articles | None) -> Spans:
        """Keep the places of the rarest word that have the others where they must be."""
        order = sorted(range(len(self.parts)), key=lambda i: self.parts[i].cost(segment))
        firsts: Places | None = None
        for i in order:
            within = articles
            if firsts is not None:
                having = count_places(firsts)[0]
                if articles is not None or len(having) * _WORTH_A_PART < self.parts[i].cost(segment):
                    within = having
            places = self.parts[i].spans(segment, group, within).firsts
            places = places - self.offsets[i] if self.offsets[i] else places
            firsts = places if firsts is None else common_places(firsts, places)
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


def _alive(found: Found, segment: Segment, base: int) -> tuple[Articles, Scores]:
    articles, scores = found
    scores = np.zeros(len(articles), np.float32) if scores is None else scores
    if segment.live is not None:
        mask = segment.live[articles]
        articles, scores = articles[mask], scores[mask]
    return articles + np.int32(base), scores
