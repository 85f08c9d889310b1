"""From a parsed query to a page: find, quote, count, and say how the query was read."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from searcher.model import Page
from searcher.query.printer import unparse
from searcher.search.engine.days import DayCounter
from searcher.search.finding import expanded, find
from searcher.search.request import PLAIN, Request
from searcher.search.showing.hits import make_hits

if TYPE_CHECKING:
    from searcher.model import Facet, FacetField
    from searcher.query.parser import ParsedQuery
    from searcher.search.context import Context
    from searcher.search.engine.execution import Counter


def answer(context: Context, parsed: ParsedQuery, request: Request = PLAIN) -> Page:
    """Answer a query with a page of hits.

    Raises:
        CancelledError: the request was cancelled.
        QueryError: a regular expression in the query is none.
    """
    began = time.perf_counter()
    stop = request.stop()
    node = expanded(context, parsed, request)
    facets = {field: context.facet_counter(field) for field in request.facets}
    days = DayCounter(context.collection.days)
    counters: list[Counter] = [*facets.values(), *([days] if request.span else [])]
    found = find(context, parsed, node, request, counters, stop=stop)
    first, last = days.first_and_last()
    hits = make_hits(context, found.query, found.outcome.best, request)
    return Page(
        query=parsed.text,
        parsed=unparse(node),
        match=found.match,
        corrected=_corrected(context, parsed) if request.correct and not found.outcome.total else None,
        total=found.outcome.total,
        total_is_exact=found.outcome.complete,
        took_ms=(time.perf_counter() - began) * 1000,
        revision=context.snapshot.revision,
        hits=hits,
        facets={field: counter.facet(request.facet_limit) for field, counter in facets.items()},
        offset=request.offset,
        notes=tuple(dict.fromkeys([*parsed.notes, *found.notes])),
        first=first,
        last=last,
    )


def _corrected(context: Context, parsed: ParsedQuery) -> str | None:
    from searcher.search.suggestions import correct

    return correct(context, parsed)


def facet_of(
    context: Context, parsed: ParsedQuery, field: FacetField, limit: int | None, request: Request = PLAIN
) -> Facet:
    """Count the hits of a query by one field's values."""
    request = replace(request, limit=0, offset=0)
    counter = context.facet_counter(field)
    find(context, parsed, expanded(context, parsed, request), request, [counter])
    return counter.facet(limit)
