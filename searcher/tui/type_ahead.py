"""Keys have their effect in the order in which they are pressed, however fast they come.

Textual hands a key to the widget that has the focus, and does what it is bound to when it has climbed from there to
the app. What that leads to, such as another focus, takes further messages. Keys that came meanwhile would go where the
focus was: `budget`, Enter and `t` in one burst would search for `budgett`.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from textual import events
from textual.message import Message
from textual.widgets import Input

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.app import App
    from textual.dom import DOMNode

Typed = events.Key | events.Paste

PATIENCE = 0.3
"""Seconds after which nothing more is expected of a key: whom it went to may be gone."""

_CLIMBS = 2
"""A key climbs to the app, and then what it made its widget say."""


class Followed(Message):
    """Climbs to the app behind a key, and behind what the key led to."""

    def __init__(self, key: int, climbs: int, target: DOMNode) -> None:
        super().__init__()
        self.key = key
        self.climbs = climbs
        self.target = target


class TypeAhead:
    """Holds keys back until those before them have had their effect.

    Args:
        app: is given the keys.
        take: handles one at once.
    """

    def __init__(self, app: App[None], take: Callable[[Typed], Awaitable[None]]) -> None:
        self._app = app
        self._take = take
        self._waiting: deque[Typed] = deque()
        self._number = 0
        self._followed: DOMNode | None = None

    @property
    def busy(self) -> bool:
        """A key has not had its effect yet; what closed the widget that it went to was its effect."""
        return self._followed is not None and self._followed.is_attached

    def holds(self, typed: Typed) -> bool:
        """Tell whether a key, or a text that is pasted, must wait; it is then handled later."""
        if not (self.busy or self._waiting):
            return False
        self._waiting.append(typed)
        if len(self._waiting) == 1:
            self._lose_patience_in_time()
        return True

    def follow(self, typed: Typed, target: DOMNode) -> None:
        """Hold further keys until one that was given to `target` has had its effect; what is written has it there."""
        if not isinstance(target, Input) or (isinstance(typed, events.Key) and not typed.is_printable):
            self._number += 1
            self._climb(self._number, _CLIMBS, target)

    async def arrived(self, event: Followed) -> None:
        """Go on after what followed a key has come to the app."""
        if event.key != self._number:
            return
        target = event.target
        if not (target.is_attached and target.screen is self._app.screen):
            target = self._app.focused or self._app.screen
        if event.climbs == 1 or not self._climb(event.key, event.climbs - 1, target):
            await self._end(event.key)

    def _climb(self, number: int, climbs: int, target: DOMNode) -> bool:
        self._followed = target
        return target.post_message(Followed(number, climbs, target))

    async def _end(self, number: int) -> None:
        if number != self._number:
            return
        self._followed = None
        while self._waiting and not self.busy:
            await self._take(self._waiting.popleft())
        if self._waiting:
            self._lose_patience_in_time()

    def _lose_patience_in_time(self) -> None:
        number = self._number
        self._app.set_timer(PATIENCE, lambda: self._end(number))
