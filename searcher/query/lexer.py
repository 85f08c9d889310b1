"""Which pieces is a query made of? Words, phrases, patterns, dates, operators, parentheses, each with its place.

The grammar is written down in `grammar.md`. What looks like syntax but cannot be (`10:30`, `what?`, `:-)`, a lone dash)
is words or nothing; what can only be a mistake is a `QueryError`, or is taken for what it most likely will be when
`lenient`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple, NoReturn

from searcher.errors import QueryError
from searcher.query import tree
from searcher.query.dates import DateProblem, Days, begins_date, read_days, read_end
from searcher.query.fields import Field, Kind, all_fields, find_field, suggestion
from searcher.query.patterns import PatternProblem, compile_regex
from searcher.query.words import bare, evened, holds_word

if TYPE_CHECKING:
    from datetime import date

    from searcher.model import Span

LONGEST_QUERY = 50_000
MOST_PARTS = 2_000
DEEPEST = 40
MOST_WORDS_APART = 1_000

PieceKind = Literal["node", "(", ")", "field", "and", "or", "not", "must", "near", "boost"]


class Piece(NamedTuple):
    """One piece of a query: its kind, its place, and what it carries."""

    kind: PieceKind
    start: int
    end: int
    node: tree.Node | None = None
    field: Field | None = None
    factor: float = 0.0
    ordered: bool = False


_SPACE = re.compile(r"\s+")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_OPERATOR = re.compile(r"(AND|OR|NOT|NEAR|ADJ|&&|\|\|)(?:(?<=[RJ])/(\d{1,9}))?(?=[\s()]|$)")
_OPERATORS: dict[str, PieceKind] = {"AND": "and", "&&": "and", "OR": "or", "||": "or", "NOT": "not"}
_SIGN = re.compile(r"[-+](?=[^\s\-+)>])")
_FIELD = re.compile(
    r"([A-Za-z][A-Za-z_]{0,30}):(?=[^\s:)])(?!//|\\|[-+.,;!?)'*|&%$]*(?:\s|$))|([A-Za-z][A-Za-z_]{0,30}):(?=\*(?:[\s)]|$))"
)
_BARE = re.compile(r"[^\s()\"“”„«»]+")
_REGEX = re.compile(r"/((?:\\\S|\[(?:\\\S|[^\]\s\\])*\]|[^/\s\\])+)/(?=[\s)^]|$)")
_QUOTED = re.compile(r'"((?:\\.|[^"\\])*)"', re.DOTALL)
_QUOTES = {"“": "”", "„": "“”", "«": "»"}
_SLACK = re.compile(r"~(\d{0,9}(?:\.\d+)?)(?=[\s()^/]|$)")
_BOOST = re.compile(r"\^(\d{1,9}(?:\.\d{1,9})?)(?=[\s()]|$)")
_BOOSTED = re.compile(r"(.*[^\d^].*?)\^(\d{1,9}(?:\.\d{1,9})?)", re.DOTALL)
_FUZZY = re.compile(r"(.+?)~(\d{0,9}(?:\.\d+)?)", re.DOTALL)
_WILD = re.compile(r"[\w'’&#@.+-]\*|\*[\w#@]|\?(?=[\w*])")
_DAYS = re.compile(r"[\[{][^\]}]*[\]}]|[^\s()\"]+")
_NEXT_WORD = re.compile(r"\s+([^\s()\":]+)")


class Lexer:
    """Takes one query to pieces.

    Args:
        text: the query.
        today: what relative dates count from.
        lenient: take what is open for closed and what is wrong for words; raise nothing.
        field: the field whose value `text` is, when it is not a whole query.
    """

    def __init__(self, text: str, *, today: date, lenient: bool = False, field: Field | None = None) -> None:
        self.query = text
        self.text = text if text.isascii() and text.isprintable() else _UNSEEN.sub(" ", text)
        self.today = today
        self.lenient = lenient
        self.notes: list[str] = []
        self.pieces: list[Piece] = []
        # The field that holds inside each open parenthesis; the last is that of here.
        self.fields: list[Field | None] = [field]
        self.opened: list[int] = []

    def read(self) -> list[Piece]:
        """Give the pieces in order; parentheses come in pairs."""
        if len(self.text) > LONGEST_QUERY:
            self._wrong(
                f"the query is longer than {LONGEST_QUERY:,} characters",
                "search for a part of it",
                (LONGEST_QUERY, LONGEST_QUERY),
            )
            self.text = self.text[:LONGEST_QUERY]
        at = 0
        while True:
            if space := _SPACE.match(self.text, at):
                at = space.end()
            if at >= len(self.text):
                break
            at = self._read_piece(at)
            if len(self.pieces) > MOST_PARTS:
                self._wrong(f"the query has more than {MOST_PARTS:,} parts", "search for a part of it", (at, at))
                break
        while self.opened:
            start = self.opened.pop()
            self._wrong(
                "this parenthesis is not closed", "write ) where the group ends, or leave ( out", (start, start + 1)
            )
            self._add(")", len(self.text), len(self.text))
        return self.pieces

    # --- errors -------------------------------------------------------------------------------------------------------

    def fail(self, message: str, hint: str, span: Span) -> NoReturn:
        """Raise the error that shows this place of the query."""
        raise QueryError(message, hint, query=self.query, span=span)

    def _wrong(self, message: str, hint: str, span: Span) -> None:
        if not self.lenient:
            self.fail(message, hint, span)

    # --- pieces -------------------------------------------------------------------------------------------------------

    def _add(self, kind: PieceKind, start: int, end: int, node: tree.Node | None = None) -> int:
        self.pieces.append(Piece(kind, start, end, node))
        return end

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
        if self.text[at - 1 : at] in {"", " ", "(", "-", "+"} or self.text[at - 1].isspace():
            if operator := _OPERATOR.match(self.text, at):
                return self._operator(operator)
            if _SIGN.match(self.text, at) and holds_word(self._chunk(at)):
                return self._add("not" if sign == "-" else "must", at, at + 1)
            if (field is None or field.kind is not Kind.EXACT) and (named := _FIELD.match(self.text, at)):
                end = self._field(named)
                if end:
                    return end
        return self._atom(at, field)

    def _open(self, start: int, end: int, field: Field | None) -> int:
        if len(self.opened) >= DEEPEST:
            self._wrong(f"parentheses are nested more than {DEEPEST} deep", "write fewer", (start, end))
            return end
        self.opened.append(end - 1)
        self.fields.append(field)
        return self._add("(", start, end)

    def _close(self, at: int) -> int:
        if not self.opened:
            return at + 1  # `1)` and `:-)` are no syntax
        self.opened.pop()
        self.fields.pop()
        return self._boost(self._add(")", at, at + 1))

    def _boost(self, at: int) -> int:
        if found := _BOOST.match(self.text, at):
            self._add_boost(float(found[1]), found.start(), found.end())
            return found.end()
        return at

    def _add_boost(self, factor: float, start: int, end: int) -> None:
        factor = round(factor, 4)
        if not 0 < factor <= 1000:
            self._wrong("a weight is more than 0 and at most 1000", "write ^2 for twice as much", (start, end))
            return
        self.pieces.append(Piece("boost", start, end, factor=factor))

    def _operator(self, found: re.Match[str]) -> int:
        start, end, name = found.start(), found.end(), found[1]
        if name in _OPERATORS:
            return self._add(_OPERATORS[name], start, end)
        distance = int(found[2]) if found[2] else 10
        if not 1 <= distance <= MOST_WORDS_APART:
            self._wrong(f"{name} counts 1 to {MOST_WORDS_APART:,} words", f"write {name}/5", (start, end))
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
        spelling = found[1] or found[2]
        field = find_field(spelling)
        start, at = found.start(), found.end()
        if field is None:
            value = self._chunk(at)
            meant = suggestion(spelling, value)
            self._wrong(
                f"there is no field {spelling}:",
                f"write {meant}"
                if meant
                else f'write "{spelling}:{value}" to search for the words; fields are {all_fields()}',
                (start, at),
            )
            return 0
        if self.fields[-1] is not None:
            self._wrong(
                f"{field.written}: cannot stand inside {self.fields[-1].written}:( )",
                "close the parenthesis before it",
                (start, at),
            )
        if self.text[at] in "-+" and self.text[at + 1 : at + 2].isalnum() and field.kind is not Kind.EXACT:
            self._wrong(
                f"a sign after {field.written}: has no meaning",
                f"write {self.text[at]}{field.written}:{self._chunk(at)[1:]}",
                (at, at + 1),
            )
        if field.kind is Kind.DAYS:
            if self.text[at] == "(":
                return self._open(start, at + 1, field)
            return self._days(field, start, at)
        self.pieces.append(Piece("field", start, at, field=field))
        if self.text[at] == "(":
            return self._open(at, at + 1, field)
        end = self._names(field, at) if field.kind is Kind.NAMES else self._atom(at, field)
        if self.pieces[-1].kind == "field":  # its value holds nothing to search for
            self.pieces.pop()
        return end

    def _names(self, field: Field, at: int) -> int:
        """Read `a/b/"c d"` as either; one name stands for itself."""
        if _REGEX.match(self.text, at):
            return self._atom(at, field)
        before = len(self.pieces)
        end = self._atom(at, field, stop="/")
        while self.text[end : end + 1] == "/" and self.text[end + 1 : end + 2].strip():
            end = self._atom(end + 1, field, stop="/")
        boosts = [piece for piece in self.pieces[before:] if piece.kind == "boost"]
        nodes = [piece.node for piece in self.pieces[before:] if piece.node is not None]
        del self.pieces[before:]
        if nodes:
            self._add("node", at, end, tree.disjunction(nodes, (at, end)))
            self.pieces += boosts[-1:]
        return end

    def _days(self, field: Field, start: int, at: int) -> int:
        """Read the value of a date field; a wrong one is left out when lenient."""
        if self.text[at] == '"':
            quoted = _QUOTED.match(self.text, at)
            if quoted is None:
                self._wrong("this quote is not closed", 'write " where the date ends', (at, at + 1))
            end = quoted.end() if quoted else len(self.text)
            value = self.text[at + 1 : end - 1 if quoted else end]
        else:
            found = _DAYS.match(self.text, at)
            if found is None:
                return at + 1
            end = found.end() if found[0][0] in "[{" else found.start() + len(found[0].rstrip(",;!?"))
            end = max(end, at + 1)
            value = self.text[at:end]
            value, end = self._longer_date(value, end)
        try:
            node = self._read_days(field, value, (start, end))
        except DateProblem as problem:
            self._wrong(problem.message, problem.hint and _quoted_hint(field, problem.hint), (at, end))
            return end
        return self._add("node", start, end, node)

    def _longer_date(self, value: str, end: int) -> tuple[str, int]:
        """Take in the words after the value that make a longer date of it: `nov 2020`, `last week`."""
        if not begins_date(value):
            return value, end
        longest, longest_end = value, end
        for _ in range(4):
            following = _NEXT_WORD.match(self.text, end)
            if following is None:
                break
            end = following.end()
            value = f"{value} {following[1]}"
            try:
                read_days(value, self.today)
            except DateProblem:
                continue
            longest, longest_end = value, end
        return longest, longest_end

    def _read_days(self, field: Field, value: str, span: Span) -> tree.Node:
        name: tree.DateField = "mentions" if field.name == "mentions" else "date"
        word = value.strip().lower()
        if name == "date" and word in {"unknown", "none", "undated", "?"}:
            return tree.Undated(span)
        if name == "date" and word in {"*", "known", "any"}:
            return tree.Not(tree.Undated(span), span)
        if field.written == "after":
            days = Days(read_end(value, self.today).first, None)
        elif field.written == "before":
            days = Days(None, read_end(value, self.today).last)
        else:
            days = read_days(value, self.today)
        if name == "date" and days == (None, None):
            return tree.Everything(span)
        return tree.DateRange(name, days.first, days.last, span)

    # --- atoms --------------------------------------------------------------------------------------------------------

    def _atom(self, at: int, field: Field | None, stop: str = "") -> int:
        """Read a phrase, an exact form, a pattern or a word."""
        sign = self.text[at]
        exact_value = field is not None and field.kind is Kind.EXACT
        if sign == '"' or sign in _QUOTES:
            return self._quoted(at, field, exact=False)
        if sign in "”»":
            return at + 1
        if not exact_value:
            if sign == "=" and (following := self.text[at + 1 : at + 2]) and not following.isspace():
                if following == '"' or following in _QUOTES:
                    return self._quoted(at + 1, field, exact=True)
                if following == "(":
                    self._wrong(
                        "= stands before one word or a quoted phrase", 'write =word or ="a phrase"', (at, at + 1)
                    )
                    return at + 1
                if following not in "=)":
                    return self._word(at + 1, field, stop, exact=True)
            if sign == "/" and (found := _REGEX.match(self.text, at)):
                return self._regex(found)
        return self._word(at, field, stop, exact=False)

    def _regex(self, found: re.Match[str]) -> int:
        start, end = found.span()
        try:
            compile_regex(found[1])
        except PatternProblem as problem:
            self._wrong(problem.message, problem.hint, (start, end))
            return end
        return self._boost(self._add("node", start, end, tree.Regex(found[1], (start, end))))

    def _quoted(self, at: int, field: Field | None, *, exact: bool) -> int:
        content, end = self._content(at)
        start = at - 1 if exact else at
        if content is None:
            return end
        slack = _SLACK.match(self.text, end)
        if slack is not None:
            end = slack.end()
        node = self._phrase(content, field, (start, end), slack and slack[1], exact=exact)
        if node is not None:
            self._add("node", start, end, node)
            end = self._boost(end)
        return end

    def _content(self, at: int) -> tuple[str | None, int]:
        """Give what a quote at `at` encloses and where it ends; None when it is a mere sign."""
        opening = self.text[at]
        if opening != '"':
            closing = next(
                (place for place in range(at + 1, len(self.text)) if self.text[place] in _QUOTES[opening]), None
            )
            return (None, at + 1) if closing is None else (self.text[at + 1 : closing], closing + 1)
        if found := _QUOTED.match(self.text, at):
            return re.sub(r'\\(["\\])', r"\1", found[1]), found.end()
        closing = self.text.find('"', at + 1)
        if closing >= 0:  # `"C:\"`: the last backslash is no escape
            return self.text[at + 1 : closing], closing + 1
        if self.text[at - 1 : at].isdigit():
            return None, at + 1  # 27" is inches
        self._wrong("this quote is not closed", 'write " where the phrase ends, or leave it out', (at, at + 1))
        return self.text[at + 1 :], len(self.text)

    def _phrase(
        self, content: str, field: Field | None, span: Span, slack: str | None, *, exact: bool
    ) -> tree.Node | None:
        if field is not None and field.kind is Kind.EXACT:
            value = " ".join(content.split())
            if not value:
                return None
            return tree.Wildcard(value, span) if "*" in value else tree.Word(value, span)
        words = [word for word in content.split() if holds_word(word)]
        if not words:
            return None
        if slack is not None and not slack.isdigit():
            self._wrong("~ after a phrase counts words", f'write "{content}"~5', (span[1] - 1 - len(slack), span[1]))
            slack = None
        distance = int(slack) if slack else 0
        if distance > MOST_WORDS_APART:
            self._wrong(
                f"words stand at most {MOST_WORDS_APART:,} apart",
                f'write "{content}"~5',
                (span[1] - 1 - len(slack or ""), span[1]),
            )
            distance = MOST_WORDS_APART
        if len(words) == 1:
            if exact:
                return tree.Exact(words[0], span)
            word = evened(bare(words[0]))
            return tree.Fuzzy(word, distance, span) if distance in {1, 2} else tree.Word(word, span)
        if distance:
            parts = [tree.Exact(word, span) if exact else tree.Word(evened(bare(word)), span) for word in words]
            return tree.Near(tuple(parts), max(distance, len(parts) - 1), ordered=False, span=span)
        return tree.Exact(" ".join(words), span) if exact else tree.Phrase(" ".join(map(evened, words)), span)

    def _run(self, at: int, stop: str) -> int:
        """Give the end of a run of word characters; parentheses belong to it where they open in it: `president(s)`."""
        depth = 0
        end = at
        while end < len(self.text):
            found = _BARE.match(self.text, end)
            if found is not None:
                end = found.end()
                if stop and (cut := self.text.find(stop, found.start(), end)) >= 0:
                    return cut
            sign = self.text[end : end + 1]
            if sign == "(" and end > at:
                depth += 1
            elif sign == ")" and depth:
                depth -= 1
            elif sign == ")" and not self.opened:
                pass
            else:
                break
            end += 1
        return max(end, at + 1)

    def _word(self, at: int, field: Field | None, stop: str, *, exact: bool) -> int:
        end = self._run(at, stop)
        start = at - 1 if exact else at
        text = self.text[at:end]
        factor = None
        if "^" in text and (boosted := _BOOSTED.fullmatch(text)):
            text, factor = boosted[1], float(boosted[2])
        node = self._exact(text, (start, end)) if exact else self._plain(text, field, (start, at + len(text)))
        if node is not None:
            self._add("node", start, at + len(text), node)
            if factor is not None:
                self._add_boost(factor, at + len(text), end)
            elif self.text.startswith("^", end):
                end = self._boost(end)
        return end

    def _exact(self, text: str, span: Span) -> tree.Node | None:
        if _FUZZY.fullmatch(text) and holds_word(text):
            self._wrong("= and ~ exclude each other: exactly so, or nearly so", "leave one of them out", span)
        word = bare(text)
        return tree.Exact(word, span) if holds_word(word) else None

    def _plain(self, text: str, field: Field | None, span: Span) -> tree.Node | None:
        if text == "*":
            return tree.Everything(span)
        if field is not None and field.kind is Kind.EXACT:
            wild = "*" in text or ("?" in text and field.name != "url")
            return tree.Wildcard(text, span) if wild else tree.Word(text, span)
        if not holds_word(text):
            return None
        if "~" in text and (fuzzy := _FUZZY.fullmatch(text)) and holds_word(fuzzy[1]):
            return self._fuzzy(fuzzy, span)
        if ("*" in text or "?" in text) and "://" not in text and _WILD.search(text):
            return tree.Wildcard(_pattern(text), span)
        word = bare(text)
        return tree.Word(evened(word), span)

    def _fuzzy(self, found: re.Match[str], span: Span) -> tree.Node:
        word = evened(bare(found[1]))
        if found[2] not in {"", "1", "2"}:
            self._wrong(
                "~ allows 1 or 2 letters to differ", f"write {found[1]}~2", (span[0] + found.start(2) - 1, span[1])
            )
        if "*" in found[1]:
            self._wrong("~ and * exclude each other", f"write {found[1]} or {bare(found[1].replace('*', ''))}~", span)
        return tree.Fuzzy(word, 2 if found[2] not in {"", "1"} else 1, span)


def _pattern(text: str) -> str:
    """Even out a wildcard pattern: no punctuation around it, no two stars together."""
    wild = text.strip("'\"([{<>¿¡…·,;:!|\\)]}.")
    if wild.count("?") == 1 and wild.endswith("?"):
        wild = wild[:-1]
    return re.sub(r"\*{2,}", "*", wild).casefold()


def _quoted_hint(field: Field, hint: str) -> str:
    return hint.replace("write ", f"write {field.written}:", 1) if hint.startswith("write ") else hint
