"""`searcher` and `searcher tui`: opens the terminal UI."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from searcher.cli.options import Command, joined
from searcher.errors import UsageError

if TYPE_CHECKING:
    from searcher.cli.session import Session

HINT = "Use “searcher query QUERY” for an answer here, “searcher --help” for all commands."


@click.command(cls=Command)
@click.argument("query", nargs=-1)
@click.pass_obj
def command(session: Session, query: tuple[str, ...] = ()) -> None:
    """Open the terminal UI, with QUERY in its query line."""
    if os.environ.get("TERM") == "dumb":
        raise UsageError("the terminal UI needs a terminal that draws, and TERM=dumb says that this one does not", HINT)
    # Textual draws on stderr, so that must be the terminal, too.
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise UsageError("the terminal UI needs a terminal, and this is none", HINT)
    from searcher.tui import run

    run(session.config, joined(query))
