"""Which lines of a page are not the story, told by the words and the shape that such lines have everywhere?

Share lines, links to other stories, photo credits, bylines, notices and menus read alike on all sites of a language.
Nothing here knows a site; what a line is in its place among others is decided in `clean`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from searcher.articles import phrases
from searcher.articles.facts.months import month_number
from searcher.articles.facts.outlets import is_name
from searcher.articles.facts.written import in_ascii_figures
from searcher.articles.mastheads import is_banner, is_masthead, is_outlet, is_running_head
from searcher.text.letters import lowered
from searcher.text.patterns import later

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from searcher.model import Span

Kind = Literal[
    "title", "masthead", "menu", "topic", "byline", "credit", "caption", "share", "related", "copyright", "notice",
    "separator",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Furniture:
    """A piece of `raw` that is not story: what it is and where it stands."""

    kind: Kind
    span: Span


def _any(pieces: Sequence[str]) -> str:
    """One of several pieces; `~` is up to 40 characters more, `@channel` a place that people share things on."""
    piece = "|".join(pieces).replace("~", ".{0,40}")
    return f"(?:{piece.replace('@channel', _CHANNEL)})"


def _line(pieces: Sequence[str]) -> re.Pattern[str]:
    """A whole line, in lower case, of one of several pieces, whatever bullets and marks are set around it."""
    return later(rf"{_BULLET}{_any(pieces)}{_TAIL}[!?]?")


_CHANNEL = f"(?:{'|'.join(phrases.CHANNELS)})"
_BULLET = r"[\s\-–—>»›→►▶•*·#\[(]*"
_TAIL = r"[\s:.\-–—>»›→►▼…\])]*"
_OFFER = _line(phrases.OFFERS)
_LINK_MARKS = ":|»›→►"
_SHARE = _line(phrases.SHARES)
_NOTICE = _line(phrases.NOTICES)
# `See SENATE, page A4`
_TURN = later(
    rf"{_BULLET}(?i:please\s+)?(?i:see|turn\s+to)\s+[A-Z][A-Z' -]{{2,30}},?\s+(?i:on\s+)?(?i:page)\s+\S{{1,5}}"
    rf"{_TAIL}[!?]?"
)
_TELLTALE = later(_any(phrases.TELLTALES))
_COPYRIGHT = _line(phrases.COPYRIGHTS)
_SLUG, _SIGNS = later(phrases.SLUG), later(phrases.SIGNS)
_TOPIC = _line(phrases.TOPICS)
_BYLINE = re.compile(_any(phrases.BYLINES), re.IGNORECASE)
_CONTRIBUTION = later(_BULLET + _any(phrases.CONTRIBUTIONS))
_DATE_WORD = re.compile("|".join(phrases.DATES), re.IGNORECASE)
_WEEKDAY = later(phrases.WEEKDAYS, re.IGNORECASE)
_DAY_IN_FIGURES = later(r"\d{1,2}([./-])\d{1,2}\1(?:\d\d)?\d\d\.?|\d{4}([./-])\d{1,2}\2\d{1,2}|\d{4}\s?[年년].*")
_PLACE_BEFORE_DATE = re.compile(
    r"[^\W\d_a-z][^\d,|]{2,30},\s+(?=[^,]*\d)"
    r"|(?:[^\W\d_a-z][^\W\d_]*\s){1,3}(?=\d.*\b(?:19|20)\d\d\b.*\b\d{1,2}:\d\d\b)"  # a section's, with the hour
)
_DIGIT = re.compile(r"\d")
# An outlet before the day, the season or the number of its issue, and the page.
_DATED_OUTLET = later(
    r"(?:from (?:the )?)?(?P<name>[^\W\d_][^\d,|·•():]{2,48}?)(?:\s+\([^()\d]{2,30}\))?"
    r"(?:\s*[,|·•(:]\s*|\s+[-–—]+\s+|\s{2,})"
    r"(?:(?P<issue>(?:winter|spring|summer|autumn|fall),?\s\d{4}|(?:vol|volume|no|issue)\b.{1,40}?)|(?P<day>[^()]*?\d{4}))"
    r"\)?(?:,?\s*(?:pp?\.|pages?)\s?\S{1,10})?\.?",
    re.IGNORECASE,
)
_READING_TIME = re.compile(r"\W+\d+ min(?:ute)?s?\.?(?: read)?$")
_AGE = re.compile(
    r"[\s/|·•,–-]+(?:updated\s+)?(?:in\s+)?(?:\d+|an?|one)\s+(?:minute|hour|day|week|month|year)s?(?:\s+ago)?$",
    re.IGNORECASE,
)
# A section run on to the day of a story: `WORLD NEWSJUNE 8, 2016 / 3:12 PM`.
_RUN_ON_SECTION = re.compile(rf"[A-Z][A-Za-z ]{{2,40}}?(?=(?i:{phrases.MONTH})\s\d{{1,2}},\s\d{{4}}\s/\s\d)")
_DATE_APART = re.compile(r"[\s,|·•()،]+|(?<!\d)[/\-–—]+|[/\-–—]+(?!\d)")

_AGENCY = _any(phrases.AGENCIES)
_CREDIT_WORD = _any(phrases.CREDITS)
_NAME = r"[A-ZÀ-ÞА-Я][\w.'’\-]*(?:\s+(?:[A-ZÀ-ÞА-Я][\w.'’\-]*|d[eai]|van|von|al|bin|el)){0,4}"
_SLASHED = (
    rf"(?:(?i:{_AGENCY}(?:\s+(?:photo|images?|file))?)\s*/\s*{_NAME}|{_NAME}\s*/\s*(?i:{_AGENCY})\b)"
    r"(?:\s*/\s*[\w .'’\-]{2,40})?"
)
_WITHIN = r"[^()\[\]]{0,100}"
_CREDIT_SIGN = re.compile(r"\s*(?:©|\(c\)|Ⓒ)\s*[^.!?©]{2,80}[.]?\s*$", re.IGNORECASE)
_CREDIT_MARKS = ("©", "Ⓒ", "(c)", "(C)")
_LONGEST_CREDIT = 240
_FEWEST_SECTIONS = 3
_LONGEST_DATE = 80
_LONGEST_ENTRY = 32
_ENTRY_MARKS = "|·•>›»/"
_WIDE_GAP = re.compile(r"\s{2,}")
_CAPTION_START = re.compile(_any(phrases.CAPTIONS), re.IGNORECASE)
_PICTURE_CREDIT = re.compile(r"(?:image|media|photo|video)\s?(?:source|copyright|credit)[\s,:]*.{0,60}", re.IGNORECASE)
_TAKEN_BY = later(rf"(?i:{phrases.TAKEN_BY})(?!the\b){_NAME}.{{0,80}}")
_POSITION = re.compile(r"\((?:L|R|C|[LRC]-[LRC]|\d(?:st|nd|rd|th)\s+[LR])\)")
_PLACE_IN_PICTURE = re.compile(r"\((?:L|left|right|cent(?:er|re)|pictured)\)", re.IGNORECASE)
_MONTH_YEARS = later(rf"{phrases.MONTH}\W{{0,2}}(?:19|20)\d\d")
_WORD = re.compile(r"[^\W_]")
_LONGEST = 400
_LONGEST_SIGNATURE = 32
_LONGEST_OFFER = 250
_OFFER_WITH_LINK = later(rf"{_BULLET}{_any(phrases.OFFERS)}\s*(?::|\||[»›→►])\s*\S")
_COMMENTS = _line(phrases.COMMENTS)
_NOTE = later(rf"(?P<name>{_NAME})\s(?i:{phrases.WRITERS})")
_POST = later(phrases.POST)
_CREDIT_IN_BRACKETS = later(
    rf"[(\[](?:{_WITHIN}(?:\b(?i:{_any(phrases.PICTURES)})\b|\b(?i:via|by|from)\s+(?i:{_AGENCY})\b|{_SLASHED}){_WITHIN}"
    r"|(?i:file|archive|courtesy\s+of\b[^()\[\]]{2,60}))[)\]]\W*$",
)
_AGENCIES_IN_BRACKETS = later(rf"\s*[(\[](?:{_AGENCY})(?:\s*[,/&]\s*(?:{_AGENCY}))*[)\]]\W*$", re.IGNORECASE)
_CREDIT_LABEL = later(
    rf"(?:^|(?<=[.!?\"”’)])\s+|\s+[|–—-]\s+)(?:(?i:{_CREDIT_WORD}))(?:\s+(?i:by|credit|courtesy(?:\s+of)?|source))?\s*[:/©]\s*"
    r"(?:[^.!?]|(?<=\w)\.(?=\w)){2,80}\.?\s*$"
)
_CREDIT_SLASHED = later(
    rf"(?:(?:^|(?<=[.!?\"”’)])\s+|\s+[|–—-]\s+){_SLASHED}(?:\s*[;,]\s*{_SLASHED})*|(?<=[.!?\"”’)])\s*/\s*(?i:{_AGENCY}))"
    r"\.?\s*$"
)
_WIDE_MENU = later(r"[\u3040-\u9fff\uac00-\ud7af]{1,5}(?:[ \u3000]+[\u3040-\u9fff\uac00-\ud7af]{1,5}){3,}")


def recognise(line: str, *, prose: bool) -> Kind | None:
    """Tell a line that is furniture wherever it stands.

    Args:
        line: the line.
        prose: it is of sentences; few kinds of furniture are.
    """
    if len(line) > _LONGEST:
        return "menu" if is_menu(line) else None
    lower = lowered(line)
    return next((kind for kind, fits in (_SENTENCES if prose else _KINDS) if fits(line, lower)), None)


def _offers(line: str, lower: str) -> bool:
    if _OFFER.fullmatch(lower):
        return True
    if line[0] == "←" or line[-1] == "→":
        return True
    linked = len(line) < _LONGEST_OFFER and any(mark in line for mark in _LINK_MARKS)
    return linked and _OFFER_WITH_LINK.match(lower) is not None


def _notifies(line: str, lower: str) -> bool:
    told = any(word in lower for word in phrases.TELLTALE_WORDS) and _TELLTALE.search(lower) is not None
    return told or _NOTICE.fullmatch(lower) is not None or (" page " in lower and _TURN.fullmatch(line) is not None)


def opens_list(line: str) -> bool:
    """Whether a line offers other stories that the lines after it name."""
    return _OFFER.fullmatch(lowered(line)) is not None


def opens_comments(line: str) -> bool:
    """Whether a line stands over what readers have written."""
    return _COMMENTS.fullmatch(lowered(line)) is not None


def opens_reply(line: str) -> bool:
    """Whether a line stands over the answer to a post of a forum."""
    post = _POST.fullmatch(line) if "#" in line else None
    return post is not None and int(post["number"]) > 1


def noted_writer(line: str) -> str | None:
    """Whom a line tells of as a piece's last paragraph does of its writer: `Ann Lee is a fellow of …`."""
    note = _NOTE.fullmatch(line) if len(line) <= _LONGEST else None
    return note["name"] if note is not None else None


