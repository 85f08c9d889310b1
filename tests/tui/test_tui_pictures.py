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

SIZES = {"80x24": (80, 24), "120x40": (120, 40), "200x60": (200, 60), "40x12": (40, 12)}


@pytest.fixture
def draw(snap_compare, make, settle):
    """Compare the picture of an app after some keys, each of which may be a function of the app."""

    def compare(archive, size, *steps, **options):
        app = make(archive, **options)

        async def walk(pilot):
            await settle(pilot)
            for step in steps:
                if callable(step):
                    step(app)
                else:
                    await pilot.press(step)
                await settle(pilot)

        return snap_compare(app, terminal_size=SIZES[size], run_before=walk)

    return compare


SEARCHED = [*"bridge", "enter"]


@pytest.mark.parametrize("size", SIZES)
def test_newest_articles(draw, library, size):
    assert draw(library, size)


@pytest.mark.parametrize("size", SIZES)
def test_results(draw, library, size):
    library.reprints = {f"{1:016x}": (f"{2:016x}", f"{3:016x}")}
    assert draw(library, size, *SEARCHED, "j")


@pytest.mark.parametrize("size", SIZES)
def test_reader_between_matches(draw, library, size):
    assert draw(library, size, *SEARCHED, "enter", "n", "n")


def light(app):
    app.theme = "searcher-light"


def terminal_colours(app):
    app.theme = "ansi-dark"


@pytest.mark.parametrize("size", ["120x40", "200x60"])
def test_results_on_paper(draw, library, size):
    assert draw(library, size, light, *SEARCHED)


def test_reader_on_paper(draw, library):
    assert draw(library, "80x24", light, *SEARCHED, "enter", "n")


def test_results_in_the_terminals_colours(draw, library):
    assert draw(library, "120x40", terminal_colours, *SEARCHED, "j")


