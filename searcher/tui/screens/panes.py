"""What stands where on the search screen, and where the keys go: query line, facets, results and preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.widgets import Static

from searcher.tui.screens.narrowing import Narrowing
from searcher.tui.widgets.article_view import ArticleView
from searcher.tui.widgets.examples import Examples
from searcher.tui.widgets.facet_panel import FacetPanel
from searcher.tui.widgets.filter_bar import FilterBar
from searcher.tui.widgets.hit_list import HitList
from searcher.tui.widgets.key_hints import KeyHints
from searcher.tui.widgets.notice import Notice
from searcher.tui.widgets.query_line import PROMPT, QueryLine
from searcher.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from searcher.model import Hit
    from searcher.tui.actions import Place

PANES: dict[str | None, Place] = {
    "query": "query", "hits": "hits", "facets": "facets", "preview": "text", "notice": "notice",
}  # fmt: skip


class Panes(Narrowing):
    """The layout, which follows the terminal's size, and the way from pane to pane."""

    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (72, "-narrow"), (100, "-medium"), (150, "-wide")]  # noqa: RUF012 - as Textual has it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-tall")]  # noqa: RUF012
    DEFAULT_CSS = """
    Panes {
        background: $background;
        & > #top { height: 1; background: $surface; & > #prompt { width: 2; color: $accent; text-style: bold; } }
        & > #panes { height: 1fr; }
        & #facets { width: 34; display: none; border-right: solid $panel; }
        & #hits, & #notice { width: 1fr; }
        & #hits.-hidden, & #notice.-hidden { display: none; }
        & #preview { width: 1fr; display: none; border-left: solid $panel; }
        &.-short #examples { display: none; }
        &.-wide #facets, &.-facets #facets { display: block; }
        &.-medium.-tall #preview, &.-wide.-tall #preview { display: block; }
        &.-wide #hits { max-width: 96; }
        &.-no-preview #hits { max-width: 100%; }
        &.-tall.-no-preview #preview, &.-medium.-tall.-facets #preview { display: none; }
        &.-slim.-facets #facets { width: 1fr; border-right: none; }
        &.-slim.-facets #hits, &.-slim.-facets #notice { display: none; }
    }
    """

    def compose(self) -> ComposeResult:
        """Lay out the screen."""
        with Horizontal(id="top"):
            yield Static(PROMPT, id="prompt", markup=False)
            yield QueryLine(self.request.text, id="query")
        yield StatusLine(indent=len(PROMPT), id="status")
        yield FilterBar(id="filters")
        yield Examples(id="examples")
        with Horizontal(id="panes"):
            yield FacetPanel(id="facets")
            yield HitList(id="hits")
            yield Notice(id="notice", classes="-hidden")
            yield ArticleView(id="preview")
        yield KeyHints("query", "app")

    # The panes

    @property
    def _line(self) -> QueryLine:
        return self.query_one(QueryLine)

    @property
    def _hits(self) -> HitList:
        return self.query_one(HitList)

    @property
    def _notice(self) -> Notice:
        return self.query_one(Notice)

    @property
    def _facets(self) -> FacetPanel:
        return self.query_one(FacetPanel)

    @property
    def _status(self) -> StatusLine:
        return self.query_one(StatusLine)

    @property
    def _preview(self) -> ArticleView:
        return self.query_one("#preview", ArticleView)

    def hit_in_hand(self) -> Hit | None:
        """The hit under the cursor."""
        return self._hits.current

    def _show_notice(self, *, shown: bool) -> None:
        """Show a notice in place of the results, or the results; a class of the screen would style all of it anew."""
        self._notice.set_class(not shown, "-hidden")
        self._hits.set_class(shown, "-hidden")

    # Where the keys go

    def on_descendant_focus(self) -> None:
        """Show the keys of the pane that has the focus."""
        # While text is typed, letters are text: the screen's own keys are of no use then.
        typing = self.focused is self._line
        self.query_one(KeyHints).show(*(self.places[:1] if typing else self.places), "app")

    @property
    def places(self) -> tuple[Place, ...]:
        """Where the keys go now, nearest first."""
        pane = PANES.get(self.focused.id if self.focused else None)
        return (pane, "search") if pane else ("search",)

    def _focus_results(self) -> None:
        (self._hits if self._notice.has_class("-hidden") else self._notice).focus()

    def _place_focus(self) -> None:
        """Keep the focus on something that is to be seen."""
        if self.focused in (self._hits, self._notice):
            self._focus_results()

    def on_history_left(self) -> None:
        """Go down from the query line."""
        self._focus_results()

    def on_hits_left(self) -> None:
        """Go up from the first result."""
        self._line.focus()

    def action_edit_query(self) -> None:
        """Go to the query line."""
        self._line.focus()

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self.focus_next()

    def action_previous_pane(self) -> None:
        """Go to the pane before."""
        self.focus_previous()

    def action_climb(self) -> None:
        """Go one level up: out of the pane, then out of the last filter, then to the query line."""
        if self.focused is self._preview:
            self._focus_results()
        elif self.request.filters:
            self.narrow(self.request.without(self.request.filters[-1]))
        else:
            self._line.focus()

    def action_leave(self) -> None:
        """Quit."""
        self.app.exit()

    def action_facets(self) -> None:
        """Show the facets and go there."""
        self.add_class("-facets")
        self.call_after_refresh(self._enter_facets)

    def on_facets_left(self) -> None:
        """Go back to the results; the facets go where there is no room for both."""
        self.remove_class("-facets")
        self._focus_results()

    def _enter_facets(self) -> None:
        self._facets.focus()
        self.fill_panes()

    def fill_panes(self) -> None:
        """Fill panes that came into view."""
        raise NotImplementedError

    def on_resize(self) -> None:
        """Fill panes for which there is room now."""
        self.call_after_refresh(self.fill_panes)

    # The preview

    def action_toggle_preview(self) -> None:
        """Show or hide the preview."""
        self.toggle_class("-no-preview")
        self.app.note(preview=not self.has_class("-no-preview"))  # type: ignore[attr-defined]
        self.call_after_refresh(self.fill_panes)

    def action_preview_down(self) -> None:
        """Scroll the preview down."""
        self._preview.action_half_down()

    def action_preview_up(self) -> None:
        """Scroll the preview up."""
        self._preview.action_half_up()
