"""Every action on an article in hand, in the reader and on the timeline is done by a key, as its help says."""

from __future__ import annotations

import contextlib
import json
import signal
import webbrowser

import pytest
from textual.widgets import Static
from tui_screen import drawn

from searcher.errors import SearcherError
from searcher.tui import external
from searcher.tui.request import Filter
from searcher.tui.screens.picker import Picker
from searcher.tui.screens.reader import ReaderScreen
from searcher.tui.screens.timeline import Chart
from searcher.tui.widgets.article_view import ArticleView
from searcher.tui.widgets.choice_list import ChoiceList

# An article in hand


@pytest.mark.does("related")
async def test_more_like_it(acting, library):
    async with acting() as pilot:
        await pilot.searched(*"bridge")
        await pilot.type("m", "enter")
        assert isinstance(pilot.app.screen, ReaderScreen)
        assert pilot.app.screen.article.id == f"{2:016x}"
        await pilot.type("escape")
        assert pilot.app.screen is pilot.search()


@pytest.mark.does("reprints")
async def test_reprints(acting, library):
    async with acting() as pilot:
        library.reprints = {f"{1:016x}": (f"{2:016x}", f"{3:016x}")}
        await pilot.searched(*"bridge")
        hits = pilot.hits()
        await pilot.type("plus")
        shown = [hits.render_line(y).text.strip() for y in range(9)]
        assert shown[1].startswith("▌ Harbour Gazette · 2 Mar 2019 · −2 reprints")
        assert [text.partition(" · ")[0] for text in shown[4:6]] == ["├ Northern Post", "└ Harbour Gazette"]
        assert shown[6] == ""
        await pilot.type("j")
        assert hits.current.id == f"{3:016x}"
        assert pilot.search().query_one("#preview", ArticleView).article.id == f"{3:016x}"
        await pilot.type("enter")
        assert "from Harbour Gazette" in pilot.heading()
        await pilot.type("J")
        assert pilot.heading().startswith("2 of 2")
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
        assert listed == [library.articles[f"{number:016x}"].title for number in (3, 2)]


@pytest.mark.does("explain")
async def test_explaining(acting, library):
    async with acting() as pilot:
        await pilot.searched(*"bridge")
        await pilot.type("x")
        listed = [choice.text for choice in pilot.app.screen.query_one(ChoiceList).choices]
        assert [line.split() for line in listed] == [
            ["2.50", "bridge", "in", "the", "title"], ["1.25", "bridge", "in", "the", "body"],
        ]  # fmt: skip


@pytest.mark.does("copy_path", "copy_citation")
async def test_copies(acting, library):
    async with acting() as pilot:
        await pilot.searched(*"bridge")
        await pilot.type("y")
        assert pilot.app.copied == ["https://news.example/bridge"]
        await pilot.type("Y", *"csl", "enter")
        (item,) = json.loads(pilot.app.copied[-1])
        assert item["title"] == "Harbour bridge opens after nine years of delay"
        await pilot.type("j", "y")
        assert pilot.app.copied[-1] == "archive/002.txt"


@pytest.mark.does("star", "starred")
async def test_stars(acting, library):
    async with acting() as pilot:
        await pilot.searched(*"bridge")
        await pilot.type("S")
        assert pilot.app.screen is pilot.search()
        await pilot.type("asterisk", "j", "enter", "asterisk")
        assert pilot.app.kept.starred == (f"{1:016x}", f"{2:016x}")
        assert pilot.heading().startswith("★")
        await pilot.type("escape")
        assert "★ · Harbour Gazette · 2 Mar 2019" in drawn(pilot.hits())
        await pilot.type("S", *"plain", "enter")
        assert isinstance(pilot.app.screen, Picker)
        await pilot.type("escape", "S", "enter", *"csl", "enter")
        assert {item["id"] for item in json.loads(pilot.app.copied[-1])} == set(pilot.app.kept.starred)
        await pilot.type("S", *"bridge", "enter")
        assert isinstance(pilot.app.screen, ReaderScreen)
        assert pilot.app.screen.article.id == f"{1:016x}"
        await pilot.type("asterisk")
        assert not pilot.heading().startswith("★")
        assert pilot.app.kept.starred == (f"{2:016x}",)


