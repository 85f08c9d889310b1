"""The only place that writes to stdout: data, never narration."""

from __future__ import annotations

import os
import re
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, TextIO

from searcher.cli.layout.paint import Paint, wanted
from searcher.errors import SearcherError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

# Legal inside JSON strings, yet able to change what a terminal shows, or no text at all (a lone surrogate).
_UNSAFE_IN_JSON = "[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
_NARROWEST = 20


class Table(NamedTuple):
    """Rows under named columns."""

    columns: Sequence[str]
    rows: Iterable[Sequence[object]]


class OutputError(SearcherError):
    """Stdout cannot be written: a full disk, for one."""


class PipeClosedError(Exception):
    """Whoever reads our output has stopped reading: there is no more to do, and nothing to complain about."""


class Output:
    """Writes answers to stdout.

    Attributes:
        terminal: a person looks.
        width: columns to fit text to; None when it is not for a terminal, where lines stay whole for the next program.
        paint: colours, when they are wanted.
    """

    def __init__(self, color: str = "auto") -> None:
        self.terminal = _is_terminal()
        self.width = _terminal_width() if self.terminal else None
        self.paint = Paint(enabled=wanted(color, os.environ, terminal=self.terminal))

    def answer(
        self,
        output_format: str,
        *,
        text: Iterable[str],
        json: Callable[[], object],
        jsonl: Iterable[object],
        csv: Table,
    ) -> None:
        """Write an answer in the format asked for; the other shapes of it are not made."""
        if output_format == "text":
            self.lines(text)
        elif output_format == "json":
            self.json(json())
        elif output_format == "jsonl":
            self.json_lines(jsonl)
        else:
            self.csv(csv)

    def lines(self, lines: Iterable[str]) -> None:
        """Write lines of text."""
        for line in lines:
            self._write(line + "\n")
        self._flush()

    def json(self, value: object) -> None:
        """Write one JSON value, indented for a person."""
        self._write(as_json(value, indent=2 if self.terminal else None) + "\n")
        self._flush()

    def json_lines(self, values: Iterable[object]) -> None:
        """Write one JSON value a line, each as soon as it is known."""
        for value in values:
            self._write(as_json(value) + "\n")
            self._flush()

    def csv(self, table: Table) -> None:
        """Write a table with a header (RFC 4180, but for its line ends)."""
        import csv
        import io
        import itertools

        from searcher.text.safety import printable

        line = io.StringIO()
        writer = csv.writer(line, lineterminator="\n")
        for row in itertools.chain([table.columns], table.rows):
            writer.writerow(row)
            self._write(printable(line.getvalue()) if self.terminal else line.getvalue())
            self._flush()
            line.seek(0)
            line.truncate()

    def _write(self, text: str) -> None:
        with _reader() as stream:
            stream.buffer.write(_encoded(text, stream.encoding if self.terminal else "utf-8"))

    def _flush(self) -> None:
        with _reader() as stream:
            stream.flush()


@contextmanager
def _reader() -> Iterator[TextIO]:
    """Give stdout, and say in our words why it cannot be written."""
    if sys.stdout is None:  # the shell's >&-
        raise PipeClosedError
    try:
        yield sys.stdout
    except BrokenPipeError:
        # What is still buffered would raise once more when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise PipeClosedError from None
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise OutputError(f"stdout cannot be written: {error.strerror}", "Send the output elsewhere.") from error


def as_json(value: object, indent: int | None = None) -> str:
    """Give a value as JSON that is safe to show: what could act on a terminal is escaped, and means the same."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return re.sub(_UNSAFE_IN_JSON, lambda found: f"\\u{ord(found[0]):04x}", text)


def _encoded(text: str, encoding: str) -> bytes:
    try:
        # A file name that is not text comes out as the bytes it is.
        return text.encode(encoding, "surrogateescape")
    except UnicodeEncodeError:
        return text.encode(encoding, "replace")


def _is_terminal() -> bool:
    try:
        return sys.stdout.isatty()
    except (AttributeError, ValueError):
        return False


def _terminal_width() -> int:
    import shutil

    return max(shutil.get_terminal_size().columns, _NARROWEST)
