"""The base of lists and texts draws its bar where the view is, and no more often than that shows."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from textual.app import App, ComposeResult
from textual.scrollbar import ScrollBarRender
from textual.strip import Strip

from searcher.tui.widgets.line_view import LineView

HEIGHT = 20


class Numbers(LineView):
    """Its lines are their numbers."""

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - Textual's signature
        """Draw one line of the view."""
        return Strip.blank(self.width)


class Page(App[None]):
    """A list and nothing else."""

    def compose(self) -> ComposeResult:
        """Lay it out."""
        yield Numbers()


def drawn(lines: int, position: float) -> list[str]:
    """Draw a bar as Textual does."""
    bar = ScrollBarRender.render_bar(HEIGHT, lines, HEIGHT, position)
    return [repr((segment.text, str(segment.style))) for segment in bar.segments]


@pytest.mark.parametrize(("lines", "step"), [(21, 1), (70, 3), (1000, 7), (100_000, 611)])
async def test_the_bar_is_drawn_where_the_view_is(lines: int, step: int) -> None:
    app = Page()
    async with app.run_test(size=(30, HEIGHT)) as pilot:
        view = app.query_one(Numbers)
        view.measure(lines)
        await pilot.pause()
        bar = view.vertical_scrollbar
        shown, paints = drawn(lines, 0), 0
        with patch.object(bar, "refresh") as refresh:
            for line in [*range(0, lines, step), lines, *range(lines, -step, -step)]:
                view.go(line)
                before, shown = shown, drawn(lines, view.scroll_y)
                assert drawn(lines, bar.position) == shown
                assert refresh.called == (before != shown)
                paints += refresh.called
                refresh.reset_mock()
        assert paints <= 2 * 8 * HEIGHT  # down, and up again
        view.go(lines // 2)
        view.measure(lines + 500)
        assert (bar.window_virtual_size, bar.window_size, bar.position) == (lines + 500, HEIGHT, view.scroll_y)
