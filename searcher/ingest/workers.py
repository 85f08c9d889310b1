"""Reading processes: as many as there are cores, each given one task at a time, replaced when it dies."""

from __future__ import annotations

import queue
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from searcher.ingest.child import ChildProcess, DeadError
from searcher.ingest.held import Held
from searcher.ingest.reading import Answer, FileToRead, Reader
from searcher.ingest.worker import packed
from searcher.model import Failure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.ingest.reading import Manner, Unit
    from searcher.store.codec.segment import ArraySegment

#: Seconds that a task may take beyond what one article may, before its process is taken for hung and its units are
#: read one by one.
_GRACE = 60.0

_FINISH = packed(None)


class InProcess:
    """Reads at once, in this process: for work that is done before other processes have started."""

    def __init__(self, manner: Manner) -> None:
        self._reader = Reader(manner)

    def submit(self, units: Sequence[Unit]) -> Future[Answer]:
        """Read some units, in order."""
        future: Future[Answer] = Future()
        future.set_result(self._reader.read(units))
        return future

    def finish(self) -> list[ArraySegment]:
        """Finish the segment that is being built."""
        return self._reader.finish()

    def close(self) -> None:
        """Do nothing."""


class Workers:
    """Reads in other processes, so that a file that kills or hangs its reader costs no more than itself."""

    def __init__(self, count: int, manner: Manner) -> None:
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="reader")
        self._workers = [_Worker(manner) for _ in range(count)]
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)

    def submit(self, units: Sequence[Unit]) -> Future[Answer]:
        """Read some units, in order, when a process is free."""
        return self._threads.submit(self._read, units)

    def finish(self) -> list[ArraySegment]:
        """Finish all segments that are being built."""
        return [segment for found in self._threads.map(_Worker.finish, self._workers) for segment in found]

    def close(self) -> None:
        """End all processes, whatever they are doing."""
        for worker in self._workers:
            worker.close()
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _read(self, units: Sequence[Unit]) -> Answer:
        worker = self._idle.get()
        try:
            return worker.read(units)
        finally:
            self._idle.put(worker)


class _Worker:
    """One process, and what it holds that would be lost with it."""

    def __init__(self, manner: Manner) -> None:
        self._child = ChildProcess(manner)
        self._seconds = manner.limits.seconds + _GRACE
        self._held = Held()
        self._closed = False

    def read(self, units: Sequence[Unit]) -> Answer:
        """Read some units; what kills the process becomes a Failure, what it held before is read again."""
        message = packed(units)
        try:
            answer = self._ask(message)
        except DeadError as death:
            segments = self._recover()
            if len(units) == 1:
                return Answer([[Failure(_name(units[0]), str(death))]], segments)
            answers = [self.read([unit]) for unit in units]
            segments += [segment for answer in answers for segment in answer.segments]
            return Answer([read for answer in answers for read in answer.read], segments)
        if answer.segments:
            self._held.clear()
        else:
            self._held.add(message)
        return answer

    def finish(self) -> list[ArraySegment]:
        """Finish the segment that is being built."""
        if not self._held:
            return []
        try:
            segments = self._ask(_FINISH).segments
        except DeadError:
            return self._recover()
        self._held.clear()
        return segments

    def close(self) -> None:
        """End the process."""
        self._closed = True
        self._child.end()
        self._held.close()

    def _recover(self) -> list[ArraySegment]:
        """Read again what a dead process held, and finish it so that it cannot be lost again."""
        segments: list[ArraySegment] = []
        if self._closed:
            raise CancelledError
        for message in self._held:
            segments += self._ask(message).segments
        self._held.clear()
        return segments + self._ask(_FINISH).segments

    def _ask(self, message: bytes) -> Answer:
        return self._child.ask(message, self._seconds)


def _name(unit: Unit) -> str:
    return unit.stored if isinstance(unit, FileToRead) else unit.draft.path
