"""What a run did and a check found: articles that came and went, files that could not be read, damage."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is wrong with an index: the part (a file, or a file's section) and what is wrong with it."""

    part: str
    reason: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What reading every byte of an index showed."""

    path: str
    revision: int
    articles: int
    files: int
    bytes_read: int
    damages: tuple[Damage, ...]

    @property
    def sound(self) -> bool:
        """Nothing is wrong."""
        return not self.damages


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or record that could not be read, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a run of `searcher index` did, in articles; `articles` is how many the index then holds."""

    added: int
    updated: int
    removed: int
    unchanged: int
    failed: tuple[Failure, ...]
    articles: int
    seconds: float
    revision: int
