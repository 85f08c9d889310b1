"""How is a tree written in the query language? So that reading it again gives the same tree, on any day.

Dates are written absolutely, operators spelt out, parentheses only where they are needed; a word that would read as
syntax stands in quotes.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache

from searcher.errors import QueryError
from searcher.query import tree
from searcher.query.fields import field_named
from searcher.query.lexer import Lexer

_OR, _AND, _NOT, _NEAR, _WEIGHED, _ATOM = range(6)
_ANY_DAY = date(2000, 1, 1)


def unparse(node: tree.Node) -> str:
    """Write a tree in the query language: `parse(unparse(node)).tree == node` for every tree that `parse` makes."""
    return _write(node, _OR, "")


def _write(node: tree.Node, binding: int, field: str) -> str:
    """Write a node where only what binds at least so tightly may stand without parentheses, within a field or `""`."""
    text, tightness = _text(node, field)
    return text if tightness >= binding else f"({text})"


def _text(node: tree.Node, field: str) -> tuple[str, int]:
    match node:
        case tree.Or(parts=parts):
            return " OR ".join(_write(part, _NOT, field) for part in parts), _OR
        case tree.And(parts=parts):
            return " AND ".join(_write(part, _NOT, field) for part in parts), _AND
        case tree.Not(node=tree.Undated()):
            return "date:known", _WEIGHED
        case tree.Not(node=inner):
            return "NOT " + _write(inner, _NOT, field), _NOT
        case tree.Near(operands=operands, distance=distance, ordered=ordered):
            operator = f" {'ADJ' if ordered else 'NEAR'}/{distance} "
            return operator.join(_write(operand, _ATOM, field) for operand in operands), _NEAR
        case tree.Boost(node=inner, factor=factor):
            return f"{_weighed(inner, field)}^{_decimal(factor)}", _WEIGHED
        case tree.In(field=name, node=inner):
            return f"{field_named(name).written}:{_write(inner, _ATOM, name)}", _ATOM
        case tree.DateRange() | tree.Undated():
            return _atom(node, field), _WEIGHED
        case _:
            return _atom(node, field), _ATOM


def _weighed(inner: tree.Node, field: str) -> str:
    """Write what a weight follows: a word that reads otherwise with one (`10^6` is a word) stands in quotes."""
    match inner:
        case tree.Word(text=text) if text.isdigit() or not text.isalnum():
            return _quoted(text)
        case tree.Exact(text=text) if text.isdigit():
            return "=" + _quoted(text)
        case _:
            return _write(inner, _ATOM, field)


def _decimal(factor: float) -> str:
    return f"{factor:.4f}".rstrip("0").rstrip(".")


def _atom(node: tree.Node, field: str) -> str:
    match node:
        case tree.Word(text=text):
            return _bare_or_quoted(text, node, field)
        case tree.Phrase(text=text):
            return _quoted(text)
        case tree.Exact(text=text):
            return "=" + (text if _reads_as(f"={text}", tree.Exact(text), field) else _quoted(text))
        case tree.Wildcard(pattern=pattern):
            return pattern if _reads_as(pattern, tree.Wildcard(pattern), field) else _quoted(pattern)
        case tree.Regex(pattern=pattern):
            return f"/{pattern}/"
        case tree.Fuzzy(text=text, distance=distance):
            slack = "~" if distance == 1 else f"~{distance}"
            return (
                text + slack
                if _reads_as(text + slack, tree.Fuzzy(text, distance), field)
                else f"{_quoted(text)}~{distance}"
            )
        case tree.DateRange(field=name, first=first, last=last):
            return f"{name}:{_days(first, last)}"
        case tree.Undated():
            return "date:unknown"
        case tree.Nothing():
            return '""'
        case _:
            return "*"


def _bare_or_quoted(text: str, node: tree.Node, field: str) -> str:
    return text if _reads_as(text, node, field) else _quoted(text)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


@lru_cache(maxsize=4096)
def _reads_as(text: str, node: tree.Node, field: str) -> bool:
    """Say whether a text, standing in a query or a field's value, is read as just this node."""
    if text.isascii() and text.isalpha() and text.islower() and isinstance(node, tree.Word):
        return True
    written = f"{field_named(field).written}:" if field else ""
    try:  # alone, and as one of a group
        pieces = Lexer(f"{written}{text} {written}({text})", today=_ANY_DAY).read()
    except QueryError:
        return False
    return [piece.node for piece in pieces if piece.kind not in {"field", "(", ")"}] == [node, node]


def _days(first: date | None, last: date | None) -> str:
    if first is None and last is None:
        return "*"
    if first is not None and last is not None:
        if first == last:
            return first.isoformat()
        if first.year == last.year and first.day == 1:
            if (first.month, last.month, last.day) == (1, 12, 31):
                return f"{first.year:04}"
            if first.month == last.month and last.day == monthrange(last.year, last.month)[1]:
                return f"{first.year:04}-{first.month:02}"
    return f"{first or ''}..{last or ''}"
