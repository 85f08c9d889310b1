"""The app on top of an archive in memory, and what a test does with it."""

from __future__ import annotations

import asyncio
import inspect
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
import textual.app
import textual.pilot
from textual.app import App
from textual.widgets import Input
from tui_archive import FakeArchive
from tui_articles import large_library, small_library
from tui_screen import search_screen
from tui_waiting import bounded, quiet, settled

from searcher.tui.screens import beside, search
from searcher.tui.widgets import hit_list


def pytest_itemcollected(item):
    """Bound every scenario of this folder."""
    if inspect.iscoroutinefunction(getattr(item, "obj", None)):
        item.obj = bounded(item.obj)


@pytest.fixture(autouse=True)
def _still_and_quick(monkeypatch):
    """A cursor that blinks makes pictures differ."""
    monkeypatch.setattr(Input, "cursor_blink", False)
    monkeypatch.setattr(textual.app, "wait_for_idle", quiet)
    monkeypatch.setattr(textual.pilot, "wait_for_idle", quiet)
    monkeypatch.setattr(search, "FOLLOW_UP_PAUSE", 0.01)
    monkeypatch.setattr(beside, "COMPLETION_PAUSE", 0.005)
    monkeypatch.setattr(hit_list, "REST", 0.005)
    monkeypatch.setattr(hit_list, "REST_AFTER_ANSWER", 0.005)


@pytest.fixture
def library():
    return FakeArchive(small_library())


@pytest.fixture
def large():
    return FakeArchive(large_library())


def make_app(archive, **options):
    from searcher.tui import app as module
    from searcher.tui.app import SearcherApp
    from searcher.tui.opening import Opening

    module.LOOK_EVERY = 3600

    def build(on_event, cancel):
        return archive.index(on_event=on_event, cancel=cancel)

    opening = options.pop("opening", None) or Opening("index", ("articles",), "searcher index", lambda: archive, build)
    app = SearcherApp(opening, **options)
    app.calm = set()
    app.copied = []
    app.copy_to_clipboard = app.copied.append
    return app


@pytest.fixture
def make():
    return make_app


@pytest.fixture
def settle():
    return settled


@pytest.fixture
def run():
    """Run an app on an archive, at a size, until its first answer is on screen."""

    @asynccontextmanager
    async def running(archive, size=(120, 40), **options):
        app = make_app(archive, **options)
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            pilot.settled = lambda: settled(pilot)

            async def type_keys(*keys):
                for key in keys:
                    await pilot.press(key)
                    await settled(pilot)

            async def resized(width, height):
                await pilot.resize_terminal(width, height)
                screen = pilot.app.screen
                for _ in range(1000):
                    region = screen.focused.region
                    if tuple(screen.size) == (width, height) and region.right <= width and region.bottom <= height:
                        break
                    await asyncio.sleep(0.003)
                await settled(pilot)

            async def searched(*keys):
                """Type words, and go to the results."""
                await type_keys(*keys, "enter")

            async def reading():
                """Open the first of the articles that say `bridge`."""
                await type_keys(*"bridge", "enter", "enter")
                return pilot.app.screen.query_one("#article")

            pilot.search = lambda: search_screen(pilot.app)
            pilot.hits = lambda: pilot.search().query_one("#hits")
            pilot.line = lambda: pilot.search().query_one("#query")
            pilot.found = lambda: [pilot.search().results.hit(at) for at in range(len(pilot.search().results))]
            pilot.heading = lambda: str(pilot.app.screen.query_one("#heading").visual)
            pilot.searched, pilot.reading = searched, reading
            pilot.type = type_keys
            pilot.make, pilot.settle = make_app, settled
            pilot.resized = resized
            yield pilot

    return running


@pytest.fixture
def with_reprints(library):
    library.reprints = {f"{1:016x}": (f"{2:016x}", f"{3:016x}")}
    library.articles[f"{1:016x}"] = replace(library.articles[f"{1:016x}"])
    return library


@pytest.fixture
def acting(request, run, library, monkeypatch):
    """Run an app whose keys must do what the test's mark `does` says."""
    performed = set()
    dispatch = App._dispatch_action

    async def noted(self, namespace, action_name, params):
        performed.add(action_name)
        return await dispatch(self, namespace, action_name, params)

    monkeypatch.setattr(App, "_dispatch_action", noted)

    @asynccontextmanager
    async def running():
        async with run(library, size=(120, 30)) as pilot:
            yield pilot
        assert {name for mark in request.node.iter_markers("does") for name in mark.args} <= performed

    return running
