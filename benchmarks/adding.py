"""How long until one new article can be found in a large archive, and how much is written for it?

    python benchmarks/adding.py INDEX [--peer CORPUS] [--size N] [--articles N]

Articles are saved one by one in a folder, and each is looked for by a word that only it has. We read the file and its
facts in a program that runs already (as `--watch`, the terminal UI and scripts do) and once more by a `searcher index`
of its own; INDEX is linked to, not changed. Tantivy is given the text alone, in an index of the first N articles of
CORPUS, a `.jsonl` or `.jsonl.xz` of records with `text`. Prints milliseconds on the wall and kilobytes written.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from engine_corpus import articles_of
from engine_peers import Tantivy

from searcher.archive import Archive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WORDS = 400


def stories(count: int) -> Iterator[tuple[str, str]]:
    """Make articles of the archive's size, each with a word that no other has."""
    chance = random.Random(1)  # noqa: S311 drawn again the same
    common = "the harbour council said that a new bridge would open before summer and cost more than planned".split()
    for number in range(count):
        own = f"uniqueword{number:04}{chance.randrange(10**9)}"
        story = " ".join(chance.choices(common, k=WORDS))
        yield own, f"Bridge number {number} opens\n\nLISBON, March 12 2021 - Mayor Ana Figueira said: {own}. {story}.\n"


def written() -> int:
    """Give the bytes that this process and those it waited for have written."""
    told = dict(line.split(": ") for line in Path("/proc/self/io").read_text().splitlines())
    return int(told["wchar"])


def measured(add: Callable[[str], None], found: Callable[[str], int], count: int) -> list[tuple[float, float]]:
    taken = []
    for own, story in stories(count):
        before, began = written(), time.perf_counter()
        add(story)
        if found(own) != 1:
            sys.exit(f"{own} is not found")
        taken.append(((time.perf_counter() - began) * 1000, (written() - before) / 1000))
    return taken


def ours(index: Path, folder: Path, count: int) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    shutil.copytree(index, folder / "index", copy_function=os.link)
    saved = folder / "saved"
    saved.mkdir()

    numbers = itertools.count()

    def save(story: str) -> None:
        (saved / f"{next(numbers)}.txt").write_text(story, "utf-8")

    with Archive.open(folder / "index") as archive:

        def running(story: str) -> None:
            save(story)
            archive.index([saved])

        yield "ours, running", measured(running, lambda word: archive.search(word).total, count)
    command = [sys.executable, "-m", "searcher", "--index", str(folder / "index"), "--quiet", "index", str(saved)]

    def started(story: str) -> None:
        save(story)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    taken = []
    for _, story in stories(count):
        began = time.perf_counter()
        started(story.replace("uniqueword", "otherword"))
        taken.append(((time.perf_counter() - began) * 1000, float("nan")))
    yield "ours, started for it", taken


def tantivy(corpus: Path, size: int, folder: Path, count: int) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    import tantivy

    folder.mkdir()
    Tantivy().build(lambda: ([one] for one in articles_of(corpus, size)), folder)
    index = tantivy.Index.open(str(folder))
    writer = index.writer(heap_size=50_000_000, num_threads=1)

    def add(story: str) -> None:
        writer.add_document(tantivy.Document(id=story[:24], body=story, source="new"))
        writer.commit()
        index.reload()

    def found(word: str) -> int:
        asked = tantivy.Query.term_query(index.schema, "body", word)
        return index.searcher().search(asked, 10).count

    yield "tantivy, running", measured(add, found, count)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("--peer", type=Path, metavar="CORPUS")
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--articles", type=int, default=40)
    options = parser.parse_args()
    # Beside the index: a link to a file cannot leave its file system.
    with tempfile.TemporaryDirectory(dir=options.index.resolve().parent) as scratch:
        rows = list(ours(options.index, Path(scratch), options.articles))
        if options.peer:
            rows += tantivy(options.peer, options.size, Path(scratch) / "tantivy", options.articles)
    least = statistics.median(time for time, _ in rows[0][1])
    print(f"{'':24}{'median ms':>10}{'p95':>8}{'kB':>8}{'times ours':>12}")
    for name, taken in rows:
        times, sizes = sorted(time for time, _ in taken), [size for _, size in taken]
        median, late = statistics.median(times), times[int(len(times) * 0.95)]
        print(f"{name:24}{median:10.1f}{late:8.1f}{statistics.median(sizes):8.0f}{median / least:12.2f}")


if __name__ == "__main__":
    main()