async def test_the_paragraph_of_a_match_is_quoted_with_its_citation(run, library):
    async with run(library) as pilot:
        await pilot.reading()
        await pilot.type("Y")
        assert "Quotation" not in drawn(pilot.app.screen.query_one(ChoiceList))
        await pilot.type("escape", "n", "n", "n", "Y", "enter")
        (copied,) = pilot.app.copied
        assert copied == (
            "“‘A bridge is a promise in steel,’ Brandt told a crowd of some four thousand people.” "
            "(A. Writer, “Harbour bridge opens after nine years of delay”, Harbour Gazette, 2 March 2019, "
            "https://news.example/bridge)"
        )


class Desktop(webbrowser.BaseBrowser):
    """A browser with a window of its own."""

    def __init__(self, works=True):
        super().__init__("desktop")
        self.opened, self.works = [], works

    def open(self, url, *_):
        self.opened.append(url)
        return self.works


@pytest.mark.does("open_browser")
async def test_browser(acting, library, monkeypatch):
    async with acting() as pilot:
        browser = Desktop()
        monkeypatch.setattr(external.webbrowser, "get", lambda: browser)
        await pilot.searched(*"bridge")
        await pilot.type("o", "j", "o")
        assert browser.opened == ["https://news.example/bridge"]


@pytest.mark.parametrize("failing", ["none", "refuses"])
async def test_a_browser_that_fails_is_told(run, library, monkeypatch, failing):
    def get():
        if failing == "none":
            raise webbrowser.Error
        return Desktop(works=False)

    monkeypatch.setattr(external.webbrowser, "get", get)
    async with run(library) as pilot:
        await pilot.searched(*"bridge")
        await pilot.type("o")
        (told,) = pilot.app._notifications
        assert told.severity == "error"
        assert "copy the address: y" in told.message.lower()


def suspension():
    """Stand in for Textual's: what is raised within it never gives the terminal back."""
    where = []

    @contextlib.contextmanager
    def suspended():
        where.append("given")
        yield
        where.append("back")

    return where, suspended


async def test_a_browser_in_the_terminal_gets_the_terminal(run, library, monkeypatch):
    where, suspended = suspension()
    browser = webbrowser.GenericBrowser("lynx")
    browser.open = lambda url: where.append(url) or True
    monkeypatch.setattr(external.webbrowser, "get", lambda: browser)
    async with run(library) as pilot:
        pilot.app.suspend = suspended
        await pilot.searched(*"bridge")
        await pilot.type("o")
        assert where == ["given", "https://news.example/bridge", "back"]


@pytest.mark.does("open_editor", "open_pager")
async def test_programs_outside(acting, library, monkeypatch):
    async with acting() as pilot:
        ran = []
        monkeypatch.setattr(external, "file_of", lambda path: path)
        monkeypatch.setattr(external, "edit", lambda path: ran.append(("edit", path)))
        monkeypatch.setattr(external, "page", lambda text: ran.append(("page", text)))
        pilot.app.suspend = contextlib.nullcontext
        await pilot.searched(*"bridge")
        await pilot.type("e", "v")
        assert ran[0] == ("edit", "archive/001.txt")
        assert ran[1][1].startswith("Harbour bridge opens after nine years of delay\n\nThe harbour bridge")


@pytest.mark.parametrize("key", ["e", "v"])
@pytest.mark.parametrize("error", [SearcherError("Cannot run 'x'", "set it"), OSError("disk full")])
async def test_the_terminal_comes_back_from_a_program_that_fails(run, library, monkeypatch, key, error):
    def fail(_):
        raise error

    monkeypatch.setattr(external, "file_of", lambda path: path)
    monkeypatch.setattr(external, "edit", fail)
    monkeypatch.setattr(external, "page", fail)
    where, suspended = suspension()
    async with run(library) as pilot:
        pilot.app.suspend = suspended
        await pilot.searched(*"bridge")
        await pilot.type(key)
        assert where == ["given", "back"]
        (told,) = pilot.app._notifications
        assert told.severity == "error"


async def test_ctrl_c_in_the_pager_is_the_pagers(run, library, monkeypatch):
    handler = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(external, "page", lambda _: signal.raise_signal(signal.SIGINT))
    where, suspended = suspension()
    async with run(library) as pilot:
        pilot.app.suspend = suspended
        await pilot.searched(*"bridge")
        await pilot.type("v", "enter")
        assert where == ["given", "back"]
        assert isinstance(pilot.app.screen, ReaderScreen)
    assert signal.getsignal(signal.SIGINT) is handler


