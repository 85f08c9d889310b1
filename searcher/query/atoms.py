"""What is one atom of a query? A phrase, an exact form, a pattern, a close spelling or a word, with its weight.

What looks like syntax but cannot be (`10:30`, `what?`, `27"`) is words or nothing; what can only be a mistake is a
`QueryError`, or is taken for what it most likely will be when `lenient`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple, NoReturn

from searcher.errors import QueryError
from searcher.query import tree
from searcher.query.fields import Field, Kind
from searcher.query.patterns import PatternProblem, compile_regex
from searcher.query.words import bare, evened, holds_word, wildcard_pattern

if TYPE_CHECKING:
    from searcher.model import Span

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


_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_BARE = re.compile(r"[^\s()\"“”„«»]+")
REGEX = re.compile(r"/((?:\\\S|\[(?:\\\S|[^\]\s\\])*\]|[^/\s\\])+)/(?=[\s)^]|$)")
QUOTED = re.compile(r'"((?:\\.|[^"\\])*)"', re.DOTALL)
_CLOSINGS = {"“": re.compile("”"), "„": re.compile("[“”]"), "«": re.compile("»")}
_SLACK = re.compile(r"~(\d{0,9}(?:\.\d+)?)(?=[\s()^/]|$)")
_BOOST = re.compile(r"\^(\d{1,9}(?:\.\d{1,9})?)(?=[\s()]|$)")
_WEIGHT = re.compile(r"\d{1,9}(?:\.\d{1,9})?")
_CLOSENESS = re.compile(r"\d{0,9}(?:\.\d{1,9})?")
_WILD = re.compile(r"[\w'’&#@.+-]\*|\*[\w#@]|\?(?=[\w*])")


class AtomReader:
    """Reads atoms off a query, adding what it finds to `pieces`.

    Attributes:
        query: the text as typed.
        text: the same with control characters made blanks, so that places hold in both.
        pieces: what was found so far.
        notes: what a person might want to know about the reading.
        left_out: when lenient, whether something was wrong.
        opened: the places of the parentheses that are open here.
    """

    def __init__(self, text: str, *, lenient: bool) -> None:
        self.query = text
        self.text = text if text.isascii() and text.isprintable() else _UNSEEN.sub(" ", text)
        self.lenient = lenient
        self.pieces: list[Piece] = []
        self.notes: list[str] = []
        self.left_out = False
        self.opened: list[int] = []
        # Openings that nothing closes from here on; so that a text full of them is read in linear time.
        self._unclosed: set[str] = set()

    def fail(self, message: str, hint: str, span: Span) -> NoReturn:
        """Raise the error that shows this place of the query."""
        raise QueryError(message, hint, query=self.query, span=span)

    def wrong(self, message: str, hint: str, span: Span) -> None:
        """Raise the error of this place; when lenient, go on with what will do."""
        if not self.lenient:
            self.fail(message, hint, span)
        self.left_out = True

    def add(self, kind: PieceKind, start: int, end: int, node: tree.Node | None = None) -> int:
        """Add a piece; give where it ends."""
        self.pieces.append(Piece(kind, start, end, node))
        return end

    def boost(self, at: int) -> int:
        """Read a weight, where there is one; give where it ends."""
        if found := _BOOST.match(self.text, at):
            self._add_boost(float(found[1]), found.start(), found.end())
            return found.end()
        return at

    def _add_boost(self, factor: float, start: int, end: int) -> None:
        factor = round(factor, 4)
        if not 0 < factor <= 1000:
            self.wrong("a weight is more than 0 and at most 1000", "write ^2 for twice as much", (start, end))
            return
        self.pieces.append(Piece("boost", start, end, factor=factor))

    def atom(self, at: int, field: Field | None, stop: str = "") -> int:
        """Read a phrase, an exact form, a pattern or a word; what holds no word is `Nothing`."""
        start = at
        while self._is_mere_sign(at):
            at += 1
        if at > start and self.text[at : at + 1].strip(")") in {"", " "}:
            return self.add("node", start, at, tree.Nothing((start, at)))
        sign = self.text[at]
        exact_value = field is not None and field.kind is Kind.EXACT
        if sign == '"' or sign in _CLOSINGS:
            return self._quoted(at, field, exact=False)
        if not exact_value:
            if sign == "=" and (following := self.text[at + 1 : at + 2]) and not following.isspace():
                if (following == '"' or following in _CLOSINGS) and not self._is_mere_sign(at + 1):
                    return self._quoted(at + 1, field, exact=True)
                if following == "(":
                    self.wrong(
                        "= stands before one word or a quoted phrase", 'write =word or ="a phrase"', (at, at + 1)
                    )
                    return self.add("node", at, at + 1, tree.Nothing((at, at + 1)))
                if following not in "=)":
                    return self._word(at + 1, field, stop, exact=True)
            if sign == "/" and (found := REGEX.match(self.text, at)):
                return self._regex(found)
        return self._word(at, field, stop, exact=False)

    def _regex(self, found: re.Match[str]) -> int:
        start, end = found.span()
        try:
            compile_regex(found[1])
        except PatternProblem as problem:
            self.wrong(problem.message, problem.hint, (start, end))
            return self.add("node", start, end, tree.Nothing((start, end)))
        return self.boost(self.add("node", start, end, tree.Regex(found[1], (start, end))))

    def _quoted(self, at: int, field: Field | None, *, exact: bool) -> int:
        content, end = self._content(at)
        start = at - 1 if exact else at
        slack = _SLACK.match(self.text, end)
        if slack is not None:
            end = slack.end()
        node = self._phrase(content, field, (start, end), slack and slack[1], exact=exact)
        if node is None:
            return self.add("node", start, end, tree.Nothing((start, end)))
        return self.boost(self.add("node", start, end, node))

    def _is_mere_sign(self, at: int) -> bool:
        """Say whether a quote is none: typographic ones that nothing closes, inches."""
        sign = self.text[at : at + 1]
        if sign in _CLOSINGS and sign not in self._unclosed and _CLOSINGS[sign].search(self.text, at + 1) is None:
            self._unclosed.add(sign)
        if sign == '"':
            return self.text[at - 1 : at].isdigit() and self.text.find('"', at + 1) < 0  # 27"
        return sign in self._unclosed or sign in {"”", "»"}

    def _content(self, at: int) -> tuple[str, int]:
        """Give what the quote at `at` encloses and where it ends."""
        opening = self.text[at]
        if closed := opening != '"' and _CLOSINGS[opening].search(self.text, at + 1):
            return self.text[at + 1 : closed.start()], closed.end()
        if opening not in self._unclosed:
            if found := QUOTED.match(self.text, at):
                return re.sub(r'\\(["\\])', r"\1", found[1]), found.end()
            self._unclosed.add(opening)
        closing = self.text.find('"', at + 1)
        if closing >= 0:  # `"C:\"`: the last backslash is no escape
            return self.text[at + 1 : closing], closing + 1
        self.wrong("this quote is not closed", 'write " where the phrase ends, or leave it out', (at, at + 1))
        return self.text[at + 1 :], len(self.text)

    def _phrase(
        self, content: str, field: Field | None, span: Span, slack: str | None, *, exact: bool
    ) -> tree.Node | None:
        if field is not None and field.kind is Kind.EXACT:
            return _value(" ".join(content.split()), field, span)
        words = [word for word in content.split() if holds_word(word)]
        if not words:
            return None
        if slack is not None and not slack.isdigit():
            self.wrong(
                "~ after a phrase counts words", f'write "{content[:40]}"~5', (span[1] - 1 - len(slack), span[1])
            )
            slack = None
        distance = int(slack) if slack else 0
        if distance > MOST_WORDS_APART:
            self.wrong(
                f"words stand at most {MOST_WORDS_APART:,} apart",
                f'write "{content[:40]}"~5',
                (span[1] - 1 - len(slack or ""), span[1]),
            )
            distance = MOST_WORDS_APART
        if len(words) == 1:
            if exact:
                return tree.Exact(words[0], span)
            word = bare(evened(words[0]))
            return tree.Fuzzy(word, distance, span) if distance in {1, 2} else tree.Word(word, span)
        if distance:
            parts = [tree.Exact(word, span) if exact else tree.Word(bare(evened(word)), span) for word in words]
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
        weighed, sign, weight = text.rpartition("^")
        factor = None
        if (
            sign
            and _WEIGHT.fullmatch(weight)
            and (weighed == "*" or (holds_word(weighed) and not bare(weighed).isdigit()))
        ):
            text, factor = weighed, float(weight)
        node = self._exact(text, (start, end)) if exact else self._plain(text, field, (start, at + len(text)))
        if node is None:
            self.add("node", start, end, tree.Nothing((start, end)))
        else:
            self.add("node", start, at + len(text), node)
            if factor is not None:
                self._add_boost(factor, at + len(text), end)
            elif self.text.startswith("^", end):
                end = self.boost(end)
        return end

    def _exact(self, text: str, span: Span) -> tree.Node | None:
        close, sign, letters = text.rpartition("~")
        if sign and _CLOSENESS.fullmatch(letters) and holds_word(close):
            self.wrong("= and ~ exclude each other: exactly so, or nearly so", "leave one of them out", span)
        word = bare(text)
        return tree.Exact(word, span) if holds_word(word) else None

    def _plain(self, text: str, field: Field | None, span: Span) -> tree.Node | None:
        if text == "*":
            return tree.Everything(span)
        if field is not None and field.kind is Kind.EXACT:
            return _value(text, field, span)
        if not holds_word(text):
            return None
        close, sign, letters = text.rpartition("~")
        if sign and _CLOSENESS.fullmatch(letters) and holds_word(close):
            return self._fuzzy(close, letters, span)
        if ("*" in text or "?" in text) and "://" not in text:
            pattern = wildcard_pattern(text)
            if _WILD.search(pattern) and holds_word(pattern):
                return tree.Wildcard(pattern, span)
        return tree.Word(bare(evened(text)), span)

    def _fuzzy(self, close: str, letters: str, span: Span) -> tree.Node:
        word = bare(evened(close))
        if letters not in {"", "1", "2"}:
            place = (span[1] - 1 - len(letters), span[1])
            self.wrong("~ allows 1 or 2 letters to differ", f"write {word[:40]}~2", place)
        if "*" in close:
            self.wrong(
                "~ and * exclude each other", f"leave one of them out: {bare(close.replace('*', ''))[:40]}~", span
            )
        return tree.Fuzzy(word, 2 if letters not in {"", "1"} else 1, span)


def _value(text: str, field: Field, span: Span) -> tree.Node | None:
    if "*" in text or ("?" in text and field.name != "url"):
        return tree.Wildcard(text, span)
    return tree.Word(text, span) if text else None
