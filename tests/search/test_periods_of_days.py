from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.search.days import periods_of

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
