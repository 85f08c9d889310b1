"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, get_args

import click

from searcher.cli.session import Session
from searcher.model import FacetField, Match

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
Decorator = Callable[[Decorated], Decorated]

FACET_FIELDS: tuple[str, ...] = get_args(FacetField)


class Command(click.Command):
    """A command that takes the options of every command, too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend(everywhere())


def everywhere() -> list[click.Parameter]:
    """Make the options that every command takes, before its name or after it."""
    return [
        click.Option(
            ["--index"],
            metavar="DIR",
            expose_value=False,
            callback=_keep,
            help="The index to use, instead of SEARCHER_INDEX, searcher.toml or ./index.",
        ),
        click.Option(
            ["--quiet"], is_flag=True, expose_value=False, callback=_keep, help="Say nothing but errors on stderr."
        ),
        click.Option(
            ["--verbose"], is_flag=True, expose_value=False, callback=_keep, help="Say more; show where an error arose."
        ),
        click.Option(
            ["--color"],
            type=click.Choice(["auto", "always", "never"]),
            expose_value=False,
            callback=_keep,
            help="Colour the output: on a terminal (auto), always or never. NO_COLOR is honoured.",
        ),
    ]


def output_format(*formats: str) -> Decorator[Any]:
    """Take `--format`, one of `formats`, `text` unless said otherwise."""
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(formats),
        default="text",
        show_default=True,
        help="What to write.",
    )


def reading_options(function: Decorated) -> Decorated:
    """Take how a query is read: `--match`, `--no-aliases`, `--undated`."""
    for option in (
        click.option(
            "--undated",
            is_flag=True,
            help="Let date: find articles of unknown date by the latest day that they mention.",
        ),
        click.option(
            "--no-aliases", "aliases", flag_value=False, is_flag=True, default=True, help="Leave equal names aside."
        ),
        click.option(
            "--match",
            type=click.Choice(get_args(Match)),
            default="all",
            show_default=True,
            help="Which words must be there: all, any, or auto: all, and where that finds nothing, most.",
        ),
    ):
        function = option(function)
    return function


def inference_options(function: Decorated) -> Decorated:
    """Take how facts are inferred: `--no-infer`, `--people-model`."""
    for option in (
        click.option(
            "--people-model",
            metavar="MODEL",
            envvar="SEARCHER_PEOPLE_MODEL",
            help="Find people with this installed spaCy model, in its language. [env: SEARCHER_PEOPLE_MODEL]",
        ),
        click.option(
            "--no-infer",
            "infer",
            flag_value=False,
            is_flag=True,
            default=True,
            help="Believe only what a file or record states; infer no facts.",
        ),
    ):
        function = option(function)
    return function


def limit_option(default: int, thing: str) -> Decorator[Any]:
    """Take `--limit`, how many `thing`s at most."""
    return click.option(
        "--limit",
        type=click.IntRange(min=0),
        metavar="N",
        default=default,
        show_default=True,
        help=f"At most so many {thing}.",
    )


EVERYTHING = "*"


def joined(words: tuple[str, ...]) -> str:
    """Make one query of the arguments that a shell has split."""
    return " ".join(words)


def _keep(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    if value is not None and value is not False and parameter.name:
        setattr(context.ensure_object(Session), parameter.name, value)
