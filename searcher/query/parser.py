"""How is a query read? From the pieces that the lexer found, by the precedence that `grammar.md` writes down.

OR binds weakest, then AND and words side by side, then NOT, then NEAR and ADJ. Only upper-case operators are
operators. With `match="any"`, words side by side mean OR, while filters (dates, names, paths, NOT, +) still hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from searcher.query import tree
from searcher.query.fields import Kind, field_named
from searcher.query.lexer import DEEPEST, Lexer
from searcher.query.tree import conjunction, disjunction

if TYPE_CHECKING:
    from datetime import date

    from searcher.model import Match, Span
    from searcher.query.atoms import Piece


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query as understood.

    Attributes:
        text: as typed.
        match: how words side by side are joined: `all`; `any`; `auto` is parsed as `all`, and the search relaxes it.
        notes: what a person might want to know about the reading, a line each.
    """

    text: str
    tree: tree.Node
    match: Match
    notes: tuple[str, ...] = ()


def parse(text: str, *, today: date, match: Match = "all", lenient: bool = False) -> ParsedQuery:
    """Read a query.

    Args:
        text: as typed; any text at all.
        today: what relative dates count from.
        match: how words side by side are joined.
        lenient: for a query still being typed: take what is open for closed, leave out what is wrong, never raise.

    Raises:
        QueryError: where and why it cannot be read, and what to write instead.
    """
    lexer = Lexer(text, today=today, lenient=lenient)
    node = _Parser(lexer, match).read()
    if node is None or isinstance(node, tree.Nothing):
        whole = (0, len(text))
        node = tree.Nothing(whole) if text.strip() and not lexer.left_out else tree.Everything(whole)
    return ParsedQuery(text, node, match, tuple(lexer.notes))


@dataclass(slots=True)
class _Part:
    """One operand of a run: its node, whether a + stands before it, whether an AND does."""

    node: tree.Node
    required: bool = False
    joined: bool = False


