"""`searcher show`: one article."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from searcher.cli import records
from searcher.cli.layout import article as layout
from searcher.cli.options import Command, output_format
from searcher.cli.output import Table

if TYPE_CHECKING:
    from searcher.cli.session import Session


@click.command(cls=Command)
@click.argument("identifier", metavar="ID")
@click.option("--raw", is_flag=True, help="All that is visible in the file, menus and captions included.")
@output_format("text", "json", "jsonl", "csv")
@click.pass_obj
def command(session: Session, identifier: str, output_format: str, *, raw: bool) -> None:
    """Print the article ID, or the only one whose id begins so."""
    with session.archive() as archive:
        article = archive.article(identifier)
    output = session.output
    output.answer(
        output_format,
        text=layout.raw(article) if raw else layout.article(article, output.paint, output.width),
        json=lambda: records.article(article, raw=raw),
        jsonl=[records.article(article, raw=raw)],
        csv=Table(records.ARTICLE_COLUMNS, records.article_rows([article])),
    )
