"""Bring an index up to date with its sources: the one run that all of ingest serves."""

from __future__ import annotations

import time
from collections import deque
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from searcher.articles.facts.spacy_names import check_model
from searcher.articles.limits import Limits
from searcher.errors import CancelledError, ConfigError, IndexDamagedError
from searcher.ingest.events import Finished, Progress, Scanned
from searcher.ingest.feed import tasks
from searcher.ingest.ledger import Ledger
from searcher.ingest.manifest import plan, stamp
from searcher.ingest.merging import Merging
from searcher.ingest.paths import absolute
from searcher.ingest.reading import FileToRead, Manner
from searcher.ingest.walk import FoundFile, Walk
from searcher.ingest.workers import InProcess, Workers
from searcher.model import IndexReport
from searcher.store.faults import writing
from searcher.store.index import ArticleIndex
from searcher.store.kept_fingerprints import keep_fingerprints
from searcher.store.people import keep_people

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from searcher.ingest.events import Listener
    from searcher.ingest.feed import Task
    from searcher.ingest.manifest import Plan
    from searcher.ingest.options import IndexOptions
    from searcher.ingest.reading import Answer
    from searcher.store.snapshot import Snapshot
    from searcher.store.writer import IndexWriter

T = TypeVar("T")

#: A long run commits this often, in seconds, so that little is lost when it is ended.
_COMMIT_SECONDS = 60.0

#: Seconds between two looks at whether the run is to stop.
_PATIENCE = 0.1

#: Bytes that this process takes, that one which reads takes before it builds anything, and that segments are built in
#: at least.
_OWN_MEMORY = 96 << 20
_READER_MEMORY = 200 << 20
_LEAST_MEMORY = 16 << 20

#: The part of all memory that one process may merge in.
_MERGING = 1 / 12

#: Less than this many bytes are read before other processes would have started.
_POOL_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Place:
    """Where an index is and what must not be indexed.

    Attributes:
        index: folder of the index.
        root: what stored paths are relative to.
        left_out: files and folders that are never part of a source.
        people_file: the user's corrections of who is who; None leaves it to the first query to find that out.
    """

    index: Path
    root: Path
    left_out: frozenset[Path] = frozenset()
    limits: Limits = field(default_factory=Limits)
    people_file: Path | None = None


def run(
    place: Place,
    sources: Sequence[Path],
    options: IndexOptions,
    on_event: Listener | None = None,
    cancel: threading.Event | None = None,
) -> IndexReport:
    """Bring the index up to date with files and folders, and make it when there is none.

    Unchanged files are not read. Of a changed file the articles that differ are replaced. What vanished from the
    sources of this run is removed; from a file that cannot be read, or not in full, nothing is removed.

    Raises:
        CancelledError: `cancel` was set; the index is at its last commit, as after KeyboardInterrupt.
        IndexLockedError, IndexNotWritableError, IndexDamagedError: see `ArticleIndex`.
        UsageError: the people model is not installed.
    """
    if options.people_model is not None:
        check_model(options.people_model)
    return _Run(place, options, on_event or (lambda _: None), cancel).do(sources)


