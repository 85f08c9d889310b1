"""Every state, drawn: compare with the pictures that were looked at."""

from __future__ import annotations

from dataclasses import replace

import pytest

from searcher.errors import IndexDamagedError, IndexLockedError, IndexMissingError
from searcher.model import IndexReport
from searcher.tui import state
from searcher.tui.messages import IndexChanged, IndexProgressed
from searcher.tui.opening import Opening
from searcher.tui.request import Filter, Request

DARK, LIGHT, TERMINAL = "searcher-dark", "searcher-light", "ansi-dark"
LOOKS = {
    "80x24": ((80, 24), DARK),
    "120x40": ((120, 40), DARK),
    "200x60": ((200, 60), DARK),
    "40x12": ((40, 12), DARK),
    "120x40-light": ((120, 40), LIGHT),
}


@pytest.fixture(params=LOOKS)
def look(request):
    """Give the size of the terminal, and a theme."""
    return LOOKS[request.param]


@pytest.fixture
def draw(look, snap_compare, make, settle):
    """Compare the picture of an app after some keys, each of which may be a function of the app."""
    size, theme = look

    def compare(archive, *steps, **options):
        app = make(archive, **options)

        async def walk(pilot):
            app.theme = theme
            await settle(pilot)
            for step in steps:
                if callable(step):
                    step(app)
                else:
                    await pilot.press(step)
                await settle(pilot)

        return snap_compare(app, terminal_size=size, run_before=walk)

    return compare


SEARCHED = [*"bridge", "enter"]


def test_newest_articles(draw, library):
    assert draw(library)


def test_results(draw, library):
    library.reprints = {f"{1:016x}": (f"{2:016x}", f"{3:016x}")}
    assert draw(library, *SEARCHED, "j")


def test_reader_between_matches(draw, library):
    assert draw(library, *SEARCHED, "enter", "n", "n")


@pytest.mark.parametrize("look", [((120, 40), TERMINAL)], ids=["terminal"])
def test_results_in_the_terminals_colours(draw, library):
    assert draw(library, *SEARCHED, "j")


def test_no_colour(draw, library, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert draw(library, *SEARCHED, "j")


def test_facets(draw, library):
    assert draw(library, *SEARCHED, "f", "j")


def test_filters(draw, library):
    assert draw(library, *SEARCHED, "f", "j", "enter", "minus", "escape")


def test_many_hits_far_down(draw, large):
    assert draw(large, *SEARCHED, "G")


def test_hostile_text_in_the_reader(draw, library):
    assert draw(library, *"crossed", "enter", "enter")


def test_facts_with_their_basis(draw, library):
    assert draw(library, *SEARCHED, "enter", "i")


def test_finding_in_an_article(draw, library):
    assert draw(library, *SEARCHED, "enter", "slash", *"brand")


def test_nothing_found(draw, library):
    first = Request("ferry brigde", (Filter("source", "Northern Post"),))
    assert draw(library, lambda app: app.search_screen.ask(first), "escape", "escape", "down")


def test_query_error_keeps_the_last_results(draw, library):
    def pasted(app):
        app.search_screen.query_one("#query").recall("bridge soruce:x")

    assert draw(library, *"bridge", pasted)


def test_query_error_far_to_the_right(draw, library):
    def pasted(app):
        app.search_screen.query_one("#query").recall("a bridge on the far right of a very long line of words soruce:x")

    assert draw(library, *"bridge", pasted)


def test_completion(draw, library):
    assert draw(library, *"bridge sour")


def test_deadline_passed(draw, library):
    library.partial = True
    assert draw(library, *SEARCHED)


def test_searching(draw, library):
    def held(app):
        app.calm.add("search")
        library.hold.clear()

    def patience(app):
        app.search_screen._status.count("searching…")

    assert draw(library, *"bridge", held, *"s", patience)


def test_index_changed(draw, library):
    def changed(app):
        app.search_screen.post_message(IndexChanged(replace(library.stats(), articles=19)))

    assert draw(library, *SEARCHED, changed)


def test_empty_index(draw, library):
    library.articles.clear()
    assert draw(library)


def failing(error, build=None):
    def open_archive():
        raise error

    return Opening("index", ("articles", "wires.jsonl.gz"), "searcher index", open_archive, build)


def test_no_index(draw, library):
    assert draw(library, opening=failing(IndexMissingError("There is no index in ./index")))


def test_no_index_and_no_sources(draw, library):
    opening = replace(failing(IndexMissingError("There is no index in ./index")), sources=())
    assert draw(library, opening=opening)


def test_building(draw, library):
    def build(on_event, cancel):
        cancel.wait(30)
        return IndexReport(0, 0, 0, 0, (), 0, 0.1, 1)

    def under_way(app):
        app.calm.add("index")

    def progress(app):
        app.screen.query_one("#build-progress").show_eta = False
        app.screen.post_message(IndexProgressed(700, 1000, "700 files of 1,000, 17,345 articles"))

    opening = failing(IndexMissingError("There is no index in ./index"), build)
    assert draw(library, under_way, "b", progress, opening=opening)


def test_damaged_index(draw, library):
    error = IndexDamagedError("The index cannot be read: segment 3 is cut short", "rebuild it: searcher index --full")
    assert draw(library, opening=failing(error))


def test_damaged_index_without_sources(draw, library):
    error = IndexDamagedError("The index cannot be read: segment 3 is cut short", "rebuild it: searcher index --full")
    assert draw(library, opening=replace(failing(error), sources=()))


def test_locked_index(draw, library):
    def build(on_event, cancel):
        raise IndexLockedError("Another process is writing to the index", "wait until it ends, then try again")

    assert draw(library, "b", opening=failing(IndexMissingError("There is no index in ./index"), build))


def test_reprint_with_its_differences(draw, library):
    library.reprints = {f"{1:016x}": (f"{2:016x}",)}
    assert draw(library, *SEARCHED, "plus", "j", "enter", "n")


def test_reprints_beneath_their_original(draw, library):
    library.reprints = {f"{1:016x}": (f"{2:016x}", f"{3:016x}")}
    assert draw(library, *SEARCHED, "plus", "j")


def test_timeline(draw, large):
    assert draw(large, *SEARCHED, "t")


def test_timeline_by_year(draw, large):
    assert draw(large, *SEARCHED, "t", "minus", "l")


def test_help(draw, library):
    assert draw(library, *SEARCHED, "question_mark")


def test_help_filtered(draw, library):
    assert draw(library, *SEARCHED, "question_mark", *"date")


def test_palette(draw, library):
    assert draw(library, *SEARCHED, "ctrl+p", *"copy")


def test_dates(draw, library):
    assert draw(library, *SEARCHED, "d", *"2019-11")


def test_starred(draw, library):
    assert draw(library, *SEARCHED, "asterisk", "j", "asterisk", "S")


def test_stars_in_the_results(draw, library):
    assert draw(library, *SEARCHED, "j", "asterisk")


def test_quotation(draw, library):
    assert draw(library, *SEARCHED, "enter", "n", "n", "Y")


def test_citations(draw, library):
    assert draw(library, *SEARCHED, "Y")


def test_explanation(draw, library):
    assert draw(library, *SEARCHED, "x")


def test_what_was_kept(draw, library, tmp_path):
    path = tmp_path / "tui.json"
    kept = state.State("searcher-light", Request("bridge", sort="newest"), ("ferry", "bridge"), (f"{4:016x}",))
    state.save(path, "index", kept)
    assert draw(library, "escape", state_path=path)
