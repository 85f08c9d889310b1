"""Fields that hold values rather than a text: which of the archive's values does a query mean?"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from whoosh import query

from searcher.articles.facts import names, outlets
from searcher.model import PartialDate
from searcher.query import tree
from searcher.search.engine.compounds import InARow
from searcher.search.engine.filters import AnyValue, Unscored
from searcher.search.engine.occurrences import AnyTerm
from searcher.search.words.edits import are_near
from searcher.text.analysis import query_terms
from searcher.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from searcher.search.context import Context

_NOT_WORD = re.compile(r"[\W_]+")


def with_value(context: Context, field: str, node: tree.Node) -> query.Query:
    """Find the articles that have a value in `source`, `person`, `language`, `path`, `url` or `id`.

    An article has the `id` that is shown and, if its record came with one, that as well.
    """
    if isinstance(node, tree.Everything):
        return AnyValue(field, _terms(context.values(field)))
    match field:
        case "source":
            return AnyValue(field, _terms(outlets.key(name) for name in _sources(context, node)))
        case "person":
            return AnyValue(field, _terms(_people(context, node)))
        case "language":
            return AnyValue(field, _terms(_languages(context, node)))
        case "id":
            ids = (AnyValue(name, _terms(_whole_values(context, name, node))) for name in ("id", "record_id"))
            return query.Or(list(ids))
        case _:
            return AnyValue(field, _terms(_whole_values(context, field, node)))


def author_words(context: Context, node: tree.Node, readings: Sequence[str | None]) -> Unscored | AnyValue:
    """Find the articles whose byline has some words in a row."""
    if isinstance(node, (tree.Wildcard, tree.Regex, tree.Fuzzy)):
        return AnyValue("author", _terms(filter(_test(node), context.values("author"))))
    asked = query_terms(_text(node), readings)
    parts = tuple(AnyTerm(tuple(("author", stem.encode()) for stem in term.stems)) for term in asked)
    offsets = tuple(term.position - asked[0].position for term in asked)
    return (
        Unscored(parts[0] if len(parts) == 1 else InARow(parts, offsets)) if parts else AnyValue("author", _terms([]))
    )


def mentioned(context: Context, first: date | None, last: date | None) -> AnyValue:
    """Find the articles that speak of a day, a month or a year which lies within a range."""
    found = []
    for value in context.values("mentions"):
        day = PartialDate.parse(value)
        if (first is None or day.first >= first) and (last is None or day.last <= last):
            found.append(value)
    return AnyValue("mentions", _terms(found))


def _sources(context: Context, node: tree.Node) -> list[str]:
    """Give the sources that are called so, or have these words in a row in their names."""
    sources = context.source_names
    if isinstance(node, (tree.Wildcard, tree.Regex, tree.Fuzzy)):
        test = _test(node)
        return [name for name in sources if test(fold(name))]
    text = _text(node)
    same = [name for name in sources if outlets.key(name) == outlets.key(text)]
    wanted = _words(text)
    return same or [name for name in sources if wanted and f" {wanted} " in f" {_words(name)} "]


def _people(context: Context, node: tree.Node) -> set[str]:
    """Give the terms of the humans who are called so."""
    if isinstance(node, (tree.Wildcard, tree.Regex, tree.Fuzzy)):
        test = _test(node)
        keys = [key for key in context.values("person") if test(key) or any(map(test, key.split()))]
        return {other for key in keys for other in context.person_keys(key)} | set(keys)
    return set(context.person_keys(names.key(_text(node)) or _text(node)))


def _languages(context: Context, node: tree.Node) -> list[str]:
    if isinstance(node, (tree.Wildcard, tree.Regex, tree.Fuzzy)):
        return list(filter(_test(node), context.values("language")))
    return [fold(_text(node))]


def _whole_values(context: Context, field: str, node: tree.Node) -> Iterable[str]:
    """Give paths, addresses or ids: by a pattern over the whole, or by a part that one would name."""
    if field in {"id", "record_id"} and not isinstance(node, (tree.Wildcard, tree.Regex)):
        return [_text(node)]
    values = context.values(field)
    if isinstance(node, tree.Wildcard):
        pattern = _stored(context, node.pattern) if field == "path" else node.pattern
        # A path is named from any folder on, as a person sees it from where she stands.
        before = "(?:.*/)?" if field == "path" and not pattern.startswith("/") else ""
        matches = re.compile(before + _glob(pattern), re.DOTALL).fullmatch
        return (value for value in values if matches(value))
    if isinstance(node, (tree.Regex, tree.Fuzzy)):
        return filter(_test(node), values)
    text = _text(node)
    if field == "path":
        part = f"/{_stored(context, text).strip('/').replace('#', '/')}/"
        return (value for value in values if part in f"/{value}/".replace("#", "/"))
    return (value for value in values if text.casefold() in value.casefold())


def _stored(context: Context, path: str) -> str:
    """Give a path as the archive stores it, where it is given in full or as hits show it here."""
    root = context.shown_path("")
    return path.removeprefix(f"{os.path.abspath(root)}/").removeprefix(f"{root}/")  # noqa: PTH100 links stay


def _test(node: tree.Node) -> Callable[[str], Any]:
    """Give what tells whether a folded value is meant by a pattern."""
    match node:
        case tree.Wildcard(pattern=pattern):
            return re.compile(_glob(fold(pattern)), re.DOTALL).fullmatch
        case tree.Regex(pattern=pattern):
            from searcher.query.patterns import compile_regex

            return compile_regex(pattern).fullmatch
        case tree.Fuzzy(text=text, distance=distance):
            return lambda value: are_near(fold(value), fold(text), distance)
    raise TypeError(node)


def _glob(pattern: str) -> str:
    return "".join(".*" if part == "*" else "." if part == "?" else re.escape(part) for part in pattern)


def _words(text: str) -> str:
    return " ".join(_NOT_WORD.sub(" ", fold(text)).split())


def _text(node: tree.Node) -> str:
    if isinstance(node, (tree.Word, tree.Phrase, tree.Exact, tree.Fuzzy)):
        return node.text
    raise TypeError(node)


def _terms(values: Iterable[str]) -> frozenset[bytes]:
    return frozenset(value.encode() for value in values)
