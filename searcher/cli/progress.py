"""Shows how an indexing run comes along: a bar on a terminal, a line now and then in a pipe."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Self

from searcher.ingest import events
from searcher.text.sizes import size

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from searcher.cli.narration import Narration

_SECONDS_BETWEEN_LINES = 5.0


class IndexProgress:
    """A listener for `Archive.index`; use it as a context manager."""

    def __init__(self, narration: Narration) -> None:
        self._narration = narration
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._started = self._spoke = time.monotonic()

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Take the bar away."""
        self._end()

    def __call__(self, event: events.Event) -> None:
        """Show one event."""
        match event:
            case events.Scanned():
                self._scanned(event)
            case events.Progress():
                self._progress(event)
            case events.FileFailed(failure):
                self._narration.warn(f"not read: {failure.path}: {failure.reason}")
            case events.Committed():
                self._narration.detail(f"revision {event.revision}: {event.articles:,} articles")
            case events.Finished():
                self._end()

    def _scanned(self, event: events.Scanned) -> None:
        if not event.changed:
            return
        files = f"{event.files:,} file{'s' * (event.files != 1)}"
        self._narration.say(f"{files}, {event.changed:,} to read, {size(event.bytes)}")
        if self._narration.terminal and not self._narration.quiet:
            self._bar = _bar(color=self._narration.paint.enabled)
            self._task = self._bar.add_task("", total=event.bytes or 1, articles="")
            self._bar.start()

    def _progress(self, event: events.Progress) -> None:
        now = time.monotonic()
        rate = event.articles / max(now - self._started, 0.001)
        if self._bar is not None and self._task is not None:
            self._bar.update(
                self._task, completed=event.bytes_done, articles=f"{event.articles:,} articles, {rate:,.0f}/s"
            )
        elif now - self._spoke > _SECONDS_BETWEEN_LINES:
            self._spoke = now
            left = (now - self._started) * (event.bytes_total - event.bytes_done) / max(event.bytes_done, 1)
            self._narration.say(
                f"{event.files_done:,} of {event.files_total:,} files, {event.articles:,} articles, "
                f"{rate:,.0f}/s, {left:,.0f} s left"
            )

    def _end(self) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


def _bar(*, color: bool) -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    return Progress(
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[articles]}", markup=False),
        TimeRemainingColumn(),
        console=Console(stderr=True, no_color=not color),
        transient=True,
    )
