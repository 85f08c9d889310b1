"""The hits known of one answer: a window of pages on a list that may be a million long."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.model import Hit, Page
    from searcher.tui.request import Request

PAGE_SIZE = 12  # about what a screen shows: making a hit, with its snippet, costs more than finding it
PAGES_KEPT = 200


class Results:
    """Hits by their place in the answer, fetched page by page and forgotten when long unseen.

    Attributes:
        first: the page that came with the answer; it says how the query was read.
        total: hits in all, or at least so many when `exact` is false.
    """

    def __init__(self, request: Request, first: Page) -> None:
        self.request = request
        self.first = first
        self.total = first.total
        self.exact = first.total_is_exact
        self._pages: OrderedDict[int, tuple[Hit, ...]] = OrderedDict()
        self._places: dict[str, int] = {}
        self._asked: set[int] = set()
        self.add(first)

    def add(self, page: Page) -> None:
        """Take in one more page of the same answer; pages start at multiples of `PAGE_SIZE`."""
        number = page.offset // PAGE_SIZE
        self._asked.discard(number)
        self._pages[number] = page.hits
        for place, hit in enumerate(page.hits, page.offset):
            self._places[hit.id] = place
        while len(self._pages) > PAGES_KEPT:
            _, forgotten = self._pages.popitem(last=False)
            for hit in forgotten:
                self._places.pop(hit.id, None)

    def __len__(self) -> int:
        return self.total

    def hit(self, place: int) -> Hit | None:
        """Give the hit at a place (from 0), or None while it is not fetched."""
        number, within = divmod(place, PAGE_SIZE)
        hits = self._pages.get(number)
        if hits is None or not 0 <= within < len(hits):
            return None
        self._pages.move_to_end(number)
        return hits[within]

    def place(self, hit_id: str | None) -> int | None:
        """Give the place of an article among the hits known, or None."""
        return None if hit_id is None else self._places.get(hit_id)

    def missing(self, first: int, last: int) -> Iterator[int]:
        """Give the offsets of pages to fetch for the places `first..last`, each asked for once."""
        for number in range(max(first, 0) // PAGE_SIZE, min(last, self.total - 1) // PAGE_SIZE + 1):
            if number not in self._pages and number not in self._asked:
                self._asked.add(number)
                yield number * PAGE_SIZE

    def not_fetched(self, offset: int) -> None:
        """Note that a page did not come, so that it may be asked for again."""
        self._asked.discard(offset // PAGE_SIZE)
