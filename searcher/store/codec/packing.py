"""How a long run of small whole numbers is kept in few bytes and read back a block at a time.

Numbers are cut into blocks of 128. A block is as many bits wide as its largest number needs, and `width` bits of 128
numbers fill `width` units of 16 bytes, so the table of where blocks start, counted in units, is all there is to know:
the difference of two neighbours is the width. A width is a sum of powers of two (13 = 8 + 4 + 1) and each addend is a
plane of its own that numpy unpacks in one step: whole bytes by a view, halves and quarters by shifts, bits by
`unpackbits`. This is frame-of-reference coding (Zukowski et al., "Super-Scalar RAM-CPU Cache Compression", 2006),
aligned for arrays instead of registers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

BLOCK = 128
UNIT = 16
WIDEST = 32

# Every width in use costs a reader some numpy calls: what is read for every query keeps to few.
_TIGHT = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20, 24, 32)
_QUICK = (0, 1, 2, 4, 8, 12, 16, 24, 32)
_POWERS = np.left_shift(np.uint64(1), np.arange(WIDEST, dtype=np.uint64))
_ENCODED_AT_ONCE = 1 << 21


def _planes(width: int) -> list[tuple[int, int, int]]:
    """Give the (bits, first byte, shift) of each plane of a block, widest plane and lowest bits first."""
    planes, shift, at = [], 0, 0
    for bits in (32, 16, 8, 4, 2, 1):
        if width & bits:
            planes.append((bits, at, shift))
            at += bits * UNIT
            shift += bits
    return planes


def _rounded(kept: tuple[int, ...]) -> NDArray[np.uint8]:
    return np.array([min(width for width in kept if width >= needed) for needed in range(WIDEST + 1)], np.uint8)


TIGHT, QUICK = _rounded(_TIGHT), _rounded(_QUICK)
"""The width to use for the width needed: few bytes, or few steps to read them."""

_TURNS = {bits: np.arange(0, 8, bits, dtype=np.uint64)[:, None] for bits in (2, 4)}
_MASKS = {bits: np.uint64(0x0101010101010101 * ((1 << bits) - 1)) for bits in (2, 4)}
_COUNTED = np.arange(WIDEST)
_PLANES = [_planes(width) for width in range(WIDEST + 1)]
_NARROWEST = [np.min_scalar_type((1 << width) - 1) for width in range(WIDEST + 1)]


def pack_blocks(
    numbers: NDArray[np.uint32], widths_for: NDArray[np.uint8]
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Pack whole blocks.

    Args:
        numbers: uint32, a multiple of `BLOCK` long.
        widths_for: `TIGHT` or `QUICK`.

    Returns:
        The packed bytes, and the width of each block (uint8).
    """
    rows = numbers.reshape(-1, BLOCK)
    widths = widths_for[np.searchsorted(_POWERS, rows.max(axis=1).astype(np.uint64), side="right")]
    ends = np.cumsum(widths, dtype=np.int64)
    units = np.empty((int(ends[-1]) if len(ends) else 0, UNIT), np.uint8)
    for width in (np.flatnonzero(np.bincount(widths)[1:]) + 1).tolist():
        blocks = np.flatnonzero(widths == width)
        packed = _pack_rows(rows[blocks], width)
        places = (ends[blocks] - width)[:, None] + np.arange(width)
        units[places.ravel()] = packed.reshape(-1, UNIT)
    return units.ravel(), widths


