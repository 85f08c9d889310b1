"""On which days were the hits published?"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np

from searcher.model import PartialDate
from searcher.search.segments import ABSENT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from searcher.search.matches import Articles
    from searcher.search.segments import Part


class DayCounter:
    """Collects the publication days of the hits.

    Attributes:
        total: hits seen, dated or not.
    """

    def __init__(self) -> None:
        self.total = 0
        self._firsts: list[NDArray[np.int64]] = []
        self._lasts: list[NDArray[np.int64]] = []

    def add(self, part: Part, articles: Articles) -> None:
        """Take in hits, by their numbers in a part of the index."""
        self.total += len(articles)
        first = part.numbers("first_day")[articles]
        dated = first != ABSENT
        self._firsts.append(first[dated])
        self._lasts.append(part.numbers("last_day")[articles][dated])

    @property
    def days(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The first and the last possible day of every dated hit, as ordinals."""
        empty = np.empty(0, np.int64)
        return np.concatenate([empty, *self._firsts]), np.concatenate([empty, *self._lasts])

    def first_and_last(self) -> tuple[PartialDate | None, PartialDate | None]:
        """Give the earliest and the latest day of all dated hits."""
        firsts, lasts = self.days
        if not len(firsts):
            return None, None
        first, last = (dt.date.fromordinal(int(day)) for day in (firsts.min(), lasts.max()))
        return PartialDate.of(first), PartialDate.of(last)
