"""What one occurrence in a field counts in an article, by how long the field is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.search.engine.ranking import FIELD_WEIGHTS, norms
from searcher.search.engine.segments import FEW, OFTEN

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from searcher.search.engine.matches import Articles
    from searcher.search.engine.segments import Part


class Norms:
    """The norms of an index, worked out for all articles of a part once they are asked for often.

    Args:
        reader: of the whole index.
        articles: number of articles, deleted ones included.
    """

    def __init__(self, reader: Any, articles: int) -> None:
        self._reader = reader
        self._articles = articles
        self._averages: dict[str, float] = {}
        self._norms: dict[tuple[str, int, int], NDArray[np.float32]] = {}
        self._asked: dict[tuple[str, int, int], int] = {}

    def average_length(self, field: str) -> float:
        """Give the mean number of words in a field over all articles; 1 where there are none."""
        if field not in self._averages:
            self._averages[field] = self._reader.field_length(field) / (self._articles or 1) or 1.0
        return self._averages[field]

    def of_all(self, part: Part, field: str) -> NDArray[np.float32]:
        """Give what one occurrence in a field counts, for every article of a part of the index."""
        key = (field, part.base, part.size)
        if key not in self._norms:
            rule = FIELD_WEIGHTS[field]
            average = self.average_length(rule.length_of)
            self._norms[key] = norms(part.lengths(rule.length_of), average, rule.weight)
        return self._norms[key]

    def weigh(self, part: Part, field: str, articles: Articles, frequencies: NDArray[Any]) -> NDArray[np.float32]:
        """Give what a word's occurrences in a field count in each article, before they are saturated."""
        weighted = self._of_some(part, field, articles)
        np.multiply(weighted, frequencies, out=weighted, dtype=np.float32, casting="same_kind")
        return weighted

    def _of_some(self, part: Part, field: str, articles: Articles) -> NDArray[np.float32]:
        key = (field, part.base, part.size)
        self._asked[key] = self._asked.get(key, 0) + 1
        if len(articles) > FEW or self._asked[key] > OFTEN or key in self._norms:
            return self.of_all(part, field).take(articles)
        rule = FIELD_WEIGHTS[field]
        return norms(part.some_lengths(rule.length_of, articles), self.average_length(rule.length_of), rule.weight)
