"""`searcher batch`: many queries in one run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from searcher.cli import exits, records
from searcher.cli.options import Command, output_format, reading_options
from searcher.cli.output import Table
from searcher.errors import QueryError, UsageError
from searcher.text.safety import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from searcher.archive import Archive
    from searcher.cli.session import Session
    from searcher.model import Page


class Asked(NamedTuple):
    """A query with the name its asker gave it, or its line number."""

    id: str
    query: str


class Answered(NamedTuple):
    """What a query brought."""

    asked: Asked
    page: Page


@click.command(cls=Command)
@click.argument("file", type=click.File("r", encoding="utf-8", errors="replace"))
@output_format("text", "json", "jsonl", "csv", "trec")
@click.option(
    "--limit", type=click.IntRange(min=0), metavar="N", help="At most so many articles a query; 10, trec 1000."
)
@reading_options
@click.pass_obj
def command(session: Session, /, file: Iterable[str], output_format: str, limit: int | None, **how: Any) -> int:
    """Answer every query of FILE, in order.

    FILE holds a query a line, or JSON lines with "id" and "query"; - is stdin.
    """
    if limit is None:
        limit = 1000 if output_format == "trec" else 10
    output = session.output
    bad: list[Asked] = []
    with session.archive() as archive:
        answers = _answers(archive, asked(file), bad, session, limit=limit, span=output_format == "csv", **how)
        if output_format == "trec":
            output.lines(line for answer in answers for line in _trec(answer))
        else:
            output.answer(
                output_format,
                text=(f"{answer.page.total:>9,}  {one_line(answer.asked.query)}" for answer in answers),
                json=lambda: {"version": records.VERSION, "queries": [_record(answer) for answer in answers]},
                jsonl=(_record(answer) for answer in answers),
                csv=Table(records.BATCH_COLUMNS, (_row(answer) for answer in answers)),
            )
    return exits.WRONG_USAGE if bad else exits.DONE


def asked(lines: Iterable[str]) -> Iterator[Asked]:
    """Read queries, blank lines passed over; JSON lines when the first is a JSON object.

    Raises:
        UsageError: a line is no JSON object with a query, among others that are.
    """
    as_json: bool | None = None
    for number, line in enumerate(lines, start=1):
        text = line.strip().removeprefix("\ufeff")
        if not text:
            continue
        record = _object(text) if as_json is not False else None
        if as_json is None:
            as_json = record is not None
        if not as_json:
            yield Asked(str(number), text)
        elif record is None or not isinstance(record.get("query"), str):
            raise UsageError(f'line {number} is not a JSON object with a "query"', 'Write {"id": "…", "query": "…"}.')
        else:
            yield Asked(str(record.get("id", number)), record["query"])


def _object(text: str) -> dict[str, Any] | None:
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _answers(
    archive: Archive, queries: Iterable[Asked], bad: list[Asked], session: Session, **how: Any
) -> Iterator[Answered]:
    """Search for each; those that cannot be read are told and kept in `bad`."""
    for each in queries:
        try:
            page = archive.search(each.query, **how)
        except QueryError as error:
            bad.append(each)
            session.narration.error(f"query {each.id}: {error.message}", error.hint, query=error.query, span=error.span)
        else:
            yield Answered(each, page)


def _record(answer: Answered) -> records.Object:
    return {"id": answer.asked.id, **records.page(answer.page)}


def _row(answer: Answered) -> list[object]:
    page = answer.page
    return [answer.asked.id, page.query, page.total, None, None, page.hits[0].id if page.hits else None]


def _trec(answer: Answered) -> Iterator[str]:
    for hit in answer.page.hits:
        yield f"{_token(answer.asked.id)} Q0 {_token(hit.record_id or hit.id)} {hit.rank} {hit.score:.6f} searcher"


def _token(text: str) -> str:
    # The columns of a run file are separated by spaces.
    return "_".join(one_line(text).split()) or "_"
