"""A run of indexing from within the UI, in a thread, told as messages."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from searcher.tui.messages import IndexFailed, IndexFinished, IndexProgressed
from searcher.tui.unexpected import as_searcher_error
from searcher.tui.words import counted

if TYPE_CHECKING:
    from threading import Event

    from textual.message_pump import MessagePump

    from searcher.tui.opening import Opening

TELL_EVERY = 0.1  # seconds


def run_indexing(to: MessagePump, opening: Opening, cancel: Event) -> None:
    """Bring the index up to date and send what happens, ten times a second at most."""
    told = 0.0

    def tell(event: Any) -> None:
        nonlocal told
        total = getattr(event, "files_total", None)
        if total is None:
            return
        now = time.monotonic()
        if event.files_done < total and now - told < TELL_EVERY:
            return
        told = now
        words = f"{counted(event.files_done, 'file')} of {total:,}, {counted(event.articles, 'article')}"
        to.post_message(IndexProgressed(event.files_done, total, words))

    try:
        report = opening.build(tell, cancel)
    except Exception as error:  # noqa: BLE001 - the last net
        to.post_message(IndexFailed(as_searcher_error(error)))
    else:
        to.post_message(IndexFinished(report))
