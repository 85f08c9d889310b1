"""How do the hits spread over time, and how much does the archive hold of each time at all?"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from searcher.errors import UsageError
from searcher.model import Bar, Timeline
from searcher.query.printer import unparse
from searcher.search.days import EPOCH, DayCounter, periods_of
from searcher.search.facets import PERIODS
from searcher.search.finding import expanded, find
from searcher.search.request import PLAIN, Request

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from searcher.model import Period
    from searcher.query.parser import ParsedQuery
    from searcher.search.collection import Collection
    from searcher.search.context import Context

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
    hits = DayCounter()
    find(context, parsed, node, replace(request, limit=0, offset=0), [hits])
    period = period or fitting_period(hits)
    drawn = bars(hits, archive_days(context.collection), period)
    dated = len(hits.days[0])
    undated, imprecise = hits.total - dated, dated - sum(bar.hits for bar in drawn)
    return Timeline(parsed.text, unparse(node), period, drawn, undated, hits.total, imprecise)


def bars(hits: DayCounter, archive: DayCounter, period: Period) -> tuple[Bar, ...]:
    """Count by period those whose date lies within one, without gaps from the first to the last that has a hit.

    Raises:
        UsageError: there would be too many.
    """
    numbers = _exact(hits, period)
    if not len(numbers):
        return ()
    first, last = int(numbers.min()), int(numbers.max())
    if last - first >= MOST_BARS:
        raise UsageError(
            f"a timeline by {period} from {_start(first, period).year} to {_start(last, period).year} is too long",
            "choose a longer period or narrow the dates",
        )
    counts = np.bincount(numbers - first, minlength=last - first + 1).tolist()
    all_numbers = _exact(archive, period)
    inside = all_numbers[(all_numbers >= first) & (all_numbers <= last)]
    totals = np.bincount(inside - first, minlength=last - first + 1).tolist()
    return tuple(Bar(_start(first + i, period), counts[i], totals[i]) for i in range(last - first + 1))


def fitting_period(hits: DayCounter) -> Period:
    """Choose the period that shows the hits in a readable number of bars."""
    firsts, lasts = hits.days
    if not len(firsts):
        return "month"
    length = int(lasts.max() - firsts.min())
    return "day" if length <= 62 else "week" if length <= 400 else "month" if length <= 3700 else "year"


def archive_days(collection: Collection) -> DayCounter:
    """Count every article there is."""
    counter = DayCounter()
    for segment in collection.segments:
        every = np.arange(segment.size, dtype=np.int32)
        counter.add(segment, every if segment.live is None else every[segment.live])
    return counter


def _exact(counter: DayCounter, period: Period) -> NDArray[np.int64]:
    """Number the periods of those whose date lies within one."""
    firsts, lasts = (_number(days, period) for days in counter.days)
    exact: NDArray[np.int64] = firsts[firsts == lasts]
    return exact


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
