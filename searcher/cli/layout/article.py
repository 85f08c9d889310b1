"""One article as text, and what was read in it with how it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from searcher.cli.layout.dates import dated, spoken
from searcher.cli.layout.paint import DATE, FAINT, PATH, PERSON, SOURCE, TITLE, Paint
from searcher.cli.layout.wrapping import within, wrap
from searcher.cli.records import value_of
from searcher.text.safety import one_line, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from searcher.model import Article, Fact, Span

T = TypeVar("T")

_MEASURE = 80  # the longest comfortable line of prose
_CONTEXT = 24


def article(shown: Article, paint: Paint, width: int | None) -> Iterator[str]:
    """Lay out an article to be read: its title, its facts in brief, its story."""
    room = None if width is None else min(width, _MEASURE)
    facts = shown.facts
    for line in _wrapped(one_line(shown.title) or "(untitled)", room):
        yield paint(line, TITLE)
    day = dated(value_of(facts.date), value_of(facts.not_before))
    parts = [paint(day, DATE)]
    if facts.source:
        parts.insert(0, paint(one_line(facts.source.value), SOURCE))
    if facts.author:
        parts.append("by " + one_line(facts.author.value))
    yield " · ".join(parts)
    if facts.people:
        for line in _wrapped(", ".join(one_line(person.name) for person in facts.people), room):
            yield paint(line, PERSON)
    if shown.url:
        yield paint(one_line(shown.url), PATH)
    yield f"{paint(one_line(shown.path), PATH)}  {paint(shown.id, FAINT)}"
    yield ""
    for paragraph in printable(shown.text).splitlines():
        yield from _wrapped(paragraph, room) or [""]


def raw(shown: Article) -> Iterator[str]:
    """Lay out all that is visible in the file, furniture included, as it stands."""
    yield from printable(shown.raw).splitlines()


def reading(read: Article, paint: Paint, width: int | None) -> Iterator[str]:
    """Lay out what was read in a file: each fact with its basis, its confidence and its place; then the story."""
    facts = read.facts
    yield f"{paint(one_line(read.path), PATH)}  {paint(read.id, FAINT)}"
    yield from _row("title", paint(one_line(read.title), TITLE) if read.title else paint("unknown", FAINT))
    yield from _fact("source", facts.source, one_line, SOURCE, raw=read.raw, paint=paint)
    yield from _fact("date", facts.date, spoken, DATE, raw=read.raw, paint=paint)
    yield from _fact("not before", facts.not_before, spoken, DATE, raw=read.raw, paint=paint)
    yield from _fact("author", facts.author, one_line, "", raw=read.raw, paint=paint)
    yield from _row("language", read.language or paint("unknown", FAINT))
    if read.url:
        yield from _row("url", paint(one_line(read.url), PATH))
    for number, person in enumerate(facts.people):
        others = [one_line(spelling) for spelling in person.spellings if spelling != person.name]
        also = f", also {', '.join(others)}" if others else ""
        count = f"({len(person.spans)} in the text, {person.confidence:.0%}{also})"
        yield from _row("" if number else "people", f"{paint(one_line(person.name), PERSON)}  {paint(count, FAINT)}")
    for number, mention in enumerate(facts.mentions):
        place = _quoted(read.text, mention.span, paint)
        yield from _row("" if number else "mentions", f"{paint(spoken(mention.value), DATE)}  {place}")
    yield ""
    spans = sorted(span for person in facts.people for span in person.spans)
    yield from _story(read.text, spans, paint, None if width is None else min(width, _MEASURE))


def _row(name: str, value: str) -> Iterator[str]:
    yield f"  {name:<10}  {value}"


def _fact(
    name: str, fact: Fact[T] | None, shown: Callable[[T], str], style: str, *, raw: str, paint: Paint
) -> Iterator[str]:
    if fact is None:
        yield from _row(name, paint("unknown", FAINT))
        return
    known = paint(f"({one_line(fact.basis)}, {fact.confidence:.0%})", FAINT)
    place = "  " + _quoted(raw, fact.span, paint) if fact.span else ""
    yield from _row(name, f"{paint(shown(fact.value), style)}  {known}{place}")


def _quoted(text: str, span: Span, paint: Paint) -> str:
    """Give the place of a fact with a few words around it."""
    start, stop = span
    before = one_line(text[max(start - _CONTEXT, 0) : start])
    after = one_line(text[stop : stop + _CONTEXT])
    lead = " " if text[start - 1 : start].isspace() and before else ""
    trail = " " if text[stop : stop + 1].isspace() and after else ""
    return paint(f"…{before}{lead}", FAINT) + one_line(text[start:stop]) + paint(f"{trail}{after}…", FAINT)


def _story(text: str, spans: list[Span], paint: Paint, room: int | None) -> Iterator[str]:
    position = 0
    for paragraph in text.split("\n"):
        shown = one_line(paragraph)
        if shown != paragraph or not shown:
            yield from _wrapped(shown, room) or [""]
        else:
            for start, stop in [(0, len(shown))] if room is None else wrap(shown, room):
                inside = within(spans, position + start, position + stop)
                yield paint.marked(shown[start:stop], inside, mark=PERSON)
        position += len(paragraph) + 1


def _wrapped(text: str, room: int | None) -> list[str]:
    return [text] if room is None else [text[start:stop] for start, stop in wrap(text, room)]
