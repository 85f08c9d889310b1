"""What to look for when too few articles have all of the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.query.tree import And, DateRange, Everything, In, Not, Nothing, Undated, conjunction, disjunction

if TYPE_CHECKING:
    from searcher.query.tree import Node


def relax(node: Node) -> Node | None:
    """Give what asks for any of the words, under the same conditions; None: there is nothing to relax."""
    if not isinstance(node, And) or not node.implicit:
        return None
    words = [part for part in node.parts if not _is_condition(part)]
    conditions = [part for part in node.parts if _is_condition(part)]
    return conjunction([disjunction(words), *conditions]) if len(words) > 1 else None


def _is_condition(node: Node) -> bool:
    """Tell whether a part restricts where to look rather than what to look for."""
    if isinstance(node, In):
        return node.field not in {"title", "body"}
    return isinstance(node, (Not, DateRange, Undated, Everything, Nothing))
