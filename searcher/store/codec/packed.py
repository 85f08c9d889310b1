"""Reads packed numbers: a stretch of a section, some of its blocks, or the same of several sections in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.store.codec.packing import BLOCK, WIDEST, unpack_block, unpack_blocks
from searcher.store.codec.sections import damaged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from searcher.errors import IndexDamagedError
    from searcher.store.codec.sections import SectionFile

    PackedBlocks = tuple[NDArray[np.complex128], NDArray[np.uint32]]


class Packed:
    """A packed section: reads any stretch of it."""

    def __init__(self, file: SectionFile, name: str) -> None:
        self._file = file
        self._name = name
        self._at = f"{name}/at"

    def read(self, start: int, stop: int) -> NDArray[np.uint32]:
        """Give numbers `[start, stop)`."""
        if start >= stop:
            return np.empty(0, np.uint32)
        low, high = start // BLOCK, -(-stop // BLOCK)
        ends = self._file.array(self._at, low, high + 1)
        first, last = int(ends[0]), int(ends[-1])
        if high - low == 1:
            # Most terms: one block, so none of the bookkeeping of many.
            width = last - first
            if not 0 <= width <= WIDEST:
                raise self._damaged()
            numbers = unpack_block(self._units(first, last), width)
        else:
            numbers = unpack_blocks(self._units(first, last), ends[:-1] - ends[0], self._widths(ends))
        wanted: NDArray[np.uint32] = numbers[start - low * BLOCK : stop - low * BLOCK]
        return wanted

    def read_stretches(
        self, begins: NDArray[np.int64], ends: NDArray[np.int64]
    ) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """Unpack the blocks that hold some stretches, and no others.

        Args:
            begins: where each stretch begins, ascending.
            ends: where it ends, at or before the next one's begin; no stretch is empty, and there is one.

        Returns:
            The numbers of the blocks, and where each stretch begins among them.
        """
        blocks, at = blocks_of(begins, ends)
        return unpack_together([self.some(blocks)]), at

    def stretch(self, low: int, high: int) -> PackedBlocks:
        """Give blocks `[low, high)` as they are packed, and the width of each."""
        ends = self._file.array(self._at, low, high + 1)
        return self._units(int(ends[0]), int(ends[-1])), self._widths(ends)

    def some(self, blocks: NDArray[np.int64]) -> PackedBlocks:
        """Give some blocks, ascending and at least one, as they are packed, and the width of each."""
        low, high = int(blocks[0]), int(blocks[-1]) + 1
        if high - low == len(blocks):
            return self.stretch(low, high)
        ends = self._file.array(self._at, low, high + 1)
        widths = self._widths(ends)[blocks - low]
        firsts = np.cumsum(widths, dtype=np.int64) - widths
        places = np.repeat(ends[blocks - low] - firsts, widths)
        places += np.arange(len(places))
        return self._file.items(self._name, places, np.complex128), widths

    def _units(self, first: int, last: int) -> NDArray[np.complex128]:
        return self._file.array(self._name, first, last, np.complex128)

    def _widths(self, ends: NDArray[Any]) -> NDArray[np.uint32]:
        # Less than nothing is very much, modulo 2**32.
        ends = ends.astype(np.uint32, copy=False)
        widths: NDArray[np.uint32] = ends[1:] - ends[:-1]
        if int(widths.max()) > WIDEST:
            raise self._damaged()
        return widths

    def _damaged(self) -> IndexDamagedError:
        return damaged(self._file.name, self._at, "blocks overlap or are too wide")


def blocks_of(begins: NDArray[np.int64], ends: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Tell which blocks hold some stretches of numbers, and where each stretch begins in those blocks.

    Args:
        begins: where each stretch begins, ascending; at least one.
        ends: where it ends, at or before the next one's begin; no stretch is empty.
    """
    lows, highs = begins // BLOCK, (ends - 1) // BLOCK
    first, count = int(lows[0]), int(highs[-1]) - int(lows[0]) + 1
    opened = np.bincount(lows - first, minlength=count) - np.bincount(highs + 1 - first, minlength=count + 1)[:-1]
    wanted = opened.cumsum() > 0
    ranks = wanted.cumsum() - 1
    return wanted.nonzero()[0] + first, ranks[lows - first] * BLOCK + begins % BLOCK


def unpack_together(parts: Sequence[PackedBlocks]) -> NDArray[np.uint32]:
    """Unpack blocks of several sections, at least one in all, in as few steps as those of one."""
    units, widths = parts[0] if len(parts) == 1 else map(np.concatenate, zip(*parts, strict=True))
    return unpack_blocks(units, np.cumsum(widths, dtype=np.int64) - widths, widths)
