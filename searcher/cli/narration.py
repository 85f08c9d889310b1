"""Everything said on stderr: progress, warnings and errors."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from searcher.cli.layout.paint import BAD, FAINT, WARNING, Paint, wanted
from searcher.cli.layout.wrapping import columns

_CONTEXT = 30  # characters of a long query that are shown on either side of an error


class Narration:
    """Speaks on stderr.

    Args:
        color: auto, always or never.
        quiet: say nothing but errors.
        verbose: say details too.
    """

    def __init__(self, color: str, *, quiet: bool, verbose: bool) -> None:
        self.quiet = quiet
        self.verbose = verbose
        self.terminal = _is_terminal()
        self.paint = Paint(enabled=wanted(color, os.environ, terminal=self.terminal))

    def say(self, text: str) -> None:
        """Say one line, unless asked to be quiet."""
        if not self.quiet:
            self._write(text)

    def detail(self, text: str) -> None:
        """Say one line, if asked to be verbose."""
        if self.verbose:
            self._write(text, FAINT)

    def warn(self, text: str) -> None:
        """Say one line about something that went wrong while the rest goes on."""
        self._write(text, WARNING)

    def traceback(self, lines: list[str]) -> None:
        """Show where an unexpected error arose."""
        from searcher.text.safety import printable

        for line in "".join(lines).splitlines():
            self._write(self.paint(printable(line), FAINT), safe=True)

    def error(self, message: str, hint: str = "", *, query: str = "", span: tuple[int, int] = (0, 0)) -> None:
        """Say what is wrong and what to do, with the place in the query where there is one."""
        self._write(self.paint("searcher:", BAD) + " " + _safe(message), safe=True)
        if query:
            line, carets = pointed(query, span)
            self._write("    " + line, safe=True)
            self._write("    " + self.paint(carets, BAD), safe=True)
        if hint:
            self._write(hint)

    def _write(self, text: str, style: str = "", *, safe: bool = False) -> None:
        # Stderr may be none, or closed, or be a pipe whose reader has gone: nobody is left to be told.
        with suppress(OSError, ValueError, AttributeError):
            line = self.paint(text if safe else _safe(text), style) + "\n"
            encoding = sys.stderr.encoding or "utf-8"
            sys.stderr.write(line.encode(encoding, "replace").decode(encoding))
            sys.stderr.flush()


def pointed(query: str, span: tuple[int, int]) -> tuple[str, str]:
    """Give one line of `query` around `span` and, to print below it, carets under the span."""
    line = "".join(character if character.isprintable() else " " for character in query)
    start = min(max(span[0], 0), len(line))
    stop = min(max(span[1], start), len(line))
    first = max(start - _CONTEXT, 0) if start > 2 * _CONTEXT or len(line) > 4 * _CONTEXT else 0
    last = min(stop, start + 2 * _CONTEXT) + _CONTEXT if len(line) > 4 * _CONTEXT else len(line)
    before, place, after = line[first:start], line[start : min(stop, last)], line[min(stop, last) : last]
    lead = ("…" if first else "") + before
    shown = lead + place + after + ("…" if last < len(line) else "")
    return shown, " " * columns(lead) + "^" * max(columns(place), 1)


def _safe(text: str) -> str:
    from searcher.text.safety import one_line

    return one_line(text)


def _is_terminal() -> bool:
    try:
        return sys.stderr.isatty()
    except (AttributeError, ValueError):
        return False
