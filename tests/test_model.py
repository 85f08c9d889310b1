from __future__ import annotations

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.model import CheckReport, Damage, PartialDate

days = st.dates()


@given(days)
def test_a_day_survives_its_printed_form(day: date) -> None:
    partial = PartialDate.of(day)
    assert PartialDate.parse(str(partial)) == partial
    assert str(partial) == day.isoformat()
    assert partial.first == partial.last == day
    assert partial.precision == "day"


@given(st.integers(1, 9999), st.integers(1, 12))
def test_a_month_spans_its_days(year: int, month: int) -> None:
    partial = PartialDate(year, month)
    assert PartialDate.parse(str(partial)) == partial
    assert (partial.last - partial.first).days + 1 == calendar.monthrange(year, month)[1]
    assert partial.precision == "month"


@given(st.integers(1, 9999))
def test_a_year_spans_its_days(year: int) -> None:
    partial = PartialDate(year)
    assert PartialDate.parse(str(partial)) == partial
    assert (partial.first, partial.last) == (date(year, 1, 1), date(year, 12, 31))
    assert partial.precision == "year"


@given(days, days)
def test_days_order_as_days_do(one: date, other: date) -> None:
    assert (PartialDate.of(one) < PartialDate.of(other)) == (one < other)


def test_the_less_precise_comes_first() -> None:
    assert sorted([PartialDate(2020, 1, 1), PartialDate(2020), PartialDate(2020, 1)]) == [
        PartialDate(2020),
        PartialDate(2020, 1),
        PartialDate(2020, 1, 1),
    ]


@pytest.mark.parametrize(
    "text", ["", "20", "2020-1", "2020-13", "2020-02-30", "0000", "2020-11-09T10:00", " 2020", "٢٠٢٠x"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the type is the promise
        PartialDate.parse(text)


def test_a_day_needs_its_month() -> None:
    with pytest.raises(ValueError, match="month"):
        PartialDate(2020, 0, 3)


def test_a_report_without_damages_is_sound() -> None:
    def report(*damages: Damage) -> CheckReport:
        return CheckReport(path="index", revision=1, articles=5, files=2, bytes_read=10, damages=damages)

    assert report().sound
    assert not report(Damage("postings", "checksum differs")).sound
