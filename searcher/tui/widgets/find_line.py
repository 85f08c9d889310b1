"""The line in which words to find in one article are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.widgets import Input

from searcher.tui.actions import bindings_at
from searcher.tui.messages import FindEdited, FindEnded

if TYPE_CHECKING:
    from textual.binding import BindingType


class FindLine(Input):
    """One line of words, marked in the article as they are typed; hidden until it is opened."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_at("find")]
    DEFAULT_CSS = """
    FindLine, FindLine:focus { display: none; border: none; height: 1; padding: 0 1; background: $surface; }
    FindLine.-open { display: block; }
    """

    def __init__(self) -> None:
        super().__init__(placeholder="find in this article", compact=True)

    def open(self, text: str) -> None:
        """Show it, holding what was found last."""
        with self.prevent(Input.Changed):
            self.value = text
        self.add_class("-open")
        self.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what is wanted."""
        event.stop()
        self.post_message(FindEdited(event.value.strip()))

    def action_go_to_found(self) -> None:
        """Close, and go to the first place found."""
        self.remove_class("-open")
        self.post_message(FindEnded(go=True))

    def action_close_find(self) -> None:
        """Close, and leave the places marked."""
        self.remove_class("-open")
        self.post_message(FindEnded(go=False))
