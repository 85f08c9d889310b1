"""How do the hits spread over time, and how much does the archive hold of each time at all?"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from searcher.errors import UsageError
from searcher.model import Bar, Timeline
from searcher.query.printer import unparse
from searcher.search.engine.days import EPOCH, DayCounter, periods_of
from searcher.search.engine.facets import PERIODS
from searcher.search.finding import expanded, find
from searcher.search.request import PLAIN, Request

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from searcher.model import Period
    from searcher.query.parser import ParsedQuery
    from searcher.search.context import Context
    from searcher.search.engine.collection import Collection

MOST_BARS = 50_000
_MONDAY = dt.date(1970, 1, 5).toordinal()


def timeline(context: Context, parsed: ParsedQuery, period: Period | None = None, request: Request = PLAIN) -> Timeline:
    """Count a query's hits by period.

    Args:
        context: the archive.
        parsed: the query.
        request: how to read it.
        period: None chooses one that shows them in a readable number of bars.

    Raises:
        UsageError: there would be too many bars.
    """
    node = expanded(context, parsed, request)
    hits = DayCounter(context.collection.days)
    find(context, parsed, node, replace(request, limit=0, offset=0), [hits])
    period = period or fitting_period(hits)
    drawn = bars(hits, archive_days(context.collection), period)
    dated = int(hits.days[2].sum())
    undated, imprecise = hits.total - dated, dated - sum(bar.hits for bar in drawn)
    return Timeline(parsed.text, unparse(node), period, drawn, undated, hits.total, imprecise)


def bars(hits: DayCounter, archive: DayCounter, period: Period) -> tuple[Bar, ...]:
    """Count by period those whose date lies within one, without gaps from the first to the last that has a hit.

    Raises:
        UsageError: there would be too many.
    """
    numbers, hit_counts = _exact(hits, period)
    if not len(numbers):
        return ()
    first, last = int(numbers.min()), int(numbers.max())
    if last - first >= MOST_BARS:
        raise UsageError(
            f"a timeline by {period} from {_start(first, period).year} to {_start(last, period).year} is too long",
            "choose a longer period or narrow the dates",
        )
    counts = _by_period(numbers, hit_counts, first, last)
    totals = _by_period(*_exact(archive, period), first, last)
    return tuple(Bar(_start(first + i, period), counts[i], totals[i]) for i in range(last - first + 1))


def fitting_period(hits: DayCounter) -> Period:
    """Choose the period that shows the hits in a readable number of bars."""
    firsts, lasts, _ = hits.days
    if not len(firsts):
        return "month"
    length = int(lasts.max() - firsts.min())
    return "day" if length <= 62 else "week" if length <= 400 else "month" if length <= 3700 else "year"


def archive_days(collection: Collection) -> DayCounter:
    """Count every article there is."""
    counter = DayCounter(collection.days)
    live = collection.whole.live
    every = np.arange(collection.whole.size, dtype=np.int32)
    counter.add(collection.whole, every if live is None else every[live])
    return counter


def _exact(counter: DayCounter, period: Period) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Number the periods of those whose date lies within one, and count them."""
    days, last_days, counts = counter.days
    firsts, lasts = _number(days, period), _number(last_days, period)
    exact = firsts == lasts
    return firsts[exact], counts[exact]


def _by_period(numbers: NDArray[np.int64], counts: NDArray[np.int64], first: int, last: int) -> list[int]:
    """Add up the counts of each of the periods from the `first` to the `last`."""
    totals = np.zeros(last - first + 1, np.int64)
    inside = (numbers >= first) & (numbers <= last)
    np.add.at(totals, numbers[inside] - first, counts[inside])
    added: list[int] = totals.tolist()
    return added


def _number(days: NDArray[np.int64], period: Period) -> NDArray[np.int64]:
    if period == "week":
        return (days - _MONDAY) // 7
    return periods_of(days, PERIODS[period])


def _start(number: int, period: Period) -> dt.date:
    if period == "week":
        return dt.date.fromordinal(_MONDAY + 7 * number)
    if period == "day":
        return dt.date.fromordinal(EPOCH + number)
    years, month = divmod(number, 12) if period == "month" else (number, 0)
    return dt.date(1970 + years, month + 1, 1)
