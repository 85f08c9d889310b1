"""The last net: an error that nobody foresaw becomes a line a user can read, and never a traceback."""

from __future__ import annotations

from searcher.errors import SearcherError
from searcher.tui.typography import safe


def as_searcher_error(error: BaseException) -> SearcherError:
    """Give our own errors as they are and any other as one line with its kind."""
    if isinstance(error, SearcherError):
        return error
    words = safe(" ".join(str(error).split()))[:200]
    return SearcherError(
        f"Something went wrong: {type(error).__name__}{': ' if words else ''}{words}", "please report it"
    )
