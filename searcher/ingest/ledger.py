"""Keep the books of a run: what each article means for the index, and what the index holds of each file after it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from searcher.ingest.events import Committed, FileFailed
from searcher.ingest.manifest import UNFINISHED, Manifest
from searcher.model import Failure
from searcher.store.file_states import FileState

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from searcher.ingest.events import Listener
    from searcher.ingest.reading import FileToRead, ReadArticle
    from searcher.store.codec.segment import ArraySegment
    from searcher.store.snapshot import Snapshot
    from searcher.store.writer import IndexWriter


#: A file of which more records cannot be read is read again each time: its failures are not kept.
_MOST_FAILURES = 1000


@dataclass(slots=True)
class _OpenFile:
    """A file that is being read: what the index knows of it and was not met yet, what could not be read."""

    known: dict[str, int]
    met: bool = False
    partly: bool = False
    failures: list[Failure] = field(default_factory=list)


class Ledger:
    """The run so far, in articles.

    Args:
        sources: stored paths of what is being indexed.

    Attributes:
        manifest: their files as the index had them before the run.
    """

    def __init__(
        self,
        snapshot: Snapshot | None,
        writer: IndexWriter | None,
        tell: Listener,
        sources: Collection[str],
        *,
        full: bool,
    ) -> None:
        self._snapshot = snapshot
        self._writer = writer
        self._tell = tell
        self._full = full
        self._open: dict[str, _OpenFile] = {}
        self._states_before = snapshot.file_states() if snapshot is not None else {}
        self._states = dict(self._states_before)
        self.manifest = Manifest.of(snapshot, self._states, sources) if snapshot else Manifest()
        self._before = len(snapshot) if snapshot else 0
        self.added = self.updated = self.removed = self.unchanged = 0
        self.failed: list[Failure] = []

    @property
    def seen(self) -> int:
        """Articles met so far in files that were read."""
        return self.added + self.updated + self.unchanged

    @property
    def articles(self) -> int:
        """Articles that the index holds after the run so far."""
        return self._before + self.added - self.removed

    def known(self, file: str) -> dict[str, int]:
        """Give the digests of the articles that the index holds of a file, by id."""
        return self._snapshot.digests(file) if self._snapshot and file in self.manifest.stamps else {}

    def keep(self, file: str) -> None:
        """Count the articles of a file that was not read because it is as it was, and what of it cannot be read."""
        self.unchanged += self.manifest.articles[file]
        for failure in self._states[file].failures if file in self._states else ():
            self.fail(failure)

    def vanish(self, file: str) -> None:
        """Remove all articles of a file that is gone."""
        self._remove(self.known(file))
        self._states.pop(file, None)

    def take(self, file: str, item: ReadArticle | Failure) -> None:
        """Enter one article or failure of a file."""
        state = self._open.get(file)
        if state is None:
            state = self._open[file] = _OpenFile(self.known(file))
        if isinstance(item, Failure):
            state.failures.append(item)
            self.fail(item)
        else:
            state.met = True
            self._enter(item, state)

    def fail(self, failure: Failure) -> None:
        """Enter something that could not be read."""
        self.failed.append(failure)
        self._tell(FileFailed(failure))

    def end(self, file: FileToRead, *, streamed: bool) -> None:
        """Close a file: remove what it no longer holds, and keep its state where its articles do not."""
        state = self._open.pop(file.stored, None) or _OpenFile(self.known(file.stored))
        if state.failures:
            kept = state.met and len(state.failures) <= _MOST_FAILURES
            self._states[file.stored] = FileState(file.stamp, tuple(state.failures)) if kept else FileState(UNFINISHED)
            return
        self._remove(state.known)
        if streamed or state.partly:
            self._states[file.stored] = FileState(file.stamp)
        else:
            self._states.pop(file.stored, None)

    def hold(self, segments: Iterable[ArraySegment]) -> None:
        """Take segments that the next checkpoint is to put into the index."""
        if self._writer:
            for segment in segments:
                self._writer.add_segment(segment)

    def checkpoint(self, segments: Iterable[ArraySegment], *, tidy: bool) -> None:
        """Make the run so far last, given the segments that hold what was read; `tidy` as in `IndexWriter.commit`."""
        self.hold(segments)
        if self._writer and self._writer.changed:
            revision = self._writer.commit(tidy=tidy)
            self._tell(Committed(revision, self.articles))

    def finish(self) -> int:
        """Close the books after the last checkpoint; give the revision of the index."""
        if self._full:
            self.removed = self._before - self.updated
        if self._writer is None:
            return self._snapshot.revision if self._snapshot is not None else 0
        before = self._snapshot.revision if self._snapshot is not None else 0
        known = self._states or self._states_before
        if known and (self._writer.revision != before or self._states != self._states_before):
            self._writer.save_file_states(self._states)
        return self._writer.revision

    def _enter(self, article: ReadArticle, state: _OpenFile) -> None:
        known = state.known.pop(article.id, None) is not None
        if not article.differs:
            self.unchanged += 1
            state.partly = True
        elif not known:
            self.added += 1
        else:
            self.updated += 1
            if self._writer and not self._full:
                self._writer.remove([article.id])

    def _remove(self, ids: Iterable[str]) -> None:
        if self._full:
            return
        gone = list(ids)
        self.removed += len(gone)
        if self._writer:
            self._writer.remove(gone)
