"""What is there before the index is: the query line, in which may be typed already."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Static

from searcher.tui.widgets.key_hints import KeyHints
from searcher.tui.widgets.query_line import PROMPT, QueryLine

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from searcher.tui.actions import Place

WAIT = 0.2  # seconds before we say that the index is being opened


class OpeningScreen(Screen[None]):
    """Looks like the search screen without its results.

    Args:
        text: what the query line holds at the start.
    """

    places: ClassVar[tuple[Place, ...]] = ("query",)
    DEFAULT_CSS = """
    OpeningScreen {
        background: $background;
        & > #top { height: 1; background: $surface; & > #prompt { width: 2; color: $accent; text-style: bold; } }
        & > #said { padding: 0 2; color: $quiet; }
    }
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._begun = text

    def compose(self) -> ComposeResult:
        """Lay out the screen."""
        with Horizontal(id="top"):
            yield Static(PROMPT, id="prompt", markup=False)
            yield QueryLine(self._begun, id="query")
        yield Static("", id="said", markup=False)
        yield KeyHints("query", "app")

    def on_mount(self) -> None:
        """Wait a moment before saying anything."""
        self.query_one(QueryLine).focus()
        self.query_one(QueryLine).select_all()
        self.set_timer(WAIT, lambda: self.query_one("#said", Static).update("opening the index…"))

    @property
    def text(self) -> str:
        """What was typed so far."""
        return self.query_one(QueryLine).value
