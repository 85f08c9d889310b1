"""What is a capitalised word like, and what do the words around it say of it? The features of `tagging`.

A word's own features (its letters, endings, shape, the lists and clusters it is in) are hashed into one table of
weights (Weinberger et al. 2009, "Feature Hashing for Large Scale Multitask Learning"). What a word says of its
neighbours is a row of a second table, with columns for each way of standing beside another. A word has a row of its
own if it is common, and shares those of its clusters and its mark with others.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

GIVEN, FAMILY, PLACE, COMMON = 1, 2, 4, 8
OWN_BITS = 18

_column = count()
# The word before a run says of a word alone, of the first, the second and later words of a longer run; the one after
# it likewise, from the end.
BEFORE = (next(_column), next(_column), next(_column), next(_column))
AFTER = (next(_column), next(_column), next(_column), next(_column))
# The words beyond those, of a word alone and of the one at the end.
BEFORE_THAT = (next(_column), next(_column))
AFTER_THAT = (next(_column), next(_column))
# Within a run: of the word to the right (at the end or not), to the left (at the start or not), and two away.
LEFT = (next(_column), next(_column))
RIGHT = (next(_column), next(_column))
LEFT_BUT_ONE, RIGHT_BUT_ONE = next(_column), next(_column)
FIRST, LAST = next(_column), next(_column)
# Of itself: alone, first, last, in the middle; alone or first where a sentence opens.
ALONE, AT_START, AT_END, INSIDE, OPENS_ALONE, OPENS = (next(_column) for _ in range(6))
WAYS = next(_column)

# What a word is like, as one small number: the lists it is in and whether it has capitals within, or how it is written.
_CAMEL, OUTSIDE = 16, 36
_MARKS = {"initial": 32, "letter": 32, "abbreviation": 33, "acronym": 34, "number": 35}
MARKS = 38
# What a word says of another depends on what that is: in no list, a given name, a family name alone, or a place or a
# common word that is no name. Each way of standing beside another has a column for each of these.
_UNLISTED, _GIVEN_NAME, _FAMILY_NAME, _NO_NAME = range(4)
SORTS = 4
COLUMNS = WAYS * SORTS


_BUCKETS = (1 << OWN_BITS) - 1
_SEEDS = [kind * 0x9E3779B1 & 0xFFFFFFFF for kind in range(23)]
_WORD_SEEDS, _PLACE_SEEDS, _HISTORY_SEEDS = _SEEDS[1:15], _SEEDS[15:20], _SEEDS[20:]


def _buckets(seeds: list[int], values: Iterable[bytes]) -> list[int]:
    """Give the places of features in the table of own weights, each kind with its seed; place 0 stays empty."""
    return [crc32(value, seed) % _BUCKETS + 1 for value, seed in zip(values, seeds, strict=True)]


def fingerprint(word: str) -> int:
    """Give the number of a word, in any case: under it a listed name is kept."""
    return crc32(word.lower().encode())


@lru_cache(maxsize=1 << 10)
def shape(word: str) -> str:
    """Say how a word is written: initial, all capitals, capitals within, hyphenated or plain."""
    if len(word) <= 2 and word[-1] == ".":
        return "initial"
    if word.endswith("."):
        return "abbreviation"
    if len(word) == 1:
        return "letter"
    if word.isupper():
        return "capitals" if len(word) > 3 else "acronym"
    if "-" in word:
        return "hyphen"
    if "'" in word or "’" in word:
        return "apostrophe"
    if not word[1:].islower():
        return "camel"
    return "plain" if word.isascii() else "accents"


def mark(word: str, kinds: int) -> int:
    """Say in one small number what a word is like."""
    how = shape(word)
    return _MARKS.get(how) or kinds + _CAMEL * (how == "camel")


def _sort(mark_of: int) -> int:
    """Say which of four sorts of neighbour a word is, by its mark."""
    if mark_of >= 2 * _CAMEL:
        return _UNLISTED
    if mark_of & GIVEN:
        return _GIVEN_NAME
    if mark_of & FAMILY:
        return _FAMILY_NAME
    return _NO_NAME if mark_of & (PLACE | COMMON) else _UNLISTED


_SORT_OF = tuple(map(_sort, range(MARKS)))


def word_features(word: str, kinds: int, clusters: tuple[int, int]) -> list[int]:
    """Give the buckets of the features that a word has whatever stands around it."""
    written, lower = word.encode(), word.lower()
    small = lower.encode()
    how = shape(word).encode()
    lists = bytes((kinds,))
    fine, coarse = clusters[0].to_bytes(2), clusters[1].to_bytes(2)
    ending = lower[-2:].encode()
    values = (
        small,
        written,
        ending,
        lower[-3:].encode(),
        lower[-4:].encode(),
        lower[:3].encode(),
        lower[:4].encode(),
        how,
        lists,
        how + lists,
        bytes((min(len(word), 12),)),
        fine,
        coarse + lists,
        coarse + ending,
    )
    return _buckets(_WORD_SEEDS, values)


# What a word of a run and those beside it are like, where in the run it stands, counted to 3, how long the run is,
# counted to 5, and whether it opens a sentence and the word ends it.
Place = tuple[bytes, int, int, bool, bool]


def places(marks: tuple[int, ...], *, opens: bool) -> list[Place]:
    """Say of each word of a run where it stands."""
    around = bytes((OUTSIDE, *marks, OUTSIDE))
    last, length = len(marks) - 1, min(len(marks), 5)
    return [(around[at : at + 3], min(at, 3), length, opens, at == last) for at in range(last + 1)]


def place_features(place: Place) -> list[int]:
    """Give the buckets of the features of a word's place in its run."""
    around, at, length, opens, ends = place
    inner = (at > 0) * 2 + (not ends)
    values = (around[:2], around[1:], around, bytes((at, length, opens)), bytes((inner, around[1], opens)))
    return _buckets(_PLACE_SEEDS, values)


