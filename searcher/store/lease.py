"""What many threads read at once: replaced when a newer state is there, closed when its last reader ends."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Closable(Protocol):
    """What can be shared."""

    def close(self) -> None:
        """Give back what it holds."""


T = TypeVar("T", bound=Closable)


class Shared(Generic[T]):
    """One open state for any number of threads.

    Args:
        open_latest: opens the latest state.
        is_latest: tells whether a state is still the latest; cheap.
    """

    def __init__(self, open_latest: Callable[[], T], is_latest: Callable[[T], bool]) -> None:
        self._open_latest = open_latest
        self._is_latest = is_latest
        self._lock = threading.RLock()
        self._current: _Counted[T] | None = None

    @contextmanager
    def lease(self) -> Iterator[T]:
        """Use the current state; it stays open for the block, whatever comes meanwhile."""
        with self._lock:
            if self._current is None:
                self._current = _Counted(self._open_latest())
            counted = self._current
            counted.readers += 1
        try:
            yield counted.state
        finally:
            with self._lock:
                counted.readers -= 1
                self._close_if_unused(counted)

    def refresh(self) -> bool:
        """Look for a state newer than the one that is open and use it from now on; tell whether there was one."""
        with self._lock:
            if self._current is None or self._is_latest(self._current.state):
                return False
        return self.replace()

    def replace(self) -> bool:
        """Open the latest state anew, newer or not; true."""
        fresh = _Counted(self._open_latest())
        with self._lock:
            self._current, before = fresh, self._current
            if before is not None:
                self._close_if_unused(before)
        return True

    def close(self) -> None:
        """Close the current state, or leave that to the last who uses it."""
        with self._lock:
            before, self._current = self._current, None
            if before is not None:
                self._close_if_unused(before)

    def _close_if_unused(self, counted: _Counted[T]) -> None:
        if counted.readers == 0 and counted is not self._current:
            counted.state.close()


class _Counted(Generic[T]):
    __slots__ = ("readers", "state")

    def __init__(self, state: T) -> None:
        self.state = state
        self.readers = 0
