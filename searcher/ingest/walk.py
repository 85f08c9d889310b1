"""Which files are there to index, under which names, in an order that is the same every time."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from searcher.articles.formats import is_known
from searcher.ingest.paths import absolute, stored_path
from searcher.model import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import pathspec

_IGNORE_NAME = ".gitignore"


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to index.

    Attributes:
        path: where it is opened.
        stored: its path as the archive stores it: relative to the archive's root where it lies below, with slashes.
        size: in bytes.
        modified: time of its last modification, in nanoseconds.
    """

    path: Path
    stored: str
    size: int
    modified: int


@dataclass(frozen=True, slots=True)
class Walk:
    """How to walk.

    Attributes:
        root: the archive's root; stored paths are relative to it.
        left_out: files and folders that are never part of a source: the index itself, its settings.
        largest: files over this many bytes are passed over in folders.
    """

    root: Path
    left_out: frozenset[Path] = frozenset()
    largest: int = 1 << 32

    def files(self, sources: Sequence[Path]) -> Iterator[FoundFile | Failure]:
        """Find the files of all sources, each once, folders in the order of their names.

        Hidden files, what a `.gitignore` in or below the source names, links, files that are no format of ours and
        files over the limit are passed over. A source itself is taken whatever it is called, link or not; that it is
        not there is a Failure.
        """
        seen: set[str] = set()
        for source in sources:
            path = absolute(source)
            if path.is_dir():
                yield from self._folder(path, os.path.realpath(path), seen, ())
            elif path.is_file():
                real = os.path.realpath(path)
                if real not in seen:
                    seen.add(real)
                    yield self._found(path, path.stat())
            else:
                reason = "neither a file nor a folder" if path.exists() else "there is no such file or folder"
                yield Failure(self.stored(path), reason)

    def known_elsewhere(self, names: Iterable[str], found: set[str]) -> Iterator[FoundFile]:
        """Find again the files that the archive knows by their stored paths and that are not among the `found`."""
        for name in names:
            path = absolute(self.root / name)
            if name not in found and path.is_file():
                yield self._found(path, path.stat())

    def _folder(
        self, folder: Path, real: str, seen: set[str], ignored: tuple[_Ignore, ...]
    ) -> Iterator[FoundFile | Failure]:
        if real in seen:
            return
        seen.add(real)
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield Failure(self.stored(folder), error.strerror or str(error))
            return
        if any(entry.name == _IGNORE_NAME for entry in entries):
            ignored = (*ignored, _Ignore.read(folder))
        for entry in entries:
            path = folder / entry.name
            if entry.name.startswith(".") or entry.is_symlink() or path in self.left_out:
                continue
            is_folder = entry.is_dir(follow_symlinks=False)
            if any(rules.covers(path, is_folder=is_folder) for rules in ignored):
                continue
            if is_folder:
                yield from self._folder(path, f"{real}/{entry.name}", seen, ignored)
            elif entry.is_file(follow_symlinks=False) and is_known(entry.name):
                yield from self._file(path, entry, f"{real}/{entry.name}", seen)

    def _file(self, path: Path, entry: os.DirEntry[str], real: str, seen: set[str]) -> Iterator[FoundFile | Failure]:
        if real in seen:
            return
        seen.add(real)
        try:
            state = entry.stat(follow_symlinks=False)
        except OSError as error:
            yield Failure(self.stored(path), error.strerror or str(error))
            return
        if state.st_size <= self.largest:
            yield self._found(path, state)

    def _found(self, path: Path, state: os.stat_result) -> FoundFile:
        return FoundFile(path, self.stored(path), state.st_size, state.st_mtime_ns)

    def stored(self, path: Path) -> str:
        """Give the path under which the archive stores a file."""
        return stored_path(path, self.root)


@dataclass(frozen=True, slots=True)
class _Ignore:
    """The rules of one `.gitignore`, which speak of what lies below its folder."""

    folder: Path
    rules: pathspec.GitIgnoreSpec = field(compare=False)

    @classmethod
    def read(cls, folder: Path) -> _Ignore:
        import pathspec

        try:
            lines = (folder / _IGNORE_NAME).read_text("utf-8", "replace").splitlines()
        except OSError:
            lines = []
        try:
            return cls(folder, pathspec.GitIgnoreSpec.from_lines(lines))
        except ValueError:  # a pattern that git would not take either
            return cls(folder, pathspec.GitIgnoreSpec.from_lines([]))

    def covers(self, path: Path, *, is_folder: bool) -> bool:
        name = path.relative_to(self.folder).as_posix()
        ignored: bool = self.rules.match_file(f"{name}/" if is_folder else name)
        return ignored
