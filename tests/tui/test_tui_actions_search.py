"""Every action of the search screen and its panes is done by one of its keys, and does what its help says."""

from __future__ import annotations

import pytest

from searcher.tui.request import Filter
from searcher.tui.widgets.article_view import ArticleView
from searcher.tui.widgets.choice_list import ChoiceList
from searcher.tui.widgets.facet_panel import FacetPanel

# The query line


@pytest.mark.does("search_now", "leave_query", "to_results", "edit_query")
async def test_to_and_from_the_query_line(acting, library):
    async with acting() as pilot:
        assert pilot.line().has_focus
        await pilot.type(*"bridge", "enter")
        assert pilot.hits().has_focus
        await pilot.type("slash")
        assert pilot.line().has_focus
        await pilot.type("down")
        assert pilot.hits().has_focus
        await pilot.type("slash", "escape")
        assert pilot.hits().has_focus


@pytest.mark.does("accept_or_next")
async def test_tab_completes(acting, library):
    async with acting() as pilot:
        await pilot.type(*"bridge sour")
        assert pilot.line().offered == "bridge source:"
        await pilot.type("tab")
        assert pilot.line().value == "bridge source:"


@pytest.mark.does("older_query")
async def test_history_under_the_up_key(acting, library):
    async with acting() as pilot:
        for words in ("ferry", "bridge", "bridge storm"):
            pilot.line().value = ""
            await pilot.searched(*words)
            await pilot.type("slash")
        pilot.line().value = ""
        await pilot.type("up")
        assert pilot.line().value == "bridge storm"
        await pilot.type("up", "up")
        assert pilot.line().value == "ferry"
        await pilot.type("down")
        assert pilot.line().value == "bridge"
        pilot.line().value = "bri"
        await pilot.type("up", "up", "up")
        assert pilot.line().value == "bridge"


@pytest.mark.does("history")
async def test_history_as_a_list(acting, library):
    async with acting() as pilot:
        for words in ("ferry", "storm"):
            pilot.line().value = ""
            await pilot.searched(*words)
            await pilot.type("slash")
        await pilot.type("escape", "ctrl+r", *"ferr", "enter")
        assert pilot.line().value == "ferry"
        assert pilot.search().results.request.text == "ferry"


# Results


@pytest.mark.does("next_hit", "previous_hit", "first_hit", "last_hit")
async def test_moving(acting, library):
    async with acting() as pilot:
        await pilot.searched(*"bridge")
        hits = pilot.hits()
        await pilot.type("j", "down", "n")
        assert hits.cursor == 3
        await pilot.type("k", "up", "N")
        assert hits.cursor == 0
        await pilot.type("G")
        assert hits.cursor == len(hits.results) - 1
        await pilot.type("j")
        assert hits.cursor == len(hits.results) - 1
        await pilot.type("g", "k")
        assert pilot.line().has_focus


@pytest.mark.does("page_down", "page_up", "half_page_down", "half_page_up")
async def test_paging(acting, library):
    async with acting() as pilot:
        await pilot.searched(*"bridge")
        hits = pilot.hits()
        await pilot.type("space")
        page = hits.cursor
        assert page >= 3
        await pilot.type("pagedown", "pageup", "pageup")
        assert hits.cursor == 0
        await pilot.type("ctrl+d")
        assert 0 < hits.cursor < page
        await pilot.type("ctrl+u")
        assert hits.cursor == 0


@pytest.mark.does("read", "back", "next_article", "previous_article")
async def test_reading_one_after_another(acting, library):
    async with acting() as pilot:
        await pilot.reading()
        assert pilot.heading().startswith("1 of 5")
        await pilot.type("J", "J")
        assert pilot.heading().startswith("3 of 5")
        assert pilot.app.screen.article.id == f"{3:016x}"
        await pilot.type("K")
        assert pilot.heading().startswith("2 of 5")
        await pilot.type("escape")
        assert pilot.hits().current.id == f"{2:016x}"
        assert {f"{number:016x}" for number in (1, 2, 3)} <= set(pilot.app.kept.read)
        await pilot.type("g", "enter", "K")
        assert pilot.heading().startswith("1 of 5")


# The search screen


