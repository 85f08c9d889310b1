"""Reads packed numbers: a stretch of a section, some of its blocks, or the same of several sections in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.store.codec.packing import BLOCK, WIDEST, unpack_block, unpack_blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from searcher.errors import IndexDamagedError
    from searcher.store.codec.sections import SectionFile

    PackedBlocks = tuple["Packed", NDArray[np.complex128], NDArray[Any]]
    """Some blocks of a section as they are packed, in items of 16 bytes; and their widths, which may be too wide."""


class Packed:
    """A packed section: reads any stretch of it."""

    def __init__(self, file: SectionFile, name: str) -> None:
        self._units = file.section(name, np.complex128)
        self._at = file.section(f"{name}/at")
        if self._at.dtype.kind != "u":
            raise self._at.damaged("places below 0")

    def read(self, start: int, stop: int) -> NDArray[np.uint32]:
        """Give numbers `[start, stop)`."""
        if start >= stop:
            return np.empty(0, np.uint32)
        low, high = start // BLOCK, -(-stop // BLOCK)
        if high - low == 1:
            # Most terms: one block, so none of the bookkeeping of many.
            first, last = self._at.item(low), self._at.item(high)
            if not 0 <= last - first <= WIDEST:
                raise self.too_wide()
            numbers = unpack_block(self._units.array(first, last), last - first)
        else:
            numbers = unpack_together([self.stretch(low, high)])
        wanted: NDArray[np.uint32] = numbers[start - low * BLOCK : stop - low * BLOCK]
        return wanted

    def stretch(self, low: int, high: int) -> PackedBlocks:
        """Give blocks `[low, high)`, at least one, as they are packed."""
        ends = self._at.array(low, high + 1)
        return self, self._units.array(ends.item(0), ends.item(-1)), ends[1:] - ends[:-1]

    def some(self, blocks: NDArray[np.int64]) -> PackedBlocks:
        """Give some blocks, ascending and at least one, as they are packed."""
        low, high = int(blocks[0]), int(blocks[-1]) + 1
        if high - low == len(blocks):
            return self.stretch(low, high)
        ends = self._at.array(low, high + 1)
        widths = (ends[1:] - ends[:-1]).take(blocks - low)
        if int(widths.max()) > WIDEST:
            raise self.too_wide()
        widths = widths.astype(np.int64)
        places = np.repeat(ends.take(blocks - low).astype(np.int64) - (widths.cumsum() - widths), widths)
        places += np.arange(len(places))
        return self, self._units.items(places), widths

    def too_wide(self) -> IndexDamagedError:
        """Make the error that says so: a width below 0 is a very high number, too."""
        return self._at.damaged("blocks overlap or are too wide")


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
    return unpack_blocks(*together(parts))


def together(
    parts: Sequence[PackedBlocks],
) -> tuple[NDArray[np.complex128], NDArray[np.int64], NDArray[np.int64]]:
    """Give units of blocks of several sections, at least one in all; where each block begins there, and its width.

    Raises:
        IndexDamagedError: a block is too wide.
    """
    widths = np.concatenate([widths for _, _, widths in parts])
    if int(widths.max()) > WIDEST:
        raise next(section for section, _, widths in parts if (widths > WIDEST).any()).too_wide()
    widths = widths.astype(np.int64)
    return np.concatenate([units for _, units, _ in parts]), widths.cumsum() - widths, widths
