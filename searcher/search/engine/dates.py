"""When were the articles published? Their first and last possible days in few bytes, for filtering and ordering."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from searcher.search.engine.segments import ABSENT, FEW, OFTEN

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from searcher.search.engine.matches import Articles
    from searcher.search.engine.segments import Part


class _Days(NamedTuple):
    """Days counted from `start`, of every article; `unknown` stands for none."""

    start: int
    unknown: int
    firsts: NDArray[Any]
    lasts: NDArray[Any]


class Dates:
    """The days of all articles of a part of the index, counted from the earliest.

    Days are of the narrowest unsigned type that holds them, whose highest number is for the undated: an archive of less
    than 179 years takes two bytes an article, of which a processor compares thirty-two at a time.

    Args:
        undated: the latest past day that an undated article's text mentions stands in for its date.
    """

    def __init__(self, part: Part, *, undated: bool = False) -> None:
        self._part = part
        self._undated = undated
        self._asked = 0

    @cached_property
    def _days(self) -> _Days:
        part = self._part
        firsts, lasts = part.numbers("first_day"), part.numbers("last_day")
        if self._undated:
            known = firsts != ABSENT
            floors = part.numbers("floor_day")
            firsts, lasts = np.where(known, firsts, floors), np.where(known, lasts, floors)
        known = firsts != ABSENT
        start = int(firsts.min(initial=ABSENT))
        latest = int(np.max(np.where(known, lasts, start), initial=start))
        kind = np.dtype(np.min_scalar_type(latest - start + 1))
        unknown = np.iinfo(kind).max
        narrow = (np.where(known, days - start, unknown).astype(kind) for days in (firsts, lasts))
        return _Days(start, unknown, *narrow)

    def within(self, first: int | None, last: int | None, articles: Articles | None = None) -> NDArray[np.bool_]:
        """Tell which articles (None: all) have dates that may lie within a range of days.

        Args:
            first: the ordinal of its first day; None: it has no beginning.
            last: that of its last; None: it has no end.
            articles: ascending.
        """
        start, unknown, firsts, lasts = self._days
        kind = firsts.dtype.type
        if articles is not None:
            firsts = firsts.take(articles)
        end = unknown - 1 if last is None else min(last - start, unknown - 1)
        if end < 0:
            return np.zeros(len(firsts), np.bool_)
        # The undated have the highest number, so that they are out by this alone.
        mask: NDArray[np.bool_] = firsts <= kind(end)
        if first is not None and first > start:
            lasts = lasts if articles is None else lasts.take(articles)
            mask &= lasts >= kind(min(first - start, unknown))
        return mask

    def order(self, articles: Articles, *, oldest: bool) -> NDArray[Any]:
        """Give numbers that order some articles by date, newest or oldest first, the undated last."""
        self._asked += 1
        if len(articles) <= FEW and self._asked <= OFTEN and "_days" not in self.__dict__:
            days = self._part.some_numbers("first_day", articles)
            return days if oldest else np.where(days == ABSENT, ABSENT, -days)
        order: NDArray[Any] = (self._days.firsts if oldest else self._newest).take(articles)
        return order

    @cached_property
    def _newest(self) -> NDArray[Any]:
        _, unknown, firsts, _ = self._days
        kind = firsts.dtype.type
        newest: NDArray[Any] = np.where(firsts == kind(unknown), kind(unknown), kind(unknown - 1) - firsts)
        return newest
