"""When was an article published? Only on firm evidence.

What the file states goes first; then a byline or a dateline, the web address and the file name. A file's modification
time proves nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from searcher.articles.facts.months import month_number
from searcher.articles.facts.written import find_dates, parse_stated, plausible
from searcher.model import Fact, PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from searcher.articles.clean import Furniture
    from searcher.articles.drafts import Statement
    from searcher.model import Span

_PUBLISHED = re.compile(
    r"\b(?:published|publication date|publi(?:é|cado|cato)|date|posted|first posted|veröffentlicht|erschienen|"
    r"pubblicato|gepubliceerd|опубликовано|yayın\w*)\b",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"\b(?:updated?|modified|revised|aktualisiert|mis à jour|modifié|actualizado|aggiornato|bijgewerkt|обновлено|"
    r"güncel\w*)\b",
    re.IGNORECASE,
)
# A label stands right before its date: `Published on Tuesday, 3 May 2011`.
_LABEL_END = re.compile(r"(?:^|[|·•,;(—–-]\s*|\s{2})(?:\w+ )?\w+(?: on| am| le| el| il)?\s*[:,]?(?:\s*\w+,)?\s*$")
_WEEKDAYS = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|satur?|sun)(?:day)?\b|\b(?:montag|dienstag|mittwoch|donnerstag|"
    r"freitag|samstag|sonntag|lundi|mardi|"
    r"mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b\d{1,2}(?:[:.]\d{2}){1,2}\b|\b\d{1,2}\s?(?:am|pm|a\.m\.|p\.m\.|uhr|h)\b|\b(?:am|pm|a\.m\.|p\.m\.|"
    r"[a-z]{1,4}t|gmt|utc|uhr|at|um|à|on|am|the|le|el|den|der|г|года|last)\b|[+-]\d{2}:?\d{2}\b",
    re.IGNORECASE,
)


# A line of a byline is short; a paragraph that tells of a day is not one.
_LINE = 200
# So much story may stand above a date line: a title, a sub-title, a byline; and so much page.
_DEEP = 350
_TOP = 20_000
_YEARS = re.compile(r"(?:1[4-9]|20)\d\d|\d\d[./-]\d\d")


def read_published(
    *,
    stated: Statement | None,
    raw: str,
    furniture: Sequence[Furniture],
    url: str | None,
    path: str,
    language: str | None,
    today: date,
    infer: bool,
) -> Fact[PartialDate] | None:
    """Find when an article was published, from the firmest evidence there is, or None."""
    if stated and (value := parse_stated(stated.value, language, today)):
        return Fact(value, stated.basis, stated.confidence)
    if not infer:
        return None
    return (
        _from_lines(raw, furniture, language, today)
        or (_YEARS.search(raw, 0, 3000) and _from_dateline(raw, language, today))
        or _from_address(url, "web address", today)
        or _from_address(_file_name(path), "file name", today)
    )


def _from_lines(
    raw: str, furniture: Sequence[Furniture], language: str | None, today: date
) -> Fact[PartialDate] | None:
    """Read a line of its own that is a date and little else, near the top, or one that the cleaning calls a byline."""
    apart = [piece.span for piece in furniture]
    sure = {piece.span for piece in furniture if piece.kind in ("byline", "masthead")}
    lines: list[tuple[Span, bool]] = []
    at = told = 0
    for line in raw[:_TOP].split("\n"):
        span = (at, at + len(line))
        at += len(line) + 1
        inside = [piece for piece in apart if piece[0] < span[1] and span[0] < piece[1]]
        # Deep in the story a date alone belongs to a letter or a programme that is quoted.
        if told > _DEEP:
            break
        if not inside:
            lines.append((span, False))
            told += len(line)
        elif not sure.isdisjoint(inside):
            lines.append((span, True))
    ranked = [
        ranked
        for (start, end), sure in lines
        if end - start <= _LINE and _YEARS.search(raw, start, end)
        for ranked in _dates_of_line(raw[start:end], start, language, today, sure=sure)
    ]
    return max(ranked, key=lambda item: item[0])[1] if ranked else None


def _dates_of_line(
    line: str, start: int, language: str | None, today: date, *, sure: bool
) -> Iterator[tuple[int, Fact[PartialDate]]]:
    """Give the dates of a line that may be the publication's, with their rank: published before updated."""
    done = 0
    for one in find_dates(line, language):
        lead, done = line[done : one.span[0]], one.span[1]
        if not (one.year and one.day and plausible(value := PartialDate(*one[:3]), today)):
            continue
        rest = line[: one.span[0]] + " " + line[one.span[1] :]
        for words in (_UPDATED, _PUBLISHED, _WEEKDAYS, _TIME):
            rest = words.sub(" ", rest)
        alone = sum(map(str.isalnum, rest)) <= 3
        updated, published = bool(_UPDATED.search(lead)), bool(_PUBLISHED.search(lead))
        if alone or sure or (published and _LABEL_END.search(lead)):
            rank = (3 if published else 2 if not updated else 1) + alone
            basis = "byline" if sure or not alone else "date line"
            where = (start + one.span[0], start + one.span[1])
            yield rank, Fact(value, basis, 0.95 if published or alone else 0.85, where)


_DATELINE = re.compile(
    r"(?:^|\n)[ \t]*(?=[^\W\d_])[^\n.!?]{2,60}?,\s+(?P<date>[^\n()—–]{5,44}?)\s*(?:\([^)\n]{2,60}\)\s*)?(?:--|"
    r"[—–-]|/[A-Z]|:)"
)


_STATE = re.compile(r"\s*(?:[^\W\d_a-z][\w. ]{1,14},\s+)?(?:[^\W\d_]+,?\s+)?")


def _from_dateline(raw: str, language: str | None, today: date) -> Fact[PartialDate] | None:
    """Read `MOSCOW, Nov. 9, 2020 (Agency) -` at the head of a paragraph; without a year it proves nothing."""
    for line in _DATELINE.finditer(raw[:3000]):
        start, end = line.span("date")
        for one in find_dates(raw[start:end], language):
            lead = raw[start : start + one.span[0]]
            if one.year and one.day and _STATE.fullmatch(lead) and plausible(value := PartialDate(*one[:3]), today):
                return Fact(value, "dateline", 0.95, (start + one.span[0], start + one.span[1]))
    return None


_IN_ADDRESS = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:([-/_.])(0?[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|"
    r"dec)(?:\2(0?[1-9]|[12]\d|3[01]))?(?![\d])|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d))",
    re.IGNORECASE,
)


def _file_name(path: str) -> str:
    """Give the part of a path that may tell a date: its last folders and its name, without a record's number."""
    inner = path.rsplit("#", 1)[0].replace("!", "/")
    return "/".join(inner.split("/")[-4:])


def _from_address(address: str | None, basis: str, today: date) -> Fact[PartialDate] | None:
    """Read `/2020/11/09/`, `2020-11-09`, `20201109` or, at month precision, `/2020/11/`."""
    if not address:
        return None
    where = unquote(urlsplit(address).path) if "://" in address else address
    best: PartialDate | None = None
    for one in _IN_ADDRESS.finditer(where[:2000]):
        year, mark, month, day, compact_month, compact_day = one.groups()
        number = month_number(month) if month and month.isalpha() else int(month or compact_month)
        if not (day or compact_day) and mark != "/":
            continue
        try:
            value = PartialDate(int(year), number, int(day or compact_day or 0))
        except ValueError:
            continue
        if plausible(value, today) and (best is None or (value.day and not best.day)):
            best = value
    return Fact(best, basis, 0.9 if best.day else 0.8) if best else None
