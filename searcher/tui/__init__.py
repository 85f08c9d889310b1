"""The terminal UI: a thin face on the archive.

Importing this package costs nothing: Textual is imported when the UI is run.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from searcher.archive import Archive
    from searcher.config import Config

__all__ = ["run"]

FRAMES_PER_SECOND = "120"  # at Textual's 60, an answer that comes just after the echo of a key waits for 16 ms
SWITCH_SECONDS = 0.001  # after which a thread that searches lets the one that paints go on; Python's own is 5 ms


def run(archive: Archive | Config, query: str = "") -> None:
    """Open the terminal UI and return when it is left.

    Args:
        archive: an open archive, or the configuration of one. With a configuration the index is opened inside: a
            missing, locked or damaged one is shown and explained, and a missing one can be built.
        query: what the query line holds at the start.
    """
    os.environ.setdefault("TEXTUAL_FPS", FRAMES_PER_SECOND)
    sys.setswitchinterval(SWITCH_SECONDS)
    from searcher.tui.allocator import give_back_large_blocks
    from searcher.tui.app import SearcherApp

    give_back_large_blocks()
    SearcherApp.of(archive, query=query).run()
