"""When was an article published, and which days does it speak of?

A publication date is only given on firm evidence: what the file states, a byline or dateline, the address or the file
name. Everything that looks like a date in the text is a mention, at the precision it has; the latest of the past days
among them is the floor of an article without a date.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from searcher.articles.facts.months import DOUBTFUL, month_number
from searcher.model import Fact, Mention, PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.articles.clean import Furniture
    from searcher.articles.drafts import Statement
    from searcher.model import Span

# Languages whose press writes the day before the month in figures.
_DAY_FIRST = frozenset(
    [
        "de",
        "fr",
        "es",
        "it",
        "pt",
        "nl",
        "sv",
        "da",
        "no",
        "nb",
        "fi",
        "pl",
        "cs",
        "sk",
        "sl",
        "hr",
        "sr",
        "ro",
        "bg",
        "el",
        "tr",
        "az",
        "ru",
        "uk",
        "be",
        "hy",
        "ka",
        "et",
        "lv",
        "lt",
        "id",
        "vi",
    ]
)

_DIGITS = re.compile(r"(?<![\w.,/:$€£#+-])(?<!\d)\d{1,4}")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)|(\d{4})/(\d{1,2})/(\d{1,2})(?!\d)|(\d{4})-(\d{2})(?![\d-])")
_EAST = re.compile(r"(\d{4})\s?[年년]\s?(?:(\d{1,2})\s?[月월])?\s?(?:(\d{1,2})\s?[日일])?")
_FIGURES = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/]|\.\d)")
_DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|re|ro|º|ª|°|-?го|-?ше|\.)?(?:\s?[-–—/]\s?\d{1,2}(?:st|nd|rd|th|\.)?)?"
    r"(?:[ \u00a0]{1,2}|-)(?:de |of |d['’])?(?:the )?([^\W\d_]{3,12})(?![^\W\d_])\.?"
    r"(?:(?:,? |-|\u00a0)(?:de |del |of )?(\d{4})(?![\d:]))?"
)
_DAY_AFTER = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?(?![\d:%]|[.,]\d)(?:\s?(?:[-–—]|and|to|&)\s?(\d{1,2})(?:st|nd|rd|th)?(?![\d:%]))?"
    r"(?:(?:,\s?|\s)(?:in |of )?(\d{4})(?![\d:]))?"
)
_WORD_BEFORE = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,12})(?:\.|,)?[ \u00a0\n]{1,2}(?:de |del |of |the |, )?$")
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|of|by|until|till|from|to|before|after|during|through|around|circa|year|early|late|mid|and|between|"
    r"spring|summer|autumn|fall|winter|the|im|in den|seit|bis|jahr|jahre|von|nach|vor|en|depuis|jusqu'en|de|dès|desde|hasta|"
    r"año|del|nel|dal|fino al|anno|em|ano|sinds|tot|jaar|в|с|до|году|год|к|sedan|år|rok|roku|v roce|od|do)[ -]|[(–—-])$",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(1[5-9]\d\d|20\d\d)(?![\w%]|[.,]\d|-\d{3})(?!\s?(?:people|years|percent|per cent|miles|km|kilomet|met|tons|mln|dlrs|pct|men|women))"
)


class Found(NamedTuple):
    """A date in a text; the year is 0 where it is not written."""

    year: int
    month: int
    day: int
    span: Span


def find_dates(text: str, language: str | None = None) -> Iterator[Found]:
    """Find the written dates of a text, in order, not overlapping."""
    done = 0
    for digits in _DIGITS.finditer(text):
        start = digits.start()
        if start < done:
            continue
        found = _date_at(text, start, len(digits.group()), language, done)
        if found is not None and _exists(found):
            done = found.span[1]
            yield found


def _date_at(text: str, start: int, figures: int, language: str | None, done: int) -> Found | None:
    if figures == 4:
        whole = _ISO.match(text, start) or _EAST.match(text, start)
        if whole:
            parts = [int(part) for part in whole.groups() if part]
            year, month, day = (*parts, 0, 0)[:3]
            return Found(year, month, day, whole.span())
    before = _WORD_BEFORE.search(text, max(done, start - 20), start)
    month = month_number(before.group(1)) if before else 0
    if before and month and not _doubtful(before.group(1)):
        if figures == 4:
            of_year = _YEAR.match(text, start)
            return Found(int(of_year.group(1)), month, 0, (before.start(1), of_year.end())) if of_year else None
        after = _DAY_AFTER.match(text, start)
        if after:
            year_text = after.group(3)
            # A range counts by its last day: the day by which all of it has happened.
            day = int(after.group(2) or after.group(1))
            return Found(int(year_text or 0), month, day, (before.start(1), after.end()))
    if figures <= 2:
        written = _DAY_MONTH.match(text, start)
        if written and (month := month_number(written.group(2))):
            if written.group(3) or not _doubtful(written.group(2)):
                return Found(int(written.group(3) or 0), month, int(written.group(1)), written.span())
            return None
        return _in_figures(text, start, language)
    alone = _YEAR.match(text, start)
    if alone and _YEAR_BEFORE.search(text, max(0, start - 12), start):
        return Found(int(alone.group(1)), 0, 0, alone.span())
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
    if b > 12 >= a:
        return Found(year, a, b, written.span())
    if mark == "." or a > 12 or language in _DAY_FIRST or a == b:
        return Found(year, b, a, written.span())
    return Found(year, 0, 0, written.span())  # 3/4/2020: March or April


def _exists(found: Found) -> bool:
    try:
        PartialDate(found.year or 2000, found.month, found.day)
    except ValueError:
        return False
    return found.year == 0 or found.year >= 1000


def read_mentions(
    text: str, *, language: str | None, published: PartialDate | None, today: date
) -> tuple[Mention, ...]:
    """List the dates a text speaks of.

    A day without a year is a mention only where the year is beyond doubt: the article's date is known, or the text
    tells of a full day nearby in the calendar as past.
    """
    found = list(find_dates(text, language))
    anchor = published if published and published.day else None
    if anchor is None and any(not one.year for one in found):
        past = (PartialDate(*one[:3]) for one in found if one.year and one.day and _told_as_past(text, one.span))
        anchor = max(past, default=None)
    mentions = []
    for one in found:
        value = _resolved(one, anchor, limit=183 if anchor is published else 92)
        if value and 1000 <= value.year <= today.year + 100:
            start, end = one.span
            mentions.append(Mention(value, " ".join(text[start:end].split()), one.span))
    return tuple(mentions)


def _resolved(found: Found, anchor: PartialDate | None, *, limit: int) -> PartialDate | None:
    """Give a yearless day the year that brings it nearest to the anchor, if it is within `limit` days of it."""
    if found.year:
        return PartialDate(*found[:3])
    if anchor is None:
        return None
    near: list[tuple[int, date]] = []
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        try:
            day = date(year, found.month, found.day)
        except ValueError:
            continue
        near.append((abs((day - anchor.first).days), day))
    gap, day = min(near, default=(limit + 1, date.min))
    return PartialDate.of(day) if gap <= limit else None


_FUTURE = re.compile(
    r"\b(?:is|are|will|shall|would|won['’]t|may|might|could|should|'ll|’ll|due|scheduled|slated|planned|plans?|expected|expects?|upcoming|next|"
    r"to (?!a |an |the |his |her |its |their |this |that |some |all |and )[a-z]+|payable|of record|mature[sd]?|maturing|annual meeting|record|"
    r"ahead|deadline|expires?|expiring|effective|if|(?:is|are) to|set to|going to|intends?|hopes?|"
    r"wird|werden|soll|sollen|va|sera|seront|será|serán|sarà|zal|zullen|будет|будут|başlayacak|olacak)\b",
    re.IGNORECASE,
)
_UP_TO = re.compile(
    r"\b(?:by|until|till|before|through|from|on (?:and|or) after|between|starting|beginning|ending|due|payable|effective|bis|ab|vor|jusqu['’]au|avant|dès le|hasta|antes del?|desde|entro|fino al?|dal?|até|tot|vanaf|"
    r"до|с|kadar)(?: on| from| the| le| el| il| zum| dem)?\s*$",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"(?<!\bbe )\b(?:was|were|had|did|said|began|broke|took|came|held|met|went|left|won|lost|fell|rose|died|gave|got|made|saw|told|wrote|sent|shot|led|"
    r"struck|hit|born|ago|\w{3,}ed|wurde|wurden|war|waren|hatte|était|fue|fueron|era|"
    r"stato|werd|был|была|были|oldu|edildi)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[!?\n]|(?<=[a-z\d”\")][a-z\d”\")][a-z\d”\")])\.(?=\s|$)|(?<=\d)\.(?=\s+[A-Z])")


def floor(text: str, mentions: Sequence[Mention], today: date) -> tuple[PartialDate, Span] | None:
    """Find the latest day that a text itself tells of as past, with its place.

    A day counts unless a word of the future stands nearer to it, in its sentence, than a word of the past does.
    """
    for mention in sorted(mentions, key=lambda m: (m.value, -m.span[0]), reverse=True):
        if mention.value.day and mention.value.first <= today:
            # A year that was not written is another reason to doubt: then the text must say outright that it is past.
            plainly = str(mention.value.year) not in mention.text
            if _told_as_past(text, mention.span, plainly=plainly):
                return mention.value, mention.span
    return None


def _told_as_past(text: str, span: Span, *, plainly: bool = False) -> bool:
    start, end = span
    before = text[max(0, start - 120) : start]
    for stop in _SENTENCE_END.finditer(before):
        last = stop.end()
        before = " " * last + before[last:]
    after = text[end : end + 120]
    stop_after = _SENTENCE_END.search(after)
    after = after[: stop_after.start()] if stop_after else after

    def gap(words: re.Pattern[str]) -> int:
        behind = [len(before) - found.end() for found in words.finditer(before)]
        ahead = words.search(after)
        return min([*behind, *([ahead.start() + 5] if ahead else [])], default=1000)

    if _UP_TO.search(before):
        return False
    past, future = gap(_PAST), gap(_FUTURE)
    return past < future or (past == future == 1000 and not plainly)


_MAIL = re.compile(r"(?:\w{3},? )?(\d{1,2}) (\w{3,}) (\d{4})\b")
_STAMP = re.compile(r"1[0-9]{9}(?:\.\d+|\d{3})?|[1-9]\d{8}")
_COMPACT = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:T?\d{4,6}Z?)?")
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
    return found if found and _plausible(found, today) else None


def _plausible(value: PartialDate, today: date) -> bool:
    return value.year >= 1450 and (value.first - today).days <= 1


_PUBLISHED = re.compile(
    r"\b(?:published|publication date|publi(?:é|cado|cato)|date|posted|first posted|veröffentlicht|erschienen|pubblicato|gepubliceerd|опубликовано|yayın\w*)\b",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"\b(?:updated?|modified|revised|aktualisiert|mis à jour|modifié|actualizado|aggiornato|bijgewerkt|обновлено|güncel\w*)\b",
    re.IGNORECASE,
)
# A label stands right before its date: `Published on Tuesday, 3 May 2011`.
_LABEL_END = re.compile(r"(?:^|[|·•,;(—–-]\s*|\s{2})(?:\w+ )?\w+(?: on| am| le| el| il)?\s*[:,]?(?:\s*\w+,)?\s*$")
_WEEKDAYS = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|satur?|sun)(?:day)?\b|\b(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|"
    r"mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b\d{1,2}(?:[:.]\d{2}){1,2}\b|\b\d{1,2}\s?(?:am|pm|a\.m\.|p\.m\.|uhr|h)\b|\b(?:am|pm|a\.m\.|p\.m\.|[a-z]{1,4}t|gmt|utc|uhr|at|um|à|on|am|the|le|el|den|der|г|года|last)\b|[+-]\d{2}:?\d{2}\b",
    re.IGNORECASE,
)


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
    lines: list[tuple[Span, bool]] = [(piece.span, True) for piece in furniture if piece.kind in ("byline", "masthead")]
    apart = [piece.span for piece in furniture if piece.kind in ("menu", "related", "share", "topic")]
    at = 0
    for line in raw[:2000].split("\n")[:12]:
        span = (at, at + len(line))
        at += len(line) + 1
        if not any(start < span[1] and span[0] < end for start, end in apart):
            lines.append((span, False))
    best: tuple[int, Fact[PartialDate]] | None = None
    for (start, end), sure in lines:
        line = raw[start : min(end, start + 400)]
        # A line of a byline is short; a paragraph that tells of a day is not one.
        if len(line) > 200 or not _YEARS.search(line):
            continue
        done = 0
        for one in find_dates(line, language):
            lead, done = line[done : one.span[0]], one.span[1]
            if not one.year or not one.day:
                continue
            value = PartialDate(*one[:3])
            if not _plausible(value, today):
                continue
            rest = line[: one.span[0]] + " " + line[one.span[1] :]
            updated, published = bool(_UPDATED.search(lead)), bool(_PUBLISHED.search(lead))
            for words in (_UPDATED, _PUBLISHED, _WEEKDAYS, _TIME):
                rest = words.sub(" ", rest)
            alone = sum(letter.isalnum() for letter in rest) <= 3
            labelled = published and len(line) <= 160 and bool(_LABEL_END.search(lead))
            if not (alone or labelled or sure):
                continue
            rank = (3 if published else 2 if not updated else 1) + alone
            where = (start + one.span[0], start + one.span[1])
            fact = Fact(
                value, "byline" if not alone or sure else "date line", 0.95 if published or alone else 0.85, where
            )
            if best is None or rank > best[0]:
                best = (rank, fact)
    return best[1] if best else None


_DATELINE = re.compile(
    r"(?:^|\n)[ \t]*(?=[^\W\d_])[^\n.!?]{2,60}?,\s+(?P<date>[^\n()—–]{5,44}?)\s*(?:\([^)\n]{2,60}\)\s*)?(?:--|[—–-]|/[A-Z]|:)"
)


_STATE = re.compile(r"\s*(?:[^\W\d_a-z][\w. ]{1,14},\s+)?(?:[^\W\d_]+,?\s+)?")


def _from_dateline(raw: str, language: str | None, today: date) -> Fact[PartialDate] | None:
    """Read `MOSCOW, Nov. 9, 2020 (Agency) -` at the head of a paragraph; without a year it proves nothing."""
    for line in _DATELINE.finditer(raw[:3000]):
        start, end = line.span("date")
        for one in find_dates(raw[start:end], language):
            lead = raw[start : start + one.span[0]]
            if one.year and one.day and _STATE.fullmatch(lead) and _plausible(value := PartialDate(*one[:3]), today):
                return Fact(value, "dateline", 0.95, (start + one.span[0], start + one.span[1]))
    return None


_IN_ADDRESS = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:([-/_.])(0?[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:\2(0?[1-9]|[12]\d|3[01]))?(?![\d])|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d))",
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
        if _plausible(value, today) and (best is None or (value.day and not best.day)):
            best = value
    return Fact(best, basis, 0.9 if best.day else 0.8) if best else None
