from __future__ import annotations

from collections import Counter
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.search.engine.days import DayCounter, periods_of, read_days
from searcher.search.engine.segments import ABSENT

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
NEIGHBOURS = st.integers(1, 3_000_000).flatmap(lambda day: st.lists(st.integers(day, day + 60)))
NUMBER = {
    "D": lambda day: day.toordinal() - date(1970, 1, 1).toordinal(),
    "M": lambda day: (day.year - 1970) * 12 + day.month - 1,
    "Y": lambda day: day.year - 1970,
}


@pytest.mark.parametrize("unit", NUMBER)
@given(days=st.lists(DAYS.map(date.toordinal)) | NEIGHBOURS, times=st.integers(1, 100))
def test_a_day_lies_in_the_period_of_the_calendar_however_often_it_comes(
    unit: str, days: list[int], times: int
) -> None:
    found = periods_of(np.array(days * times, np.int64), unit)
    assert found.tolist() == [NUMBER[unit](date.fromordinal(day)) for day in days] * times


SPANS = st.tuples(st.one_of(DAYS.map(date.toordinal), st.integers(730_000, 730_009)), st.integers(0, 365))


@given(drawn=st.lists(st.none() | SPANS), times=st.integers(1, 40))
def test_the_days_of_the_hits_are_counted_pair_by_pair(drawn: list[tuple[int, int] | None], times: int) -> None:
    spans = [None if one is None else (one[0], one[0] + one[1]) for one in drawn * times]
    columns = {
        name: np.array([ABSENT if span is None else span[end] for span in spans], np.int64)
        for end, name in enumerate(("first_day", "last_day"))
    }
    part = SimpleNamespace(base=0, size=len(spans), numbers=columns.__getitem__)
    counter = DayCounter(read_days)
    hits = np.arange(0, len(spans), 2, dtype=np.int32)
    for some in (hits[: len(hits) // 2], hits[len(hits) // 2 :]):
        counter.add(part, some)
    counted: Counter[tuple[int, int]] = Counter()
    for first, last, count in zip(*(one.tolist() for one in counter.days), strict=True):
        counted[first, last] += count
    assert counted == Counter(span for span in spans[::2] if span is not None)
    assert counter.total == len(hits)
