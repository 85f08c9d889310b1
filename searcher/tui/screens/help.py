"""Help that is searched as one types: every key from the action registry, and how a query is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.tui.actions import PLACE_TITLES, actions_at, shown_keys
from searcher.tui.screens.picker import Picker
from searcher.tui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from searcher.tui.actions import Place

# What a query may hold, by example.
QUERY_HELP: tuple[tuple[str, str], ...] = (
    ("lachin corridor", "both words, in any form; the title counts more"),
    ('"lachin corridor"', "the phrase"),
    ('"lachin corridor"~5', "both words within five words of each other"),
    ("peace NEAR/5 deal", "within five words, any order (ADJ/5: in this order)"),
    ("a OR b, NOT a, -a, (…)", "either, without, groups; operators in capitals"),
    ("=Corridors", "exactly this spelling and case"),
    ("corridor*  pash?nyan", "any ending; any one letter"),
    ("/pash(i|y)nian?/", "a regular expression"),
    ("pashinian~", "close spellings"),
    ("title:putin", "in one field: title, source, author, lang, path, url, id"),
    ('source:"Daily Sabah"', "who published it"),
    ("person:pashinyan", "the human, however spelt"),
    ("date:2020-11", "published in that month; also a day or a year"),
    ("date:2020-11-09..2020-11-20", "from day to day; either end may be left out"),
    ('date:"last week"  date:3m..', "natural and relative dates"),
    ("date:unknown", "articles without a date"),
    ("mentions:2020-11-09", "articles that speak of that day"),
    ("corridor^2", "this word weighs more"),
)

# The nearest places first: what can be done here is what is asked most.
ORDER: tuple[Place, ...] = (
    "query",
    "hits",
    "search",
    "facets",
    "reader",
    "text",
    "timeline",
    "dialog",
    "notice",
    "build",
    "app",
)


def help_choices(keymap: Mapping[str, str], *nearest: Place) -> Iterator[Choice]:
    """Give the help's lines: this place's keys first, then how a query is written, then the other places' keys."""

    def keys_at(place: Place) -> Iterator[Choice]:
        yield Choice(f"Keys · {PLACE_TITLES[place]}", heading=True)
        for action in actions_at(place):
            yield Choice(action.help, "  ".join(shown_keys(action, dict(keymap))), value=("do", action.name))

    for place in nearest:
        yield from keys_at(place)
    yield Choice("How to write a query", heading=True)
    for example, meaning in QUERY_HELP:
        yield Choice(example, meaning, value=("query", example))
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
