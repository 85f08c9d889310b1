"""Which values the hits have, and how many hits have each: counted over all hits while they are found."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from searcher.model import Facet
from searcher.search.segments import ABSENT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from searcher.model import FacetField
    from searcher.query.parser import ParsedQuery
    from searcher.search.context import Context
    from searcher.search.matches import Articles
    from searcher.search.request import Request
    from searcher.search.segments import Segment

DEFAULT_LIMIT = 50
"""How many values of a facet are listed unless asked for more."""

_EPOCH = datetime.date(1970, 1, 1).toordinal()


class FacetCounter(Protocol):
    """A counter that ends as a facet."""

    def add(self, segment: Segment, articles: Articles) -> None:
        """Count the articles of one segment."""
        ...

    def facet(self, limit: int | None = DEFAULT_LIMIT) -> Facet:
        """Give the counts; None: all of them."""
        ...


def facet_counter(field: FacetField, person_name: Callable[[str], str] = str) -> FacetCounter:
    """Give a counter of one field.

    Args:
        person_name: gives the canonical name of a term of the `person` field.
    """
    if field == "person":
        return _PersonCounter(person_name)
    if field in ("source", "language"):
        return _NameCounter(field)
    return _DateCounter(field)


def facet_of(
    context: Context, parsed: ParsedQuery, field: FacetField, limit: int | None, request: Request | None = None
) -> Facet:
    """Count the hits of a query by one field's values."""
    from searcher.search.answer import expanded, find
    from searcher.search.request import Request

    request = replace(request or Request(), limit=0, offset=0)
    counter = facet_counter(field, context.person_name)
    find(context, parsed, expanded(context, parsed, request), request, [counter])
    return counter.facet(limit)


class _Tally:
    """Counts by value, for values that are many to one with what segments number."""

    def __init__(self, field: FacetField) -> None:
        self.field = field
        self.counts: dict[str, int] = {}
        self.unknown = 0

    def count(self, numbers: NDArray[Any], names: Sequence[str]) -> None:
        """Count numbers into `names`."""
        counts = np.bincount(numbers, minlength=len(names))
        for number in np.flatnonzero(counts).tolist():
            name = names[number]
            self.counts[name] = self.counts.get(name, 0) + int(counts[number])

    def facet(self, limit: int | None = DEFAULT_LIMIT) -> Facet:
        """Give the counts, most frequent first."""
        ordered = sorted(self.counts.items(), key=lambda pair: (-pair[1], pair[0]))
        return Facet(self.field, tuple(ordered[:limit]), limit is not None and len(ordered) > limit, self.unknown)


class _NameCounter(_Tally):
    def add(self, segment: Segment, articles: Articles) -> None:
        ordinals, names = segment.names(self.field)
        self.count(ordinals[articles], names)

    def facet(self, limit: int | None = DEFAULT_LIMIT) -> Facet:
        self.unknown = self.counts.pop("", 0) or self.unknown
        return super().facet(limit)


class _PersonCounter(_Tally):
    def __init__(self, person_name: Callable[[str], str]) -> None:
        super().__init__("person")
        self._person_name = person_name

    def add(self, segment: Segment, articles: Articles) -> None:
        starts, terms, keys = segment.values("person")
        numbers: dict[str, int] = {}
        human_of = np.array([numbers.setdefault(self._person_name(key), len(numbers)) for key in keys] or [0], np.int64)
        counts = starts[articles + 1] - starts[articles]
        owners = np.repeat(np.arange(len(articles)), counts)
        humans = human_of[terms[_ranges(starts[articles], counts)]]
        once = np.unique(owners * max(len(numbers), 1) + humans)
        self.count(once % max(len(numbers), 1), list(numbers))
        self.unknown += int((counts == 0).sum())


class _DateCounter(_Tally):
    def add(self, segment: Segment, articles: Articles) -> None:
        first, last = segment.numbers("first_day")[articles], segment.numbers("last_day")[articles]
        dated = first != ABSENT
        unit = {"year": "Y", "month": "M", "day": "D"}[self.field]
        firsts, lasts = _periods(first[dated], unit), _periods(last[dated], unit)
        known = firsts[firsts == lasts]
        self.unknown += len(articles) - len(known)
        for value, count in zip(*(part.tolist() for part in np.unique(known, return_counts=True)), strict=True):
            name = str(np.datetime64(value, unit))
            self.counts[name] = self.counts.get(name, 0) + count

    def facet(self, limit: int | None = DEFAULT_LIMIT) -> Facet:
        ordered = sorted(self.counts.items())
        # The latest periods are the ones that a cap must not hide.
        listed = ordered if limit is None else ordered[max(0, len(ordered) - limit) :]
        return Facet(self.field, tuple(listed), len(listed) < len(ordered), self.unknown)


def _periods(ordinals: NDArray[np.int64], unit: str) -> NDArray[np.int64]:
    days = (ordinals - _EPOCH).astype("datetime64[D]")
    return days.astype(f"datetime64[{unit}]").astype(np.int64)


def _ranges(starts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the numbers of all the ranges one after the other."""
    if not counts.sum():
        return np.empty(0, np.int64)
    ends = np.cumsum(counts)
    return np.arange(ends[-1]) + np.repeat(starts - (ends - counts), counts)
