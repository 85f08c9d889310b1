"""Where does a name begin that stands right behind the office of who bears it? `President of Georgia Salome Holm`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searcher.articles.facts.features import COMMON, GIVEN, PLACE

if TYPE_CHECKING:
    from collections.abc import Callable

# What is held of a place or a body, and never of a human.
_OFFICE = re.compile(
    r"\b(?:president|premier|minister|speaker|secretary|mayor|governor|king|queen|emir|sultan|chancellor|ambassador|"
    r"envoy|head|chief|chair|chairman|chairwoman|chairperson|commander|leader|director|representative|commissioner|"
    r"ombudsman|defender|prosecutor|archbishop|bishop|patriarch|catholicos|republic|kingdom|council|assembly|ministry|"
    r"government|parliament|embassy|affairs|defen[cs]e|general|staff) of (?:the )?$",
    re.IGNORECASE,
)
_LONGEST, _LONGEST_BODY = 30, 3
_BODIES = frozenset(
    "Army Assembly Bank Board Church Commission Committee Council Court Duma Emirates Federation Forces Fund "
    "Government Group Guard Kingdom Knesset Majlis Ministry Parliament Party Police Republic Senate Service Staff "
    "States Union University Verkhovna Rada".split()
)
# What places of two words begin with, the second of which may be a given name as well: `San Francisco`.
_OF_TWO = frozenset(
    "Costa East El Fort Great La Las Los New North Port Puerto Saint San Santa Santo South Sri St St. "
    "United West".split()
)


def words_before_name(text: str, words: list[str], start: int, kinds: Callable[[str], int]) -> int:
    """Count the first words of a run that say of what somebody holds office; 0 where nobody's name stands behind them.

    Args:
        text: in which the run is.
        words: of the run.
        start: of the run.
        kinds: the lists that a word is in.
    """
    last = len(words) - 2
    if last < 1 or not text.endswith(("of ", "of the "), 0, start):
        return 0
    first = kinds(words[0])
    if (
        words[0][1:] == "."
        or (first & GIVEN and not first & PLACE)
        or not _OFFICE.search(text, max(0, start - _LONGEST), start)
    ):
        return 0
    if (body := next((at for at in range(min(_LONGEST_BODY, last + 1)) if words[at] in _BODIES), None)) is not None:
        return body + 1
    if first == COMMON:
        return 1  # `State`, `Finance`
    place = 2 if words[0] in _OF_TWO else 1
    return next((at for at in range(place, last + 1) if kinds(words[at]) & GIVEN), place)
