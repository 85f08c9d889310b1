"""Queries for what stands somewhere in an article's words, and the simplest of them: one word.

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

from searcher.search.engine import standing
from searcher.search.engine.collection import MANY, Collection
from searcher.search.engine.forms import Spelled
from searcher.search.engine.matcher import ArrayMatcher
from searcher.search.engine.matches import Found, Kept, intersect, locate, union
from searcher.search.engine.places import Placed, Spans, merge_placed
from searcher.search.engine.ranking import FIELD_WEIGHTS, SATURATION
from searcher.search.engine.rows import Rows
from searcher.search.engine.stopping import go_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whoosh import matching

    from searcher.search.engine.collection import Word
    from searcher.search.engine.matches import Articles, Scores
    from searcher.search.engine.places import Places
    from searcher.search.engine.segments import Part
    from searcher.search.engine.standing import Bits
    from searcher.search.engine.stopping import Poll
    from searcher.search.engine.whole import Whole

LONG = 1 << 15
"""Of a word in more articles it is not worked out what it counts in all, to know what it counts in some."""

Term = tuple[str, bytes]

AT_ONCE = 1 << 18
"""About how many places are decoded at once: as many as stay in the processor's cache."""


def group_of(field: str) -> str:
    """Give the field that shares its positions with this one."""
    rule = FIELD_WEIGHTS.get(field)
    return rule.length_of if rule else field


