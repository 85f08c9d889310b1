"""One article laid out for reading: title, facts, story; matches marked, counted and walked through.

Used as the preview beside the results and as the reader's page. Drawn line by line, so that a text of a megabyte
opens as fast as a short one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from rich.cells import set_cell_size
from textual.strip import Strip

from searcher.tui.actions import bindings_at
from searcher.tui.messages import LinkFollowed
from searcher.tui.painting import line, segments, styled
from searcher.tui.typography import safe_line, within
from searcher.tui.widgets.article_blocks import Block, Kind, facts_of, links_of, story_of
from searcher.tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual import events
    from textual.binding import BindingType
    from textual.selection import Selection

    from searcher.model import Article, Span

MEASURE = 76  # cells a line: the upper end of what reads well


@dataclass(frozen=True, slots=True)
class Line:
    """A wrapped line: its block's number and its place in the block's text."""

    block: int
    start: int
    end: int


@dataclass(slots=True)
class Marked:
    """The spans walked through with next and previous: block number and span in the block's text, in order."""

    spans: list[tuple[int, Span]] = field(default_factory=list)
    current: int = -1


class ArticleView(LineView, can_focus=True):
    """An article on a page of comfortable measure."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_at("text")]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "article--title",
        "article--fact",
        "article--label",
        "article--basis",
        "article--rule",
        "article--match",
        "article--current",
        "article--link",
    }
    DEFAULT_CSS = """
    ArticleView {
        color: $foreground;
        & > .article--title { text-style: bold; }
        & > .article--fact { color: $foreground; }
        & > .article--label { color: $quiet; }
        & > .article--basis { color: $quiet; text-style: italic; }
        & > .article--rule { color: $panel; }
        & > .article--link { text-style: underline; }
        & > .article--match { color: $match; background: $match-background; text-style: bold underline; }
        & > .article--current { text-style: bold reverse; color: $match; background: $match-background; }
    }
    """

    def __init__(self, *, id: str | None = None, centred: bool = False) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.article: Article | None = None
        self.centred = centred
        self.marked = Marked()
        self._title_matches: Sequence[Span] = ()
        self._text_matches: Sequence[Span] = ()
        self._basis = False
        self._left_at = 0
        self._raw = False
        self._blocks: list[Block] = []
        self._lines: list[Line] = []
        self._laid_width = 0

    # What is shown

    def show(self, article: Article, title_matches: Sequence[Span] = (), text_matches: Sequence[Span] = ()) -> None:
        """Show an article from its beginning, with the matches in its title and text marked."""
        self.article = article
        self._title_matches, self._text_matches = title_matches, text_matches
        self._raw = False
        self._left_at = 0
        self._build()
        self.go(0)

    def clear(self) -> None:
        """Show nothing."""
        self.article = None
        self._blocks, self._lines, self.marked = [], [], Marked()
        self.measure(0)
        self.refresh()

    def mark(self, title_matches: Sequence[Span], text_matches: Sequence[Span]) -> None:
        """Mark other matches in the same article; the place is kept."""
        self._title_matches, self._text_matches = title_matches, text_matches
        self._build()

    @property
    def basis(self) -> bool:
        """Whether each fact shows how it is known; the view goes up there, and afterwards back to where it was."""
        return self._basis

    @basis.setter
    def basis(self, shown: bool) -> None:
        place = self.position or self._left_at
        self._basis, self._left_at = shown, place if shown else 0
        self._build()
        self.position = 0 if shown else place

    @property
    def raw(self) -> bool:
        """Whether all that is in the file is shown instead of the story."""
        return self._raw

    @raw.setter
    def raw(self, shown: bool) -> None:
        self._raw = shown
        self._build()
        self.go(0)

    def _build(self) -> None:
        article = self.article
        if article is None:
            return
        title = safe_line(article.title or "(untitled)", self._title_matches if article.title else ())
        blocks = [Block("title", title.text, matches=list(title.spans)), Block("rule", "")]
        blocks += facts_of(article, basis=self._basis)
        blocks += [Block("rule", "─" * MEASURE), Block("rule", "")]
        if self._raw:
            blocks += story_of(article.raw, (), ())
        else:
            blocks += story_of(article.text, self._text_matches, links_of(article))
        self._blocks = blocks
        self.marked = Marked([(number, span) for number, block in enumerate(blocks) for span in block.matches])
        self._lay_out()

    # Geometry

    @property
    def _width(self) -> int:
        return max(min(self.width - 3, MEASURE), 10)

    @property
    def _margin(self) -> int:
        spare = self.width - self._width
        return max(spare // 2, 1) if self.centred else 2

    def _indent(self, placed: Line) -> int:
        """Cells before a line: what goes on from a fact's first line stands under its value."""
        return self._margin + (self._blocks[placed.block].label if placed.start else 0)

    def _lay_out(self) -> None:
        width = self._laid_width = self._width
        self._lines = [
            Line(number, start, end) for number, block in enumerate(self._blocks) for start, end in block.wrapped(width)
        ]
        self.measure(len(self._lines))
        self.refresh()

    def on_resize(self) -> None:
        """Wrap anew and keep the place in the text."""
        if self.article is not None and self._laid_width != self._width:
            top = self.top
            anchor = self._lines[top] if top < len(self._lines) else None
            self._lay_out()
            if anchor is not None:
                self.go(self._line_at(anchor.block, anchor.start))

    def _line_at(self, block: int, offset: int) -> int:
        """Find the line that shows a place in a block."""
        return max(bisect_right(self._lines, (block, offset), key=lambda line: (line.block, line.start)) - 1, 0)

    @property
    def position(self) -> int:
        """The offset into the article's text of the first line in view; 0 at the top."""
        top = self.top
        if not top or top >= len(self._lines):
            return 0
        line = self._lines[top]
        return max(self._blocks[line.block].start, 0) + line.start

    @position.setter
    def position(self, offset: int) -> None:
        if not offset or not self._blocks:
            self.go(0)
            return
        starts = [(block.start, number) for number, block in enumerate(self._blocks) if block.kind == "text"]
        found = bisect_right(starts, (offset, len(self._blocks))) - 1
        if found >= 0:
            start, number = starts[found]
            self.go(self._line_at(number, offset - start))

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        width = self.width
        at = self.top + y
        ground = self.style()
        if at >= len(self._lines):
            return Strip.blank(width, ground)
        placed = self._lines[at]
        block = self._blocks[placed.block]
        text = block.text[placed.start : placed.end]
        spans = self._spans(block, placed)
        indent = self._indent(placed)
        selection = self.text_selection
        if selection is not None and (chosen := selection.get_span(at)) is not None:
            start, end = (max(place - indent, 0) if place != -1 else len(text) for place in chosen)
            spans.append((start, end, self.screen.get_component_rich_style("screen--selection")))
        style = self.style(_STYLES[block.kind]) if block.kind in _STYLES else ground
        drawn = line([segments(" " * indent, ground), segments(text, style, spans)], width, ground)
        return drawn.apply_offsets(0, at)

    def _spans(self, block: Block, placed: Line) -> list[tuple[int, int, Style]]:
        spans: list[tuple[int, int, Style]] = []
        if block.label > placed.start:
            spans.append((0, block.label - placed.start, self.over("article--label")))
        for found, name in ((block.links, "article--link"), (block.matches, "article--match")):
            spans += styled(within(found, placed.start, placed.end), self.over(name))
        if 0 <= self.marked.current < len(self.marked.spans):
            number, span = self.marked.spans[self.marked.current]
            if number == placed.block:
                spans += styled(within([span], placed.start, placed.end), self.over("article--current"))
        return spans

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Give the text that was selected with the mouse."""
        margin = " " * self._margin
        lines = [
            " " * self._indent(placed) + self._blocks[placed.block].text[placed.start : placed.end]
            for placed in self._lines
        ]
        chosen = selection.extract("\n".join(lines))
        return "\n".join(part.removeprefix(margin) for part in chosen.split("\n")), "\n"

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002 - Textual's signature
        """Draw the selection."""
        self.refresh()

    # Matches

    def step(self, by: int) -> None:
        """Go to the next match (or the one before), at first from what is in view; wraps around."""
        count = len(self.marked.spans)
        if not count:
            return
        if self.marked.current < 0:
            placed = self._lines[min(self.top, len(self._lines) - 1)]
            after = bisect_left(self.marked.spans, (placed.block, (placed.start, 0))) % count
            self.marked.current = after if by > 0 else (after - 1) % count
        else:
            self.marked.current = (self.marked.current + by) % count
        self._reveal(self.marked.current)

    @property
    def passage(self) -> str:
        """The paragraph of the match that the last step went to; nothing before the first one, or in the title."""
        if self.marked.current < 0:
            return ""
        block = self._blocks[self.marked.spans[self.marked.current][0]]
        return block.text if block.kind == "text" else ""

    def reveal_first(self) -> None:
        """Bring the first match into view without making it the current one."""
        if self.marked.spans:
            self._reveal(0)

    def _reveal(self, index: int) -> None:
        number, span = self.marked.spans[index]
        at = self._line_at(number, span[0])
        top, height = self.top, max(self.size.height, 1)
        if not top <= at < top + height - 1:
            self.go(max(at - height // 3, 0))
        self.refresh()

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """Follow the name or the day clicked; a click that selects text follows nothing."""
        query = self._link_at(event.x, event.y)
        if query is not None and event.chain == 1 and not self.text_selection:
            self.post_message(LinkFollowed(query))

    def _link_at(self, x: int, y: int) -> str | None:
        at = self.top + y
        if at >= len(self._lines) or x < self._margin:
            return None
        placed = self._lines[at]
        block = self._blocks[placed.block]
        place = placed.start + len(set_cell_size(block.text[placed.start : placed.end], x - self._margin))
        links = zip(block.links, block.queries, strict=True)
        return next((query for (start, end), query in links if start <= place < min(end, placed.end)), None)

    # Keys

    def action_line_down(self) -> None:
        """Scroll down by a line."""
        self.go(self.top + 1)

    def action_line_up(self) -> None:
        """Scroll up by a line."""
        self.go(self.top - 1)

    def action_screen_down(self) -> None:
        """Scroll down by a page, less two lines to find one's place."""
        self.go(self.top + max(self.size.height - 2, 1))

    def action_screen_up(self) -> None:
        """Scroll up by a page, less two lines."""
        self.go(self.top - max(self.size.height - 2, 1))

    def action_half_down(self) -> None:
        """Scroll down by half a page."""
        self.go(self.top + max(self.size.height // 2, 1))

    def action_half_up(self) -> None:
        """Scroll up by half a page."""
        self.go(self.top - max(self.size.height // 2, 1))

    def action_top(self) -> None:
        """Go to the beginning."""
        self.go(0)

    def action_bottom(self) -> None:
        """Go to the end."""
        self.go(len(self._lines))


_STYLES: dict[Kind, str] = {
    "title": "article--title",
    "fact": "article--fact",
    "basis": "article--basis",
    "rule": "article--rule",
}
