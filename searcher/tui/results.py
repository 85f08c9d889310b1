"""The hits known of one answer: a few of a list that may be a million long."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from searcher.tui.request import Request

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from searcher.model import Hit, Span

HITS_KEPT = 2400
MOST_AT_ONCE = 24  # making a hit, with its snippet, costs more than finding it


class Results:
    """Hits by their place in the answer, fetched as they are wanted and forgotten when long unseen.

    Args:
        request: what was asked.
        total: hits in all.
    """

    def __init__(self, request: Request, total: int) -> None:
        self.request = request
        self.total = total
        self._hits: OrderedDict[int, Hit] = OrderedDict()
        self._places: dict[str, int] = {}

    @classmethod
    def of(cls, hits: Sequence[Hit]) -> Results:
        """Make a list of hits that are all known."""
        results = cls(Request(), len(hits))
        results.add(hits)
        return results

    def add(self, hits: Iterable[Hit], offset: int = 0) -> None:
        """Take in more hits of the same answer."""
        for place, hit in enumerate(hits, offset):
            self._hits[place] = hit
            self._hits.move_to_end(place)
            self._places[hit.id] = place
        while len(self._hits) > HITS_KEPT:
            place, forgotten = self._hits.popitem(last=False)
            if self._places.get(forgotten.id) == place:
                del self._places[forgotten.id]

    def __len__(self) -> int:
        return self.total

    def hit(self, place: int) -> Hit | None:
        """Give the hit at a place (from 0), or None while it is not fetched."""
        hit = self._hits.get(place)
        if hit is not None:
            self._hits.move_to_end(place)
        return hit

    def place(self, hit_id: str | None) -> int | None:
        """Give the place of an article among the hits known, or None."""
        return None if hit_id is None else self._places.get(hit_id)

    def missing(self, first: int, last: int) -> Span | None:
        """Give a run of places to fetch, `[start, end)`, for what is not known of the places `first..last`."""
        places = range(max(first, 0), min(last, self.total - 1) + 1)
        start = next((place for place in places if place not in self._hits), None)
        if start is None:
            return None
        end = next(place for place in reversed(places) if place not in self._hits) + 1
        return start, min(end, start + MOST_AT_ONCE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader is opened with.

    Attributes:
        results: the list to walk through.
        query: whose matches are marked.
        paged: whether more of the list can be fetched with the list's own request.
        beside: another article, in which what differs from it is marked instead of matches.
    """

    results: Results
    hit_id: str
    query: str = ""
    paged: bool = True
    beside: Hit | None = None
