"""One term's postings in all segments of an index as one list, decoded as far as they are asked for.

Articles are numbered through the whole index. Postings stand in blocks of 128, and of each block it is known how dense
the term can be in its articles at most, so that who looks for the best need not look into all of them (Ding and Suel,
"Faster top-k document retrieval using block-max indexes", SIGIR 2011).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from searcher.store.codec.packed import blocks_of, together, unpack_together
from searcher.store.codec.packing import BLOCK, unpack_blocks
from searcher.store.codec.postings import summed_from
from searcher.store.codec.ragged import counted_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from searcher.store.codec.packed import PackedBlocks
    from searcher.store.codec.postings import FieldArrays

_PARTS = ("articles", "frequencies")
_LONG = 8
_DENSE = 2
"""With so many articles a block hardly any is left out: it is not looked which are needed."""
_BLOCK_BITS = BLOCK.bit_length() - 1


class Stretch(NamedTuple):
    """The postings of one term in a segment: `[start, stop)` of a field, at least one, in its blocks `[low, high)`.

    Attributes:
        number: of the term in the field.
        base: the number of the segment's first article in the index.
    """

    field: FieldArrays
    number: int
    base: int
    start: int
    stop: int
    low: int
    high: int

    @classmethod
    def of(cls, field: FieldArrays, number: int, base: int) -> Stretch:
        """Look up where the postings of a term stand."""
        start, stop = field.starts(number, number + 1).tolist()
        return cls(field, number, base, start, stop, start // BLOCK, -(-stop // BLOCK))


class _Blocks(NamedTuple):
    """The blocks of all stretches, and what each holds of this term.

    Attributes:
        lasts: the last article that each block can hold.
        before: what the distances of each block count from.
        shared: of a block that holds other terms' postings, too, where this term's begin and end among its 128.
    """

    lasts: NDArray[np.int32]
    before: NDArray[np.int32]
    shared: dict[int, tuple[int, int]]


class _Packed(NamedTuple):
    """Packed blocks, and where each begins and how wide it is."""

    units: NDArray[np.complex128]
    starts: NDArray[np.int64]
    widths: NDArray[np.int64]


class _OccurrenceBlocks(NamedTuple):
    """The blocks that hold what is packed of the occurrences of a stretch: `[start, stop)` of a field.

    Attributes:
        here: the number that the first of them has among those of all stretches.
    """

    field: FieldArrays
    start: int
    stop: int
    here: int

    @property
    def low(self) -> int:
        """The number that it has in the field."""
        return self.start // BLOCK

    @property
    def end(self) -> int:
        """The number after the last here."""
        return self.here - (-self.stop // BLOCK) - self.low


class TermPostings:
    """The postings of one term. All arrays are read-only.

    Attributes:
        count: how many there are, those of deleted articles included.
        block_count: how many blocks hold them.
    """

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self._stretches = stretches
        self.count = sum(part.stop - part.start for part in stretches)
        self.block_count = sum(part.high - part.low for part in stretches)
        self._densest: tuple[float, NDArray[np.float32]] | None = None

    def load(self) -> TermPostings:
        """Decode articles and frequencies, in one go where there are neither."""
        if self._stretches and not {"articles", "frequencies"} & self.__dict__.keys():
            packed = self._packed
            numbers = unpack_blocks(packed.units, packed.starts, packed.widths)
            half = self.block_count * BLOCK
            self.__dict__["articles"] = self._summed(numbers[:half])
            self.__dict__["frequencies"] = self._raised(numbers[half:])
        return self

    @cached_property
    def articles(self) -> NDArray[np.int32]:
        """The articles that have the term, ascending (int32)."""
        return self._summed(self._unpacked("articles"))

    @cached_property
    def frequencies(self) -> NDArray[np.int32]:
        """How often the term occurs in each article (int32)."""
        return self._raised(self._unpacked("frequencies"))

    # Occurrences.

    def positions_of(
        self, rows: NDArray[np.intp], origins: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Decode where the term stands in some articles.

        Args:
            rows: indices into `articles`, ascending, at least one.
            origins: what is added to the positions in each of those articles.

        Returns:
            `(ends, positions)`: positions (int64), one article's after the other's, and where those of each article
            end (int64).
        """
        ends, gaps = self._occurrences_of(rows, "positions")
        return ends, summed_from(origins, gaps, ends)

    def forms_of(self, rows: NDArray[np.intp]) -> NDArray[np.uint32]:
        """Decode the codes of the spellings that the term has there, in the same order; of a field that has them."""
        return self._occurrences_of(rows, "forms")[1]

    def _occurrences_of(self, rows: NDArray[np.intp], section: str) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
        """Decode what is packed of each occurrence in some articles, and tell where those of each article end."""
        begins = self._occurrences.take(rows).astype(np.int64)
        counts = self.frequencies.take(rows)
        ends = counts.cumsum(dtype=np.int64)
        low, last = int(begins[0]) >> _BLOCK_BITS, int(begins[-1] + counts[-1] - 1) >> _BLOCK_BITS
        if len(rows) < _DENSE * (last - low):
            blocks, begins = blocks_of(begins, begins + counts)
        else:
            blocks = np.arange(low, last + 1)
            begins -= low << _BLOCK_BITS
        numbers = unpack_together(list(self._some_blocks(section, blocks)))
        start, count = int(begins[0]), int(ends[-1])
        if int(begins[-1] + counts[-1]) - start == count:
            return ends, numbers[start : start + count]
        return ends, numbers.take(counted_on(begins, counts, ends))

    def _some_blocks(self, section: str, blocks: NDArray[np.int64]) -> Iterator[PackedBlocks]:
        """Yield some of a section's blocks, by their ascending numbers among those of all stretches, as packed."""
        for part in self._occurrence_blocks:
            start, stop = blocks.searchsorted((part.here, part.end)).tolist()
            if start < stop:
                yield part.field.packed(section).some(blocks[start:stop] + (part.low - part.here))

    @cached_property
    def _occurrence_blocks(self) -> list[_OccurrenceBlocks]:
        blocks, at = [], 0
        for part in self._stretches:
            start, stop = part.field.occurrence_starts(part.number, part.number + 1).tolist()
            blocks.append(_OccurrenceBlocks(part.field, start, stop, at))
            at = blocks[-1].end
        return blocks

    @cached_property
    def occurrence_count(self) -> int:
        """How often the term occurs."""
        return sum(part.stop - part.start for part in self._occurrence_blocks)

    @cached_property
    def _occurrences(self) -> NDArray[Any]:
        """Where the occurrences of each posting begin in the blocks that hold them, one after the other."""
        blocks = self._occurrence_blocks
        begins = self.frequencies.cumsum(dtype=np.uint32 if blocks[-1].end << _BLOCK_BITS < 1 << 32 else np.int64)
        if self.occurrence_count != int(begins[-1]):
            raise self._stretches[0].field.miscounts()
        begins -= self.frequencies.astype(begins.dtype)
        at = seen = 0
        for part, positions in zip(self._stretches, blocks, strict=True):
            # Those of other terms stand before and after a stretch's own.
            begins[at : at + part.stop - part.start] += positions.here * BLOCK + positions.start % BLOCK - seen
            at += part.stop - part.start
            seen += positions.stop - positions.start
        return begins

    @cached_property
    def _packed(self) -> _Packed:
        """All blocks of articles, then those of frequencies, as they are packed."""
        parts = [part.field.packed(name).stretch(part.low, part.high) for name in _PARTS for part in self._stretches]
        return _Packed(*together(parts))

    def _unpacked(self, name: str) -> NDArray[np.uint32]:
        if not self._stretches:
            return np.empty(0, np.uint32)
        return unpack_together([part.field.packed(name).stretch(part.low, part.high) for part in self._stretches])

    def _own(self, numbers: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """Give the term's own numbers out of those of all blocks."""
        pieces = [numbers[:0]]
        at = 0
        for part in self._stretches:
            start = at + part.start % BLOCK
            pieces.append(numbers[start : start + part.stop - part.start])
            at += (part.high - part.low) * BLOCK
        return np.concatenate(pieces)

    def _summed(self, distances: NDArray[np.uint32]) -> NDArray[np.int32]:
        """Give articles, of which the distances are written, from 0 on in each stretch."""
        sums = self._own(distances).cumsum(dtype=np.uint32)
        at = before = 0
        for part in self._stretches:
            those = sums[at : at + part.stop - part.start]
            at += len(those)
            last = those.item(-1)
            if (last - before) % (1 << 32) >= part.field.article_count:
                raise part.field.names_no_article()
            if before != part.base:
                those += np.uint32((part.base - before) % (1 << 32))
            before = last
        sums.setflags(write=False)
        return sums.view(np.int32)

    def _raised(self, numbers: NDArray[np.uint32]) -> NDArray[np.int32]:
        """Give frequencies, which are written less one."""
        frequencies = self._own(numbers)
        frequencies += np.uint32(1)
        frequencies.setflags(write=False)
        return frequencies.view(np.int32)

    # Blocks.

    @cached_property
    def _blocks(self) -> _Blocks:
        lasts = np.concatenate([part.field.block_lasts(part.low, part.high) for part in self._stretches])
        before = np.empty_like(lasts)
        shared: dict[int, tuple[int, int]] = {}
        at = 0
        for part in self._stretches:
            low, high = part.low, part.high
            last = at + high - low - 1
            lasts[at:last] += np.int32(part.base)
            # Where the term does not fill a block, the block's last article is another term's.
            lasts[last] = part.base + part.field.article_count - 1
            before[at] = part.base
            before[at + 1 : last + 1] = lasts[at:last]
            shared[last] = 0, part.stop - (high - 1) * BLOCK
            shared[at] = part.start - low * BLOCK, shared[last][1] if at == last else BLOCK
            at = last + 1
        return _Blocks(lasts, before, shared)

    @property
    def lasts(self) -> NDArray[np.int32]:
        """The last article that each block can hold; ascending, each block begins after the one before (int32)."""
        return self._blocks.lasts

    def densest(self, length: float) -> NDArray[np.float32]:
        """Bound, block by block, what `frequency / (length + the article's length)` can be (float32)."""
        known = self._densest
        if known is None or known[0] != length:
            bounds = [part.field.densest(part.low, part.high, length) for part in self._stretches]
            known = self._densest = length, np.concatenate(bounds)
        return known[1]

    def in_blocks(self, chosen: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Decode some blocks.

        Args:
            chosen: numbers of blocks, ascending, each once, at least one.

        Returns:
            The articles, ascending, and how often the term occurs in each (int32).
        """
        blocks, packed = self._blocks, self._packed
        both = np.concatenate((chosen, chosen + self.block_count))
        rows = unpack_blocks(packed.units, packed.starts[both], packed.widths[both]).reshape(2, -1, BLOCK)
        inside = np.ones((len(chosen), BLOCK), np.bool_)
        for row, block in enumerate(chosen.tolist()):
            if block in blocks.shared:
                begin, end = blocks.shared[block]
                rows[0, row, :begin] = 0
                inside[row, :begin] = False
                inside[row, end:] = False
        articles = rows[0].cumsum(axis=1, dtype=np.uint32).view(np.int32)
        articles += blocks.before.take(chosen)[:, None]
        articles = articles.ravel().compress(inside.ravel())
        last = self._stretches[-1]
        if not 0 <= articles.item(-1) < last.base + last.field.article_count:
            raise last.field.names_no_article()
        frequencies = rows[1].ravel().compress(inside.ravel())
        frequencies += np.uint32(1)
        return articles, frequencies.view(np.int32)


def spread(values: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """Repeat the first value up to `ends[0]`, the next up to `ends[1]`, and so on: no stretch is empty.

    As `numpy.repeat` does, sooner where the stretches are short.
    """
    count = int(ends[-1])
    if count > _LONG * len(ends):
        return values.repeat(np.diff(ends, prepend=0))
    spread = np.zeros(count, np.int64)
    spread[0] = values[0]
    spread[ends[:-1]] = values[1:] - values[:-1]
    return spread.cumsum(out=spread)
