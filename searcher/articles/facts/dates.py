"""When was an article published? Only on firm evidence.

What the file states goes first; then a byline or a dateline, the web address and the file name. A file's modification
time proves nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from searcher.articles.facts.months import month_number
from searcher.articles.facts.outlets import is_known
from searcher.articles.facts.written import find_dates, parse_stated, plausible
from searcher.articles.furniture import opens_list, without_section
from searcher.articles.lines import line_starts
from searcher.model import Fact, PartialDate
from searcher.text.patterns import DIGIT, later

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from searcher.articles.clean import Furniture
    from searcher.articles.drafts import Statement

_PUBLISHED = later(
    r"(?<![^\W\d_])(?:(?:first |originally |zuerst )?(?:published|posted|created|issued)|publication date|date|"
    r"original(?=\s*:)|publi(?:é|cad[oa]|kacja|cerad|sert|ceret|ziert|catie)|veröffentlicht|erschienen|erstellt|"
    r"geschrieben|datum|fecha|data|pubblicat[oa]|gepubliceerd|geplaatst|offentliggjort|опубликовано|дата|yayın\w*|"
    r"giriş|tarih|vydáno|julkaistu|公開日?|掲載日?|发布\w*|發布\w*)(?![^\W\d_])|(?<=[a-z])(?:Published|Posted)\b",
    re.IGNORECASE,
)
_UPDATED = later(
    r"(?<![^\W\d_])(?:(?:last )?updated?|(?:last )?modified|revised|aktualisiert|stand|mis à jour|modifié|"
    r"actualizad[oa]|atualizad[oa]|aggiornat[oa]|bijgewerkt|laatste update|обновлено|(?:son )?güncel\w*|aktualizacja|"
    r"uppdaterad|oppdatert|opdateret|(?:最終)?更新日?)(?![^\W\d_])|(?<=[a-z0-9])Updated\b",
    re.IGNORECASE,
)
# A label stands right before its date: `Published on Tuesday, 3 May 2011`.
_LABEL_END = later(r"(?:^|[|·•,;(—–-]\s*|\s{2})(?:\w+ )?\w+(?: on| am| le| el| il)?\s*[:,]?(?:\s*\w+,)?\s*$")
_WEEKDAYS = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|satur?|sun)(?:day)?\b|\b(?:montag|dienstag|mittwoch|donnerstag|"
    r"freitag|samstag|sonntag|lundi|mardi|"
    r"mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|"
    r"ال(?:أحد|ا?إ?ثنين|ثلاثاء|أربعاء|خميس|جمعة|سبت))\b",
    re.IGNORECASE,
)
_TIME = later(
    r"\b\d{1,2}(?:[:.h]\d{2}){1,2}(?!\d)|\b\d{1,2}\s?(?:am|pm|a\.m\.|p\.m\.|uhr|h)\b|\b(?:am|pm|a\.m\.|p\.m\.|"
    r"[a-z]{1,4}t|gmt|utc|uhr|at|um|à|a las|às|alle|kl|o|on|am|the|le|el|den|der|г|года|last)\b|[+-]\d{2}:?\d{2}\b",
    re.IGNORECASE,
)
_HOUR = re.compile(r"\d[:h]\d\d(?!\d)|\d\s?[ap]\.?m\b", re.IGNORECASE)
_COUNTS = later(
    r"\d[\d.,]*k?\s*(?:views?|comments?|shares?|reads?|words?|likes?|min(?:ut\w*|s)?\.?|字|文字)"
    r"(?:\s*read\b|\s+d[ei] \w+)?"
    r"|\b(?:lesezeit|lesedauer|reading time)\b",
    re.IGNORECASE,
)
# A day that something lasts to, or is of, is not the line's own: `Year to December 31, 1986`.
_TOLD_OF = re.compile(r"\b(?:to|ended|ending|of|until|till|for|since|by|from|before|after)\s*$", re.IGNORECASE)
# A day that a sentence speaks of: `the May 3, 2005 BOSTON summit`.
_LEADS_ON = re.compile(r"\b(?:[a-z]{1,4}|until|since|after|before|during|between)\W*$")
# When something is to take place, as an invitation says.
_INVITING = re.compile(r"\W*(?:when|wann|quand|cuándo|quando|deadline|rsvp by)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


# A line of a byline is short; a paragraph that tells of a day is not one.
_LINE = 200
_STAMP_LINE = 120
_MOST_STAMP_WORDS, _MOST_SMALL_WORDS = 8, 2
_LABEL_LINE = 30
# So much story may stand above a date line: a title, a sub-title, a byline; above one with an hour; and so much page.
_DEEP, _DEEPER = 350, 1000
_TOP = 20_000
_HEAD = 3000
# So far above the headline may stand a line that belongs to it.
_ABOVE = 80
_YEARS = re.compile(rf"{DIGIT}(?:(?<=1)[4-9]\d\d|(?<=2)0\d\d|\d[./-]\d\d|(?<=[٠-٩۰-۹०-९০-৯])[٠-٩۰-۹०-९০-৯]{{3}})")


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
        or (_YEARS.search(raw, 0, _HEAD) and _from_dateline(raw, furniture, language, today))
        or _from_release(raw, language, today)
        or _from_address(url, "web address", today)
        or _from_address(_file_name(path), "file name", today)
    )


class _DateLine(NamedTuple):
    """A line that may give the date of publication.

    Attributes:
        text: the line.
        start: its place in `raw`.
        label: the line above it, where that is short enough to say what this one is.
        kind: what the cleaning calls it; None for the story itself.
        below: it stands right below the headline, not above it or far from it, where days of other stories may stand.
    """

    text: str
    start: int
    label: str
    kind: str | None
    below: bool = False


def _from_lines(
    raw: str, furniture: Sequence[Furniture], language: str | None, today: date
) -> Fact[PartialDate] | None:
    """Read a line of its own that is a date and little else, near the headline."""
    ranked = [ranked for line in _date_lines(raw, furniture) for ranked in _dates_of_line(line, raw, language, today)]
    return max(ranked, key=lambda item: item[0])[1] if ranked else None


def _date_lines(raw: str, furniture: Sequence[Furniture]) -> Iterator[_DateLine]:
    """Give the short lines with a year around the headline and above the story, but for what speaks of other days.

    A date among the menus over a headline is the day on which the page was saved. Below the story only a line that
    says of itself that it is the publication's is given.
    """
    title = next((piece.span for piece in furniture if piece.kind == "title"), (0, 0))
    menus = [piece.span[0] for piece in furniture if piece.kind in ("menu", "related")]
    told = 0
    label = ""
    for line in _lines(raw, furniture):
        end = line.start + len(line.text)
        if line.kind is None:
            told += len(line.text)
        elif told > _DEEP and line.kind == "related" and opens_list(line.text):
            break
        if line.kind in _DATED and len(line.text) <= _LINE and _YEARS.search(line.text):
            labelled = line.kind == "byline" and _PUBLISHED.search(line.text) is not None
            # Deep in the story a date alone belongs to a letter or a programme that is quoted.
            shown = told <= _DEEP or (told <= _DEEPER and _HOUR.search(line.text) is not None)
            hidden = any(end <= menu < title[0] for menu in menus)
            far = line.kind == "menu" and title[0] - end > _ABOVE
            if labelled or (shown and not hidden and not far):
                yield line._replace(label=label, below=line.start > title[1] > 0 and told <= _DEEP)
        label = line.text if len(line.text) <= _LABEL_LINE else ""


def _lines(raw: str, furniture: Sequence[Furniture]) -> Iterator[_DateLine]:
    """Give the lines that are not blank, and what the cleaning calls each."""
    pieces = iter(furniture)
    piece = next(pieces, None)
    start = 0
    for text in raw[:_TOP].split("\n"):
        end = start + len(text)
        kind: str | None = None
        while text and piece is not None and piece.span[0] < end:
            kind = piece.kind if piece.span[1] > start else kind
            if piece.span[1] > end:
                break
            piece = next(pieces, None)
        if text:
            yield _DateLine(text, start, "", kind)
        start = end + 1


_DATED = (None, "byline", "masthead", "topic", "menu")


def _dates_of_line(
    line: _DateLine, raw: str, language: str | None, today: date
) -> Iterator[tuple[int, Fact[PartialDate]]]:
    """Give the dates of a line that may be the publication's, with their rank: published before updated."""
    text = without_section(line.text)
    found = list(find_dates(text, language, around=raw))
    if not found or _INVITING.match(text) or _INVITING.fullmatch(line.label.rstrip(" :")):
        return
    rest = text
    for one in reversed(found):
        rest = rest[: one.span[0]] + " " + rest[one.span[1] :]
    for words in (_UPDATED, _PUBLISHED, _WEEKDAYS, _TIME, _COUNTS):
        rest = words.sub(" ", rest)
    alone = sum(map(str.isalnum, rest)) <= 3
    sure = line.kind in ("byline", "masthead")
    timed = _HOUR.search(text) is not None
    stamp = alone or ((line.kind is not None or timed) and _is_stamp(text, rest))
    done = 0
    for one in found:
        lead, done = text[done : one.span[0]], one.span[1]
        if not (one.year and one.day and plausible(value := PartialDate(*one[:3]), today)):
            continue
        said = lead if any(map(str.isalpha, lead)) else f"{line.label} {lead}" if one is found[0] else lead
        updated, published = bool(_UPDATED.search(said)), bool(_PUBLISHED.search(said))
        told_of = not alone and _TOLD_OF.search(lead) is not None
        if (stamp and not told_of) or sure or (published and _LABEL_END.search(lead)):
            rank = (3 if published else 2 if not updated else 1) + alone + 2 * (sure and line.below)
            basis = "byline" if sure or not alone else "date line"
            where = (line.start + one.span[0], line.start + one.span[1])
            yield rank, Fact(value, basis, 0.95 if published or alone else 0.85, where)


