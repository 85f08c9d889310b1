"""`searcher batch`: many queries in one run."""

from __future__ import annotations

import itertools
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
    """A query with the id its asker gave it, any JSON value, or else its line number."""

    id: Any
    query: str


class Answered(NamedTuple):
    """A query with what it brought: hits, or the reason why it cannot be read."""

    asked: Asked
    answer: Page | QueryError


@click.command(cls=Command)
@click.argument("file", type=click.File("r", encoding="utf-8", errors="replace"))
@output_format("text", "json", "jsonl", "csv", "trec")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    help="At most so many articles a query.  [default: 10, trec 1000]",
)
@reading_options
@click.pass_obj
def command(session: Session, /, file: Iterable[str], output_format: str, limit: int | None, **how: Any) -> int:
    """Answer every query of FILE, in order.

    FILE holds a query a line, or JSON lines with "id" and "query"; - is stdin. A query that cannot be read is told and
    the rest answered.
    """
    if limit is None:
        limit = 1000 if output_format == "trec" else 10
    shown = {"text": 0, "csv": 1}.get(output_format, limit)
    how |= {"limit": min(limit, shown), "span": output_format == "csv", "quote": output_format in {"json", "jsonl"}}
    output = session.output
    bad: list[Asked] = []
    with session.archive() as archive:
        answers = _answers(archive, asked(file), **how)
        answers = _telling(answers, bad, session)
        if output_format == "trec":
            output.lines(line for each in answers for line in _trec(each))
        else:
            output.answer(
                output_format,
                text=map(_text, answers),
                json=lambda: {"version": records.VERSION, "queries": [_record(each) for each in answers]},
                jsonl=map(_record, answers),
                csv=Table(records.BATCH_COLUMNS, map(_row, answers)),
            )
    return exits.WRONG_USAGE if bad else exits.DONE


def asked(lines: Iterable[str]) -> Iterator[Asked]:
    """Read queries, blank lines passed over; JSON lines when the first is a JSON object.

    Raises:
        UsageError: a line is no JSON object with a query, among others that are.
    """
    as_json: bool | None = None
    for number, line in enumerate(lines, start=1):
        text = line.removeprefix("\ufeff").strip()
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
            given = record.get("id")
            yield Asked(str(number) if given is None else given, record["query"])


def _object(text: str) -> dict[str, Any] | None:
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _answers(archive: Archive, queries: Iterable[Asked], **how: Any) -> Iterator[Answered]:
    names, texts = itertools.tee(queries)
    answers = archive.batch((each.query for each in texts), **how)
    return map(Answered, names, answers)


def _telling(answers: Iterable[Answered], bad: list[Asked], session: Session) -> Iterator[Answered]:
    """Pass the answers on; tell of the queries that cannot be read, and keep them."""
    for each in answers:
        if isinstance(each.answer, QueryError):
            error = each.answer
            bad.append(each.asked)
            session.narration.error(
                f"query {each.asked.id}: {error.message}", error.hint, query=error.query, span=error.span
            )
        yield each


def _text(each: Answered) -> str:
    total = "error" if isinstance(each.answer, QueryError) else f"{each.answer.total:,}"
    return f"{total:>9}  {one_line(each.asked.query)}"


def _record(each: Answered) -> records.Object:
    if isinstance(each.answer, QueryError):
        return {"id": each.asked.id, **records.unreadable(each.asked.query, each.answer)}
    return {"id": each.asked.id, **records.page(each.answer)}


def _row(each: Answered) -> list[object]:
    if isinstance(each.answer, QueryError):
        return [*each.asked, None, None, None, None]
    page = each.answer
    return [*each.asked, page.total, page.first, page.last, page.hits[0].id if page.hits else None]


def _trec(each: Answered) -> Iterator[str]:
    if isinstance(each.answer, QueryError):
        return
    for hit in each.answer.hits:
        score = f"{hit.score:.{records.SCORE_DECIMALS}f}"
        yield f"{_token(str(each.asked.id))} Q0 {_token(hit.record_id or hit.id)} {hit.rank} {score} searcher"


def _token(text: str) -> str:
    # The columns of a run file are separated by spaces.
    return "_".join(one_line(text).split()) or "_"
