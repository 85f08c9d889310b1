"""One term's postings in all segments of an index as one list, decoded as far as they are asked for.

Articles are numbered through the whole index. Postings stand in blocks of 128, and of each block it is known how dense
the term can be in its articles at most, so that who looks for the best need not look into all of them (Ding and Suel,
"Faster top-k document retrieval using block-max indexes", SIGIR 2011).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from searcher.store.codec.lengths import LENGTHS
from searcher.store.codec.packed import unpack_together
from searcher.store.codec.packing import BLOCK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from searcher.store.codec.postings import FieldArrays

_HIGHEST = 255
_COLUMN = np.arange(BLOCK)
_NO_POSTINGS = np.empty(0, np.int32)


class Stretch(NamedTuple):
    """Postings `[start, stop)` of a field of a segment whose articles have the numbers from `base` on; at least one."""

    field: FieldArrays
    start: int
    stop: int
    base: int

    @property
    def low(self) -> int:
        """The first block that holds one of them."""
        return self.start // BLOCK

    @property
    def high(self) -> int:
        """The block after the last that does."""
        return -(-self.stop // BLOCK)


class _Blocks(NamedTuple):
    """The blocks of all stretches: their numbers in their own fields, and what each holds of this term.

    Attributes:
        numbers: of each block within its field.
        firsts: where the blocks of each stretch begin, and where the last one's end.
        lasts: the last article that each block can hold.
        before: what the distances of each block count from.
        begins: the first of its 128 numbers that belongs to the term.
        ends: the one after the last that does.
    """

    numbers: NDArray[np.int64]
    firsts: list[int]
    lasts: NDArray[np.int32]
    before: NDArray[np.int32]
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]


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

    def load(self) -> TermPostings:
        """Decode articles and frequencies, in one go where there are neither."""
        if not {"articles", "frequencies"} & self.__dict__.keys():
            unpacked = self._unpacked("articles", "frequencies")
            self.__dict__["articles"] = self._summed(unpacked[: len(self._stretches)])
            self.__dict__["frequencies"] = _raised(unpacked[len(self._stretches) :])
        return self

    @cached_property
    def articles(self) -> NDArray[np.int32]:
        """The articles that have the term, ascending (int32)."""
        return self._summed(self._unpacked("articles"))

    @cached_property
    def frequencies(self) -> NDArray[np.int32]:
        """How often the term occurs in each article (int32)."""
        return _raised(self._unpacked("frequencies"))

    def _summed(self, distances: Sequence[NDArray[np.uint32]]) -> NDArray[np.int32]:
        articles = np.empty(self.count, np.int32)
        at = 0
        for part, gaps in zip(self._stretches, distances, strict=True):
            those = articles[at : at + len(gaps)]
            gaps.cumsum(dtype=np.uint32, out=those.view(np.uint32))
            if not 0 <= int(those[-1]) < part.field.article_count:
                raise part.field.names_no_article()
            if part.base:
                those += np.int32(part.base)
            at += len(gaps)
        articles.setflags(write=False)
        return articles

    def _unpacked(self, *names: str) -> list[NDArray[np.uint32]]:
        """Give the numbers of each stretch in one section after the other."""
        if not self._stretches:
            return []
        wanted = [(name, part) for name in names for part in self._stretches]
        numbers = unpack_together([part.field.packed(name).stretch(part.low, part.high) for name, part in wanted])
        unpacked = []
        at = 0
        for _, part in wanted:
            start = at + part.start - part.low * BLOCK
            unpacked.append(numbers[start : start + part.stop - part.start])
            at += (part.high - part.low) * BLOCK
        return unpacked

    # Blocks.

    @cached_property
    def _blocks(self) -> _Blocks:
        numbers, lasts, before = [], [], []
        firsts = [0]
        begins = np.zeros(self.block_count, np.int64)
        ends = np.full(self.block_count, BLOCK, np.int64)
        for part in self._stretches:
            last = part.field.block_lasts(part.low, part.high) + np.int32(part.base)
            # Where the term does not fill a block, the block's last article is another term's.
            last[-1] = part.base + part.field.article_count - 1
            lasts.append(last)
            before.append(np.concatenate((np.array([part.base], np.int32), last[:-1])))
            numbers.append(np.arange(part.low, part.high))
            begins[firsts[-1]] = part.start - part.low * BLOCK
            firsts.append(firsts[-1] + part.high - part.low)
            ends[firsts[-1] - 1] = part.stop - (part.high - 1) * BLOCK
        return _Blocks(np.concatenate(numbers), firsts, np.concatenate(lasts), np.concatenate(before), begins, ends)

    @property
    def lasts(self) -> NDArray[np.int32]:
        """The last article that each block can hold; ascending, each block begins after the one before (int32)."""
        return self._blocks.lasts

    def densest(self, length: float) -> NDArray[np.float32]:
        """Bound, block by block, what `frequency / (length + the article's length)` can be (float32)."""
        bounds = []
        for part in self._stretches:
            highest, shortest, densest, average = part.field.block_bounds(part.low, part.high)
            lengths = LENGTHS[shortest]
            bound = np.where(highest == _HIGHEST, np.inf, highest / (lengths + length))
            if densest is not None:
                # What the lengths were added to was another number when the block was written.
                bound = np.minimum(bound, densest * np.maximum(1.0, (lengths + average) / (lengths + length)))
            bounds.append(bound.astype(np.float32))
        return np.concatenate(bounds)

    def in_blocks(self, chosen: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Decode some blocks.

        Args:
            chosen: numbers of blocks, ascending, each once, at least one.

        Returns:
            The articles, ascending, and how often the term occurs in each (int32).
        """
        blocks = self._blocks
        numbers = blocks.numbers[chosen]
        edges = np.searchsorted(chosen, blocks.firsts).tolist()
        gaps, frequencies = [], []
        for part, one, two in zip(self._stretches, edges[:-1], edges[1:], strict=True):
            if one < two:
                gaps.append(part.field.packed("articles").some(numbers[one:two]))
                frequencies.append(part.field.packed("frequencies").some(numbers[one:two]))
        begins, ends = blocks.begins[chosen, None], blocks.ends[chosen, None]
        rows = unpack_together(gaps).reshape(-1, BLOCK)
        rows[begins > _COLUMN] = 0
        articles = np.cumsum(rows, axis=1, dtype=np.uint32).view(np.int32)
        articles += blocks.before[chosen, None]
        inside = ((begins <= _COLUMN) & (ends > _COLUMN)).ravel()
        articles = articles.ravel().compress(inside)
        last = self._stretches[-1]
        if not 0 <= int(articles[-1]) < last.base + last.field.article_count:
            raise last.field.names_no_article()
        return articles, (unpack_together(frequencies).compress(inside) + np.uint32(1)).view(np.int32)


def _raised(numbers: Sequence[NDArray[np.uint32]]) -> NDArray[np.int32]:
    """Give frequencies, which are written less one."""
    together = np.concatenate(numbers) if numbers else np.empty(0, np.uint32)
    together += np.uint32(1)
    together.setflags(write=False)
    return together.view(np.int32)
