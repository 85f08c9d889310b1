"""Write the next state of the index: segments in, articles out, and a commit that is all or nothing."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Protocol, Self

from whoosh.index import clean_files

from searcher.errors import IndexNotWritableError
from searcher.store import derived, file_states
from searcher.store.codec import choose_merges
from searcher.store.codec.segment import DOCUMENTS, TERMS
from searcher.store.documents import to_document
from searcher.store.faults import writing
from searcher.store.schema import INDEX_NAME, article_schema
from searcher.store.toc import SafeToc

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path
    from types import TracebackType

    from searcher.model import Article
    from searcher.store.building import ArticleBuilder
    from searcher.store.codec.segment import ArraySegment
    from searcher.store.documents import Origin
    from searcher.store.file_states import FileState
    from searcher.store.lock import WriteLock
    from searcher.store.snapshot import Snapshot
    from searcher.store.storage import DurableStorage


#: While more segments come, so many of a tier are merged at once: fewer and larger ones are left.
_MANY_MEANWHILE = 16

#: So few segments are not worth another merge when a writer has been given all.
_FEW_SEGMENTS = 6


class Committed(Protocol):
    """What a writer asks of the index it writes to."""

    folder: Path
    storage: DurableStorage

    def latest_revision(self) -> int:
        """Give the number of the last commit."""

    def read_toc(self) -> SafeToc:
        """Read the list of segments of the last commit."""

    def snapshot(self) -> Snapshot:
        """Open the last commit for reading."""


class IndexWriter:
    """The one that holds the index's lock and may change it.

    Nothing shows to readers before `commit()`; leaving the `with` block without one leaves the index as it was.

    Attributes:
        merge_memory: bytes that segments may be merged in.
    """

    merge_memory = 128 << 20

    def __init__(self, index: Committed, lock: WriteLock) -> None:
        self._index = index
        self._lock = lock
        self._toc = index.read_toc()
        self._revision: int = self._toc.generation
        self._committed: Snapshot | None = None
        self._builder: ArticleBuilder | None = None
        self._fresh: list[ArraySegment] = []
        self._given: set[ArraySegment] = set()
        self._results: set[ArraySegment] = set()
        self._merged: list[tuple[list[ArraySegment], ArraySegment]] = []
        self._dirty = False
        self._sweep()  # before there is need of the room that is taken for nothing

    def add(self, article: Article, origin: Origin) -> None:
        """Add an article; one with the same id that is committed is to be removed first."""
        if self._builder is None:
            from searcher.store.building import ArticleBuilder

            self._builder = ArticleBuilder(self._index.folder)
        self._builder.add([to_document(article, origin)])
        self._dirty = True

    def add_segment(self, segment: ArraySegment) -> None:
        """Add all articles of a segment that was built in the index's folder (see `ArticleBuilder`)."""
        self._fresh.append(segment)
        self._given.add(segment)
        self._dirty = True

    def due(self, *, without: Collection[ArraySegment] = ()) -> list[list[ArraySegment]]:
        """Say which segments it is time to merge: groups, each to become one (see `choose_merges`).

        Args:
            without: some that are being merged already.
        """
        return choose_merges([segment for segment in self._segments() if segment not in without])

    def due_meanwhile(self, *, without: Collection[ArraySegment] = ()) -> list[list[ArraySegment]]:
        """Say the same of those alone that were given to this writer, while it is given more.

        Nothing is removed from them, so they can be merged at once.
        """
        own = self._given | self._results
        segments = [segment for segment in self._segments() if segment in own and segment not in without]
        return choose_merges(segments, at_least=_MANY_MEANWHILE)

    def left_over(self) -> list[ArraySegment]:
        """Give those that this writer was given and that no merge has taken, where there are many segments."""
        segments = self._segments()
        return [segment for segment in segments if segment in self._given] if len(segments) > _FEW_SEGMENTS else []

    def replace(self, segments: list[ArraySegment], merged: ArraySegment) -> None:
        """Let a segment stand for those that it was merged from, from the next commit on."""
        self._merged.append((segments, merged))
        self._results.add(merged)
        self._dirty = True

    def remove(self, ids: Iterable[str]) -> int:
        """Remove committed articles by their ids; give how many there were."""
        removed = 0
        for article_id in ids:
            if self._committed is None:
                self._committed = self._index.snapshot()
            number = self._committed.number(article_id)
            if number is not None:
                self._delete(number)
                removed += 1
        return removed

    def clear(self) -> None:
        """Drop all that was committed before."""
        self._toc.segments = []
        self._dirty = True

    @property
    def revision(self) -> int:
        """The number of the last commit."""
        return self._revision

    @property
    def changed(self) -> bool:
        """There is something to commit."""
        return self._dirty

    def commit(self, *, tidy: bool = True) -> int:
        """Make what was written the state of the index, durably; give its revision. Without changes, do nothing.

        Args:
            tidy: merge what is due, if there is room for it, and clear away files that no table of contents names. Not
                while segments are being merged elsewhere.

        Raises:
            IndexNotWritableError: it cannot be written; the index stays as it was.
        """
        if not self._dirty:
            return self._revision
        storage = self._index.storage
        with writing(self._index.folder):
            self._finish_segment()
            if tidy:
                self._merge()
            segments = self._segments()
            toc = SafeToc(article_schema(), segments, self._revision + 1)
            toc.write(storage, INDEX_NAME)
        self._toc, self._fresh, self._merged, self._dirty = toc, [], [], False
        self._revision += 1
        self._release()
        if tidy:
            self._sweep()
        return self._revision

    def rollback(self) -> None:
        """Forget what was written since the last commit."""
        self._release()
        if self._builder is not None:
            self._builder.close()
            self._builder = None
        # A commit that failed at its very end may show nevertheless, and needs its segments.
        unnamed = [*self._fresh, *(merged_ for _, merged_ in self._merged)]
        for segment in unnamed if self._index.latest_revision() == self._revision else ():
            for name in (segment.make_filename(TERMS), segment.make_filename(DOCUMENTS)):
                with suppress(OSError):  # what is left behind is cleared away by the next commit
                    self._index.storage.delete_file(name)
        self._fresh, self._merged = [], []
        if self._dirty:
            self._toc = self._index.read_toc()
            self._dirty = False

    def save_file_states(self, states: Mapping[str, FileState]) -> None:
        """Keep what is known of files beyond what their articles tell (see `Snapshot.file_states`)."""
        with writing(self._index.folder):
            derived.write(self._index.folder, file_states.NAME, self._revision, file_states.pack(states))

    def close(self) -> None:
        """Forget what is not committed and give the lock back."""
        try:
            self.rollback()
        finally:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _sweep(self) -> None:
        """Remove files that the last commit does not name: what was merged, and what a writer that was ended left."""
        storage = self._index.storage
        clean_files(storage, INDEX_NAME, self._revision, self._toc.segments)
        for name in storage.list():
            if INDEX_NAME in name and (".toc." in name or name.endswith(derived.UNFINISHED)):
                with suppress(OSError):
                    storage.delete_file(name)

    def _segments(self) -> list[ArraySegment]:
        """Give the segments of the next commit, in order."""
        segments = [*self._toc.segments, *self._fresh]
        for group, merged_ in self._merged:
            removed = sum(segment.doc_count() for segment in group) != merged_.doc_count_all()
            if not removed and all(segment in segments for segment in group):
                place = segments.index(group[0])
                segments = [segment for segment in segments if segment not in group]
                segments.insert(place, merged_)
        return [segment for segment in segments if segment.doc_count()]

    def _finish_segment(self) -> None:
        segment = self._builder.finish() if self._builder else None
        if segment is not None:
            self._fresh.append(segment)

    def _merge(self) -> None:
        """Merge what is due; where there is no room for that, what is to be committed is committed as it is."""
        for group in self.due():
            from searcher.store.building import merged

            try:
                self.replace(group, merged(self._index.folder, group, memory=self.merge_memory))
            except (IndexNotWritableError, MemoryError):
                return

    def _delete(self, number: int) -> None:
        """Mark an article deleted, given its number among those of all segments in order."""
        for segment in self._toc.segments:
            count = segment.doc_count_all()
            if number < count:
                segment.delete_document(number)
                self._dirty = True
                return
            number -= count

    def _release(self) -> None:
        if self._committed is not None:
            self._committed.close()
            self._committed = None
