"""On which days were the hits published?"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from searcher.model import PartialDate
from searcher.search.engine.segments import ABSENT

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from searcher.search.engine.matches import Articles
    from searcher.search.engine.segments import Part


EPOCH = dt.date(1970, 1, 1).toordinal()

_WIDE = 16
"""What lies so many times its number apart is sorted rather than marked on a line."""


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


class Days(NamedTuple):
    """The publication days of the articles of a part of the index, each pair of a first and a last one once.

    Attributes:
        codes: of every article, the number of its pair from 1 on; 0: it is undated (int32).
        firsts: the first possible day of each pair, as an ordinal (int64).
        lasts: the last one.
    """

    codes: NDArray[np.int32]
    firsts: NDArray[np.int64]
    lasts: NDArray[np.int64]


def read_days(part: Part) -> Days:
    """Read the days of a part of the index."""
    firsts, lasts = part.numbers("first_day"), part.numbers("last_day")
    dated = (firsts != ABSENT).nonzero()[0]
    firsts, lasts = firsts.take(dated), lasts.take(dated)
    spans = lasts - firsts
    width = int(spans.max(initial=0)) + 1
    keys, numbers = _numbered(firsts * width + spans)
    codes = np.zeros(part.size, np.int32)
    codes[dated] = numbers + 1
    starts, longer = np.divmod(keys, width)
    return Days(codes, starts, starts + longer)


def _numbered(keys: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """Give the distinct keys in order, and the number of each key among them."""
    low, high = (int(keys.min()), int(keys.max())) if len(keys) else (0, 0)
    if high - low > _WIDE * len(keys):
        return np.unique(keys, return_inverse=True)
    there = np.zeros(high - low + 1, np.bool_)
    keys = keys - low
    there[keys] = True
    return there.nonzero()[0] + low, (there.cumsum() - 1).take(keys)


class DayCounter:
    """Counts the publication days of the hits.

    Args:
        days: gives those of a part of the index.

    Attributes:
        total: hits seen, dated or not.
    """

    def __init__(self, days: Callable[[Part], Days]) -> None:
        self.total = 0
        self._days = days
        self._firsts = self._lasts = self._counts = np.empty(0, np.int64)

    def add(self, part: Part, articles: Articles) -> None:
        """Take in hits, by their numbers in a part of the index."""
        self.total += len(articles)
        codes, firsts, lasts = self._days(part)
        counts = np.bincount(codes.take(articles), minlength=len(firsts) + 1)[1:]
        seen = counts.nonzero()[0]
        self._firsts = np.concatenate((self._firsts, firsts.take(seen)))
        self._lasts = np.concatenate((self._lasts, lasts.take(seen)))
        self._counts = np.concatenate((self._counts, counts.take(seen)))

    @property
    def days(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """The first and the last possible day of dated hits, as ordinals, and how many hits have these."""
        return self._firsts, self._lasts, self._counts

    def first_and_last(self) -> tuple[PartialDate | None, PartialDate | None]:
        """Give the earliest and the latest day of all dated hits."""
        if not len(self._counts):
            return None, None
        first, last = (dt.date.fromordinal(int(day)) for day in (self._firsts.min(), self._lasts.max()))
        return PartialDate.of(first), PartialDate.of(last)
