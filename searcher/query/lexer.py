"""Which pieces is a query made of? Atoms, fields, dates, operators, parentheses, each with its place.

The grammar is written down in `grammar.md`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searcher.query.atoms import MOST_WORDS_APART, QUOTED, REGEX, AtomReader, Piece, PieceKind
from searcher.query.fields import Field, Kind, all_fields, find_field, suggestion
from searcher.query.tree import Nothing, Word, disjunction
from searcher.query.words import holds_word

if TYPE_CHECKING:
    from datetime import date

LONGEST_QUERY = 50_000
MOST_PARTS = 2_000  # plain words not counted: a pasted text is a query
DEEPEST = 40

_SPACE = re.compile(r"\s+")
_OPERATOR = re.compile(r"(AND|OR|NOT|NEAR|ADJ|&&|\|\|)(?:(?<=[RJ])/(\d{1,9}))?(?=[\s()]|$)")
_OPERATORS: dict[str, PieceKind] = {"AND": "and", "&&": "and", "OR": "or", "||": "or", "NOT": "not"}
_SIGN = re.compile(r"[-+](?=[^\s\-+)>])")
_FIELD = re.compile(
    r"([A-Za-z][A-Za-z_]{0,30}):(?=[^\s:)])(?:(?=\*(?:[\s)]|$)|\.\.)|(?!//|\\|[-+.,;!?)'*|&%$]*(?:\s|$)))",
)
_VALUELESS = re.compile(r"([a-z_]{1,30}):(?=\s|$)")
_VALUE = re.compile(r'"[^"]*"|\([^()]*\)|[^\s)]*')
_DAYS = re.compile(r"[\[{][^\]}]*[\]}]|[^\s()\"]+")


class Lexer(AtomReader):
    """Takes one query to pieces.

    Args:
        text: the query.
        today: what relative dates count from.
        lenient: take what is open for closed and what is wrong for words; raise nothing.
    """

    def __init__(self, text: str, *, today: date, lenient: bool = False) -> None:
        super().__init__(text, lenient=lenient)
        self.today = today
        # The field that holds inside each open parenthesis; the last is that of here.
        self.fields: list[Field | None] = [None]

    def read(self) -> list[Piece]:
        """Give the pieces in order; parentheses come in pairs."""
        if len(self.text) > LONGEST_QUERY:
            self.wrong(
                f"the query is longer than {LONGEST_QUERY:,} characters",
                "search for a part of it",
                (LONGEST_QUERY, LONGEST_QUERY),
            )
            self.text = self.text[:LONGEST_QUERY]
        at = parts = 0
        while True:
            if space := _SPACE.match(self.text, at):
                at = space.end()
            if at >= len(self.text):
                break
            known = len(self.pieces)
            at = self._read_piece(at)
            parts += sum(not isinstance(piece.node, Word) for piece in self.pieces[known:])
            if parts > MOST_PARTS:
                self.wrong(f"the query has more than {MOST_PARTS:,} parts", "search for a part of it", (at, at))
                break
        while self.opened:
            start = self.opened.pop()
            self.wrong(
                "this parenthesis is not closed", "write ) where the group ends, or leave ( out", (start, start + 1)
            )
            self.add(")", len(self.text), len(self.text))
        return self.pieces

    # --- pieces -------------------------------------------------------------------------------------------------------

    def _read_piece(self, at: int) -> int:
        sign = self.text[at]
        if sign == "(":
            return self._open(at, at + 1, self.fields[-1])
        if sign == ")":
            return self._close(at)
        field = self.fields[-1]
        if field is not None and field.kind is Kind.DAYS:
            if operator := _OPERATOR.match(self.text, at):
                return self._operator(operator)
            return self._days(field, at, at)
        if at == 0 or self.text[at - 1] in "(-+" or self.text[at - 1].isspace():
            end = self._syntax(at, field)
            if end:
                return end
        return self.atom(at, field)

    def _syntax(self, at: int, field: Field | None) -> int:
        """Read what counts only where a word may begin: an operator, a sign, a field; 0 when there is none."""
        if operator := _OPERATOR.match(self.text, at):
            return self._operator(operator)
        if _SIGN.match(self.text, at) and (self.text[at + 1] in '("“„«' or holds_word(self._chunk(at))):
            return self.add("not" if self.text[at] == "-" else "must", at, at + 1)
        if (field is None or field.kind is not Kind.EXACT) and (named := _FIELD.match(self.text, at)):
            return self._field(named)
        if valueless := _VALUELESS.match(self.text, at):
            return self._valueless(valueless)
        return 0

    def _open(self, start: int, end: int, field: Field | None) -> int:
        if len(self.opened) >= DEEPEST:
            self.wrong(f"parentheses are nested more than {DEEPEST} deep", "write fewer", (start, end))
            return end
        self.opened.append(end - 1)
        self.fields.append(field)
        return self.add("(", start, end)

    def _close(self, at: int) -> int:
        if not self.opened:
            return at + 1  # `1)` and `:-)` are no syntax
        self.opened.pop()
        self.fields.pop()
        return self.boost(self.add(")", at, at + 1))

    def _operator(self, found: re.Match[str]) -> int:
        start, end, name = found.start(), found.end(), found[1]
        if name in _OPERATORS:
            return self.add(_OPERATORS[name], start, end)
        distance = int(found[2]) if found[2] else 10
        if not 1 <= distance <= MOST_WORDS_APART:
            self.wrong(f"{name} counts 1 to {MOST_WORDS_APART:,} words", f"write {name}/5", (start, end))
            distance = max(1, min(distance, MOST_WORDS_APART))
        self.pieces.append(Piece("near", start, end, factor=distance, ordered=name == "ADJ"))
        return end

    def _chunk(self, at: int) -> str:
        """Give what stands before the next white space."""
        space = _SPACE.search(self.text, at)
        return self.text[at : space.start() if space else len(self.text)]

    # --- fields -------------------------------------------------------------------------------------------------------

    def _field(self, found: re.Match[str]) -> int:
        """Read a field and its value; 0 when it turns out to be words."""
        spelling = found[1]
        field = find_field(spelling)
        start, at = found.start(), found.end()
        if field is None:
            value = next(_VALUE.finditer(self.text, at))[0][:40]
            words = value.strip('"()')
            meant = suggestion(spelling, value)
            self.wrong(
                f"there is no field {spelling}:",
                f"write {meant}"
                if meant
                else f'write "{spelling}:{words}" to search for the words; fields are {all_fields()}',
                (start, at),
            )
            return 0
        if self.fields[-1] is not None:
            self.wrong(
                f"{field.written}: cannot stand inside {self.fields[-1].written}:( )",
                "close the parenthesis before it",
                (start, at),
            )
            return 0
        if self.text[at] in "-+" and self.text[at + 1 : at + 2].isalnum() and field.kind is not Kind.EXACT:
            self.wrong(
                f"a sign after {field.written}: has no meaning",
                f"write {self.text[at]}{field.written}:{self._chunk(at)[1:40]}",
                (at, at + 1),
            )
        if field.kind is Kind.DAYS:
            if self.text[at] == "(":
                return self._open(start, at + 1, field)
            return self._days(field, start, at)
        self.pieces.append(Piece("field", start, at, field=field))
        if self.text[at] == "(":
            return self._open(at, at + 1, field)
        return self._names(field, at) if field.kind is Kind.NAMES else self.atom(at, field)

    def _valueless(self, found: re.Match[str]) -> int:
        """Read `title:` with nothing right behind it, which is a word; 0 unless it is left out."""
        field = find_field(found[1])
        if field is None:
            return 0
        if self.lenient and found.end() == len(self.text):
            self.left_out = True
            return found.end()
        self.notes.append(
            f"{found[1]}: with nothing right behind it is a word; write {field.written}:value for the field"
        )
        return 0

    def _names(self, field: Field, at: int) -> int:
        """Read `a/b/"c d"` as either; one name stands for itself."""
        if REGEX.match(self.text, at):
            return self.atom(at, field)
        before = len(self.pieces)
        end = self.atom(at, field, stop="/")
        while self.text[end : end + 1] == "/" and self.text[end + 1 : end + 2].strip():
            if len(self.pieces) > MOST_PARTS:
                self.wrong(f"there are more than {MOST_PARTS:,} names", "search for some of them", (at, end))
                break
            end = self.atom(end + 1, field, stop="/")
        boosts = [piece for piece in self.pieces[before:] if piece.kind == "boost"]
        nodes = [piece.node for piece in self.pieces[before:] if piece.node is not None]
        names = [node for node in nodes if not isinstance(node, Nothing)] or nodes[:1]
        del self.pieces[before:]
        self.add("node", at, end, disjunction(names, (at, end)) if names else Nothing((at, end)))
        self.pieces += boosts[-1:]
        return end

    def _days(self, field: Field, start: int, at: int) -> int:
        """Read the value of a date field; a wrong one is left out when lenient."""
        from searcher.query.dates import DateProblem
        from searcher.query.days import longer_date, read_value

        if self.text[at] == '"':
            quoted = QUOTED.match(self.text, at)
            if quoted is None:
                self.wrong("this quote is not closed", 'write " where the date ends', (at, at + 1))
            end = quoted.end() if quoted else len(self.text)
            value = self.text[at + 1 : end - 1 if quoted else end]
        else:
            found = _DAYS.match(self.text, at)
            if found is None:
                return at + 1
            end = found.end() if found[0][0] in "[{" else found.start() + len(found[0].rstrip(",;!?"))
            end = max(end, at + 1)
            value = self.text[at:end]
            value, end = longer_date(self.text, value, end, self.today)
        try:
            node = read_value(field, value, self.today, (start, end))
        except DateProblem as problem:
            self.wrong(problem.message, problem.hint and _hint_for(field, problem.hint), (at, end))
            return end
        return self.add("node", start, end, node)


def _hint_for(field: Field, hint: str) -> str:
    return re.sub(r"^write (?!it\b|a\b)", f"write {field.written}:", hint)
