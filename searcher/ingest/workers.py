"""Reading processes: as many as there are cores, each given one task at a time, replaced when it dies."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

import searcher
from searcher.ingest.reading import FileToRead, read
from searcher.ingest.worker import receive, send
from searcher.model import Failure

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from searcher.ingest.reading import DraftToRead, Manner, ReadArticle

    Unit = FileToRead | DraftToRead
    Answer = list[list[ReadArticle | Failure]]

#: Seconds that a task may take beyond what its units may, before its process is taken for hung.
_GRACE = 60.0


class InProcess:
    """Reads at once, in this process: for work that is done before other processes have started."""

    def submit(self, units: Sequence[Unit], manner: Manner) -> Future[Answer]:
        """Read some units, in order."""
        future: Future[Answer] = Future()
        future.set_result([read(unit, manner) for unit in units])
        return future

    def close(self) -> None:
        """Do nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class Workers(InProcess):
    """Reads in other processes, so that a file that kills or hangs its reader costs no more than itself."""

    def __init__(self, count: int) -> None:
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="reader")
        self._own = threading.local()
        self._processes: set[subprocess.Popen[bytes]] = set()
        self._closing = threading.Event()

    def submit(self, units: Sequence[Unit], manner: Manner) -> Future[Answer]:
        """Read some units, in order, when a process is free."""
        return self._threads.submit(self._read, units, manner)

    def close(self) -> None:
        """End all processes, whatever they are doing."""
        self._closing.set()
        for process in list(self._processes):
            process.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for process in self._processes:
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream:
                    stream.close()

    def _read(self, units: Sequence[Unit], manner: Manner) -> Answer:
        try:
            return self._ask(units, manner)
        except _DeadError as death:
            if self._closing.is_set():
                return []
            if len(units) == 1:
                return [[Failure(_name(units[0]), str(death))]]
        return [answer for unit in units for answer in self._read([unit], manner)]

    def _ask(self, units: Sequence[Unit], manner: Manner) -> Answer:
        process = self._process()
        seconds = manner.limits.seconds * len(units) + _GRACE
        hung = threading.Event()

        def end() -> None:
            hung.set()
            process.kill()

        watch = threading.Timer(seconds, end)
        watch.daemon = True
        watch.start()
        try:
            send(_there(process.stdin), (units, manner))
            answer: Answer = receive(_there(process.stdout))
        except (EOFError, OSError) as error:
            self._own.process = None
            process.kill()
            process.wait()
            reason = f"takes longer than {seconds:g} s" if hung.is_set() else "ends the process that reads it"
            raise _DeadError(reason) from error
        finally:
            watch.cancel()
        return answer

    def _process(self) -> subprocess.Popen[bytes]:
        process: subprocess.Popen[bytes] | None = getattr(self._own, "process", None)
        if process is None:
            process = subprocess.Popen(
                [sys.executable, "-m", "searcher.ingest.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
            self._own.process = process
            self._processes.add(process)
        return process


class _DeadError(Exception):
    """A reading process is gone."""


def _there(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise EOFError
    return stream


def _environment() -> dict[str, str]:
    """Give this process's environment, with the package importable as it is here."""
    import os

    place = str(Path(searcher.__file__).parent.parent)
    paths = [place, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def _name(unit: Unit) -> str:
    return unit.stored if isinstance(unit, FileToRead) else unit.draft.path
