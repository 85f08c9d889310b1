"""Where do the most frequent words stand? A bit for every place in the archive, so that they are decoded only once.

A phrase with such a word would decode most of its places, many for each of those of the other words. With the bits
only the others are decoded, and looked up. Bits are made when a query would decode as much anyway, and kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from searcher.store.codec.lengths import LENGTHS

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from numpy.typing import NDArray

    from searcher.search.engine.matches import Articles
    from searcher.search.engine.places import Placed
    from searcher.search.engine.stopping import Poll

    Bits = NDArray[np.uint8]

BYTES = 120 << 20
"""How much is kept: about one million articles' bits of two words."""

FREQUENT = 60
"""A word is frequent that stands in one of so many places."""

ROOM = 16
"""How many words apart words may be that are found so."""

AT_ONCE = 1 << 14

_BEHIND = 7
"""So many bytes more let eight be read from any place on."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word in one group of fields.

    Attributes:
        key: tells it from others.
        count: how often it stands there.
        articles: gives all that have it.
        placed: gives its places in some of them.
    """

    key: Hashable
    group: str
    count: int
    articles: Callable[[], Articles]
    placed: Callable[[Articles], Placed]


class Standing:
    """The places of frequent words in all segments of an index.

    Args:
        length_codes: gives the number of words in a group for every article, as a number into `LENGTHS`.
    """

    def __init__(self, length_codes: Callable[[str], NDArray[np.uint8]]) -> None:
        self._length_codes = length_codes
        self._origins: dict[str, NDArray[np.int64] | None] = {}
        self._bits: dict[tuple[Hashable, str], tuple[int, Bits]] = {}
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

    def bits(self, word: Word, decoded: int, poll: Poll) -> Bits | None:
        """Give the bits of a word, of which `decoded` places would be decoded if there were none.

        Returns:
            None: it is not frequent, or they are not worth it. `poll` is called between steps.
        """
        line = self.origins(word.group)
        if line is None:
            return None
        key = word.key, word.group
        with self._lock:
            if key not in self._bits:
                is_worth_it = decoded * 2 >= word.count and word.count * FREQUENT >= line[-1]
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


def _made(word: Word, line: NDArray[np.int64], poll: Poll) -> Bits:
    """Decode all places of a word; give no bits at all where one stands behind the end of its article."""
    bits = np.zeros(int(line[-1]) // 8 + _BEHIND, np.uint8)
    articles = word.articles()
    for some in np.array_split(articles, -(-len(articles) // AT_ONCE)):
        poll()
        placed = word.placed(some)
        if (placed.lasts() >= line[some + 1] - line[some]).any():
            return bits[:0]
        begin, end = int(line[some[0]]), int(line[some[-1] + 1])
        table = np.zeros(end - begin, np.bool_)
        table[placed.laid(line[some] - begin)] = True
        bits[begin // 8 : end // 8] = np.packbits(table, bitorder="little")
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
