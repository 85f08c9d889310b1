"""How text from outside is laid on a grid of terminal cells: made safe, clipped, wrapped.

Every string that came from an article, a query or a path goes through `safe` or `safe_line` before it is drawn.
Both keep their promise of length where `spans` matter: see `Safe`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from searcher.model import Span

# Combining marks beyond this many on one letter are a flood, not a spelling (Vietnamese and pointed Hebrew need 3).
MARKS_PER_LETTER = 4

# Text of these blocks alone takes one cell a character: Latin, Greek, Cyrillic, Armenian, general punctuation.
_NARROW = re.compile(
    r"[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u0590\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*"
)
# And two: kana, Chinese characters, Hangul syllables.
_WIDE = re.compile(r"[\u3041-\u3096\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\u3001-\u3020]*")
_UNSAFE = re.compile(
    r"[^\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u0590\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]"
)


class Safe(NamedTuple):
    """Text that may be drawn, and its spans moved to where their characters went."""

    text: str
    spans: tuple[Span, ...]


def _allowed(character: str) -> bool:
    """Say whether a character outside the plain blocks may be drawn: no controls, no formats, no private use."""
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} and not (
        "\ufe00" <= character <= "\ufe0f"
    )


def _keeps(character: str) -> bool:
    """Say whether a character stays as it is wherever it stands; marks depend on what is before them."""
    return _UNSAFE.match(character) is None or (
        _allowed(character) and not character.isspace() and unicodedata.category(character)[0] != "M"
    )


def safe_line(text: str, spans: Iterable[Span] = ()) -> Safe:
    """Make one drawable line of any text.

    Control characters and every other white space become one space each; format characters (bidi overrides, zero
    width, joiners), unassigned ones and marks beyond `MARKS_PER_LETTER` are dropped, so that each character left
    takes the cells that it seems to take.
    """
    if _UNSAFE.search(text) is None or all(map(_keeps, set(text))):
        return Safe(text, tuple(spans))
    kept: list[str] = []
    moved = [0] * (len(text) + 1)
    marks = 0
    for index, character in enumerate(text):
        moved[index] = len(kept)
        if character in "\t\n\r\x0b\x0c\x85\u2028\u2029" or character.isspace():
            kept.append(" ")
            marks = 0
        elif _UNSAFE.match(character) is None:
            kept.append(character)
            marks = 0
        elif _allowed(character):
            marks = marks + 1 if unicodedata.category(character)[0] == "M" else 0
            if marks <= MARKS_PER_LETTER:
                kept.append(character)
    moved[len(text)] = len(kept)
    last = len(text)
    return Safe(
        "".join(kept),
        tuple((moved[min(start, last)], moved[min(end, last)]) for start, end in spans),
    )


def safe(text: str) -> str:
    """Make any text drawable on one line; see `safe_line`."""
    return safe_line(text).text


def clip(text: str, width: int) -> str:
    """Shorten a safe line to at most `width` cells, with `…` where something is left out."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text
    return text[: _fitting(text, 0, width - 1)].rstrip() + "…"


def _fitting(text: str, start: int, width: int) -> int:
    """Find the end of the longest piece from `start` that takes at most `width` cells."""
    at, left = start, max(width, 0)
    while at < len(text):
        before = at
        for run, cells in ((_NARROW, 1), (_WIDE, 2)):
            found = run.match(text, at, at + left // cells)
            if found is not None:
                left -= cells * (found.end() - at)
                at = found.end()
        if at == before:
            left -= cell_len(text[at])
            if left < 0:
                return at
            at += 1
    return len(text)


def wrap(text: str, width: int) -> list[Span]:
    """Break a safe line into lines of at most `width` cells, at spaces where there are any.

    Returns:
        Spans of `text`, one a line; the spaces at the breaks are in none of them. One empty span for no text.
    """
    width = max(width, 2)
    lines: list[Span] = []
    start, length = 0, len(text)
    while True:
        limit = _fitting(text, start, width)
        if limit >= length:
            break
        cut = text.rfind(" ", start + 1, limit + 1)
        if cut <= start:
            cut = limit
        end = cut
        while end > start and text[end - 1] == " ":
            end -= 1
        lines.append((start, end))
        start = cut
        while start < length and text[start] == " ":
            start += 1
    if start < length or not lines:
        lines.append((start, length))
    return lines


def within(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    """Give the parts of spans, which are in order and apart, that lie in `[start, end)`, counted from `start`."""
    found: list[Span] = []
    for at in range(bisect_right(spans, start, key=itemgetter(1)), len(spans)):
        first, last = spans[at]
        if first >= end:
            break
        found.append((max(first, start) - start, min(last, end) - start))
    return found