class Occurrence(query.Query):  # type: ignore[misc]
    """What all of them share: how to be a Whoosh query."""

    boost: float

    def find(self, collection: Collection, segment: Part, *, scored: bool, poll: Poll = go_on) -> Found:
        """Give the articles of a part of the index that have it; `poll` is called between steps."""
        raise NotImplementedError

    def among(
        self, collection: Collection, segment: Part, articles: Articles, *, scored: bool, poll: Poll = go_on
    ) -> Kept:
        """Tell which of some articles (ascending) have it."""
        raise NotImplementedError

    def cost(self, segment: Part) -> int:
        """Give an upper bound of the number of articles in a segment that have it; cheap."""
        raise NotImplementedError

    def groups(self) -> frozenset[str]:
        """Give the groups it can occur in."""
        raise NotImplementedError

    def articles(self, segment: Part, group: str) -> Articles:
        """Give the articles that may have it in a group: all that do, and perhaps more."""
        raise NotImplementedError

    def articles_among(self, segment: Part, group: str, articles: Articles) -> Articles:
        """Give those of some articles (ascending) that may have it."""
        return intersect(articles, self.articles(segment, group), segment.size)

    def spans(self, segment: Part, group: str, articles: Articles | None) -> Spans:
        """Give every occurrence in some articles (ascending; None: in all), in one group."""
        raise NotImplementedError

    def rows(self, whole: Whole, group: str, poll: Poll) -> Rows | None:  # noqa: ARG002
        """Give where it stands by bits, decoded if need be; None: it is not made of frequent words in a row."""
        return None

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

    def find(self, collection: Collection, part: Part, *, scored: bool, poll: Poll = go_on) -> Found:
        """Add up the postings of all terms."""
        if not self.is_text:
            return Found(part.having_any(self.any_of[0][0], frozenset(term for _, term in self.any_of)), None)
        if not scored and self.is_short:
            return Found(collection.having(part, self.any_of), None)
        articles, scores = collection.impacts(part, self.word, poll)
        return Found(articles, scores * self.scale(collection) if scored else None)

    def among(
        self, collection: Collection, part: Part, articles: Articles, *, scored: bool, poll: Poll = go_on
    ) -> Kept:
        """Look the articles up in what the word counts in each."""
        if not self.is_text:
            return Kept(locate(articles, self.find(collection, part, scored=False).articles)[1], None)
        joint = self.is_short and self.cost(part) > LONG
        values = collection.impacts_in(part, self.word, articles, joint=joint, poll=poll)
        mask = values > 0
        return Kept(mask, values.compress(mask) * self.scale(collection) if scored else None)

    def add_to(self, scores: Scores, collection: Collection, part: Part, boost: float) -> None:
        """Add its scores to those of all articles of a part."""
        scale = self.scale(collection) * np.float32(boost)
        dense = collection.dense_impacts(part, self.word) if self.is_text else None
        if dense is not None:
            scores += dense * scale
        elif self.is_text:
            articles, impacts = collection.impacts(part, self.word)
            np.add.at(scores, articles, impacts * scale)

    @property
    def word(self) -> Word:
        """What the collection knows it by."""
        return self.any_of

    def scale(self, collection: Collection) -> np.float32:
        """Give what its saturated frequencies are multiplied with."""
        return np.float32(self.boost * self.weight(collection) * (SATURATION + 1.0))

    @cached_property
    def is_text(self) -> bool:
        """All its fields are scored."""
        return all(field in FIELD_WEIGHTS for field, _ in self.any_of)

    @cached_property
    def is_short(self) -> bool:
        """It is a few stems, whose postings are each a list of their own."""
        return len(self.any_of) <= MANY and all(field == group_of(field) for field, _ in self.any_of)

    def cost(self, segment: Part) -> int:
        """Add up the lengths of the postings; of spellings the places, which need no decoding."""
        if self.is_short:
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

    def articles(self, segment: Part, group: str) -> Articles:
        """Give the articles that have it in a group."""
        postings = [segment.postings(field, term) for field, term in self._by_group.get(group, ())]
        return union([part.articles for part in postings if part is not None], segment.size)

    def articles_among(self, segment: Part, group: str, articles: Articles) -> Articles:
        """Of a few spellings the places are decoded at once, and kept."""
        if self.is_short or len(self.any_of) > MANY:
            return super().articles_among(segment, group, articles)
        return intersect(articles, self.placed(segment, group, None).articles, segment.size)

    def bits(self, whole: Whole, group: str, poll: Poll, *, decoded: int | None = None) -> Bits | None:
        """Give its bits; None: it is not frequent, or sooner `decoded` (see `Standing.bits`)."""
        count = self.place_count(whole, group)
        word = standing.Word(self.word, group, count, lambda: self.pieces(whole, group), isinstance(self.word, Spelled))
        return whole.standing.bits(word, poll, decoded=decoded)

    def rows(self, whole: Whole, group: str, poll: Poll) -> Rows | None:
        """Give its places as rows of one."""
        bits = self.bits(whole, group, poll)
        return None if bits is None else Rows((((bits, 0),),), 0)

    def pieces(self, part: Part, group: str) -> Iterator[Places]:
        """Yield all its places, those of some articles at a time."""
        articles = self.articles(part, group)
        for some in np.array_split(articles, 1 + self.place_count(part, group) // AT_ONCE):
            yield self.placed(part, group, some).places

    def prepare(self, segment: Part, group: str, poll: Poll) -> None:
        """Decode what takes long and will be asked for, and is kept."""

    def placed(self, segment: Part, group: str, articles: Articles | None) -> Placed:
        """Give its places in some articles (ascending; None: in all), in one group."""
        placed = [segment.placed(field, term, articles) for field, term in self._by_group.get(group, ())]
        return placed[0] if len(placed) == 1 else merge_placed(placed)

    def spans(self, segment: Part, group: str, articles: Articles | None) -> Spans:
        """Give its places, each a run of one."""
        places = self.placed(segment, group, articles).places
        return Spans(places, places)

    def weight(self, collection: Collection) -> float:
        """Give the weight of its commonest term."""
        return collection.word_weight(self.word)

    def all_parts(self) -> Iterator[AnyTerm]:
        """Yield itself."""
        yield self

    def __str__(self) -> str:
        return "|".join(dict.fromkeys(f"{field}:{term.decode('utf-8', 'replace')}" for field, term in self.any_of))


def _alive(found: Found, segment: Part, base: int) -> tuple[Articles, Scores]:
    articles, scores = found
    scores = np.zeros(len(articles), np.float32) if scores is None else scores
    if segment.live is not None:
        mask = segment.live[articles]
        articles, scores = articles[mask], scores[mask]
    return articles + np.int32(base), scores
