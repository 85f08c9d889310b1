"""A list of things to choose from, each a line of safe text with a quieter note at its right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from searcher.tui.painting import line, segments
from searcher.tui.typography import clip, safe
from searcher.tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual import events
    from textual.geometry import Size


@dataclass(frozen=True, slots=True)
class Choice:
    """A line to choose; without a value it is a heading.

    Attributes:
        also: other words by which it is found.
    """

    text: str
    note: str = ""
    value: Any = None
    heading: bool = False
    also: str = ""

    def has(self, words: Iterable[str]) -> bool:
        """Tell whether all of some words, or pieces of words, stand in it."""
        text = f"{self.text} {self.note} {self.also}".casefold()
        return all(word.casefold() in text for word in words)


class ChoiceList(LineView, can_focus=False):
    """Lines under a cursor that skips headings; the keys belong to the screen around it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice--heading", "choice--note", "choice--cursor", "choice--marker"}
    DEFAULT_CSS = """
    ChoiceList {
        background: $surface;
        & > .choice--heading { color: $accent; text-style: bold; }
        & > .choice--note { color: $quiet; }
        & > .choice--cursor { background: $selected; text-style: bold; }
        & > .choice--marker { color: $accent; text-style: bold; }
    }
    """

    cursor: reactive[int] = reactive(0, init=False)

    @dataclass
    class Clicked(Message):
        """A line was clicked."""

        choice: Choice

    def __init__(self, choices: Sequence[Choice] = (), *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.choices: Sequence[Choice] = choices

    def on_mount(self) -> None:
        """Start at the first line that can be chosen."""
        self.show(self.choices)

    def show(self, choices: Sequence[Choice]) -> None:
        """Show these lines, with the cursor on the first."""
        taller = len(choices) != len(self.choices)
        self.choices = choices
        self.measure(len(choices))
        self.set_reactive(ChoiceList.cursor, next((at for at, choice in enumerate(choices) if not choice.heading), 0))
        self.go(0)
        self.refresh(layout=taller)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's
        """As many lines as there are choices."""
        return max(len(self.choices), 1)

    @property
    def current(self) -> Choice | None:
        """The line under the cursor."""
        chosen = self.choices[self.cursor] if self.cursor < len(self.choices) else None
        return None if chosen is None or chosen.heading else chosen

    def step(self, by: int) -> None:
        """Move the cursor by one line, over headings."""
        at = self.cursor + by
        while 0 <= at < len(self.choices):
            if not self.choices[at].heading:
                self.cursor = at
                return
            at += by

    def watch_cursor(self) -> None:
        """Show the cursor where it went."""
        self.bring(max(self.cursor - 1, 0), 2)
        self.refresh()

    def on_resize(self) -> None:
        """Measure again."""
        self.measure(len(self.choices))

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        width, ground = self.width, self.style()
        at = self.top + y
        if at >= len(self.choices):
            return Strip.blank(width, ground)
        choice = self.choices[at]
        if choice.heading:
            return line([segments(" " + safe(choice.text), self.style("choice--heading"))], width, ground)
        selected = ["choice--cursor"] if at == self.cursor else []
        ground = self.style(*selected)
        text, note = safe(choice.text), safe(choice.note)
        # Where both have no room, the text gives way to a short note and a long note to the text.
        note = clip(note, max(width - 5 - cell_len(text), min(20, width // 3)))
        text = clip(text, width - 3 - (cell_len(note) + 2 if note else 0))
        gap = " " * max(width - 3 - cell_len(text) - cell_len(note), 0)
        pieces = [
            segments("▌ " if selected else "  ", self.style(*selected, "choice--marker")),
            segments(text + gap, ground),
            segments(note, self.style(*selected, "choice--note")),
        ]
        return line(pieces, width, ground)

    def on_click(self, event: events.Click) -> None:
        """Choose the line clicked."""
        at = self.top + event.y
        if at < len(self.choices) and not self.choices[at].heading:
            self.cursor = at
            self.post_message(self.Clicked(self.choices[at]))
