"""How good is the order of the hits? nDCG@10, MAP and recall@100 on test collections, beside plain BM25's.

    python benchmarks/retrieval.py [--data FOLDER] [--match any|auto] [SET…]

The folder (else the environment's SEARCHER_DATA) holds `retrieval/SET/` with `docs.jsonl.xz`, `queries.jsonl` and
`qrels.tsv` (query, document, grade). Each set is indexed as any file of records is, and each of its queries asked as it
stands. Grades are gains; a document without one is not relevant. A query without relevant documents is left out.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

from searcher.archive import Archive

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.model import Match

DEPTH = 1000

# nDCG@10 and MAP of BM25 with k1 1.2, b 0.75, Snowball stems and stop words, over title and text as one field.
PLAIN_BM25 = {"cranfield": (0.366, 0.304), "cacm": (0.501, 0.358), "cisi": (0.409, 0.227)}


class Quality(NamedTuple):
    """How good one ranking is, or many are on the mean."""

    ndcg: float
    average_precision: float
    recall: float


def judge(found: Sequence[str], grades: dict[str, float]) -> Quality:
    gains = [grades.get(name, 0.0) for name in found]
    ideal = sorted(grades.values(), reverse=True)
    relevant = sum(grade > 0 for grade in ideal)
    hits = 0
    precisions = 0.0
    for rank, gain in enumerate(gains, 1):
        if gain > 0:
            hits += 1
            precisions += hits / rank
    return Quality(
        _discounted(gains[:10]) / _discounted(ideal[:10]),
        precisions / relevant,
        sum(gain > 0 for gain in gains[:100]) / relevant,
    )


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


def measure(folder: Path, match: Match) -> tuple[Quality, float]:
    grades: dict[str, dict[str, float]] = defaultdict(dict)
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        query, document, grade = line.split("\t")
        grades[query][document] = float(grade)
    qualities = []
    seconds = 0.0
    with tempfile.TemporaryDirectory() as scratch, Archive.create(Path(scratch) / "index") as archive:
        archive.index([folder / "docs.jsonl.xz"])
        for line in (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines():
            query = json.loads(line)
            judged = grades.get(query["id"], {})
            if not any(grade > 0 for grade in judged.values()):
                continue
            began = time.perf_counter()
            page = archive.search(query["text"], match=match, limit=DEPTH, quote=False, lenient=True)
            seconds += time.perf_counter() - began
            qualities.append(judge([hit.record_id or "" for hit in page.hits], judged))
    return Quality(*map(fmean, zip(*qualities, strict=True))), seconds / len(qualities)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", default=list(PLAIN_BM25), metavar="SET")
    parser.add_argument("--data", type=Path, default=os.environ.get("SEARCHER_DATA"))
    parser.add_argument("--match", choices=("any", "auto"), default="auto")
    options = parser.parse_args()
    if options.data is None:
        parser.error("name the data folder with --data or SEARCHER_DATA")
    print(f"{'':12}{'nDCG@10':>9}{'MAP':>8}{'recall@100':>12}{'plain BM25: nDCG@10':>22}{'MAP':>7}")
    ratios = []
    for name in options.sets:
        quality, seconds = measure(Path(options.data) / "retrieval" / name, options.match)
        ndcg, precision = PLAIN_BM25.get(name, (math.nan, math.nan))
        ratios += [quality.ndcg / ndcg, quality.average_precision / precision]
        print(
            f"{name:12}{quality.ndcg:9.3f}{quality.average_precision:8.3f}{quality.recall:12.3f}"
            f"{ndcg:22.3f}{precision:7.3f}   {seconds * 1000:.0f} ms a query with {DEPTH} hits read"
        )
    print(f"mean ratio to plain BM25: {fmean(ratios):.3f}")


if __name__ == "__main__":
    main()
