"""What a test looks at."""

from __future__ import annotations

from searcher.tui.screens.search import SearchScreen
from searcher.tui.widgets.hit_list import HitList
from searcher.tui.widgets.query_line import QueryLine


def search_screen(app):
    screen = app.search_screen
    assert isinstance(screen, SearchScreen)
    return screen


def parts(pilot):
    screen = pilot.app.search_screen
    return screen, screen.query_one(HitList), screen.query_one(QueryLine)


def drawn(widget):
    return "\n".join(widget.render_line(y).text for y in range(widget.size.height))