class _Parser:
    def __init__(self, lexer: Lexer, match: Match) -> None:
        self.lexer = lexer
        self.any = match == "any"
        self.pieces = lexer.read()
        self.at = 0

    def read(self) -> tree.Node | None:
        return self._either()

    # --- errors -------------------------------------------------------------------------------------------------------

    def _wrong(self, message: str, hint: str, span: Span) -> None:
        if not self.lexer.lenient:
            self.lexer.fail(message, hint, span)
        self.lexer.left_out = True

    def _stray(self, piece: Piece, side: str) -> None:
        word = self.lexer.text[piece.start : piece.end]
        self._wrong(
            f"{word} has nothing {side} it",
            f'put a word {side} it, or write "{word}" in quotes to search for the word',
            (piece.start, piece.end),
        )

    # --- the grammar --------------------------------------------------------------------------------------------------

    def _peek(self) -> Piece | None:
        return self.pieces[self.at] if self.at < len(self.pieces) else None

    def _either(self) -> tree.Node | None:
        """Read `run OR run …` up to a closing parenthesis or the end."""
        parts: list[tree.Node] = []
        operator: Piece | None = None
        while True:
            part = self._run()
            if part is not None:
                parts.append(part)
            elif operator is not None:
                self._stray(operator, "after")
            piece = self._peek()
            if piece is None or piece.kind != "or":
                break
            if part is None and operator is None:
                self._stray(piece, "before")
            operator = piece
            self.at += 1
        if not parts:
            return None
        some = _something(parts)
        return disjunction(_without_everything(some) if self.any else some, _over(parts))

    def _run(self) -> tree.Node | None:
        """Read operands side by side or joined by AND."""
        parts: list[_Part] = []
        operator: Piece | None = None
        while (piece := self._peek()) is not None and piece.kind not in {")", "or"}:
            if piece.kind == "and":
                if not parts or operator is not None:
                    self._stray(piece, "before")
                else:
                    operator = piece
                self.at += 1
                continue
            part = self._operand()
            if part is not None:
                part.joined = operator is not None
                parts.append(part)
                operator = None
        if operator is not None:
            self._stray(operator, "after")
        if not parts:
            return None
        some = [part for part in parts if not isinstance(part.node, tree.Nothing)]
        if not some:
            return parts[0].node
        return _any_of(some) if self.any else _all_of(some)

    def _operand(self) -> _Part | None:
        """Read signs and NOTs, then what they stand before."""
        negations: list[Piece] = []
        required = False
        while (piece := self._peek()) is not None and piece.kind in {"not", "must"}:
            if piece.kind == "not":
                negations.append(piece)
            else:
                required = True
            self.at += 1
        node = self._near()
        if node is None:
            if negations:
                self._stray(negations[-1], "after")
            return None
        if isinstance(node, tree.Nothing):
            return _Part(node)
        if len(negations) > DEEPEST:
            first = negations[0]
            self._wrong(f"NOT stands more than {DEEPEST} times in a row", "write fewer", (first.start, first.end))
            del negations[DEEPEST - len(negations) % 2 :]
        for negation in reversed(negations):
            node = tree.Not(node, (negation.start, node.span[1]))
        return _Part(node, required)

    def _near(self) -> tree.Node | None:
        """Read `a NEAR/5 b …`; equal operators in a row make one node."""
        node = self._boosted()
        chain: list[tree.Node] = []
        last: Piece | None = None
        links = 0
        while (piece := self._peek()) is not None and piece.kind == "near":
            right = self._right_operand()
            if node is None or right is None:
                self._stray(piece, "before" if node is None else "after")
                node = right if node is None else node
                continue
            if isinstance(node, tree.Nothing) or isinstance(right, tree.Nothing):
                node = right if isinstance(node, tree.Nothing) else node
                continue
            links += 1
            if links > DEEPEST:
                span = (piece.start, piece.end)
                self._wrong(f"NEAR and ADJ stand more than {DEEPEST} times in a row", "write fewer", span)
                continue
            if not (self._has_places(node, piece) and self._has_places(right, piece)):
                node, last = conjunction(_without_everything([node, right]), _over([node, right])), None
                continue
            if last is None or (piece.factor, piece.ordered) != (last.factor, last.ordered):
                chain, last = [node], piece
            chain.append(right)
            node = _nearness(chain, piece)
        return node

    def _right_operand(self) -> tree.Node | None:
        self.at += 1
        following = self._peek()
        if following is not None and following.kind in {"not", "must"}:
            self._wrong("NOT cannot stand in NEAR or ADJ", "write (a NEAR/5 b) NOT c", (following.start, following.end))
            self.at += 1
        return self._boosted()

    def _has_places(self, node: tree.Node, operator: Piece) -> bool:
        """Say whether a node can be near another; when it cannot, that is wrong."""
        if _has_places(node):
            return True
        name = self.lexer.text[operator.start : operator.end]
        hint = {tree.In: f"write title:(a {name} b)", tree.Boost: f"write (a {name} b)^2"}
        self._wrong(
            f"{name} stands between words, phrases or groups of alternatives",
            hint.get(type(node), f"write a {name} (b OR c)"),
            node.span,
        )
        return False

    def _boosted(self) -> tree.Node | None:
        node = self._single()
        while (piece := self._peek()) is not None and piece.kind == "boost":
            self.at += 1
            if node is not None and not isinstance(node, tree.Nothing):
                node = tree.Boost(node, piece.factor, (node.span[0], piece.end))
        return node

    def _single(self) -> tree.Node | None:
        piece = self._peek()
        if piece is None:
            return None
        if piece.kind == "node":
            self.at += 1
            return piece.node
        if piece.kind == "field":
            self.at += 1
            node = self._single()
            if node is None or piece.field is None or isinstance(node, tree.Nothing):
                return node
            return tree.In(piece.field.name, node, (piece.start, self.pieces[self.at - 1].end))
        if piece.kind == "(":
            self.at += 1
            node = self._either()
            self.at += 1  # the lexer closes every parenthesis
            return tree.Nothing((piece.start, piece.end)) if node is None else node
        return None


