"""Close a screen with its answer, once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakSet

from textual.widget import Widget

if TYPE_CHECKING:
    from textual.screen import Screen

Answer = TypeVar("Answer")

_closed: WeakSet[Screen[Any]] = WeakSet()  # a screen stays the active one for a moment after it was dismissed


def close(screen: Screen[Answer], answer: Answer) -> None:
    """Dismiss a screen; a second key that was on its way, or one that it gets beneath another, does nothing."""
    if screen.is_active and screen not in _closed:
        _closed.add(screen)
        for widget in screen.walk_children(Widget):
            # Textual remembers up to a thousand of these after their widgets are gone, with every line they drew.
            widget._styles_cache.clear()  # noqa: SLF001
        screen.dismiss(answer)
