"""When a search has to stop: because nobody waits for it any more, or because its time is up."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from searcher.errors import CancelledError

Poll = Callable[[], None]
"""Called between steps; raises to stop."""


def go_on() -> None:
    """Never stop."""


class Flag(Protocol):
    """What a caller raises to cancel: `threading.Event` is one."""

    def is_set(self) -> bool:
        """Tell whether it is raised."""
        ...


class TimeUpError(Exception):
    """The deadline has passed: what is known by now is the answer."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A flag and a deadline, polled between steps from any thread.

    Attributes:
        cancel: raised by a caller who no longer wants the answer.
        deadline: seconds that the search may take from now on.
    """

    cancel: Flag | None = None
    deadline: float | None = None
    _began: float = field(default_factory=time.monotonic)

    def poll(self) -> None:
        """Go on, or raise.

        Raises:
            CancelledError: the flag is raised.
            TimeUpError: the deadline has passed.
        """
        self.check_cancel()
        if self.deadline is not None and time.monotonic() - self._began > self.deadline:
            raise TimeUpError

    def check_cancel(self) -> None:
        """Go on whatever the time is, or raise.

        Raises:
            CancelledError: the flag is raised.
        """
        if self.cancel is not None and self.cancel.is_set():
            raise CancelledError("the search was cancelled")
