"""The search loop and the layout: nothing stale is shown, places are kept, hits come when needed, clicks work."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import pytest

from searcher.errors import IndexDamagedError
from searcher.tui.listing import Row
from searcher.tui.messages import HitsFetched, SearchFinished
from searcher.tui.request import Filter, Request
from searcher.tui.screens.reader import Heading, ReaderScreen
from searcher.tui.state import load
from searcher.tui.widgets.article_view import ArticleView
from searcher.tui.widgets.facet_panel import FacetPanel
from searcher.tui.widgets.filter_bar import FilterBar
from searcher.tui.widgets.hit_list import HitList
from searcher.tui.widgets.query_line import QueryLine
from searcher.tui.widgets.status_line import StatusLine


def parts(pilot):
    screen = pilot.app.search_screen
    return screen, screen.query_one(HitList), screen.query_one(QueryLine)


async def until(condition):
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end
        await asyncio.sleep(0.003)


def drawn(widget):
    return "\n".join(widget.render_line(y).text for y in range(widget.size.height))


async def test_an_answer_that_is_not_the_newest_is_dropped(run, library):
    async with run(library) as pilot:
        screen, hits, _ = parts(pilot)
        await pilot.type(*"bridge", "enter")
        shown = hits.results
        old = library.search("ferry", limit=12)
        screen.post_message(SearchFinished(screen._loop.generation - 1, Request("ferry"), old))
        screen.post_message(HitsFetched(screen._loop.generation - 1, replace(old, offset=0)))
        await pilot.settled()
        assert hits.results is shown
        assert hits.results.hit(0).id == f"{1:016x}"


async def test_a_search_that_is_overtaken_is_cancelled_and_old_results_stay_meanwhile(run, library):
    async with run(library) as pilot:
        screen, hits, line = parts(pilot)
        await pilot.type(*"ferry", "enter")
        library.hold.clear()
        pilot.app.calm.add("search")
        line.recall("bridge")
        await until(lambda: library.asked[-1] == "bridge")
        assert hits.results.request.text == "ferry"
        first = screen._loop.cancel
        line.recall("storm")
        await until(first.is_set)
        library.hold.set()
        pilot.app.calm.clear()
        await pilot.settled()
        assert hits.results.request.text == "storm"
        assert line.value == "storm"


async def test_typing_is_never_held_up_by_a_search(run, library):
    async with run(library) as pilot:
        _, _, line = parts(pilot)
        library.hold.clear()
        pilot.app.calm.add("search")
        await pilot.press(*"harbour bridge")
        assert line.value == "harbour bridge"
        library.hold.set()
        pilot.app.calm.clear()
        await pilot.settled()
        assert parts(pilot)[1].results.request.text == "harbour bridge"


async def test_more_spaces_are_not_searched_for_again(run, library):
    async with run(library) as pilot:
        await pilot.type(*"bridge")
        asked = len(library.asked)
        await pilot.type("space", "space")
        assert len(library.asked) == asked


async def test_a_word_being_typed_finds_what_begins_so_and_enter_says_it(run, library):
    library._matching = lambda query, match=library._matching: [] if query == "bri" else match(query.replace("*", ""))
    async with run(library) as pilot:
        screen, hits, line = parts(pilot)
        await pilot.type(*"bri")
        assert hits.results.request.text == "bri*"
        assert line.value == "bri"
        await pilot.type("enter")
        assert line.value == "bri*"
        assert screen.request.text == "bri*"
        assert hits.has_focus


async def test_a_word_too_short_to_guess_leaves_the_results_until_enter_says_that_it_is_all(run, library):
    library._matching = lambda query, match=library._matching: [] if query.endswith("st") else match(query)
    async with run(library) as pilot:
        screen, hits, line = parts(pilot)
        await pilot.type(*"bridge st")
        assert hits.results.request.text == "bridge"
        assert line.value == "bridge st"
        await pilot.type("enter")
        assert line.value == "bridge st"
        assert screen.results.total == 0


@pytest.mark.parametrize(
    ("typed", "guesses"),
    [
        ("bri", ["bri*"]),
        ("the harbour bri", ["the harbour bri*"]),
        ("bridge dat", ["bridge dat*", "bridge"]),
        ("title:bri", ["title:bri*"]),
        ('"bri', ["bri*"]),
        ('source:"Harb', ["source:Harb*"]),
        ('"harbour bri', ['"harbour"']),
        ('ferry "the harbour bri', ['ferry "the harbour"']),
        ('"harbour bridge"', []),
        ("bridge OR", []),
        ("b", [""]),
        ("bridge to", ["bridge"]),
        ("bridge title:fe", ["bridge"]),
        ('bridge source:"H', ["bridge"]),
        ("", []),
    ],
)
def test_what_is_still_being_typed_is_guessed(typed, guesses):
    assert [guess.text for guess in Request(typed).guesses] == guesses


async def test_another_spelling_is_looked_for_once_the_fingers_rest(run, library):
    asked, search = [], library.search

    def noted(query, *, correct=True, **options):
        asked.append((query, correct))
        return search(query, correct=correct, **options)

    library.search = noted
    async with run(library) as pilot:
        await pilot.type(*"brigde")
        assert [correct for query, correct in asked if query == "brigde"] == [False, True]
        assert pilot.search()._answer.corrected == "bridge"


async def test_hits_come_as_they_are_scrolled_to(run, large):
    async with run(large, size=(100, 24)) as pilot:
        _, hits, _ = parts(pilot)
        await pilot.type(*"bridge", "enter")
        assert len(hits.results) == 300
        assert hits.results.hit(200) is None
        await pilot.type("G")
        assert hits.current.title == "Bridge report number 300"
        assert "Bridge report number 299" in drawn(hits)
        await pilot.type("g", "space", "space")
        assert hits.current is not None
        assert "·  " not in drawn(hits)


async def test_the_cursor_stays_on_its_article_when_the_order_changes_and_the_terminal_too(run, large):
    async with run(large, size=(160, 50)) as pilot:
        _, hits, _ = parts(pilot)
        await pilot.type(*"bridge", "enter", "j", "j", "j")
        held = hits.current.id
        await pilot.resized(60, 15)
        assert hits.current.id == held
        row = hits._listing.line(hits.row) - hits.top
        assert 0 <= row < hits.size.height
        await pilot.type("r")
        assert hits.current.id == held


@pytest.mark.parametrize(
    ("size", "facets", "preview"), [((200, 60), True, True), ((120, 40), False, True), ((80, 24), False, False)]
)
async def test_the_layout_follows_the_size(run, library, size, facets, preview):
    async with run(library, size=size) as pilot:
        screen, hits, _ = parts(pilot)
        assert hits.display
        assert screen.query_one(FacetPanel).display == facets
        assert screen.query_one("#preview").display == preview


async def test_a_wide_terminal_counts_facets_by_itself(run, library):
    async with run(library, size=(200, 60)) as pilot:
        await pilot.type(*"bridge")
        panel = parts(pilot)[0].query_one(FacetPanel)
        counts = {row.text: row.count for row in panel.rows if row.filter}
        assert counts["Ada Brandt"] == 2
        assert "Feb" not in drawn(panel)
        assert "2019-02" in drawn(panel)


async def test_an_error_while_typing_keeps_the_results_and_marks_the_place(run, library):
    async with run(library, size=(80, 24)) as pilot:
        _, hits, line = parts(pilot)
        await pilot.type(*"bridge")
        line.recall("bridge soruce:x")
        await pilot.settled()
        assert len(hits.results) == 5
        status = drawn(parts(pilot)[0].query_one(StatusLine))
        assert status.index("^") == 2 + line.value.index("soruce")
        assert status.count("^") == len("soruce")
        line.recall("bridge")
        await pilot.settled()
        assert "^" not in drawn(parts(pilot)[0].query_one(StatusLine))


async def test_an_error_nobody_foresaw_is_said_in_one_line(run, library):
    def broken(*_, **__):
        raise ZeroDivisionError("[red]no[/red] \x1b[31m")

    async with run(library) as pilot:
        library.search = broken
        await pilot.type("x")
        status = drawn(parts(pilot)[0].query_one(StatusLine))
        assert "Something went wrong: ZeroDivisionError: [red]no[/red]" in status
        assert "\x1b" not in status


async def test_an_article_that_cannot_be_read_is_said_and_nothing_breaks(run, library):
    def broken(article_id):
        raise IndexDamagedError("The index is damaged", "rebuild it")

    async with run(library) as pilot:
        await pilot.type(*"bridge", "enter")
        library.article = broken
        await pilot.type("enter", "n", "i", "w", "p", "c", "Y", "v", "escape")
        assert parts(pilot)[1].has_focus


async def test_reading_keeps_its_place_in_each_article(run, library):
    found = library.articles[f"{1:016x}"]
    long = "\n".join(f"Paragraph {number} on the bridge." for number in range(80))
    library.articles[found.id] = replace(found, text=long)
    async with run(library, size=(80, 24)) as pilot:
        await pilot.type(*"bridge", "enter", "enter", "space", "space")
        view = pilot.app.screen.query_one(ArticleView)
        top = drawn(view).splitlines()[1]
        await pilot.type("J", "K")
        assert drawn(view).splitlines()[1] == top
        await pilot.type("escape", "enter")
        view = pilot.app.screen.query_one(ArticleView)
        assert drawn(view).splitlines()[1] == top


async def test_the_next_article_is_fetched_where_it_is_not_known_yet(run, large):
    async with run(large) as pilot:
        await pilot.type(*"bridge", "enter", "enter")
        for _ in range(40):
            await pilot.type("J")
        heading = str(pilot.app.screen.query_one(Heading).visual)
        assert heading.startswith("41 of 300")
        await pilot.type("escape")
        assert parts(pilot)[1].current.title == "Bridge report number 41"


async def test_what_is_asked_and_read_is_there_the_next_time(run, library, tmp_path):
    path = tmp_path / "tui.json"
    async with run(library, state_path=path) as pilot:
        await pilot.type(*"bridge", "enter", "f", "enter", "escape", "enter", "escape", "f2", *"paper", "enter")
    kept = load(path, "index")
    assert kept.history == ("bridge",)
    assert kept.read == (f"{1:016x}",)
    assert kept.theme == "searcher-light"
    async with run(library, state_path=path) as pilot:
        screen, hits, line = parts(pilot)
        assert line.value == "bridge"
        assert screen.request.filters == (Filter("source", "Harbour Gazette"),)
        assert "read" in drawn(hits)
        assert pilot.app.theme == "searcher-light"
    async with run(library, state_path=path, query="ferry") as pilot:
        assert parts(pilot)[2].value == "ferry"
        assert parts(pilot)[0].request.filters == ()


async def test_keys_can_be_changed(run, library):
    async with run(library, keys={"sort": "z", "next_hit": "ctrl+n"}) as pilot:
        screen, hits, _ = parts(pilot)
        await pilot.type(*"bridge", "enter", "ctrl+n", "j")
        assert hits.cursor == 1
        await pilot.type("z", "s")
        assert screen.request.sort == "newest"


async def test_a_newer_index_is_announced_and_waits_to_be_asked(run, library):
    async with run(library) as pilot:
        screen, hits, _ = parts(pilot)
        await pilot.type(*"bridge", "enter")
        first = library.articles[f"{1:016x}"]
        library.articles["00ff"] = replace(first, id="00ff")
        library.changed = True
        pilot.app._look_for_changes()
        await pilot.settled()
        assert "1 new article: r to refresh" in drawn(screen.query_one(StatusLine))
        assert len(hits.results) == 5
        await pilot.type("r")
        assert len(hits.results) == 6


# The mouse


async def test_a_click_selects_and_a_second_reads(run, library):
    async with run(library) as pilot:
        _, hits, _ = parts(pilot)
        await pilot.type(*"bridge", "enter")
        await pilot.click(HitList, offset=(10, 6))
        await pilot.settled()
        assert hits.cursor == 1
        await pilot.click(HitList, offset=(10, 6))
        await pilot.settled()
        assert isinstance(pilot.app.screen, ReaderScreen)


@pytest.mark.parametrize("change", ["r", "s", "short", "narrow"])
async def test_reprints_stay_unfolded_and_the_cursor_on_its_reprint(run, with_reprints, change):
    async with run(with_reprints, size=(100, 30)) as pilot:
        _, hits, _ = parts(pilot)
        await pilot.searched(*"bridge")
        await pilot.type("plus", "j", "j")
        reprint = hits.current.id
        assert hits.row == Row(0, 1)
        sizes = {"short": (100, 14), "narrow": (60, 30)}
        await (pilot.resized(*sizes[change]) if change in sizes else pilot.type(change))
        assert hits.row.reprint == 1
        assert hits.current.id == reprint
        shown = drawn(hits)
        assert sum("└" in text or "├" in text for text in shown.splitlines()) == 2
        await pilot.type("plus")
        assert hits.row.reprint == -1
        await pilot.type("r")
        assert "└" not in drawn(hits)


async def test_what_was_asked_last_gives_way_to_the_first_key(run, library, tmp_path):
    kept = tmp_path / "tui.json"
    async with run(library, state_path=kept) as pilot:
        await pilot.searched(*"ferry")
    async with run(library, state_path=kept) as pilot:
        _, hits, line = parts(pilot)
        assert (line.value, hits.results.request.text) == ("ferry", "ferry")
        await pilot.type(*"br")
        assert line.value == "br"


async def test_a_query_that_finds_nothing_has_an_empty_timeline(run, library):
    async with run(library) as pilot:
        await pilot.searched(*"nowhere")
        await pilot.type("t")
        assert str(pilot.app.screen.query_one("#bar").visual) == "No article matches."


async def test_a_first_frame_of_a_narrow_terminal_has_results_alone(run, library):
    async with run(library, size=(60, 24)) as pilot:
        screen = pilot.search()
        screen.remove_class("-slim", "-short", "-tall")
        assert not screen.query_one("#preview").display
        assert not screen.query_one("#facets").display


async def test_other_words_fold_the_reprints(run, with_reprints):
    async with run(with_reprints) as pilot:
        _, hits, _ = parts(pilot)
        await pilot.searched(*"bridge")
        await pilot.type("plus", "slash", *"s", "enter")
        assert "└" not in drawn(hits)


async def test_reprints_are_unfolded_by_a_click_on_their_number(run, with_reprints):
    async with run(with_reprints) as pilot:
        _, hits, _ = parts(pilot)
        await pilot.type(*"bridge", "enter")
        x = drawn(hits).splitlines()[1].index("+2 reprints")
        await pilot.click(HitList, offset=(x + 3, 1))
        await pilot.settled()
        assert "−2 reprints" in drawn(hits)
        await pilot.click(HitList, offset=(10, 5))
        await pilot.settled()
        assert hits.current.id == f"{2:016x}"
        await pilot.click(HitList, offset=(10, 5))
        await pilot.settled()
        assert pilot.app.screen.article.id == f"{2:016x}"
        await pilot.type("escape")
        await pilot.click(HitList, offset=(x + 3, 1))
        await pilot.settled()
        assert "+2 reprints" in drawn(hits)
        assert pilot.app.screen is parts(pilot)[0]


async def test_filters_and_footer_and_examples_can_be_clicked(run, library):
    async with run(library) as pilot:
        screen, hits, line = parts(pilot)
        await pilot.click("#examples", offset=(28, 0))
        await pilot.settled()
        assert line.value == "letter editor"
        screen.ask(Request("bridge", (Filter("source", "Northern Post"),)))
        await pilot.settled()
        assert len(hits.results) == 2
        await pilot.click(FilterBar, offset=(20, 0))
        await pilot.settled()
        assert screen.request.filters == ()
        hits.focus()
        await pilot.settled()
        await pilot.click("KeyHints", offset=(2, 0))
        await pilot.settled()
        assert isinstance(pilot.app.screen, ReaderScreen)


async def test_a_click_narrows(run, library):
    async with run(library, size=(200, 60)) as pilot:
        await pilot.type(*"bridge", "enter")
        await pilot.click(FacetPanel, offset=(6, 2))
        await pilot.settled()
        assert parts(pilot)[0].request.filters == (Filter("source", "Northern Post"),)


@pytest.mark.parametrize("reading", [True, False])
async def test_a_name_in_the_text_can_be_clicked(run, library, reading):
    async with run(library) as pilot:
        await pilot.type(*"tolls", "enter", *(["enter"] if reading else []))
        view = pilot.app.screen.query_one("ArticleView")
        rows = ["".join(piece.text for piece in view.render_line(y)) for y in range(view.size.height)]
        y = next(y for y, row in enumerate(rows) if "Engineer Tomas Lindqvist" in row)
        x = rows[y].index("Lindqvist")
        await pilot.click(view, offset=(rows[y].index("Engineer") + 1, y))
        await pilot.settled()
        assert parts(pilot)[0].request.text == "tolls"
        await pilot.click(view, offset=(x + 2, y))
        await pilot.settled()
        assert pilot.app.screen is parts(pilot)[0]
        assert parts(pilot)[0].request.text == 'person:"Tomas Lindqvist"'
        assert len(parts(pilot)[1].results) == 2