def _pack_rows(rows: NDArray[np.uint32], width: int) -> NDArray[np.uint8]:
    out = np.empty((len(rows), width * UNIT), np.uint8)
    for bits, at, shift in _PLANES[width]:
        part = rows >> np.uint32(shift) if shift else rows
        plane = out[:, at : at + bits * UNIT]
        if bits == 32:
            plane[:] = part.astype("<u4", copy=False).view(np.uint8)
        elif bits == 16:
            plane[:] = part.astype("<u2").view(np.uint8)
        elif bits == 8:
            plane[:] = part.astype(np.uint8)
        elif bits == 1:
            plane[:] = np.packbits(part.astype(np.uint8) & 1, axis=1, bitorder="little")
        else:
            small = part.astype(np.uint8) & np.uint8((1 << bits) - 1)
            size = bits * UNIT
            plane[:] = small[:, :size]
            for turn in range(1, 8 // bits):
                plane |= small[:, turn * size : (turn + 1) * size] << np.uint8(turn * bits)
    return out


def unpack_rows(packed: NDArray[np.uint8], width: int) -> NDArray[Any]:
    """Unpack blocks of one width.

    Args:
        packed: uint8, shape (blocks, width * UNIT).
        width: in bits, above 0.

    Returns:
        Shape (blocks, BLOCK), of the narrowest unsigned type that holds the width; perhaps a view of what was packed.
    """
    first, *others = (_unpack_plane(packed[:, at : at + bits * UNIT], bits) for bits, at, _ in _PLANES[width])
    if not others:
        return first
    out: NDArray[Any] = first.astype(_NARROWEST[width])
    for part, (_, _, shift) in zip(others, _PLANES[width][1:], strict=True):
        higher = part.astype(out.dtype)
        higher <<= shift
        out |= higher
    return out


def _unpack_plane(plane: NDArray[np.uint8], bits: int) -> NDArray[Any]:
    if bits == 8:
        return plane
    if bits > 8:
        return np.ascontiguousarray(plane).view("<u2" if bits == 16 else "<u4")
    if bits == 1:
        return np.unpackbits(plane, axis=1, bitorder="little")
    # Eight bytes at a time: what a shift brings in from the next byte, the mask takes out again.
    turned = plane.view("<u8")[:, None, :] >> _TURNS[bits]
    turned &= _MASKS[bits]
    return turned.reshape(len(plane), -1).view(np.uint8)


def unpack_blocks(
    units: NDArray[np.complex128], starts: NDArray[np.int64], widths: NDArray[np.int64]
) -> NDArray[np.uint32]:
    """Unpack blocks.

    Args:
        units: packed bytes, as 16-byte items.
        starts: where each block begins there.
        widths: of each block; at least one.

    Returns:
        uint32, `BLOCK` numbers a block.
    """
    count = len(widths)
    used = np.bincount(widths).nonzero()[0].tolist()
    if used == [0]:
        return np.zeros(count * BLOCK, np.uint32)
    if len(used) == 1 and len(units) == count * used[0]:
        return unpack_block(units, used[0])
    out = np.empty((count, BLOCK), np.uint32)
    for width in used:
        blocks = (widths == width).nonzero()[0]
        if not width:
            out[blocks] = 0
            continue
        places = starts.take(blocks)[:, None] + _COUNTED[:width]
        out[blocks] = unpack_rows(units.take(places).view(np.uint8), width)
    return out.ravel()


def unpack_block(units: NDArray[np.complex128], width: int) -> NDArray[np.uint32]:
    """Unpack one block, or neighbours of one width above 0; of width 0 it is one block."""
    if not width:
        return np.zeros(BLOCK, np.uint32)
    return unpack_rows(units.view(np.uint8).reshape(-1, width * UNIT), width).astype(np.uint32).ravel()


class Packer:
    """Packs a stream of numbers that arrives in pieces, handing packed bytes on as it goes.

    Args:
        write: takes packed bytes.
        widths_for: `TIGHT` or `QUICK`.

    Attributes:
        count: how many numbers have been added.
    """

    def __init__(self, write: Callable[[Any], object], widths_for: NDArray[np.uint8] = TIGHT) -> None:
        self._write = write
        self._widths_for = widths_for
        self._rest = np.empty(0, np.uint32)
        self._widths: list[NDArray[np.uint8]] = []
        self.count = 0

    def add(self, numbers: NDArray[Any]) -> None:
        """Add whole numbers between 0 and 2**32 - 1."""
        self.count += len(numbers)
        for start in range(0, len(numbers), _ENCODED_AT_ONCE):
            piece = numbers[start : start + _ENCODED_AT_ONCE].astype(np.uint32, copy=False)
            if len(self._rest):
                piece = np.concatenate([self._rest, piece])
            whole = len(piece) - len(piece) % BLOCK
            self._pack(piece[:whole])
            self._rest = piece[whole:].copy()

    def finish(self) -> NDArray[Any]:
        """Pack what is left, its last block filled up with its last number; give where blocks start, in units."""
        if len(self._rest):
            self._pack(np.concatenate([self._rest, np.zeros(BLOCK - len(self._rest), np.uint32)]))
            self._rest = self._rest[:0]
        widths = np.concatenate(self._widths) if self._widths else np.empty(0, np.uint8)
        ends = np.zeros(len(widths) + 1, np.int64)
        np.cumsum(widths, out=ends[1:])
        return ends.astype(np.uint32) if int(ends[-1]) < 1 << 32 else ends

    def _pack(self, numbers: NDArray[np.uint32]) -> None:
        if len(numbers):
            packed, widths = pack_blocks(numbers, self._widths_for)
            self._write(packed.data)
            self._widths.append(widths)
