"""The base of every list and text on screen: any number of lines, of which only those in view are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView

if TYPE_CHECKING:
    from rich.style import Style


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
            self._scroll_update(size)

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
