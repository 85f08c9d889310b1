"""The line in which a query is written, with its completion in grey and its history under the up key."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from searcher.tui.actions import bindings_at
from searcher.tui.messages import HistoryLeft, QueryEdited, QuerySubmitted
from searcher.tui.typography import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.binding import BindingType

PROMPT = "› "


class QueryLine(Input):
    """One line of query text."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_at("query")]
    DEFAULT_CSS = """
    QueryLine, QueryLine:focus {
        border: none;
        height: 1;
        padding: 0;
        background: $surface;
        &.-textual-compact { border: none !important; }
        & > .input--placeholder, & > .input--suggestion { color: $quiet; }
    }
    """

    # Each key makes the text longer; that lays nothing out anew.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)

    def __init__(self, text: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(text, placeholder="words, a name, source:… person:… date:…", compact=True, id=id)
        self.select_on_focus = False
        self.history: Sequence[str] = ()
        self._recalled: list[str] = []
        self._typed = text

    # Completion

    def offer(self, completions: Sequence[str]) -> None:
        """Show the first completion that goes on from what is typed, in grey after the cursor."""
        value = self.value
        self._suggestion = next(
            (safe(text) for text in completions if text.startswith(value) and len(text) > len(value)), ""
        )

    @property
    def offered(self) -> str:
        """The completion shown, or nothing."""
        return self._suggestion if self.cursor_at_end else ""

    def action_accept_or_next(self) -> None:
        """Take the completion shown, else leave for the next pane."""
        if self.offered:
            self.value = self.offered
            self.cursor_position = len(self.value)
        else:
            self.screen.focus_next()

    # History

    def recall(self, text: str) -> None:
        """Put a query in the line, with the cursor behind it."""
        self.value = text
        self.cursor_position = len(text)

    def action_older_query(self) -> None:
        """Bring back the next older query that begins with what was typed."""
        if self.value not in self._recalled:
            self._typed, self._recalled = self.value, []
        known = {self._typed, *self._recalled}
        for query in reversed(self.history):
            if query.startswith(self._typed) and query not in known:
                self._recalled.append(query)
                self.recall(query)
                return

    def action_to_results(self) -> None:
        """Go back down the history; from its end, go to the results."""
        if self._recalled and self.value == self._recalled[-1]:
            self._recalled.pop()
            self.recall(self._recalled[-1] if self._recalled else self._typed)
        else:
            self._recalled = []
            self.post_message(HistoryLeft())

    # What happened

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say that the text changed."""
        event.stop()
        self.post_message(QueryEdited(event.value))

    def on_paste(self, event: events.Paste) -> None:
        """Take a pasted paragraph as one line."""
        text = " ".join(event.text.split())
        if "\n" in event.text or text != event.text:
            event.prevent_default()
            event.stop()
            self.insert_text_at_cursor(safe(text))

    def action_search_now(self) -> None:
        """Say that the answer is wanted now."""
        self.post_message(QuerySubmitted(self.value))

    def action_leave_query(self) -> None:
        """Leave for the results."""
        self._recalled = []
        self.post_message(HistoryLeft())