def _is_stamp(text: str, rest: str) -> bool:
    """Whether a line is a date beside names, as under a headline: no sentence, and few words that are no names."""
    if len(text) > _STAMP_LINE or text.endswith((".", "!", "?", ":")):
        return False
    words = _WORD.findall(rest)
    return len(words) <= _MOST_STAMP_WORDS and sum(word[0].islower() for word in words) <= _MOST_SMALL_WORDS


_DATELINE = re.compile(
    r"[ \t]*(?=[^\W\d_])(?P<place>(?:[SFMP]t\. |[SFMP]T\. )?[^\n.!?]{2,60}?),\s+(?P<date>[^\n()—–]{5,44}?)\s*"
    r"(?:\([^)\n]{2,60}\)\s*\.?)?(?:--|[—–-]|/[A-Z]|:)"
)


# `Москва. 13 марта 2023 года. INTERFAX.RU -`: only with an agency that we know.
_DOTTED_DATELINE = re.compile(
    r"[ \t]*[^\W\d_][^\n.!?,]{1,40}\.\s+(?P<date>\d[^\n()—–.]{4,40}?)(?:\s(?:года|року|г))?\.\s+"
    r"(?P<agency>[^\W\d_][\w. -]{1,25}?)\s[—–-]\s"
)
# `PORTSMOUTH, N.H. (Sept. 9, 2014) -`
_BRACKETED_DATELINE = re.compile(
    r"[ \t]*(?P<place>[^\W\d_a-z][\w.'’-]*(?:,?[ \u00a0][^\W\d_a-z][\w.'’-]*){0,5}),?\s+"
    r"\((?P<date>[^()\n]{6,40})\)\s*(?:--|[—–-])"
)
_STATE = re.compile(r"\s*(?:[^\W\d_a-z][\w. ]{1,24},\s+)?(?:[^\W\d_]+,?\s+)?")