def is_date(line: str) -> bool:
    """Whether a line is a date, perhaps with a time or a place before it, and nothing else."""
    if len(line) > _LONGEST_DATE or _DIGIT.search(line) is None:
        return False
    line = _AGE.sub("", _READING_TIME.sub("", in_ascii_figures(without_section(line)))).strip()
    place = _PLACE_BEFORE_DATE.match(line)
    return _is_day(line) or (place is not None and _is_day(line[place.end() :], year=True))


def without_section(line: str) -> str:
    """Blank out the section that is run on to the day of a story."""
    section = _RUN_ON_SECTION.match(line) if " / " in line else None
    return line if section is None else " " * section.end() + line[section.end() :]


def dated_outlet(line: str) -> str | None:
    """Whose issue a line gives the day or the number of: `The Example Times, 9 May 2011, p. 3`."""
    found = _DATED_OUTLET.fullmatch(line) if len(line) <= _LONGEST_DATE and _DIGIT.search(line) else None
    if found is None:
        return None
    name = found["name"]
    named = is_masthead(name) if found["issue"] or name.lower().startswith("the ") else is_outlet(name)
    return name if named and (found["issue"] or is_date(found["day"])) else None


def _is_day(line: str, *, year: bool = False) -> bool:
    """Whether all words of a line are those of a date, one of them a month, a weekday or a day in figures."""
    named = with_year = False
    for word in _DATE_APART.split(line):
        month = bool(word) and month_number(word.rstrip("."))
        if word and not month and _DATE_WORD.fullmatch(word) is None:
            return False
        figures = _DAY_IN_FIGURES.fullmatch(word) is not None
        with_year = with_year or figures or (len(word) == 4 and word.isdigit())
        named = named or figures or bool(month) or _WEEKDAY.fullmatch(word) is not None
    return named and (with_year or not year)