def test_no_colour(draw, library, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert draw(library, "80x24", *SEARCHED, "j")


@pytest.mark.parametrize("size", ["80x24", "120x40", "40x12"])
def test_facets(draw, library, size):
    assert draw(library, size, *SEARCHED, "f", "j")


def test_filters(draw, library):
    assert draw(library, "120x40", *SEARCHED, "f", "j", "enter", "minus", "escape")


def test_many_hits_far_down(draw, large):
    assert draw(large, "120x40", *SEARCHED, "G")


def test_hostile_text_in_the_reader(draw, library):
    assert draw(library, "80x24", *"crossed", "enter", "enter")


def test_facts_with_their_basis(draw, library):
    assert draw(library, "80x24", *SEARCHED, "enter", "i")


def test_finding_in_an_article(draw, library):
    assert draw(library, "80x24", *SEARCHED, "enter", "slash", *"brand")


@pytest.mark.parametrize("size", ["80x24", "40x12"])
def test_nothing_found(draw, library, size):
    first = Request("ferry brigde", (Filter("source", "Northern Post"),))
    assert draw(library, size, lambda app: app.search_screen.ask(first), "escape", "escape", "down")


def test_query_error_keeps_the_last_results(draw, library):
    def pasted(app):
        app.search_screen.query_one("#query").recall("bridge soruce:x")

    assert draw(library, "80x24", *"bridge", pasted)


def test_query_error_far_to_the_right(draw, library):
    def pasted(app):
        app.search_screen.query_one("#query").recall("a bridge on the far right of a very long line of words soruce:x")

    assert draw(library, "80x24", *"bridge", pasted)


def test_completion(draw, library):
    assert draw(library, "80x24", *"bridge sour")


def test_deadline_passed(draw, library):
    library.partial = True
    assert draw(library, "80x24", *SEARCHED)


def test_searching(draw, library):
    def held(app):
        app.calm.add("search")
        library.hold.clear()

    def patience(app):
        app.search_screen._status.count("searching…")

    assert draw(library, "80x24", *"bridge", held, *"s", patience)


def test_index_changed(draw, library):
    def changed(app):
        app.search_screen.post_message(IndexChanged(replace(library.stats(), articles=19)))

    assert draw(library, "80x24", *SEARCHED, changed)


def test_empty_index(draw, library):
    library.articles.clear()
    assert draw(library, "80x24")


def failing(error, build=None):
    def open_archive():
        raise error

    return Opening("index", ("articles", "wires.jsonl.gz"), "searcher index", open_archive, build)


@pytest.mark.parametrize("size", ["80x24", "120x40", "40x12"])
def test_no_index(draw, library, size):
    assert draw(library, size, opening=failing(IndexMissingError("There is no index in ./index")))


def test_no_index_and_no_sources(draw, library):
    opening = replace(failing(IndexMissingError("There is no index in ./index")), sources=())
    assert draw(library, "80x24", opening=opening)


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
    assert draw(library, "80x24", under_way, "b", progress, opening=opening)


def test_damaged_index(draw, library):
    error = IndexDamagedError("The index cannot be read: segment 3 is cut short", "rebuild it: searcher index --full")
    assert draw(library, "80x24", opening=failing(error))


def test_damaged_index_without_sources(draw, library):
    error = IndexDamagedError("The index cannot be read: segment 3 is cut short", "rebuild it: searcher index --full")
    assert draw(library, "80x24", opening=replace(failing(error), sources=()))


def test_locked_index(draw, library):
    def build(on_event, cancel):
        raise IndexLockedError("Another process is writing to the index", "wait until it ends, then try again")

    assert draw(library, "80x24", "b", opening=failing(IndexMissingError("There is no index in ./index"), build))


def test_reprint_with_its_differences(draw, library):
    library.reprints = {f"{1:016x}": (f"{2:016x}",)}
    assert draw(library, "80x24", *SEARCHED, "plus", "j", "enter", "n")


@pytest.mark.parametrize("size", ["80x24", "120x40", "40x12"])
def test_reprints_beneath_their_original(draw, library, size):
    library.reprints = {f"{1:016x}": (f"{2:016x}", f"{3:016x}")}
    assert draw(library, size, *SEARCHED, "plus", "j")


@pytest.mark.parametrize("size", ["80x24", "120x40"])
def test_timeline(draw, large, size):
    assert draw(large, size, *SEARCHED, "t")


def test_timeline_by_year(draw, large):
    assert draw(large, "120x40", *SEARCHED, "t", "minus", "l")


@pytest.mark.parametrize("size", ["80x24", "40x12"])
def test_help(draw, library, size):
    assert draw(library, size, *SEARCHED, "question_mark")


def test_help_filtered(draw, library):
    assert draw(library, "80x24", *SEARCHED, "question_mark", *"date")


def test_palette(draw, library):
    assert draw(library, "80x24", *SEARCHED, "ctrl+p", *"copy")


def test_dates(draw, library):
    assert draw(library, "80x24", *SEARCHED, "d", *"2019-11")


def test_starred(draw, library):
    assert draw(library, "80x24", *SEARCHED, "asterisk", "j", "asterisk", "S")


def test_stars_in_the_results(draw, library):
    assert draw(library, "80x24", *SEARCHED, "j", "asterisk")


def test_quotation(draw, library):
    assert draw(library, "80x24", *SEARCHED, "enter", "n", "n", "Y")


def test_citations(draw, library):
    assert draw(library, "80x24", *SEARCHED, "Y")


def test_explanation(draw, library):
    assert draw(library, "80x24", *SEARCHED, "x")


def test_what_was_kept(draw, library, tmp_path):
    path = tmp_path / "tui.json"
    kept = state.State("searcher-light", Request("bridge", sort="newest"), ("ferry", "bridge"), (f"{4:016x}",))
    state.save(path, "index", kept)
    assert draw(library, "80x24", "escape", state_path=path)
