"""In which articles do words stand in a row or near each other, and how often? Joined through a table of places.

A table, small enough for the processor's cache, is marked where one word stands and read where another does: two steps
a place, where merging sorted lists takes many comparisons. For words in a row many places share a mark, and what is
marked is searched for. For nearness the places of some articles are laid out on one line, each article where the one
before ends, with room in between, and a strip of the line after the other has the table for itself.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from searcher.search.engine.matches import blank
from searcher.search.engine.places import Placed
from searcher.search.engine.rows import ones_of_sixteen
from searcher.search.engine.standing import ROOM, stands_around, stands_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from searcher.search.engine.standing import Bits

    Line = NDArray[np.int64]
    Marks = NDArray[np.bool_]

LONGEST = 1 << 20
"""How many places a strip has, if it is not one long article's."""

SEARCHED = 24
"""To search a place among a word's costs as much as to mark and unmark so many."""

MARKS = 1 << 21
"""How many the table for words in a row has, a power of two."""

_SPREAD = 23
"""A place shifted by so many bits, added to it, lets articles begin 512 marks apart."""

_STEPS = 8
"""For a nearness within so many words the table is read word by word."""


class _Laid(NamedTuple):
    """The words of some articles on a line.

    Attributes:
        words: the places of each word, ascending.
        origins: where each article begins.
        room: how much there is before each article and after the last.
        end: of the line.
    """

    words: Sequence[Line]
    origins: Line
    room: int
    end: int

    @classmethod
    def of(cls, parts: Sequence[Placed], room: int) -> _Laid:
        """Lay out words of the same articles, with so much room before and after each article."""
        lengths = np.maximum.reduce([part.lasts() for part in parts]).astype(np.int64)
        lengths += 1 + room
        stops = lengths.cumsum()
        stops += room
        origins = stops - lengths
        return cls([part.laid(origins) for part in parts], origins, room, int(stops[-1]))

    def strips(self) -> Iterator[tuple[int, Marks, list[slice]]]:
        """Cut the line between articles: where each strip begins, its table, and which places of each word it has.

        All have the same table, unmarked: who marks it takes the marks out again.
        """
        first = 0
        while first < len(self.origins):
            begin = int(self.origins[first]) - self.room
            first = max(first + 1, int(self.origins.searchsorted(begin + LONGEST)))
            end = int(self.origins[first]) if first < len(self.origins) else self.end
            cuts = [word.searchsorted((begin, end)).tolist() for word in self.words]
            with blank((end - begin) // 8 + 1) as zeros:
                yield begin, zeros.view(np.bool_)[: end - begin], [slice(*cut) for cut in cuts]


def followed(found: Placed, part: Placed, shift: int) -> Placed:
    """Give those places from which on a word stands so many words further on."""
    wanted = found.places + shift
    if len(wanted) * SEARCHED < len(part.places):
        return found.where(_is_in(wanted, part.places))
    # A table in which several places may have the same mark tells of most that they do not.
    likely = part.places.compress(_is_likely_in(part.places, wanted))
    return Placed.of(likely.compress(_is_in(likely, wanted)) - shift)


def looked_up(found: Placed, line: Line, bits: Bits, shift: int) -> Placed:
    """Give the same for a word of which there are bits, on a line where article i begins at `line[i]`."""
    return found.where(stands_at(bits, found.laid(line.take(found.articles) + shift)))


def _is_likely_in(places: Line, others: Line) -> Marks:
    with blank(MARKS // 8) as zeros:
        table = zeros.view(np.bool_)
        marks = _marks(others)
        table[marks] = True
        there = table.take(_marks(places))
        table[marks] = False
    return there


def _marks(places: Line) -> Line:
    marks = places >> _SPREAD
    marks += places
    marks &= MARKS - 1
    return marks


def _is_in(places: Line, others: Line) -> Marks:
    at = others.searchsorted(places)
    there: Marks = others.take(at, mode="clip") == places
    return there


def count_around(
    found: Placed, line: Line, bits: Bits, distance: int, *, leading: bool, led: bool
) -> NDArray[np.int64] | None:
    """Tell of each article how many words begin a run of a word and another, of which there are bits.

    Args:
        found: the one word; looked up on a line where article i begins at `line[i]`.
        line: as the bits were made for.
        bits: of the other.
        distance: how many words after the first the last one may stand; at most `ROOM`.
        leading: the one may come first.
        led: the other may.

    Returns:
        None: they have places in common.
    """
    places = found.laid(line.take(found.articles))
    around = stands_around(bits, places)
    if (around >> np.uint64(ROOM) & np.uint64(1)).any():
        return None
    near = np.uint64((1 << distance) - 1)
    begun = np.zeros(len(places), np.int32)
    if leading:
        begun += (around >> np.uint64(ROOM + 1) & near) != 0
    if led:
        # What comes before the place before as well has been counted there.
        further = distance - np.minimum(np.diff(places, prepend=places[0] - distance), distance)
        before = around >> np.uint64(ROOM - distance) & near
        begun += ones_of_sixteen().take(before >> further.astype(np.uint64))
    return found.by_article(begun)


def count_near(parts: Sequence[Placed], times: Sequence[int], distance: int, *, ordered: bool) -> NDArray[np.int64]:
    """Tell of each article how many words begin a run with words of each part, all of them different words.

    Args:
        parts: of the same articles, at least one; they may have places in common.
        times: how many words of each part a run has.
        distance: how many words after a run's first one its last one may stand.
        ordered: only the first part begins one; of two words.
    """
    laid = _Laid.of(parts, distance)
    leading = parts[:1] if ordered else parts
    near = [np.ones(len(word), np.bool_) for word in laid.words[: len(leading)]]
    for begin, table, cuts in laid.strips():
        words = [word[cut] - begin for word, cut in zip(laid.words, cuts, strict=True)]
        begun = [chosen[cut] for chosen, cut in zip(near, cuts, strict=False)]
        strip = _Runs(words, begun, table)
        repeats = strip.have_places_in_common()
        # Where all have places of their own it is enough that each stands near; else any several of them must have as
        # many different places as they are words (Hall's theorem).
        sizes = range(1, len(parts) + 1) if repeats else (1,)
        for some in (some for size in sizes for some in combinations(range(len(parts)), size)):
            strip.leave_out_lonely(some, times, distance)
        if repeats:
            strip.leave_out_repeats()
    counts: NDArray[np.int64] = np.sum(
        [part.by_article(chosen) for part, chosen in zip(leading, near, strict=True)], axis=0
    )
    return counts


class _Runs(NamedTuple):
    """The words of a strip, which of the first ones' places may begin a run, and a table of the strip, unmarked."""

    words: Sequence[Line]
    begun: Sequence[Marks]
    table: Marks

    def have_places_in_common(self) -> bool:
        """Tell whether any two words do."""
        found = False
        for word in self.words:
            found = found or bool(self.table.take(word).any())
            self.table[word] = True
        self._unmark()
        return found

    def leave_out_lonely(self, some: Sequence[int], times: Sequence[int], distance: int) -> None:
        """Leave out places after which there are not as many places of some words as a run has of them."""
        for number in some:
            self.table[self.words[number]] = True
        places = self.words[some[0]] if len(some) == 1 else self.table.nonzero()[0]
        for number, chosen in enumerate(self.begun):
            needed = sum(times[other] for other in some) - (number in some)
            if needed == 1 and distance <= _STEPS:
                np.logical_and(chosen, _marked_after(self.words[number], self.table, distance), out=chosen)
            elif needed:
                np.logical_and(chosen, _followed(self.words[number], places, distance, needed), out=chosen)
        self._unmark()

    def leave_out_repeats(self) -> None:
        """Let a place that several words have begin no more than one run."""
        for word, chosen in zip(self.words, self.begun, strict=False):
            np.logical_and(chosen, ~self.table.take(word), out=chosen)
            self.table[word.compress(chosen)] = True
        self._unmark()

    def _unmark(self) -> None:
        for word in self.words:
            self.table[word] = False


def _followed(here: Line, others: Line, distance: int, times: int) -> Marks:
    """Tell which places have so many others after them, near enough."""
    at = others.searchsorted(here, "right") + (times - 1)
    followed: Marks = others.take(at, mode="clip") - here <= distance
    followed &= at < len(others)
    return followed


def _marked_after(here: Line, table: Marks, distance: int) -> Marks:
    """Tell which places have a mark after them, near enough."""
    marked = table.take(here + 1)
    for step in range(2, distance + 1):
        marked |= table.take(here + step)
    return marked
