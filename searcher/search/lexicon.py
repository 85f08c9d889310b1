"""The words of the archive as they are written, and which of them look like a pattern or a misspelling."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from searcher.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from searcher.search.segments import Segment

_POLL_EVERY = 4096


class Close(NamedTuple):
    """A word of the archive and its edit distance from another."""

    number: int
    distance: int


class Lexicon:
    """The distinct spellings of an archive.

    Args:
        counts: every spelling with how often it occurs.

    Attributes:
        forms: the spellings, in no order to rely on.
        counts: int64, one for each of `forms`.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.forms = list(counts)
        self.counts = np.fromiter(counts.values(), np.int64, len(counts))

    @classmethod
    def of(cls, segments: Sequence[Segment], fields: Sequence[str]) -> Lexicon:
        """Read the lexicon of some fields."""
        totals: dict[bytes, int] = {}
        for segment in segments:
            for field in fields:
                for term, count in zip(segment.lexicon(field), segment.counts(field).tolist(), strict=True):
                    totals[term] = totals.get(term, 0) + count
        return cls({term.decode("utf-8", "replace"): count for term, count in totals.items()})

    @cached_property
    def folded(self) -> list[str]:
        """The spellings without case and accents."""
        return [fold(form) for form in self.forms]

    def wildcard(self, pattern: str) -> list[int]:
        """List the numbers of the spellings that a wildcard stands for: `*` is any letters or none, `?` one."""
        literal = fold(pattern)
        beginning = re.split(r"[*?]", literal, maxsplit=1)[0]
        low = bisect_left(self._in_order, beginning, key=self.folded.__getitem__)
        high = bisect_right(self._in_order, beginning, lo=low, key=lambda number: self.folded[number][: len(beginning)])
        likely = self._in_order[low:high]
        if literal == beginning + "*":
            return likely
        matches = re.compile(
            "".join(".*" if part == "*" else "." if part == "?" else re.escape(part) for part in literal), re.DOTALL
        ).fullmatch
        return [number for number in likely if matches(self.folded[number])]

    @cached_property
    def _in_order(self) -> list[int]:
        """Number the spellings in the order of their folded forms."""
        return sorted(range(len(self.forms)), key=self.folded.__getitem__)

    def regex(self, pattern: re.Pattern[str], poll: Callable[[], None]) -> list[int]:
        """List the numbers of the spellings that a pattern matches whole, as they are or without their accents."""
        matching = []
        for number, (form, folded) in enumerate(zip(self.forms, self.folded, strict=True)):
            if not number % _POLL_EVERY:
                poll()
            if pattern.fullmatch(folded) or (form != folded and pattern.fullmatch(form)):
                matching.append(number)
        return matching

    def close(self, word: str, distance: int) -> list[Close]:
        """List the words at most so many edits from `word`, case and accents aside.

        An edit is a letter left out, put in, changed for another, or swapped with its neighbour (Damerau's distance
        in its restricted form, optimal string alignment).
        """
        target = np.array([ord(letter) for letter in fold(word)], np.int32)
        bag = _bag_of(target)
        found: list[Close] = []
        for length in range(max(1, len(target) - distance), len(target) + distance + 1):
            numbers, letters, bags = self._by_length.get(length, _NO_WORDS)
            if not len(numbers):
                continue
            # One edit takes at most one letter away and brings at most one.
            likely = np.flatnonzero(_count_bits(bags ^ bag) <= 2 * distance)
            distances = _distances(letters[likely], target, distance)
            near = np.flatnonzero(distances <= distance)
            found += map(Close, numbers[likely[near]].tolist(), distances[near].tolist())
        return found

    @cached_property
    def _by_length(self) -> dict[int, tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.uint64]]]:
        """Give for every length the numbers of its words, their letters (a row a word) and their bags of letters."""
        numbers: dict[int, list[int]] = {}
        for number, word in enumerate(self.folded):
            numbers.setdefault(len(word), []).append(number)
        tables = {}
        for length, members in numbers.items():
            if not length:
                continue
            text = "".join([self.folded[number] for number in members])
            letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.int32).reshape(-1, length)
            bags = np.zeros(len(members), np.uint64)
            for column in letters.T:
                bags |= _bit(column)
            tables[length] = (np.array(members, np.int32), letters, bags)
        return tables


_NO_WORDS: tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.uint64]] = (
    np.empty(0, np.int32),
    np.empty((0, 0), np.int32),
    np.empty(0, np.uint64),
)
_BITS_IN_BYTE = np.array([byte.bit_count() for byte in range(256)], np.uint8)


def _bit(letters: NDArray[np.int32]) -> NDArray[np.uint64]:
    return np.left_shift(np.uint64(1), (letters % 64).astype(np.uint64))


def _bag_of(letters: NDArray[np.int32]) -> np.uint64:
    return np.uint64(np.bitwise_or.reduce(_bit(letters))) if len(letters) else np.uint64(0)


def _count_bits(bags: NDArray[np.uint64]) -> NDArray[np.uint8]:
    counts: NDArray[np.uint8] = _BITS_IN_BYTE[bags.view(np.uint8).reshape(-1, 8)].sum(axis=1, dtype=np.uint8)
    return counts


def _distances(words: NDArray[np.int32], target: NDArray[np.int32], most: int) -> NDArray[np.int16]:
    """Give the edit distance of every row of letters from the target; any number above `most` where it is more."""
    count, length = words.shape
    far = np.int16(most + 1)
    before: list[NDArray[np.int16]] = []
    row = [np.full(count, j, np.int16) for j in range(length + 1)]
    for i in range(1, len(target) + 1):
        last, row = row, [np.full(count, i, np.int16), *[np.full(count, far, np.int16)] * length]
        for j in range(max(1, i - most), min(length, i + most) + 1):
            changed = last[j - 1] + (words[:, j - 1] != target[i - 1])
            least = np.minimum(np.minimum(last[j], row[j - 1]) + 1, changed)
            if i > 1 and j > 1:
                swapped = (words[:, j - 2] == target[i - 1]) & (words[:, j - 1] == target[i - 2])
                least = np.where(swapped, np.minimum(least, before[j - 2] + 1), least)
            row[j] = least.astype(np.int16)
        before = last
    return row[length]
