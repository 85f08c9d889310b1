"""Ends a run at its n-th write, flush, rename or removal, for every n, and looks at what is left.

    python crash_driver.py FOLDER kill|power-cut-undone|power-cut-done

`kill` is a process that ends: all it wrote is there. A power cut loses what was not flushed: the end of files, names
that their folder was not flushed with, and a renaming (undone) or not (done: the renamed file is there, its end is
not).
"""

# ruff: noqa: PTH110, PTH115, PTH202, T201

from __future__ import annotations

import builtins
import json
import os
import shutil
import sys
from pathlib import Path

from searcher.ingest.options import IndexOptions
from searcher.ingest.pipeline import Place, run
from searcher.store.check import check
from searcher.store.index import ArticleIndex

OPTIONS = IndexOptions(workers=0, infer=False)


class Disk:
    """Sees every change to the files of one folder, and ends the process before the one with number `last`."""

    def __init__(self, folder, mode, last):
        self.folder, self.mode, self.last = str(folder), mode, last
        self.count = 0
        self.flushed = {str(path): path.stat().st_size for path in folder.iterdir()}  # path -> bytes on the disk
        self.named = set(self.flushed)  # paths whose names are on the disk
        self.renamed = []  # (from, to, what was there before), not on the disk yet

    def install(self):
        self.real = [
            (os, name, getattr(os, name)) for name in ("fsync", "replace", "rename", "remove", "unlink", "open")
        ]
        self.real.append((builtins, "open", builtins.open))
        for owner, name, function in self.real:
            setattr(owner, name, getattr(self, name)(function))

    def step(self):
        if self.count == self.last:
            for owner, name, function in self.real:
                setattr(owner, name, function)
            if self.mode != "kill":
                self.cut()
            os.kill(os.getpid(), 9)
        self.count += 1

    def inside(self, path):
        return isinstance(path, str | Path) and str(path).startswith(self.folder + os.sep)

    def open(self, real):
        def opened(path, how="r", *rest, **options):
            writes = how & (os.O_CREAT | os.O_TRUNC) if isinstance(how, int) else "w" in how
            if self.inside(path) and writes and "LOCK" not in str(path):
                self.step()
                self.flushed[str(path)] = 0
            return real(path, how, *rest, **options)

        return opened

    def fsync(self, real):
        def flushed(descriptor):
            path = os.readlink(f"/proc/self/fd/{descriptor}")
            self.step()
            real(descriptor)
            if path == self.folder:
                self.named, self.renamed = {str(entry) for entry in Path(path).iterdir()}, []
            else:
                self.flushed[path] = os.path.getsize(path)

        return flushed

    def replace(self, real):
        def replaced(old, new, **options):
            self.step()
            if self.inside(new):
                before = Path(new).read_bytes() if os.path.exists(new) else None
                self.renamed.append((str(old), str(new), before))
                self.flushed[str(new)] = self.flushed.pop(str(old), 0)
            real(old, new, **options)

        return replaced

    rename = replace

    def remove(self, real):
        def removed(path, **options):
            self.step()
            real(path, **options)

        return removed

    unlink = remove

    def cut(self):
        for path, size in self.flushed.items():
            if os.path.exists(path):
                os.truncate(path, min(size, os.path.getsize(path)))
        for old, new, before in reversed(self.renamed):
            if self.mode.endswith("undone"):
                shutil.move(new, old)
                if before is not None:
                    Path(new).write_bytes(before)
        kept = self.named | ({new for _, new, _ in self.renamed} if self.mode.endswith("-done") else set())
        for path in Path(self.folder).iterdir():
            if str(path) not in kept and "LOCK" not in path.name:
                path.unlink()


def state(folder):
    with ArticleIndex.open(folder).snapshot() as snapshot:
        return sorted(snapshot.article(number).text[-20:] for number in snapshot.numbers())


def change(sources):
    (sources / "one.txt").write_text("The first story was changed after it was read.", "utf-8")
    (sources / "two.txt").unlink()
    (sources / "four.txt").write_text("The fourth story is a new one in this place.", "utf-8")


def main(root, mode):
    sources, saved = root / "articles", root / "saved"
    sources.mkdir()
    for name in ("one", "two", "three"):
        (sources / f"{name}.txt").write_text(f"Story {name} tells what there was to tell.", "utf-8")
    place = Place(root / "index", root)
    run(place, [sources], OPTIONS)
    before = state(place.index)
    shutil.copytree(place.index, saved)
    change(sources)
    last, ended = 0, True
    while ended:
        shutil.rmtree(place.index)
        shutil.copytree(saved, place.index)
        child = os.fork()
        if child == 0:
            Disk(place.index, mode, last).install()
            run(place, [sources], OPTIONS)
            os._exit(0)
        ended = os.WIFSIGNALED(os.waitpid(child, 0)[1])
        left = state(place.index)
        sound = check(ArticleIndex.open(place.index)).sound
        run(place, [sources], OPTIONS)
        after = state(place.index)
        again = run(place, [sources], OPTIONS)
        files = sorted(path.name.split(".")[-1] for path in place.index.iterdir())
        print(
            json.dumps(
                {
                    "point": last,
                    "ended": ended,
                    "left": "before" if left == before else "after" if left == after else left,
                    "sound": sound and check(ArticleIndex.open(place.index)).sound,
                    "converged": again.unchanged == 3 == again.articles and len(after) == 3,
                    "files": files,
                }
            )
        )
        last += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
