"""Queries that let articles through without weighing them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh import query

from searcher.search.collection import Collection
from searcher.search.matches import Found, Kept
from searcher.search.occurrences import ArrayMatcher
from searcher.search.segments import ABSENT

if TYPE_CHECKING:
    from whoosh import matching

    from searcher.search.matches import Articles
    from searcher.search.segments import Segment


class Unscored(query.WrappingQuery):  # type: ignore[misc]
    """What the wrapped query matches, with a score of 0."""

    def matcher(self, searcher: Any, context: Any = None) -> matching.Matcher:  # noqa: ARG002
        """Collect what the wrapped query matches."""
        inner = self.child.matcher(searcher, searcher.boolean_context())
        articles = np.fromiter(inner.all_ids(), np.int32)
        return ArrayMatcher(articles, np.zeros(len(articles), np.float32))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Unscored) and self.child == other.child

    __hash__ = query.WrappingQuery.__hash__

    def __str__(self) -> str:
        return str(self.child)

    def normalize(self) -> Unscored:
        """Stay as it is."""
        return self

    def with_boost(self, boost: float) -> Unscored:  # noqa: ARG002
        """Nothing times a boost is nothing."""
        return self


@dataclass(frozen=True)
class Published(query.Query):  # type: ignore[misc]
    """Articles whose publication date may lie in a range of days; both ends are ordinals and belong to it.

    Attributes:
        undated: the latest past day that an undated article's text mentions stands in for its date.
    """

    first: int | None
    last: int | None
    undated: bool = False
    boost: float = 1.0

    def mask(self, segment: Segment) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Tell for every article of a segment whether it is let through."""
        first_day, last_day = segment.numbers("first_day"), segment.numbers("last_day")
        known = first_day != ABSENT
        if self.undated:
            floor = segment.numbers("floor_day")
            first_day, last_day = np.where(known, first_day, floor), np.where(known, last_day, floor)
            known = first_day != ABSENT
        if self.last is not None:
            known &= first_day <= self.last
        if self.first is not None:
            known &= last_day >= self.first
        return known

    def find(self, collection: Collection, segment: Segment, *, scored: bool) -> Found:  # noqa: ARG002
        """Give the articles of a segment that are let through."""
        return Found(np.flatnonzero(self.mask(segment)).astype(np.int32), None)

    def among(self, collection: Collection, segment: Segment, articles: Articles, *, scored: bool) -> Kept:  # noqa: ARG002
        """Tell which of some articles are let through."""
        return Kept(self.mask(segment)[articles], None)

    def cost(self, segment: Segment) -> int:
        """Any article may be."""
        return segment.size

    def matcher(self, searcher: Any, context: Any = None) -> matching.Matcher:  # noqa: ARG002
        """Match as Whoosh's own queries do."""
        collection = Collection.of(searcher)
        parts = []
        for leaf, _ in searcher.leaf_searchers():
            segment = collection.segment(leaf.reader())
            mask = self.mask(segment)
            if segment.live is not None:
                mask &= segment.live
            parts.append(np.flatnonzero(mask) + (0 if searcher.is_atomic() else segment.base))
        articles = np.concatenate(parts).astype(np.int32)
        return ArrayMatcher(articles, np.zeros(len(articles), np.float32))

    def field(self) -> None:
        """Several fields at once are no field."""
        return

    def estimate_size(self, reader: Any) -> int:
        """Bound the number of matching articles."""
        return int(reader.doc_count())

    def estimate_min_size(self, reader: Any) -> int:  # noqa: ARG002
        """Promise nothing."""
        return 0

    def __str__(self) -> str:
        return f"published:[{self.first} TO {self.last}]"