def is_menu(line: str) -> bool:
    """Whether a line is a list of months, or of short entries set off by bars, bullets, arrows or wide gaps."""
    line = line[:_LONGEST]
    if (
        line.count("20") + line.count("19") > 2
        and line[-1] not in ".!?"
        and len(_MONTH_YEARS.findall(lowered(line))) > 2
    ):
        return True
    words = line.split()
    if len(words) >= _FEWEST_SECTIONS and all(word[0].isupper() and word.lower() in phrases.SECTIONS for word in words):
        return True
    if not line.isascii() and _WIDE_MENU.fullmatch(line):
        return True
    entries = _WIDE_GAP.split(line) if "  " in line else ()
    if len(entries) > 3 and max(map(len, entries)) < _LONGEST_ENTRY and not _DIGIT.search(line):
        return True
    for mark in _ENTRY_MARKS:
        if line.count(mark) > 2 and max(map(len, line.split(mark))) < _LONGEST_ENTRY and not _DIGIT.search(line):
            return True
    return False


def credit_start(line: str) -> int | None:
    """Where the credit of a picture begins that ends a line; 0 when the line is nothing else; None without one."""
    length = len(line)
    start = max(0, length - _LONGEST_CREDIT)
    found = None
    if line.rstrip(' .,;"”')[-1:] in (")", "]"):
        found = _CREDIT_IN_BRACKETS.search(line, start)
        if found is not None:
            return len(line[: found.start()].rstrip())
    if found is None and any(mark in line for mark in _CREDIT_MARKS):
        found = _CREDIT_SIGN.search(line, start)
    # A label's colon, and a slash between an agency and a name, stand near the end.
    if found is None and line.find(":", max(0, length - 85)) >= 0:
        found = _CREDIT_LABEL.search(line, max(0, length - 130))
    if found is None and line.find("/", start) >= 0:
        found = _CREDIT_SLASHED.search(line, start)
    return found.start() if found else None


