"""How a hit looks: its title, its facts and its snippet as lines of cells; a reprint as one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment

from searcher.tui.painting import line, segments, styled
from searcher.tui.typography import Safe, clip, safe, safe_line, within, wrap
from searcher.tui.words import STAR, counted, hit_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.style import Style
    from textual.strip import Strip

    from searcher.model import Hit, Span

GUTTER = 2
PEOPLE_NAMED = 4
FACTS_LINE = 1  # the line of a hit that has its facts


@dataclass(frozen=True, slots=True)
class Look:
    """What a hit is drawn with.

    Attributes:
        style: gives the style of the ground with components on it.
        over: gives the style of one component, to be laid over another.
        width: cells a line.
        body: lines a hit, without the gap below it.
    """

    style: Callable[..., Style]
    over: Callable[[str], Style]
    width: int
    body: int

    @property
    def room(self) -> int:
        """Cells for text."""
        return max(self.width - GUTTER - 1, 4)

    def ground(self, *, selected: bool, name: str | None = None) -> Style:
        """Give the style of a line of a hit."""
        return self.style(*(["hit-list--cursor"] if selected else []), *([name] if name else []))

    def marker(self, *, selected: bool) -> Segment:
        """Draw what stands at the left of each line of a hit."""
        return Segment("▌ " if selected else "  ", self.ground(selected=selected, name="hit-list--marker"))


@dataclass(frozen=True, slots=True)
class Standing:
    """What the user did with a hit: read it, starred it, unfolded its reprints."""

    read: bool = False
    starred: bool = False
    unfolded: bool = False


def draw_hit(hit: Hit, look: Look, standing: Standing, *, selected: bool) -> list[Strip]:
    """Draw the lines of a hit."""
    facts = clip(facts_line(hit, standing)[0], look.room)
    drawn: list[list[Segment]] = [
        _title(hit, look, selected=selected, read=standing.read),
        segments(facts, look.ground(selected=selected, name="hit-list--facts")),
        *_snippet(hit, look, look.body - 2, selected=selected),
    ]
    marker, ground = look.marker(selected=selected), look.ground(selected=selected)
    return [line((marker, *pieces), look.width, ground) for pieces in drawn]


def draw_reprint(reprint: Hit, original: Hit, look: Look, standing: Standing, *, selected: bool, last: bool) -> Strip:
    """Draw a reprint beneath its original: where and when it stood, and its title where that is another one."""
    facts = [safe(reprint.source or "unknown source"), hit_date(reprint.date, reprint.not_before)]
    if standing.starred:
        facts.insert(0, STAR)
    if standing.read:
        facts.append("read")
    if reprint.title and reprint.title != original.title:
        facts.append(safe(reprint.title))
    branch = "└ " if last else "├ "
    text = clip(" · ".join(facts), look.room - len(branch))
    pieces: list[Segment | list[Segment]] = [
        look.marker(selected=selected),
        segments(branch, look.ground(selected=selected, name="hit-list--facts")),
        segments(text, look.ground(selected=selected, name="hit-list--snippet")),
    ]
    return line(pieces, look.width, look.ground(selected=selected))


def facts_line(hit: Hit, standing: Standing) -> tuple[str, Span]:
    """Give the facts of a hit as one line, and the place in it of the words that unfold its reprints."""
    source, star = safe(hit.source or ""), STAR if standing.starred else ""
    before = " · ".join(filter(None, (star, source, hit_date(hit.date, hit.not_before))))
    copies = counted(len(hit.duplicates), "reprint") if hit.duplicates else ""
    reprints = f"{'−' if standing.unfolded else '+'}{copies}" if copies else ""
    people = ", ".join(safe(name) for name in hit.people[:PEOPLE_NAMED])
    people += "…" if len(hit.people) > PEOPLE_NAMED else ""
    text = " · ".join(filter(None, (before, reprints, "read" if standing.read else "", people)))
    start = len(before) + 3
    return text, ((start, start + len(reprints)) if reprints else (0, 0))


def unfolds(hit: Hit, x: int, standing: Standing) -> bool:
    """Say whether the words that unfold its reprints are drawn at a cell of the line of facts."""
    text, (start, end) = facts_line(hit, standing)
    return start < end and cell_len(text[:start]) <= x - GUTTER < cell_len(text[:end])


def _title(hit: Hit, look: Look, *, selected: bool, read: bool) -> list[Segment]:
    shown = safe_line(hit.title or "(untitled)", hit.title_highlights if hit.title else ())
    text = clip(shown.text, look.room)
    kept = len(text) if text == shown.text else len(text) - 1
    base = look.ground(selected=selected, name="hit-list--read" if read else "hit-list--title")
    return segments(text, base, styled(within(shown.spans, 0, kept), look.over("hit-list--match")))


def _snippet(hit: Hit, look: Look, count: int, *, selected: bool) -> list[list[Segment]]:
    room = look.room
    shown = safe_line(hit.snippet, hit.highlights)
    if shown.spans and shown.spans[0][0] > room * count - room // 2:
        # The first match would be out of sight: begin a little before it.
        start = shown.text.rfind(" ", 0, max(shown.spans[0][0] - room // 3, 0)) + 1
        if start > 2:
            moved = tuple((max(a - start, 0) + 2, max(b - start, 0) + 2) for a, b in shown.spans)
            shown = Safe(f"… {shown.text[start:]}", moved)
    text = shown.text
    base, match = look.ground(selected=selected, name="hit-list--snippet"), look.over("hit-list--match")
    spans = wrap(text, room)
    drawn: list[list[Segment]] = []
    for number, (first, last) in enumerate(spans[:count]):
        piece = text[first:last]
        if number == count - 1 and len(spans) > count and not piece.endswith("…"):
            piece = clip(piece + " …", room) if len(piece) + 2 > room else piece + " …"
        drawn.append(segments(piece, base, styled(within(shown.spans, first, last), match)))
    return drawn + [[] for _ in range(count - len(drawn))]
