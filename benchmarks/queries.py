"""How fast are queries of each kind? p50, p95 and the worst of queries drawn from the text, the ten best hits each.

    python benchmarks/queries.py INDEX [--queries N] [--seed N] [--only KIND,KIND] [--clock process_time]

INDEX is the folder of an index (see `benchmarks/indexing.py` for making one of the press releases). Words and phrases
are drawn from stored articles, so that a word comes as often as it is used. Times are of the engine alone, from the
compiled query to the ids and scores of the best with the exact total, in one warm process; `--clock process_time`
counts only the processor's time, for a machine that is not quiet. `engine.py` asks other engines the same kinds.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.query import tree
from searcher.search.compiling.compile import compile_tree
from searcher.search.context import Context
from searcher.search.engine.execution import execute
from searcher.store.index import ArticleIndex
from searcher.text.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Callable

    from whoosh import query


def draw(context: Context, count: int, seed: int) -> dict[str, list[tuple[tree.Node, dict[str, Any]]]]:  # noqa: C901
    chance = random.Random(seed)  # noqa: S311 drawn again the same
    total = context.collection.articles
    kinds: dict[str, list[tuple[tree.Node, dict[str, Any]]]] = {}

    def words(number: int) -> list[str]:
        while True:
            text = context.snapshot.article(chance.randrange(total)).text
            found = [token.text for token in tokenize(text) if token.text.isalpha() and len(token.text) > 2]
            if len(found) > number:
                return chance.sample(found, number)

    def phrase() -> str:
        while True:
            text = context.snapshot.article(chance.randrange(total)).text
            found = tokenize(text)
            if len(found) > 2:
                at = chance.randrange(len(found) - 1)
                return f"{found[at].text} {found[at + 1].text}"

    def each(make: Callable[[], tree.Node], **options: Any) -> list[tuple[tree.Node, dict[str, Any]]]:
        return [(make(), options) for _ in range(count)]

    def all_of(number: int) -> tree.Node:
        return tree.And(tuple(map(tree.Word, words(number))))

    def any_of(number: int) -> tree.Node:
        return tree.Or(tuple(map(tree.Word, words(number))))

    kinds["word"] = each(lambda: tree.Word(words(1)[0]))
    kinds["AND of 2"] = each(lambda: all_of(2))
    kinds["OR of 3"] = each(lambda: any_of(3))
    kinds["phrase of 2"] = each(lambda: tree.Phrase(phrase()))
    kinds["NEAR/5"] = each(lambda: tree.Near(tuple(map(tree.Word, words(2))), 5, ordered=False))
    kinds["prefix"] = each(lambda: tree.Wildcard(words(1)[0][:4].lower() + "*"))
    days = np.concatenate([segment.numbers("first_day") for segment in context.collection.segments])
    known = np.unique(days[days < days.max()]) if len(days) else days
    if len(known) > 1:
        from datetime import date

        def within() -> tree.DateRange:
            first, last = sorted(chance.choices(known.tolist(), k=2))
            return tree.DateRange("date", date.fromordinal(int(first)), date.fromordinal(int(last)))

        kinds["word within dates"] = each(lambda: tree.And((tree.Word(words(1)[0]), within())))
    kinds["AND NOT"] = each(lambda: tree.And((tree.Word(words(1)[0]), tree.Not(tree.Word(words(1)[0])))))
    kinds["word newest first"] = each(lambda: tree.Word(words(1)[0]), sort="newest")
    kinds["word with 3 facets"] = each(lambda: tree.Word(words(1)[0]), facets=("source", "person", "year"))
    return kinds


def measure(
    context: Context, asked: list[tuple[tree.Node, dict[str, Any]]], clock: Callable[[], float]
) -> tuple[list[float], list[float]]:
    cold, warm = [], []
    for node, options in asked:
        compiled = compile_tree(node, context).query
        for times in (cold, warm):
            times.append(timed(context, compiled, options, clock))
    return cold, warm


def timed(context: Context, compiled: query.Query, options: dict[str, Any], clock: Callable[[], float]) -> float:
    began = clock()
    facets = options.get("facets", ())
    counters = [context.facet_counter(field) for field in facets]
    execute(context.searcher, compiled, limit=10, sort=options.get("sort", "relevance"), counters=counters)
    for counter in counters:
        counter.facet(20)
    return (clock() - began) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", default="")
    parser.add_argument("--clock", choices=("perf_counter", "process_time"), default="perf_counter")
    options = parser.parse_args()
    clock = getattr(time, options.clock)
    with ArticleIndex.open(options.index).snapshot() as snapshot:
        context = Context(snapshot)
        kinds = draw(context, options.queries, options.seed)
        for asked in kinds.values():
            measure(context, asked[:5], clock)
        print(f"{context.collection.articles:,} articles in {len(context.collection.segments)} segments; ms")
        print(f"{'':22}{'p50':>8}{'p95':>8}{'max':>8}   {'asked again: p50':>18}{'p95':>8}")
        for name, asked in kinds.items():
            if options.only and name not in options.only.split(","):
                continue
            cold, warm = measure(context, asked, clock)
            low, high, worst = np.percentile(cold, [50, 95, 100])
            again, again_high = np.percentile(warm, [50, 95])
            print(f"{name:22}{low:8.2f}{high:8.2f}{worst:8.2f}   {again:18.2f}{again_high:8.2f}")


if __name__ == "__main__":
    main()
