"""Exit codes, in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher import errors

if TYPE_CHECKING:
    from searcher.errors import SearcherError

DONE = 0
NOTHING_FOUND = 1
WRONG_USAGE = 2
NO_INDEX = 3
SOME_UNREADABLE = 4
UNEXPECTED = 70  # EX_SOFTWARE of sysexits.h
INTERRUPTED = 130

_CODES: dict[type[SearcherError], int] = {
    errors.UsageError: WRONG_USAGE,
    errors.QueryError: WRONG_USAGE,
    errors.ConfigError: WRONG_USAGE,
    errors.IndexMissingError: NO_INDEX,
    errors.IndexDamagedError: NO_INDEX,
    errors.IndexLockedError: NO_INDEX,
    errors.IndexNotWritableError: NO_INDEX,
    errors.ArticleMissingError: NOTHING_FOUND,
    errors.UnreadableError: SOME_UNREADABLE,
    errors.CancelledError: INTERRUPTED,
}


def code_of(error: SearcherError) -> int:
    """Give the exit code of an error, by its class or the nearest class above it."""
    return next((_CODES[kind] for kind in type(error).__mro__ if kind in _CODES), UNEXPECTED)
