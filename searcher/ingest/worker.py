"""One working process: `python -m searcher.ingest.worker`, told what to do over its standard input.

The first message is how to read. Every later one is units to read, None to finish the segment that is being built, or
segments to merge; each is answered. Messages are pickles preceded by their length; only the process that started this
one is at the other end.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import struct
import sys
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.ingest.reading import Merge, Unit

    Message = Sequence[Unit] | Merge | None

_LENGTH = struct.Struct("<Q")


def packed(value: Any) -> bytes:
    """Give a message as it is sent."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def send(stream: IO[bytes], content: bytes) -> None:
    """Write one message."""
    stream.write(_LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one message (EOFError when the other end is gone)."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    return pickle.loads(_exactly(stream, length))  # noqa: S301 - from the process at the other end of our own pipe


def _exactly(stream: IO[bytes], size: int) -> bytes:
    content = stream.read(size)
    if len(content) < size:
        raise EOFError
    return content


def main() -> None:
    """Answer until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who started us hears it and ends us
    messages = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing that a reader prints may fall among the answers

    from searcher.ingest.reading import Answer, Merge, Reader

    try:
        reader = Reader(receive(messages))
        # Little of what is made here goes in circles, and what is remembered is large: it is seldom worth a walk.
        gc.freeze()
        gc.set_threshold(50_000, 20, 100)
        while True:
            message: Message = receive(messages)
            answer: Answer | Exception
            try:
                if isinstance(message, Merge):
                    answer = Answer([], [message.carry_out()])
                else:
                    answer = Answer([], reader.finish()) if message is None else reader.read(message)
            except Exception as error:  # noqa: BLE001 - raised again at the other end
                answer = error
            send(answers, packed(answer))
    except (EOFError, BrokenPipeError):
        return


if __name__ == "__main__":
    main()
