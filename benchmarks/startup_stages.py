"""Runs one command and tells what CPU its stages took; is run by `startup.py`, not by itself.

    python benchmarks/startup_stages.py TOLD COMMAND…

TOLD becomes a JSON object of milliseconds by stage. What is measured is left out of what surrounds it, so that the
stages add up to the whole; measuring makes the imports a little dearer.
"""

from __future__ import annotations

import dataclasses
import gc
import importlib.machinery
import json
import re
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

PACKAGES = ("searcher", "numpy", "whoosh", "click")
WORK = {
    "searcher.store.index": {"ArticleIndex.snapshot": "opening the index"},
    "searcher.articles.understanding": {"understand": "understanding an article"},
    "searcher.articles.facts.tagging": {"tagger": "loading the people model"},
    "searcher.articles.facts.outlets": {"_known": "reading the table of outlets"},
    "searcher.store.building": {"ArticleBuilder.add": "building", "ArticleBuilder.finish": "building"},
    "searcher.store.writer": {"IndexWriter.commit": "committing", "IndexWriter.remove": "removing what it replaces"},
    "searcher.ingest.manifest": {"Manifest.of": "what the index has of which file"},
    "searcher.ingest.pipeline": {"_Run._keep_beside": "side files"},
    "searcher.search.finding": {"find": "executing"},
    "searcher.search.showing.hits": {"make_hits": "hits and snippets"},
}

taken: defaultdict[str, float] = defaultdict(float)
inner: list[float] = [0.0]


def timed(stage: str | Callable[..., str], function: Callable[..., Any]) -> Callable[..., Any]:
    """Add what a function takes itself to a stage."""

    def measured(*args: Any, **kwargs: Any) -> Any:
        start = time.thread_time()
        inner.append(0.0)
        try:
            return function(*args, **kwargs)
        finally:
            whole = time.thread_time() - start
            taken[stage if isinstance(stage, str) else stage(*args)] += whole - inner.pop()
            inner[-1] += whole

    return measured


def package_of(_loader: Any, module: ModuleType) -> str:
    package = module.__name__.partition(".")[0].lstrip("_")
    return f"importing {package if package in PACKAGES else 'other libraries'}"


def watch(module: ModuleType) -> None:
    for name, stage in WORK.get(module.__name__, {}).items():
        owner: Any = module
        *outer, last = name.split(".")
        for part in outer:
            owner = getattr(owner, part)
        kept = vars(owner)[last]
        if isinstance(kept, classmethod):
            setattr(owner, last, classmethod(timed(stage, kept.__func__)))
        else:
            setattr(owner, last, timed(stage, kept))


def main() -> None:
    told, *command = sys.argv[1:]
    gc.set_threshold(200_000)  # as the program does
    dataclasses._process_class = timed("making dataclasses", dataclasses._process_class)  # type: ignore[attr-defined]  # noqa: SLF001
    compiler = re._compiler  # type: ignore[attr-defined]  # noqa: SLF001
    compiler.compile = timed("compiling patterns", compiler.compile)
    loader: Any = importlib.machinery.SourceFileLoader
    execute = timed(package_of, loader.exec_module)

    def load(self: Any, module: ModuleType) -> None:
        execute(self, module)
        watch(module)

    loader.exec_module = load

    def whole() -> None:
        from searcher.cli.main import run

        run(command)

    timed("all else", whole)()
    Path(told).write_text(json.dumps({stage: seconds * 1000 for stage, seconds in taken.items()}), "utf-8")


if __name__ == "__main__":
    main()
