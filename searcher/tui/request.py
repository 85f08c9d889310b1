"""What is being asked of the archive: the words typed, the filters on top of them, and the order wanted."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from searcher.errors import QueryError
from searcher.query.fields import FIELDS

if TYPE_CHECKING:
    from searcher.model import Sort

SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest")

# What a facet's values are called in the query language.
QUERY_FIELDS = {
    "source": "source",
    "person": "person",
    "year": "date",
    "month": "date",
    "day": "date",
    "language": "lang",
}


SHORTEST_BEGINNING = 3  # letters; what begins with fewer is nearly everything

# A word at the end of the line that is no operator: the one being typed.
_UNFINISHED = re.compile(r"(?:^|[\s(:\"])((?!(?:AND|OR|NOT|NEAR|ADJ)$)[^\W\d_]+)$")
_FIELD = re.compile(r"\w+:$")


@dataclass(frozen=True, slots=True)
class Filter:
    """A value that a field must have, or must not have; `field` is the query language's name."""

    field: str
    value: str
    excluded: bool = False

    @property
    def query(self) -> str:
        """The filter in the query language."""
        value = self.value.replace('"', " ").replace("\\", " ")
        quoted = value if self.field == "date" and " " not in value else f'"{value}"'
        return f"{'NOT ' if self.excluded else ''}{self.field}:{quoted}"

    @property
    def label(self) -> str:
        """The filter as a person would say it."""
        return f"{'not ' if self.excluded else ''}{'language' if self.field == 'lang' else self.field}: {self.value}"


@dataclass(frozen=True, slots=True)
class Request:
    """One question to the archive."""

    text: str = ""
    filters: tuple[Filter, ...] = ()
    sort: Sort = "relevance"

    @property
    def is_blank(self) -> bool:
        """Nothing is asked for: the newest articles are shown."""
        return not self.text.strip() and not self.filters

    @property
    def effective_sort(self) -> Sort:
        """The order in which hits are fetched: without words there is no relevance, and news are read newest first."""
        return "newest" if self.sort == "relevance" and not self.text.strip() else self.sort

    @property
    def query(self) -> str:
        """The whole question in the query language.

        Raises:
            QueryError: the words cannot be read; its span is a place in `text`.
        """
        if not self.filters:
            return self.text
        words = _closed(self.text)
        return " AND ".join([*([f"({words})"] if words else []), *(item.query for item in self.filters)])

    @property
    def guesses(self) -> tuple[Request, ...]:
        """What may be meant while the last word is still being typed.

        A word that begins so, as `lachin corr*`; or a field's name, a word of a phrase, or a word too short to say
        what it will be: then what stands before it is the question so far.
        """
        last = _UNFINISHED.search(self.text)
        if last is None:
            return ()
        word, before = last[1], self.text[: last.start(1)]
        if before.count('"') % 2:
            before, _, phrase = before.rpartition('"')
            if phrase:
                return (self.with_text(f'{before}"{phrase.rstrip()}"'),)
        without = self.with_text(_FIELD.sub("", before).rstrip())
        if len(word) < SHORTEST_BEGINNING:
            return () if _FIELD.search(before) else (without,)
        begun = self.with_text(f"{before}{word}*")
        names_a_field = any(field.written.startswith(word.lower()) for field in FIELDS)
        return (begun, without) if names_a_field and without.text else (begun,)

    def closed(self) -> Request:
        """Give the question as it stands once it is no longer being typed: what is still open is closed.

        Raises:
            QueryError: the words cannot be read even so; its span is a place in `text`.
        """
        from searcher.query.parser import parse

        text, today = self.text, date.today()  # noqa: DTZ011 - the user's day
        closed = text + '"' * (text.count('"') % 2) + ")" * (text.count("(") - text.count(")"))
        closed += "]" * (text.count("[") - text.count("]"))
        try:
            parse(closed, today=today)
        except QueryError:
            parse(text, today=today)
            return self
        return self.with_text(closed)

    def with_text(self, text: str) -> Request:
        """Ask for other words."""
        return replace(self, text=text)

    def narrowed(self, added: Filter) -> Request:
        """Add a filter, in place of its opposite."""
        opposite = replace(added, excluded=not added.excluded)
        kept = tuple(item for item in self.filters if item not in (added, opposite))
        return replace(self, filters=(*kept, added))

    def without(self, removed: Filter) -> Request:
        """Take a filter away."""
        return replace(self, filters=tuple(item for item in self.filters if item != removed))

    def same_as(self, other: Request) -> bool:
        """Say whether the answers must be the same, spaces aside."""
        return (self.filters, self.sort) == (other.filters, other.sort) and self.text.split() == other.text.split()


def _closed(text: str) -> str:
    """Write the words so that what is still open in them is closed and cannot swallow a filter."""
    from searcher.query.parser import parse
    from searcher.query.printer import unparse
    from searcher.query.tree import Nothing

    tree = parse(text, today=date.today(), lenient=True).tree  # noqa: DTZ011 - the user's day
    return "" if isinstance(tree, Nothing) else unparse(tree)
