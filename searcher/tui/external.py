"""The programs outside: pager, editor and browser. Commands come from the user's environment, never from an article."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import tempfile
import webbrowser
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from searcher.errors import SearcherError

if TYPE_CHECKING:
    from collections.abc import Iterator


def web_address(url: str | None) -> str | None:
    """Give the address if it is one a browser may be sent to: http or https and nothing else."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc and url.isprintable() else None


def browser() -> webbrowser.BaseBrowser:
    """Give the browser that `$BROWSER` or the desktop names.

    Raises:
        SearcherError: there is none.
    """
    try:
        return webbrowser.get()
    except webbrowser.Error as error:
        raise SearcherError("No browser was found", "set $BROWSER, or copy the address: y") from error


def fills_terminal(browser: webbrowser.BaseBrowser) -> bool:
    """Say whether a browser may want the terminal until it is left, as lynx does."""
    return type(browser) is webbrowser.GenericBrowser


def browse(browser: webbrowser.BaseBrowser, address: str) -> None:
    """Open an address; this may take seconds.

    Raises:
        SearcherError: the browser says that it failed.
    """
    if not browser.open(address):
        raise SearcherError("The browser did not open the address", "set $BROWSER, or copy the address: y")


def file_of(path: str) -> Path:
    """Give the file in which an article lies: its path without the record's number and the name within an archive.

    Raises:
        SearcherError: the file is not there any more.
    """
    for candidate in (path, path.rpartition("#")[0], path.partition("!")[0], path.partition("!")[0].rpartition("#")[0]):
        if candidate and Path(candidate).is_file():
            return Path(candidate).resolve()
    raise SearcherError("The article's file is not there any more", "bring the index up to date: searcher index")


@contextmanager
def interrupts_theirs() -> Iterator[None]:
    """Leave ctrl+c to the program that has the terminal; in the main thread only."""
    # Ignored altogether, it would be ignored by that program, too.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def edit(path: Path) -> None:
    """Open a file in `$VISUAL`, `$EDITOR` or `vi` and wait.

    Raises:
        SearcherError: there is no such program.
    """
    _run(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi", path)


def page(text: str) -> None:
    """Show a text in `$PAGER` or `less` and wait.

    Raises:
        SearcherError: there is no such program.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "article.txt")
        path.write_text(text, encoding="utf-8")
        _run(os.environ.get("PAGER") or "less", path)


def _run(command: str, path: Path) -> None:
    try:
        subprocess.run([*shlex.split(command), str(path)], check=False)  # noqa: S603 - the user's own command
    except (OSError, ValueError) as error:
        raise SearcherError(f"Cannot run {command!r}", "set $EDITOR or $PAGER to a program that is there") from error
