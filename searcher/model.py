"""The plain values that every floor speaks in: articles and their facts, hits and pages.

Nothing here computes more than another form of itself. All offsets are Unicode code points, spans are half open
`[start, end)`.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")

Span = tuple[int, int]
Precision = Literal["day", "month", "year"]
Match = Literal["all", "any", "auto"]
Sort = Literal["relevance", "newest", "oldest"]
FacetField = Literal["source", "person", "year", "month", "day", "language"]
Period = Literal["day", "week", "month", "year"]

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


@dataclass(frozen=True, slots=True)
class TermScore:
    """One line of an explanation: what one term in one field gave to the score."""

    term: str
    field: str
    frequency: float
    articles: int
    score: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where a hit's score comes from; the parts' scores add up to the hit's."""

    parts: tuple[TermScore, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that matches.

    Attributes:
        score: comparable within one page only; 0 when sorted by date.
        people: canonical names.
        words: number of words in the story.
        duplicates: ids of articles that are the same text or nearly so.
        snippet: the best passage, one line, no control characters.
        highlights: spans of matches in `snippet`.
        title_highlights: spans of matches in `title`.
    """

    rank: int
    score: float
    id: str
    path: str
    url: str | None
    title: str
    source: str | None
    date: PartialDate | None
    not_before: PartialDate | None
    people: tuple[str, ...]
    language: str | None
    words: int
    duplicates: tuple[str, ...]
    snippet: str
    highlights: tuple[Span, ...]
    title_highlights: tuple[Span, ...] = ()
    record_id: str | None = None
    explanation: Explanation | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """Counts of hits by one field's values, most frequent first (dates: in order).

    Attributes:
        truncated: there are more values than are listed.
        unknown: hits that have no value.
    """

    field: FacetField
    counts: tuple[tuple[str, int], ...]
    truncated: bool = False
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """An ordered run of hits with totals, facets and how the query was read.

    Attributes:
        parsed: the query as understood, in the query language.
        match: which words had to match, in the end.
        corrected: a spelling that would find more, where this one finds nothing.
        total_is_exact: false when the deadline passed: there are at least `total`.
        offset: rank of the first hit, less one.
        notes: what a reader should know about the answer, such as words that were left out or a cap that was reached.
        first, last: the earliest and the latest publication day of all hits, where they were asked for.
    """

    query: str
    parsed: str
    match: Match
    corrected: str | None
    total: int
    total_is_exact: bool
    took_ms: float
    revision: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Facet] = field(default_factory=dict)
    offset: int = 0
    notes: tuple[str, ...] = ()
    first: PartialDate | None = None
    last: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One period of a timeline: its first day, the hits in it, and all the archive's articles in it."""

    start: date
    hits: int
    articles: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Hits over time, without gaps between the first and the last bar.

    Attributes:
        undated: hits of unknown date, which are in no bar.
        imprecise: hits whose date is known to no one bar, such as to the year among months; in no bar either.
    """

    query: str
    parsed: str
    period: Period
    bars: tuple[Bar, ...]
    undated: int
    total: int
    imprecise: int = 0


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """A human being across the archive: canonical name, spellings with their article counts, articles in all."""

    name: str
    spellings: tuple[tuple[str, int], ...]
    articles: int


@dataclass(frozen=True, slots=True)
class Stats:
    """What is in an index.

    Attributes:
        size_bytes: of all files of the index.
        first, last: the earliest and latest publication day.
        codec: name and version of the storage format of its segments.
    """

    path: str
    revision: int
    articles: int
    words: int
    sources: int
    people: int
    dated: int
    first: PartialDate | None
    last: PartialDate | None
    languages: tuple[tuple[str, int], ...]
    segments: int
    size_bytes: int
    codec: str


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is wrong with an index: the part (a file, or a file's section) and what is wrong with it."""

    part: str
    reason: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What reading every byte of an index showed."""

    path: str
    revision: int
    articles: int
    files: int
    bytes_read: int
    damages: tuple[Damage, ...]

    @property
    def sound(self) -> bool:
        """Nothing is wrong."""
        return not self.damages


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or record that could not be read, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a run of `searcher index` did, in articles; `articles` is how many the index then holds."""

    added: int
    updated: int
    removed: int
    unchanged: int
    failed: tuple[Failure, ...]
    articles: int
    seconds: float
    revision: int
