"""What one occurrence in a field counts in an article, by how long the field is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.search.engine.ranking import FIELD_WEIGHTS, norms
from searcher.store.codec.lengths import LENGTHS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from searcher.search.engine.matches import Articles
    from searcher.search.engine.segments import Part

FEW = 1 << 13
"""What counts in so many articles is looked up by their lengths, as long as nobody has asked for more."""

_LENGTHS = LENGTHS.astype(np.float32)


class Norms:
    """The norms of an index: one for each of the 256 lengths that a field can have, and one an article once asked for.

    Args:
        reader: of the whole index.
        articles: number of articles, deleted ones included.
    """

    def __init__(self, reader: Any, articles: int) -> None:
        self._reader = reader
        self._articles = articles
        self._averages: dict[str, float] = {}
        self._by_length: dict[str, NDArray[np.float32]] = {}
        self._of_all: dict[tuple[str, int, int], NDArray[np.float32]] = {}

    def average_length(self, field: str) -> float:
        """Give the mean number of words in a field over all articles; 1 where there are none."""
        if field not in self._averages:
            self._averages[field] = self._reader.field_length(field) / (self._articles or 1) or 1.0
        return self._averages[field]

    def of(self, part: Part, field: str, articles: Articles | None = None) -> NDArray[np.float32]:
        """Give what one occurrence in a field counts in some articles of a part of the index; None: in all."""
        key = (field, part.base, part.size)
        known = self._of_all.get(key)
        if known is None:
            rule = FIELD_WEIGHTS[field]
            if field not in self._by_length:
                self._by_length[field] = norms(_LENGTHS, self.average_length(rule.length_of), rule.weight)
            codes = part.length_codes(rule.length_of)
            if articles is not None and len(articles) <= FEW:
                return self._by_length[field].take(codes.take(articles))
            known = self._of_all[key] = self._by_length[field].take(codes)
        return known if articles is None else known.take(articles)

    def weigh(self, part: Part, field: str, articles: Articles, frequencies: NDArray[Any]) -> NDArray[np.float32]:
        """Give what a word's occurrences in a field count in each article, before they are saturated."""
        weighted = self.of(part, field, articles)
        np.multiply(weighted, frequencies, out=weighted, dtype=np.float32, casting="same_kind")
        return weighted
