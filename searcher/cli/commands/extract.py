"""`searcher extract`: what we read in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from searcher.cli import exits, records
from searcher.cli.layout import article as layout
from searcher.cli.options import Command, inference_options, output_format
from searcher.cli.output import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from searcher.cli.output import Output
    from searcher.cli.session import Session
    from searcher.model import Article, Failure


@click.command(cls=Command)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@inference_options
@click.option("--raw", is_flag=True, help="Write all that is visible in the file as well (json, jsonl).")
@output_format("text", "json", "jsonl", "csv")
@click.pass_obj
def command(
    session: Session,
    paths: tuple[str, ...],
    output_format: str,
    *,
    infer: bool,
    people_model: str | None,
    raw: bool,
) -> int:
    """Show what is read in files, without indexing them.

    That is the text and the facts, each with its basis: how it is known. PATH may be a file, a folder, or - for stdin.
    What is read in one call is named alike: a surname is joined with the full name that another of the files has.
    """
    from searcher.archive import extract

    output = session.output
    failures: list[Failure] = []
    read = extract(paths, infer=infer, people_model=people_model, config=session.config)
    articles = _articles(read, failures, session)
    output.answer(
        output_format,
        text=_text(articles, output),
        json=lambda: {"version": records.VERSION, "articles": [records.article(each, raw=raw) for each in articles]},
        jsonl=(records.article(each, raw=raw) for each in articles),
        csv=Table(records.ARTICLE_COLUMNS, records.article_rows(articles)),
    )
    return exits.SOME_UNREADABLE if failures else exits.DONE


def _articles(read: Iterable[Article | Failure], failures: list[Failure], session: Session) -> Iterator[Article]:
    """Pass the articles on; keep and tell the failures."""
    from searcher.model import Failure

    for each in read:
        if isinstance(each, Failure):
            failures.append(each)
            session.narration.warn(f"not read: {each.path}: {each.reason}")
        else:
            yield each


def _text(articles: Iterable[Article], output: Output) -> Iterator[str]:
    for number, article in enumerate(articles):
        if number:
            yield from ("", "")
        yield from layout.reading(article, output.paint, output.width)
