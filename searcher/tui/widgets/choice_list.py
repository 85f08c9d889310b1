"""A list of things to choose from, each a line of safe text with a quieter note at its right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from searcher.tui.painting import line, segments
from searcher.tui.typography import clip, safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events


@dataclass(frozen=True, slots=True)
class Choice:
    """A line to choose; without a value it is a heading."""

    text: str
    note: str = ""
    value: Any = None
    heading: bool = False


class ChoiceList(ScrollView, can_focus=False):
    """Lines under a cursor that skips headings; the keys belong to the screen around it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice--heading", "choice--note", "choice--cursor", "choice--marker"}
    DEFAULT_CSS = """
    ChoiceList {
        background: $surface;
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
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
        self.choices = choices
        self.virtual_size = Size(self.scrollable_content_region.width, len(choices))
        self.set_reactive(ChoiceList.cursor, next((at for at, choice in enumerate(choices) if not choice.heading), 0))
        self.scroll_to(y=0, animate=False, force=True, immediate=True)
        self.refresh(layout=True)

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
        self.scroll_to_region(Region(0, max(self.cursor - 1, 0), 1, 2), animate=False, force=True, immediate=True)
        self.refresh()

    def on_resize(self) -> None:
        """Measure again."""
        self.virtual_size = Size(self.scrollable_content_region.width, len(self.choices))

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        width, ground = self.scrollable_content_region.width, self.rich_style
        at = self.scroll_offset.y + y
        if at >= len(self.choices):
            return Strip.blank(width, ground)
        choice = self.choices[at]
        component = self.get_component_rich_style
        if choice.heading:
            return line(
                [segments(" " + safe(choice.text), ground + component("choice--heading", partial=True))], width, ground
            )
        selected = at == self.cursor
        if selected:
            ground += component("choice--cursor", partial=True)
        text, note = safe(choice.text), safe(choice.note)
        # Where both have no room, the text gives way to a short note and a long note to the text.
        note = clip(note, max(width - 5 - cell_len(text), min(20, width // 3)))
        text = clip(text, width - 3 - (cell_len(note) + 2 if note else 0))
        gap = " " * max(width - 3 - cell_len(text) - cell_len(note), 0)
        pieces = [
            segments("▌ " if selected else "  ", ground + component("choice--marker", partial=True)),
            segments(text + gap, ground),
            segments(note, ground + component("choice--note", partial=True)),
        ]
        return line(pieces, width, ground)

    def on_click(self, event: events.Click) -> None:
        """Choose the line clicked."""
        at = self.scroll_offset.y + event.y
        if at < len(self.choices) and not self.choices[at].heading:
            self.cursor = at
            self.post_message(self.Clicked(self.choices[at]))
