"""Every action of the registry is done by one of its keys, through the real app, and does what its help says."""

from __future__ import annotations

import contextlib
import json
import threading

import pytest
from textual.app import App
from textual.widgets import Static

from searcher.errors import IndexMissingError
from searcher.model import IndexReport
from searcher.tui import external
from searcher.tui.actions import ACTIONS, PLACE_TITLES, actions_at, bindings_at, shown_keys
from searcher.tui.app import SearcherApp
from searcher.tui.opening import Opening
from searcher.tui.request import Filter
from searcher.tui.screens.build import BuildScreen
from searcher.tui.screens.help import HelpScreen
from searcher.tui.screens.picker import Picker
from searcher.tui.screens.reader import Heading, ReaderScreen
from searcher.tui.screens.search import SearchScreen
from searcher.tui.screens.timeline import Chart, TimelineScreen
from searcher.tui.widgets.article_view import ArticleView
from searcher.tui.widgets.choice_list import ChoiceList
from searcher.tui.widgets.facet_panel import FacetPanel
from searcher.tui.widgets.find_line import FindLine
from searcher.tui.widgets.hit_list import HitList
from searcher.tui.widgets.notice import Notice
from searcher.tui.widgets.query_line import QueryLine

SCENARIOS = {}


def does(*names):
    """Note which actions a scenario does."""

    def note(scenario):
        SCENARIOS[scenario.__name__] = (names, scenario)
        return scenario

    return note


def screen_of(pilot):
    screen = pilot.app.search_screen
    assert isinstance(screen, SearchScreen)
    return screen


def hits_of(pilot):
    return screen_of(pilot).query_one(HitList)


def found_hits(pilot):
    results = screen_of(pilot).results
    return [results.hit(place) for place in range(len(results))]


def line_of(pilot):
    return screen_of(pilot).query_one(QueryLine)


def heading_of(pilot):
    return str(pilot.app.screen.query_one(Heading).visual)


async def searched(pilot, *keys):
    """Type words, and go to the results."""
    await pilot.type(*keys, "enter")


async def reading(pilot):
    await searched(pilot, *"bridge")
    await pilot.type("enter")
    assert isinstance(pilot.app.screen, ReaderScreen)
    return pilot.app.screen.query_one(ArticleView)


@pytest.fixture
def performed(monkeypatch):
    """Names of the actions that were dispatched."""
    names = set()
    dispatch = App._dispatch_action

    async def noted(self, namespace, action_name, params):
        names.add(action_name)
        return await dispatch(self, namespace, action_name, params)

    monkeypatch.setattr(App, "_dispatch_action", noted)
    return names


def test_every_action_has_a_scenario():
    assert {name for names, _ in SCENARIOS.values() for name in names} == {action.name for action in ACTIONS}


def test_every_action_is_a_method_where_its_place_is():
    homes = {
        "app": SearcherApp, "search": SearchScreen, "query": QueryLine, "hits": HitList, "facets": FacetPanel,
        "reader": ReaderScreen, "find": FindLine, "text": ArticleView, "timeline": TimelineScreen, "dialog": Picker,
        "notice": Notice, "build": BuildScreen,
    }  # fmt: skip
    assert set(homes) == set(PLACE_TITLES)
    for place, home in homes.items():
        for action in actions_at(place):
            assert callable(getattr(home, f"action_{action.name}", None)), (action.name, place)


def test_no_key_means_two_things_in_one_place():
    for place in PLACE_TITLES:
        keys = [key for binding in bindings_at(place) for key in binding.key.split(",")]
        assert len(keys) == len(set(keys)), place


def test_no_key_is_one_that_terminals_and_multiplexers_take():
    taken = {f"ctrl+{letter}" for letter in "shijmabz"}
    used = {key for action in ACTIONS for key in action.keys.split(",")}
    assert not used & taken


def test_names_and_help_are_written_for_people():
    assert len({action.name for action in ACTIONS}) == len(ACTIONS)
    for action in ACTIONS:
        assert action.help.endswith(".")
        assert action.label[0].isupper()


def test_keys_are_shown_as_people_write_them():
    action = next(action for action in ACTIONS if action.name == "help")
    assert shown_keys(action) == ("?", "F1")
    assert shown_keys(action, {"help": "ctrl+g"}) == ("^g",)


# The query line


@does("search_now", "leave_query", "to_results", "edit_query")
async def to_and_from_the_query_line(pilot, archive):
    assert line_of(pilot).has_focus
    await pilot.type(*"bridge", "enter")
    assert hits_of(pilot).has_focus
    await pilot.type("slash")
    assert line_of(pilot).has_focus
    await pilot.type("down")
    assert hits_of(pilot).has_focus
    await pilot.type("slash", "escape")
    assert hits_of(pilot).has_focus


