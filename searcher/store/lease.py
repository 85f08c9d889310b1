"""The state of the index that readers share: replaced when a newer one is committed, closed when its last reader ends."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.store.index import ArticleIndex
    from searcher.store.snapshot import Snapshot


class SharedSnapshot:
    """One open snapshot for any number of threads."""

    def __init__(self, index: ArticleIndex) -> None:
        self._index = index
        self._lock = threading.Lock()
        self._current: _Counted | None = None

    @contextmanager
    def lease(self) -> Iterator[Snapshot]:
        """Use the current snapshot; it stays open for the block, whatever is committed meanwhile.

        Raises:
            IndexMissingError: there is no index.
            IndexDamagedError: it cannot be read.
        """
        with self._lock:
            if self._current is None:
                self._current = _Counted(self._index.snapshot())
            counted = self._current
            counted.readers += 1
        try:
            yield counted.snapshot
        finally:
            with self._lock:
                counted.readers -= 1
                self._close_if_unused(counted)

    def refresh(self) -> bool:
        """Look for a newer commit and use it from now on; tell whether there was one."""
        with self._lock:
            before = self._current
            if before is not None and self._index.latest_revision() == before.snapshot.revision:
                return False
        fresh = _Counted(self._index.snapshot())
        with self._lock:
            self._current, before = fresh, self._current
            if before is not None:
                self._close_if_unused(before)
        return before is None or before.snapshot.revision != fresh.snapshot.revision

    def close(self) -> None:
        """Close the snapshot, or leave that to the last who uses it."""
        with self._lock:
            before, self._current = self._current, None
            if before is not None:
                self._close_if_unused(before)

    def _close_if_unused(self, counted: _Counted) -> None:
        if counted.readers == 0 and counted is not self._current:
            counted.snapshot.close()


class _Counted:
    __slots__ = ("readers", "snapshot")

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.readers = 0