@pytest.mark.does("facets", "narrow", "undo_filter", "next_value", "previous_value")
async def test_narrowing_by_facet(acting, library):
    async with acting() as pilot:
        await pilot.searched(*"bridge")
        await pilot.type("f")
        panel = pilot.search().query_one(FacetPanel)
        assert panel.has_focus
        assert panel.current == Filter("source", "Harbour Gazette")
        await pilot.type("j", "k", "j", "enter")
        assert pilot.search().request.filters == (Filter("source", "Northern Post"),)
        assert {hit.source for hit in pilot.found()} == {"Northern Post"}
        await pilot.type("u")
        assert pilot.search().request.filters == ()
        assert len(pilot.hits().results) == 5


@pytest.mark.does("exclude", "next_facet", "previous_facet", "leave_facets", "remove_filters", "climb")
async def test_excluding_and_removing(acting, library):
    async with acting() as pilot:
        await pilot.searched(*"bridge")
        await pilot.type("f", "J")
        panel = pilot.search().query_one(FacetPanel)
        assert panel.current == Filter("person", "Ada Brandt")
        await pilot.type("K")
        assert panel.current == Filter("source", "Harbour Gazette")
        await pilot.type("minus")
        assert "Harbour Gazette" not in {hit.source for hit in pilot.found()}
        await pilot.type("escape")
        assert pilot.hits().has_focus
        assert pilot.search().request.filters
        await pilot.type("U", "enter")
        assert pilot.search().request.filters == ()
        await pilot.type("u", "escape")
        assert pilot.search().request.filters == ()
        await pilot.type("escape")
        assert pilot.line().has_focus
        await pilot.type("escape", "escape", "escape")
        assert pilot.app.is_running


@pytest.mark.does("dates", "choose", "next_line", "previous_line", "close")
async def test_narrowing_by_date(acting, library):
    async with acting() as pilot:
        await pilot.searched(*"bridge")
        await pilot.type("d", "escape")
        assert pilot.search().request.filters == ()
        await pilot.type("d", "down", "down", "up")
        assert pilot.app.screen.query_one(ChoiceList).current.text == "yesterday"
        await pilot.type(*"2019-11", "enter")
        assert pilot.search().request.filters == (Filter("date", "2019-11"),)
        assert [hit.title for hit in pilot.found()] == ["Storm closes the coast road"]


@pytest.mark.does("sort")
async def test_sorting(acting, library):
    async with acting() as pilot:
        await pilot.searched(*"bridge")
        await pilot.type("j")
        held = pilot.hits().current.id
        await pilot.type("s")
        assert pilot.found()[0].title == "Storm closes the coast road"
        assert pilot.hits().current.id == held
        await pilot.type("s")
        assert pilot.search().request.sort == "oldest"


@pytest.mark.does("toggle_preview", "preview_down", "preview_up")
async def test_preview(acting, library):
    async with acting() as pilot:
        found = library.articles[f"{1:016x}"]
        library.articles[found.id] = type(found)(**{
            name: getattr(found, name) for name in found.__slots__
        } | {"text": "\n".join([found.text, *(f"Paragraph {number}." for number in range(60))])})  # fmt: skip
        await pilot.searched(*"bridge")
        shown = pilot.search().query_one("#preview", ArticleView)
        assert shown.article.id == f"{1:016x}"
        await pilot.type("J")
        assert shown.scroll_offset.y > 0
        await pilot.type("K")
        assert shown.scroll_offset.y == 0
        await pilot.type("p")
        assert not shown.display
        await pilot.type("j", "p")
        assert shown.display
        assert shown.article.id == f"{2:016x}"


@pytest.mark.does("refresh")
async def test_refreshing(acting, library):
    async with acting() as pilot:
        await pilot.searched(*"bridge")
        await pilot.type("j")
        held = pilot.hits().current.id
        asked = len(library.asked)
        await pilot.type("r")
        assert len(library.asked) > asked
        assert pilot.hits().current.id == held


@pytest.mark.does("update_index")
async def test_updating_the_index(acting, library):
    async with acting() as pilot:
        before = library.revision
        await pilot.type("escape", "ctrl+x")
        assert library.revision == before + 1


@pytest.mark.does("next_pane", "previous_pane")
async def test_panes(acting, library):
    async with acting() as pilot:
        await pilot.searched(*"bridge")
        seen = []
        for _ in range(3):
            await pilot.type("tab")
            seen.append(pilot.app.focused.id)
        assert set(seen) == {"preview", "query", "hits"}
        await pilot.type("shift+tab")
        assert pilot.app.focused.id == seen[1]


@pytest.mark.does("leave")
async def test_leaving(acting, library):
    async with acting() as pilot:
        await pilot.type("escape", "q")
        assert not pilot.app.is_running