@does("accept_or_next")
async def tab_completes(pilot, archive):
    await pilot.type(*"bridge sour")
    assert line_of(pilot).offered == "bridge source:"
    await pilot.type("tab")
    assert line_of(pilot).value == "bridge source:"


@does("older_query")
async def history_under_the_up_key(pilot, archive):
    for words in ("ferry", "bridge", "bridge storm"):
        line_of(pilot).value = ""
        await searched(pilot, *words)
        await pilot.type("slash")
    line_of(pilot).value = ""
    await pilot.type("up")
    assert line_of(pilot).value == "bridge storm"
    await pilot.type("up", "up")
    assert line_of(pilot).value == "ferry"
    await pilot.type("down")
    assert line_of(pilot).value == "bridge"
    line_of(pilot).value = "bri"
    await pilot.type("up", "up", "up")
    assert line_of(pilot).value == "bridge"


@does("history")
async def history_as_a_list(pilot, archive):
    for words in ("ferry", "storm"):
        line_of(pilot).value = ""
        await searched(pilot, *words)
        await pilot.type("slash")
    await pilot.type("escape", "ctrl+r", *"ferr", "enter")
    assert line_of(pilot).value == "ferry"
    assert screen_of(pilot).results.request.text == "ferry"


# Results


@does("next_hit", "previous_hit", "first_hit", "last_hit")
async def moving(pilot, archive):
    await searched(pilot, *"bridge")
    hits = hits_of(pilot)
    await pilot.type("j", "down", "n")
    assert hits.cursor == 3
    await pilot.type("k", "up", "N")
    assert hits.cursor == 0
    await pilot.type("G")
    assert hits.cursor == len(hits.results) - 1
    await pilot.type("j")
    assert hits.cursor == len(hits.results) - 1
    await pilot.type("g", "k")
    assert line_of(pilot).has_focus


@does("page_down", "page_up", "half_page_down", "half_page_up")
async def paging(pilot, archive):
    await searched(pilot, *"bridge")
    hits = hits_of(pilot)
    await pilot.type("space")
    page = hits.cursor
    assert page >= 3
    await pilot.type("pagedown", "pageup", "pageup")
    assert hits.cursor == 0
    await pilot.type("ctrl+d")
    assert 0 < hits.cursor < page
    await pilot.type("ctrl+u")
    assert hits.cursor == 0


@does("read", "back", "next_article", "previous_article")
async def reading_one_after_another(pilot, archive):
    await reading(pilot)
    assert heading_of(pilot).startswith("1 of 5")
    await pilot.type("J", "J")
    assert heading_of(pilot).startswith("3 of 5")
    assert pilot.app.screen.article.id == f"{3:016x}"
    await pilot.type("K")
    assert heading_of(pilot).startswith("2 of 5")
    await pilot.type("escape")
    assert hits_of(pilot).current.id == f"{2:016x}"
    assert {f"{number:016x}" for number in (1, 2, 3)} <= set(pilot.app.kept.read)
    await pilot.type("g", "enter", "K")
    assert heading_of(pilot).startswith("1 of 5")


# The search screen


@does("facets", "narrow", "undo_filter", "next_value", "previous_value")
async def narrowing_by_facet(pilot, archive):
    await searched(pilot, *"bridge")
    await pilot.type("f")
    panel = screen_of(pilot).query_one(FacetPanel)
    assert panel.has_focus
    assert panel.current == Filter("source", "Harbour Gazette")
    await pilot.type("j", "k", "j", "enter")
    assert screen_of(pilot).request.filters == (Filter("source", "Northern Post"),)
    assert {hit.source for hit in found_hits(pilot)} == {"Northern Post"}
    await pilot.type("u")
    assert screen_of(pilot).request.filters == ()
    assert len(hits_of(pilot).results) == 5


@does("exclude", "next_facet", "previous_facet", "leave_facets", "remove_filters", "climb")
async def excluding_and_removing(pilot, archive):
    await searched(pilot, *"bridge")
    await pilot.type("f", "J")
    panel = screen_of(pilot).query_one(FacetPanel)
    assert panel.current == Filter("person", "Ada Brandt")
    await pilot.type("K")
    assert panel.current == Filter("source", "Harbour Gazette")
    await pilot.type("minus")
    assert "Harbour Gazette" not in {hit.source for hit in found_hits(pilot)}
    await pilot.type("escape")
    assert hits_of(pilot).has_focus
    assert screen_of(pilot).request.filters
    await pilot.type("U", "enter")
    assert screen_of(pilot).request.filters == ()
    await pilot.type("u", "escape")
    assert screen_of(pilot).request.filters == ()
    await pilot.type("escape")
    assert line_of(pilot).has_focus
    await pilot.type("escape", "escape", "escape")
    assert pilot.app.is_running


