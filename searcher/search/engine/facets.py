"""Which values the hits have, and how many hits have each: counted over all hits while they are found."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from searcher.model import Facet
from searcher.search.engine.days import periods_of
from searcher.search.engine.segments import ABSENT
from searcher.store.codec.ragged import ranges

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from searcher.model import FacetField
    from searcher.search.engine.matches import Articles
    from searcher.search.engine.segments import Part

DEFAULT_LIMIT = 50
"""How many values of a facet are listed unless asked for more."""

PERIODS = {"year": "Y", "month": "M", "day": "D"}
"""The facets that are periods of time, and numpy's names for them."""

_FEW = 8
"""Of one in so many articles the values are picked one by one; of more, all are looked through."""


class Values(NamedTuple):
    """The values of one facet in a part of the index.

    Attributes:
        codes: numbers into `names` from 1 on, 0 for unknown. Without `starts` one an article; with them those of
            article i are `codes[starts[i]:starts[i + 1]]`, each once.
        names: the values; for dates ISO.
    """

    codes: NDArray[np.int32]
    names: Sequence[str]
    starts: NDArray[np.int64] | None = None


class FacetCounter:
    """Counts hits in one part of the index by one field.

    Args:
        values: gives the field's values in a part of the index.
    """

    def __init__(self, field: FacetField, values: Callable[[Part], Values]) -> None:
        self._field = field
        self._values = values
        self._names: Sequence[str] = ()
        self._totals = np.zeros(0, np.int64)
        self._unknown = 0

    def add(self, part: Part, articles: Articles) -> None:
        """Count some articles, by their ascending numbers in the part."""
        values = self._values(part)
        found, unknown = _found(values, articles)
        totals = np.bincount(found, minlength=len(values.names) + 1)
        self._unknown += unknown + int(totals[0])
        if len(self._totals):
            totals[1:] += self._totals
        self._names, self._totals = values.names, totals[1:]

    def facet(self, limit: int | None = DEFAULT_LIMIT) -> Facet:
        """Give the counts, most frequent first, dates in order; None: all of them."""
        counted = self._totals.nonzero()[0]
        if self._field in PERIODS:
            ordered = sorted(self._named(counted))
            # The latest periods are the ones that a cap must not hide.
            listed = ordered if limit is None else ordered[max(0, len(ordered) - limit) :]
        else:
            likely = counted if limit is None else counted.compress(self._totals.take(counted) >= self._least(limit))
            listed = sorted(self._named(likely), key=lambda pair: (-pair[1], pair[0]))[:limit]
        return Facet(self._field, tuple(listed), len(listed) < len(counted), self._unknown)

    def _named(self, numbers: NDArray[np.intp]) -> list[tuple[str, int]]:
        totals: list[int] = self._totals.take(numbers).tolist()
        return list(zip(map(self._names.__getitem__, numbers.tolist()), totals, strict=True))

    def _least(self, rank: int) -> int:
        """Give the total that stands at some rank; 0 where there are no more."""
        place = len(self._totals) - rank
        return int(np.partition(self._totals, place)[place]) if 0 < rank <= len(self._totals) else 0


def read_values(
    part: Part, field: FacetField, person_name: Callable[[str], str], source_name: Callable[[str], str] = str
) -> Values:
    """Read the values of a facet in a part of the index.

    Args:
        part: of one index.
        field: the facet.
        person_name: gives the canonical name of a term of the `person` field.
        source_name: gives the name that an outlet is shown under, by any of its spellings.
    """
    if field == "person":
        return _people(part, person_name)
    if field in PERIODS:
        return _periods(part, PERIODS[field])
    ordinals, names = part.names(field)
    called = [source_name(name) for name in names] if field == "source" else names
    shown: dict[str, int] = {}
    codes = np.array([shown.setdefault(name, len(shown) + 1) if name else 0 for name in called], np.int32)
    return Values(codes.take(ordinals), list(shown))


def _people(part: Part, person_name: Callable[[str], str]) -> Values:
    """Give the humans of each article, each once however many of its names mean the same one."""
    starts, terms, keys = part.values("person")
    numbers: dict[str, int] = {}
    human_of = np.array([numbers.setdefault(person_name(key), len(numbers) + 1) for key in keys], np.int64)
    owners = np.repeat(np.arange(part.size), np.diff(starts))
    once = owners * (len(numbers) + 1) + human_of[terms]
    once.sort(kind="stable")  # which is quick on what is in order but for the humans of one article
    once = once[np.diff(once, prepend=-1) != 0]
    owners, humans = np.divmod(once, len(numbers) + 1)
    return Values(humans.astype(np.int32), list(numbers), np.searchsorted(owners, np.arange(part.size + 1)))


def _periods(part: Part, unit: str) -> Values:
    """Give the period of each article whose date lies within one."""
    first, last = part.numbers("first_day"), part.numbers("last_day")
    dated = np.flatnonzero(first != ABSENT)
    firsts, lasts = (periods_of(days[dated], unit) for days in (first, last))
    known = firsts == lasts
    earliest = firsts[known].min(initial=np.iinfo(np.int64).max)
    places = firsts[known] - earliest
    seen = np.bincount(places) > 0
    distinct = np.flatnonzero(seen) + earliest
    all_codes = np.zeros(part.size, np.int32)
    all_codes[dated[known]] = np.cumsum(seen)[places]
    return Values(all_codes, np.datetime_as_string(distinct.astype(f"datetime64[{unit}]")).tolist())


def _found(values: Values, articles: Articles) -> tuple[NDArray[np.int32], int]:
    """Give the codes of some articles, and how many of the articles have none at all."""
    codes, _, starts = values
    if not len(articles):
        return codes[:0], 0
    first, size = int(articles[0]), int(articles[-1]) - int(articles[0]) + 1
    if starts is None:
        return (codes[first : first + size] if len(articles) == size else codes.take(articles)), 0
    starts = starts[first : first + size + 1]
    counts = np.diff(starts)
    if len(articles) == size:
        return codes[int(starts[0]) : int(starts[-1])], size - int(np.count_nonzero(counts))
    places = articles - np.int32(first)
    own = counts.take(places)
    unknown = len(own) - int(np.count_nonzero(own))
    if len(articles) * _FEW < size:
        return codes.take(ranges(starts.take(places), own)), unknown
    there = np.zeros(size, np.bool_)
    there[places] = True
    return codes[int(starts[0]) : int(starts[-1])].compress(np.repeat(there, counts)), unknown
