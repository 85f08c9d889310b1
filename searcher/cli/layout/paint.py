"""Colours of the terminal, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from searcher.model import Span

# SGR codes of the 16 colours that every terminal theme defines.
TITLE = "1"
MATCH = "1;31"
DATE = "36"
SOURCE = "33"
PERSON = "32"
PATH = "35"
FAINT = "2"
BAR = "34"
GOOD = "32"
BAD = "1;31"
WARNING = "33"


def wanted(choice: str, environ: Mapping[str, str], *, terminal: bool) -> bool:
    """Tell whether to colour.

    `choice` is auto, always or never; auto follows https://no-color.org, FORCE_COLOR, and then whether this is a
    terminal that can.
    """
    if choice != "auto":
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR"):
        return True
    return terminal and environ.get("TERM") != "dumb"


class Paint:
    """Colours text, or leaves it alone when `enabled` is false."""

    __slots__ = ("enabled",)

    def __init__(self, *, enabled: bool) -> None:
        self.enabled = enabled

    def __call__(self, text: str, style: str) -> str:
        """Give `text` in a style."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.enabled and text and style else text

    def marked(self, text: str, spans: Iterable[Span], base: str = "", mark: str = MATCH) -> str:
        """Give `text` in the style `base` with the `spans` of it in the style `mark`; spans are in order."""
        if not self.enabled:
            return text
        parts, end = [], 0
        for start, stop in spans:
            parts += [self(text[end:start], base), self(text[start:stop], mark)]
            end = stop
        return "".join([*parts, self(text[end:], base)])
