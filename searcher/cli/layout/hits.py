"""A page of hits as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.cli.layout.dates import dated
from searcher.cli.layout.paint import DATE, FAINT, PATH, PERSON, SOURCE, TITLE, Paint
from searcher.cli.layout.wrapping import columns, cut, within, wrap
from searcher.text.safety import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.model import Explanation, Hit, Page, Span

_SNIPPET_LINES = 3
_PEOPLE_IN_A_PIPE = 8
_MOST_OF_THE_QUERY = 60


def page(found: Page, paint: Paint, width: int | None) -> Iterator[str]:
    """Lay out the hits of a page, fitted to `width` columns, or each part on one whole line when it is None."""
    margin = max((len(str(each.rank)) for each in found.hits), default=0) + 2
    for number, each in enumerate(found.hits):
        if number:
            yield ""
        yield from _hit(each, paint, margin, width)


def summary(found: Page) -> str:
    """Say in one line how much was found and how the query was read."""
    count = f"{found.total:,} article{'s' * (found.total != 1)}"
    if not found.total_is_exact:
        count = f"at least {count}"
    shown = len(found.hits)
    if 0 < shown < found.total:
        first, last = found.offset + 1, found.offset + shown
        count = f"{first}-{last} of {count}" if shown > 1 else f"{first} of {count}"
    return f"{count} · {cut(one_line(found.parsed), _MOST_OF_THE_QUERY)} · {found.took_ms:.1f} ms"


def _hit(found: Hit, paint: Paint, margin: int, width: int | None) -> Iterator[str]:
    indent = " " * margin
    room = None if width is None else max(width - margin, 10)
    number = paint(f"{found.rank:>{margin - 2}}  ", FAINT)
    title = one_line(found.title)
    spans = found.title_highlights if title == found.title else ()
    lines = _fitted(title or "(untitled)", spans, paint, TITLE, room=room)
    for at, line in enumerate(lines):
        yield (indent if at else number) + line
    yield indent + _facts(found, paint, room)
    snippet = one_line(found.snippet)
    spans = found.highlights if snippet == found.snippet else ()
    for line in _quoted(snippet, spans, paint, room):
        yield indent + line
    yield from (indent + line for line in _place(found, paint, room))
    if found.explanation is not None:
        yield from (indent + line for line in _explained(found.explanation, found.score, paint))


def _fitted(text: str, spans: tuple[Span, ...], paint: Paint, base: str, *, room: int | None) -> list[str]:
    lines = [(0, len(text))] if room is None else wrap(text, room)
    return [paint.marked(text[start:stop], within(spans, start, stop), base) for start, stop in lines]


def _quoted(text: str, spans: tuple[Span, ...], paint: Paint, room: int | None) -> Iterator[str]:
    """Lay out a snippet in a few lines: where it has more, those with the most matches."""
    if not text:
        return
    lines = [(0, len(text))] if room is None else wrap(text, room - 2)
    marks = [within(spans, start, stop) for start, stop in lines]
    first = max(
        range(max(len(lines) - _SNIPPET_LINES, 0) + 1),
        key=lambda at: (sum(map(len, marks[at : at + _SNIPPET_LINES])), -at),
    )
    for at in range(first, min(first + _SNIPPET_LINES, len(lines))):
        start, stop = lines[at]
        lead = "…" if at == first > 0 else ""
        trail = " …" if at == first + _SNIPPET_LINES - 1 < len(lines) - 1 else ""
        yield lead + paint.marked(text[start:stop], marks[at]) + trail


def _facts(found: Hit, paint: Paint, room: int | None) -> str:
    parts = [(dated(found.date, found.not_before), DATE if found.date or found.not_before else FAINT)]
    if found.source:
        parts.insert(0, (one_line(found.source), SOURCE))
    if found.duplicates:
        more = len(found.duplicates)
        parts.append((f"+{more} reprint{'s' * (more != 1)}", FAINT))
    used = sum(columns(text) + 3 for text, _ in parts)
    people = _people([one_line(name) for name in found.people], None if room is None else room - used)
    if people:
        parts.append((people, PERSON))
    shown = " · ".join(paint(text, style) for text, style in parts)
    return shown if room is None or used <= room + 3 else cut(" · ".join(text for text, _ in parts), room)


def _people(names: list[str], room: int | None) -> str:
    """Give as many names as there is room for, and how many more there are."""
    most = len(names) if room is not None else min(len(names), _PEOPLE_IN_A_PIPE)
    for count in range(most, 0, -1):
        text = ", ".join(names[:count])
        if count < len(names):
            text += f" +{len(names) - count}"
        if room is None or columns(text) <= room:
            return text
    return ""


def _place(found: Hit, paint: Paint, room: int | None) -> Iterator[str]:
    # A path is of use only whole: where there is no room the terminal may break it, but we do not.
    path, number = one_line(found.path), paint(found.id, FAINT)
    if room is not None and columns(path) + 2 + len(found.id) > room:
        yield paint(path, PATH)
        yield number
    else:
        yield f"{paint(path, PATH)}  {number}"


def _explained(explanation: Explanation, score: float, paint: Paint) -> Iterator[str]:
    yield paint(f"{score:8.3f}  score", FAINT)
    for part in explanation.parts:
        where = f"{one_line(part.term)} in {part.field}"
        yield paint(f"{part.score:8.3f}  {where}: frequency {part.frequency:g}, in {part.articles:,} articles", FAINT)