# --- joining --------------------------------------------------------------------------------------------------------


def _over(nodes: list[tree.Node]) -> Span:
    return nodes[0].span[0], nodes[-1].span[1]


def _nearness(chain: list[tree.Node], operator: Piece) -> tree.Node:
    distance = int(operator.factor)
    if not operator.ordered:
        distance = max(distance, len(chain) - 1)
    return tree.Near(tuple(chain), distance, operator.ordered, _over(chain))


def _has_places(node: tree.Node) -> bool:
    match node:
        case tree.Word() | tree.Phrase() | tree.Exact() | tree.Wildcard() | tree.Regex() | tree.Fuzzy() | tree.Near():
            return True
        case tree.Or(parts=parts):
            return all(map(_has_places, parts))
        case _:
            return False


def _all_of(parts: list[_Part]) -> tree.Node:
    nodes = [part.node for part in parts]
    implicit = len(parts) > 1 and not any(part.joined for part in parts)
    return conjunction(_without_everything(_merged(parts)), _over(nodes), implicit=implicit)


def _merged(parts: list[_Part]) -> list[tree.Node]:
    """Read a field that has one value at most, given again side by side, as either: `source:ap source:reuters`."""
    merged: list[tree.Node] = []
    places: dict[str, int] = {}
    for number, part in enumerate(parts):
        node = part.node
        explicit = part.joined or (number + 1 < len(parts) and parts[number + 1].joined)
        if isinstance(node, tree.In) and not explicit and not part.required and field_named(node.field).single:
            if node.field in places:
                place = places[node.field]
                merged[place] = disjunction([merged[place], node], (merged[place].span[0], node.span[1]))
                continue
            places[node.field] = len(merged)
        merged.append(node)
    return merged


def _any_of(parts: list[_Part]) -> tree.Node:
    """Join side by side by OR, AND binding tighter; filters and what a + stands before hold in any case."""
    groups: list[list[_Part]] = []
    for part in parts:
        if part.joined and groups:
            groups[-1].append(part)
        else:
            groups.append([part])
    held: list[tree.Node] = []
    wanted: list[tree.Node] = []
    optional = False
    for group in groups:
        nodes = [part.node for part in group]
        node = conjunction(_without_everything(nodes), _over(nodes))
        if _is_filter(node):
            held.append(node)
        elif any(part.required for part in group):
            held.append(node)
            wanted.append(node)
        else:
            wanted.append(node)
            optional = True
    everywhere = [part.node for part in parts]
    if optional:
        held.append(disjunction(wanted, _over(wanted)))
    merged = _merged([_Part(node) for node in held])
    return conjunction(_without_everything(merged), _over(everywhere))


def _is_filter(node: tree.Node) -> bool:
    match node:
        case tree.DateRange() | tree.Undated() | tree.Not() | tree.Everything():
            return True
        case tree.In(field=name):
            return field_named(name).kind is not Kind.TEXT
        case tree.Boost(node=inner):
            return _is_filter(inner)
        case tree.And(parts=parts) | tree.Or(parts=parts):
            return all(map(_is_filter, parts))
        case _:
            return False


def _something(nodes: list[tree.Node]) -> list[tree.Node]:
    """Leave out what holds no word, unless nothing else is there."""
    return [node for node in nodes if not isinstance(node, tree.Nothing)] or nodes[:1]


def _without_everything(nodes: list[tree.Node]) -> list[tree.Node]:
    """Leave out what every article meets, unless nothing else is asked."""
    return [node for node in nodes if not isinstance(node, tree.Everything)] or nodes[:1]