@does("dates", "choose", "next_line", "previous_line", "close")
async def narrowing_by_date(pilot, archive):
    await searched(pilot, *"bridge")
    await pilot.type("d", "escape")
    assert screen_of(pilot).request.filters == ()
    await pilot.type("d", "down", "down", "up")
    assert pilot.app.screen.query_one(ChoiceList).current.text == "yesterday"
    await pilot.type(*"2019-11", "enter")
    assert screen_of(pilot).request.filters == (Filter("date", "2019-11"),)
    assert [hit.title for hit in found_hits(pilot)] == ["Storm closes the coast road"]


@does("sort")
async def sorting(pilot, archive):
    await searched(pilot, *"bridge")
    await pilot.type("j")
    held = hits_of(pilot).current.id
    await pilot.type("s")
    assert found_hits(pilot)[0].title == "Storm closes the coast road"
    assert hits_of(pilot).current.id == held
    await pilot.type("s")
    assert screen_of(pilot).request.sort == "oldest"


@does("toggle_preview", "preview_down", "preview_up")
async def preview(pilot, archive):
    found = archive.articles[f"{1:016x}"]
    archive.articles[found.id] = type(found)(**{
        name: getattr(found, name) for name in found.__slots__
    } | {"text": "\n".join([found.text, *(f"Paragraph {number}." for number in range(60))])})  # fmt: skip
    await searched(pilot, *"bridge")
    shown = screen_of(pilot).query_one("#preview", ArticleView)
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


@does("refresh")
async def refreshing(pilot, archive):
    await searched(pilot, *"bridge")
    await pilot.type("j")
    held = hits_of(pilot).current.id
    asked = len(archive.asked)
    await pilot.type("r")
    assert len(archive.asked) > asked
    assert hits_of(pilot).current.id == held


@does("update_index")
async def updating_the_index(pilot, archive):
    before = archive.revision
    await pilot.type("escape", "ctrl+x")
    assert archive.revision == before + 1


@does("next_pane", "previous_pane")
async def panes(pilot, archive):
    await searched(pilot, *"bridge")
    seen = []
    for _ in range(3):
        await pilot.type("tab")
        seen.append(pilot.app.focused.id)
    assert set(seen) == {"preview", "query", "hits"}
    await pilot.type("shift+tab")
    assert pilot.app.focused.id == seen[1]


@does("leave")
async def leaving(pilot, archive):
    await pilot.type("escape", "q")
    assert not pilot.app.is_running


# An article in hand


@does("related")
async def more_like_it(pilot, archive):
    await searched(pilot, *"bridge")
    await pilot.type("m", "enter")
    assert isinstance(pilot.app.screen, ReaderScreen)
    assert pilot.app.screen.article.id == f"{2:016x}"
    await pilot.type("escape")
    assert pilot.app.screen is screen_of(pilot)


@does("reprints")
async def reprints(pilot, archive):
    archive.reprints = {f"{1:016x}": (f"{2:016x}", f"{3:016x}")}
    await searched(pilot, *"bridge")
    hits = hits_of(pilot)
    await pilot.type("plus")
    shown = [hits.render_line(y).text.strip() for y in range(9)]
    assert shown[1].startswith("▌ Harbour Gazette · 2 Mar 2019 · −2 reprints")
    assert [text.partition(" · ")[0] for text in shown[4:6]] == ["├ Northern Post", "└ Harbour Gazette"]
    assert shown[6] == ""
    await pilot.type("j")
    assert hits.current.id == f"{3:016x}"
    assert screen_of(pilot).query_one("#preview", ArticleView).article.id == f"{3:016x}"
    await pilot.type("enter")
    assert "from Harbour Gazette" in heading_of(pilot)
    await pilot.type("J")
    assert heading_of(pilot).startswith("2 of 2")
    await pilot.type("escape")
    assert hits.has_focus
    assert hits.current.id == f"{2:016x}"
    assert hits.row.reprint == 1
    await pilot.type("plus")
    assert (hits.cursor, hits.current.id) == (0, f"{1:016x}")
    assert hits.render_line(5).text.strip().startswith("▌") is False
    await pilot.type("plus", "j", "j", "j")
    assert hits.current.id == f"{2:016x}"
    assert hits.row.reprint < 0
    await pilot.type("g", "enter", "plus")
    listed = [choice.text for choice in pilot.app.screen.query_one(ChoiceList).choices]
    assert listed == [archive.articles[f"{number:016x}"].title for number in (3, 2)]


