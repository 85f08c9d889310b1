"""All segments of one searcher with the statistics of the whole: what scores are made from."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.search.arrays import ArrayedSegment
from searcher.search.ranking import FIELD_WEIGHTS, SATURATION, inverse_frequency, norms
from searcher.search.segments import Segment, WalkedSegment

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from searcher.search.segments import Postings


class Collection:
    """The segments of a Whoosh searcher, and what holds for all of them together.

    Attributes:
        articles: number of articles, deleted ones included, as Whoosh counts for its statistics.
    """

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self.articles: int = reader.doc_count_all()
        self.segments: list[Segment] = [_open_segment(leaf, base) for leaf, base in _leaves(reader)]
        self._by_reader = {
            id(leaf): segment for (leaf, _), segment in zip(_leaves(reader), self.segments, strict=True)
        }
        self._norms: dict[tuple[str, int], NDArray[np.float32]] = {}
        self._tables: dict[tuple[str, int], NDArray[np.float32]] = {}
        self._averages: dict[str, float] = {}

    @classmethod
    def of(cls, searcher: Any) -> Collection:
        """Give the collection of a searcher's parent, made once a reader."""
        reader = searcher.get_parent().reader()
        with _lock:
            known: Collection | None = reader.__dict__.get(_KEPT_AS)
            if known is None:
                known = cls(reader)
                reader.__dict__[_KEPT_AS] = known
            return known

    def segment(self, reader: Any) -> Segment:
        """Give the segment of one of the collection's leaf readers."""
        return self._by_reader[id(reader)]

    def segment_of(self, number: int) -> Segment:
        """Give the segment that holds an article, by its number in the whole index."""
        return next(segment for segment in reversed(self.segments) if segment.base <= number)

    def average_length(self, field: str) -> float:
        """Give the mean number of words in a field over all articles; 1 where there are none."""
        if field not in self._averages:
            self._averages[field] = self._reader.field_length(field) / (self.articles or 1) or 1.0
        return self._averages[field]

    def article_frequency(self, field: str, term: bytes) -> int:
        """Give the number of articles that have a term, deleted ones included."""
        return sum(segment.count(field, term) for segment in self.segments)

    def word_weight(self, terms: tuple[tuple[str, bytes], ...]) -> float:
        """Give the inverse document frequency of a word that all of `terms` stand for."""
        most = max((self.article_frequency(field, term) for field, term in terms), default=0)
        return inverse_frequency(self.articles, most)

    def norms(self, segment: Segment, field: str) -> NDArray[np.float32]:
        """Give what one occurrence in a field counts, for every article of a segment."""
        key = (field, segment.base)
        if key not in self._norms:
            rule = FIELD_WEIGHTS[field]
            average = self.average_length(rule.length_of)
            self._norms[key] = norms(segment.lengths(rule.length_of), average, rule.weight)
        return self._norms[key]

    def weighted(self, segment: Segment, field: str, postings: Postings) -> NDArray[np.float32]:
        """Give the weighted frequencies of a term's postings."""
        return postings.frequencies * self.norms(segment, field)[postings.articles]

    def saturated(self, segment: Segment, field: str, codes: NDArray[np.uint16], weight: float) -> NDArray[np.float32]:
        """Give the scores that frequency and length codes stand for: one look-up each."""
        key = (field, segment.base)
        if key not in self._tables:
            lengths = segment.length_table(field)
            if lengths is None:
                raise ValueError(f"{field} has no length codes")
            rule = FIELD_WEIGHTS[field]
            norm = norms(lengths[0], self.average_length(rule.length_of), rule.weight)
            frequencies = np.arange(256, dtype=np.float32)[:, None] * norm[None, :]
            self._tables[key] = (frequencies / (frequencies + np.float32(SATURATION))).ravel()
        return self._tables[key].take(codes) * np.float32(weight * (SATURATION + 1.0))


_lock = threading.Lock()
_KEPT_AS = "_searcher_collection"


def _leaves(reader: Any) -> list[tuple[Any, int]]:
    return [(reader, 0)] if reader.is_atomic() else list(reader.leaf_readers())


def _open_segment(reader: Any, base: int) -> Segment:
    return ArrayedSegment.of(reader, base) or WalkedSegment(reader, base)
