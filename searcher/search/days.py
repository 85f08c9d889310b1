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


EPOCH = dt.date(1970, 1, 1).toordinal()


def periods_of(days: NDArray[np.int64], unit: str) -> NDArray[np.int64]:
    """Number the periods, from the one that 1970 begins with, that some days lie in.

    Args:
        days: ordinals.
        unit: numpy's name for the period: `D`, `M` or `Y`.
    """
    low, high = (int(days.min()), int(days.max())) if len(days) else (0, 0)
    if high - low < len(days):  # numpy takes long for a day, and most come up again
        return _periods_of(np.arange(low, high + 1), unit).take(days - low)
    return _periods_of(days, unit)


def _periods_of(days: NDArray[np.int64], unit: str) -> NDArray[np.int64]:
    periods: NDArray[np.int64] = (days - EPOCH).astype("datetime64[D]").astype(f"datetime64[{unit}]").astype(np.int64)
    return periods


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
