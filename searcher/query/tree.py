"""What does a query ask for? A tree of plain values, free of any index.

Every node knows the place in the query it was read from (`span`), which plays no part in equality: two queries that
ask for the same have equal trees. The parser makes trees in one normal form, kept by `conjunction` and `disjunction`:
an `And` holds no `And`, an `Or` no `Or`, and both hold at least two parts.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from searcher.model import Span

DateField = Literal["date", "mentions"]

NOWHERE: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class Everything:
    """All articles: an empty query, or `*`."""

    span: Span = dataclasses.field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Nothing:
    """No article: a query that is not empty, yet holds no word (`—`)."""

    span: Span = dataclasses.field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed, in any form: `corridors`, `Nagorno-Karabakh`, `U.S.`, `don't`.

    It holds no white space; text analysis may still find several words in it, which then stand side by side.
    Case is folded, except in two or three capitals (`US`), and in fields that keep case (paths, ids, addresses).
    """

    text: str
    span: Span = dataclasses.field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Two or more words in a row, each in any form; separated by one space in `text`."""

    text: str
    span: Span = dataclasses.field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Exact:
    """A word or phrase with exactly this spelling and case."""

    text: str
    span: Span = dataclasses.field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A word by a pattern: `*` is any run of characters, `?` any one. Case and accents play no part.

    In `path`, `url` and `id` the whole value must match, with its case.
    """

    pattern: str
    span: Span = dataclasses.field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Regex:
    """A word by a regular expression that matches it from end to end: see `patterns.compile_regex`."""

    pattern: str
    span: Span = dataclasses.field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word within `distance` (1 or 2) insertions, deletions, replacements or swaps of neighbours."""

    text: str
    distance: int
    span: Span = dataclasses.field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Near:
    """One occurrence of each operand, all in one field and at different places, close together.

    An occurrence reaches from a first to a last position; a word's are the same. Ordered (ADJ): each operand begins
    1 to `distance` positions after the one before it ends. Unordered (NEAR, `"…"~n`): of every two, the later begins
    at most `distance` positions after the earlier ends. The parser raises `distance` to the number of operands less
    one, so that a phrase is always near itself. Operands: `Word`, `Phrase`, `Exact`, `Wildcard`, `Regex`, `Fuzzy`,
    `Near` (whose occurrence spans its operands'), and `Or` of these.
    """

    operands: tuple[Node, ...]
    distance: int
    ordered: bool
    span: Span = dataclasses.field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class In:
    """What `node` asks for, looked for in one field: see `fields.FIELDS`.

    In `title` and `body` the words are searched there; in the other fields each word, phrase or pattern is a value.
    """

    field: str
    node: Node
    span: Span = dataclasses.field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days `first` to `last`, both included; None is an open end.

    Field `date` is the publication date, `mentions` the days that the text speaks of.
    """

    field: DateField
    first: date | None
    last: date | None
    span: Span = dataclasses.field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Undated:
    """Articles whose publication date is unknown: `date:unknown`."""

    span: Span = dataclasses.field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts. `implicit`: they stood side by side without an operator (`--match auto` may relax that)."""

    parts: tuple[Node, ...]
    implicit: bool = dataclasses.field(default=False, compare=False)
    span: Span = dataclasses.field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the parts."""

    parts: tuple[Node, ...]
    span: Span = dataclasses.field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Not:
    """Articles that `node` does not match."""

    node: Node
    span: Span = dataclasses.field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Boost:
    """What `node` asks for, its score multiplied by `factor`."""

    node: Node
    factor: float
    span: Span = dataclasses.field(default=NOWHERE, compare=False, repr=False)


Node = (
    Everything
    | Nothing
    | Word
    | Phrase
    | Exact
    | Wildcard
    | Regex
    | Fuzzy
    | Near
    | In
    | DateRange
    | Undated
    | And
    | Or
    | Not
    | Boost
)


def conjunction(parts: Sequence[Node], span: Span = NOWHERE, *, implicit: bool = False) -> Node:
    """Join parts by AND: one part stands for itself, an `And` among them is taken apart."""
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, And) else (part,)
    return flat[0] if len(flat) == 1 else And(tuple(flat), implicit, span)


def disjunction(parts: Sequence[Node], span: Span = NOWHERE) -> Node:
    """Join parts by OR: one part stands for itself, an `Or` among them is taken apart."""
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, Or) else (part,)
    return flat[0] if len(flat) == 1 else Or(tuple(flat), span)


def children(node: Node) -> tuple[Node, ...]:
    """Give the nodes directly below a node."""
    match node:
        case And(parts=parts) | Or(parts=parts) | Near(operands=parts):
            return parts
        case In(node=inner) | Not(node=inner) | Boost(node=inner):
            return (inner,)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """Go over a node and all below it, in the order of the query."""
    yield node
    for child in children(node):
        yield from walk(child)
