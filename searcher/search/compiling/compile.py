"""From what a query asks for to a `whoosh.query` that finds it in one archive.

Words and what stands near them become scored occurrences in title and story (`occurrences`); everything else lets
articles through or not (`filters`). Patterns and close spellings become the words of the archive that they stand for.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from whoosh import query

from searcher.query import tree
from searcher.search.engine.compounds import AnyPlace, InARow, InARowExactly, Nearby
from searcher.search.engine.filters import Filter, Published, Unscored, Without
from searcher.search.engine.forms import joined
from searcher.search.engine.occurrences import AnyTerm, Occurrence
from searcher.search.engine.patterns import AnySpelling
from searcher.search.words.expansion import Expansion
from searcher.text.analysis import query_terms
from searcher.text.stop_words import stop_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from searcher.search.context import Context

TEXT_FIELDS = ("title", "body")
DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Compiled:
    """A query ready to run.

    Attributes:
        notes: what a reader should know of how it was made.
    """

    query: query.Query
    notes: tuple[str, ...]


def compile_tree(
    node: tree.Node,
    context: Context,
    *,
    undated: bool = False,
    drop_stop_words: bool = False,
    poll: Callable[[], None] = lambda: None,
) -> Compiled:
    """Compile a tree.

    Args:
        node: the tree.
        context: the archive.
        undated: the latest past day that an undated article's text mentions stands in for its date.
        drop_stop_words: leave them out of OR, too: for words that were not typed with operators.
        poll: called while the archive's words are looked through.
    """
    compiler = _Compiler(context, undated=undated, drop_stop_words=drop_stop_words, poll=poll)
    compiled = compiler.compile(node)
    return Compiled(query.NullQuery if compiled is None else compiled, tuple(dict.fromkeys(compiler.notes)))


class _Compiler:
    def __init__(self, context: Context, *, undated: bool, drop_stop_words: bool, poll: Callable[[], None]) -> None:
        self._context = context
        self._undated = undated
        self._drop = drop_stop_words
        self._poll = poll
        self._fields: tuple[str, ...] = TEXT_FIELDS
        self._boost = 1.0
        self._readings = context.readings
        self._stop_words = stop_words((context.languages or (DEFAULT_LANGUAGE,))[0])
        self.notes: list[str] = []

    def compile(self, node: tree.Node) -> query.Query | None:  # noqa: C901 one case a kind of node
        """Compile a node; None: it asks for nothing that can be looked for."""
        match node:
            case tree.Everything():
                return Unscored(query.Every())
            case tree.Nothing():
                return query.NullQuery
            case tree.And(parts=parts):
                return self._all(parts)
            case tree.Or(parts=parts):
                return self._any(self._without_stop_words(parts) if self._drop else parts)
            case tree.Not(node=inner):
                excluded = self.compile(inner)
                return None if excluded is None else _all_but(excluded)
            case tree.Boost(node=inner, factor=factor):
                with self._weighing(factor):
                    return self.compile(inner)
            case tree.In(field=field, node=inner):
                return self._inside(field, inner)
            case tree.DateRange(field="mentions", first=first, last=last):
                from searcher.search.compiling.values import mentioned

                return mentioned(self._context, first, last)
            case tree.DateRange(first=first, last=last):
                days = (day and day.toordinal() for day in (first, last))
                return Published(*days, undated=self._undated)
            case tree.Undated():
                return _all_but(Published(None, None))
            case tree.Fuzzy(text=text, distance=distance):
                return self._close(text, distance)
            case _:
                return self._occurrence(node)

    # Words.

    def _occurrence(self, node: tree.Node) -> Occurrence | None:  # noqa: C901 one case a kind of node
        """Compile what has a place in the text."""
        match node:
            case tree.Word(text=text) | tree.Phrase(text=text):
                return self._words(text)
            case tree.Exact(text=text):
                return self._exact(text)
            case tree.Wildcard(pattern=pattern):
                return self._pattern(pattern)
            case tree.Regex(pattern=pattern):
                return self._forms(self._context.expansions.regex(pattern, self._poll))
            case tree.Fuzzy(text=text, distance=distance):
                expansions = self._context.expansions.close(text, distance)
                return self._forms(Expansion(joined([part.forms for part in expansions])))
            case tree.Near(operands=operands, distance=distance, ordered=ordered):
                parts = [part for operand in operands if (part := self._occurrence(operand)) is not None]
                if len(parts) < 2:
                    return parts[0] if parts else None
                return Nearby(tuple(parts), distance, ordered, self._boost)
            case tree.Or(parts=parts):
                places = [place for part in parts if (place := self._occurrence(part)) is not None]
                return _any_place(places, self._boost)
            case tree.In(field=field, node=inner) if field in TEXT_FIELDS:
                with self._within(field):
                    return self._occurrence(inner)
            case tree.Boost(node=inner):
                return self._occurrence(inner)
            case _:
                return None

    def _words(self, text: str) -> Occurrence | None:
        asked = query_terms(text, self._readings)
        return _in_a_row(self._terms_of(text), [term.position for term in asked], self._boost)

    def _terms_of(self, text: str) -> list[AnyTerm]:
        return [
            AnyTerm(tuple((field, stem.encode()) for field in self._fields for stem in term.stems), self._boost)
            for term in query_terms(text, self._readings)
        ]

    def _exact(self, text: str) -> Occurrence | None:
        asked = query_terms(text, [None])
        parts = tuple(
            AnyTerm(tuple((f"{field}_exact", term.form.encode()) for field in self._fields), self._boost)
            for term in asked
        )
        exact = _in_a_row(parts, [term.position for term in asked], self._boost)
        any_form = self._words(text) if isinstance(exact, InARow) else None
        if isinstance(exact, InARow) and isinstance(any_form, InARow) and exact.offsets == any_form.offsets:
            return InARowExactly(exact.parts, exact.offsets, exact.boost, any_form=any_form.with_boost(1.0))
        return exact

    def _pattern(self, pattern: str) -> Occurrence | None:
        """Let the parts of a pattern with hyphens stand side by side, as the parts of a word do."""
        parts: list[AnyTerm] = []
        for part in filter(None, pattern.split("-")):
            if "*" in part or "?" in part:
                parts.append(self._forms(self._context.expansions.wildcard(part, self._poll)))
            else:
                parts += self._terms_of(part)
        return _in_a_row(parts, range(len(parts)), self._boost)

    def _forms(self, expansion: Expansion) -> AnyTerm:
        if expansion.note:
            self.notes.append(expansion.note)
        return AnySpelling.of(expansion.forms, tuple(f"{field}_exact" for field in self._fields), self._boost)

    def _close(self, text: str, distance: int) -> query.Query | None:
        """Let what is spelt as typed weigh more than what is spelt nearly so."""
        parts = []
        for edits, expansion in enumerate(self._context.expansions.close(text, distance)):
            with self._weighing(0.5**edits):
                if len(expansion.forms):
                    parts.append(self._forms(expansion))
        return _either(parts) or query.NullQuery

    # Combinations.

    def _all(self, parts: Sequence[tree.Node]) -> query.Query | None:
        wanted: list[query.Query] = []
        filters: list[query.Query] = []
        excluded: list[query.Query] = []
        for part in self._without_stop_words(parts):
            inner = part.node if isinstance(part, tree.Not) else part
            compiled = self.compile(inner)
            if compiled is None:
                continue
            if isinstance(part, tree.Not):
                excluded.append(compiled)
            elif isinstance(compiled, (Unscored, Filter)):
                filters.append(compiled)
            else:
                wanted.append(compiled)
        result = _every(wanted)
        if filters:
            passing = _every(filters)
            result = passing if result is None else query.Require(result, passing)
        if not excluded:
            return result
        return Without(Unscored(query.Every()) if result is None else result, _either(excluded))

    def _any(self, parts: Sequence[tree.Node]) -> query.Query | None:
        return _either([compiled for part in parts if (compiled := self.compile(part)) is not None])

    def _without_stop_words(self, parts: Sequence[tree.Node]) -> Sequence[tree.Node]:
        """Leave out words that say nothing, as long as another word says something."""
        telling = [part for part in parts if not self._is_stop_word(part)]
        return telling if any(map(_holds_words, telling)) else parts

    def _is_stop_word(self, node: tree.Node) -> bool:
        return isinstance(node, tree.Word) and node.text in self._stop_words

    # Fields and boosts.

    def _inside(self, field: str, node: tree.Node) -> query.Query | None:
        if field in TEXT_FIELDS and not isinstance(node, tree.Everything):
            with self._within(field):
                return self.compile(node)
        match node:
            case tree.And(parts=parts):
                return _every([inner for part in parts if (inner := self._inside(field, part)) is not None])
            case tree.Or(parts=parts):
                return _either([inner for part in parts if (inner := self._inside(field, part)) is not None])
            case tree.Not(node=inner):
                excluded = self._inside(field, inner)
                return None if excluded is None else _all_but(excluded)
            case tree.Boost(node=inner):
                return self._inside(field, inner)
            case tree.In() | tree.DateRange() | tree.Undated() | tree.Nothing():
                return self.compile(node)
            case _:
                from searcher.search.compiling.values import author_words, with_value

                if field == "author" and not isinstance(node, tree.Everything):
                    return author_words(self._context, node, self._readings)
                return with_value(self._context, field, node)

    @contextmanager
    def _within(self, field: str) -> Iterator[None]:
        before, self._fields = self._fields, (field,)
        try:
            yield
        finally:
            self._fields = before

    @contextmanager
    def _weighing(self, factor: float) -> Iterator[None]:
        before, self._boost = self._boost, self._boost * factor
        try:
            yield
        finally:
            self._boost = before


def _holds_words(node: tree.Node) -> bool:
    match node:
        case tree.Not() | tree.DateRange() | tree.Undated() | tree.Everything() | tree.Nothing():
            return False
        case tree.In(field=field):
            return field in TEXT_FIELDS
        case _:
            return True


def _in_a_row(parts: Sequence[AnyTerm], positions: Sequence[int], boost: float) -> Occurrence | None:
    if not parts:
        return None
    if len(parts) == 1:
        return parts[0]
    whole = tuple(replace(part, boost=1.0) for part in parts)
    return InARow(whole, tuple(position - positions[0] for position in positions), boost)


def _any_place(places: Sequence[Occurrence], boost: float) -> Occurrence | None:
    if not places:
        return None
    words = [place for place in places if isinstance(place, AnyTerm)]
    if len(words) == len(places):
        return AnyTerm(tuple(dict.fromkeys(term for word in words for term in word.any_of)), boost)
    return AnyPlace(tuple(places), boost)


def _all_but(excluded: query.Query) -> Unscored:
    return Unscored(Without(query.Every(), excluded))


def _every(parts: Sequence[query.Query]) -> query.Query | None:
    return _joined(query.And, parts)


def _either(parts: Sequence[query.Query]) -> query.Query | None:
    return _joined(query.Or, parts)


def _joined(kind: type[query.And | query.Or], parts: Sequence[query.Query]) -> query.Query | None:
    distinct = _added_up(parts)
    if not distinct:
        return None
    if len(distinct) == 1:
        return distinct[0]
    joined = kind(distinct)
    if kind is query.Or:
        # The other matcher that Whoosh may choose takes a score of 0 for no match.
        joined.matcher_type = query.Or.DEFAULT_MATCHER
    # What lets articles through only stays so when it is joined.
    return Unscored(joined) if all(isinstance(part, (Unscored, Filter)) for part in distinct) else joined


def _added_up(parts: Sequence[query.Query]) -> list[query.Query]:
    """Give each part once; a word that comes twice weighs as much as both (BM25's query term frequency)."""
    boosts: dict[query.Query, float] = {}
    for part in parts:
        one = part.with_boost(1.0) if isinstance(part, Occurrence) else part
        boosts[one] = boosts.get(one, 0.0) + getattr(part, "boost", 1.0)
    return [part.with_boost(boost) if isinstance(part, Occurrence) else part for part, boost in boosts.items()]
