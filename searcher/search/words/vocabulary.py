"""Which terms of one field begin, end or are spelt so, case and accents aside? Asked of all of them at once.

The folded terms lie run together as they do in the file, a letter an item: terms of ASCII as bytes, which only need
lower case, the others as code points. No term becomes a Python string before it is known to be meant.
"""

from __future__ import annotations

import os
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from searcher.search.words.edits import bag_of, bits_of, distances, letters_of, may_be_near
from searcher.text.folding import fold_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Rows = NDArray[np.int32]

_ASCII = 128
_BYTE = 0xFF


@cache
def _weight(place: int) -> np.uint64:  # noqa: ARG001 - each place has its own
    return np.uint64(int.from_bytes(os.urandom(8)))


class _SameLength(NamedTuple):
    rows: Rows
    bags: NDArray[np.uint32]


class Letters:
    """Folded words run together.

    Args:
        letters: uint8 or uint32, code points; what lies between words means nothing.
        starts: where each word begins.
        lengths: in letters.
        numbers: int32, what each word is called outside.
    """

    def __init__(
        self, letters: NDArray[Any], starts: NDArray[np.int64], lengths: NDArray[np.int32], numbers: Rows
    ) -> None:
        self._letters = letters
        self._starts = starts
        self._lengths = lengths
        self.numbers = numbers
        self._of_length: dict[int, _SameLength] = {}

    def words(self, rows: Rows) -> Iterator[str]:
        """Yield some words."""
        text = self._text
        starts = self._starts[rows]
        for start, stop in zip(starts.tolist(), (starts + self._lengths[rows]).tolist(), strict=True):
            yield text[start:stop]

    @property
    def is_ascii(self) -> bool:
        """All words are of ASCII as they are written, too."""
        return self._letters.dtype == np.uint8

    @cached_property
    def all_rows(self) -> Rows:
        """All words."""
        return np.arange(len(self.numbers), dtype=np.int32)

    @cached_property
    def _text(self) -> str:
        if self.is_ascii:
            return self._letters.tobytes().decode("latin-1")
        return self._letters.tobytes().decode("utf-32-le", "surrogatepass")

    def beginning(self, letters: NDArray[np.uint32]) -> Rows:
        """Give the words that begin with some letters."""
        if not len(letters):
            return self.all_rows
        keys, order = self._by_beginning
        first = (letters[0] & _BYTE) << 8
        low, high = (first, first | _BYTE) if len(letters) == 1 else (first | letters[1] & _BYTE,) * 2
        rows = order[keys.searchsorted(np.uint16(low)) : keys.searchsorted(np.uint16(high), "right")]
        return self._narrowed(rows, letters, self._starts)

    def ending(self, letters: NDArray[np.uint32]) -> Rows:
        """Give the words that end with some letters."""
        return self._narrowed(self.all_rows, letters[::-1], self._starts + self._lengths - 1, -1)

    def containing(self, letters: NDArray[np.uint32]) -> Rows:
        """Give the words that contain some letters."""
        if not len(letters):
            return self.all_rows
        places = np.flatnonzero(self._letters == letters[0])
        for away, letter in enumerate(letters[1:], 1):
            places = places[places < len(self._letters) - away]
            places = places[self._letters[places + away] == letter]
        rows = self._starts.searchsorted(places, "right").astype(np.int32) - np.int32(1)
        places, rows = places[rows >= 0], rows[rows >= 0]
        rows = rows[places + len(letters) <= self._starts[rows] + self._lengths[rows]]
        distinct: Rows = rows[np.diff(rows, prepend=-1) != 0]
        return distinct

    def _narrowed(self, rows: Rows, letters: NDArray[np.uint32], origins: NDArray[np.int64], step: int = 1) -> Rows:
        rows = rows[self._lengths[rows] >= len(letters)]
        for away, letter in enumerate(letters):
            rows = rows[self._letters[origins[rows] + step * away] == letter]
        return rows

    @cached_property
    def _by_beginning(self) -> tuple[NDArray[np.uint16], Rows]:
        """Order the words by the lower bytes of their first two letters; give those, too."""
        padded = np.append(self._letters, np.zeros(2, self._letters.dtype))
        first = (padded[self._starts] & _BYTE).astype(np.uint16)
        second = (padded[self._starts + 1] & _BYTE).astype(np.uint16)
        second[self._lengths < 2] = 0
        keys = first << np.uint16(8) | second
        order = keys.argsort(kind="stable").astype(np.int32)
        return keys[order], order

    def near(self, target: NDArray[np.uint32], most: int) -> tuple[Rows, NDArray[np.int8]]:
        """Give the words at most so many edits from a word, and how many."""
        bag = bag_of(target)
        found: list[Rows] = []
        away: list[NDArray[np.int8]] = []
        for length in range(max(1, len(target) - most), len(target) + most + 1):
            group = self._words_of(length)
            rows = group.rows[may_be_near(group.bags, bag, most)]
            if len(rows):
                table = self._letters[self._starts[rows][:, None] + np.arange(length)]
                edits = distances(table, target, most)
                found.append(rows[edits <= most])
                away.append(edits[edits <= most])
        if not found:
            return np.empty(0, np.int32), np.empty(0, np.int8)
        return np.concatenate(found), np.concatenate(away)

    def _words_of(self, length: int) -> _SameLength:
        if length not in self._of_length:
            rows = np.flatnonzero(self._lengths == length).astype(np.int32)
            bags = np.zeros(len(rows), np.uint32)
            places = self._starts[rows]
            for _ in range(length):
                bags |= bits_of(self._letters[places])
                places += 1
            self._of_length[length] = _SameLength(rows, bags)
        return self._of_length[length]


