"""What is around an article that was sent on in a letter: whatever its sender wrote, and the letter's head?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.articles.phrases import FORWARDS, LETTER_HEAD
from searcher.text.letters import lowered
from searcher.text.patterns import later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.articles.furniture import Kind
    from searcher.articles.lines import Line

_FORWARD = later(rf"[\s>-]*(?:{'|'.join(FORWARDS).replace('~', '.{0,40}')})[\s:-]*")
_LETTER_HEAD = later(LETTER_HEAD)
# A sender writes little above what is sent on, and no line of a head is long.
_LONGEST_COVER, _LONGEST = 12, 300


def mark_cover(lines: Sequence[Line], kinds: list[Kind | None]) -> None:
    """Mark what stands above an article that was sent on, if one does."""
    above = (place for place, line in enumerate(lines[:_LONGEST_COVER]) if _opens_letter(line.text))
    opening = next(above, None)
    if opening is None or not any(line.prose for line in lines[opening + 1 :]):
        return
    below = opening + 1
    while below < len(lines) and _is_letter_head(lines[below].text):
        below += 1
    kinds[:below] = ["notice"] * below


def _opens_letter(line: str) -> bool:
    return len(line) <= _LONGEST and _FORWARD.fullmatch(lowered(line)) is not None


def _is_letter_head(line: str) -> bool:
    return ":" in line and len(line) <= _LONGEST and _LETTER_HEAD.fullmatch(lowered(line)) is not None
