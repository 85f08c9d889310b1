"""How many edits lie between a word and many others at once?

An edit is a letter left out, put in, changed for another, or swapped with its neighbour (Damerau's distance in its
restricted form, optimal string alignment). Words are rows of letters of one length; most are ruled out by their bag of
letters before a distance is computed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BAG_BITS = 32
_ONES = np.array([number.bit_count() for number in range(1 << 16)], np.uint8)
_BIT = np.left_shift(np.uint32(1), np.arange(_BAG_BITS, dtype=np.uint32))


def bits_of(letters: NDArray[Any]) -> NDArray[np.uint32]:
    """Give for each letter the bit that stands for it, and others, in a bag."""
    return _BIT.take(letters & (_BAG_BITS - 1))


def bag_of(letters: NDArray[Any]) -> np.uint32:
    """Give the bag of a word: the bits of its letters."""
    return np.uint32(np.bitwise_or.reduce(bits_of(letters), initial=0))


def may_be_near(bags: NDArray[np.uint32], bag: np.uint32, edits: int) -> NDArray[np.bool_]:
    """Tell which words may be so near by their bags: an edit takes away one letter at most, and brings one at most."""
    halves = (bags ^ bag).view(np.uint16)
    different = _ONES.take(halves[0::2])
    different += _ONES.take(halves[1::2])
    near: NDArray[np.bool_] = different <= 2 * edits
    return near


def distances(words: NDArray[Any], target: NDArray[Any], most: int) -> NDArray[np.int8]:
    """Give the distance of every row of letters from the target; any number above `most` where it is more."""
    count, length = words.shape
    columns = np.ascontiguousarray(words.T)
    far = np.int8(most + 1)
    before: list[NDArray[np.int8]] = []
    row = [np.full(count, min(j, most + 1), np.int8) for j in range(length + 1)]
    for i in range(1, len(target) + 1):
        last = row
        row = [np.full(count, min(i, most + 1), np.int8), *[np.full(count, far, np.int8)] * length]
        same = columns == target[i - 1]
        swaps = columns == target[i - 2] if i > 1 else None
        for j in range(max(1, i - most), min(length, i + most) + 1):
            least = np.minimum(last[j], row[j - 1])
            least += 1
            np.minimum(least, last[j - 1] + ~same[j - 1], out=least)
            if swaps is not None and j > 1:
                swapped = same[j - 2] & swaps[j - 1]
                np.minimum(least, before[j - 2] + 1, out=least, where=swapped)
            row[j] = np.minimum(least, far, out=least)
        before = last
    return row[length]


def letters_of(word: str) -> NDArray[np.uint32]:
    """Give the code points of a word."""
    return np.frombuffer(word.encode("utf-32-le", "surrogatepass"), np.uint32)


def are_near(one: str, two: str, most: int) -> bool:
    """Tell whether two words are at most so many edits apart."""
    return bool(distances(letters_of(one)[None], letters_of(two), most)[0] <= most)
