"""The plain values that every floor speaks in: articles and their facts, hits and pages.

Nothing here computes more than another form of itself. All offsets are Unicode code points, spans are half open
`[start, end)`. Each value is imported when first asked for: making their classes takes longer than a query.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from searcher.model.answers import Explanation, Facet, Hit, Page, TermScore
    from searcher.model.articles import Article, Fact, Facts, Mention, PartialDate, Person
    from searcher.model.counts import Bar, PersonEntry, Stats, Timeline
    from searcher.model.reports import CheckReport, Damage, Failure, IndexReport

Span = tuple[int, int]
Precision = Literal["day", "month", "year"]
Match = Literal["all", "any", "auto"]
Sort = Literal["relevance", "newest", "oldest"]
FacetField = Literal["source", "person", "year", "month", "day", "language"]
Period = Literal["day", "week", "month", "year"]

_HOMES = {
    "Article": "articles",
    "Bar": "counts",
    "CheckReport": "reports",
    "Damage": "reports",
    "Explanation": "answers",
    "Facet": "answers",
    "Fact": "articles",
    "Facts": "articles",
    "Failure": "reports",
    "Hit": "answers",
    "IndexReport": "reports",
    "Mention": "articles",
    "Page": "answers",
    "PartialDate": "articles",
    "Person": "articles",
    "PersonEntry": "counts",
    "Stats": "counts",
    "TermScore": "answers",
    "Timeline": "counts",
}

__all__ = [
    "Article",
    "Bar",
    "CheckReport",
    "Damage",
    "Explanation",
    "Facet",
    "FacetField",
    "Fact",
    "Facts",
    "Failure",
    "Hit",
    "IndexReport",
    "Match",
    "Mention",
    "Page",
    "PartialDate",
    "Period",
    "Person",
    "PersonEntry",
    "Precision",
    "Sort",
    "Span",
    "Stats",
    "TermScore",
    "Timeline",
]


def __getattr__(name: str) -> Any:
    try:
        home = _HOMES[name]
    except KeyError:
        raise AttributeError(name) from None
    return getattr(import_module(f"{__name__}.{home}"), name)
