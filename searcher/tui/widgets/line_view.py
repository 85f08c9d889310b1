"""The base of every list and text on screen: any number of lines, of which only those in view are drawn."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from textual.filter import ANSIToTruecolor
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual.filter import LineFilter

_STEPS = 8  # that the bar takes within a cell


class LineView(ScrollView):
    """A view of lines that scrolls at once and whose length may change without laying out the whole screen anew."""

    DEFAULT_CSS = """
    LineView {
        background: $background;
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
    }
    """
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._styles_seen: dict[tuple[str, ...], Style] = {}

    # Lines

    @property
    def width(self) -> int:
        """Cells a line."""
        return self.scrollable_content_region.width

    def measure(self, lines: int) -> None:
        """Say how many lines there are."""
        size = Size(self.width, lines)
        if size != self.virtual_size:
            self.virtual_size = size
            # Textual would do this after a layout, for which there is no need: our place on the screen is the same.
            self._refresh_scrollbars()
            self.scroll_y = self.validate_scroll_y(self.scroll_y)
            self._tell_bar()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Scroll."""
        self._tell_bar()
        if round(old_value) != round(new_value):
            self._refresh_scroll()

    def _tell_bar(self) -> None:
        """Tell the bar where we are; it is drawn anew only where that shows, since that costs as much as all lines."""
        bar = self.vertical_scrollbar
        drawn = _thumb(bar)
        bar.set_reactive(ScrollBar.window_virtual_size, self.virtual_size.height)
        bar.set_reactive(ScrollBar.window_size, self.container_size.height)
        bar.set_reactive(ScrollBar.position, self.scroll_y)
        if drawn != _thumb(bar):
            bar.refresh()

    @property
    def top(self) -> int:
        """The first line in view."""
        return self.scroll_offset.y

    def go(self, line: float) -> None:
        """Bring a line to the top, as far as there are lines to fill the view."""
        self.scroll_to(y=line, animate=False, force=True, immediate=True)

    def bring(self, first: int, lines: int = 1) -> None:
        """Bring some lines into view."""
        region = Region(0, first, 1, min(lines, self.size.height or 1))
        self.scroll_to_region(region, animate=False, force=True, immediate=True)

    # Styles

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Leave out what gives values to the terminal's own colours: where it is on, no line of ours has such."""
        return [one for one in super().get_line_filters() if not isinstance(one, ANSIToTruecolor)]

    def style(self, *components: str) -> Style:
        """Give the style of our ground with those of some components on it, as Rich has them."""
        known = self._styles_seen.get(components)
        if known is None:
            known = self.rich_style
            for component in components:
                known += self.get_component_rich_style(component, partial=True)
            self._styles_seen[components] = known
        return known

    def over(self, component: str) -> Style:
        """Give the style of a component alone, to be laid over another."""
        return self.get_component_rich_style(component, partial=True)

    def notify_style_update(self) -> None:
        """Look styles up anew: the theme or a class changed."""
        self._styles_seen.clear()
        super().notify_style_update()


def _thumb(bar: ScrollBar) -> tuple[int, int] | None:
    """Give where the thumb of a bar begins and ends as it is drawn, in eighths of a cell; None: there is none."""
    height, lines = bar.window_size, bar.window_virtual_size
    if lines <= height:
        return None
    length = max(1, height * height / lines)
    start = int((height - length) * bar.position / (lines - height) * _STEPS)
    return start, start + ceil(length * _STEPS)
