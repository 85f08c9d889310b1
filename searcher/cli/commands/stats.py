"""`searcher stats`: what is in the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from searcher.cli import records
from searcher.cli.layout.dates import spoken
from searcher.cli.layout.paint import FAINT
from searcher.cli.options import Command, output_format
from searcher.cli.output import Table
from searcher.text.safety import one_line
from searcher.text.sizes import size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.cli.session import Session
    from searcher.model import Stats


@click.command(cls=Command)
@output_format("text", "json", "jsonl", "csv")
@click.pass_obj
def command(session: Session, output_format: str) -> None:
    """Say what is in the index, its size and its revision."""
    with session.archive() as archive:
        stats = archive.stats()
    output, record = session.output, records.stats(stats)
    output.answer(
        output_format,
        text=(f"{output.paint(f'{name:<9}', FAINT)}  {value}" for name, value in _rows(stats)),
        json=lambda: record,
        jsonl=[record],
        csv=Table(records.STATS_COLUMNS, [records.stats_row(stats)]),
    )


def _rows(stats: Stats) -> Iterator[tuple[str, str]]:
    yield "index", one_line(stats.path)
    yield "articles", f"{stats.articles:,}"
    yield "words", f"{stats.words:,}"
    yield "sources", f"{stats.sources:,}"
    yield "people", f"{stats.people:,}"
    span = f", {spoken(stats.first)} to {spoken(stats.last)}" if stats.first and stats.last else ""
    yield "dated", f"{stats.dated:,}{span}"
    yield "languages", ", ".join(f"{one_line(language)} {count:,}" for language, count in stats.languages) or "none"
    yield "size", f"{size(stats.size_bytes)} in {stats.segments:,} segment{'s' * (stats.segments != 1)}"
    yield "revision", f"{stats.revision} ({stats.codec})"
