"""Help that is searched as one types: every key from the action registry, and how a query is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.query.reference import ROWS
from searcher.tui.actions import PLACE_TITLES, actions_at, shown_keys
from searcher.tui.screens.picker import Picker
from searcher.tui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from searcher.tui.actions import Place

# The nearest places first: what can be done here is what is asked most.
ORDER: tuple[Place, ...] = (
    "query", "hits", "search", "facets", "reader", "find", "text", "timeline", "dialog", "notice", "build", "app",
)  # fmt: skip


def help_choices(keymap: Mapping[str, str], *nearest: Place) -> Iterator[Choice]:
    """Give the help's lines: this place's keys first, then how a query is written, then the other places' keys."""

    def keys_at(place: Place) -> Iterator[Choice]:
        yield Choice(f"Keys · {PLACE_TITLES[place]}", heading=True)
        for action in actions_at(place):
            yield Choice(
                action.help, "  ".join(shown_keys(action, dict(keymap))), ("do", action.name), also=action.label
            )

    for place in nearest:
        yield from keys_at(place)
    topic = ""
    for row in ROWS:
        if row.topic != topic:
            topic = row.topic
            yield Choice(f"How to write a query · {topic}", heading=True)
        yield Choice("   ".join(row.written), row.finds.replace("`", ""), value=("query", row.written[0]))
    for place in ORDER:
        if place not in nearest:
            yield from keys_at(place)


class HelpScreen(Picker):
    """The help; choosing a line does what it says."""

    def __init__(self, keymap: Mapping[str, str], *nearest: Place) -> None:
        super().__init__(
            "Help",
            tuple(help_choices(keymap, *nearest)),
            prompt="type to search the help: next, date, copy …",
            full=True,
        )