def _from_dateline(
    raw: str, furniture: Sequence[Furniture], language: str | None, today: date
) -> Fact[PartialDate] | None:
    """Read `MOSCOW, Nov. 9, 2020 (Agency) -` at the head of a paragraph; without a year it proves nothing."""
    others = [piece.span for piece in furniture if piece.kind in ("caption", "credit", "related", "share")]
    head = raw[:_HEAD]
    starts = list(line_starts(head, 0, _HEAD))
    patterns = (_DATELINE, _BRACKETED_DATELINE)
    for line in filter(None, (pattern.match(head, start) for start in starts for pattern in patterns)):
        start, end = line.span("date")
        if _WEEKDAYS.fullmatch(line["place"]):
            continue  # the day over a page
        for one in find_dates(raw[start:end], language):
            lead = raw[start : start + one.span[0]]
            after = raw[start + one.span[1] : end].strip(" .,")
            if not (one.year and one.day) or after or any(first <= start < last for first, last in others):
                continue
            if _STATE.fullmatch(lead) and plausible(value := PartialDate(*one[:3]), today):
                return Fact(value, "dateline", 0.95, (start + one.span[0], start + one.span[1]))
    for line in filter(None, (_DOTTED_DATELINE.match(head, start) for start in starts)):
        start, end = line.span("date")
        for one in find_dates(raw[start:end], language) if is_known(line["agency"]) else ():
            if one.year and one.day and plausible(value := PartialDate(*one[:3]), today):
                return Fact(value, "dateline", 0.95, (start + one.span[0], start + one.span[1]))
    return None


