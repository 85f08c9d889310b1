"""Fits text to columns: wide characters take two, combining ones none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from searcher.model import Span


def columns(text: str) -> int:
    """Count the terminal columns that `text` takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def wrap(text: str, width: int, *, lines: int | None = None) -> list[Span]:
    """Break one line of text into lines no wider than `width`.

    Breaks stand at spaces and beside wide characters; a word longer than a line is broken where the line ends.

    Args:
        text: without line ends.
        width: in columns.
        lines: stop after so many; the rest is left out.

    Returns:
        The span of each line in `text`, spaces at the break left out.
    """
    spans: list[Span] = []
    start = fit = used = 0
    for at, character in enumerate(text):
        size = columns(character)
        if character == " " or size == 2:
            fit = at
        if used + size > width and character != " ":
            stop = fit if fit > start else at
            spans.append(_trimmed(text, start, stop))
            if len(spans) == lines:
                return spans
            start = stop + (text[stop] == " ")
            used = columns(text[start:at])
        used += size
    if start < len(text):
        spans.append(_trimmed(text, start, len(text)))
    return spans


def cut(text: str, width: int) -> str:
    """Shorten one line of text to `width` columns, with an ellipsis where something is left out."""
    if columns(text) <= width:
        return text
    first = wrap(text, max(width - 1, 1), lines=1)
    return text[slice(*first[0])] + "…" if first else ""


def within(spans: Iterable[Span], start: int, stop: int) -> list[Span]:
    """Give the parts of `spans` that lie in `[start, stop)`, counted from `start`."""
    return [(max(a, start) - start, min(b, stop) - start) for a, b in spans if a < stop and b > start]


def _trimmed(text: str, start: int, stop: int) -> Span:
    while stop > start and text[stop - 1] == " ":
        stop -= 1
    return start, stop
