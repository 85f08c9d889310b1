"""How an article is cut into blocks, each wrapped on its own: its facts, and its story with matches and links."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from searcher.tui.typography import safe, safe_line, within, wrap
from searcher.tui.words import counted, said_date, sure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from searcher.model import Article, Fact, Span

Kind = Literal["title", "fact", "basis", "text", "rule"]

LABEL = 9  # cells for the name of a fact


@dataclass(slots=True)
class Block:
    """A run of text that is wrapped on its own.

    Attributes:
        text: safe to draw.
        start: where it begins in the article's text; -1 for what is not of the text.
        moved: from an offset in the article's text, less `start`, to one in `text`, where they differ.
        label: leading characters that name a fact, or stand below its name.
        links: places in `text` that can be clicked.
        queries: for each of them the query that follows it.
    """

    kind: Kind
    text: str
    start: int = -1
    label: int = 0
    matches: list[Span] = field(default_factory=list)
    links: list[Span] = field(default_factory=list)
    queries: list[str] = field(default_factory=list)

    def wrapped(self, width: int) -> Iterable[Span]:
        """Break the text into lines of at most `width` cells; those below a label are as much shorter."""
        if self.kind == "rule":
            return [(0, min(len(self.text), width))]
        shift = self.label
        (_, end), *more = wrap(self.text[shift:], width - shift)
        return [(0, end + shift), *((start + shift, end + shift) for start, end in more)]


def _paragraphs(text: str) -> Iterable[tuple[int, str]]:
    """Cut a text into its lines with their offsets."""
    at = 0
    for paragraph in text.split("\n"):
        yield at, paragraph
        at += len(paragraph) + 1


def _basis(words: str) -> Block:
    return Block("basis", safe(f"{'':<{LABEL}}{words}"), label=LABEL)


def _fact(label: str, value: str, fact: Fact[Any] | None, *, basis: bool) -> Iterable[Block]:
    head = f"{label:<{LABEL}}"
    yield Block("fact", safe(head + value), label=len(head))
    if basis and fact is not None:
        yield _basis(f"{fact.basis}, {sure(fact.confidence)}")


def facts_of(article: Article, *, basis: bool) -> list[Block]:
    """Lay out what is known of an article, each fact on its line, with how it is known when `basis` is set."""
    facts = article.facts
    blocks: list[Block] = []
    blocks += _fact("Source", facts.source.value if facts.source else "unknown", facts.source, basis=basis)
    if facts.date:
        blocks += _fact("Date", said_date(facts.date.value), facts.date, basis=basis)
    elif facts.not_before:
        blocks += _fact(
            "Date", f"unknown, not before {said_date(facts.not_before.value)}", facts.not_before, basis=basis
        )
    else:
        blocks += _fact("Date", "unknown", None, basis=basis)
    if facts.author:
        blocks += _fact("Author", facts.author.value, facts.author, basis=basis)
    if facts.people:
        blocks += _fact("People", ", ".join(person.name for person in facts.people), None, basis=False)
        if basis:
            for person in facts.people:
                others = [spelling for spelling in person.spellings if spelling != person.name]
                also = f", also {', '.join(others)}" if others else ""
                blocks.append(_basis(f"{person.name}: {sure(person.confidence)}{also}"))
    if basis and facts.mentions:
        days = ", ".join(dict.fromkeys(said_date(mention.value) for mention in facts.mentions))
        blocks += _fact("Mentions", days, None, basis=False)
    if basis:
        blocks += _fact("Length", counted(len(article.text.split()), "word"), None, basis=False)
        blocks += _fact("Language", article.language or "unknown", None, basis=False)
        if article.url:
            blocks += _fact("Address", article.url, None, basis=False)
    blocks += _fact("File", article.path, None, basis=False)
    return blocks


def links_of(article: Article) -> list[tuple[Span, str]]:
    """Give the places in a text that name a person or a day, in order and apart, each with a query for it."""
    links = [(span, f'person:"{person.name}"') for person in article.facts.people for span in person.spans]
    links += [(mention.span, f"mentions:{mention.value}") for mention in article.facts.mentions]
    apart: list[tuple[Span, str]] = []
    for span, query in sorted(links):
        if not apart or apart[-1][0][1] <= span[0]:
            apart.append((span, query))
    return apart


def story_of(text: str, matches: Sequence[Span], links: Sequence[tuple[Span, str]]) -> list[Block]:
    """Cut the story into paragraphs with an empty line between them, whether or not the text has one."""
    spaced = "\n\n" in text.replace("\r", "")
    link_starts = [span[0] for span, _ in links]
    blocks: list[Block] = []
    for at, paragraph in _paragraphs(text):
        if not paragraph.strip():
            if blocks and blocks[-1].text:
                blocks.append(Block("text", "", at))
            continue
        end = at + len(paragraph)
        inside = within(matches, at, end)
        here = links[bisect_left(link_starts, at) : bisect_left(link_starts, end)]
        followed = [(start - at, min(stop, end) - at) for (start, stop), _ in here]
        shown = safe_line(paragraph.rstrip("\r"), [*inside, *followed])
        queries = [query for _, query in here]
        blocks.append(
            Block(
                "text",
                shown.text,
                at,
                matches=list(shown.spans[: len(inside)]),
                links=list(shown.spans[len(inside) :]),
                queries=queries,
            )
        )
        if not spaced:
            blocks.append(Block("text", "", at + len(paragraph)))
    return blocks
