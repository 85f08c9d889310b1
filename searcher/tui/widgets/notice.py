"""What stands in place of the results when there are none: what happened, why, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from searcher.tui.actions import bindings_at
from searcher.tui.typography import safe
from searcher.tui.widgets.choice_list import Choice, ChoiceList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType


class Notice(Vertical, can_focus=True):
    """A title, a few lines and a list of ways on."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_at("notice")]
    DEFAULT_CSS = """
    Notice {
        padding: 1 2;
        background: $background;
        & > #notice-title { text-style: bold; width: 1fr; }
        & > #notice-text { color: $quiet; width: 1fr; margin-bottom: 1; }
        & > ChoiceList { background: $background; height: auto; max-width: 76; }
    }
    """

    @dataclass
    class Taken(Message):
        """A way on was chosen."""

        choice: Choice

    def compose(self) -> ComposeResult:
        """Lay out the notice."""
        yield Static(id="notice-title", markup=False)
        yield Static(id="notice-text", markup=False)
        yield ChoiceList()

    def show(self, title: str, lines: Sequence[str] = (), ways: Sequence[Choice] = ()) -> None:
        """Show this notice."""
        _update(self.query_one("#notice-title", Static), safe(title))
        _update(self.query_one("#notice-text", Static), "\n".join(safe(line) for line in lines))
        ways_list = self.query_one(ChoiceList)
        ways_list.display = bool(ways)
        ways_list.show(ways)

    def on_choice_list_clicked(self, event: ChoiceList.Clicked) -> None:
        """Take the way clicked."""
        self.post_message(self.Taken(event.choice))

    def action_take_way(self) -> None:
        """Take the way under the cursor."""
        choice = self.query_one(ChoiceList).current
        if choice is not None:
            self.post_message(self.Taken(choice))

    def action_next_way(self) -> None:
        """Move down."""
        self.query_one(ChoiceList).step(1)

    def action_previous_way(self) -> None:
        """Move up."""
        self.query_one(ChoiceList).step(-1)


def _update(place: Static, text: str) -> None:
    """Show a text; the screen is laid out anew only where it may take more lines than the one before, or fewer."""
    lines, before = text.split("\n"), str(place.content).split("\n")
    wrapped = any(cell_len(line) > place.size.width for line in (*lines, *before))
    place.update(text, layout=wrapped or len(lines) != len(before))
