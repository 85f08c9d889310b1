"""What a query finds: hits on a page, with counts by their fields and where their scores come from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from searcher.model import FacetField, Match, PartialDate, Span


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