class _Run:
    def __init__(self, place: Place, options: IndexOptions, tell: Listener, cancel: threading.Event | None) -> None:
        self._place = place
        self._options = options
        self._tell = tell
        self._cancel = cancel
        self._started = time.monotonic()

    def do(self, sources: Sequence[Path]) -> IndexReport:
        with ExitStack() as stack:
            index = self._open()
            writer: IndexWriter | None = None
            if index is not None and not self._options.dry_run:
                writer = stack.enter_context(index.writer(wait=self._options.wait))
                writer.merge_memory = max(_LEAST_MEMORY, int((self._options.memory_megabytes << 20) * _MERGING))
                if self._options.full:
                    writer.clear()
            snapshot = stack.enter_context(index.snapshot()) if index is not None else None
            walk = Walk(self._place.root, self._place.left_out, self._options.largest_megabytes << 20)
            names = ["."] if self._options.full else [walk.stored(absolute(source)) for source in sources]
            ledger = Ledger(snapshot, writer, self._tell, names, full=self._options.full)
            work = self._plan(walk, sources, ledger)
            if work.read:
                with writing(self._place.index):  # a file's own faults are told of it; what is left is want of room
                    self._read(work, ledger, writer)
            ledger.checkpoint([], tidy=True)
            revision = ledger.finish()
            report = IndexReport(
                added=ledger.added,
                updated=ledger.updated,
                removed=ledger.removed,
                unchanged=ledger.unchanged,
                failed=tuple(ledger.failed),
                articles=ledger.articles,
                seconds=time.monotonic() - self._started,
                revision=revision,
            )
            if index is not None and snapshot is not None and writer is not None:
                writer.close()  # finding out who is who may take long
                changed = revision != snapshot.revision
                latest = stack.enter_context(index.snapshot()) if changed else snapshot
                self._keep_beside(latest, verify=not changed)
        self._tell(Finished(report))
        return report

    def _keep_beside(self, snapshot: Snapshot, *, verify: bool) -> None:
        """Work out now what else the first who search would wait for; a run with nothing to do may verify it, too."""
        if self._place.people_file is not None:
            with suppress(ConfigError):  # said by the first command that needs them
                keep_people(snapshot, self._place.people_file, verify=verify)
        with suppress(OSError):
            keep_fingerprints(snapshot)

    def _open(self) -> ArticleIndex | None:
        folder = self._place.index
        damaged = False
        if ArticleIndex.exists(folder):
            try:
                index = ArticleIndex.open(folder)
                if self._options.full:  # what cannot be read is built anew
                    index.snapshot().close()
            except IndexDamagedError:
                if not self._options.full or self._options.dry_run:
                    raise
                damaged = True
            else:
                return index
        return None if self._options.dry_run else ArticleIndex.create(folder, anew=damaged, wait=self._options.wait)

    def _plan(self, walk: Walk, sources: Sequence[Path], ledger: Ledger) -> Plan:
        files: list[FoundFile] = []
        unread: list[str] = []
        for found in walk.files(sources):
            self._check()
            if isinstance(found, FoundFile):
                files.append(found)
            elif found.path not in ledger.manifest.stamps:  # a file that we know and that is gone has vanished
                unread.append(found.path)
                ledger.fail(found)
        if self._options.full:
            files.extend(walk.known_elsewhere(ledger.manifest.stamps, {file.stored for file in files}))
        work = plan(ledger.manifest, files, unread, inference=self._options.inference, full=self._options.full)
        self._tell(Scanned(files=len(files), changed=len(work.read), bytes=sum(file.size for file in work.read)))
        for file in work.unchanged:
            ledger.keep(file.stored)
        for name in work.vanished:
            ledger.vanish(name)
        return work

    def _read(self, work: Plan, ledger: Ledger, writer: IndexWriter | None) -> None:
        """Keep every process busy with a task and one in waiting; take the answers in the order of the files."""
        files = [(self._to_read(file, ledger), file.size) for file in work.read]
        total = sum(size for _, size in files)
        count = self._options.worker_count() if total >= _POOL_BYTES or self._options.workers else 0
        manner = self._manner(count)
        waiting: deque[tuple[Task, Future[Answer]]] = deque()
        progress = Progress(0, len(files), 0, total, 0)
        committed = time.monotonic()
        with ExitStack() as stack:
            readers = stack.enter_context(closing(Workers(count, manner) if count else InProcess(manner)))
            merging = stack.enter_context(closing(self._merging(writer, count))) if writer and count else None
            for task in _and_then_none(tasks(files, manner)):
                due = time.monotonic() - committed > _COMMIT_SECONDS and not self._options.full
                if task is not None:
                    waiting.append((task, readers.submit(task.units)))
                while waiting and (due or task is None or len(waiting) > 2 * count):
                    oldest, future = waiting.popleft()
                    self._take(oldest, self._wait(future), ledger)
                    if merging:
                        merging.go_on()
                    progress = replace(
                        progress,
                        files_done=progress.files_done + len(oldest.ends),
                        bytes_done=progress.bytes_done + oldest.bytes,
                        articles=ledger.seen,
                    )
                    self._tell(progress)
                if due and task is not None:
                    ledger.checkpoint(readers.finish(), tidy=False)
                    committed = time.monotonic()
            ledger.hold(readers.finish())
            readers.close()
            if merging:
                merging.finish(self._wait)

    def _merging(self, writer: IndexWriter, count: int) -> Merging:
        return Merging(writer, self._place.index, memory=writer.merge_memory, processes=min(2, count))

    def _manner(self, count: int) -> Manner:
        index = None if self._options.dry_run else self._place.index
        free = (self._options.memory_megabytes << 20) - _OWN_MEMORY - _READER_MEMORY * count
        memory = max(_LEAST_MEMORY, free // max(1, count))
        return Manner(index, self._options.inference, self._place.limits, memory)

    def _to_read(self, file: FoundFile, ledger: Ledger) -> FileToRead:
        known = {} if self._options.full else ledger.known(file.stored)
        return FileToRead(file.path, file.stored, stamp(file, self._options.inference), known)

    def _take(self, task: Task, answer: Answer, ledger: Ledger) -> None:
        for item in task.known:
            ledger.take(task.stream, item)
        for unit, items in zip(task.units, answer.read, strict=True):
            for item in items:
                ledger.take(unit.stored, item)
        ledger.hold(answer.segments)
        for file in task.ends:
            ledger.end(file, streamed=bool(task.stream))

    def _wait(self, future: Future[T]) -> T:
        """Wait for an answer, hearing in between whether the run is to stop."""
        while True:
            self._check()
            try:
                return future.result(timeout=_PATIENCE)
            except TimeoutError:
                continue

    def _check(self) -> None:
        if self._cancel is not None and self._cancel.is_set():
            raise CancelledError("indexing was stopped", "the index is as it was at its last commit")


def _and_then_none(many: Iterator[Task]) -> Iterator[Task | None]:
    yield from many
    yield None
