"""Full-text search for an archive of news articles.

    import searcher
    archive = searcher.open("index")
    page = archive.search("Lachin corridor")
    page.hits[0].title

Importing this package costs next to nothing: what a name needs is imported when the name is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from searcher.archive import Archive

__all__ = ["Archive", "SearcherError", "__version__", "open"]
__version__ = "0.1.0"


def open(index: str | Path) -> Archive:  # noqa: A001 - reads as `searcher.open`, as `gzip.open` does
    """Open the archive whose index is in the folder `index`.

    Raises:
        IndexMissingError: there is no index.
        IndexDamagedError: it cannot be read.
    """
    from searcher.archive import Archive

    return Archive.open(index)


def __getattr__(name: str) -> Any:
    if name == "Archive":
        from searcher.archive import Archive

        return Archive
    if name == "SearcherError":
        from searcher.errors import SearcherError

        return SearcherError
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
