"""The colours: a dark and a light theme of our own beside Textual's, and the terminal's own colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Mapping

DARK = Theme(
    name="searcher-dark",
    primary="#7aa2c9",
    secondary="#9fb38a",
    accent="#e0b060",
    warning="#e0b060",
    error="#e2777a",
    success="#9fb38a",
    foreground="#dcd9d2",
    background="#15171b",
    surface="#1d2026",
    panel="#30343c",
    dark=True,
    variables={
        "quiet": "#9096a1",
        "match": "#ffd788",
        "match-background": "#4a3b16",
        "selected": "#262b34",
        "input-selection-background": "#7aa2c9 35%",
        "scrollbar": "#3a3f49",
        "scrollbar-background": "#1a1c21",
        "scrollbar-hover": "#555c69",
        "scrollbar-active": "#7aa2c9",
    },
)
LIGHT = Theme(
    name="searcher-light",
    primary="#275c8c",
    secondary="#4c6b35",
    accent="#96321f",
    warning="#8a5a00",
    error="#a3202b",
    success="#4c6b35",
    foreground="#201e1a",
    background="#faf8f3",
    surface="#f0ece2",
    panel="#d8d2c4",
    dark=False,
    variables={
        "quiet": "#67635a",
        "match": "#5a3a00",
        "match-background": "#ffe59a",
        "selected": "#e9e2d0",
        "input-selection-background": "#275c8c 25%",
        "scrollbar": "#c9c2b2",
        "scrollbar-background": "#f2eee5",
        "scrollbar-hover": "#aaa291",
        "scrollbar-active": "#275c8c",
    },
)
THEMES = (DARK, LIGHT)

# In the order in which they are offered: name and how it is said.
OFFERED: tuple[tuple[str, str], ...] = (
    ("searcher-dark", "Dark"),
    ("searcher-light", "Light, like paper"),
    ("ansi-dark", "The terminal's own colours, on a dark ground"),
    ("ansi-light", "The terminal's own colours, on a light ground"),
)

_LIGHT_GROUNDS = {"7", "15"}


def suited(environ: Mapping[str, str]) -> Theme:
    """Choose a theme for a terminal that may tell its colours in `COLORFGBG`: `0;15` is black on white."""
    return LIGHT if environ.get("COLORFGBG", "").rpartition(";")[2] in _LIGHT_GROUNDS else DARK


# For themes that do not say: what our styles use beyond Textual's own variables.
_ANSI = {
    "match": "ansi_yellow",
    "match-background": "ansi_default",
    "selected": "ansi_default",
}


def defaults(theme: Theme) -> dict[str, str]:
    """Give our variables for a theme that may not define them."""
    if theme.ansi:
        # Bright black is the ground itself in some dark palettes, Solarized among them.
        return _ANSI | {"quiet": "ansi_white" if theme.dark else "ansi_bright_black"}
    return dict((DARK if theme.dark else LIGHT).variables)
