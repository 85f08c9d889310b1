"""Does what a segment says of a field's postings agree with the postings? Bounds, sums and lengths are told anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.store.codec.lengths import LENGTHS, densities, length_codes
from searcher.store.codec.packing import BLOCK
from searcher.store.codec.sections import damaged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from searcher.errors import IndexDamagedError
    from searcher.store.codec.arrays import SegmentArrays
    from searcher.store.codec.postings import FieldArrays

_POSTINGS_AT_ONCE = 1 << 20
_ROUNDED = np.float32(1 + 1e-6)


def check_postings(arrays: SegmentArrays, field: FieldArrays) -> None:
    """Decode all postings of a field and compare them with what else is said of them.

    Raises:
        IndexDamagedError: something differs.
    """
    _Check(arrays, field).run()


class _Check:
    def __init__(self, arrays: SegmentArrays, field: FieldArrays) -> None:
        self._arrays = arrays
        self._file = arrays.terms_file
        self._field = field
        self._starts = field.starts().astype(np.int64)
        self._occurrences = field.occurrence_starts().astype(np.int64)
        blocks = -(-int(self._starts[-1]) // BLOCK)
        self._last = np.zeros(blocks, np.int64)
        self._in_block = np.zeros(blocks, np.int64)
        self._highest = np.zeros(blocks, np.int64)
        self._shortest = np.full(blocks, 255, np.int64)
        self._densest = np.zeros(blocks, np.float32)
        self._lengths = np.zeros(arrays.article_count, np.int64)
        self._codes = field.length_codes
        if self._codes is not None and len(self._codes) != arrays.article_count:
            raise self._damaged("lengths", "are of another number of articles")

    def run(self) -> None:
        starts, occurrences = self._starts, self._occurrences
        if (np.diff(starts) < 1).any() or (np.diff(occurrences) < 1).any() or starts[0] or occurrences[0]:
            raise self._damaged("starts", "are not in order")
        for first, last in spans(starts):
            self._take(first, last)
        self._compare_blocks()
        if self._codes is not None and not self._field.kind.opaque:
            self._compare_lengths(self._codes)

    def _take(self, first: int, last: int) -> None:
        """Look at the postings of terms `[first, last)`."""
        field, places = self._field, self._starts[first : last + 1]
        begin = int(places[0])
        articles = field.read_articles(places)
        steps = np.diff(articles)
        steps[(places[1:-1] - begin) - 1] = 1
        if (steps < 1).any() or int(articles.min()) < 0 or int(articles.max()) >= self._arrays.article_count:
            raise self._damaged("articles", "are not in order, or not there")
        frequencies = field.read_details(begin, int(places[-1])).frequencies
        if frequencies is None:
            frequencies = np.ones(len(articles), np.int32)
        else:
            sums = np.add.reduceat(frequencies, places[:-1] - begin, dtype=np.int64)
            if not np.array_equal(sums, np.diff(self._occurrences[first : last + 1])):
                raise self._damaged("frequencies", "do not add up to the occurrences of their terms")
        blocks, edges = _blocks(begin, len(articles))
        self._last[blocks] = articles[np.append(edges[1:], len(articles)) - 1]
        self._in_block[blocks] += np.add.reduceat(frequencies, edges, dtype=np.int64)
        self._highest[blocks] = np.maximum(self._highest[blocks], np.maximum.reduceat(frequencies, edges))
        self._lengths += np.bincount(articles, frequencies, self._arrays.article_count).astype(np.int64)
        if self._codes is not None:
            codes = self._codes[articles]
            self._shortest[blocks] = np.minimum(self._shortest[blocks], np.minimum.reduceat(codes, edges))
            dense = densities(frequencies, codes, field.average)
            self._densest[blocks] = np.maximum(self._densest[blocks], np.maximum.reduceat(dense, edges))

    def _compare_blocks(self) -> None:
        count = len(self._last)
        if not np.array_equal(self._said("articles/last"), self._last):
            raise self._damaged("articles/last", "are not the last articles of their blocks")
        if not self._field.kind.frequencies:
            return
        if not np.array_equal(self._said("frequencies/before"), np.cumsum(self._in_block)):
            raise self._damaged("frequencies/before", "do not add up")
        bounds = self._field.block_bounds(0, count)
        if len(self._said("highest")) != count or (bounds.highest < np.minimum(self._highest, 255)).any():
            raise self._damaged("highest", "is lower than a frequency")
        if self._codes is not None and (bounds.shortest > self._shortest).any():
            raise self._damaged("shortest", "is higher than a length")
        if self._codes is not None and bounds.densest is not None and not _at_least(bounds.densest, self._densest):
            raise self._damaged("densest", "is lower than a density")

    def _compare_lengths(self, codes: NDArray[np.uint8]) -> None:
        # Whoosh's own merging knows lengths no better than their codes tell, and sums those up.
        totals = int(self._lengths.sum()), int(LENGTHS[codes].sum())
        told = min(totals) <= self._field.total_length <= max(totals)
        if not told or not np.array_equal(length_codes(self._lengths), codes):
            part = f"{self._field.name}/lengths"
            raise damaged(self._arrays.documents_file.name, part, "are not those of the articles")

    def _said(self, part: str) -> NDArray[Any]:
        return self._file.array(f"{self._field.name}/{part}")

    def _damaged(self, part: str, reason: str) -> IndexDamagedError:
        return damaged(self._file.name, f"{self._field.name}/{part}", reason)


def spans(starts: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Cut terms into neighbours `[first, last)` of about a million items, given where the items of each begin."""
    first, count = 0, len(starts) - 1
    while first < count:
        last = max(int(np.searchsorted(starts, starts[first] + _POSTINGS_AT_ONCE)), first + 1)
        last = min(last, count)
        yield first, last
        first = last


def _blocks(begin: int, count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the blocks that `count` postings from `begin` on lie in, and the index of the first of them in each."""
    blocks = np.arange(begin // BLOCK, -(-(begin + count) // BLOCK))
    return blocks, np.maximum(blocks * BLOCK - begin, 0)


def _at_least(said: NDArray[np.float32], true: NDArray[np.float32]) -> bool:
    return bool((said * _ROUNDED >= true).all())
