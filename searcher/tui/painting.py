"""Draw one line of cells from safe text and styled spans, as Textual's line API wants it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.style import Style

    from searcher.model import Span

Styled = tuple[int, int, "Style"]


def segments(text: str, base: Style, spans: Iterable[Styled] = ()) -> list[Segment]:
    """Cut text where a span begins or ends; where spans overlap, later ones go on top."""
    spans = [(start, end, style) for start, end, style in spans if start < end]
    if not spans:
        return [Segment(text, base)] if text else []
    cuts = sorted({0, len(text), *(min(cut, len(text)) for start, end, _ in spans for cut in (start, end))})
    drawn = []
    for start, end in pairwise(cuts):
        style = base
        for span_start, span_end, over in spans:
            if span_start <= start and end <= span_end:
                style += over
        drawn.append(Segment(text[start:end], style))
    return drawn


def line(pieces: Iterable[Segment | Sequence[Segment]], width: int, base: Style) -> Strip:
    """Join segments into a strip of exactly `width` cells."""
    joined: list[Segment] = []
    for piece in pieces:
        joined.extend([piece] if isinstance(piece, Segment) else piece)
    cells = sum(cell_len(segment.text) for segment in joined)
    if cells > width:
        return Strip(joined, cells).adjust_cell_length(width)
    if cells < width:
        joined.append(Segment(" " * (width - cells), base))
    return Strip(joined, width)


def styled(spans: Iterable[Span], style: Style, shift: int = 0) -> list[Styled]:
    """Give every span the same style, moved by `shift` characters."""
    return [(start + shift, end + shift, style) for start, end in spans]
