"""Where do sentences begin and end? Good enough to choose what to quote; after the rules of UAX 29.

A stop ends a sentence unless a small letter follows, or it belongs to an abbreviation or an initial; line breaks
always end one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from searcher.model import Span

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|[。！？｡؟।]+[」』”）]*|\n+")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof sen rep gov gen col lt sgt capt maj adm rev hon st jr sr inc ltd co corp vs etc no vol fig al "
    "approx dept est jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun e.g i.e cf bzw z.b "
    "u.a usw nr str mme mlle m sig dott".split(),
)
_LAST_WORD = re.compile(r"[\w.]+$")


def sentences(text: str) -> list[Span]:
    """Give the places of the sentences in order, without the white space around them; every word is in one."""
    spans: list[Span] = []
    start = 0
    for found in _END.finditer(text):
        if not _goes_on(text, start, found):
            _append(spans, text, start, found.end())
            start = found.end()
    _append(spans, text, start, len(text))
    return spans


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left, right = len(piece) - len(piece.lstrip()), len(piece.rstrip())
    if left < right:
        spans.append((start + left, start + right))


def _goes_on(text: str, start: int, found: re.Match[str]) -> bool:
    if found[0][0] not in ".!?…":
        return False
    following = text[found.end() : found.end() + 40].lstrip(" \t\"'“‘«(")
    if following[:1].islower():
        return True
    if found[0] != "." or text[found.end() : found.end() + 1] == "\n":
        return False
    word = _LAST_WORD.search(text, max(start, found.start() - 20), found.start())
    if word is None:
        return False
    last = word[0]
    return last.lower() in _ABBREVIATIONS or (len(last) == 1 and last.isupper())
