"""The terminal UI as `ui.py` measures it: the real program, noting when each step of an answer is done.

    python benchmarks/ui_program.py INDEX LOG

What is noted goes to LOG as JSON lines, `[name, at, cpu, detail]`: seconds of the machine's monotonic clock, seconds
of CPU that the thread has taken so far, and what the step was about.
"""

from __future__ import annotations

import functools
import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from searcher.tui.app import SearcherApp

noted: list[tuple[str, float, float, Any]] = []


def note(name: str, detail: Any = None) -> None:
    noted.append((name, time.perf_counter(), time.thread_time(), detail))


def around(owner: Any, method: str, name: str, detail: Callable[..., Any] = lambda *_: None) -> None:
    """Note when a method begins and ends."""
    inner = getattr(owner, method)

    @functools.wraps(inner)
    def outer(*args: Any, **kwargs: Any) -> Any:
        note(f"{name} begins", detail(*args))
        try:
            return inner(*args, **kwargs)
        finally:
            note(f"{name} ends", detail(*args))

    setattr(owner, method, outer)


def holes(app: SearcherApp, *_: object) -> int:
    """Count the lines of the list that are painted as not fetched yet."""
    from searcher.tui.widgets.hit_list import HitList

    screen = app.search_screen
    if screen is None or screen is not app.screen:
        return 0
    hits = screen.query_one(HitList)
    return sum(hits.render_line(y).text.startswith("  ·") for y in range(hits.size.height))


def main() -> None:
    index, log = sys.argv[1:]
    from searcher import tui

    # Textual reads this when it is imported.
    os.environ.setdefault("TEXTUAL_FPS", tui.FRAMES_PER_SECOND)
    from textual.app import App
    from textual.screen import Screen

    from searcher.config import Config
    from searcher.search import answer
    from searcher.tui import search_loop
    from searcher.tui.screens.search import SearchScreen

    around(SearchScreen, "on_query_edited", "edited", lambda screen, event: [screen.generation, event.text])
    around(search_loop, "fetch_answer", "answering", lambda *args: args[3])
    around(answer, "make_hits", "hits")
    around(SearchScreen, "on_search_finished", "shown", lambda _, event: event.generation)
    around(SearchScreen, "on_search_failed", "shown", lambda _, event: event.generation)
    around(Screen, "_on_timer_update", "frame")
    around(App, "_display", "paint", holes)
    around(Screen, "_refresh_layout", "layout")
    tui.run(Config.of(index))
    with Path(log).open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in noted)


if __name__ == "__main__":
    main()
