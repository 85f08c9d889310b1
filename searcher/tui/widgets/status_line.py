"""The line under the query: how it was read or where it went wrong, how many hits there are and how they are sorted."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.strip import Strip
from textual.widget import Widget

from searcher.tui.painting import line, segments
from searcher.tui.typography import clip, safe
from searcher.tui.words import SEPARATOR, said

if TYPE_CHECKING:
    from searcher.errors import QueryError


class StatusLine(Widget):
    """One line: on the left how the query was read, or a caret under the place of an error; on the right the counts.

    Attributes:
        indent: cells before the query's first character in the line above, so that the caret stands under its place.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"status--quiet", "status--error", "status--count"}
    DEFAULT_CSS = """
    StatusLine {
        height: 1;
        background: $background;
        & > .status--quiet { color: $quiet; }
        & > .status--error { color: $error; text-style: bold; }
        & > .status--count { color: $foreground; }
    }
    """

    def __init__(self, *, indent: int, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.indent = indent
        self._reading = ""
        self._counts = ""
        self._error: QueryError | None = None
        self._words = ""

    def tell(self, *, reading: str | None = None, counts: str | None = None) -> None:
        """Say how the query was read and what was counted; an error is taken back."""
        self._error = None
        self._words = ""
        self._reading = self._reading if reading is None else safe(reading)
        self._counts = self._counts if counts is None else safe(counts)
        self.refresh()

    def count(self, counts: str) -> None:
        """Say what was counted, and leave the left side as it is."""
        self._counts = safe(counts)
        self.refresh()

    def complain(self, error: QueryError) -> None:
        """Mark the place of an error and say what is wrong."""
        self._error = error
        before = safe(error.query[: error.span[0]])
        marked = safe(error.query[error.span[0] : error.span[1]])
        self._words = safe(said(error))
        self._caret = self.indent + cell_len(before), max(cell_len(marked), 1)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        width, ground = self.size.width, self.rich_style
        if y:
            return Strip.blank(width, ground)
        quiet = ground + self.get_component_rich_style("status--quiet", partial=True)
        if self._error is not None:
            wrong = ground + self.get_component_rich_style("status--error", partial=True)
            start, length = self._caret
            length = min(length, max(width - start, 1))
            after = width - start - length - 2
            if after >= min(cell_len(self._words), 30):
                text = " " * start + "^" * length + " " + clip(self._words, after)
            elif start > 10:
                words = clip(self._words, start - 2)
                text = " " + words + " " * (start - 1 - cell_len(words)) + "^" * length
            else:
                text = " " + clip(self._words, width - 2)
            return line([segments(text, wrong)], width, ground)
        counts = clip(self._counts_beside(width - self.indent - 3), width - 2)
        room = width - cell_len(counts) - self.indent - 3
        reading = clip(self._reading, room) if room > 8 else ""
        gap = width - self.indent - cell_len(reading) - cell_len(counts) - 1
        pieces = [
            segments(" " * self.indent + reading + " " * max(gap, 0), quiet),
            segments(counts, ground + self.get_component_rich_style("status--count", partial=True)),
        ]
        return line(pieces, width, ground)

    def _counts_beside(self, room: int) -> str:
        """Give the counts without what is least of them, if that is what leaves room for the left side."""
        pieces = self._counts.split(SEPARATOR)
        for count in range(len(pieces), 0, -1):
            shorter = SEPARATOR.join(pieces[:count])
            if cell_len(self._reading) + cell_len(shorter) <= room:
                return shorter
        return self._counts
