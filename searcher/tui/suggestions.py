"""What may be asked next: questions that are sure to find something, and ways on where nothing was found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from searcher.tui.typography import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.model import Hit, Page
    from searcher.tui.request import Request

_OPERATORS = {"AND", "OR", "NOT"}


def examples(hits: tuple[Hit, ...]) -> tuple[str, ...]:
    """Make up to three queries that find some of these hits."""
    found: list[str] = []
    for hit in hits:
        long = [word for word in safe(hit.title).split() if word.isalpha() and len(word) > 4]
        if len(long) > 1:
            found.append(" ".join(long[:2]).lower())
            break
    people = [name for hit in hits for name in hit.people if " " in name]
    if people:
        found.append(f'person:"{max(people, key=people.count)}"')
    dates = [hit.date for hit in hits if hit.date is not None and hit.date.month]
    if dates:
        found.append(f"date:{str(dates[0])[:7]}")
    return tuple(found)


def ways_on(request: Request, page: Page) -> Iterator[tuple[str, str, Request]]:
    """Give wider questions than one that found nothing: how each is said, why, and the question."""
    if page.corrected:
        yield f"Search for {page.corrected}", "spelling", replace(request, text=page.corrected, filters=())
    for item in request.filters:
        yield f"Without “{item.label}”", "filter", request.without(item)
    words = request.text.split()
    if len(words) > 1 and all(word.isalnum() for word in words) and not _OPERATORS & set(words):
        any_of_them = " OR ".join(words)
        yield "Any of the words", any_of_them, request.with_text(any_of_them)
