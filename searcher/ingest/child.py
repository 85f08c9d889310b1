"""Another process that works for this one: started when first asked, given one message at a time."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from searcher.ingest.reading import Answer
from searcher.ingest.worker import packed, receive, send

if TYPE_CHECKING:
    from searcher.ingest.reading import Manner


class DeadError(Exception):
    """The process is gone; the message says why, of what it was doing."""


class ChildProcess:
    """One process that runs `ingest.worker`; not for several threads at once, but for `end`."""

    def __init__(self, manner: Manner) -> None:
        self._manner = manner
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, message: bytes, seconds: float | None = None) -> Answer:
        """Send a message and wait for the answer; the next one starts a new process when this one is gone.

        Args:
            message: what to do, packed.
            seconds: after which the process is taken for hung and ended; None: never.

        Raises:
            DeadError: the process ended, or was ended.
            Exception: what the work raised there.
        """
        process = self._running()
        hung = threading.Event()

        def end() -> None:
            hung.set()
            process.kill()

        watch = threading.Timer(threading.TIMEOUT_MAX if seconds is None else seconds, end)
        watch.daemon = True
        watch.start()
        try:
            send(_open(process.stdin), message)
            answer = receive(_open(process.stdout))
        except (EOFError, OSError, ValueError) as error:
            self.end()
            reason = f"takes longer than {seconds:g} s" if hung.is_set() else "ends the process that reads it"
            raise DeadError(reason) from error
        finally:
            watch.cancel()
        if isinstance(answer, Answer):
            return answer
        raise answer

    def end(self) -> None:
        """End the process, whatever it is doing."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "searcher.ingest.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
            try:
                send(_open(self._process.stdin), packed(self._manner))
            except OSError as error:
                self.end()
                raise DeadError("cannot be read: the process for it does not start") from error
        return self._process


def _open(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise EOFError
    return stream


def _environment() -> dict[str, str]:
    """Give this process's environment, with the package importable as it is here."""
    paths = [str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
