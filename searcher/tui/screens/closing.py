"""Close a screen with its answer, once."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from textual.screen import Screen

Answer = TypeVar("Answer")


def close(screen: Screen[Answer], answer: Answer) -> None:
    """Dismiss a screen; a second key that was on its way finds it gone and does nothing."""
    if screen.is_current:
        screen.dismiss(answer)
