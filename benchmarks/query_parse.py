"""How long does it take to read a query? Milliseconds at the median, the 95th percentile and the worst.

    python benchmarks/query_parse.py

Queries: those of the conformance file, the examples of the reference, and runs of words as one pastes them (2 to 400
words). `print` is writing the tree again, as every answer does. The best of five rounds, so that a busy machine does
not count.
"""

from __future__ import annotations

import re
import statistics
import time
from datetime import date
from pathlib import Path

from searcher.errors import QueryError
from searcher.query.parser import parse
from searcher.query.printer import unparse
from searcher.query.reference import ROWS

TODAY = date(2020, 11, 22)
CONFORMANCE = Path(__file__).parent.parent / "tests" / "query" / "conformance.txt"
WORDS = "the Lachin corridor, which (he said) was opened on 9 November 2020; Putin's “peace deal” isn't over".split()


def kinds() -> dict[str, list[str]]:
    lines = re.findall(r"^(?:\[\w+\] )?(.*) ⇒ .*$", CONFORMANCE.read_text(encoding="utf-8"), re.MULTILINE)
    return {
        "conformance": lines,
        "reference": [example for row in ROWS for example in row.written],
        "two words": [f"{one} {two}" for one in WORDS for two in WORDS if '"' not in one + two],
        "50 words": [" ".join(WORDS * 4)[:300] for _ in range(50)],
        "400 words": [" ".join(WORDS * 25) for _ in range(20)],
    }


def milliseconds(query: str) -> tuple[float, float]:
    start = time.perf_counter()
    try:
        tree = parse(query, today=TODAY).tree
    except QueryError:
        return (time.perf_counter() - start) * 1000, 0.0
    parsed = time.perf_counter()
    unparse(tree)
    return (parsed - start) * 1000, (time.perf_counter() - parsed) * 1000


def main() -> None:
    print(f"{'':14}{'queries':>8}{'parse p50':>11}{'p95':>8}{'worst':>8}{'print p50':>11}{'p95':>8}")
    for name, queries in kinds().items():
        rounds = [[milliseconds(query) for query in queries] for _ in range(5)]
        best = [(min(one[0] for one in times), min(one[1] for one in times)) for times in zip(*rounds, strict=True)]
        parsing, printing = (sorted(column) for column in zip(*best, strict=True))
        at = int(0.95 * (len(queries) - 1))
        print(
            f"{name:14}{len(queries):8}{statistics.median(parsing):11.3f}{parsing[at]:8.3f}{parsing[-1]:8.3f}"
            f"{statistics.median(printing):11.3f}{printing[at]:8.3f}"
        )


if __name__ == "__main__":
    main()
