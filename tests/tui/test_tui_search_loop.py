"""The search loop: nothing stale is shown, typing is never held up, and what is being typed is understood."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tui_screen import drawn, parts
from tui_waiting import until

from searcher.errors import IndexDamagedError, QueryError
from searcher.tui.messages import HitsFetched, SearchFinished
from searcher.tui.request import Filter, Request
from searcher.tui.screens.reader import Heading
from searcher.tui.state import load
from searcher.tui.widgets.article_view import ArticleView
from searcher.tui.widgets.status_line import StatusLine


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
        ("bridge title:fe", []),
        ('bridge source:"H', []),
        ("date:2025", []),
        ("", []),
    ],
)
def test_what_is_still_being_typed_is_guessed(typed, guesses):
    assert [guess.text for guess in Request(typed).guesses] == guesses


@pytest.mark.parametrize(
    ("typed", "closed"),
    [
        ("", ""),
        ("bridge", "bridge"),
        ('"harbour bridge', '"harbour bridge"'),
        ("(ferry OR bridge", "(ferry OR bridge)"),
        ('title:("harbour bridge', 'title:("harbour bridge")'),
        ("date:[2019 TO 2020", "date:[2019 TO 2020]"),
    ],
)
def test_what_is_still_open_is_closed_once_it_is_not_typed_any_more(typed, closed):
    assert Request(typed).closed().text == closed


@pytest.mark.parametrize("typed", ["date:xyz", "soruce:ap", "bridge date:[2019 TO x"])
def test_what_cannot_be_read_even_so_is_an_error(typed):
    with pytest.raises(QueryError):
        Request(typed).closed()


async def test_enter_closes_what_is_open_in_the_line(run, library):
    async with run(library) as pilot:
        _, hits, line = parts(pilot)
        await pilot.type(*'"bridge', "enter")
        assert line.value == '"bridge"'
        assert hits.has_focus


async def test_enter_after_what_cannot_be_read_marks_the_place_and_stays(run, library):
    async with run(library) as pilot:
        _, hits, line = parts(pilot)
        await pilot.type(*"bridge", "enter", "slash")
        shown = hits.results
        library._clauses = lambda _: ([], ["nowhere"])
        line.recall("bridge date:xyz")
        await pilot.settled()
        await pilot.type("enter")
        assert line.has_focus
        assert hits.results is shown
        assert "xyz is no date" in drawn(pilot.search().query_one(StatusLine)).casefold()


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


async def test_an_answer_that_fails_gives_way_to_what_can_be_done(run, library):
    def broken(*_, **__):
        raise IndexDamagedError("MAIN_1.terms: " + "body/terms, " * 20 + "checksum differs", "Run `searcher check`.")

    async with run(library) as pilot:
        search, library.search = library.search, broken
        await pilot.type(*"bridge", "enter")
        screen = pilot.app.screen
        assert "Run `searcher check`." in drawn(screen.query_one("#notice-text"))
        assert screen.query_one("#notice").has_focus
        library.search = search
        await pilot.type("slash", "enter")
        assert not screen.query_one("#notice").display
        assert parts(pilot)[1].display


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
