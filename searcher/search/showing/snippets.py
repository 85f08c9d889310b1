"""Which passage of an article shows best why it was found? Whole sentences where they fit, every match marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from searcher.search.showing.marks import flatten
from searcher.text.safety import printable
from searcher.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.model import Span
    from searcher.search.showing.marks import Mark

LENGTH = 240
"""Characters of a snippet, ellipses not counted."""

_ELLIPSIS = "…"
_BLANKS = re.compile(r"\s+")
_AGAIN = 0.01
_CONTEXT = 60  # characters that tell whether a stop ends a sentence


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
    if not marks:
        return _grow(text, 0, 0, length)
    first, last = max(_windows(marks, length), key=lambda window: _score(marks[window[0] : window[1] + 1]))
    return _grow(text, marks[first].start, marks[last].end, length)


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
        score += mark.weight * (_AGAIN if mark.leaf in seen else 1.0)
        seen.add(mark.leaf)
    # Of passages that hold the same, the one whose matches stand closest together.
    return score - (marks[-1].start - marks[0].start) * 1e-5


def _grow(text: str, start: int, end: int, length: int) -> Span:
    """Widen a passage to whole sentences as long as it fits, else to whole words."""
    pieces = _sentences_around(text, start, length)
    first = next((number for number, piece in enumerate(pieces) if piece[1] > start), len(pieces))
    begin = pieces[first][0] if first < len(pieces) and pieces[first][0] <= start else max(0, start - length)
    fitting = [last for _, last in pieces[first:] if end <= last <= begin + length]
    if fitting and first < len(pieces) and begin == pieces[first][0]:
        return begin, fitting[-1]
    if end - begin > length:
        before = max(0, (length - (end - start)) // 2)
        begin = _word_start(text, max(begin, start - before), start)
    stop = _word_end(text, min(len(text), begin + length), end)
    return begin, stop


def _sentences_around(text: str, start: int, length: int) -> list[Span]:
    """Give the sentences about a place; without one whose beginning is too far away, the last up to what is too far."""
    low, high = max(0, start - length - _CONTEXT), min(len(text), start + length + _CONTEXT)
    pieces = [(first + low, last + low) for first, last in sentences(text[low:high])]
    return pieces[1:] if low else pieces


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
