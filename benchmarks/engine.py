"""How do we compare? The same articles indexed and asked by us, Whoosh, SQLite FTS5, Xapian and Tantivy in one sitting.

    python benchmarks/engine.py CORPUS [--sizes 72000 1000000] [--queries N] [--only ours,tantivy] [--every whoosh=10]

CORPUS is a `.jsonl` or `.jsonl.xz` of records with `text`, and where known `date` and `source`; SEARCHER_DATA names the
folder of corpora when it is left out. Of each size every engine builds an index in one process (ours in one a core
beside it) and answers in another, one engine after the other. All read the same ready articles from one file, and the
time of that, which is printed, is part of everyone's. Peak memory is that of all processes of an engine together,
without what they map from files.

A query is timed from the engine's own query object to the numbers or ids of its ten best hits. Words are drawn from
the texts, so that a word comes as often as it is used; the queries of all kinds come in one mixed order, those with
totals others than those without. `first`: each asked once, by a process that has asked nothing else; `again`: all of
them asked once more, in the same order. An engine that has not asked all of a pass after --minutes asks no more. The
same queries are asked at every size. On a machine that is not quiet, `--clock process_time` counts only the processor's
time. Engines that are not installed are left out, saying so (`pip install tantivy`;
`apt install python3-xapian`); `--every` gives a slow one every Nth article only.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from engine_corpus import KINDS, Corpus, chunks
from engine_peers import ENGINES
from memory import Memory

NAMES = {
    "word": "one word",
    "and": "AND of 2",
    "or": "OR of 3",
    "phrase": "phrase of 2",
    "prefix": "prefix of 4",
    "dates": "word, date range",
    "newest": "word, newest first",
    "facets": "word, sources counted",
}
PASSES = ("first", "again")
SHARES = {"p50": 0.5, "p95": 0.95, "max": 1.0}


def every_nth(ready: Path, most: int, step: int, part: int = 0, parts: int = 1):
    for some in chunks(ready, most, part, parts):
        chosen = [one for one in some if int(one["id"]) % step == 0]
        if chosen:
            yield chosen


# What a process of its own does: one of these, and a line of JSON.


def build(name: str, folder: Path, ready: Path, most: int, step: int) -> dict:
    began = time.perf_counter()
    count = sum(len(some) for some in every_nth(ready, most, step))
    reading = time.perf_counter() - began
    began = time.perf_counter()
    ENGINES[name]().build(partial(every_nth, ready, most, step), folder)
    seconds = time.perf_counter() - began
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return {"articles": count, "seconds": seconds, "reading": reading, "bytes": size}


def ask(name: str, folder: Path, queries: Path, minutes: float, clock: str) -> dict:
    now = getattr(time, clock)
    asker = ENGINES[name]().asker(folder)
    drawn = json.loads(queries.read_text())
    times: dict[str, list[float]] = {}
    hits: dict[str, list[int]] = {}
    for which in PASSES:
        end = time.monotonic() + minutes * 60
        asked = 0
        for kind, totals, words in drawn:
            call = asker(kind, words, totals)
            start = now()
            total = call()
            stop = now()
            times.setdefault(f"{kind} {totals} {which}", []).append((stop - start) * 1000)
            if total is not None and totals and which == "first":
                hits.setdefault(kind, []).append(total)
            asked += 1
            if time.monotonic() > end:
                break
        drawn = drawn[:asked]
    return {
        "asked": len(drawn),
        "ms": {
            case: {share: sorted(all_)[round((len(all_) - 1) * part)] for share, part in SHARES.items()}
            for case, all_ in times.items()
        },
        "hits": {kind: sum(totals) / len(totals) for kind, totals in hits.items()},
    }


# What starts these processes and watches their memory.


def run(python: str, what: str, *arguments: object) -> dict:
    """Run `build` or `ask` in a process; give what it says and the peak of its memory (RuntimeError)."""
    command = [python, __file__, "--child", what, *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        memory = Memory(process.pid)
        said, complaints = process.communicate()
        memory.end()
    if process.returncode:
        raise RuntimeError((complaints.strip().splitlines() or ["killed"])[-1])
    return {**json.loads(said.splitlines()[-1]), "peak": memory.together}


def measure(size: int, options: argparse.Namespace, folder: Path) -> dict[str, dict]:
    reports = {}
    for name in options.only.split(","):
        place = folder / name
        place.mkdir()
        python = options.xapian_python if name == "xapian" else sys.executable
        began = time.monotonic()
        try:
            built = run(python, "build", name, place, folder / "ready", size, options.every.get(name, 1))
            asked = run(python, "ask", name, place, folder / "queries", options.minutes, options.clock)
        except RuntimeError as error:
            print(f"{name}: left out ({error})", file=sys.stderr, flush=True)
        else:
            reports[name] = {"built": built, "asked": asked}
            print(f"{name}: {size:,} done, {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
        finally:
            shutil.rmtree(place, ignore_errors=True)
    return reports


# What is printed.


def building_table(reports: dict[str, dict], raw: int, size: int) -> None:
    print(
        f"\n{'':9}{'articles':>10}{'seconds':>9}{'(reading)':>10}{'art./s':>8}{'MB/s':>6}{'index MB':>10}"
        f"{'of raw':>8}{'peak MB':>9}{'asking':>8}{'our speed':>11}"
    )
    ours = reports.get("ours", {}).get("built")
    for name, one in reports.items():
        built = one["built"]
        rate = built["articles"] / built["seconds"]
        own_raw = raw * built["articles"] / size
        ratio = f"{ours['articles'] / ours['seconds'] / rate:10.2f}x" if ours else ""
        print(
            f"{name:9}{built['articles']:10,}{built['seconds']:9.1f}{built['reading']:10.1f}{rate:8,.0f}"
            f"{own_raw / built['seconds'] / 1e6:6.1f}{built['bytes'] / 1e6:10.1f}{built['bytes'] / own_raw:8.2f}"
            f"{built['peak'] / 1e6:9.0f}{one['asked']['peak'] / 1e6:8.0f}{ratio}"
        )


def asking_table(reports: dict[str, dict], *, totals: bool) -> None:
    times = f"{'p50':>9}{'p95':>9}{'max':>9}"
    print(f"\nms a query, {'with' if totals else 'without'} totals")
    print(f"{'':13}{'first':>27}{'again':>29}{'theirs / ours: first':>25}{'again':>15}{'hits' if totals else '':>10}")
    print(f"{'':13}{times}  {times}{'p50':>14}{'p95':>9}{'p50':>9}{'p95':>9}")
    for kind in KINDS:
        print(f"  {NAMES[kind]}")
        ours = reports.get("ours", {}).get("asked", {}).get("ms", {})
        for name, one in reports.items():
            line = f"    {name:9}"
            ratios = "     "
            for which in PASSES:
                case = f"{kind} {totals} {which}"
                took = one["asked"]["ms"].get(case)
                if took is None:
                    line += f"{'not asked':>27}  "
                    continue
                line += "".join(f"{took[share]:9.3f}" for share in SHARES) + "  "
                if name != "ours" and case in ours:
                    ratios += "".join(f"{took[share] / ours[case][share]:9.2f}" for share in ("p50", "p95"))
            found = one["asked"]["hits"].get(kind)
            print(line + f"{ratios:41}" + (f"{found:9,.0f}" if totals and found is not None else ""))


def growth_table(reports: dict[int, dict[str, dict]]) -> None:
    small, large = min(reports), max(reports)
    both = [name for name in reports[small] if name in reports[large]]
    print(f"\np95 at {large:,} articles / p95 at {small:,} (first, again; the worse of with and without totals)")
    print(f"{'':24}" + "".join(f"{name:>16}" for name in both))

    def grown(name: str, kind: str, which: str) -> str:
        cases = [f"{kind} {totals} {which}" for totals in (True, False)]
        before, after = (reports[size][name]["asked"]["ms"] for size in (small, large))
        factors = [after[case]["p95"] / before[case]["p95"] for case in cases if case in before and case in after]
        return f"{max(factors):8.1f}" if factors else f"{'–':>8}"

    for kind in KINDS:
        cells = ("".join(grown(name, kind, which) for which in PASSES) for name in both)
        print(f"  {NAMES[kind]:22}" + "".join(cells))


def every(text: str) -> dict[str, int]:
    return {name: int(step) for name, _, step in (one.partition("=") for one in text.split(",") if one)}


def main() -> None:
    if sys.argv[1:2] == ["--child"]:
        what, name, folder, file, *numbers = sys.argv[2:]
        if what == "build":
            print(json.dumps(build(name, Path(folder), Path(file), *map(int, numbers))))
        else:
            print(json.dumps(ask(name, Path(folder), Path(file), float(numbers[0]), numbers[1])))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Path(os.environ.get("SEARCHER_DATA", ".")) / "bulk" / "senate-press.jsonl.xz"
    parser.add_argument("corpus", type=Path, nargs="?", default=default)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10**9], help="articles; all of them when left out")
    parser.add_argument("--queries", type=int, default=200, help="of each kind, with totals, and as many without")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", default=",".join(ENGINES))
    parser.add_argument("--every", type=every, default={"whoosh": 10}, help="e.g. whoosh=10,xapian=4")
    parser.add_argument("--minutes", type=float, default=5, help="that an engine may ask for, in each pass")
    parser.add_argument("--clock", choices=["perf_counter", "process_time"], default="perf_counter", help="for queries")
    parser.add_argument("--xapian-python", default="/usr/bin/python3", help="a Python that has Xapian's binding")
    parser.add_argument("--folder", type=Path, help="where to build, instead of the system's place for such")
    parser.add_argument("--json", type=Path, help="where to keep the numbers, too")
    options = parser.parse_args()
    reports: dict[int, dict[str, dict]] = {}
    with tempfile.TemporaryDirectory(dir=options.folder) as temporary:
        folder = Path(temporary)
        corpus = Corpus(options.corpus, folder / "ready", options.sizes, options.seed)
        drawn = corpus.queries(options.queries, options.seed)
        (folder / "queries").write_text(json.dumps(drawn))
        for size, raw in sorted(corpus.raw.items()):
            print(f"\n{size:,} articles, {raw / 1e6:,.1f} MB of text, {len(drawn):,} queries", flush=True)
            reports[size] = measure(size, options, folder)
            building_table(reports[size], raw, size)
            asking_table(reports[size], totals=True)
            asking_table(reports[size], totals=False)
            if options.json:
                options.json.write_text(json.dumps(reports, indent=1))
    if len(reports) > 1:
        growth_table(reports)


if __name__ == "__main__":
    main()
