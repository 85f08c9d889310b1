"""An article and what is known of it: its facts, each with how it was found."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from searcher.model import Precision, Span

T = TypeVar("T")

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A day, a month or a year: as much of a date as is known.

    `str()` is ISO 8601 at that precision. Missing parts are 0, so that values order by their first day, the less
    precise one first.

    Raises:
        ValueError: there is no such day.
    """

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if self.day and not self.month:
            raise ValueError("a day needs a month")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read `2020`, `2020-11` or `2020-11-09`, nothing else (ValueError)."""
        found = _ISO.fullmatch(text)
        if found is None:
            raise ValueError(f"not an ISO date: {text!r}")
        return cls(*(int(part) for part in found.groups() if part))

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """Give the same day at day precision."""
        return cls(day.year, day.month, day.day)

    @property
    def precision(self) -> Precision:
        """How much of the date is known."""
        return "day" if self.day else "month" if self.month else "year"

    @property
    def first(self) -> date:
        """The first day it may be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day it may be."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)])


@dataclass(frozen=True, slots=True)
class Fact(Generic[T]):
    """A value with how it was found and how sure we are.

    Attributes:
        basis: short words for where it comes from, such as `stated in the record`, `masthead` or `dateline`.
        confidence: between 0 and 1; a stated fact has 1.
        span: the place in the article's `raw` text, where there is one.
    """

    value: T
    basis: str
    confidence: float
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A date that the text speaks of: its value, its words, and their place in the article's `text`."""

    value: PartialDate
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Person:
    """One human being as one article names them.

    Attributes:
        name: the fullest spelling found in the article.
        spellings: every spelling seen, in order of first appearance.
        spans: their places in the article's `text`.
    """

    name: str
    spellings: tuple[str, ...]
    spans: tuple[Span, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Facts:
    """What we know of an article beyond its words; `None` is unknown."""

    source: Fact[str] | None = None
    date: Fact[PartialDate] | None = None
    not_before: Fact[PartialDate] | None = None
    author: Fact[str] | None = None
    mentions: tuple[Mention, ...] = ()
    people: tuple[Person, ...] = ()

    def naming_people(self, name_of: Callable[[str], str]) -> Facts:
        """Give the same facts with each person under the name that `name_of` gives for theirs."""
        return replace(self, people=tuple(replace(person, name=name_of(person.name)) for person in self.people))


@dataclass(frozen=True, slots=True)
class Article:
    """One news text with its facts: the unit that is indexed and found.

    Attributes:
        id: 16 hexadecimal digits, the same for the same file or record on every run (see `articles.identity`).
        path: where it was read: a path, with `#17` for record 17 of a file and `!inner/name` within an archive file.
            As stored in an index it is relative to the archive's root where it lies below it.
        title: one line; empty when the text has none.
        text: the story: what is ranked, quoted and read for facts. Without the title.
        raw: all that is visible in the file, furniture included.
        language: ISO 639-1, or None when unsure.
        record_id: the record's own `id`, where it had one.
    """

    id: str
    path: str
    title: str
    text: str
    raw: str
    language: str | None = None
    url: str | None = None
    record_id: str | None = None
    facts: Facts = field(default_factory=Facts)
