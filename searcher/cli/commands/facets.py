"""`searcher facets`: counts by source, person, date or language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from searcher.cli import exits, records
from searcher.cli.layout import bars
from searcher.cli.options import EVERYTHING, FACET_FIELDS, Command, joined, output_format, reading_options
from searcher.cli.output import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.cli.output import Output
    from searcher.cli.session import Session
    from searcher.model import Facet, FacetField


@click.command(cls=Command)
@click.argument("words", metavar="[QUERY]...", nargs=-1)
@click.option(
    "--by",
    "fields",
    type=click.Choice(FACET_FIELDS),
    multiple=True,
    required=True,
    help="The field; may be given more than once.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    help="At most so many values of a field.  [default: 20; all years, months and days]",
)
@output_format("text", "json", "jsonl", "csv")
@reading_options
@click.pass_obj
def command(
    session: Session,
    /,
    words: tuple[str, ...],
    fields: tuple[FacetField, ...],
    limit: int | None,
    output_format: str,
    **how: Any,
) -> int:
    """Count the articles that match QUERY by one field's values.

    Without a QUERY: all articles.
    """
    query = joined(words) or EVERYTHING
    with session.archive() as archive:
        facets = [archive.facets(query, by, limit=_most(by) if limit is None else limit, **how) for by in fields]
    output = session.output
    output.answer(
        output_format,
        text=_text(facets, output),
        json=lambda: {"version": records.VERSION, "query": query, **records.facets(facets)},
        jsonl=records.keyed(records.FACET_COLUMNS, records.facet_rows(facets)),
        csv=Table(records.FACET_COLUMNS, records.facet_rows(facets)),
    )
    return (
        exits.DONE if any(facet.counts or facet.truncated or facet.unknown for facet in facets) else exits.NOTHING_FOUND
    )


def _most(field: FacetField) -> int | None:
    return None if field in {"year", "month", "day"} else 20


def _text(facets: list[Facet], output: Output) -> Iterator[str]:
    for number, facet in enumerate(facets):
        if number:
            yield ""
        yield from bars.facet(facet, output.paint, output.width)
