"""The footer: the few keys that matter where the focus is, drawn from the action registry; each may be clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from searcher.tui.actions import Place, actions_at, footer_actions, shown_keys, way_out

if TYPE_CHECKING:
    from collections.abc import Iterable

    from searcher.tui.actions import Action

KEYS_SHOWN = 7
GAP = 3


class KeyHints(Static):
    """One line of keys and what they do."""

    DEFAULT_CSS = """
    KeyHints {
        dock: bottom;
        height: 1;
        padding: 0 2;
        background: $surface;
        color: $quiet;
        link-style: none;
        link-color: $quiet;
        link-background: $surface;
        link-style-hover: none;
        link-color-hover: $background;
        link-background-hover: $accent;
    }
    """

    def __init__(self, *places: Place) -> None:
        super().__init__(markup=False)
        self._places = places

    def show(self, *places: Place) -> None:
        """Show the keys of these places, nearest first."""
        self._places = places
        self._draw()

    def on_mount(self) -> None:
        """Draw once the width is known."""
        self._draw()

    def on_resize(self) -> None:
        """Leave out what has no room."""
        self._draw()

    def _draw(self) -> None:
        # The way out and the help are always there, whatever else has room.
        helps = [action for action in actions_at("app") if action.name == "help" and "app" in self._places]
        last = self._possible([way_out(*self._places), *helps])
        chosen: list[Action] = []
        used = sum(cell_len(self._words(action)) + GAP for action in last)
        for action in self._possible(footer_actions(*self._places)[:KEYS_SHOWN]):
            needed = cell_len(self._words(action)) + GAP
            if action not in last and used + needed <= self.size.width + GAP:
                chosen.append(action)
                used += needed
        pieces: list[Content | str] = []
        for action in chosen + last:
            click = Style.from_meta({"@click": f"app.do('{action.name}')"})
            key = Content.styled(self._key(action), "bold $foreground")
            pieces += [Content.assemble(key, " " + action.label).stylize(click), " " * GAP]
        self.update(Content.assemble(*pieces[:-1]), layout=False)

    def _possible(self, actions: Iterable[Action | None]) -> list[Action]:
        return [
            action
            for action in actions
            if action is not None and self.screen.check_action(action.name, ()) is not False
        ]

    def _key(self, action: Action) -> str:
        keys = shown_keys(action, self.app.keys)  # type: ignore[attr-defined]
        # While text is typed, a letter is text: only other keys are of use.
        return next((key for key in keys if len(key) > 1), keys[0]) if {"query", "find"} & {*self._places} else keys[0]

    def _words(self, action: Action) -> str:
        return f"{self._key(action)} {action.label}"
