"""Queries that let articles through without weighing them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh import query
from whoosh.matching import FilterMatcher

from searcher.search.engine.collection import Collection
from searcher.search.engine.matcher import ArrayMatcher
from searcher.search.engine.matches import Found, Kept, locate

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from whoosh import matching

    from searcher.search.engine.matches import Articles
    from searcher.search.engine.segments import Part


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


class Without(query.AndNot):  # type: ignore[misc]
    """What matches `a` and not `b`, with the scores of `a`.

    Whoosh's own matcher for AndNot lets an article through where `b` begins before `a` (its `_find_first` looks at
    the first of each only), and its InverseMatcher gives deleted articles back.
    """

    def matcher(self, searcher: Any, context: Any = None) -> matching.Matcher:
        """Filter what `a` matches."""
        excluded = set(self.b.matcher(searcher, searcher.boolean_context()).all_ids())
        return FilterMatcher(self.a.matcher(searcher, context), excluded, exclude=True)


class Filter(query.Query):  # type: ignore[misc]
    """What the filters of our own share: how to be a Whoosh query."""

    boost: float

    def find(self, collection: Collection, part: Part, *, scored: bool) -> Found:
        """Give the articles of a segment that are let through."""
        raise NotImplementedError

    def among(self, collection: Collection, part: Part, articles: Articles, *, scored: bool) -> Kept:
        """Tell which of some articles (ascending) are let through."""
        raise NotImplementedError

    def cost(self, part: Part) -> int:
        """Give an upper bound of the number of articles in a segment that are let through; cheap."""
        raise NotImplementedError

    def matcher(self, searcher: Any, context: Any = None) -> matching.Matcher:  # noqa: ARG002
        """Match as Whoosh's own queries do."""
        collection = Collection.of(searcher)
        parts = []
        for leaf, _ in searcher.leaf_searchers():
            segment = collection.segment(leaf.reader())
            articles = self.find(collection, segment, scored=False).articles
            if segment.live is not None:
                articles = articles[segment.live[articles]]
            parts.append(articles + np.int32(0 if searcher.is_atomic() else segment.base))
        together = np.concatenate(parts)
        return ArrayMatcher(together, np.zeros(len(together), np.float32))

    def field(self) -> None:
        """It is about articles, not about one field's words."""
        return

    def estimate_size(self, reader: Any) -> int:
        """Bound the number of matching articles."""
        return int(reader.doc_count())

    def estimate_min_size(self, reader: Any) -> int:  # noqa: ARG002
        """Promise nothing."""
        return 0


@dataclass(frozen=True)
class Published(Filter):
    """Articles whose publication date may lie in a range of days; both ends are ordinals and belong to it.

    Attributes:
        undated: the latest past day that an undated article's text mentions stands in for its date.
    """

    first: int | None
    last: int | None
    undated: bool = False
    boost: float = 1.0

    def find(self, collection: Collection, part: Part, *, scored: bool) -> Found:  # noqa: ARG002
        """Give the articles of a part of the index that are let through."""
        return Found(np.flatnonzero(self.mask(collection, part)).astype(np.int32), None)

    def mask(self, collection: Collection, part: Part) -> NDArray[np.bool_]:
        """Tell for every article of a part of the index whether it is let through."""
        return collection.dates(part, undated=self.undated).within(self.first, self.last)

    def among(self, collection: Collection, part: Part, articles: Articles, *, scored: bool) -> Kept:  # noqa: ARG002
        """Tell which of some articles are let through."""
        return Kept(collection.dates(part, undated=self.undated).within(self.first, self.last, articles), None)

    def cost(self, part: Part) -> int:
        """Any article may be."""
        return part.size

    def __str__(self) -> str:
        return f"published:[{self.first} TO {self.last}]"


@dataclass(frozen=True)
class AnyValue(Filter):
    """Articles that have any of some terms in a field that is not text."""

    name: str
    terms: frozenset[bytes]
    boost: float = 1.0

    def find(self, collection: Collection, part: Part, *, scored: bool) -> Found:  # noqa: ARG002
        """Give the articles of a segment that are let through."""
        return Found(part.having_any(self.name, self.terms), None)

    def among(self, collection: Collection, part: Part, articles: Articles, *, scored: bool) -> Kept:
        """Tell which of some articles are let through."""
        return Kept(locate(articles, self.find(collection, part, scored=scored).articles)[1], None)

    def cost(self, part: Part) -> int:
        """Add up the lengths of the postings, as long as they are few."""
        if len(self.terms) > 100:
            return part.size
        return sum(part.count(self.name, term) for term in self.terms)

    def __str__(self) -> str:
        return f"{self.name}:({'|'.join(sorted(term.decode('utf-8', 'replace') for term in self.terms))})"
