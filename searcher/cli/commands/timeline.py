"""`searcher timeline`: hits over time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from searcher.cli import exits, records
from searcher.cli.layout import bars
from searcher.cli.options import EVERYTHING, Command, joined, output_format, reading_options
from searcher.cli.output import Table
from searcher.errors import UsageError
from searcher.model import Period

if TYPE_CHECKING:
    from searcher.cli.session import Session
    from searcher.model import Timeline

_PICTURES = (".svg", ".png")


@click.command(cls=Command)
@click.argument("words", metavar="[QUERY]...", nargs=-1)
@click.option(
    "--period",
    "--by",
    type=click.Choice(get_args(Period)),
    help="What a bar stands for, instead of what suits the span.",
)
@click.option("--share", is_flag=True, help="Draw hits as a share of all articles of the period.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.svg/.png", help="Save a picture.")
@output_format("text", "json", "jsonl", "csv")
@reading_options
@click.pass_obj
def command(
    session: Session,
    /,
    words: tuple[str, ...],
    period: Period | None,
    output_format: str,
    out: Path | None,
    *,
    share: bool,
    **how: Any,
) -> int:
    """Draw the articles that match QUERY over time.

    Without a QUERY: all articles. Beside each count stands how many articles the archive holds of that period: a
    silence is told from a gap.
    """
    if out is not None and out.suffix.lower() not in _PICTURES:
        raise UsageError(f"{out}: a picture is saved as .svg or .png", "Give the file one of these endings.")
    with session.archive() as archive:
        timeline = archive.timeline(joined(words) or EVERYTHING, period, **how)
    if out is not None:
        _save(timeline, out, share=share)
        session.narration.say(f"saved {out}")
    output = session.output
    rows = [(bar.start.isoformat(), bar.hits, bar.articles) for bar in timeline.bars]
    output.answer(
        output_format,
        text=bars.timeline(timeline, output.paint, output.width, share=share),
        json=lambda: records.timeline(timeline),
        jsonl=records.keyed(records.TIMELINE_COLUMNS, rows),
        csv=Table(records.TIMELINE_COLUMNS, rows),
    )
    if timeline.total:
        return exits.DONE
    session.narration.say(f"nothing found for: {timeline.parsed}")
    return exits.NOTHING_FOUND


def _save(timeline: Timeline, out: Path, *, share: bool) -> None:
    from searcher.cli.layout import pictures

    shown = pictures.picture(timeline, share=share)
    try:
        out.write_bytes(pictures.png(shown) if out.suffix.lower() == ".png" else pictures.svg(shown))
    except OSError as error:
        raise UsageError(f"{out} cannot be written: {error.strerror}", "Choose another place with --out.") from error
