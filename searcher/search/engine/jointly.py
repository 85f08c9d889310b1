"""Is a query best evaluated in all segments at once? One of words, phrases and filters is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whoosh import query

from searcher.search.engine.compounds import InARowExactly
from searcher.search.engine.filters import Filter, Unscored, Without
from searcher.search.engine.occurrences import AnyTerm, Occurrence
from searcher.search.engine.patterns import MOST_AT_ONCE, AnySpelling

if TYPE_CHECKING:
    from searcher.search.engine.whole import Whole


def is_joint(node: query.Query, whole: Whole) -> bool:
    """Tell whether it is."""
    if isinstance(node, AnySpelling):
        return node.cost(whole) <= MOST_AT_ONCE
    if isinstance(node, Occurrence):
        return _is_placed_jointly(node, whole)
    if isinstance(node, Filter):
        return True
    if isinstance(node, Unscored):
        return is_joint(node.child, whole)
    kind = type(node)
    if kind is query.Not:
        return is_joint(node.query, whole)
    if kind is query.And or (kind is query.Or and not node.scale and not node.minmatch):
        return all(is_joint(part, whole) for part in node.subqueries)
    if kind in (query.AndNot, Without, query.AndMaybe, query.Require):
        return is_joint(node.a, whole) and is_joint(node.b, whole)
    return kind is query.Every and node.fieldname is None


def _is_placed_jointly(node: Occurrence, whole: Whole) -> bool:
    """Tell whether an occurrence is best looked for in all segments at once."""
    if isinstance(node, AnySpelling):
        return node.is_spelled_in(whole)
    if isinstance(node, AnyTerm):
        return all(whole.joins(field) for field, _ in node.any_of)
    if isinstance(node, InARowExactly) and _is_placed_jointly(node.any_form, whole):
        return all(whole.spells(field) or whole.joins(field) for part in node.parts for field, _ in part.any_of)
    return all(_is_placed_jointly(part, whole) for part in node.parts)
