"""Every action where there is nothing to search, and those that work everywhere, is done by a key, as its help says."""

from __future__ import annotations

import threading

import pytest
from tui_screen import drawn

from searcher.errors import IndexMissingError
from searcher.model import IndexReport
from searcher.tui.opening import Opening
from searcher.tui.screens.build import BuildScreen
from searcher.tui.screens.help import HelpScreen
from searcher.tui.screens.timeline import TimelineScreen
from searcher.tui.widgets.choice_list import ChoiceList

# Nothing found, and no index


@pytest.mark.does("take_way", "next_way", "previous_way")
async def test_ways_on_from_nothing(acting, library):
    async with acting() as pilot:
        await pilot.searched(*"brigde")
        ways = pilot.search().query_one(ChoiceList)
        assert ways.current.text == "Search for bridge"
        await pilot.type("j", "k", "enter")
        assert pilot.line().value == "bridge"
        assert len(pilot.hits().results) == 5
        assert pilot.hits().has_focus


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


@pytest.mark.does("build", "stop")
async def test_building(acting, library):
    async with acting() as pilot:
        started = threading.Event()
        app = pilot.make(library, opening=missing(library, started))
        async with app.run_test(size=(80, 24)) as other:
            await pilot.settle(other)
            assert isinstance(app.screen, BuildScreen)
            await other.press("b")
            assert started.wait(5)
            await other.press("escape")
            await pilot.settle(other)
            assert app.search_screen is not None


@pytest.mark.does("retry", "give_up")
async def test_trying_again(acting, library):
    async with acting() as pilot:
        opening = missing(library)
        app = pilot.make(library, opening=opening)
        async with app.run_test(size=(80, 24)) as other:
            await pilot.settle(other)
            await other.press("r")
            await pilot.settle(other)
            assert isinstance(app.screen, BuildScreen)
            opening.build(print, threading.Event())
            await other.press("r")
            await pilot.settle(other)
            assert app.search_screen is not None
        app = pilot.make(library, opening=missing(library))
        async with app.run_test(size=(80, 24)) as other:
            await pilot.settle(other)
            await other.press("q")
            assert not app.is_running


# Everywhere


@pytest.mark.does("help")
async def test_help(acting, library):
    async with acting() as pilot:
        await pilot.type("f1")
        assert isinstance(pilot.app.screen, HelpScreen)
        await pilot.type(*"over time", "enter")
        assert isinstance(pilot.app.screen, TimelineScreen)
        await pilot.type("escape", "escape", "question_mark", *"pash?nyan")
        assert "pash?nyan" in pilot.app.screen.query_one(ChoiceList).current.text
        await pilot.type("escape", "question_mark", *"zebra", "enter")
        assert isinstance(pilot.app.screen, HelpScreen)
        assert "Nothing has these words" in drawn(pilot.app.screen.query_one(ChoiceList))


async def test_help_finds_what_the_footer_names(acting):
    async with acting() as pilot:
        await pilot.type("f1", *"timeline", "enter")
        assert isinstance(pilot.app.screen, TimelineScreen)


@pytest.mark.does("theme")
async def test_theme(acting, library):
    async with acting() as pilot:
        await pilot.type("f2", *"paper", "enter")
        assert pilot.app.theme == "searcher-light"
        assert pilot.app.kept.theme == "searcher-light"


@pytest.mark.does("command_palette")
async def test_palette(acting, library):
    async with acting() as pilot:
        await pilot.searched(*"bridge")
        await pilot.type("ctrl+p", *"citation")
        await pilot.type("enter")
        await pilot.type("enter")
        assert pilot.app.copied[0].startswith("A. Writer, “Harbour bridge")


@pytest.mark.does("quit")
async def test_quitting(acting, library):
    async with acting() as pilot:
        await pilot.type("ctrl+q")
        assert not pilot.app.is_running
