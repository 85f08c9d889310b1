"""Keys that come in one burst do what they do when they come one by one."""

from __future__ import annotations

from textual import events

from searcher.tui import type_ahead
from searcher.tui.screens.reader import ReaderScreen
from searcher.tui.screens.search import SearchScreen
from searcher.tui.screens.timeline import TimelineScreen

NAMED = {"/": "slash", "(": "left_parenthesis", " ": "space"}


async def burst(pilot, *keys):
    """Press keys at once, as a paste or a slow line gives them."""
    for key in keys:
        pilot.app.post_message(events.Key(NAMED.get(key, key), key if len(key) == 1 else None))
    await pilot.pause()
    await pilot.settled()


async def test_a_key_behind_enter_is_no_letter_of_the_query(run, library):
    async with run(library) as pilot:
        await burst(pilot, *"bridge", "enter", "t")
        assert isinstance(pilot.app.screen, TimelineScreen)
        assert pilot.line().value == "bridge"


async def test_letters_behind_the_key_that_goes_to_the_query_are_written(run, library):
    async with run(library) as pilot:
        await pilot.searched(*"harbour")
        await burst(pilot, "/", "ctrl+u", *"bridge", "enter")
        assert pilot.line().value == "bridge"
        assert pilot.search().request.text == "bridge"


async def test_letters_are_taken_back_in_order(run, library):
    async with run(library) as pilot:
        await burst(pilot, *"bri", "x", "backspace", *"dge", "(", "backspace", "left", "left", "z")
        assert pilot.line().value == "bridzge"


async def test_reading_and_coming_back_in_one_burst(run, library):
    async with run(library) as pilot:
        await pilot.searched(*"bridge")
        await burst(pilot, "j", "enter")
        assert isinstance(pilot.app.screen, ReaderScreen)
        await burst(pilot, "escape", "/", "ctrl+u", *"bridge")
        assert isinstance(pilot.app.screen, SearchScreen)
        assert pilot.line().value == "bridge"


async def test_a_paste_waits_as_keys_do(run, library):
    async with run(library) as pilot:
        await pilot.searched(*"harbour")
        pilot.app.post_message(events.Key("slash", "/"))
        pilot.app.post_message(events.Key("ctrl+u", None))
        pilot.app.post_message(events.Paste("bridge"))
        await pilot.pause()
        await pilot.settled()
        assert pilot.line().value == "bridge"


async def test_keys_that_come_when_the_screens_are_closed_are_nobodys(run, library):
    async with run(library) as pilot:
        await burst(pilot, *"bridge")
    assert not pilot.app.screen_stack
    await pilot.app.on_event(events.Key("escape", None))


async def test_nothing_waits_for_ever_for_a_key_that_nobody_answers(run, library, monkeypatch):
    monkeypatch.setattr(type_ahead, "PATIENCE", 0.01)
    async with run(library) as pilot:
        await pilot.searched(*"bridge")
        monkeypatch.setattr(type_ahead.TypeAhead, "_climb", lambda *_: None)
        await burst(pilot, "j", "k", "j", "enter")
        while not isinstance(pilot.app.screen, ReaderScreen):
            await pilot.pause(0.01)
