"""Writes docs/commands.md from what each command says of itself: python docs/write_commands.py."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from searcher.cli.main import program

if TYPE_CHECKING:
    from collections.abc import Iterator

PATH = Path(__file__).parent / "commands.md"
_HEAD = "# Commands\n\nWhat `--help` says of each. Made by `docs/write_commands.py`; a test holds it to the program."
_WIDTH = 80


def commands() -> Iterator[tuple[str, click.Context]]:
    """Give every command with its whole name, the program first."""
    yield from _commands("searcher", program, None)


def page() -> str:
    """Give the text of docs/commands.md."""
    parts = [_HEAD]
    for name, context in commands():
        parts += [f"## {name}", f"```text\n{context.get_help()}\n```"]
    return "\n\n".join(parts) + "\n"


def _commands(name: str, command: click.Command, parent: click.Context | None) -> Iterator[tuple[str, click.Context]]:
    settings = {**command.context_settings, "terminal_width": _WIDTH}
    context = click.Context(command, parent=parent, info_name=name.rpartition(" ")[2], **settings)
    yield name, context
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            inner = command.get_command(context, each)
            if inner is not None:
                yield from _commands(f"{name} {each}", inner, context)


if __name__ == "__main__":
    PATH.write_text(page(), encoding="utf-8")