# What a press office sets before or behind the day, in texts whose lines have run together.
_RELEASE = r"for (?:immediate )?release|(?:press|news|media) release"
_RELEASED = later(rf"(?:{_RELEASE})[\s:.,–-]*(?:\w{{3,6}}day,?\s+)?$", re.IGNORECASE)
_RELEASED_BEHIND = later(r"[\s,]*for (?:immediate )?release\b", re.IGNORECASE)
_PLACE_BEHIND = re.compile(r"[\s,]*(?:[-–—|:]\s*)?\(?(?P<place>[A-Z]{4,})\b")
# A text that begins with its day goes on as a sentence or a headline begins.
_OPENS = re.compile(r"[ .:|–—-]+[^\W\d_a-z]")
_OPENING = 500


def _from_release(raw: str, language: str | None, today: date) -> Fact[PartialDate] | None:
    """Read the day in the opening of a press release: `FOR IMMEDIATE RELEASE May 3, 2005`, `May 3, 2005 BOSTON -`."""
    opening = raw[:_OPENING]
    if not _YEARS.search(opening):
        return None
    for one in find_dates(opening, language, around=raw):
        start, end = one.span
        if not (one.year and one.day and plausible(value := PartialDate(*one[:3]), today)):
            continue
        lead = opening[opening.rfind("\n", 0, start) + 1 : start]
        before = _WEEKDAYS.sub(" ", lead)
        if _TOLD_OF.search(before):
            continue
        place = _PLACE_BEHIND.match(opening, end)
        if (
            _RELEASED.search(lead)
            or _RELEASED_BEHIND.match(opening, end)
            or (place and _is_place(place["place"]) and not _LEADS_ON.search(before))
            or (not before.strip(" ,") and start == len(lead) and _OPENS.match(opening, end))
        ):
            return Fact(value, "dateline", 0.9, one.span)
    return None


def _is_place(word: str) -> bool:
    from searcher.articles.facts.features import PLACE
    from searcher.articles.facts.tagging import tagger

    return tagger().lists.kinds(word) & PLACE != 0


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
