"""What is counted over an archive: hits over time, people, and all that is in an index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from searcher.model import PartialDate, Period


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
