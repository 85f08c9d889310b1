"""What could stand at the cursor? Names of fields, then words and names of the archive."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searcher.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from searcher.search.context import Context

MOST = 10
_SHORTEST = 2
_RARER = 10
"""A word that is there as typed is taken for whole: one so many times rarer is no likelier to be meant."""
_LAST = re.compile(r"(?P<field>[a-z]+):(?P<value>\"[^\"]*|[^\s\"()]*)$|(?P<word>[^\s\"()]+)$")
_FIELDS = tuple(f"{name}:" for name in "title source person author date mentions after before lang path url id".split())


def complete(context: Context, text: str, cursor: int) -> list[str]:
    """Give what may take the place of `text[:cursor]`, the likeliest first."""
    before = text[:cursor]
    found = _LAST.search(before)
    if found is None:
        return []
    if found["field"]:
        typed = found["value"].lstrip('"')
        head = f"{before[: found.start()]}{found['field']}:"
        return [head + _quoted(value) for value in _values(context, found["field"], typed)]
    word = found["word"].lstrip("-+=")
    head = before[: len(before) - len(word)]
    fields = [field for field in _FIELDS if field.startswith(word.lower())]
    return [head + completion for completion in [*fields, *_words(context, word)][:MOST]]


def _values(context: Context, field: str, typed: str) -> list[str]:
    match field:
        case "source":
            return _beginning(context.source_names, typed)
        case "person":
            return _beginning(context.person_names, typed)
        case "lang" | "language":
            return _beginning(context.languages, typed)
        case "title":
            return _words(context, typed)
        case _:
            return []


def _beginning(values: Iterable[str], typed: str) -> list[str]:
    """List the values one of whose words begins as typed, those that begin so themselves first."""
    start = fold(typed)
    found = [(not fold(value).startswith(start), value) for value in values if f" {start}" in f" {fold(value)}"]
    return [value for _, value in sorted(found)][:MOST]


def _words(context: Context, typed: str) -> list[str]:
    """List the commonest words that begin as typed."""
    start = fold(typed)
    if len(start) < _SHORTEST or not start.isalpha():
        return []
    totals: dict[str, int] = {}
    for form, count in context.lexicon.wildcard(start + "*"):
        folded = fold(form)
        if folded.isalpha():
            totals[folded] = totals.get(folded, 0) + count
    as_typed = totals.pop(start, 0)
    common = [word for word, total in totals.items() if total * _RARER > as_typed]
    return sorted(common, key=lambda word: (-totals[word], word))[:MOST]


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value
