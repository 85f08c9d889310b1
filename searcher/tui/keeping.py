"""The part of the application that keeps things between runs: each change is made here, in one place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import App

from searcher.tui import state

if TYPE_CHECKING:
    from pathlib import Path

    from textual.theme import Theme

    from searcher.tui.request import Request


class Keeping(App[None]):
    """An application that remembers.

    Args:
        name: of the archive for which it is kept.
        path: the file; None keeps nothing.

    Attributes:
        kept: what is kept now.
    """

    def __init__(self, name: str, path: Path | None) -> None:
        super().__init__()
        self._kept_for = name
        self._kept_in = path
        self.kept = state.load(path, name) if path else state.State()

    def save(self) -> None:
        """Write it; a folder that cannot be written to is no reason to stop."""
        if self._kept_in is not None:
            try:
                state.save(self._kept_in, self._kept_for, self.kept)
            except OSError as error:
                self.log("the state could not be kept", error)

    def note_theme(self, theme: Theme) -> None:
        """Keep the colours."""
        self.kept = replace(self.kept, theme=theme.name)

    def note_request(self, request: Request) -> None:
        """Keep what was asked last."""
        self.kept = replace(self.kept, request=request)

    def note(self, *, preview: bool) -> None:
        """Keep whether the preview is shown."""
        self.kept = replace(self.kept, preview=preview)

    def note_query(self, text: str) -> None:
        """Keep a query in the history."""
        self.kept = self.kept.with_query(text)
        self.save()

    def note_reading(self, article_id: str, position: int) -> None:
        """Keep that an article was read, and up to where."""
        self.kept = self.kept.with_reading(article_id, position)
        self.save()

    def turn_star(self, article_id: str) -> bool:
        """Star an article, or take its star away; say whether it has one now."""
        self.kept = self.kept.with_star_turned(article_id)
        self.save()
        return article_id in self.kept.starred
