"""What can go wrong, said once and in our own words.

Every error a user may see is a `SearcherError`: one line that says what is wrong and one that says what to do. It is
raised where the cause is known and shown once, at the edge (`cli/` or `tui/`), which also chooses the exit code from
the class.
"""

from __future__ import annotations


class SearcherError(Exception):
    """Something a user can understand and act on.

    Attributes:
        message: one line, what is wrong.
        hint: one line, what to do about it; empty when there is nothing to do.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(SearcherError):
    """An option or argument that makes no sense (exit code 2)."""


class QueryError(SearcherError):
    """A query that cannot be read (exit code 2).

    Attributes:
        query: the text as typed.
        span: the place the error speaks of, as code point offsets `[start, end)` into `query`.
    """

    def __init__(self, message: str, hint: str = "", *, query: str = "", span: tuple[int, int] = (0, 0)) -> None:
        super().__init__(message, hint)
        self.query = query
        self.span = span


class ConfigError(SearcherError):
    """A `searcher.toml`, alias or people file that cannot be read (exit code 2)."""


class IndexMissingError(SearcherError):
    """There is no index where one was looked for (exit code 3)."""


class IndexDamagedError(SearcherError):
    """The index is there but cannot be trusted or read (exit code 3)."""


class IndexLockedError(SearcherError):
    """Another process is writing to the index (exit code 3)."""


class IndexNotWritableError(SearcherError):
    """The index cannot be written: a read-only place or a full disk (exit code 3)."""


class ArticleMissingError(SearcherError):
    """No article has this id (exit code 1)."""


class UnreadableError(SearcherError):
    """A file or record that cannot be read as an article; the rest of a run goes on (exit code 4)."""


class CancelledError(SearcherError):
    """The caller asked for a search to stop, and it did."""
