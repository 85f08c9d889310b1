"""At the edges: keys in a hurry, a terminal that changes, archives of none, of one, of very many, and one that goes."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from tui_screen import drawn

from searcher.errors import IndexMissingError
from searcher.model import Page
from searcher.tui import state
from searcher.tui.screens.picker import Picker
from searcher.tui.screens.reader import ReaderScreen
from searcher.tui.widgets.hit_list import HitList
from searcher.tui.widgets.status_line import StatusLine

HOSTILE = {
    "long": "Bridge " * 900,
    "right to left": "פתיחת הגשר אחרי תשע שנים של עיכוב bridge \u202bהוא\u202c",
    "wide": "港に新しい橋が開通した " * 20 + "bridge",
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈 🇺🇳 👍🏽 bridge " * 12,
    "combining": "b" + "̈́҉" * 300 + "ridge bridge",
    "controls": "\x1b[2J\x9b31m bridge \u202e egdirb \u2066 \x00\x07\x0b\u2028 end",
    "nothing": "",
}


def hits_of(pilot):
    return pilot.app.search_screen.query_one(HitList)


async def hurried(pilot, *keys):
    """Press keys without waiting for any of them."""
    for key in keys:
        pilot.app.simulate_key(key)
    await pilot.settled()


async def test_enter_twice_opens_one_reader(run, library):
    async with run(library) as pilot:
        await pilot.type(*"bridge", "enter")
        await hurried(pilot, "enter", "enter")
        assert [type(screen) for screen in pilot.app.screen_stack].count(ReaderScreen) == 1
        await hurried(pilot, "escape")
        assert pilot.app.screen is pilot.app.search_screen


@pytest.mark.parametrize(
    "keys", [("enter", "enter"), ("escape", "escape"), ("enter", "escape"), ("down", "enter", "enter")]
)
async def test_a_dialog_is_closed_once(run, library, keys):
    async with run(library) as pilot:
        await pilot.type(*"bridge", "enter", "d")
        assert isinstance(pilot.app.screen, Picker)
        await hurried(pilot, *keys)
        assert pilot.app.is_running
        assert not isinstance(pilot.app.screen, Picker)


async def test_a_dialog_beneath_another_can_be_closed_later(run, library):
    async with run(library) as pilot:
        await pilot.type(*"bridge", "enter", "d")
        beneath = pilot.app.screen
        pilot.app.push_screen(Picker("Another", []))
        await pilot.settled()
        beneath.action_close()  # a key that was on its way to it
        await pilot.type("escape")
        assert pilot.app.screen is beneath
        await pilot.type("escape")
        assert not isinstance(pilot.app.screen, Picker)


async def test_what_is_typed_while_the_index_is_opened_is_searched_for(make, settle, library):
    opening, opened = make(library)._opening, asyncio.Event()
    loop = asyncio.get_running_loop()

    def slowly():
        asyncio.run_coroutine_threadsafe(opened.wait(), loop).result(30)
        return library

    app = make(library, opening=replace(opening, open=slowly))
    app.calm.add("open")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press(*"ferry")
        await pilot.resize_terminal(60, 15)
        opened.set()
        app.calm.clear()
        await settle(pilot)
        await settle(pilot)
        assert app.search_screen.results.request.text == "ferry"
        assert app.search_screen.query_one("#query").value == "ferry"


async def test_a_resize_during_a_search_loses_nothing(run, library):
    async with run(library) as pilot:
        library.hold.clear()
        pilot.app.calm.add("search")
        await pilot.press(*"bridge")
        for size in ((30, 8), (200, 60), (80, 24)):
            await pilot.resized(*size)
        library.hold.set()
        pilot.app.calm.clear()
        await pilot.settled()
        assert len(hits_of(pilot).results) == 5
        assert "Harbour bridge opens" in drawn(hits_of(pilot))


async def test_an_archive_of_one(run, library):
    library.articles = dict(list(library.articles.items())[:1])
    async with run(library, size=(80, 24)) as pilot:
        await pilot.type("escape", "j", "G", "space", "g", "enter", "J", "K", "n", "escape", "plus", "m", "t", "escape")
        await pilot.type("f", "enter", "escape", "u")
        assert hits_of(pilot).current.id == f"{1:016x}"


async def test_an_archive_of_none(run, library):
    library.articles.clear()
    async with run(library, size=(80, 24)) as pilot:
        await pilot.type(
            "escape", "j", "enter", "plus", "m", "x", "o", "e", "v", "y", "Y", "t", "escape", "f", "enter", "escape"
        )
        await pilot.type("slash", *"bridge", "enter")
        assert "no hits" in drawn(pilot.app.search_screen.query_one(StatusLine))


@pytest.mark.parametrize("key", ["n", "r", "slash"])
async def test_an_index_that_is_taken_away_leaves_the_last_results(run, library, key):
    def gone(*_, **__):
        raise IndexMissingError("There is no index at index", "build it: searcher index")

    async with run(library, size=(80, 24)) as pilot:
        await pilot.type(*"bridge", "enter")
        library.search = library.article = library.facets = library.timeline = library.complete = library.stats = gone
        library.refresh = gone
        pilot.app._look_for_changes()
        await pilot.settled()
        await pilot.type(key, "x", "enter", "escape", "f", "escape", "t", "escape")
        assert pilot.app.is_running
        assert len(hits_of(pilot).results) == 5


class Endless:
    """Gives any hits of an answer of 100,000 as fast as they are asked for."""

    def __init__(self, archive):
        self.total = 100_000
        self.asked = []
        self.one = archive.search("bridge", limit=1).hits[0]

    def __call__(self, query, *, limit=10, offset=0, **_):
        self.asked.append((offset, limit))
        hits = tuple(
            replace(self.one, rank=number + 1, id=f"{number:016x}", title=f"Bridge {number}")
            for number in range(offset, min(offset + limit, self.total))
        )
        return Page(query, query, "all", None, self.total, True, 0.1, 1, hits, offset=offset)


async def test_a_hundred_thousand_hits_are_walked_through_with_few_fetched(run, library):
    library.search = endless = Endless(library)
    async with run(library, size=(80, 24)) as pilot:
        await pilot.type(*"bridge", "enter", "G")
        assert hits_of(pilot).current.title == "Bridge 99999"
        assert "Bridge 99998" in drawn(hits_of(pilot))
        for _ in range(5):
            await pilot.type("pageup")
        assert "·\n" not in drawn(hits_of(pilot))
        await hurried(pilot, "g", *["space"] * 200)
        assert hits_of(pilot).current is not None
        shown = drawn(hits_of(pilot))
        assert hits_of(pilot).current.title in shown
        assert sum(limit for _, limit in endless.asked) < 2000


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("size", [(120, 40), (24, 10)])
async def test_hostile_text_fits_its_cells(run, library, name, size):
    text = HOSTILE[name]
    for number, found in enumerate(list(library.articles.values())):
        facts = replace(found.facts, source=found.facts.source and replace(found.facts.source, value=text[:500]))
        changed = replace(found, title=text, text=f"{text}\n\nbridge {number}", raw=text, path=text[:80], facts=facts)
        library.articles[found.id] = changed
    library.reprints = {f"{1:016x}": (f"{2:016x}",)}
    async with run(library, size=size) as pilot:
        await pilot.type(*"bridge", "enter", "plus")
        for widget in [*pilot.app.screen.query("LineView"), pilot.app.screen.query_one(StatusLine)]:
            strips = [widget.render_line(y) for y in range(widget.size.height)]
            assert {strip.cell_length for strip in strips} <= {widget.scrollable_content_region.width}
            assert not any(ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0 for strip in strips for sign in strip.text)
        await pilot.type("enter", "w", "i", "G")
        view = pilot.app.screen.query_one("ArticleView")
        strips = [view.render_line(y) for y in range(view.size.height)]
        assert {strip.cell_length for strip in strips} == {view.scrollable_content_region.width}


@pytest.mark.parametrize("chosen", [None, "searcher-dark"])
async def test_colours_suit_the_terminal_unless_others_were_chosen(run, library, tmp_path, monkeypatch, chosen):
    monkeypatch.setenv("COLORFGBG", "0;15")
    path = tmp_path / "tui.json"
    state.save(path, "index", state.State(chosen))
    async with run(library, state_path=path) as pilot:
        assert pilot.app.theme == (chosen or "searcher-light")