def agency_start(line: str) -> int | None:
    """Where the agency's name in brackets begins that ends a line; a credit only where the line is a caption."""
    start = max(0, len(line) - 80)
    if line.find(")", start) < 0 and line.find("]", start) < 0:
        return None
    found = _AGENCIES_IN_BRACKETS.search(line, start)
    return found.start() if found else None


def is_caption(line: str) -> bool:
    """Whether a line speaks of a picture: it says where people stand in it, or that it is one."""
    if _CAPTION_START.match(line) is not None:
        return True
    # A lone `(R)` or `(C)` may be a party or a circled letter.
    return "(" in line and (_PLACE_IN_PICTURE.search(line) is not None or len(_POSITION.findall(line)) > 1)


def is_captioned(line: str) -> bool:
    """Whether a line speaks of a picture, or ends with whose picture it is."""
    return is_caption(line) or credit_start(line) is not None or agency_start(line) is not None


def is_signature(line: str) -> bool:
    """Whether a line is an outlet's name and nothing else, as the agency's that ends a story: `—Reuters`."""
    if len(line) > _LONGEST_SIGNATURE:
        return False
    name = line.strip("—–-/()[]. ")
    return len(name) > 1 and is_name(name)


def is_agency(name: str) -> bool:
    """Whether a name is that of an agency, which sells its stories and pictures to others."""
    return re.fullmatch(_AGENCY, name, re.IGNORECASE) is not None


# In the order in which they are tried, on a line and on the same in lower case: what says most of itself first.
_SENTENCES: tuple[tuple[Kind, Callable[[str, str], object]], ...] = (
    ("share", lambda _, lower: _SHARE.fullmatch(lower)),
    ("copyright", lambda _, lower: _COPYRIGHT.fullmatch(lower)),
    ("notice", _notifies),
    ("byline", lambda _, lower: _CONTRIBUTION.fullmatch(lower)),
)
_KINDS: tuple[tuple[Kind, Callable[[str, str], object]], ...] = (
    ("separator", lambda line, _: _WORD.search(line) is None),
    ("masthead", lambda line, _: is_banner(line) or is_running_head(line)),
    ("related", _offers),
    *_SENTENCES,
    ("byline", lambda line, _: _BYLINE.fullmatch(line) or is_date(line) or dated_outlet(line)),
    ("byline", lambda line, _: _SIGNS.fullmatch(line)),
    ("topic", lambda line, lower: _TOPIC.fullmatch(lower) or _SLUG.fullmatch(line)),
    ("credit", lambda line, _: credit_start(line) == 0 or _PICTURE_CREDIT.fullmatch(line) or _TAKEN_BY.fullmatch(line)),
    ("menu", lambda line, _: is_menu(line)),
)
