"""`searcher people`: who is in the archive, and corrections of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from searcher.cli import exits, records
from searcher.cli.layout.paint import FAINT, PERSON, Paint
from searcher.cli.layout.wrapping import columns
from searcher.cli.options import Command, everywhere, joined, limit_option, output_format
from searcher.cli.output import Table
from searcher.text.safety import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.cli.session import Session
    from searcher.model import PersonEntry

_WITH_VALUE = {option.opts[0] for option in everywhere() if isinstance(option, click.Option) and not option.is_flag}


class PeopleGroup(click.Group):
    """Takes a word that is none of its commands as a name to list."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `list` before what is not a command of ours."""
        if _first_word(args) not in self.commands and not {"-h", "--help"} & set(args):
            args = ["list", *args]
        return super().parse_args(ctx, args)


def _first_word(args: list[str]) -> str | None:
    """Give the first argument that is no option, nor the value of one."""
    words = iter(args)
    for word in words:
        if not word.startswith("-"):
            return word
        if word in _WITH_VALUE:
            next(words, None)
    return None


@click.group(cls=PeopleGroup, params=everywhere())
def command() -> None:
    """List the people and their spellings; correct who is who.

    Without a command: `list`. So `searcher people putin` shows who is called Putin.
    """


@command.command("list", cls=Command)
@click.argument("name", nargs=-1)
@limit_option(100, "people")
@output_format("text", "json", "jsonl", "csv")
@click.pass_obj
def list_people(session: Session, name: tuple[str, ...], limit: int, output_format: str) -> int:
    """List the people, or those that NAME fits.

    The most frequent come first, each with the spellings seen.
    """
    with session.archive() as archive:
        found = archive.people(joined(name) or None)
    shown, output = found[:limit], session.output
    output.answer(
        output_format,
        text=_text(shown, output.paint),
        json=lambda: {
            "version": records.VERSION,
            "total": len(found),
            "people": [records.person(entry) for entry in shown],
        },
        jsonl=(records.person(entry) for entry in shown),
        csv=Table(records.PEOPLE_COLUMNS, records.people_rows(shown)),
    )
    if len(found) > len(shown):
        session.narration.say(f"{len(shown):,} of {len(found):,} people; --limit shows more")
    if not found:
        session.narration.say(f"nobody found for: {joined(name)}" if name else "nobody is in the archive")
    return exits.DONE if found else exits.NOTHING_FOUND


@command.command("merge", cls=Command)
@click.argument("name")
@click.argument("others", metavar="OTHER...", nargs=-1, required=True)
@click.pass_obj
def merge(session: Session, name: str, others: tuple[str, ...]) -> None:
    """Say that NAME and every OTHER are one human.

    Kept in a file of your own (searcher-people.txt unless searcher.toml names another), which re-indexing leaves alone.
    """
    with session.archive() as archive:
        archive.merge_people(others, into=name)
    session.narration.say(f"{', '.join(others)}: now {name}, in {session.config.people_file}")


@command.command("split", cls=Command)
@click.argument("spelling")
@click.pass_obj
def split(session: Session, spelling: str) -> None:
    """Say that SPELLING is somebody else.

    That is, a human being of its own, not the one it was taken for.
    """
    with session.archive() as archive:
        archive.split_person(spelling)
    session.narration.say(f"{spelling}: now a person apart, in {session.config.people_file}")


def _text(entries: list[PersonEntry], paint: Paint) -> Iterator[str]:
    numbers = max((len(f"{entry.articles:,}") for entry in entries), default=1)
    names = max((columns(one_line(entry.name)) for entry in entries), default=0)
    for entry in entries:
        name = one_line(entry.name)
        others = ", ".join(
            f"{one_line(spelling)} {count:,}" for spelling, count in entry.spellings if spelling != entry.name
        )
        padding = " " * (names - columns(name)) if others else ""
        yield f"{entry.articles:>{numbers},}  {paint(name, PERSON)}{padding}  {paint(others, FAINT)}".rstrip()
