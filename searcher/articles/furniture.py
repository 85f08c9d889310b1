"""Which lines of a page are not the story, told by the words and the shape that such lines have everywhere?

Share lines, links to other stories, photo credits, bylines, notices and menus read alike on all sites of a language.
Nothing here knows a site; what a line is in its place among others is decided in `clean`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from searcher.articles import phrases

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
    """A whole line of one of several pieces, whatever bullets and marks are set around it."""
    return re.compile(rf"{_BULLET}{_any(pieces)}{_TAIL}[!?]?", re.IGNORECASE)


_CHANNEL = f"(?:{'|'.join(phrases.CHANNELS)})"
_BULLET = r"[\s\-–—>»›→►▶•*·#\[(]*"
_TAIL = r"[\s:.\-–—>»›→►▼…\])]*"
_OFFER = _line(phrases.OFFERS)
_OFFER_WITH_LINK = re.compile(rf"{_BULLET}{_any(phrases.OFFERS)}\s*(?::|\||[»›→►])\s*\S", re.IGNORECASE)
_LINK_MARKS = ":|»›→►"
_SHARE = _line(phrases.SHARES)
_NOTICE = _line(phrases.NOTICES)
_TELLTALE = re.compile(_any(phrases.TELLTALES), re.IGNORECASE)
_COPYRIGHT = _line(phrases.COPYRIGHTS)
_TOPIC = _line(phrases.TOPICS)
_BYLINE = re.compile(_any(phrases.BYLINES), re.IGNORECASE)
_CONTRIBUTION = re.compile(_any(phrases.CONTRIBUTIONS), re.IGNORECASE)
_DATE_WORD = re.compile("|".join(phrases.DATES), re.IGNORECASE)
_DATE_CORE = re.compile(
    rf"\b(?:{phrases.MONTH}|{phrases.WEEKDAY})(?=\W|\d|$)|\d{{1,2}}([./-])\d{{1,2}}\1(?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d"
    r"|\d\s+[^\W\d]{3,}\s+(?:19|20)\d\d",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_DATE_APART = re.compile(r"[\s,|·•()/\-–—]+")

_AGENCY = _any(phrases.AGENCIES)
_CREDIT_WORD = _any(phrases.CREDITS)
_NAME = r"[A-ZÀ-ÞА-Я][\w.'’\-]*(?:\s+(?:[A-ZÀ-ÞА-Я][\w.'’\-]*|d[eai]|van|von|al|bin|el)){0,4}"
_SLASHED = (
    rf"(?:(?i:{_AGENCY}(?:\s+(?:photo|images?|file))?)\s*/\s*{_NAME}|{_NAME}\s*/\s*(?i:{_AGENCY})\b)"
    r"(?:\s*/\s*[\w .'’\-]{2,40})?"
)
_WITHIN = r"[^()\[\]]{0,100}"
_CREDIT_IN_BRACKETS = re.compile(
    rf"\s*[(\[](?:{_WITHIN}(?:\b(?i:{_any(phrases.PICTURES)})\b|\b(?i:via|by|from)\s+(?i:{_AGENCY})\b|{_SLASHED}){_WITHIN}"
    r"|(?i:file|archive|courtesy\s+of\b[^()\[\]]{2,60}))[)\]]\W*$",
)
_AGENCIES_IN_BRACKETS = re.compile(rf"\s*[(\[](?:{_AGENCY})(?:\s*[,/&]\s*(?:{_AGENCY}))*[)\]]\W*$", re.IGNORECASE)
_CREDIT_SIGN = re.compile(r"\s*(?:©|\(c\)|Ⓒ)\s*[^.!?©]{2,80}[.]?\s*$", re.IGNORECASE)
_CREDIT_LABEL = re.compile(
    rf"(?:^|(?<=[.!?\"”’)])\s+|\s+[|–—-]\s+)(?:(?i:{_CREDIT_WORD}))(?:\s+(?i:by|credit|courtesy(?:\s+of)?|source))?\s*[:/©]\s*[^.!?]{{2,80}}\.?\s*$"
)
_CREDIT_SLASHED = re.compile(
    rf"(?:(?:^|(?<=[.!?\"”’)])\s+|\s+[|–—-]\s+){_SLASHED}(?:\s*[;,]\s*{_SLASHED})*|(?<=[.!?\"”’)])\s*/\s*(?i:{_AGENCY}))"
    r"\.?\s*$"
)
_CREDIT_MARKS = ("©", "Ⓒ", "(c)", "(C)")
_LONGEST_CREDIT = 240
_LONGEST_ENTRY = 32
_ENTRY_MARKS = "|·•>›»/"
_CAPTION_START = re.compile(_any(phrases.CAPTIONS), re.IGNORECASE)
_PICTURE_CREDIT = re.compile(r"(?:image|media|photo|video)\s?(?:source|copyright|credit)[\s,:]*.{0,60}", re.IGNORECASE)
_POSITION = re.compile(r"\((?:L|R|C|[LRC]-[LRC]|\d(?:st|nd|rd|th)\s+[LR])\)")
_PLACE_IN_PICTURE = re.compile(r"\((?:L|left|right|cent(?:er|re)|pictured)\)", re.IGNORECASE)
_MONTH_YEARS = re.compile(rf"{phrases.MONTH}\W{{0,2}}(?:19|20)\d\d", re.IGNORECASE)
_WORD = re.compile(r"\w")
_OUTLET = re.compile(rf"\b{_any(phrases.OUTLETS)}\b|\.(?:com|net|org|info|tv|ru|co\.\w\w|az|am|de|fr)\b", re.IGNORECASE)
_LONGEST = 400
_LONGEST_MASTHEAD = 60
_LONGEST_OFFER = 250


def recognise(line: str, *, prose: bool) -> Kind | None:
    """Tell a line that is furniture wherever it stands.

    Args:
        line: the line.
        prose: it is of sentences; few kinds of furniture are.
    """
    if len(line) > _LONGEST:
        return "menu" if is_menu(line) else None
    return next((kind for kind, fits in (_SENTENCES if prose else _KINDS) if fits(line)), None)


def _offers(line: str) -> bool:
    if opens_list(line):
        return True
    linked = len(line) < _LONGEST_OFFER and any(mark in line for mark in _LINK_MARKS)
    return linked and _OFFER_WITH_LINK.match(line) is not None


def _notifies(line: str) -> bool:
    lower = line.lower()
    told = any(word in lower for word in phrases.TELLTALE_WORDS) and _TELLTALE.search(line) is not None
    return told or _NOTICE.fullmatch(line) is not None


def opens_list(line: str) -> bool:
    """Whether a line offers other stories that the lines after it name."""
    return _OFFER.fullmatch(line) is not None


def is_date(line: str) -> bool:
    """Whether a line is a date, perhaps with a time, and nothing else."""
    if len(line) > 60 or _DATE_CORE.search(line) is None:
        return False
    return all(_DATE_WORD.fullmatch(word) for word in _DATE_APART.split(line) if word)


def is_menu(line: str) -> bool:
    """Whether a line is a list of months, or of short entries set off by bars, bullets or arrows."""
    line = line[:_LONGEST]
    if line.count("20") + line.count("19") > 2 and line[-1] not in ".!?" and len(_MONTH_YEARS.findall(line)) > 2:
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
    if found is None and any(line.find(mark, start) >= 0 for mark in _CREDIT_MARKS):
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


def is_banner(line: str) -> bool:
    """Whether a short line ends or begins with a bar, as a page's head does: `The Example |`."""
    return len(line) <= _LONGEST_MASTHEAD and line.count("|") == 1 and (line[0] == "|" or line[-1] == "|")


def is_masthead(line: str) -> bool:
    """Whether a short line names a publisher: it is a banner, or has a word that outlets are called by."""
    if is_banner(line):
        return True
    words = line.split()
    named = all(word[0].isupper() or not word[0].isalpha() or len(word) < 4 for word in words)
    return len(line) <= _LONGEST_MASTHEAD and len(words) <= 6 and named and _OUTLET.search(line) is not None


# In the order in which they are tried: what says most of itself first.
_SENTENCES: tuple[tuple[Kind, Callable[[str], object]], ...] = (
    ("share", _SHARE.fullmatch),
    ("copyright", _COPYRIGHT.fullmatch),
    ("notice", _notifies),
    ("byline", _CONTRIBUTION.fullmatch),
)
_KINDS: tuple[tuple[Kind, Callable[[str], object]], ...] = (
    ("separator", lambda line: _WORD.search(line) is None),
    ("masthead", is_banner),
    ("related", _offers),
    *_SENTENCES,
    ("byline", lambda line: _BYLINE.fullmatch(line) or is_date(line)),
    ("topic", _TOPIC.fullmatch),
    ("credit", lambda line: credit_start(line) == 0 or _PICTURE_CREDIT.fullmatch(line)),
    ("menu", is_menu),
)
