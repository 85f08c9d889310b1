"""How long do many two-word queries take, beside SQLite FTS5 on the same articles in the same run?

    python benchmarks/batch.py CORPUS [--index DIR] [--articles N] [--queries N]

CORPUS is a `.jsonl` or `.jsonl.xz` of records with `text`; DIR an index of it, built first when left out. Two shapes:
the row of `searcher batch --format csv` (exact total, best article, first and last publication day) beside SQLite's
count and best row; and the page of `--format jsonl` (ten hits with facts and snippets) beside SQLite's count and ten
rows with its `snippet`. Words are drawn from the texts, two of one article, so that a word comes as often as it is
used. The engines take turns by blocks of fifty queries, so that a slow moment of the machine is both's. SQLite stems
by Porter.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from searcher.archive import Archive
from searcher.ingest.options import IndexOptions

if TYPE_CHECKING:
    from collections.abc import Callable

WORD = re.compile(r"[A-Za-z]{3,}")
BLOCK = 50
COUNT = "SELECT count(*) FROM articles WHERE articles MATCH ?"
BEST = "SELECT rowid FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT 1"
QUOTED = (
    "SELECT rowid, snippet(articles, 0, '[', ']', '…', 40) FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT 10"
)


def texts(path: Path, most: int | None) -> list[str]:
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for _, line in zip(range(most or 1 << 40), lines, strict=False)]


def timed(ask: Callable[[str], object], queries: list[str]) -> list[float]:
    taken = []
    for query in queries:
        began = time.perf_counter()
        ask(query)
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def draw(articles: list[str], count: int, seed: int) -> list[str]:
    chance = random.Random(seed)  # noqa: S311 drawn again the same
    queries: list[str] = []
    while len(queries) < count:
        words = WORD.findall(chance.choice(articles))
        if len(words) > 1:
            queries.append(" ".join(word.lower() for word in chance.sample(words, 2)))
    return queries


def compare(shape: str, pair: tuple[Callable[[str], object], Callable[[str], object]], queries: list[str]) -> None:
    taken: tuple[list[float], list[float]] = ([], [])
    for start in range(0, len(queries), BLOCK):
        for which, ask in enumerate(pair):
            taken[which].extend(timed(ask, queries[start : start + BLOCK]))
    for name, times in zip(("searcher", "SQLite FTS5"), taken, strict=True):
        cuts = statistics.quantiles(times, n=20)
        print(f"{shape:8}{name:>14}{cuts[9]:9.2f}{cuts[18]:9.2f}{statistics.mean(times):9.2f}")
    ratio = statistics.mean(taken[1]) / statistics.mean(taken[0])
    print(f"{'':8}{'SQLite / ours':>14}{'':18}{ratio:9.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--articles", type=int)
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    articles = texts(options.corpus, options.articles)
    queries = draw(articles, options.queries, options.seed)
    with tempfile.TemporaryDirectory() as folder:
        base = sqlite3.connect(Path(folder) / "fts.db")
        base.execute("CREATE VIRTUAL TABLE articles USING fts5(text, tokenize='porter unicode61')")
        base.executemany("INSERT INTO articles VALUES (?)", ((text,) for text in articles))
        base.execute("INSERT INTO articles(articles) VALUES ('optimize')")
        base.commit()
        if options.index is None:
            Archive.create(Path(folder) / "index").index([options.corpus], options=IndexOptions(infer=False))
        archive = Archive.open(options.index or Path(folder) / "index")

        def ours(*, quote: bool) -> Callable[[str], object]:
            return lambda query: list(archive.batch([query], limit=10 if quote else 1, span=not quote, quote=quote))

        def theirs(best: str) -> Callable[[str], object]:
            # Quotes keep words that are operators of SQLite's, such as NOT, words.
            def ask(query: str) -> object:
                match = " ".join(f'"{word}"' for word in query.split())
                return base.execute(COUNT, [match]).fetchone(), base.execute(best, [match]).fetchall()

            return ask

        print(f"{len(articles):,} articles, {len(queries)} queries of two words; ms a query")
        print(f"{'':22}{'p50':>9}{'p95':>9}{'mean':>9}")
        compare("csv", (ours(quote=False), theirs(BEST)), queries)
        compare("jsonl", (ours(quote=True), theirs(QUOTED)), queries)


if __name__ == "__main__":
    main()
