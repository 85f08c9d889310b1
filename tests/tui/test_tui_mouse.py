"""The mouse does what the keys do."""

from __future__ import annotations

import pytest
from tui_screen import drawn, parts

from searcher.tui.request import Filter, Request
from searcher.tui.screens.reader import ReaderScreen
from searcher.tui.widgets.facet_panel import FacetPanel
from searcher.tui.widgets.filter_bar import FilterBar
from searcher.tui.widgets.hit_list import HitList


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
