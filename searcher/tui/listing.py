"""Which line of the result list shows what: hits of one height each, some with their reprints unfolded beneath."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from searcher.model import Hit


@dataclass(frozen=True, slots=True)
class Row:
    """Something the cursor can stand on: a hit by its place in the answer, or one of the reprints beneath it.

    Attributes:
        reprint: number of the reprint, from 0; -1 for the hit itself.
    """

    place: int
    reprint: int = -1


class Listing:
    """Rows and lines of a list of hits.

    A row is what the cursor stands on, a line is what is drawn; both are numbered from 0. The cost of every question
    grows with the number of hits that are unfolded, never with that of the hits.

    Attributes:
        hits: how many there are.
        height: lines a hit, with the gap below it.
        gap: blank lines below a hit and its reprints.
    """

    def __init__(self, hits: int, height: int, gap: int) -> None:
        self.hits = hits
        self.height = height
        self.gap = gap
        self._places: list[int] = []
        self._reprints: dict[int, tuple[Hit, ...]] = {}

    # Folding

    def unfold(self, place: int, reprints: tuple[Hit, ...]) -> None:
        """Show reprints beneath a hit."""
        self.fold(place)
        if reprints:
            self._places.insert(bisect_left(self._places, place), place)
            self._reprints[place] = reprints

    def fold(self, place: int) -> None:
        """Show none beneath it."""
        if self._reprints.pop(place, None):
            self._places.remove(place)

    def reprints(self, place: int) -> tuple[Hit, ...]:
        """Give the reprints unfolded beneath a hit."""
        return self._reprints.get(place, ())

    def _unfolded_before(self, place: int) -> int:
        return sum(len(self._reprints[other]) for other in self._places[: bisect_left(self._places, place)])

    # Rows

    def __len__(self) -> int:
        return self.hits + self._unfolded_before(self.hits)

    def number(self, row: Row) -> int:
        """Give the number of a row."""
        return row.place + self._unfolded_before(row.place) + row.reprint + 1

    def row(self, number: int) -> Row:
        """Give the row of a number."""
        for place in self._places:
            if number <= place:
                break
            count = len(self._reprints[place])
            if number <= place + count:
                return Row(place, number - place - 1)
            number -= count
        return Row(number)

    # Lines

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return self.hits * self.height + self._unfolded_before(self.hits)

    def line(self, row: Row) -> int:
        """Give the first line of a row."""
        first = row.place * self.height + self._unfolded_before(row.place)
        return first if row.reprint < 0 else first + self.height - self.gap + row.reprint

    def lines_of(self, row: Row) -> int:
        """Give how many lines a row takes: the gap below a hit is one of its lines while no reprints are there."""
        return 1 if row.reprint >= 0 else self.height

    def at(self, line: int) -> tuple[Row, int]:
        """Give the row that a line belongs to, and which of the row's lines it is; the gap is the hit's last."""
        for place in self._places:
            count, body = len(self._reprints[place]), place * self.height + self.height - self.gap
            if line < body:
                break
            if line < body + count:
                return Row(place, line - body), 0
            line -= count
        place, within = divmod(line, self.height)
        return Row(place), within
