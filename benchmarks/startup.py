"""Where does the time until the first answer go?

    python benchmarks/startup.py [--index DIR] [--runs N] [QUERY…]

Without an index the five articles of `seeds/` are indexed in a temporary folder; another is copied there. Prints, for
whole processes from bare Python upward, the time on the wall (median and 95th percentile), the least of CPU, which a
busy machine blurs less, and millions of instructions, which it does not blur (where there is Linux's `perf`); then, for
the query and for indexing one new file, the CPU of one process by stage: what is imported, what compiles patterns and
makes classes meanwhile, and what the work itself takes. SQLite's FTS5 on the titles and first words of the newest
20,000 articles answers beside us as a Python one-shot.

The program is copied and compiled first, so that what was edited since is not compiled anew by each process.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).parent.parent
STAGES = Path(__file__).with_name("startup_stages.py")
ENTER = "import sys; from searcher.__main__ import main; sys.argv[0] = 'searcher'; main()"
PEER = """
import sqlite3, sys
rows = sqlite3.connect(sys.argv[1]).execute(
    "SELECT title, snippet(articles, 1, '', '', '', 30) FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT 10",
    (" ".join(sys.argv[2:]),))
print(*rows, sep="\\n")
"""
NEW_ARTICLE = """The Harbour Daily

Council votes to repair the old bridge
LISBON, March 12 2021 - The city council voted on Friday to repair the old bridge, Mayor Ana Figueira said.
"It will be open again before the summer," Figueira said at a news conference with engineer Tomas Lund.
"""


class Starts:
    """Starts processes of the compiled program."""

    def __init__(self, scratch: Path) -> None:
        shutil.copytree(PROJECT / "searcher", scratch / "program/searcher")
        compileall.compile_dir(scratch / "program", quiet=1)
        self.environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        self.environment |= {"PYTHONPATH": str(scratch / "program"), "OPENBLAS_NUM_THREADS": "1"}

    def run(self, arguments: list[str]) -> tuple[float, float]:
        """Give the milliseconds that a Python process takes, its start and end included: on the wall, and of CPU."""
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *arguments], env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        return (time.perf_counter() - start) * 1000, (usage.ru_utime + usage.ru_stime) * 1000

    def instructions(self, arguments: list[str]) -> float | None:
        """Give the millions of instructions of a process; None where nothing counts them."""
        counting = ["perf", "stat", "-x,", "-e", "instructions:u", sys.executable, *arguments]
        if not shutil.which("perf"):
            return None
        told = subprocess.run(counting, env=self.environment, capture_output=True, check=False, encoding="utf-8")
        counts = [line.split(",")[0] for line in told.stderr.splitlines() if "instructions" in line]
        return int(counts[0]) / 1e6 if counts and counts[0].isdigit() else None

    def stages(self, arguments: list[str]) -> dict[str, float]:
        """Give the CPU of one command by stage, in milliseconds; stages do not overlap."""
        with tempfile.NamedTemporaryFile() as told:
            self.run([str(STAGES), told.name, *arguments])
            stages: dict[str, float] = json.loads(told.read())
        return stages


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("query", nargs="*", default=["lachin", "corridor"])
    options.add_argument("--index", default=os.environ.get("SEARCHER_INDEX"))
    options.add_argument("--runs", type=int, default=20)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        starts = Starts(scratch)
        new = scratch / "new"
        new.mkdir()
        index = scratch / "index"
        if chosen.index:
            shutil.copytree(chosen.index, index)
        else:
            starts.run(["-c", ENTER, "--index", str(index), "index", str(PROJECT / "seeds"), "--quiet"])
        asked = {
            "--version": ["--version"],
            "--help": ["--help"],
            "query": ["query", *chosen.query],
            "query --format json": ["query", *chosen.query, "--format", "json"],
            "show, no such article": ["show", "zz"],
            "extract, one file": ["extract", str(new)],
            "index, nothing changed": ["index", str(new)],
            "index, one new file": ["index", str(new)],
        }
        processes = {
            "python": ["-c", ""],
            "python, numpy": ["-c", "import numpy"],
            "python, numpy, click": ["-c", "import numpy, click"],
            "python, numpy, click, whoosh": ["-c", "import numpy, click, whoosh.index, whoosh.query, whoosh.searching"],
            "python, textual": ["-c", "import textual.app"],
            **{f"searcher {name}": ["-c", ENTER, "--index", str(index), *asked[name]] for name in asked},
        }
        if peer := fts5(starts, index, scratch):
            processes["sqlite3 FTS5, Python"] = ["-c", PEER, str(peer), *chosen.query]
        runs: dict[str, list[tuple[float, float]]] = {name: [] for name in processes}
        for turn in range(chosen.runs + 1):  # in turn, so that a busy moment falls on all
            for name, arguments in processes.items():
                change(new, name)
                taken = starts.run(arguments)
                if turn:
                    runs[name].append(taken)
        print(f"{'whole process, ms':<32} {'median':>9} {'p95':>9} {'least CPU':>9} {'M instr.':>9}")
        for name, all_taken in runs.items():
            walls = sorted(wall for wall, _ in all_taken)
            p95 = walls[min(int(len(walls) * 0.95), len(walls) - 1)]
            change(new, name)
            counted = starts.instructions(processes[name])
            least = min(cpu for _, cpu in all_taken)
            print(f"{name:<32} {statistics.median(walls):9.1f} {p95:9.1f} {least:9.1f} {counted or 0:9.0f}")
        for name in ("query", "index, one new file"):
            say_stages(starts, name, ["--index", str(index), *asked[name]], new, chosen.runs)


def change(new: Path, command: str) -> None:
    """Have something new to index for the command that is to index it."""
    if command.endswith("new file"):
        (new / "new.txt").write_text(f"{NEW_ARTICLE}{time.time_ns()}\n", "utf-8")


def say_stages(starts: Starts, name: str, arguments: list[str], new: Path, runs: int) -> None:
    least: dict[str, float] = {}
    for _ in range(runs):
        change(new, name)
        for stage, milliseconds in starts.stages(arguments).items():
            least[stage] = min(milliseconds, least.get(stage, milliseconds))
    print(f"\n{f'stages of searcher {name}':<42} {'least CPU, ms':>13}")
    for stage, milliseconds in sorted(least.items(), key=lambda row: -row[1]):
        print(f"{stage:<42} {milliseconds:13.1f}")


def fts5(starts: Starts, index: Path, scratch: Path) -> Path | None:
    """Put the titles and first words of an index's articles into SQLite FTS5; None where SQLite has none of it."""
    copied = scratch / "fts5.db"
    code = (
        "import sqlite3, sys, searcher\n"
        "peer = sqlite3.connect(sys.argv[2])\n"
        "peer.execute('CREATE VIRTUAL TABLE articles USING fts5(title, body, tokenize=porter)')\n"
        "with searcher.open(sys.argv[1]) as archive:\n"
        "    hits = archive.search('*', limit=20_000, sort='newest').hits\n"
        "peer.executemany('INSERT INTO articles VALUES (?, ?)', ((hit.title, hit.snippet) for hit in hits))\n"
        "peer.commit()"
    )
    starts.run(["-c", code, str(index), str(copied)])
    return copied if copied.exists() and copied.stat().st_size > 1 << 14 else None


if __name__ == "__main__":
    main()
