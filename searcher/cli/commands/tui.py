"""`searcher` and `searcher tui`: opens the terminal UI."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from searcher.cli.options import Command, joined
from searcher.errors import UsageError

if TYPE_CHECKING:
    from searcher.cli.session import Session


@click.command(cls=Command)
@click.argument("query", nargs=-1)
@click.pass_obj
def command(session: Session, query: tuple[str, ...] = ()) -> None:
    """Open the terminal UI, with QUERY in its query line."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "the terminal UI needs a terminal, and this is none",
            "Use “searcher query QUERY” for an answer here, “searcher --help” for all commands.",
        )
    from searcher.tui import run

    run(session.config, joined(query))
