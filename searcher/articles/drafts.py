"""What a format reads out of a file: an article's words and what the file itself says about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

#: How sure a statement is that gives way to what the text says.
DOUBTED = 0.6


class Statement(NamedTuple):
    """A value as a file states it.

    Attributes:
        value: as written there, on one line.
        basis: short words for where it stood, such as `stated in the record`, `JSON-LD` or `mail header`.
        confidence: 1 where the file says it outright; less where we had to look for it.
    """

    value: str
    basis: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Stated:
    """What a file or record says of its article, unread: dates are still text, names as spelt."""

    title: Statement | None = None
    source: Statement | None = None
    date: Statement | None = None
    author: Statement | None = None
    url: Statement | None = None
    language: Statement | None = None
    people: tuple[str, ...] = ()

    def outright(self) -> Stated:
        """What is stated outright, without what we had to look for."""

        def sure(statement: Statement | None) -> Statement | None:
            return statement if statement is None or statement.confidence == 1 else None

        return Stated(
            title=sure(self.title),
            source=sure(self.source),
            date=sure(self.date),
            author=sure(self.author),
            url=sure(self.url),
            language=sure(self.language),
            people=self.people,
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """One article before it is understood.

    Attributes:
        file: the file's path as shown, with `!inner/name` within an archive file.
        raw: all that is visible, lines ended by newlines, without control characters.
        story: the story alone, where the format can tell it from the rest of the page.
        number: which record of its file, from 1; None where the file is one article.
        record_id: the record's own `id`.
        repeated: another record of this file has the same `id`.
    """

    file: str
    raw: str
    story: str | None = None
    stated: Stated = field(default_factory=Stated)
    number: int | None = None
    record_id: str | None = None
    repeated: bool = False

    @property
    def path(self) -> str:
        """The article's path: record 17 of a file is `file.jsonl#17`."""
        return self.file if self.number is None else f"{self.file}#{self.number}"

    @property
    def key(self) -> str | None:
        """What tells this record from the others of its file; its own id where that is enough."""
        if self.record_id is not None:
            return f"={self.record_id}#{self.number}" if self.repeated else f"={self.record_id}"
        return None if self.number is None else f"#{self.number}"
