"""The results and what stands beside them: hits come when needed, places are kept, panes follow the terminal's size."""

from __future__ import annotations

import pytest
from tui_screen import drawn, parts

from searcher.tui.listing import Row
from searcher.tui.widgets.facet_panel import FacetPanel


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
