"""One writer at a time, and its name for those who wait."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Self

from searcher.errors import IndexLockedError
from searcher.store.schema import INDEX_NAME

if TYPE_CHECKING:
    from types import TracebackType

    from searcher.store.storage import DurableStorage

_PAUSE = 0.05
_WIDTH = 20


class WriteLock:
    """The lock that Whoosh's own writers take, too, so that no two of either kind write at once.

    The lock belongs to the process: it ends with it, however it ends. The holder's process number is left in the lock
    file for the message of those who come later.
    """

    def __init__(self, storage: DurableStorage) -> None:
        self._lock = storage.lock(f"{INDEX_NAME}_WRITELOCK")

    def acquire(self, *, wait: float = 0.0) -> None:
        """Take the lock, waiting up to `wait` seconds for another process.

        Raises:
            IndexLockedError: another process still has it.
            OSError: the lock file cannot be written.
        """
        deadline = time.monotonic() + wait
        while not self._lock.acquire():
            if time.monotonic() >= deadline:
                raise IndexLockedError(
                    f"another process{self._holder()} is writing to the index", "wait for it to end, or end it"
                )
            time.sleep(_PAUSE)
        try:
            os.write(self._lock.fd, f"{os.getpid():<{_WIDTH}}\n".encode())  # in one step: no one reads half a number
        except OSError:
            self.release()
            raise

    def release(self) -> None:
        """Give the lock back, if it is held."""
        if self._lock.fd is not None:
            self._lock.release()

    def _holder(self) -> str:
        try:
            with open(self._lock.filename, "rb") as file:  # noqa: PTH123
                number = file.read(_WIDTH).decode("ascii", "replace").strip()
        except OSError:
            return ""
        return f" ({number})" if number.isdigit() else ""

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.release()
