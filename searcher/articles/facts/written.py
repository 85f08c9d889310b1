"""Which dates are written in a text, in figures and words, in the languages of the world's larger press?"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from searcher.articles.facts.months import DOUBTFUL, SMALL, month_number
from searcher.model import PartialDate
from searcher.text.patterns import DIGIT, later

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.model import Span

# Languages whose press writes the day before the month in figures.
_DAY_FIRST_LISTED = "de fr es it pt nl sv da no nb fi pl cs sk sl hr sr ro bg el tr az ru uk be hy ka et lv lt id vi"
_DAY_FIRST = frozenset(_DAY_FIRST_LISTED.split())

# Figures of other scripts, one for one.
_NATIVE = later("[٠-٩۰-۹०-९০-৯]")
_TO_ASCII = {ord(zero) + value: str(value) for zero in "٠۰०০" for value in range(10)}
_DIGITS = re.compile(rf"{DIGIT}(?<![\w.,/:$€£#+-].)\d{{0,3}}")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)|(\d{4})/(\d{1,2})/(\d{1,2})(?!\d)|(\d{4})-(\d{2})(?![\d-])")
# `2020 թվականի նոյեմբերի 9`, `2020-ci il noyabrın 9`, `2020. november 9`
_YEAR_FIRST = re.compile(
    r"(\d{4})(?:\.|-c[iıuü] il\w*,?|[ \u00a0](?:թվական\w*|թ\.|წლის|წ\.|gada|m\.))?[ \u00a0]"
    r"([^\W\d_]{3,12})[ \u00a0](\d{1,2})(?![\d:%]|[.,]\d)"
)
_EAST = re.compile(r"(\d{4})\s?[年년]\s?(?:(\d{1,2})\s?[月월])?\s?(?:(\d{1,2})\s?[日일])?")
_FIGURES = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/]|\.\d)")
_FOUR, _MONTHS = 4, 12
_AROUND = 50_000
_DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|re|ro|º|ª|°|-?го|-?ше|\.)?(?:\s?[-–—/]\s?(\d{1,2})(?:st|nd|rd|th|\.)?)?"
    r"(?:[ \u00a0]{1,2}|-)(?:de |of |d['’])?(?:the )?([^\W\d_]{3,12})(?![^\W\d_])\.?"
    r"(?:(?:,? |-|\u00a0)(?:de |del |of )?(\d{4})(?:(?![\d:])|(?=\d{1,2} [A-Z])))?"
)
_DAY_AFTER = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?(?![\d:%]|[.,]\d)(?:\s?(?:[-–—]|and|to|&)\s?(\d{1,2})(?:st|nd|rd|th)?(?![\d:%]))?"
    r"(?:(?:,\s?|\s)(?:in |of )?(\d{4})(?![\d:]))?"
)
_WORD_BEFORE = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,12}+)(?:\.|,)?[ \u00a0\n]{1,2}(?:de |del |of |the |, )?$")
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|of|by|until|till|from|to|before|after|during|through|around|circa|year|early|late|mid|and|"
    r"between|"
    r"spring|summer|autumn|fall|winter|the|im|in den|seit|bis|jahr|jahre|von|nach|vor|en|depuis|jusqu'en|de|dès|"
    r"desde|hasta|"
    r"año|del|nel|dal|fino al|anno|em|ano|sinds|tot|jaar|в|с|до|году|год|к|sedan|år|rok|roku|v roce|od|do)[ -]|"
    r"[(–—-])$",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(1[5-9]\d\d|20\d\d)(?![\w%]|[.,]\d|-\d{3})(?!\s?(?:people|years|percent|per cent|miles|km|kilomet|met|tons|"
    r"mln|dlrs|pct|men|women))"
)


class Found(NamedTuple):
    """A date in a text; the year is 0 where it is not written.

    Several days in a row count by the last: the day by which all of it has happened.
    """

    year: int
    month: int
    day: int
    span: Span


def in_ascii_figures(text: str) -> str:
    """Give a text with the figures of Arabic, Persian, Hindi and Bengali as 0 to 9, one for one."""
    return text.translate(_TO_ASCII) if not text.isascii() and _NATIVE.search(text) else text


def find_dates(text: str, language: str | None = None, *, around: str = "") -> Iterator[Found]:
    """Find the written dates of a text, in order, not overlapping.

    Args:
        text: the text.
        language: of the text; it may tell in which order figures stand.
        around: the text that it is a part of; the other dates of which may tell that, too.
    """
    text = in_ascii_figures(text)
    done = 0
    for digits in _DIGITS.finditer(text):
        start = digits.start()
        if start < done:
            continue
        found = _date_at(text, start, len(digits.group()), language, done)
        if found and not found.month and (figures := _FIGURES.fullmatch(text, *found.span)):
            found = _in_order(found, int(figures[1]), int(figures[3]), _order((around or text)[:_AROUND]))
        if found is not None and _exists(found):
            done = found.span[1]
            yield found


def _date_at(text: str, start: int, figures: int, language: str | None, done: int) -> Found | None:
    if figures == _FOUR and (whole := _year_first(text, start)):
        return whole
    before = _WORD_BEFORE.search(text, max(done, start - 20), start)
    month = month_number(before.group(1)) if before else 0
    if before and month and not _doubtful(before.group(1)):
        if figures == _FOUR:
            of_year = _YEAR.match(text, start)
            return Found(int(of_year.group(1)), month, 0, (before.start(1), of_year.end())) if of_year else None
        after = _DAY_AFTER.match(text, start)
        if after:
            year_text = after.group(3)
            day = int(after.group(2) or after.group(1))
            return Found(int(year_text or 0), month, day, (before.start(1), after.end()))
    if figures <= 2:
        written = _DAY_MONTH.match(text, start)
        if written and (month := month_number(written[3])):
            if written[4] or not _doubtful(written[3]) or written[3] in SMALL.get(language or "", ()):
                end = written.end() - (not written[4] and written[0].endswith("."))
                return Found(int(written[4] or 0), month, int(written[2] or written[1]), (start, end))
            return None
        return _in_figures(text, start, language)
    alone = _YEAR.match(text, start)
    if alone and _YEAR_BEFORE.search(text, max(0, start - 12), start):
        return Found(int(alone.group(1)), 0, 0, alone.span())
    return None


def _year_first(text: str, start: int) -> Found | None:
    whole = _ISO.match(text, start) or _EAST.match(text, start)
    if whole:
        parts = [int(part) for part in whole.groups() if part]
        year, month, day = (*parts, 0, 0)[:3]
        return Found(year, month, day, whole.span())
    named = _YEAR_FIRST.match(text, start)
    if named and (month := month_number(named[2])) and not _doubtful(named[2]):
        return Found(int(named[1]), month, int(named[3]), named.span())
    return None


def _doubtful(word: str) -> bool:
    return word.islower() and word in DOUBTFUL


def _in_figures(text: str, start: int, language: str | None) -> Found | None:
    written = _FIGURES.match(text, start)
    if not written:
        return None
    first, mark, second, year_text = written.groups()
    a, b, year = int(first), int(second), int(year_text)
    if len(year_text) == 2:
        if mark != "." and language is None:
            return None
        year += 2000 if year < 50 else 1900
    if b > _MONTHS >= a:
        return Found(year, a, b, written.span())
    if mark == "." or a > _MONTHS or a == b or language in _DAY_FIRST:
        return Found(year, b, a, written.span())
    return Found(year, 0, 0, written.span())  # 3/4/2020: March or April


def _in_order(found: Found, first: int, second: int, order: str | None) -> Found:
    if order is None:
        return found
    day, month = (first, second) if order == "day first" else (second, first)
    return found._replace(month=month, day=day)


@lru_cache(maxsize=8)
def _order(text: str) -> str | None:
    """In which order a text writes days and months, if its other dates tell: one of 25/4/2020 and 4/25/2020 only."""
    orders = {
        "day first" if int(one[1]) > _MONTHS else "month first"
        for one in _FIGURES.finditer(text)
        if one[2] != "." and (int(one[1]) > _MONTHS) != (int(one[3]) > _MONTHS)
    }
    return orders.pop() if len(orders) == 1 else None


def _exists(found: Found) -> bool:
    try:
        PartialDate(found.year or 2000, found.month, found.day)
    except ValueError:
        return False
    return found.year == 0 or found.year >= 1000


_MAIL = re.compile(r"(?:\w{3},? )?(\d{1,2}) (\w{3,}) (\d{4})\b")
_STAMP = re.compile(r"1[0-9]{9}(?:\.\d+|\d{3})?|[1-9]\d{8}")
_COMPACT = later(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:T?\d{4,6}Z?)?")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?=$|[T\s])")


def parse_stated(value: str, language: str | None, today: date) -> PartialDate | None:
    """Read a date as files state it: ISO 8601, RFC 2822, a time stamp in seconds, or words in many languages.

    The day is the one that is written: no time zone is applied. None when it cannot be read, or lies in the future.
    """
    value = " ".join(value.split())[:200]
    found: PartialDate | None = None
    try:
        if whole := _PARTIAL.match(value):
            found = PartialDate(*(int(part) for part in whole.groups() if part and int(part)))
        elif whole := _COMPACT.fullmatch(value):
            found = PartialDate(*(int(part) for part in whole.groups()))
        elif _STAMP.fullmatch(value):
            seconds = float(value) / (1000 if len(value) == 13 else 1)
            found = PartialDate.of(datetime.fromtimestamp(seconds, UTC).date())
        elif (whole := _MAIL.match(value)) and month_number(whole.group(2)):
            found = PartialDate(int(whole.group(3)), month_number(whole.group(2)), int(whole.group(1)))
    except (ValueError, OverflowError, OSError):
        return None
    if found is None:
        written = [one for one in find_dates(value, language) if one.year]
        found = PartialDate(*written[0][:3]) if written else None
        if found is None and (year := _YEAR.fullmatch(value)):
            found = PartialDate(int(year.group(1)))
    return found if found and plausible(found, today) else None


def plausible(value: PartialDate, today: date) -> bool:
    """Tell whether an article may have been published then: not before printing, not after today."""
    return value.year >= 1450 and (value.first - today).days <= 1
