"""What a power cut may leave of a folder: every change to its files written down, then replayed in part.

    python disk_log.py COMMITS OUT

makes an index of so many commits (see `commit_history`) and writes down every file that was made, flushed, renamed or
removed, with what the files then held, and when a commit was told of.

A disk keeps what was flushed: of a file its content, of a folder its names. Of what was not, it may have any part, in
any order: of the names, any of the changes; of a file, any of its sectors, and any length (Pillai et al., "All File
Systems Are Not Created Equal", OSDI 2014).
"""

from __future__ import annotations

import os
import pickle
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

SECTOR = 512


class Change(NamedTuple):
    """One step, and what stood in the folder right before it.

    Attributes:
        kind: make, flush (a file), sync (the folder's names), rename, remove, or told.
        name: of the file; the number of the commit that was told of.
        to: the new name.
        before: the content of every file, by name.
    """

    kind: str
    name: str | int
    to: str
    before: dict[str, bytes]


# Writing it down.


class Recorder:
    """Sees every change to the files of a folder that this process makes."""

    def __init__(self, folder):
        self.folder = str(folder)
        self.changes = []
        self.contents = {}  # equal contents are one object
        self.looking = False
        sys.addaudithook(self.hear)
        self.fsync = os.fsync
        os.fsync = self.flushed

    def hear(self, event, arguments):
        if self.looking or event not in ("open", "os.rename", "os.remove"):
            return
        path = os.fspath(arguments[0]) if isinstance(arguments[0], str | Path) else ""
        if os.path.dirname(path) != self.folder or "LOCK" in path:  # noqa: PTH120
            return
        name = os.path.basename(path)  # noqa: PTH119
        if event == "open":
            if arguments[2] & (os.O_CREAT | os.O_TRUNC):
                self.note("make", name)
        elif event == "os.rename":
            self.note("rename", name, os.path.basename(arguments[1]))  # noqa: PTH119
        else:
            self.note("remove", name)

    def flushed(self, descriptor):
        path = os.readlink(f"/proc/self/fd/{descriptor}")  # noqa: PTH115
        self.fsync(descriptor)
        if path == self.folder:
            self.note("sync", "")
        elif os.path.dirname(path) == self.folder:  # noqa: PTH120
            self.note("flush", os.path.basename(path))  # noqa: PTH119

    def note(self, kind, name, to=""):
        self.looking = True
        held = {path.name: path.read_bytes() for path in Path(self.folder).iterdir() if "LOCK" not in path.name}
        self.looking = False
        before = {one: self.contents.setdefault(content, content) for one, content in held.items()}
        self.changes.append(Change(kind, name, to, before))


def record(commits):
    from commit_history import commit_next

    from searcher.store.index import ArticleIndex

    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary).resolve() / "index"
        folder.mkdir()
        recorder = Recorder(folder)
        index = ArticleIndex.create(folder)
        texts = {}
        recorder.note("told", 0)
        for _ in range(commits):
            number, texts = commit_next(index, texts)
            recorder.note("told", number)
        return recorder.changes


# Replaying it.


@dataclass
class File:
    """One file, whatever its name: what is on the disk of it, and what a reader would see."""

    flushed: bytes = b""
    seen: bytes = b""

    def after_cut(self, chance):
        """What is found of it: the flushed, the seen, or some sectors of either."""
        way = chance.randrange(4)
        if self.flushed == self.seen or way == 0:
            return self.flushed
        if way == 1:
            return self.seen
        size = chance.choice([len(self.flushed), len(self.seen), chance.randint(0, len(self.seen))])
        if way == 2:
            return self.seen[:size]
        pieces = []
        for start in range(0, size, SECTOR):
            source = chance.choice([self.flushed, self.seen])
            pieces.append(source[start : start + SECTOR].ljust(SECTOR, b"\0"))
        return b"".join(pieces)[:size]


@dataclass
class Disk:
    """A folder: its names on the disk, the changes of names that are not there yet, and the names that readers see."""

    kept: dict[str, File] = field(default_factory=dict)
    pending: list[tuple[str | None, str | None, File]] = field(default_factory=list)
    names: dict[str, File] = field(default_factory=dict)

    def do(self, change):
        for name, content in change.before.items():
            if name in self.names:
                self.names[name].seen = content
        match change.kind:
            case "make":
                if change.name in self.names:
                    self.names[change.name].seen = b""
                else:
                    file = self.names[change.name] = File()
                    self.pending.append((None, change.name, file))
            case "flush":
                self.names[change.name].flushed = self.names[change.name].seen
            case "sync":
                self.kept, self.pending = dict(self.names), []
            case "rename":
                file = self.names[change.to] = self.names.pop(change.name)
                self.pending.append((change.name, change.to, file))
            case "remove":
                self.pending.append((change.name, None, self.names.pop(change.name)))

    def after_cut(self, chance):
        """What is found in the folder, by name."""
        names = dict(self.kept)
        likely = chance.choice([0.0, 0.5, 0.9, 1.0])
        for old, new, file in self.pending:
            if chance.random() < likely:
                if names.get(old) is file:
                    del names[old]
                if new is not None:
                    names[new] = file
        return {name: file.after_cut(chance) for name, file in names.items()}


def cut(changes, point, chance):
    """Give the last commit told of before step `point`, the last begun, and what a power cut then leaves."""
    disk, told = Disk(), -1
    for change in changes[:point]:
        disk.do(change)
        if change.kind == "told":
            told = change.name
    if point < len(changes):  # what was written between the last step and this one
        disk.do(Change("", "", "", changes[point].before))
    return told, disk.after_cut(chance)


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(pickle.dumps([tuple(change) for change in record(int(sys.argv[1]))]))
