"""Where does the time of one `searcher query`, as a whole process, go?

    python benchmarks/startup.py [--index DIR] [QUERY…]

Without an index the five articles of `seeds/` are indexed in a temporary folder. Prints the time of whole processes,
from bare Python upward: on the wall (median and 95th percentile) and, which a busy machine blurs less, the least of
CPU; then the imports of one query by package, which measuring makes dearer.
"""

from __future__ import annotations

import argparse
import collections
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# Modules are compiled once and kept, as where the program is installed.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
SEEDS = Path(__file__).parent.parent / "seeds"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("query", nargs="*", default=["lachin", "corridor"])
    options.add_argument("--index", default=os.environ.get("SEARCHER_INDEX"))
    options.add_argument("--runs", type=int, default=30)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        index = chosen.index or build(Path(scratch) / "index")
        query = ["-m", "searcher", "--index", index, "query", *chosen.query]
        processes = {
            "python": ["-c", ""],
            "python, without site": ["-S", "-E", "-c", ""],
            "+ click": ["-c", "import click"],
            "+ numpy": ["-c", "import click, numpy"],
            "searcher --version": ["-m", "searcher", "--version"],
            "searcher query": query,
            "searcher query --format json": [*query, "--format", "json"],
        }
        print(f"{'whole process, ms':<30} {'median':>9} {'p95':>9} {'least CPU':>9}")
        for name, arguments in processes.items():
            run(arguments)
            runs = [run(arguments) for _ in range(chosen.runs)]
            times = sorted(wall for wall, _ in runs)
            p95 = times[min(int(len(times) * 0.95), len(times) - 1)]
            print(f"{name:<30} {statistics.median(times):9.1f} {p95:9.1f} {min(cpu for _, cpu in runs):9.1f}")
        print(f"\n{'imports of one query':<30} {'ms':>9} {'modules':>9}")
        for package, (milliseconds, modules) in imports(query):
            print(f"{package:<30} {milliseconds:9.1f} {modules:9}")


def build(index: Path) -> str:
    subprocess.run(
        [sys.executable, "-m", "searcher", "--index", index, "index", SEEDS, "--quiet"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return str(index)


def run(arguments: list[str]) -> tuple[float, float]:
    """Give the milliseconds that a Python process takes, its start and end included: on the wall, and of CPU."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments], env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return (time.perf_counter() - start) * 1000, (usage.ru_utime + usage.ru_stime) * 1000


def imports(arguments: list[str]) -> list[tuple[str, tuple[float, int]]]:
    """Give what the imports of a process cost by top-level package, dearest first; measuring makes them dearer."""
    outcome = subprocess.run(
        [sys.executable, "-X", "importtime", *arguments],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env=ENVIRONMENT,
    )
    costs: collections.defaultdict[str, list[float]] = collections.defaultdict(list)
    for line in outcome.stderr.splitlines():
        if line.startswith("import time:") and "self" not in line:
            own, _, name = line.removeprefix("import time:").split("|")
            package = name.strip().partition(".")[0].lstrip("_")
            costs["standard library" if is_standard(package) else package].append(float(own) / 1000)
    table = {package: (sum(each), len(each)) for package, each in costs.items()}
    return sorted(table.items(), key=lambda row: -row[1][0])


def is_standard(package: str) -> bool:
    return package in sys.stdlib_module_names or f"_{package}" in sys.stdlib_module_names or package == "sitecustomize"


if __name__ == "__main__":
    main()