class Vocabulary:
    """The terms of one field of one segment.

    Args:
        blob: uint8, all terms run together, as UTF-8.
        starts: where each term begins, and where the last one ends.
        counts: gives how often each occurs.
    """

    def __init__(self, blob: NDArray[np.uint8], starts: NDArray[Any], counts: Callable[[], NDArray[Any]]) -> None:
        self._blob = np.ascontiguousarray(blob).data
        self._starts = starts
        self._count = counts

    def terms(self, numbers: NDArray[Any]) -> list[bytes]:
        """Give some terms as they are."""
        starts, stops = self._starts[numbers].tolist(), self._starts[numbers + 1].tolist()
        return [bytes(self._blob[start:stop]) for start, stop in zip(starts, stops, strict=True)]

    def identities(self, numbers: Rows) -> NDArray[np.uint64]:
        """Give a number for each of some terms, by which it is known in any vocabulary of this process.

        It sums one more than each of its bytes, times a random number of the byte's place (Carter and Wegman,
        "Universal classes of hash functions", 1979): two terms have the same with a probability below 2**-56.
        """
        blob = np.frombuffer(self._blob, np.uint8)
        starts = self._starts[numbers].astype(np.int64)
        lengths = self._starts[numbers + 1] - starts
        sums = np.zeros(len(numbers), np.uint64)
        rows, place = np.flatnonzero(lengths), 0
        while len(rows):
            sums[rows] += _weight(place) * (blob[starts[rows] + place] + np.uint64(1))
            place += 1
            rows = rows[lengths[rows] > place]
        return sums

    def counts(self, numbers: NDArray[Any]) -> NDArray[np.int64]:
        """Tell how often some terms occur."""
        counts: NDArray[np.int64] = self._counts[numbers].astype(np.int64)
        return counts

    @cached_property
    def _counts(self) -> NDArray[Any]:
        return self._count()

    @cached_property
    def folded(self) -> tuple[Letters, ...]:
        """The folded terms, each in one of these."""
        blob = np.frombuffer(self._blob, np.uint8)
        starts = self._starts.astype(np.int64)
        lengths = np.diff(starts).astype(np.int32)
        wide = np.zeros(len(lengths), np.bool_)
        wide[starts.searchsorted(np.flatnonzero(blob >= _ASCII), "right") - 1] = True
        plain = np.flatnonzero(~wide).astype(np.int32)
        lower = np.frombuffer(self._blob.tobytes().lower(), np.uint8)
        letters = Letters(lower, starts[plain], lengths[plain], plain)
        return (letters, self._folded_wide(np.flatnonzero(wide).astype(np.int32))) if wide.any() else (letters,)

    def _folded_wide(self, numbers: Rows) -> Letters:
        words = fold_all([term.decode("utf-8", "replace") for term in self.terms(numbers)])
        letters = letters_of("".join(words))
        lengths = np.fromiter(map(len, words), np.int32, len(words))
        return Letters(letters, np.cumsum(lengths, dtype=np.int64) - lengths, lengths, numbers)
