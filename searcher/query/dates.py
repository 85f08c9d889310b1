"""Which days does a date expression mean? ISO, natural and relative dates, and ranges of them.

An expression stands for a run of days: `2020-11` for a month, `last week` for Monday to Sunday before this week's.
As the end of a range it is widened outward: `2020-11..2021` is 2020-11-01 to 2021-12-31. Relative expressions count
from a `today` that is passed in.
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Days(NamedTuple):
    """Days `first` to `last`, both included; None is an open end."""

    first: date | None
    last: date | None


class DateProblem(ValueError):  # noqa: N818  # becomes a QueryError once its place in the query is known
    """An expression that means no days: what is wrong, and what to write instead."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


FORMS = '2020, 2020-11, 2020-11-09, 2020-11..2021, yesterday, "last week" or 3m..'
MONTHS = "january february march april may june july august september october november december".split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_UNITS = {"d": "day", "w": "week", "m": "month", "q": "quarter", "y": "year"}
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
           "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}  # fmt: skip


def read_days(text: str, today: date) -> Days:
    """Read a date expression or a range.

    Ranges: `a..b`, `a..`, `..b`, `[a TO b]`, `{a TO b}` (ends left out), `a/b` and `a/P1Y` (ISO 8601), `>=a`, `>a`,
    `<=b`, `<b`.

    Raises:
        DateProblem: it is none, or its end lies before its start.
    """
    text = " ".join(text.split())
    if compared := re.fullmatch(r"(>=|<=|>|<|=)\s*(.+)", text):
        return _compared(compared[1], read_end(compared[2], today))
    if bracketed := re.fullmatch(r"([\[{])\s*(.+?)\s+(?:TO|to)\s+(.+?)\s*([\]}])", text):
        return _bracketed(bracketed, today)
    if text[:1] in {"[", "{"}:
        raise DateProblem(f"the range {text} is not complete", "write [2020 TO 2021] or 2020..2021")
    if ".." in text or "…" in text:
        start, _, end = re.sub(r"\.{2,}|…", "\0", text, count=1).partition("\0")
        return _ranged(start.strip(), end.strip(), today)
    if period := re.fullmatch(r"(.+)/P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?", text):
        return _lasting(period, today)
    if pair := re.fullmatch(r"(\d{4}(?:-\d\d?){0,2}|)/(\d{4}(?:-\d\d?){0,2}|)", text):
        return _ranged(pair[1], pair[2], today)
    return read_period(text, today)


def read_end(text: str, today: date) -> Days:
    """Read one end of a range: a length of time (`3m`) is the day so long ago, not the days since (DateProblem)."""
    if length := _LENGTH.fullmatch(text.lower()):
        day = _back(today, _count(length[1]), _unit(length[2]))
        return Days(day, day)
    return read_period(text, today)


def _compared(sign: str, days: Days) -> Days:
    first, last = days
    match sign:
        case ">=":
            return Days(first, None)
        case "<=":
            return Days(None, last)
        case ">":
            return Days(_shift(last, 1), None)
        case "<":
            return Days(None, _shift(first, -1))
        case _:
            return days


def _bracketed(found: re.Match[str], today: date) -> Days:
    opening, start, end, closing = found.groups()
    first, after_first = (None, None) if start == "*" else read_end(start, today)
    before_last, last = (None, None) if end == "*" else read_end(end, today)
    _in_order(first, last, f"[{end} TO {start}]")
    if opening == "{":
        first = _shift(after_first, 1)
    if closing == "}":
        last = _shift(before_last, -1)
    if first is not None and last is not None and last < first:
        raise DateProblem(f"no day lies between {start} and {end}", f"write [{start} TO {end}]")
    return Days(first, last)


def _ranged(start: str, end: str, today: date) -> Days:
    start, end = ("" if side == "*" else side for side in (start, end))
    if not start and not end:
        raise DateProblem("a range with neither start nor end is no date", f"write it as {FORMS}")
    first = read_end(start, today).first if start else None
    last = read_end(end, today).last if end else None
    return _in_order(first, last, f"{end}..{start}")