@does("explain")
async def explaining(pilot, archive):
    await searched(pilot, *"bridge")
    await pilot.type("x")
    listed = [choice.text for choice in pilot.app.screen.query_one(ChoiceList).choices]
    assert [line.split() for line in listed] == [
        ["2.50", "bridge", "in", "the", "title"], ["1.25", "bridge", "in", "the", "body"],
    ]  # fmt: skip


@does("open_browser", "copy_path", "copy_citation")
async def copies(pilot, archive):
    await searched(pilot, *"bridge")
    await pilot.type("o", "y")
    assert pilot.app.opened == ["https://news.example/bridge"]
    assert pilot.app.copied == ["https://news.example/bridge"]
    await pilot.type("Y", *"csl", "enter")
    (item,) = json.loads(pilot.app.copied[-1])
    assert item["title"] == "Harbour bridge opens after nine years of delay"
    await pilot.type("j", "y", "o")
    assert pilot.app.copied[-1] == "archive/002.txt"
    assert len(pilot.app.opened) == 1


@does("open_editor", "open_pager")
async def programs_outside(pilot, archive):
    ran = []
    pilot.monkeypatch.setattr(external, "file_of", lambda path: path)
    pilot.monkeypatch.setattr(external, "edit", lambda path: ran.append(("edit", path)))
    pilot.monkeypatch.setattr(external, "page", lambda text: ran.append(("page", text)))
    pilot.app.suspend = contextlib.nullcontext
    await searched(pilot, *"bridge")
    await pilot.type("e", "v")
    assert ran[0] == ("edit", "archive/001.txt")
    assert ran[1][1].startswith("Harbour bridge opens after nine years of delay\n\nThe harbour bridge")


# The reader


@does("next_match", "previous_match")
async def matches(pilot, archive):
    view = await reading(pilot)
    assert "4 matches" in heading_of(pilot)
    await pilot.type("n", "n")
    assert "match 2/4" in heading_of(pilot)
    await pilot.type("N", "N")
    assert "match 4/4" in heading_of(pilot)
    assert view.marked.current == 3


@does("find", "go_to_found", "close_find")
async def finding(pilot, archive):
    view = await reading(pilot)
    await pilot.type("slash", *"old HARBOUR", "enter")
    assert "match 1/1 of “old HARBOUR”" in heading_of(pilot)
    assert view.has_focus
    await pilot.type("escape")
    assert "4 matches" in heading_of(pilot)
    await pilot.type("slash", *"zzz")
    assert "no match of “zzz”" in heading_of(pilot)
    await pilot.type("escape")
    assert view.has_focus
    await pilot.type("escape", "escape")
    assert pilot.app.screen is screen_of(pilot)


@does("basis", "raw", "copy_text")
async def all_of_an_article(pilot, archive):
    view = await reading(pilot)

    def shown():
        return "\n".join(block.text for block in view._blocks)

    assert "masthead" not in shown()
    await pilot.type("i")
    assert "masthead, 95% sure" in shown()
    assert "MENU" not in shown()
    await pilot.type("w")
    assert "MENU" in shown()
    await pilot.type("c")
    found = archive.articles[f"{1:016x}"]
    assert pilot.app.copied == [f"{found.title}\n\n{found.text}"]


@does("follow")
async def following_a_person(pilot, archive):
    await reading(pilot)
    await pilot.type("p", *"tomas", "enter")
    assert pilot.app.screen is screen_of(pilot)
    assert line_of(pilot).value == 'person:"Tomas Lindqvist"'
    assert [hit.id for hit in found_hits(pilot)] == [f"{1:016x}", f"{3:016x}"]


@does("line_down", "line_up", "screen_down", "screen_up", "half_down", "half_up", "top", "bottom")
async def scrolling_an_article(pilot, archive):
    view = await reading(pilot)
    await pilot.resized(60, 12)
    await pilot.type("j", "down", "k")
    assert view.scroll_offset.y == 1
    await pilot.type("space", "b", "up")
    assert view.scroll_offset.y == 0
    await pilot.type("ctrl+d")
    assert view.scroll_offset.y > 1
    await pilot.type("ctrl+u", "G")
    assert view.scroll_offset.y == view.max_scroll_y > 5
    await pilot.type("g")
    assert view.scroll_offset.y == 0


# The timeline


def bar_of(pilot):
    return str(pilot.app.screen.query_one("#bar", Static).visual)


