"""What happened: sent by workers and widgets, handled where the state is owned. All in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.message import Message

if TYPE_CHECKING:
    from searcher.errors import SearcherError
    from searcher.model import Article, Facet, Hit, IndexReport, Page, Span, Stats, Timeline
    from searcher.tui.request import Filter, Request


@dataclass
class ArchiveOpened(Message):
    """The index is open."""

    archive: Any
    stats: Stats


@dataclass
class ArchiveNotOpened(Message):
    """The index is missing, locked, damaged or not to be read."""

    error: SearcherError


@dataclass
class LinkFollowed(Message):
    """A name or a day in an article was clicked: this query finds more about it."""

    query: str


@dataclass
class SearchEnded(Message):
    """A search ended, in one of three ways."""

    generation: int


@dataclass
class SearchFinished(SearchEnded):
    """The first hits of an answer came."""

    request: Request
    page: Page


@dataclass
class SearchFailed(SearchEnded):
    """A search could not be answered, or its query could not be read."""

    error: SearcherError


@dataclass
class SearchCancelled(SearchEnded):
    """A search was given up for a newer one."""


@dataclass
class HitsFetched(Message):
    """Further hits of an answer came."""

    generation: int
    page: Page


@dataclass
class HitsNotFetched(Message):
    """Further hits of an answer did not come."""

    generation: int


@dataclass
class FacetsCounted(Message):
    """The facets of an answer were counted."""

    generation: int
    facets: tuple[Facet, ...]
    timeline: Timeline | None


@dataclass
class ArticleFetched(Message):
    """An article was read from the index, with every match of the query in it."""

    article: Article
    title_matches: tuple[Span, ...]
    text_matches: tuple[Span, ...]
    query: str


@dataclass
class ArticleNotFetched(Message):
    """An article could not be read from the index."""

    article_id: str
    error: SearcherError


@dataclass
class TimelineCounted(Message):
    """Hits over time were counted."""

    timeline: Timeline


@dataclass
class CompletionsFound(Message):
    """Completions of a query line were found; they replace all that stands before the cursor."""

    text: str
    completions: tuple[str, ...]


@dataclass
class RequestFailed(Message):
    """Something that was asked for on the side could not be done."""

    error: SearcherError


@dataclass
class IndexChanged(Message):
    """The index on disk is newer than what is on screen."""

    stats: Stats


@dataclass
class IndexProgressed(Message):
    """A run of indexing went on; `total` is None while it is not known."""

    done: int
    total: int | None
    words: str


@dataclass
class IndexFinished(Message):
    """A run of indexing ended well."""

    report: IndexReport


@dataclass
class IndexFailed(Message):
    """A run of indexing ended early."""

    error: SearcherError


@dataclass
class QueryEdited(Message):
    """The query line's text changed."""

    text: str


@dataclass
class QuerySubmitted(Message):
    """The user wants the answer now."""

    text: str


@dataclass
class HitHighlighted(Message):
    """The cursor came to rest on a hit."""

    hit_id: str


@dataclass
class HitChosen(Message):
    """A hit is to be read."""

    hit_id: str


@dataclass
class ReprintsFetched(Message):
    """The reprints of a hit came."""

    hit_id: str
    page: Page


@dataclass
class ReprintsWanted(Message):
    """The reprints of the hit under the cursor are to be shown beneath it, or folded away again."""


@dataclass
class ReprintChosen(Message):
    """A reprint is to be read beside the article that it was shown beneath."""

    reprint: Hit
    original: Hit
    reprints: tuple[Hit, ...]


@dataclass
class HitsWanted(Message):
    """Hits that are not fetched came into view."""

    first: int
    last: int


@dataclass
class HitsLeft(Message):
    """The cursor left the hits upwards."""


@dataclass
class FilterChosen(Message):
    """A value is to be narrowed to, or left out."""

    filter: Filter


@dataclass
class FilterDropped(Message):
    """A filter is to be removed."""

    filter: Filter


@dataclass
class HistoryLeft(Message):
    """The query line was left downwards."""


@dataclass
class FindEdited(Message):
    """The words to find in an article changed."""

    text: str


@dataclass
class FindEnded(Message):
    """The find line was closed."""

    go: bool


@dataclass
class FacetsLeft(Message):
    """The facets were left."""
