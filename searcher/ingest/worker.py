"""One reading process: `python -m searcher.ingest.worker`, told what to do over its standard input.

A task is a pickle of units and manner, an answer a pickle of what was read; both are preceded by their length. Only
the process that started this one is at the other end.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import sys
from typing import IO, Any

_LENGTH = struct.Struct("<Q")


def send(stream: IO[bytes], value: Any) -> None:
    """Write one message."""
    content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one message (EOFError when the other end is gone)."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return pickle.loads(content)  # noqa: S301 - from the process at the other end of our own pipe


def main() -> None:
    """Answer tasks until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who started us hears it and ends us
    tasks = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing that a reader prints may fall among the answers

    from searcher.ingest.reading import read

    try:
        while True:
            units, manner = receive(tasks)
            send(answers, [read(unit, manner) for unit in units])
    except (EOFError, BrokenPipeError):
        return


if __name__ == "__main__":
    main()
