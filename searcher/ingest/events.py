"""What an indexing run tells while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from searcher.model import Failure, IndexReport


@dataclass(frozen=True, slots=True)
class Scanned:
    """All folders were walked: so many files there are, and so many, of so many bytes, have to be read."""

    files: int
    changed: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Progress:
    """So much has been read; `files_total` and `bytes_total` are of the files that have to be read."""

    files_done: int
    files_total: int
    bytes_done: int
    bytes_total: int
    articles: int


@dataclass(frozen=True, slots=True)
class FileFailed:
    """A file or record could not be read; the run goes on."""

    failure: Failure


@dataclass(frozen=True, slots=True)
class Committed:
    """What was read so far is in the index for good."""

    revision: int
    articles: int


@dataclass(frozen=True, slots=True)
class Finished:
    """The run is over."""

    report: IndexReport


Event = Scanned | Progress | FileFailed | Committed | Finished
Listener = Callable[[Event], None]
