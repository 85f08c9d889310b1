"""Three questions to begin with, each of which may be clicked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from searcher.tui.suggestions import examples
from searcher.tui.typography import safe

if TYPE_CHECKING:
    from searcher.model import Hit


class Examples(Static):
    """A line of queries that are sure to find something: they are taken from the articles on screen.

    The line stays when there are none, so that the results do not move at the first key.
    """

    DEFAULT_CSS = """
    Examples {
        height: 1;
        padding: 0 2;
        color: $quiet;
        link-style: none;
        link-color: $foreground;
        link-style-hover: underline;
        link-color-hover: $accent;
        link-background-hover: $background;
    }
    """

    @dataclass
    class Taken(Message):
        """An example was clicked."""

        query: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, markup=False)
        self._examples: tuple[str, ...] = ()

    def show(self, hits: tuple[Hit, ...]) -> None:
        """Show queries that find some of these hits."""
        found = examples(hits)
        if found == self._examples:
            return
        self._examples = found
        pieces: list[Content | str | tuple[str, str]] = [("Type to search. Try  ", "$quiet")] if found else []
        for number, example in enumerate(found):
            pieces += [Content.styled(safe(example), Style.from_meta({"@click": f"take({number})"})), "   "]
        self.update(Content.assemble(*pieces), layout=False)

    def action_take(self, number: int) -> None:
        """Say which example was clicked."""
        if number < len(self._examples):
            self.post_message(self.Taken(self._examples[number]))
