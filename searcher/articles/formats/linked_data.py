"""JSON-LD in a page: what schema.org's Article says of the article it stands beside."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

_ARTICLE = re.compile(r"(?:article|posting|newsstory|report|review)$", re.IGNORECASE)
_COMMENT = re.compile(r"^\s*(?://\s*)?<!\[CDATA\[|(?://\s*)?\]\]>\s*;?\s*$|^\s*<!--|-->\s*$|;\s*$")
_DEEPEST = 12
_MOST_NODES = 5000


def article_node(page: HtmlElement) -> Mapping[str, Any]:
    """Give the page's Article, the fullest if there are several, its references resolved; empty without one."""
    nodes = [node for script in page.iter("script") if _is_linked_data(script) for node in _nodes(script)]
    named = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = [
        node
        for node in nodes
        if any(_ARTICLE.search(kind) for kind in kinds(node))
        and "headline" in node | {"headline": node.get("name", 0) or 0}
    ]
    if not articles:
        return {}
    best = max(
        articles,
        key=lambda node: (bool(node.get("datePublished")), bool(node.get("headline")), bool(node.get("author"))),
    )
    return {key: _resolved(value, named) for key, value in best.items()}


def kinds(node: Mapping[str, Any]) -> list[str]:
    """The types of a node."""
    kind = node.get("@type", "")
    return [str(one) for one in kind] if isinstance(kind, list) else [str(kind)]


def names(value: Any, depth: int = 0) -> list[str]:
    """The names in a value that may be a text, a node with a `name`, or a list of such."""
    if depth > _DEEPEST:
        return []
    if isinstance(value, str):
        return [html.unescape(value)] if value.strip() else []
    if isinstance(value, list):
        return [name for part in value for name in names(part, depth + 1)]
    if isinstance(value, dict):
        parts = (value.get("givenName"), value.get("familyName"))
        whole = " ".join(part for part in parts if isinstance(part, str) and part.strip())
        return names(value.get("name") or value.get("@value") or whole, depth + 1)
    return []


def _is_linked_data(script: HtmlElement) -> bool:
    return "ld+json" in (script.get("type") or "").lower()


def _nodes(script: HtmlElement) -> Iterator[dict[str, Any]]:
    content = _COMMENT.sub("", (script.text or "").strip())
    try:
        value = json.loads(content, strict=False)
    except (ValueError, RecursionError):
        try:
            value = json.loads(html.unescape(content).replace("\n", " "), strict=False)
        except (ValueError, RecursionError):
            return
    open_values: list[tuple[Any, int]] = [(value, 0)]
    count = 0
    while open_values and count < _MOST_NODES:
        value, depth = open_values.pop(0)
        count += 1
        if isinstance(value, list):
            open_values.extend((part, depth + 1) for part in value)
        elif isinstance(value, dict):
            yield value
            if depth < _DEEPEST:
                open_values.extend((part, depth + 1) for part in value.values() if isinstance(part, dict | list))


def _resolved(value: Any, named: Mapping[str, Any]) -> Any:
    """A value, or what it refers to elsewhere in the page."""
    if isinstance(value, list):
        return [_resolved(part, named) for part in value]
    if isinstance(value, dict) and "name" not in value and value.get("@id") in named:
        return named[value["@id"]]
    return value