@does("timeline", "earlier", "later", "first_bar", "last_bar", "tallest_bar", "narrow_to_bar")
async def timeline(pilot, archive):
    await searched(pilot, *"bridge")
    await pilot.type("t", "t")
    assert bar_of(pilot) == "Feb 2019: 1 hit of 1 article"
    await pilot.type("l")
    assert bar_of(pilot) == "Mar 2019: 1 hit of 2 articles"
    await pilot.type("h", "G")
    assert bar_of(pilot) == "Nov 2019: 1 hit of 1 article"
    await pilot.type("g", "l", "enter")
    assert screen_of(pilot).request.filters == (Filter("date", "2019-03"),)
    assert [hit.id for hit in found_hits(pilot)] == [f"{1:016x}"]


@does("zoom_in", "zoom_out", "close_timeline")
async def zooming(pilot, archive):
    await searched(pilot, *"bridge")
    await pilot.type("t", "minus")
    assert bar_of(pilot) == "2019: 3 hits of 4 articles"
    await pilot.type("plus", "plus")
    assert pilot.app.screen.query_one(Chart).period == "week"
    await pilot.type("escape")
    assert pilot.app.screen is screen_of(pilot)
    assert screen_of(pilot).request.filters == ()


# Nothing found, and no index


@does("take_way", "next_way", "previous_way")
async def ways_on_from_nothing(pilot, archive):
    await searched(pilot, *"brigde")
    ways = screen_of(pilot).query_one(ChoiceList)
    assert ways.current.text == "Search for bridge"
    await pilot.type("j", "k", "enter")
    assert line_of(pilot).value == "bridge"
    assert len(hits_of(pilot).results) == 5
    assert hits_of(pilot).has_focus


def missing(archive, started=None, release=None):
    """An index that is missing until it is built."""
    built = threading.Event()

    def open_archive():
        if not built.is_set():
            raise IndexMissingError("There is no index at index", "build it: searcher index")
        return archive

    def build(on_event, cancel):
        if started is not None:
            started.set()
            cancel.wait(5)
        built.set()
        return IndexReport(7, 0, 0, 0, (), 7, 0.1, 1)

    return Opening("index", ("articles",), "searcher index", open_archive, build)


@does("build", "stop")
async def building(pilot, archive):
    started = threading.Event()
    app = pilot.make(archive, opening=missing(archive, started))
    async with app.run_test(size=(80, 24)) as other:
        await pilot.settle(other)
        assert isinstance(app.screen, BuildScreen)
        await other.press("b")
        assert started.wait(5)
        await other.press("escape")
        await pilot.settle(other)
        assert app.search_screen is not None


@does("retry", "give_up")
async def trying_again(pilot, archive):
    opening = missing(archive)
    app = pilot.make(archive, opening=opening)
    async with app.run_test(size=(80, 24)) as other:
        await pilot.settle(other)
        await other.press("r")
        await pilot.settle(other)
        assert isinstance(app.screen, BuildScreen)
        opening.build(print, threading.Event())
        await other.press("r")
        await pilot.settle(other)
        assert app.search_screen is not None
    app = pilot.make(archive, opening=missing(archive))
    async with app.run_test(size=(80, 24)) as other:
        await pilot.settle(other)
        await other.press("q")
        assert not app.is_running


# Everywhere


@does("help")
async def help_(pilot, archive):
    await pilot.type("f1")
    assert isinstance(pilot.app.screen, HelpScreen)
    await pilot.type(*"over time", "enter")
    assert isinstance(pilot.app.screen, TimelineScreen)
    await pilot.type("escape", "escape", "question_mark", *"pash?nyan")
    assert "pash?nyan" in pilot.app.screen.query_one(ChoiceList).current.text


@does("theme")
async def theme(pilot, archive):
    await pilot.type("f2", *"paper", "enter")
    assert pilot.app.theme == "searcher-light"
    assert pilot.app.kept.theme == "searcher-light"


@does("command_palette")
async def palette(pilot, archive):
    await searched(pilot, *"bridge")
    await pilot.type("ctrl+p", *"citation")
    await pilot.type("enter")
    await pilot.type("enter")
    assert pilot.app.copied[0].startswith("A. Writer, “Harbour bridge")


@does("quit")
async def quitting(pilot, archive):
    await pilot.type("ctrl+q")
    assert not pilot.app.is_running


@pytest.mark.parametrize("name", SCENARIOS)
async def test_scenario(name, run, library, performed, monkeypatch):
    names, scenario = SCENARIOS[name]
    async with run(library, size=(120, 30)) as pilot:
        pilot.monkeypatch = monkeypatch
        await scenario(pilot, library)
    assert set(names) <= performed
