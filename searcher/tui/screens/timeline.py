"""Hits over time: bars by year, month, week or day; move, zoom, and narrow to a bar."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.reactive import reactive
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from searcher.tui.actions import bindings_at
from searcher.tui.fetching import fetch_timeline
from searcher.tui.painting import line, segments
from searcher.tui.request import Filter
from searcher.tui.screens.closing import close
from searcher.tui.typography import safe
from searcher.tui.widgets.facet_panel import BLOCKS
from searcher.tui.widgets.key_hints import KeyHints
from searcher.tui.words import bar_name, counted

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from searcher.archive import Archive
    from searcher.model import Bar, Period, Timeline
    from searcher.tui import messages
    from searcher.tui.actions import Place

PERIODS: tuple[Period, ...] = ("year", "month", "week", "day")
WIDEST = 6  # cells a bar
SCALE = 7  # cells at the left for counts
NONE_DATED = "None has a date of its own: no bars."


class Chart(Widget):
    """The bars, the chosen one marked, with counts at the left and dates below."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"chart--bar", "chart--chosen", "chart--quiet"}
    DEFAULT_CSS = """
    Chart {
        height: 1fr;
        max-height: 36;
        margin: 1 2;
        & > .chart--bar { color: $primary; }
        & > .chart--chosen { color: $accent; text-style: bold; }
        & > .chart--quiet { color: $quiet; }
    }
    """
    cursor: reactive[int] = reactive(0)

    def __init__(self) -> None:
        super().__init__()
        self.bars: tuple[Bar, ...] = ()
        self.period: Period = "month"

    def show(self, bars: tuple[Bar, ...], period: Period, cursor: int) -> None:
        """Show these bars, with the cursor on one of them."""
        self.bars, self.period = bars, period
        self.cursor = cursor
        self.refresh()

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a bar."""
        return max(0, min(cursor, len(self.bars) - 1))

    @property
    def _room(self) -> int:
        return max(self.size.width - SCALE - 1, 1)

    @property
    def _step(self) -> int:
        """Cells from bar to bar."""
        return max(1, min(WIDEST, self._room // max(len(self.bars), 1)))

    @property
    def _first(self) -> int:
        """The first bar in view: the chosen one is in the middle where not all fit."""
        fit = max(self._room // self._step, 1)
        return max(0, min(self.cursor - fit // 2, len(self.bars) - fit))

    def render_line(self, y: int) -> Strip:
        """Draw one line of the chart."""
        width, ground = self.size.width, self.rich_style
        height = self.size.height - 2
        if not self.bars or height < 1:
            return Strip.blank(width, ground)
        quiet = ground + self.get_component_rich_style("chart--quiet", partial=True)
        step, first = self._step, self._first
        shown = self.bars[first : first + max(self._room // step, 1)]
        if y == height:
            marks = "".join(("▲" if first + at == self.cursor else "─").ljust(step, "─") for at in range(len(shown)))
            return line([segments(" " * SCALE + marks, quiet)], width, ground)
        if y > height:
            return line([segments(" " * SCALE + self._dates(shown, step), quiet)], width, ground)
        top = max(bar.hits for bar in self.bars) or 1
        from_bottom = height - 1 - y
        scale = (
            f"{top:,}" if y == 0 else f"{top // 2:,}" if height > 4 and from_bottom == height // 2 and top > 1 else ""
        )
        pieces = [segments(f"{scale:>{SCALE - 1}} ", quiet)]
        for at, bar in enumerate(shown):
            eighths = -(-bar.hits * height * 8 // top)
            block = BLOCKS[max(0, min(8, eighths - from_bottom * 8))]
            name = "chart--chosen" if first + at == self.cursor else "chart--bar"
            gap = 1 if step > 2 else 0
            style = ground + self.get_component_rich_style(name, partial=True)
            pieces.append(segments(block * (step - gap) + " " * gap, style))
        return line(pieces, width, ground)

    def _dates(self, shown: tuple[Bar, ...], step: int) -> str:
        """Write as many dates below the bars as fit, each under its bar."""
        text = ""
        said = ""
        for at, bar in enumerate(shown):
            year = str(bar.start.year)
            name = year if year != said or self.period == "year" else bar_name(bar.start, self.period).rsplit(" ", 1)[0]
            place = at * step
            if place >= len(text) + (1 if text else 0) and (year != said or step >= cell_len(name) + 1):
                text = text.ljust(place) + name
            said = year
        return text

    def watch_cursor(self) -> None:
        """Tell the screen where the cursor went."""
        if isinstance(self.screen, TimelineScreen):
            self.screen.say_bar()

    def on_click(self, event: events.Click) -> None:
        """Choose the bar clicked; a second click narrows to it."""
        at = self._first + (event.x - SCALE) // self._step
        if event.x < SCALE or at >= len(self.bars):
            return
        if at == self.cursor and isinstance(self.screen, TimelineScreen):
            self.screen.action_narrow_to_bar()
        self.cursor = at


class TimelineScreen(Screen[Filter | None]):
    """The timeline of a query. Its answer is the filter for the bar chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_at("timeline")]
    places: ClassVar[tuple[Place, ...]] = ("timeline",)
    DEFAULT_CSS = """
    TimelineScreen {
        background: $background;
        & > #timeline-title {
            height: 1; padding: 0 1; background: $surface; text-wrap: nowrap; text-overflow: ellipsis;
        }
        & > #bar { height: 1; padding: 0 2; color: $foreground; text-style: bold; }
    }
    """

    def __init__(self, archive: Archive, query: str) -> None:
        super().__init__()
        self._archive = archive
        self._query = query
        self._period: Period = "month"
        self._timeline: Timeline | None = None

    def compose(self) -> ComposeResult:
        """Lay out the screen."""
        yield Static("counting…", id="timeline-title", markup=False)
        yield Chart()
        yield Static("", id="bar", markup=False)
        yield KeyHints("timeline", "app")

    def on_mount(self) -> None:
        """Count by month first."""
        self._count()

    def _count(self) -> None:
        self.run_worker(
            partial(fetch_timeline, self, self._archive, self._query, self._period),
            thread=True,
            exclusive=True,
            group="timeline",
        )

    @property
    def _chart(self) -> Chart:
        return self.query_one(Chart)

    def on_timeline_counted(self, event: messages.TimelineCounted) -> None:
        """Show the bars; the cursor stays on its day, or starts at the tallest bar."""
        timeline = event.timeline
        if timeline.period != self._period:
            return
        place = self._place_in(timeline.bars)
        self._timeline = timeline
        what = safe(timeline.parsed) if self._query.strip() else "all articles"
        outside = (
            f"{timeline.imprecise:,} dated less precisely" if timeline.imprecise else "",
            f"{timeline.undated:,} without a date" if timeline.undated else "",
        )
        counts = ", ".join(filter(None, (counted(timeline.total, "hit"), *outside)))
        self.query_one("#timeline-title", Static).update(f"Timeline by {self._period} · {counts} · {what}")
        self._chart.display = bool(timeline.bars)
        self._chart.show(timeline.bars, self._period, place)
        self.say_bar()

    def _place_in(self, bars: tuple[Bar, ...]) -> int:
        """Find where the cursor goes: from a longer period to the tallest bar inside it, else to the bar around it."""
        before, at = self._chart.bars, self._chart.cursor
        first = before[at].start if before else date.min
        end = before[at + 1].start if at + 1 < len(before) else date.max
        around = max((place for place, bar in enumerate(bars) if bar.start <= first), default=0)
        inside = [place for place, bar in enumerate(bars) if first <= bar.start < end and bar.hits]
        if PERIODS.index(self._period) < PERIODS.index(self._chart.period) or not inside:
            return around
        return max(inside, key=lambda place: bars[place].hits)

    def on_request_failed(self, event: messages.RequestFailed) -> None:
        """Say why there is no timeline."""
        self.query_one("#timeline-title", Static).update(safe(event.error.message))

    @property
    def _chosen(self) -> Bar | None:
        bars = self._chart.bars
        return bars[self._chart.cursor] if bars else None

    def say_bar(self) -> None:
        """Say what the chosen bar counts."""
        bar = self._chosen
        if bar is None:
            words = "" if self._timeline is None else NONE_DATED if self._timeline.total else "No article matches."
        else:
            share = f" of {counted(bar.articles, 'article')}" if bar.articles else ""
            words = f"{bar_name(bar.start, self._period)}: {counted(bar.hits, 'hit')}{share}"
        self.query_one("#bar", Static).update(words)

    def action_earlier(self) -> None:
        """Move to the bar before."""
        self._chart.cursor -= 1

    def action_later(self) -> None:
        """Move to the next bar."""
        self._chart.cursor += 1

    def action_first_bar(self) -> None:
        """Move to the first bar."""
        self._chart.cursor = 0

    def action_last_bar(self) -> None:
        """Move to the last bar."""
        self._chart.cursor = len(self._chart.bars) - 1

    def action_tallest_bar(self) -> None:
        """Move to the tallest bar."""
        bars = self._chart.bars
        if bars:
            self._chart.cursor = max(range(len(bars)), key=lambda at: bars[at].hits)

    def action_zoom_in(self) -> None:
        """Count by shorter periods."""
        self._zoom(1)

    def action_zoom_out(self) -> None:
        """Count by longer periods."""
        self._zoom(-1)

    def _zoom(self, by: int) -> None:
        at = PERIODS.index(self._period) + by
        if 0 <= at < len(PERIODS):
            self._period = PERIODS[at]
            self._count()

    def action_narrow_to_bar(self) -> None:
        """Go back with a filter for the chosen bar."""
        bar = self._chosen
        if bar is None:
            return
        first = bar.start.isoformat()
        value = {
            "year": first[:4],
            "month": first[:7],
            "week": f"{first}..{(bar.start + timedelta(days=6)).isoformat()}",
            "day": first,
        }[self._period]
        close(self, Filter("date", value))

    def action_close_timeline(self) -> None:
        """Go back."""
        close(self, None)
