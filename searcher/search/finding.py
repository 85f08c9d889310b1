"""From a parsed query to the articles it asks for: compile, run, and say how it was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from searcher.search.compiling.compile import Compiled, compile_tree
from searcher.search.compiling.relaxation import relax
from searcher.search.engine.execution import Outcome, execute
from searcher.search.engine.filters import Without

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whoosh import query

    from searcher.model import Match
    from searcher.query import tree
    from searcher.query.parser import ParsedQuery
    from searcher.search.context import Context
    from searcher.search.engine.execution import Counter
    from searcher.search.engine.stopping import Stop
    from searcher.search.request import Request

TIME_UP = "the time allowed was up before everything was looked at: there may be more"
RELAXED = "few articles have all of the words: after them come those that have most of them"
NONE_HAS_ALL = "no article has all of the words: these have most of them"


@dataclass(frozen=True, slots=True)
class Found:
    """The articles that were found, and the query they were found by."""

    outcome: Outcome
    query: query.Query
    match: Match
    notes: tuple[str, ...]


def expanded(context: Context, parsed: ParsedQuery, request: Request) -> tree.Node:
    """Give a query's tree with the aliases of its words."""
    if not request.aliases or context.aliases is None:
        return parsed.tree
    from searcher.query.aliases import expand

    return expand(parsed.tree, context.aliases)


def find(
    context: Context,
    parsed: ParsedQuery,
    node: tree.Node,
    request: Request,
    counters: Sequence[Counter] = (),
    *,
    stop: Stop | None = None,
) -> Found:
    """Find what a tree asks for; with `match` auto, what it nearly asks for after it.

    Args:
        context: the archive.
        parsed: the query the tree was made from.
        node: the tree, with aliases.
        request: how many to find, and how to read the query.
        counters: shown every article that is found.
        stop: polled between steps; else made from the request.
    """
    run = _Run(context, request, stop or request.stop())
    relaxed = relax(node) if parsed.match == "auto" else None
    strict = run.compile(node, loosely=parsed.match == "any")
    if relaxed is None:
        outcome = run.execute(strict.query, counters)
        return Found(outcome, strict.query, "any" if parsed.match == "any" else "all", _notes(strict, outcome))
    outcome = run.execute(strict.query, ())
    if outcome.total >= request.offset + request.limit:
        if counters:
            run.execute(strict.query, counters, limit=0)
        return Found(outcome, strict.query, "all", _notes(strict, outcome))
    return _find_nearly(run, outcome, strict, run.compile(relaxed, loosely=True), counters)


def _find_nearly(run: _Run, strict: Outcome, compiled: Compiled, loose: Compiled, counters: Sequence[Counter]) -> Found:
    """Let those that have most of the words follow those that have all."""
    request = run.request
    rest = run.execute(
        Without(loose.query, compiled.query),
        (),
        limit=request.limit - len(strict.best),
        offset=max(0, request.offset - strict.total),
    )
    if counters:
        run.execute(loose.query, counters, limit=0)
    outcome = Outcome(strict.best + rest.best, strict.total + rest.total, strict.complete and rest.complete)
    note = (RELAXED if strict.total else NONE_HAS_ALL) if rest.total else ""
    return Found(outcome, loose.query, "any", (*filter(None, [note]), *_notes(loose, outcome)))


@dataclass(frozen=True, slots=True)
class _Run:
    """One search in progress."""

    context: Context
    request: Request
    stop: Stop

    def compile(self, node: tree.Node, *, loosely: bool) -> Compiled:
        return compile_tree(
            node,
            self.context,
            undated=self.request.undated,
            drop_stop_words=loosely,
            poll=self.stop.check_cancel,
        )

    def execute(
        self, node: query.Query, counters: Sequence[Counter], *, limit: int | None = None, offset: int | None = None
    ) -> Outcome:
        return execute(
            self.context.searcher,
            node,
            limit=self.request.limit if limit is None else limit,
            offset=self.request.offset if offset is None else offset,
            sort=self.request.sort,
            counters=counters,
            stop=self.stop,
        )


def _notes(compiled: Compiled, outcome: Outcome) -> tuple[str, ...]:
    return compiled.notes if outcome.complete else (*compiled.notes, TIME_UP)
