"""`searcher query`: one search, answered once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import click

from searcher.cli import exits, records
from searcher.cli.layout import bars, hits
from searcher.cli.options import FACET_FIELDS, Command, joined, limit_option, output_format, reading_options
from searcher.cli.output import Table
from searcher.model import Sort

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from searcher.cli.output import Output
    from searcher.cli.session import Session
    from searcher.model import Page


class QueryCommand(Command):
    """Takes `-word` as a word of the query, where it names no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Hide words that begin with one hyphen from the option parser, which would take them for options."""
        options = {name: parameter for parameter in self.get_params(ctx) for name in parameter.opts}
        takes_value = {
            name for name, option in options.items() if isinstance(option, click.Option) and not option.is_flag
        }
        end = args.index("--") if "--" in args else len(args)
        words = [
            _HIDDEN + word if _is_excluded_word(word, options) and before not in takes_value else word
            for before, word in zip(["", *args], args[:end], strict=False)
        ]
        return super().parse_args(ctx, words + args[end:])


_HIDDEN = "\0"


def _is_excluded_word(word: str, options: Container[str]) -> bool:
    return len(word) > 1 and word[0] == "-" and word[1] != "-" and word not in options


@click.command(cls=QueryCommand)
@click.argument("words", metavar="QUERY...", nargs=-1, required=True)
@output_format("text", "json", "jsonl", "csv")
@limit_option(10, "articles")
@click.option("--offset", type=click.IntRange(min=0), metavar="N", default=0, help="Leave out the first so many.")
@click.option(
    "--sort", type=click.Choice(get_args(Sort)), default="relevance", show_default=True, help="What comes first."
)
@reading_options
@click.option(
    "--facet",
    "facets",
    type=click.Choice(FACET_FIELDS),
    multiple=True,
    help="Count the hits by this field as well; may be given more than once.",
)
@click.option("--explain", is_flag=True, help="Show where each score comes from.")
@click.pass_obj
def command(session: Session, /, words: tuple[str, ...], output_format: str, **how: Any) -> int:
    """Search once and print what is found.

    The words of QUERY are joined, so quotes around it are needed only for what your shell would take for itself:
    searcher query '"Lachin corridor" date:2020-11..'
    """
    text = joined(tuple(word.removeprefix(_HIDDEN) for word in words))
    with session.archive() as archive:
        page = archive.search(text, **how)
    write_page(session, page, output_format)
    return exits.DONE if page.hits or page.total else exits.NOTHING_FOUND


def write_page(session: Session, page: Page, output_format: str) -> None:
    """Write a page of hits in a format, and say what there is to say about it."""
    output, narration = session.output, session.narration
    for note in page.notes:
        narration.say(note)
    output.answer(
        output_format,
        text=_text(page, output),
        json=lambda: records.page(page),
        jsonl=(records.hit(hit) for hit in page.hits),
        csv=Table(records.HIT_COLUMNS, records.hit_rows(page.hits)),
    )
    if not page.total:
        narration.say(f"nothing found for: {page.parsed}")
        if page.corrected:
            narration.say(f"did you mean: {page.corrected}")
    elif output_format == "text":
        narration.say(hits.summary(page))


def _text(page: Page, output: Output) -> Iterator[str]:
    yield from hits.page(page, output.paint, output.width)
    for facet in page.facets.values():
        yield ""
        yield from bars.facet(facet, output.paint, output.width)
    if page.total and output.terminal:
        yield ""
