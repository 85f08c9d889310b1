"""Which passage of an article shows best why it was found? Whole sentences where they fit, every match marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from searcher.search.marks import flatten
from searcher.text.safety import printable
from searcher.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.model import Span
    from searcher.search.marks import Mark

LENGTH = 240
"""Characters of a snippet, ellipses not counted."""

_ELLIPSIS = "…"
_BLANKS = re.compile(r"\s+")
_NEARLY = 0.1


class Snippet(NamedTuple):
    """A passage on one line, without control characters, and the places of the matches in it."""

    text: str
    highlights: tuple[Span, ...]


NO_SNIPPET = Snippet("", ())


def snippet(text: str, marks: Sequence[Mark], length: int = LENGTH) -> Snippet:
    """Quote the passage that holds most of what was asked for; without any mark, the beginning.

    Args:
        text: an article's.
        marks: of the whole text, in order.
        length: how many characters to quote at most.
    """
    start, end = _passage(text, marks, length)
    inside = flatten([mark for mark in marks if mark.start >= start and mark.end <= end])
    return _quote(text, start, end, inside)


def highlight_line(text: str, marks: Sequence[Mark]) -> Snippet:
    """Give a whole text, such as a title, on one line with its matches."""
    return _quote(text, 0, len(text), flatten(marks), cut=False)


def _passage(text: str, marks: Sequence[Mark], length: int) -> Span:
    if len(text) <= length:
        return 0, len(text)
    pieces = sentences(text)
    if not marks:
        return _grow(text, pieces, 0, 0, length)
    best, best_score = (0, 0), -1.0
    starts = [start for start, _ in pieces]
    for first, last in _windows(marks, length):
        score = _score(marks[first : last + 1])
        if _opens_sentence(marks[first], pieces, starts):
            score += _NEARLY * _NEARLY
        if score > best_score:
            best, best_score = (first, last), score
    return _grow(text, pieces, marks[best[0]].start, marks[best[1]].end, length)


def _windows(marks: Sequence[Mark], length: int) -> list[tuple[int, int]]:
    """Give, for every mark, the run of marks from it on that fits."""
    windows = []
    last = 0
    for first, mark in enumerate(marks):
        last = max(first, last)
        while last + 1 < len(marks) and marks[last + 1].end - mark.start <= length:
            last += 1
        windows.append((first, last))
    return windows


def _score(marks: Sequence[Mark]) -> float:
    """Count each part of the query once in full and every repetition a little."""
    seen: set[int] = set()
    score = 0.0
    for mark in marks:
        score += mark.weight * (_NEARLY * _NEARLY if mark.leaf in seen else 1.0)
        seen.add(mark.leaf)
    # Of passages that hold the same, the one whose matches stand closest together.
    return score - (marks[-1].end - marks[0].start) * 1e-5


def _opens_sentence(mark: Mark, pieces: Sequence[Span], starts: Sequence[int]) -> bool:
    from bisect import bisect_right

    number = bisect_right(starts, mark.start) - 1
    return number >= 0 and mark.start - pieces[number][0] < LENGTH // 2


def _grow(text: str, pieces: Sequence[Span], start: int, end: int, length: int) -> Span:
    """Widen a passage to whole sentences as long as it fits, else to whole words."""
    first = next((number for number, piece in enumerate(pieces) if piece[1] > start), len(pieces) - 1)
    last = next((number for number in range(first, len(pieces)) if pieces[number][1] >= end), len(pieces) - 1)
    if pieces and pieces[last][1] - pieces[first][0] <= length:
        while last + 1 < len(pieces) and pieces[last + 1][1] - pieces[first][0] <= length:
            last += 1
        return pieces[first][0], pieces[last][1]
    begin = pieces[first][0] if pieces else 0
    if end - begin > length:
        before = max(0, (length - (end - start)) // 2)
        begin = _word_start(text, max(begin, start - before), start)
    stop = _word_end(text, min(len(text), begin + length), end)
    return begin, stop


def _word_start(text: str, place: int, latest: int) -> int:
    """Go forward to where a word begins."""
    if place == 0 or text[place - 1].isspace():
        return place
    found = _BLANKS.search(text, place, latest)
    return found.end() if found else place


def _word_end(text: str, place: int, earliest: int) -> int:
    """Go back to where a word ends."""
    if place >= len(text) or text[place].isspace():
        return place
    at = place
    while at > earliest and not text[at - 1].isspace():
        at -= 1
    return at if at > earliest else place


def _quote(text: str, start: int, end: int, spans: Sequence[Span], *, cut: bool = True) -> Snippet:
    while start < end and text[start].isspace() and not any(span[0] == start for span in spans):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    quoted = f"{_ELLIPSIS} " if cut and text[:start].strip() else ""
    highlights: list[Span] = []
    at = start
    for first, last in spans:
        quoted += _clean(text[at:first])
        marked = _clean(text[first:last])
        highlights.append((len(quoted), len(quoted) + len(marked)))
        quoted += marked
        at = last
    quoted += _clean(text[at:end])
    if cut and text[end:].strip():
        quoted += f" {_ELLIPSIS}"
    return Snippet(quoted, tuple(span for span in highlights if span[0] < span[1]))


def _clean(piece: str) -> str:
    return _BLANKS.sub(" ", printable(piece))
