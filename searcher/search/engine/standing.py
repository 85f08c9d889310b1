"""Where do the most frequent words stand? A bit for every place in the archive, so that they are decoded only once.

A phrase with such a word would decode most of its places, many for each of those of the other words. With the bits
only the others are decoded, and looked up. Bits are made when a query would decode as much anyway, and kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from searcher.search.engine.impacts import Kept
from searcher.search.engine.places import POSITION, POSITION_BITS, UNPLACED, Placed
from searcher.store.codec.lengths import LENGTHS
from searcher.store.codec.ragged import ranges

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from numpy.typing import NDArray

    from searcher.search.engine.matches import Articles
    from searcher.search.engine.places import Places
    from searcher.search.engine.stopping import Poll

    Bits = NDArray[np.uint8]

BYTES = 190 << 20
"""How much is kept: about one million articles' bits of three words."""

PATTERN_BYTES = 130 << 20
"""How much is kept of patterns, which come and go: those of two."""

FREQUENT = 60
"""A word is frequent that stands in one of so many places."""

AT_ONCE = 1 << 15
"""So many articles' bits are read at once."""

ROOM = 16
"""How many words apart words may be that are found so."""

_BEHIND = 7
"""So many bytes more let eight be read from any place on."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word in one group of fields.

    Attributes:
        key: tells it from others.
        count: how often it stands there.
        places: yields where, some places at a time: ascending, each once.
        is_pattern: it has so many spellings that it is decoded as a whole or not at all.
    """

    key: Hashable
    group: str
    count: int
    places: Callable[[], Iterator[Places]]
    is_pattern: bool


class Standing:
    """The places of frequent words in all segments of an index.

    Args:
        length_codes: gives the number of words in a group for every article, as a number into `LENGTHS`.
    """

    def __init__(self, length_codes: Callable[[str], NDArray[np.uint8]]) -> None:
        self._length_codes = length_codes
        self._origins: dict[str, NDArray[np.int64] | None] = {}
        self._bits: dict[tuple[Hashable, str], tuple[int, Bits]] = {}
        self._patterns: Kept[Bits] = Kept(PATTERN_BYTES, lambda bits: bits.nbytes)
        self._lock = Lock()

    def origins(self, group: str) -> NDArray[np.int64] | None:
        """Give where on a line of all places each article of a group begins, and the end; None: that is not known."""
        if group not in self._origins:
            codes = self._length_codes(group)
            line = None
            if codes.max(initial=0) < len(LENGTHS) - 1:
                line = np.zeros(len(codes) + 1, np.int64)
                # In whole bytes, with room behind, and before the first.
                line[1:] = ((LENGTHS + (2 * ROOM - 1)) & -ROOM).take(codes)
                line[0] = ROOM
                line.cumsum(out=line)
            self._origins[group] = line
        return self._origins[group]

    def is_frequent(self, group: str, count: int) -> bool:
        """Tell whether a word is that stands so often in a group."""
        line = self.origins(group)
        return line is not None and count * FREQUENT >= line[-1]

    def bits(self, word: Word, poll: Poll, *, decoded: int | None = None) -> Bits | None:
        """Give the bits of a frequent word; `poll` is called between steps.

        Args:
            word: any.
            poll: called between steps.
            decoded: so many places would be decoded if there were no bits (None: all of them).

        Returns:
            None: it is not frequent, or they are not worth it.
        """
        line = self.origins(word.group)
        if line is None or not self.is_frequent(word.group, word.count):
            return None
        key = word.key, word.group
        if word.is_pattern:
            bits = self._patterns.get(key, lambda: _made(word, line, poll))
            return bits if len(bits) else None
        with self._lock:
            if key not in self._bits:
                is_worth_it = decoded is None or decoded * 2 >= word.count
                if not is_worth_it or not self._make_room(word.count, int(line[-1]) // 8 + _BEHIND):
                    return None
                self._bits[key] = word.count, _made(word, line, poll)
            bits = self._bits[key][1]
        return bits if len(bits) else None

    def _make_room(self, count: int, size: int) -> bool:
        """Forget words that stand less often than `count`, if that makes room for so many bytes."""
        kept = sorted(self._bits.items(), key=lambda item: item[1][0], reverse=True)
        while kept and sum(bits.nbytes for _, (_, bits) in kept) + size > BYTES:
            if kept.pop()[1][0] >= count:
                return False
        self._bits = dict(kept)
        return size <= BYTES

    def having(self, bits: Bits, group: str, articles: Articles) -> Articles:
        """Give those of some articles that a word stands in, read off its bits."""
        found = [articles[:0]]
        line = self.origins(group)
        if line is None:
            return found[0]
        for start in range(0, len(articles), AT_ONCE):
            some = articles[start : start + AT_ONCE]
            sixteens, counts = _sixteens(bits, line, some)
            there = np.bitwise_or.reduceat(sixteens, counts.cumsum() - counts)
            found.append(some.compress(there != 0))
        return np.concatenate(found)

    def placed(self, bits: Bits, group: str, articles: Articles) -> Placed:
        """Read the places of a word in some articles off its bits."""
        line = self.origins(group)
        if line is None or not len(articles):
            return UNPLACED
        sixteens, counts = _sixteens(bits, line, articles)
        places = np.unpackbits(sixteens.view(np.uint8), bitorder="little").view(np.bool_).nonzero()[0]
        owners = np.arange(len(articles)).repeat(counts << 4).take(places)
        begins = (counts.cumsum() - counts) << 4
        return Placed.of((articles.astype(np.int64).take(owners) << POSITION_BITS) + places - begins.take(owners))


def _sixteens(bits: Bits, line: NDArray[np.int64], articles: Articles) -> tuple[NDArray[np.uint16], NDArray[np.int64]]:
    """Give the bits of some articles, one's after the other's, sixteen at a time, and how many such each has."""
    starts = line.take(articles) >> 4
    counts = (line.take(articles + 1) >> 4) - starts
    return bits[: int(line[-1]) >> 3].view("<u2").take(ranges(starts, counts)), counts


def _made(word: Word, line: NDArray[np.int64], poll: Poll) -> Bits:
    """Decode all places of a word; give no bits at all where one stands behind the end of its article."""
    bits = np.zeros(int(line[-1]) // 8 + _BEHIND, np.uint8)
    for places in word.places():
        poll()
        if not len(places):
            continue
        articles = places >> POSITION_BITS
        laid = places & POSITION
        laid += line.take(articles)
        if (laid + ROOM >= line.take(articles + 1)).any():
            return bits[:0]
        octets = laid >> 3
        first = np.ones(len(octets), np.bool_)
        np.not_equal(octets[1:], octets[:-1], out=first[1:])
        starts = first.nonzero()[0]
        bits[octets.take(starts)] |= np.bitwise_or.reduceat(np.left_shift(1, laid & 7).astype(np.uint8), starts)
    return bits


def stands_at(bits: Bits, places: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Look places up."""
    found = bits.take(places >> 3)
    found >>= (places & 7).astype(np.uint8)
    found &= np.uint8(1)
    return found.view(np.bool_)


def stands_around(bits: Bits, places: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Give the bits from `ROOM` words before each place on, at least up to `ROOM` words behind it."""
    begins = places - ROOM
    eight = np.ndarray(len(bits) - _BEHIND, "<u8", bits.data, 0, (1,))
    found: NDArray[np.uint64] = eight[begins >> 3]
    found >>= (begins & 7).astype(np.uint64)
    return found