def _in_order(first: date | None, last: date | None, swapped: str) -> Days:
    if first is not None and last is not None and last < first:
        raise DateProblem("the range ends before it begins", f"write {swapped}")
    return Days(first, last)


def _lasting(found: re.Match[str], today: date) -> Days:
    first = read_period(found[1], today).first
    years, months, weeks, days = (int(part or 0) for part in found.groups()[1:])
    if first is None or not years + months + weeks + days:
        raise DateProblem(f"{found[0]} is no stretch of time", "write 2020-03/P1Y or 2020-03/P2M")
    end = _shift(_months_from(first, 12 * years + months), 7 * weeks + days - 1)
    return Days(first, end)


def read_period(text: str, today: date) -> Days:
    """Read one date expression, without ranges (DateProblem when it is none)."""
    words = " ".join(text.lower().replace(",", " ").split())
    for pattern, reading in _READINGS:
        if found := pattern.fullmatch(words):
            return reading(found, today)
    raise _unknown(text, words)


def begins_date(word: str) -> bool:
    """Say whether a word only makes a whole date with words after it: `last`, `nov`, `9`."""
    word = word.lower().rstrip(",.")
    return word in {"last", "this", "past", "next", "previous", "the", "day"} | _COUNTS.keys() or (
        word.isascii()
        and (_month(word) is not None or re.fullmatch(r"\d{1,3}(?:st|nd|rd|th)?|q[1-4]", word) is not None)
    )


def _unknown(text: str, words: str) -> DateProblem:
    import difflib

    vocabulary = [
        *MONTHS,
        *_WEEKDAYS,
        "today",
        "yesterday",
        "tomorrow",
        "unknown",
        "last week",
        "last month",
        "last year",
    ]
    close = difflib.get_close_matches(words, vocabulary, n=1, cutoff=0.75)
    meant = close and close[0] != words
    return DateProblem(f"{text[:40] or 'nothing'} is no date", f"write {close[0]}" if meant else f"write it as {FORMS}")


# --- the calendar -----------------------------------------------------------------------------------------------------


def _day(year: int, month: int, day: int) -> date:
    if not 1 <= year <= 9999:
        raise DateProblem(f"there is no year {year}", "write a year from 0001 to 9999")
    if not 1 <= month <= 12:
        raise DateProblem(f"there is no month {month}", f"write {year:04}-01 to {year:04}-12")
    length = monthrange(year, month)[1]
    if not 1 <= day <= length:
        leap = " (no leap year)" if month == 2 and day == 29 and not isleap(year) else ""
        raise DateProblem(
            f"{MONTHS[month - 1].capitalize()} {year} has no day {day}{leap}", f"write {year:04}-{month:02}-{length:02}"
        )
    return date(year, month, day)


def _span_of(year: int, month: int = 0, months: int = 1) -> Days:
    if not month:
        return Days(_day(year, 1, 1), _day(year, 12, 31))
    first = _day(year, month, 1)
    return Days(first, _shift(_months_from(first, months), -1) if (year, month) != (9999, 12) else date.max)


def _one(day: date) -> Days:
    return Days(day, day)


def _shift(day: date | None, days: int) -> date | None:
    """Count days on or back, no further than the calendar goes."""
    if day is None:
        return None
    ordinal = day.toordinal() + days
    return date.fromordinal(max(1, min(ordinal, date.max.toordinal())))


def _months_from(day: date, months: int) -> date:
    """Count months on or back; the day is the last of a shorter month, and no further than the calendar goes."""
    index = day.year * 12 + day.month - 1 + months
    if index < 12:
        return date.min
    if index >= 120000:
        return date.max
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _back(today: date, count: int, unit: str) -> date:
    if unit in {"day", "week"}:
        return _shift(today, -count * (7 if unit == "week" else 1)) or today
    return _months_from(today, -count * {"month": 1, "quarter": 3, "year": 12}[unit])


