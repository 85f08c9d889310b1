"""What if the program is asked to end from outside, or its terminal closes?

It leaves the terminal as it was, or at least leaves.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

GRACE_SECONDS = 3.0
"""Writing to a terminal that is gone may never end: so long the program has to leave by itself."""

_SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


def leave_when_asked(leave: Callable[[], None]) -> None:
    """Have `leave` called in the running event loop when a signal or a terminal that hangs up asks for it.

    To be called in the main thread. The process is ended if it is still there `GRACE_SECONDS` later.
    """
    loop = asyncio.get_running_loop()

    def asked(number: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(leave)
        last = threading.Timer(GRACE_SECONDS, os._exit, (128 + number,))
        last.daemon = True
        last.start()

    for number in _SIGNALS:
        signal.signal(number, asked)
    if hasattr(select, "poll") and sys.__stdin__ is not None and sys.__stdin__.isatty():
        threading.Thread(target=_hear_hang_up, args=(sys.__stdin__.fileno(),), daemon=True).start()


def _hear_hang_up(terminal: int) -> None:
    """Tell the process, too, where its terminal is not the one that it would be told of."""
    poll = select.poll()
    poll.register(terminal, 0)  # nothing but that it is gone
    if any(event & select.POLLHUP for _, event in poll.poll()):
        os.kill(os.getpid(), signal.SIGHUP)
