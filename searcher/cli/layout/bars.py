"""Counts as bars: facets and timelines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.cli.layout.paint import BAR, FAINT, TITLE, Paint
from searcher.cli.layout.wrapping import columns, cut
from searcher.text.safety import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from searcher.model import Bar, Facet, Period, Timeline

_EIGHTHS = " ▏▎▍▌▋▊▉"
_WIDTH_OF_A_PIPE = 80
_WIDEST_BAR = 40


def facet(counted: Facet, paint: Paint, width: int | None) -> Iterator[str]:
    """Lay out the counts of one field, one value a line."""
    rows = [(one_line(value), count) for value, count in counted.counts]
    if counted.unknown:
        rows.append(("(unknown)", counted.unknown))
    yield paint(counted.field, TITLE)
    numbers = max((len(f"{count:,}") for _, count in rows), default=1)
    names = _names_width([name for name, _ in rows], numbers, width)
    most = max((count for _, count in rows), default=0)
    room = min((width or _WIDTH_OF_A_PIPE) - names - numbers - 6, _WIDEST_BAR)
    for name, count in rows:
        shown = cut(name, names) if width is not None else name
        padding = " " * max(names - columns(shown), 0)
        yield f"  {shown}{padding}  {count:>{numbers},}  {paint(bar(count, most, room), BAR)}".rstrip()
    if counted.truncated:
        yield paint("  … and more", FAINT)


def timeline(drawn: Timeline, paint: Paint, width: int | None, *, share: bool = False) -> Iterator[str]:
    """Lay out hits over time, one period a line.

    Args:
        drawn: what to draw.
        paint: colours.
        width: in columns; None for a pipe.
        share: let the bars show each period's hits as a share of its articles.
    """
    labels = [label(each.start, drawn.period) for each in drawn.bars]
    numbers = max((len(f"{each.hits:,}") for each in drawn.bars), default=1)
    totals = max((len(f"{each.articles:,}") for each in drawn.bars), default=1)
    values = [height(each, share=share) for each in drawn.bars]
    most = max(values, default=0)
    names = max(map(len, labels), default=0)
    room = (width or _WIDTH_OF_A_PIPE) - names - numbers - totals - 10
    for name, each, value in zip(labels, drawn.bars, values, strict=True):
        figures = f"{each.hits:>{numbers},} {paint(f'of {each.articles:>{totals},}', FAINT)}"
        yield f"{name:<{names}}  {figures}  {paint(bar(value, most, room), BAR)}".rstrip()
    if drawn.undated:
        yield paint(f"{drawn.undated:,} undated, in no bar", FAINT)
    if drawn.imprecise:
        yield paint(f"{drawn.imprecise:,} dated less precisely than to the {drawn.period}, in no bar", FAINT)


def height(each: Bar, *, share: bool) -> float:
    """Give what a bar shows: hits, or their share of the period's articles."""
    if not share:
        return each.hits
    return each.hits / each.articles if each.articles else 0


def label(start: date, period: Period) -> str:
    """Name a period: `2020`, `2020-11`, `2020-11-09`, or the week that begins on a day."""
    return start.isoformat()[: {"year": 4, "month": 7}.get(period, 10)]


def bar(value: float, most: float, room: int) -> str:
    """Draw `value` as a bar, `room` columns long where it is `most`, in steps of an eighth of a column."""
    if value <= 0 or most <= 0 or room <= 0:
        return ""
    eighths = max(round(value / most * room * 8), 1)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def _names_width(names: list[str], numbers: int, width: int | None) -> int:
    widest = max(map(columns, names), default=0)
    return widest if width is None else min(widest, max(width - numbers - 16, 8))