def _around(day: date, unit: str) -> Days:
    match unit:
        case "week":
            monday = _shift(day, -day.weekday())
            return Days(monday, _shift(monday, 6))
        case "month":
            return _span_of(day.year, day.month)
        case "quarter":
            return _span_of(day.year, (day.month - 1) // 3 * 3 + 1, 3)
        case "year":
            return _span_of(day.year)
        case _:
            return _one(day)


# --- the readings -----------------------------------------------------------------------------------------------------


def _month(name: str) -> int | None:
    """Give the number of a month's name or abbreviation of three letters or more."""
    name = name.rstrip(".")
    if len(name) < 3:
        return None
    return next((number for number, month in enumerate(MONTHS, 1) if month.startswith(name)), None)


def _weekday(name: str) -> int | None:
    name = name.rstrip(".")
    if len(name) < 3:
        return None
    return next((number for number, day in enumerate(_WEEKDAYS) if day.startswith(name)), None)


def _unit(name: str) -> str:
    return _UNITS.get(name) or name.rstrip("s")


def _count(word: str) -> int:
    return _COUNTS.get(word) or min(int(word), 10**7)


def _iso(found: re.Match[str], _: date) -> Days:
    year, month, day = (int(part) if part else 0 for part in found.groups())
    if found[3] is not None:
        return _one(_day(year, month, day))
    if found[2] is not None:
        _day(year, month, 1)
    return _span_of(year, month)


def _european(found: re.Match[str], _: date) -> Days:
    return _one(_day(int(found[3]), int(found[2]), int(found[1])))


def _slashed(found: re.Match[str], _: date) -> Days:
    first, second, year = (int(part) for part in found.groups())
    if first > 12 or first == second:
        return _one(_day(year, second, first))
    if second > 12:
        return _one(_day(year, first, second))
    raise DateProblem(
        f"{found[0]} may be two days", f"write {year}-{first:02}-{second:02} or {year}-{second:02}-{first:02}"
    )


def _week(found: re.Match[str], _: date) -> Days:
    try:
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
    except ValueError:
        raise DateProblem(f"{found[1]} has no week {found[2]}", f"write {found[1]}-W01 to {found[1]}-W52") from None
    return Days(monday, _shift(monday, 6))


def _part_of_year(found: re.Match[str], today: date) -> Days:
    parts = found.groupdict()
    year = int(parts["year"]) if parts["year"] else today.year
    months = 3 if parts["letter"] == "q" else 6
    number = int(parts["number"])
    if number > 12 // months:
        raise DateProblem(
            f"there is no {found[0]}", f"write {year}-Q1 to {year}-Q4" if months == 3 else f"write {year}-H1"
        )
    return _span_of(year, (number - 1) * months + 1, months)


def _decade(found: re.Match[str], _: date) -> Days:
    year = int(found[1])
    return Days(_day(max(year, 1), 1, 1), _day(year + 9, 12, 31))


def _named_day(found: re.Match[str], today: date) -> Days:
    """Read `9 nov 2020`, `nov 9 2020`; without a year the latest such day that is not to come."""
    parts = found.groupdict()
    month, day = _month(parts["month"]), int(parts["day"])
    if month is None:
        raise _unknown(found[0], found[0])
    if parts["year"]:
        return _one(_day(int(parts["year"]), month, day))
    for year in range(today.year, max(today.year - 9, 0), -1):
        if day <= monthrange(year, month)[1] and date(year, month, day) <= today:
            return _one(date(year, month, day))
    raise DateProblem(f"{MONTHS[month - 1].capitalize()} has no day {day}", f"write {found[0]} with a day it has")


def _named_month(found: re.Match[str], today: date) -> Days:
    """Read `nov 2020`, `nov`; without a year the latest such month that has begun."""
    month = _month(found["month"])
    if month is None:
        raise _unknown(found[0], found[0])
    year = int(found["year"]) if found["year"] else today.year - (month > today.month)
    return _span_of(year, month)


def _named_weekday(found: re.Match[str], today: date) -> Days:
    """Read `monday`: today or the latest before; `last monday`: the latest before today."""
    wanted = _weekday(found["weekday"])
    if wanted is None:
        raise _unknown(found[0], found[0])
    back = (today.weekday() - wanted) % 7
    if found["last"] and not back:
        back = 7
    return _one(_back(today, back, "day"))


def _near_day(found: re.Match[str], today: date) -> Days:
    days = {"today": 0, "now": 0, "yesterday": -1, "tomorrow": 1, "day before yesterday": -2}
    return _one(_shift(today, days[found[1]]) or today)


def _neighbour(found: re.Match[str], today: date) -> Days:
    """Read `last week`, `this month`, `next year`: whole calendar weeks (from Monday), months, quarters, years."""
    unit = _unit(found[2])
    if found[1] == "this":
        return _around(today, unit)
    start = _around(today, unit).first or today
    if found[1] == "next":
        return _around(_shift(_around(today, unit).last, 1) or today, unit)
    return _around(_shift(start, -1) or today, unit)


def _length(found: re.Match[str], today: date) -> Days:
    """Read `3m`, `last 7 days`, `past week`: from that long ago until today."""
    return Days(_back(today, _count(found[1] or "1"), _unit(found[2])), today)


def _ago(found: re.Match[str], today: date) -> Days:
    """Read `3 days ago`: that day; `2 weeks ago`, `3 months ago`: that whole week, month."""
    unit = _unit(found[2])
    return _around(_back(today, _count(found[1]), unit), unit)


_NUMBER = r"(\d+|" + "|".join(_COUNTS) + ")"
_UNIT = r"(days?|weeks?|months?|quarters?|years?)"
_LENGTH = re.compile(rf"{_NUMBER}\s?(d|w|m|q|y|days?|weeks?|months?|quarters?|years?)")
_NAME = r"(?P<month>[a-z]{3,9}\.?)"
_DAY_NUMBER = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_WEEKDAY_NAME = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)"

_READINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Days]], ...] = tuple(
    (re.compile(pattern), reading)
    for pattern, reading in (
        (r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2})(?:t\d\d:?\d\d.*)?)?)?", _iso),
        (r"(\d{4})(\d{2})(\d{2})", _iso),
        (r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", _european),
        (r"(\d{1,2})/(\d{1,2})/(\d{4})", _slashed),
        (r"(\d{4})-?w(\d{1,2})", _week),
        (rf"{_YEAR}[- ]?(?P<letter>[qh])(?P<number>\d)", _part_of_year),
        (rf"(?P<letter>[qh])(?P<number>\d)(?:[- ]?{_YEAR})?", _part_of_year),
        (r"(\d{3}0)s", _decade),
        (r"(today|now|yesterday|tomorrow|day before yesterday)", _near_day),
        (r"(?:the )?(last|past|previous|this|next) (week|month|quarter|year)", _neighbour),
        (rf"(?:the )?(?:last|past|previous) {_NUMBER} {_UNIT}", _length),
        (rf"{_NUMBER}\s?([dwmqy])", _length),
        (rf"{_NUMBER} {_UNIT}", _length),
        (rf"{_NUMBER} {_UNIT} ago", _ago),
        (rf"(?P<last>last )?(?P<weekday>{_WEEKDAY_NAME})", _named_weekday),
        (rf"{_NAME}[- ]?(?:{_YEAR})?", _named_month),
        (rf"{_YEAR}[- ]{_NAME}", _named_month),
        (rf"(?:{_WEEKDAY_NAME}\.? )?{_DAY_NUMBER}[- ]{_NAME}(?:[- ]{_YEAR})?", _named_day),
        (rf"(?:{_WEEKDAY_NAME}\.? )?{_NAME}[- ]{_DAY_NUMBER}(?:[- ]{_YEAR})?", _named_day),
    )
)
