"""The list of hits: any number of them, fetched as they come into view, with their reprints unfolded beneath them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.reactive import reactive
from textual.strip import Strip

from searcher.tui.actions import bindings_at
from searcher.tui.listing import Listing, Row
from searcher.tui.messages import HitChosen, HitHighlighted, HitsLeft, HitsWanted, ReprintChosen, ReprintsWanted
from searcher.tui.painting import line, segments
from searcher.tui.widgets.hit_drawing import FACTS_LINE, Look, Standing, draw_hit, draw_reprint, unfolds
from searcher.tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from collections.abc import Container

    from textual import events
    from textual.binding import BindingType
    from textual.timer import Timer

    from searcher.model import Hit, Span
    from searcher.tui.results import Results

ROOMY = 5  # lines a hit: title, facts, two of snippet, a blank
TIGHT = 3  # title, facts, one of snippet
ROOMY_FROM = 15  # lines of height
REST = 0.06  # seconds the cursor rests before a preview is asked for
REST_AFTER_ANSWER = 0.15  # the same after a new answer, while more may be typed
DRAWN_KEPT = 400


class HitList(LineView, can_focus=True):
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
        & > .hit-list--title { text-style: bold; }
        & > .hit-list--read { text-style: none; color: $quiet; }
        & > .hit-list--facts { color: $quiet; }
        & > .hit-list--snippet { color: $foreground; }
        & > .hit-list--match { color: $match; background: $match-background; text-style: bold underline; }
        & > .hit-list--cursor { background: $selected; }
        & > .hit-list--marker { color: $accent; text-style: bold; }
    }
    """

    cursor: reactive[int] = reactive(0, init=False, repaint=False)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.results: Results | None = None
        self._read: Container[str] = ()
        self._starred: Container[str] = ()
        self._listing = Listing(0, ROOMY, 1)
        self._unfolded: dict[str, tuple[Hit, ...]] = {}  # by the id of the hit that they are reprints of
        self._drawn: dict[tuple[Row, bool], list[Strip]] = {}
        self._rest: Timer | None = None
        self._upwards = False

    # What is shown

    @property
    def row(self) -> Row:
        """Where the cursor stands."""
        return self._listing.row(self.cursor)

    @property
    def current(self) -> Hit | None:
        """The hit or the reprint under the cursor, or None while there is none or it is not fetched."""
        return self._hit(self.row)

    def _hit(self, row: Row) -> Hit | None:
        if row.reprint < 0:
            return self.results.hit(row.place) if self.results else None
        return self._listing.reprints(row.place)[row.reprint]

    @property
    def fit(self) -> int:
        """How many hits are in view at once, those cut off included."""
        return self.size.height // self._listing.height + 1

    def show(self, results: Results, *, keep: str | None = None) -> None:
        """Show an answer; the cursor goes to the article with the id `keep` if it is there, else to the first.

        With `keep` it is an answer to much the same question, and reprints stay unfolded.
        """
        offset, beneath = self._listing.line(self.row) - self.top, self.row.reprint >= 0
        self.results = results
        if keep is None:
            self._unfolded.clear()
        self._list_anew()
        row = self._row_of(keep, beneath=beneath)
        self.set_reactive(HitList.cursor, self._listing.number(row or Row(0)))
        if row is None:
            self.go(0)
        else:
            self.go(self._listing.line(row) - offset)
            self._bring_cursor()
        self.refresh()
        self._ask_for_missing(ahead=False)
        self._rest_anew(REST_AFTER_ANSWER)

    def _list_anew(self) -> None:
        height, gap = (ROOMY, 1) if self.size.height >= ROOMY_FROM else (TIGHT, 0)
        self._listing = Listing(len(self.results or ()), height, gap)
        self._unfold_known()
        self._drawn.clear()
        self.measure(self._listing.lines)

    def _unfold_known(self) -> bool:
        """Unfold what was unfolded of the hits that are known; say whether there was any."""
        before = len(self._listing)
        for hit_id, reprints in self._unfolded.items():
            place = self.results.place(hit_id) if self.results else None
            if place is not None and not self._listing.reprints(place):
                self._listing.unfold(place, reprints)
        return len(self._listing) > before

    def _row_of(self, hit_id: str | None, *, beneath: bool) -> Row | None:
        """Find an article among the hits known and the reprints unfolded, `beneath` their originals first or last."""
        if self.results is None:
            return None
        place = self.results.place(hit_id)
        rows = [] if place is None else [Row(place)]
        for original, reprints in self._unfolded.items():
            place = self.results.place(original)
            found = [number for number, reprint in enumerate(reprints) if reprint.id == hit_id]
            if place is not None and found:
                rows.insert(0 if beneath else len(rows), Row(place, found[0]))
        return rows[0] if rows else None

    def fetched(self, places: Span) -> None:
        """Draw hits that were fetched, those of the places `[start, end)`; mostly they are not in view yet."""
        row = self.row
        if self._unfold_known():
            self._refold(row)
        first, end = (self._listing.line(Row(place)) for place in places)
        self.refresh_lines(first, end - first)
        self._ask_for_missing()
        if row.place in range(*places):
            self._rest_anew()

    def note(self, *, read: Container[str], starred: Container[str]) -> None:
        """Draw these articles as read and as starred."""
        self._read, self._starred = read, starred
        self._drawn.clear()
        self.refresh()

    def _standing(self, hit: Hit, row: Row) -> Standing:
        return Standing(hit.id in self._read, hit.id in self._starred, bool(self._listing.reprints(row.place)))

    def select(self, hit_id: str) -> None:
        """Put the cursor on an article, if it is among the reprints around the cursor or the hits known."""
        row = self._row_of(hit_id, beneath=self.row.reprint >= 0)
        if row is not None:
            self.cursor = self._listing.number(row)

    # Reprints

    def unfold(self, hit_id: str, reprints: tuple[Hit, ...]) -> None:
        """Show the reprints of a hit beneath it, if it is still in the list; the cursor stays on its article."""
        place = self.results.place(hit_id) if self.results else None
        if place is None:
            return
        row = self.row
        self._unfolded[hit_id] = reprints
        self._listing.unfold(place, reprints)
        self._refold(Row(row.place) if row.place == place else row)
        self.bring(self._listing.line(Row(place)), self._listing.height + len(reprints))

    def fold(self) -> bool:
        """Fold the reprints around the cursor away; say whether there were any."""
        place = self.row.place
        folded = self._listing.reprints(place)
        if not folded:
            return False
        self._unfolded = {hit_id: reprints for hit_id, reprints in self._unfolded.items() if reprints is not folded}
        self._listing.fold(place)
        self._refold(Row(place))
        return True

    def _refold(self, row: Row) -> None:
        self._drawn.clear()
        self.measure(self._listing.lines)
        self.set_reactive(HitList.cursor, self._listing.number(row))
        self._bring_cursor()
        self.refresh()
        self._rest_anew()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        at = self.top + y
        if self.results is None or at >= self._listing.lines:
            return Strip.blank(self.width, self.style())
        row, within = self._listing.at(at)
        if within >= self._listing.height - self._listing.gap:
            return Strip.blank(self.width, self.style())
        selected = row == self.row
        drawn = self._drawn.get((row, selected))
        if drawn is None:
            hit = self._hit(row)
            if hit is None:
                return line([segments("  ·", self.style("hit-list--facts"))], self.width, self.style())
            if len(self._drawn) > DRAWN_KEPT:
                self._drawn.clear()
            drawn = self._drawn[row, selected] = self._draw(row, hit, selected=selected)
        return drawn[within]

    def _draw(self, row: Row, hit: Hit, *, selected: bool) -> list[Strip]:
        look = Look(self.style, self.over, self.width, self._listing.height - self._listing.gap)
        standing = self._standing(hit, row)
        original = self._hit(Row(row.place))
        if row.reprint < 0 or original is None:
            return draw_hit(hit, look, standing, selected=selected)
        last = row.reprint == len(self._listing.reprints(row.place)) - 1
        return [draw_reprint(hit, original, look, standing, selected=selected, last=last)]

    def notify_style_update(self) -> None:
        """Draw anew when the theme changes."""
        self._drawn.clear()
        super().notify_style_update()

    # Geometry

    def on_resize(self) -> None:
        """Keep the cursor in view when the terminal changes."""
        row = self.row
        self._list_anew()
        self.set_reactive(HitList.cursor, self._listing.number(row))
        self._bring_cursor()
        self._ask_for_missing()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Fetch what comes into view."""
        super().watch_scroll_y(old_value, new_value)
        self._upwards = new_value < old_value
        self._ask_for_missing(ahead=False)
        self.call_after_refresh(self._ask_for_missing)

    def _ask_for_missing(self, *, ahead: bool = True) -> None:
        """Ask for what is in view, with a screen more where it is scrolled to, and then one on the other side."""
        if not self.results or not self.size.height:
            return
        first = self._listing.at(self.top)[0].place
        last = self._listing.at(self.top + self.size.height - 1)[0].place
        below, above = (first, last + self.fit), (first - self.fit, last)
        further = (above, below) if self._upwards else (below, above)
        for start, end in further if ahead else ((first, last),):
            if self.results.missing(start, end):
                self.post_message(HitsWanted(start, end))
                return

    def _bring_cursor(self) -> None:
        row = self.row
        self.bring(self._listing.line(row), self._listing.lines_of(row))

    # The cursor

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, len(self._listing) - 1))

    def watch_cursor(self, before: int, now: int) -> None:
        """Show the cursor where it went."""
        top = self.top
        self._bring_cursor()
        if self.top == top:
            for number in (before, now):
                row = self._listing.row(number)
                self.refresh_lines(self._listing.line(row), self._listing.lines_of(row))
        self._rest_anew()

    def _rest_anew(self, seconds: float | None = None) -> None:
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST if seconds is None else seconds, self._rested)

    def _rested(self) -> None:
        self._ask_for_missing()
        if self.current is not None:
            self.post_message(HitHighlighted(self.current.id))

    @property
    def _page(self) -> int:
        return max(1, self.size.height // self._listing.height)

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
        self.cursor = len(self._listing) - 1

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
        """Ask to read the hit or the reprint under the cursor."""
        row, hit = self.row, self.current
        original = self._hit(Row(row.place))
        if hit is None or original is None:
            return
        if row.reprint < 0:
            self.post_message(HitChosen(hit.id))
        else:
            self.post_message(ReprintChosen(hit, original, self._listing.reprints(row.place)))

    def on_click(self, event: events.Click) -> None:
        """Select the hit clicked; a second click reads it, one on its reprints unfolds them."""
        at = self.top + event.y
        if self.results is None or at >= self._listing.lines:
            return
        row, within = self._listing.at(at)
        again = event.chain > 1 or row == self.row
        self.cursor = self._listing.number(row)
        hit = self.current
        if hit is None:
            return
        if row.reprint < 0 and within == FACTS_LINE and unfolds(hit, event.x, self._standing(hit, row)):
            self.post_message(ReprintsWanted())
        elif again:
            self.action_read()
