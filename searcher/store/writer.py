"""Write the next state of the index: articles in, articles out, and a commit that is all or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from whoosh.writing import CLEAR, SegmentWriter

from searcher.store import derived
from searcher.store.documents import to_document
from searcher.store.faults import writing
from searcher.store.snapshot import FILE_STATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import TracebackType

    from searcher.model import Article
    from searcher.store.documents import Origin
    from searcher.store.index import ArticleIndex
    from searcher.store.lock import WriteLock
    from searcher.store.snapshot import Snapshot


class IndexWriter:
    """The one that holds the index's lock and may change it.

    Nothing shows to readers before `commit()`; leaving the `with` block without one leaves the index as it was.
    """

    def __init__(self, index: ArticleIndex, lock: WriteLock) -> None:
        self._index = index
        self._lock = lock
        self._batch: SegmentWriter | None = None
        self._committed: Snapshot | None = None
        self._clear = False
        self.memory_megabytes = 128

    def add(self, article: Article, origin: Origin) -> None:
        """Add an article; one with the same id that is committed is to be removed first."""
        self.add_document(to_document(article, origin))

    def add_document(self, document: dict[str, Any]) -> None:
        """Add an article that is a document already (see `documents.to_document`)."""
        with writing(self._index.folder):
            self._open_batch().add_document(**document)

    def remove(self, ids: Iterable[str]) -> int:
        """Remove committed articles by their ids; give how many there were."""
        removed = 0
        with writing(self._index.folder):
            for article_id in ids:
                number = self._last_commit().number(article_id)
                if number is not None:
                    self._open_batch().delete_document(number)
                    removed += 1
        return removed

    def clear(self) -> None:
        """Let the next commit drop all that was committed before it."""
        self._clear = True

    @property
    def changed(self) -> bool:
        """There is something to commit."""
        return self._batch is not None or self._clear

    def commit(self) -> int:
        """Make what was written the state of the index, durably; give its revision. Without changes, do nothing.

        Raises:
            IndexNotWritableError: it cannot be written; the index stays as it was.
        """
        if self.changed:
            with writing(self._index.folder):
                batch = self._open_batch()
                self._release_readers()
                batch.commit(mergetype=CLEAR if self._clear else None)
            self._batch = None
            self._clear = False
        return self._index.latest_revision()

    def save_file_states(self, states: Mapping[str, int]) -> None:
        """Keep the state of files for which their articles do not tell it (see `Snapshot.file_states`)."""
        with writing(self._index.folder):
            derived.write(self._index.folder, FILE_STATES, self._index.latest_revision(), dict(states))

    def rollback(self) -> None:
        """Forget what was written since the last commit."""
        self._release_readers()
        batch, self._batch, self._clear = self._batch, None, False
        if batch is not None and not batch.is_closed:
            batch.cancel()

    def close(self) -> None:
        """Forget what is not committed and give the lock back."""
        try:
            self.rollback()
        except OSError:
            pass  # what is left behind is cleared away by the next commit
        finally:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _open_batch(self) -> SegmentWriter:
        if self._batch is None:
            self._batch = SegmentWriter(self._index.whoosh_index(), _lk=False, limitmb=self.memory_megabytes)
        return self._batch

    def _last_commit(self) -> Snapshot:
        if self._committed is None:
            self._committed = self._index.snapshot()
        return self._committed

    def _release_readers(self) -> None:
        if self._committed is not None:
            self._committed.close()
            self._committed = None
