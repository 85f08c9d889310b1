"""The work of threads: each function asks the archive one thing and sends what happened, touching no widget."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from searcher.errors import CancelledError
from searcher.tui.differences import differences
from searcher.tui.messages import (
    ArticleFetched,
    ArticleNotFetched,
    CompletionsFound,
    FacetsCounted,
    HitsFetched,
    HitsNotFetched,
    IndexChanged,
    ReprintsFetched,
    RequestFailed,
    SearchCancelled,
    SearchFailed,
    SearchFinished,
    TimelineCounted,
)
from searcher.tui.unexpected import as_searcher_error

if TYPE_CHECKING:
    from collections.abc import Sequence
    from threading import Event

    from textual.message_pump import MessagePump

    from searcher.archive import Archive
    from searcher.model import FacetField, Hit, Page, Period, Span
    from searcher.tui.request import Request

DEADLINE = 5.0  # seconds, after which what was found so far is shown
FACET_VALUES = 8
COMMON = "the"
MOST_REPRINTS = 100
FACETS: tuple[FacetField, ...] = ("source", "person", "year", "language")


def fetch_answer(
    to: MessagePump, archive: Archive, request: Request, generation: int, cancel: Event, *, typing: bool, limit: int
) -> None:
    """Search; send the first hits, or that the search failed or was cancelled.

    While words are being typed and nothing has the last one yet, it is taken as what it may become, and no other
    spelling is looked for. Where even so nothing is found, what is wrong with the words is said if anything is.
    """
    try:
        page = _first_page(archive, request, cancel, limit, correct=not typing)
        for guess in request.guesses if typing else ():
            if page.total:
                break
            guessed = _first_page(archive, guess, cancel, limit, correct=False)
            if guessed.total:
                request, page = guess, guessed
        if not page.total:
            request.closed()
    except CancelledError:
        to.post_message(SearchCancelled(generation))
    except Exception as error:  # noqa: BLE001 - the last net
        to.post_message(SearchFailed(generation, as_searcher_error(error)))
    else:
        to.post_message(SearchFinished(generation, request, page))


def _first_page(archive: Archive, request: Request, cancel: Event, limit: int, *, correct: bool) -> Page:
    return archive.search(
        request.query,
        limit=limit,
        sort=request.effective_sort,
        correct=correct,
        cancel=cancel,
        deadline=DEADLINE,
        lenient=True,
    )


def fetch_hits(to: MessagePump, archive: Archive, request: Request, places: Span, generation: int) -> None:
    """Fetch further hits of an answer, those of the places `[start, end)`."""
    start, end = places
    try:
        page = archive.search(
            request.query,
            limit=end - start,
            offset=start,
            sort=request.effective_sort,
            deadline=DEADLINE,
            lenient=True,
        )
    except Exception:  # noqa: BLE001 - the places stay empty and are asked for again
        to.post_message(HitsNotFetched(generation))
    else:
        to.post_message(HitsFetched(generation, page))


def fetch_reprints(to: MessagePump, archive: Archive, hit: Hit) -> None:
    """Fetch the reprints of a hit, oldest first."""
    try:
        page = reprints_of(archive, hit)
    except Exception as error:  # noqa: BLE001 - the last net
        to.post_message(RequestFailed(as_searcher_error(error)))
    else:
        to.post_message(ReprintsFetched(hit.id, page))


def reprints_of(archive: Archive, hit: Hit) -> Page:
    """Find the articles that say the same as a hit, oldest first."""
    return articles_of(archive, hit.duplicates[:MOST_REPRINTS])


def articles_of(archive: Archive, ids: Sequence[str]) -> Page:
    """Find articles by their ids, oldest first and without snippets; those no longer in the index are left out."""
    query = " OR ".join(f"id:{article_id}" for article_id in ids)
    return archive.search(query, limit=len(ids), sort="oldest", quote=False, deadline=DEADLINE)


def fetch_facets(to: MessagePump, archive: Archive, request: Request, generation: int, cancel: Event) -> None:
    """Count the facets of an answer, and its hits by year for the curve."""
    try:
        query = request.query
        facets = []
        for by in FACETS:
            if cancel.is_set():
                return
            facets.append(archive.facets(query, by, limit=FACET_VALUES))
        timeline = None if cancel.is_set() else archive.timeline(query, "month")
    except Exception:  # noqa: BLE001 - the search itself has said what is wrong
        to.post_message(FacetsCounted(generation, (), None))
    else:
        to.post_message(FacetsCounted(generation, tuple(facets), timeline))


def fetch_article(to: MessagePump, archive: Archive, article_id: str, query: str) -> None:
    """Read an article and find every match in it."""
    try:
        article = archive.article(article_id)
        title_matches, text_matches = archive.matches(article, query) if query.strip() else ((), ())
    except Exception as error:  # noqa: BLE001 - the last net
        to.post_message(ArticleNotFetched(article_id, as_searcher_error(error)))
    else:
        to.post_message(ArticleFetched(article, tuple(title_matches), tuple(text_matches), query))


def fetch_comparison(to: MessagePump, archive: Archive, article_id: str, other_id: str) -> None:
    """Read an article and find where it differs from another one."""
    try:
        article, other = archive.article(article_id), archive.article(other_id)
        title = differences(article.title, other.title)
        text = differences(article.text, other.text)
    except Exception as error:  # noqa: BLE001 - the last net
        to.post_message(ArticleNotFetched(article_id, as_searcher_error(error)))
    else:
        to.post_message(ArticleFetched(article, tuple(title), tuple(text), ""))


def fetch_timeline(to: MessagePump, archive: Archive, query: str, period: Period) -> None:
    """Count hits over time."""
    try:
        timeline = archive.timeline(query, period)
    except Exception as error:  # noqa: BLE001 - the last net
        to.post_message(RequestFailed(as_searcher_error(error)))
    else:
        to.post_message(TimelineCounted(timeline))


def fetch_completions(to: MessagePump, archive: Archive, text: str) -> None:
    """Find completions of a query line whose cursor is at its end."""
    try:
        completions = archive.complete(text, len(text))
    except Exception:  # noqa: BLE001 - no completion is no harm
        completions = []
    to.post_message(CompletionsFound(text, tuple(completions)))


def read_ahead(archive: Archive) -> None:
    """Have the archive read its words before the first key asks for them."""
    with suppress(Exception):
        archive.complete(COMMON, len(COMMON))


def look_for_changes(to: MessagePump, archive: Archive) -> None:
    """Take notice of a newer index on disk."""
    try:
        if archive.refresh():
            to.post_message(IndexChanged(archive.stats()))
    except Exception as error:  # noqa: BLE001 - an index that is being replaced is looked at again later
        del error
