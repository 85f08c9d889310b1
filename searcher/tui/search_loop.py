"""The search loop: a question starts a search, a newer one ends it, and only the newest one's answer counts.

One search runs at a time. A question that comes while one runs cancels it and waits for it to end: threads that are
cancelled run on for a while, and two of them would take the time of the thread that paints from each other.
"""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from searcher.tui.fetching import fetch_answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from searcher.archive import Archive
    from searcher.tui.messages import SearchEnded
    from searcher.tui.request import Request


class SearchLoop:
    """Numbers questions, runs the newest one, and tells whose answer counts.

    Args:
        screen: is sent `SearchFinished`, `SearchFailed` or `SearchCancelled`, and hands each to `ended`.
        fit: how many hits are in view, which is how many an answer brings.

    Attributes:
        generation: number of the newest question.
        cancel: set when its answer is not wanted any more.
    """

    def __init__(self, screen: Screen[object], archive: Archive, fit: Callable[[], int]) -> None:
        self._screen = screen
        self._archive = archive
        self._fit = fit
        self.generation = 0
        self.cancel = Event()
        self._running = False
        self._next: tuple[Request, bool] | None = None

    def ask(self, request: Request, *, typing: bool = False) -> None:
        """Search for something else."""
        self.generation += 1
        self.cancel.set()
        self._next = request, typing
        self._start()

    def _start(self) -> None:
        if self._running or self._next is None:
            return
        (request, typing), self._next = self._next, None
        self._running = True
        self.cancel = Event()
        generation, cancel, limit = self.generation, self.cancel, self._fit()

        def search() -> None:
            fetch_answer(self._screen, self._archive, request, generation, cancel, typing=typing, limit=limit)

        self._screen.run_worker(search, thread=True, group="search")

    def ended(self, event: SearchEnded) -> bool:
        """Note that a search ended, start the one that waits, and say whether the answer is the one wanted."""
        self._running = False
        self._start()
        return event.generation == self.generation

    def close(self) -> None:
        """Search no more."""
        self._next = None
        self.cancel.set()
