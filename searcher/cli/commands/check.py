"""`searcher check`: is the index sound?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from searcher.cli import exits, records
from searcher.cli.layout.paint import BAD, GOOD, Paint
from searcher.cli.options import Command, output_format
from searcher.cli.output import Table
from searcher.text.safety import one_line
from searcher.text.sizes import size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.cli.session import Session
    from searcher.model import CheckReport


@click.command(cls=Command)
@output_format("text", "json", "jsonl", "csv")
@click.pass_obj
def command(session: Session, output_format: str) -> int:
    """Read every byte of the index and say whether it is sound."""
    with session.archive(opened=False) as archive:
        report = archive.check()
    output = session.output
    damages = [(damage.part, damage.reason) for damage in report.damages]
    output.answer(
        output_format,
        text=_text(report, output.paint),
        json=lambda: records.check(report),
        jsonl=records.keyed(records.CHECK_COLUMNS, damages),
        csv=Table(records.CHECK_COLUMNS, damages),
    )
    if not report.sound:
        session.narration.say("Build it anew: searcher index --full")
    return exits.DONE if report.sound else exits.NO_INDEX


def _text(report: CheckReport, paint: Paint) -> Iterator[str]:
    if report.sound:
        read = f"{report.articles:,} articles, {report.files:,} files, {size(report.bytes_read)} read"
        yield f"{paint('sound', GOOD)}  {read}"
    for damage in report.damages:
        yield f"{paint('damaged', BAD)}  {one_line(damage.part)}: {one_line(damage.reason)}"
