"""The terminal UI: a thin face on the archive.

Importing this package costs nothing: Textual is imported when the UI is run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from searcher.archive import Archive
    from searcher.config import Config

__all__ = ["run"]


def run(archive: Archive | Config, query: str = "") -> None:
    """Open the terminal UI and return when it is left.

    Args:
        archive: an open archive, or the configuration of one. With a configuration the index is opened inside: a
            missing, locked or damaged one is shown and explained, and a missing one can be built.
        query: what the query line holds at the start.
    """
    from searcher.tui.app import SearcherApp

    SearcherApp.of(archive, query=query).run()
