"""The facets of an answer: counts by source, person, year and language, and the hits over time as a small curve."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.reactive import reactive

from searcher.tui.actions import bindings_at
from searcher.tui.messages import FacetsLeft, FilterChosen
from searcher.tui.painting import line, segments
from searcher.tui.request import QUERY_FIELDS, Filter
from searcher.tui.typography import clip, safe
from searcher.tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual import events
    from textual.binding import BindingType
    from textual.strip import Strip

    from searcher.model import Facet, Timeline

TITLES = {"source": "Source", "person": "People", "year": "Year", "month": "Month", "language": "Language"}
BLOCKS = " ▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the panel: a value with its count, or a heading, a note, a curve."""

    text: str
    filter: Filter | None = None
    count: int = 0
    heading: bool = False


def sparkline(heights: Sequence[int], width: int) -> str:
    """Draw a curve of at most `width` cells; neighbouring values are added up where there is no room for each."""
    if not heights or width < 1:
        return ""
    groups = min(width, len(heights))
    edges = [len(heights) * number // groups for number in range(groups + 1)]
    sums = [sum(heights[start:end]) for start, end in pairwise(edges)]
    top = max(sums) or 1
    return "".join(BLOCKS[-(-value * 8 // top)] for value in sums)


class FacetPanel(LineView, can_focus=True):
    """Values to narrow to, most frequent first."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_at("facets")]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "facet--heading",
        "facet--count",
        "facet--cursor",
        "facet--marker",
        "facet--curve",
    }
    DEFAULT_CSS = """
    FacetPanel {
        & > .facet--heading { color: $accent; text-style: bold; }
        & > .facet--count { color: $quiet; }
        & > .facet--curve { color: $primary; }
        & > .facet--cursor { background: $selected; text-style: bold; }
        & > .facet--marker { color: $accent; text-style: bold; }
    }
    """

    cursor: reactive[int] = reactive(0, init=False)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.rows: list[Row] = []
        self._counted = False
        self._active: frozenset[Filter] = frozenset()
        self._heights: tuple[int, ...] = ()
        self._ends = ("", "")

    def show(self, facets: Iterable[Facet], timeline: Timeline | None, active: Iterable[Filter]) -> None:
        """Show these counts; the cursor stays on its value where that is still listed."""
        before = self.current
        self._counted = True
        self._active = frozenset(active)
        self._heights = tuple(bar.hits for bar in timeline.bars) if timeline else ()
        self._ends = (
            (str(timeline.bars[0].start)[:7], str(timeline.bars[-1].start)[:7])
            if timeline and timeline.bars
            else ("", "")
        )
        rows: list[Row] = []
        for facet in facets:
            if not facet.counts:
                continue
            rows += [Row("")] if rows else []
            rows.append(Row(TITLES.get(facet.field, facet.field), heading=True))
            if facet.field == "year" and len(self._heights) > 1:
                rows += [Row("curve"), Row("ends")]
            counts = reversed(facet.counts) if facet.field == "year" else facet.counts
            for value, count in counts:
                rows.append(Row(value, Filter(QUERY_FIELDS[facet.field], value), count))
            if facet.truncated:
                rows.append(Row(f"for more, type {QUERY_FIELDS[facet.field]}:…"))
            if facet.unknown:
                rows.append(Row("unknown", None, facet.unknown))
        self.rows = rows
        values = [number for number, row in enumerate(rows) if row.filter]
        kept = next((number for number in values if before and rows[number].filter == before), None)
        self.set_reactive(FacetPanel.cursor, kept if kept is not None else (values[0] if values else 0))
        self.measure(len(rows))
        self.refresh()

    @property
    def current(self) -> Filter | None:
        """The value under the cursor."""
        return self.rows[self.cursor].filter if self.cursor < len(self.rows) else None

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        width, ground = self.width, self.style()
        at = self.top + y
        if at >= len(self.rows):
            return line([segments(" nothing to narrow by" if at == 0 and self._counted else "", ground)], width, ground)
        row = self.rows[at]
        if row.heading:
            return line([segments(" " + row.text, self.style("facet--heading"))], width, ground)
        if row.text == "curve" and row.filter is None:
            curve = sparkline(self._heights, width - 3)
            return line([segments("  " + curve, self.style("facet--curve"))], width, ground)
        if row.text == "ends" and row.filter is None:
            drawn = min(len(self._heights), width - 3)
            first, last = self._ends
            text = f"{first}{' ' * max(drawn - len(first) - len(last), 1)}{last}"
            return line([segments("  " + text, self.style("facet--count"))], width, ground)
        selected = ["facet--cursor"] if at == self.cursor and self.has_focus and row.filter is not None else []
        ground, quiet = self.style(*selected), self.style(*selected, "facet--count")
        count = f"{row.count:,}" if row.count else ""
        mark = "✓ " if row.filter in self._active else "▌ " if selected else "  "
        room = width - 4 - cell_len(count)
        text = clip(safe(row.text), room)
        gap = " " * (room - cell_len(text) + 1)
        pieces = [
            segments(mark, self.style(*selected, "facet--marker")),
            segments(text, ground if row.filter else quiet),
            segments(gap + count, quiet),
        ]
        return line(pieces, width, ground)

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self.measure(len(self.rows))
        self._bring_cursor()

    def watch_cursor(self) -> None:
        """Show the cursor where it went."""
        self._bring_cursor()
        self.refresh()

    def on_focus(self) -> None:
        """Draw the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Take the cursor away."""
        self.refresh()

    def _bring_cursor(self) -> None:
        # The heading above a first value is worth seeing too.
        self.bring(max(self.cursor - 1, 0), 2)

    def _step(self, by: int) -> None:
        at = self.cursor + by
        while 0 <= at < len(self.rows):
            if self.rows[at].filter is not None:
                self.cursor = at
                return
            at += by

    def action_next_value(self) -> None:
        """Move to the next value."""
        self._step(1)

    def action_previous_value(self) -> None:
        """Move to the previous value."""
        self._step(-1)

    def action_next_facet(self) -> None:
        """Move to the first value of the next facet."""
        self.cursor = next((at + 1 for at in self._headings if at > self.cursor), self.cursor)
        if self.current is None:
            self._step(1)

    def action_previous_facet(self) -> None:
        """Move to the first value of this facet or the one before."""
        before = [at for at in self._headings if at < self.cursor - 1]
        if before:
            self.cursor = before[-1] + 1
            if self.current is None:
                self._step(1)

    @property
    def _headings(self) -> list[int]:
        return [number for number, row in enumerate(self.rows) if row.heading]

    def action_narrow(self) -> None:
        """Keep only the hits with this value."""
        if self.current is not None:
            self.post_message(FilterChosen(self.current))

    def action_exclude(self) -> None:
        """Leave out the hits with this value."""
        if self.current is not None:
            self.post_message(FilterChosen(Filter(self.current.field, self.current.value, excluded=True)))

    def action_leave_facets(self) -> None:
        """Go back to the results."""
        self.post_message(FacetsLeft())

    def on_click(self, event: events.Click) -> None:
        """Narrow to the value clicked."""
        at = self.top + event.y
        if at < len(self.rows) and self.rows[at].filter is not None:
            self.cursor = at
            self.action_narrow()
