"""Cut the reading of many files into tasks of a like size, none of which holds much."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from searcher.ingest.reading import DraftToRead, FileToRead, ReadArticle, distinct
from searcher.model import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from searcher.ingest.reading import Manner, Unit

#: A task is complete with this many bytes or units, whichever comes first.
_TASK_BYTES = 1 << 19
_TASK_UNITS = 256

#: Files of one article are read whole wherever they are read; so are small files of records.
_WHOLE_BYTES = 1 << 18
_ONE_ARTICLE = (".txt", ".text", ".md", ".markdown", ".mdown", ".rst", ".asc", ".html", ".htm", ".xhtml", ".xht",
                ".shtml", ".eml", ".pdf", ".epub", ".docx", ".odt")  # fmt: skip


@dataclass(slots=True)
class Task:
    """Some units to read, with what is known without reading.

    Attributes:
        known: articles that have not changed and records that are none, met on the way in the one file of the task.
        stream: stored path of the file that `known` is of.
        ends: files of which nothing comes after this task.
        bytes: how much of the files' bytes this is, about.
    """

    units: list[Unit] = field(default_factory=list)
    known: list[ReadArticle | Failure] = field(default_factory=list)
    stream: str = ""
    ends: list[FileToRead] = field(default_factory=list)
    bytes: int = 0

    @property
    def is_full(self) -> bool:
        """It is time for the next task."""
        return self.bytes >= _TASK_BYTES or len(self.units) + len(self.known) >= _TASK_UNITS


def tasks(files: Iterable[tuple[FileToRead, int]], manner: Manner) -> Iterator[Task]:
    """Cut files, given with their sizes, into tasks, in order.

    A large file of records is read here, draft by draft, so that its records spread over all workers, too.
    """
    task = Task()
    for file, size in files:
        if size > _WHOLE_BYTES and not file.path.name.lower().endswith(_ONE_ARTICLE):
            if task.units:
                yield task
            yield from _stream(file, size, manner)
            task = Task()
            continue
        task.units.append(file)
        task.ends.append(file)
        task.bytes += size
        if task.is_full:
            yield task
            task = Task()
    if task.units:
        yield task


def _stream(file: FileToRead, size: int, manner: Manner) -> Iterator[Task]:
    task = Task(stream=file.stored)
    left = size
    for item in distinct(file, manner):
        if isinstance(item, Failure):
            task.known.append(item)
        else:
            differs = file.known.get(item.id) != item.digest
            if differs and manner.index is not None:
                task.units.append(DraftToRead(file.stored, item.draft, item.digest))
            else:
                task.known.append(ReadArticle(item.id, differs))
            task.bytes += len(item.draft.raw)
        if task.is_full:
            task.bytes = min(task.bytes, left)
            left -= task.bytes
            yield task
            task = Task(stream=file.stored)
    task.bytes = left
    task.ends.append(file)
    yield task
