"""The list of hits: any number of them, drawn line by line, fetched as they come into view."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from searcher.tui.actions import bindings_at
from searcher.tui.messages import HitChosen, HitHighlighted, HitsLeft, HitsWanted
from searcher.tui.painting import line, segments, styled
from searcher.tui.typography import Safe, clip, safe, safe_line, within, wrap
from searcher.tui.words import hit_date

if TYPE_CHECKING:
    from collections.abc import Container

    from rich.style import Style
    from textual import events
    from textual.binding import BindingType
    from textual.timer import Timer

    from searcher.model import Hit
    from searcher.tui.results import Results

ROOMY = 5  # lines a hit: title, facts, two of snippet, a blank
TIGHT = 3  # title, facts, one of snippet
ROOMY_FROM = 15  # lines of height
REST = 0.06  # seconds the cursor rests before a preview is asked for
REST_AFTER_ANSWER = 0.15  # the same after a new answer, while more may be typed
GUTTER = 2


class HitList(ScrollView, can_focus=True):
    """Hits with title, facts and snippet; the cursor stays on an article, not on a row."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_at("hits")]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "hit-list--title",
        "hit-list--read",
        "hit-list--facts",
        "hit-list--snippet",
        "hit-list--match",
        "hit-list--cursor",
        "hit-list--marker",
    }
    DEFAULT_CSS = """
    HitList {
        background: $background;
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
        & > .hit-list--title { text-style: bold; }
        & > .hit-list--read { text-style: none; color: $quiet; }
        & > .hit-list--facts { color: $quiet; }
        & > .hit-list--snippet { color: $foreground; }
        & > .hit-list--match { color: $match; background: $match-background; text-style: bold underline; }
        & > .hit-list--cursor { background: $selected; }
        & > .hit-list--marker { color: $accent; text-style: bold; }
    }
    """

    cursor: reactive[int] = reactive(0, init=False)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.results: Results | None = None
        self.read_ids: Container[str] = ()
        self.show_read = True
        self._drawn: dict[tuple[int, bool], list[Strip]] = {}
        self._rest: Timer | None = None

    @property
    def rows(self) -> int:
        """How many lines a hit takes."""
        return ROOMY if self.size.height >= ROOMY_FROM else TIGHT

    @property
    def current(self) -> Hit | None:
        """The hit under the cursor, or None while there is none or it is not fetched."""
        return self.results.hit(self.cursor) if self.results else None

    def show(self, results: Results, *, keep: str | None = None) -> None:
        """Show an answer; the cursor goes to the article with the id `keep` if it is there, else to the first."""
        place = results.place(keep)
        offset = self.cursor * self.rows - self.scroll_offset.y
        self.results = results
        self._forget_drawn()
        self._measure()
        self.set_reactive(HitList.cursor, place or 0)
        if place is None:
            self.scroll_to(y=0, animate=False, force=True, immediate=True)
        else:
            self.scroll_to(y=place * self.rows - offset, animate=False, force=True, immediate=True)
            self._scroll_to_cursor()
        self.refresh()
        self._ask_for_missing()
        self._rest_anew(REST_AFTER_ANSWER)

    def take(self) -> None:
        """Draw again: more hits were fetched, or other ones count as read."""
        self._forget_drawn()
        self.refresh()
        if self.current is not None:
            self._rest_anew()

    def select(self, hit_id: str) -> None:
        """Put the cursor on an article, if it is among the hits known."""
        place = self.results.place(hit_id) if self.results else None
        if place is not None:
            self.cursor = place

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        width = self.scrollable_content_region.width
        index, row = divmod(self.scroll_offset.y + y, self.rows)
        if self.results is None or index >= len(self.results):
            return Strip.blank(width, self.rich_style)
        selected = index == self.cursor
        drawn = self._drawn.get((index, selected))
        if drawn is None:
            hit = self.results.hit(index)
            if hit is None:
                return line([segments("  ·", self.get_component_rich_style("hit-list--facts"))], width, self.rich_style)
            drawn = self._draw(hit, width, selected=selected)
            if len(self._drawn) > 400:
                self._drawn.clear()
            self._drawn[index, selected] = drawn
        return drawn[row]

    def _draw(self, hit: Hit, width: int, *, selected: bool) -> list[Strip]:
        style = self.get_component_rich_style
        read = self.show_read and hit.id in self.read_ids
        ground = self.rich_style + style("hit-list--cursor", partial=True) if selected else self.rich_style
        marker = Segment("▌ " if selected else "  ", ground + style("hit-list--marker", partial=True))
        match = style("hit-list--match", partial=True)
        room = max(width - GUTTER - 1, 4)

        strips = [self._title(hit, room, ground, match, read=read)]
        strips.append(
            segments(clip(self._facts(hit, read=read), room), ground + style("hit-list--facts", partial=True))
        )
        snippet_lines = self.rows - 3 if self.rows == ROOMY else 1
        strips += self._snippet(hit, room, snippet_lines, ground + style("hit-list--snippet", partial=True), match)
        lines = [line([marker, pieces], width, ground) for pieces in strips]
        if self.rows == ROOMY:
            lines.append(Strip.blank(width, self.rich_style))
        return lines

    def _title(self, hit: Hit, room: int, ground: Style, match: Style, *, read: bool) -> list[Segment]:
        shown = safe_line(hit.title or "(untitled)", hit.title_highlights)
        text = clip(shown.text, room)
        kept = len(text) if text == shown.text else len(text) - 1
        name = "hit-list--read" if read else "hit-list--title"
        base = ground + self.get_component_rich_style(name, partial=True)
        return segments(text, base, styled(within(shown.spans, 0, kept), match))

    @staticmethod
    def _facts(hit: Hit, *, read: bool) -> str:
        people = ", ".join(safe(name) for name in hit.people[:4]) + ("…" if len(hit.people) > 4 else "")
        copies = len(hit.duplicates)
        reprints = f"+{copies} reprint{'s' if copies > 1 else ''}" if copies else ""
        seen = "read" if read else ""
        facts = (safe(hit.source or ""), hit_date(hit.date, hit.not_before), reprints, seen, people)
        return " · ".join(fact for fact in facts if fact)

    @staticmethod
    def _snippet(hit: Hit, room: int, count: int, base: Style, match: Style) -> list[list[Segment]]:
        shown = safe_line(hit.snippet, hit.highlights)
        if shown.spans and shown.spans[0][0] > room * count - room // 2:
            # The first match would be out of sight: begin a little before it.
            start = shown.text.rfind(" ", 0, max(shown.spans[0][0] - room // 3, 0)) + 1
            if start > 2:
                moved = tuple((max(a - start, 0) + 2, max(b - start, 0) + 2) for a, b in shown.spans)
                shown = Safe(f"… {shown.text[start:]}", moved)
        text = shown.text
        spans = wrap(text, room)
        drawn: list[list[Segment]] = []
        for number, (first, last) in enumerate(spans[:count]):
            piece = text[first:last]
            highlights = styled(within(shown.spans, first, last), match)
            if number == count - 1 and len(spans) > count and not piece.endswith("…"):
                piece = clip(piece + " …", room) if len(piece) + 2 > room else piece + " …"
            drawn.append(segments(piece, base, highlights))
        return drawn + [[] for _ in range(count - len(drawn))]

    def _forget_drawn(self) -> None:
        self._drawn.clear()

    def notify_style_update(self) -> None:
        """Draw anew when the theme changes."""
        self._forget_drawn()
        super().notify_style_update()

    # Geometry

    def _measure(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, len(self.results or ()) * self.rows)

    def on_resize(self) -> None:
        """Keep the cursor in view when the terminal changes."""
        self._forget_drawn()
        self._measure()
        self._scroll_to_cursor()
        self._ask_for_missing()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Fetch what comes into view."""
        super().watch_scroll_y(old_value, new_value)
        self._ask_for_missing()

    def _ask_for_missing(self) -> None:
        if self.results and self.size.height:
            # A screen beyond what is in view, on both sides, is fetched before it is scrolled to.
            fit = self.size.height // self.rows + 1
            top = self.scroll_offset.y // self.rows
            first, last = max(top - fit, 0), min(top + 2 * fit, len(self.results) - 1)
            if any(self.results.hit(place) is None for place in range(first, last + 1)):
                self.post_message(HitsWanted(first, last))

    def _scroll_to_cursor(self) -> None:
        self.scroll_to_region(
            Region(0, self.cursor * self.rows, 1, min(self.rows, self.size.height or 1)),
            animate=False,
            force=True,
            immediate=True,
        )

    # The cursor

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a hit."""
        return max(0, min(cursor, len(self.results or ()) - 1))

    def watch_cursor(self) -> None:
        """Show the cursor where it went."""
        self._scroll_to_cursor()
        self.refresh()
        self._ask_for_missing()
        self._rest_anew()

    def _rest_anew(self, seconds: float | None = None) -> None:
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST if seconds is None else seconds, self._rested)

    def _rested(self) -> None:
        if self.current is not None:
            self.post_message(HitHighlighted(self.current.id))

    @property
    def _page(self) -> int:
        return max(1, self.size.height // self.rows)

    def action_next_hit(self) -> None:
        """Move to the next hit."""
        self.cursor += 1

    def action_previous_hit(self) -> None:
        """Move to the previous hit, or leave the list upwards."""
        if self.cursor == 0:
            self.post_message(HitsLeft())
        else:
            self.cursor -= 1

    def action_first_hit(self) -> None:
        """Move to the first hit."""
        self.cursor = 0

    def action_last_hit(self) -> None:
        """Move to the last hit."""
        self.cursor = len(self.results or ()) - 1

    def action_page_down(self) -> None:
        """Move down by a page."""
        self.cursor += self._page

    def action_page_up(self) -> None:
        """Move up by a page."""
        self.cursor -= self._page

    def action_half_page_down(self) -> None:
        """Move down by half a page."""
        self.cursor += max(1, self._page // 2)

    def action_half_page_up(self) -> None:
        """Move up by half a page."""
        self.cursor -= max(1, self._page // 2)

    def action_read(self) -> None:
        """Ask to read the hit under the cursor."""
        if self.current is not None:
            self.post_message(HitChosen(self.current.id))

    def on_click(self, event: events.Click) -> None:
        """Select the hit clicked; a second click reads it."""
        place = (self.scroll_offset.y + event.y) // self.rows
        if self.results is None or place >= len(self.results):
            return
        if event.chain > 1 or place == self.cursor:
            self.cursor = place
            self.action_read()
        else:
            self.cursor = place
