"""The program: finds the command, runs it, and turns whatever happens into an exit code."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

import click

from searcher.cli import exits
from searcher.cli.options import everywhere
from searcher.cli.output import PipeClosedError
from searcher.cli.session import Session
from searcher.errors import QueryError, SearcherError

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = (
    "tui",
    "index",
    "query",
    "batch",
    "show",
    "related",
    "extract",
    "facets",
    "timeline",
    "people",
    "stats",
    "check",
)


class Program(click.Group):
    """The group of all commands; imports only the one that runs."""

    def __init__(self) -> None:
        super().__init__(
            "searcher",
            help="Full-text search for an archive of news articles. Without a command: the terminal UI.",
            epilog="Exit codes: 0 done, 1 nothing found, 2 wrong usage or query, 3 no readable index, "
            "4 some files could not be read, 130 interrupted.",
            invoke_without_command=True,
            context_settings={"help_option_names": ["-h", "--help"]},
            params=[_version_option(), *everywhere()],
            callback=_open_ui,
        )

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Name the commands in the order of use."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"searcher.cli.commands.{cmd_name}").command
        return command


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the program and give its exit code; nothing is raised.

    Args:
        arguments: without the program's name; those of the process when None.
    """
    session = Session()
    try:
        result = program.main(arguments, "searcher", standalone_mode=False, obj=session)
    except (click.Abort, KeyboardInterrupt):
        return exits.INTERRUPTED
    except PipeClosedError:
        return exits.DONE
    except Exception as error:  # noqa: BLE001 - the edge of the program: no traceback reaches a user unasked
        return _told(error, session)
    return result if isinstance(result, int) else exits.DONE


def _told(error: Exception, session: Session) -> int:
    """Say what went wrong and give the exit code for it."""
    narration = session.narration
    if isinstance(error, click.UsageError):
        command = error.ctx.command_path if error.ctx else "searcher"
        narration.error(_first_lower(error.format_message()), f"See “{command} --help”.")
        return exits.WRONG_USAGE
    if isinstance(error, click.ClickException):
        narration.error(_first_lower(error.format_message()))
        return exits.WRONG_USAGE
    if isinstance(error, QueryError):
        narration.error(error.message, error.hint, query=error.query, span=error.span)
        return exits.code_of(error)
    if isinstance(error, SearcherError):
        narration.error(error.message, error.hint)
        return exits.code_of(error)
    if session.verbose:
        import traceback

        narration.traceback(traceback.format_exception(error))
    kind = type(error).__name__
    narration.error(
        f"unexpected error: {kind}: {error}" if str(error) else f"unexpected error: {kind}",
        "" if session.verbose else "This is a bug. Run again with --verbose to see where, and report it.",
    )
    return exits.UNEXPECTED


def _open_ui() -> int | None:
    context = click.get_current_context()
    if context.invoked_subcommand is not None:
        return None
    command = program.get_command(context, "tui")
    assert command is not None  # noqa: S101 - it is one of COMMANDS
    result: int | None = context.invoke(command)
    return result


def _version_option() -> click.Option:
    def show(context: click.Context, _parameter: click.Parameter, value: Any) -> None:
        if value and not context.resilient_parsing:
            from searcher import __version__

            context.ensure_object(Session).output.lines([f"searcher {__version__}"])
            context.exit()

    return click.Option(
        ["--version"], is_flag=True, expose_value=False, is_eager=True, callback=show, help="Say which version this is."
    )


def _first_lower(message: str) -> str:
    return message[:1].lower() + message[1:].rstrip(".")


program = Program()
