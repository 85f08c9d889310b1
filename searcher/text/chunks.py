"""Which runs of signs come up in many texts, and what number has each? Looked up without an object a run.

Texts are joined as bytes and cut, by a few passes over arrays, at every ASCII sign that only separates (see `shapes`).
A chunk's key is a hash of 64 bits of its bytes, mixed with numbers drawn anew in each process, so that nobody can write
two chunks of one key: among a million chunks two share one with a chance of 1 in 40 million. Keys are numbered by a
table with open addressing that is searched for all of them at once.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from searcher.text.shapes import shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

ABSENT = -1

_SEPARATES = bytes(sign < 128 and shape(chr(sign)) == " " for sign in range(256))
# Signs beyond ASCII that only separate and come up often, as UTF-8: a chunk between them is sooner known.
_OFTEN = [sign.encode() for sign in "\xa0“”„«»–—…"]

_WORD = 8
_LONGEST = 3 * _WORD  # bytes; of longer chunks Python's own hash is taken, which is mixed with secrets, too
_PADDING = b" " * (_LONGEST + _WORD)
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(_WORD + 1)], np.uint64)
_SMALLEST = 1 << 12
_FULL = 0.4


def _odd() -> np.uint64:
    return np.uint64(int.from_bytes(os.urandom(_WORD)) | 1)


_MIXERS = (_odd(), _odd(), _odd())
_HALF = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Chunks:
    """The chunks of some texts.

    Attributes:
        data: all texts, and padding.
        starts, lengths: int64[n], of each chunk in bytes.
        firsts: int64[texts + 1]; text i has chunks `firsts[i]` to `firsts[i + 1]`.
    """

    data: bytes
    starts: npt.NDArray[np.int64]
    lengths: npt.NDArray[np.int64]
    firsts: npt.NDArray[np.int64]

    def read(self, numbers: npt.NDArray[np.int64]) -> list[str]:
        """Give some chunks as they are written."""
        return [chunk.decode("utf-8", "surrogatepass") for chunk in self.read_bytes(numbers)]

    def read_bytes(self, numbers: npt.NDArray[np.int64]) -> list[bytes]:
        """Give some chunks as bytes."""
        starts = self.starts[numbers]
        ends = starts + self.lengths[numbers]
        data = self.data
        return [data[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]

    def texts_of(self, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Give the number of the text that each of some chunks stands in."""
        return np.searchsorted(self.firsts, numbers, side="right") - 1

    def keys(self) -> npt.NDArray[np.uint64]:
        """Give the key of each chunk."""
        one, two, three = _MIXERS
        words = np.ndarray((len(self.data) - _WORD + 1,), "<u8", self.data, strides=(1,))
        keys = (words[self.starts] & _MASKS[np.minimum(self.lengths, _WORD)]) * one
        keys ^= keys >> _HALF
        for at, mixer in ((_WORD, two), (2 * _WORD, three)):
            longer = np.flatnonzero(self.lengths > at)
            rest = np.minimum(self.lengths[longer] - at, _WORD)
            mixed = (keys[longer] + (words[self.starts[longer] + at] & _MASKS[rest])) * mixer
            keys[longer] = mixed ^ (mixed >> _HALF)
        for number in np.flatnonzero(self.lengths > _LONGEST).tolist():
            start = int(self.starts[number])
            keys[number] = hash(self.data[start : start + int(self.lengths[number])]) & 0xFFFFFFFFFFFFFFFF
        keys *= one
        return keys


def cut(texts: Sequence[str]) -> Chunks:
    """Cut texts into chunks, in order."""
    return cut_bytes([text.encode() if text.isascii() else _encoded(text) for text in texts], _SEPARATES)


def cut_bytes(texts: Sequence[bytes], table: bytes) -> Chunks:
    """Cut texts at certain bytes.

    Args:
        texts: as bytes.
        table: for each of the 256 bytes 1 if it separates, else 0; it does for 32 and 10.
    """
    data = b"\n".join([*texts, _PADDING])
    separates = np.frombuffer(data.translate(table), np.bool_)
    edges = np.flatnonzero(separates[1:] != separates[:-1])
    edges += 1
    if not separates[0]:
        edges = np.concatenate([np.zeros(1, np.int64), edges])
    starts = np.ascontiguousarray(edges[0::2])
    offsets = np.cumsum([0, *(len(text) + 1 for text in texts)])
    return Chunks(data, starts, edges[1::2] - starts, np.searchsorted(starts, offsets))


def _encoded(text: str) -> bytes:
    data = text.encode("utf-8", "surrogatepass")
    for sign in _OFTEN:
        data = data.replace(sign, b" ")
    return data


class KeyTable:
    """A number for each key: `ABSENT` for one that was never put in."""

    def __init__(self) -> None:
        self._count = 0
        self._resize(_SMALLEST)

    def __len__(self) -> int:
        return self._count

    def get(self, keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.int32]:
        """Give the number of each key (int32[n])."""
        slots = self._slots(keys)
        numbers = self._numbers[slots]
        left = np.flatnonzero((self._keys[slots] != keys) & (numbers != ABSENT))
        slots, keys = slots[left], keys[left]
        while len(left):
            slots = (slots + 1) & self._mask
            found = self._numbers[slots]
            numbers[left] = found
            others = np.flatnonzero((self._keys[slots] != keys) & (found != ABSENT))
            left, slots, keys = left[others], slots[others], keys[others]
        return numbers

    def put(self, keys: npt.NDArray[np.uint64], numbers: npt.NDArray[np.int32]) -> None:
        """Put in keys that are not there, each different."""
        self._count += len(keys)
        if self._count > len(self._keys) * _FULL:
            held = np.flatnonzero(self._numbers != ABSENT)
            keys, numbers = np.append(self._keys[held], keys), np.append(self._numbers[held], numbers)
            self._resize(1 << int(self._count / _FULL * 2 - 1).bit_length())
        slots = self._slots(keys)
        while len(keys):
            free = np.flatnonzero(self._numbers[slots] == ABSENT)
            # Of several keys that want one slot the last gets it, and the others go on.
            self._keys[slots[free]], self._numbers[slots[free]] = keys[free], numbers[free]
            others = np.flatnonzero(self._keys[slots] != keys)
            slots, keys, numbers = (slots[others] + 1) & self._mask, keys[others], numbers[others]

    def _slots(self, keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
        return (keys >> self._shift).astype(np.int64)

    def _resize(self, size: int) -> None:
        self._keys = np.zeros(size, np.uint64)
        self._numbers = np.full(size, ABSENT, np.int32)
        self._mask = size - 1
        self._shift = np.uint64(64 - (size.bit_length() - 1))


def salts(names: Iterable[object]) -> npt.NDArray[np.uint64]:
    """Give a number to mix into keys for each name, so that what is called alike in two worlds has two keys."""
    return np.array([hash(("salt", name, int(_MIXERS[0]))) & 0xFFFFFFFFFFFFFFFF for name in names], np.uint64)