def history_features(mark_of: int, *, last: bool, named: bool) -> list[int]:
    """Give the buckets of the word before being part of a name, or not."""
    return _buckets(_HISTORY_SEEDS, (bytes((named,)), bytes((named, mark_of)), bytes((named, last, mark_of))))


# A word says something of another: the word at the first place hears from the one at the second, in a column.
Link = tuple[int, int, int]


class Ties(NamedTuple):
    """What the words of a run hear from one another, and in which columns from the words around it.

    Attributes:
        within: between its words.
        before: for each word the column of the word before the run.
        after: for each that of the word after it.
        far: that of the word before the one before, for the first word.
        beyond: that of the word after the one after, for the last word.
    """

    within: tuple[Link, ...]
    before: tuple[int, ...]
    after: tuple[int, ...]
    far: int
    beyond: int


def ties(marks: tuple[int, ...], *, opens: bool) -> Ties:
    """Say what the words of a run hear from one another and from the four words around it.

    Args:
        marks: of the words of the run.
        opens: whether it opens a sentence.
    """
    return _ties(tuple([_SORT_OF[mark_of] for mark_of in marks]), opens=opens)


@lru_cache(maxsize=1 << 9)
def _ties(sorts: tuple[int, ...], *, opens: bool) -> Ties:
    length = len(sorts)
    alone = length == 1
    counted = [0] if alone else range(1, length + 1)
    return Ties(
        within=tuple([(of, by, way * SORTS + sorts[of]) for of, by, way in _inner_ways(length, opens=opens)]),
        before=tuple([BEFORE[min(at, 3)] * SORTS + sort for at, sort in zip(counted, sorts, strict=True)]),
        after=tuple([AFTER[min(at, 3)] * SORTS + sort for at, sort in zip(reversed(counted), sorts, strict=True)]),
        far=BEFORE_THAT[not alone] * SORTS + sorts[0],
        beyond=AFTER_THAT[not alone] * SORTS + sorts[-1],
    )


@lru_cache(maxsize=64)
def _inner_ways(length: int, *, opens: bool) -> tuple[Link, ...]:
    """Say which words of a run say what of which others of it."""
    if length == 1:
        return ((0, 0, OPENS_ALONE if opens else ALONE),)
    last = length - 1
    links = [(0, 0, OPENS if opens else AT_START), (last, last, AT_END)]
    for at in range(length):
        if 0 < at < last:
            links.append((at, at, INSIDE))
        if at:
            links.append((at, at - 1, LEFT[at == last]))
        if at < last:
            links.append((at, at + 1, RIGHT[at == 0]))
        if at > 1:
            links += [(at, at - 2, LEFT_BUT_ONE), (at, 0, FIRST)]
        if at < last - 1:
            links += [(at, at + 2, RIGHT_BUT_ONE), (at, last, LAST)]
    return tuple(links)


def _place(numbers: Sequence[int], number: int) -> int:
    """Give where a number stands among others in order; -1 where it does not."""
    place = bisect_left(numbers, number)
    return place if place < len(numbers) and numbers[place] == number else -1


class Lists:
    """Which lists a word is in: given names, family names, places, words that are commonly written small.

    Args:
        listed: the fingerprints of all words in them, in order.
        kinds_of: for each the lists that it is in, a sum of `GIVEN`, `FAMILY`, `PLACE` and `COMMON`.
    """

    def __init__(self, listed: Sequence[int], kinds_of: Sequence[int]) -> None:
        self._listed, self._kinds_of = listed, kinds_of
        self.kinds: Callable[[str], int] = lru_cache(maxsize=1 << 15)(self._kinds)

    def _kinds(self, word: str) -> int:
        place = _place(self._listed, fingerprint(word))
        return self._kinds_of[place] if place >= 0 else 0


class Rows:
    """Which rows of the table of neighbours a word has.

    Args:
        words: fingerprints of the words with a row of their own, in order.
        clustered: the fingerprints (of the exact case) of the words with a cluster, in order.
        fine: their clusters, counted from 1.
        coarse: for each fine cluster, from 0, the coarse one; 0 has 0.
    """

    def __init__(
        self, words: Sequence[int], clustered: Sequence[int], fine: Sequence[int], coarse: Sequence[int]
    ) -> None:
        self._words, self._clustered, self._fine, self._coarse = words, clustered, fine, coarse
        self._after_words = len(words) + 1
        self._after_fine = self._after_words + len(coarse)
        self._after_coarse = self._after_fine + max(coarse, default=0) + 1
        self.count = self._after_coarse + MARKS

    def clusters(self, word: str) -> tuple[int, int]:
        """Give a word's fine and coarse cluster; 0 for a word that has none."""
        place = _place(self._clustered, crc32(word.encode()))
        fine = self._fine[place] if place >= 0 else 0
        return fine, self._coarse[fine]

    def of(self, word: str, mark_of: int, clusters: tuple[int, int]) -> list[int]:
        """Give the rows of a word, or of a mark of punctuation; row 0 stays empty."""
        if not word:
            return [self._row_of(0)]
        fine, coarse = clusters
        return [
            self._row_of(fingerprint(word)),
            self._after_words + fine,
            self._after_fine + coarse,
            self._after_coarse + mark_of,
        ]

    def _row_of(self, number: int) -> int:
        return _place(self._words, number) + 1


def outer_mark(word: str) -> int:
    """Say in one small number what a word or mark outside a run is like."""
    return MARKS - 1 if word.isalpha() else _MARKS["number"] if word.isdigit() else OUTSIDE
