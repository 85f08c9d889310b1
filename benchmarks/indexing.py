"""How fast is a corpus indexed, how large does the index become, and what does a run without changes cost?

    python benchmarks/indexing.py CORPUS [--no-infer] [--workers N] [--memory MB] [--index DIR] [--keep]

CORPUS is a file or folder that `searcher index` reads; each run is a process of its own, as a user would start it.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from memory import Memory


def main() -> None:
    options = _options()
    folder = Path(options.index or tempfile.mkdtemp(prefix="searcher-indexing-"))
    command = [
        sys.executable,
        "-m",
        "searcher",
        "--index",
        str(folder / "index"),
        "--quiet",
        "index",
        str(options.corpus),
    ]
    command += ["--format", "json", "--memory", str(options.memory)]
    command += ["--no-infer"] if options.no_infer else []
    command += ["--workers", str(options.workers)] if options.workers is not None else []
    size = sum(path.stat().st_size for path in _files(options.corpus))
    try:
        for name in ("first run", "second run, nothing changed"):
            _print(name, _measure(command), folder / "index", size)
    finally:
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--no-infer", action="store_true")
    parser.add_argument("--workers", type=int)
    parser.add_argument("--memory", type=int, default=768)
    parser.add_argument("--index", help="a folder to build in; a temporary one by default")
    parser.add_argument("--keep", action="store_true", help="leave the index there")
    return parser.parse_args()


@dataclass(frozen=True, slots=True)
class Run:
    """What one run cost.

    Attributes:
        report: what `searcher index` says.
        seconds: by the clock.
        processor: seconds on all cores together, workers included.
        alone, together: peak memory of the process, and of it and its workers, in bytes; without what they map.
    """

    report: dict[str, Any]
    seconds: float
    processor: float
    alone: int
    together: int


def _measure(command: list[str]) -> Run:
    started, before = time.perf_counter(), _processor_seconds()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        memory = Memory(process.pid)
        output, _ = process.communicate()
        memory.end()
    processor = _processor_seconds() - before
    return Run(json.loads(output), time.perf_counter() - started, processor, memory.alone, memory.together)


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _print(name: str, run: Run, index: Path, size: int) -> None:
    changed = run.report["added"] + run.report["updated"]
    taken = sum(path.stat().st_size for path in _files(index))
    print(f"{name}: {run.seconds:.1f} s, {run.processor:.1f} s on all cores together")
    print(f"  {changed:,} articles written, {run.report['unchanged']:,} unchanged, {len(run.report['failed'])} failed")
    if changed:
        rate, speed = changed / run.seconds, size / run.seconds / 1e6
        print(f"  {rate:,.0f} articles/s, {speed:.2f} MB/s of files; {changed / run.processor:,.0f} articles/s a core")
    print(f"  index {taken / 1e6:.1f} MB; peak {run.alone / 1e6:.0f} MB, {run.together / 1e6:.0f} MB with its workers")


def _files(path: Path) -> list[Path]:
    return [path] if path.is_file() else [inner for inner in path.rglob("*") if inner.is_file()]


if __name__ == "__main__":
    main()
