"""Which lines of a page offer other stories?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.articles.furniture import is_captioned, opens_list

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from searcher.articles.furniture import Kind
    from searcher.articles.lines import Line

_HEADLINE_WORDS = 4
_MOST_RELATED = 12


def mark_offered(lines: Sequence[Line], kinds: list[Kind | None], is_heading: Callable[[int], bool]) -> None:
    """Mark what is named after the lines that offer other stories, up to what heads the story itself."""
    place = 0
    while place < len(lines):
        if kinds[place] == "related" and opens_list(lines[place].text):
            place = _mark_related(lines, kinds, place + 1, is_heading)
        else:
            place += 1


def _mark_related(
    lines: Sequence[Line], kinds: list[Kind | None], place: int, is_heading: Callable[[int], bool]
) -> int:
    """Mark what an offer of other stories names, from the line after it; the first line that is none of it."""
    together = place < len(lines) and not lines[place].apart
    start = place
    while place < min(len(lines), start + _MOST_RELATED):
        line = lines[place]
        if kinds[place] not in (None, "credit", "related"):
            break
        if together and line.apart and place > start:
            break
        headline = not line.prose and line.text.count(" ") >= _HEADLINE_WORDS
        if headline and is_heading(place):
            break
        if not (headline or kinds[place] or (is_captioned(line.text) and together)):
            break
        kinds[place] = "related"
        place += 1
    return place
