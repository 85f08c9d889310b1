"""`searcher related`: articles like one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from searcher.cli import exits
from searcher.cli.commands.query import write_page
from searcher.cli.options import Command, limit_option, output_format

if TYPE_CHECKING:
    from searcher.cli.session import Session


@click.command(cls=Command)
@click.argument("identifier", metavar="ID")
@output_format("text", "json", "jsonl", "csv")
@limit_option(10, "articles")
@click.pass_obj
def command(session: Session, identifier: str, output_format: str, limit: int) -> int:
    """Print articles like the article ID.

    They share what sets it apart: its rare words and its people.
    """
    with session.archive() as archive:
        page = archive.related(archive.article(identifier).id, limit=limit)
    write_page(session, page, output_format)
    return exits.DONE if page.hits else exits.NOTHING_FOUND
