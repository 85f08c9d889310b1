"""When were the articles published? Their first and last possible days in few bytes, for filtering and ordering."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.search.segments import ABSENT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from searcher.search.matches import Articles
    from searcher.search.segments import Part


class Dates:
    """The days of all articles of a part of the index, counted from the earliest.

    Days are of the narrowest unsigned type that holds them, whose highest number is for the undated: an archive of less
    than 179 years takes two bytes an article, of which a processor compares thirty-two at a time.

    Args:
        undated: the latest past day that an undated article's text mentions stands in for its date.
    """

    def __init__(self, part: Part, *, undated: bool = False) -> None:
        firsts, lasts = part.numbers("first_day"), part.numbers("last_day")
        if undated:
            known = firsts != ABSENT
            floors = part.numbers("floor_day")
            firsts, lasts = np.where(known, firsts, floors), np.where(known, lasts, floors)
        known = firsts != ABSENT
        self._start = int(firsts.min(initial=ABSENT))
        latest = int(np.max(np.where(known, lasts, self._start), initial=self._start))
        self._type = np.dtype(np.min_scalar_type(latest - self._start + 1)).type
        self._unknown = np.iinfo(self._type).max
        self._firsts, self._lasts = (
            np.where(known, days - self._start, self._unknown).astype(self._type) for days in (firsts, lasts)
        )

    def within(self, first: int | None, last: int | None, articles: Articles | None = None) -> NDArray[np.bool_]:
        """Tell which articles (None: all) have dates that may lie within a range of days.

        Args:
            first: the ordinal of its first day; None: it has no beginning.
            last: that of its last; None: it has no end.
            articles: ascending.
        """
        firsts = self._firsts if articles is None else self._firsts.take(articles)
        highest = self._unknown - 1
        end = highest if last is None else min(last - self._start, highest)
        if end < 0:
            return np.zeros(len(firsts), np.bool_)
        mask: NDArray[np.bool_] = firsts <= self._type(end)
        if first is not None and first > self._start:
            lasts = self._lasts if articles is None else self._lasts.take(articles)
            mask &= lasts >= self._type(min(first - self._start, self._unknown))
            # The undated have the highest number: out by the first comparison.
        return mask

    def order(self, articles: Articles, *, oldest: bool) -> NDArray[Any]:
        """Give numbers that order articles by date, newest or oldest first, the undated last."""
        order: NDArray[Any] = (self._firsts if oldest else self._newest).take(articles)
        return order

    @cached_property
    def _newest(self) -> NDArray[Any]:
        highest = self._type(self._unknown)
        newest: NDArray[Any] = np.where(self._firsts == highest, highest, highest - self._type(1) - self._firsts)
        return newest