# The reader


@pytest.mark.does("next_match", "previous_match")
async def test_matches(acting, library):
    async with acting() as pilot:
        view = await pilot.reading()
        assert "4 matches" in pilot.heading()
        await pilot.type("n", "n")
        assert "match 2/4" in pilot.heading()
        await pilot.type("N", "N")
        assert "match 4/4" in pilot.heading()
        assert view.marked.current == 3


@pytest.mark.does("find", "go_to_found", "close_find")
async def test_finding(acting, library):
    async with acting() as pilot:
        view = await pilot.reading()
        await pilot.type("slash", *"old HARBOUR", "enter")
        assert "match 1/1 of “old HARBOUR”" in pilot.heading()
        assert view.has_focus
        await pilot.type("escape")
        assert "4 matches" in pilot.heading()
        await pilot.type("slash", *"zzz")
        assert "no match of “zzz”" in pilot.heading()
        await pilot.type("escape")
        assert view.has_focus
        await pilot.type("escape", "escape")
        assert pilot.app.screen is pilot.search()


@pytest.mark.does("basis", "raw", "copy_text")
async def test_all_of_an_article(acting, library):
    async with acting() as pilot:
        view = await pilot.reading()

        def shown():
            return "\n".join(block.text for block in view._blocks)

        assert "masthead" not in shown()
        await pilot.type("i")
        assert "masthead, 95% sure" in shown()
        assert "MENU" not in shown()
        await pilot.type("w")
        assert "MENU" in shown()
        await pilot.type("c")
        found = library.articles[f"{1:016x}"]
        assert pilot.app.copied == [f"{found.title}\n\n{found.text}"]


@pytest.mark.does("basis")
async def test_the_facts_are_gone_up_to_and_left_for_the_same_place(run, library):
    async with run(library, size=(40, 10)) as pilot:
        await pilot.type(*"bridge", "enter", "enter", "G")
        view = pilot.app.screen.query_one("#article")
        place = view.position
        assert place
        await pilot.type("i")
        assert view.top == 0
        await pilot.type("i")
        assert view.position == place


@pytest.mark.does("follow")
async def test_following_a_person(acting, library):
    async with acting() as pilot:
        await pilot.reading()
        await pilot.type("p", *"tomas", "enter")
        assert pilot.app.screen is pilot.search()
        assert pilot.line().value == 'person:"Tomas Lindqvist"'
        assert [hit.id for hit in pilot.found()] == [f"{1:016x}", f"{3:016x}"]


@pytest.mark.does("line_down", "line_up", "screen_down", "screen_up", "half_down", "half_up", "top", "bottom")
async def test_scrolling_an_article(acting, library):
    async with acting() as pilot:
        view = await pilot.reading()
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


@pytest.mark.does("timeline", "earlier", "later", "first_bar", "last_bar", "tallest_bar", "narrow_to_bar")
async def test_timeline(acting, library):
    async with acting() as pilot:
        await pilot.searched(*"bridge")
        await pilot.type("t", "t")
        assert bar_of(pilot) == "Feb 2019: 1 hit of 1 article"
        await pilot.type("l")
        assert bar_of(pilot) == "Mar 2019: 1 hit of 2 articles"
        await pilot.type("h", "G")
        assert bar_of(pilot) == "Nov 2019: 1 hit of 1 article"
        await pilot.type("g", "l", "enter")
        assert pilot.search().request.filters == (Filter("date", "2019-03"),)
        assert [hit.id for hit in pilot.found()] == [f"{1:016x}"]


@pytest.mark.does("zoom_in", "zoom_out", "close_timeline")
async def test_zooming(acting, library):
    async with acting() as pilot:
        await pilot.searched(*"bridge")
        await pilot.type("t", "minus")
        assert bar_of(pilot) == "2019: 3 hits of 4 articles"
        await pilot.type("plus", "G", "plus", "plus")
        assert pilot.app.screen.query_one(Chart).period == "day"
        # From month to week to day the cursor stays with the one article of that month, and comes back to it.
        assert " Nov 2019: 1 hit of 1 article" in bar_of(pilot)
        await pilot.type("minus", "minus")
        assert bar_of(pilot) == "Nov 2019: 1 hit of 1 article"
        await pilot.type("escape")
        assert pilot.app.screen is pilot.search()
        assert pilot.search().request.filters == ()
