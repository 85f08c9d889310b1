"""Which lines of a text is the story, and is the text a page at all?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.articles.furniture import is_captioned, opens_comments, opens_reply
from searcher.articles.headline import opens_with_place
from searcher.articles.lines import ENTRY_WORDS, is_name_like

if TYPE_CHECKING:
    from searcher.articles.furniture import Kind
    from searcher.articles.lines import Line

_FULL_STOPS = (".", "。", ".”", '."', ".’", ".'", ".»")
_SHORT_COST, _KNOWN_COST = 25, 5
SMALL_PAGE = 80
_MOST_WEIGHT = 400
_PAGE_SIGNS = 3
_PAGE_KINDS = ("share", "notice", "copyright", "related", "masthead")
_FOOT = 8
_HEAD = 6
_MENU_RUN = 4
_FEW, _WIDEST_GAP = 2, 20


def is_page(kinds: list[Kind | None]) -> bool:
    """Whether so much of a page is in the text that what is not plainly story must be doubted."""
    menu = sum(kind == "menu" for kind in kinds)
    return sum(kind in _PAGE_KINDS for kind in kinds) + menu // _MENU_RUN >= _PAGE_SIGNS


def story_of(lines: list[Line], kinds: list[Kind | None], *, page: bool) -> range:
    """The lines among which the story is; all of them where none is prose."""
    prose = [place for place, line in enumerate(lines) if line.prose and kinds[place] is None]
    if not prose:
        return range(len(lines))
    start = next((place for place in prose if not is_captioned(lines[place].text)), prose[0])
    if not page:
        # A dispatch begins with its dateline, even if a table comes before its first sentence.
        dispatches = (place for place in range(1, min(start, _HEAD)) if kinds[place] is None)
        start = next((place for place in dispatches if opens_with_place(lines[place].text)), start)
    while start > 0 and kinds[start - 1] is None and is_sentence(lines[start - 1].text):
        start -= 1
    if not page:
        return _without_replies(lines, kinds, range(start, len(lines)))
    best, first, last, weight = 0, start, prose[-1], 0
    for place in range(start, prose[-1] + 1):
        line = lines[place]
        if kinds[place] is not None:
            weight -= _KNOWN_COST
        else:
            weight += min(len(line.text), _MOST_WEIGHT) if line.prose else -_SHORT_COST
        if weight <= 0:
            weight, start = 0, place + 1
        elif weight > best:
            best, first, last = weight, start, place
    if len(lines) > SMALL_PAGE:
        return _without_replies(lines, kinds, range(first, last + 1))
    # On a small page a paragraph or two above or below are of the story, with the page's lines between.
    before = [place for place in prose if place < first]
    after = [place for place in prose if place > last]
    first = before[0] if 0 < len(before) <= _FEW and first - before[0] <= _WIDEST_GAP else first
    last = after[-1] if 0 < len(after) <= _FEW and after[-1] - last <= _WIDEST_GAP else last
    return _without_replies(lines, kinds, range(first, last + 1))


def _without_replies(lines: list[Line], kinds: list[Kind | None], story: range) -> range:
    """Cut off readers' comments, and the answers to a forum's post with what its writer puts below a rule under it."""
    reply = next(
        (place for place in story[1:] if opens_reply(lines[place].text) or _is_comment(lines, kinds, place)), None
    )
    if reply is None:
        return story
    rules = (place for place in story if reply - _FOOT <= place < reply and not lines[place].text.strip("_"))
    return range(story.start, next(rules, reply))


def _is_comment(lines: list[Line], kinds: list[Kind | None], place: int) -> bool:
    """Whether a line stands over comments, and one right below it says who makes the first."""
    if lines[place].prose or not opens_comments(lines[place].text):
        return False
    below = lines[place + 1].text if place + 1 < len(lines) and kinds[place + 1] is None else ""
    return is_name_like(below) or below.endswith((" says:", " wrote:"))


def is_sentence(text: str) -> bool:
    """Whether a line too short to be called prose is a sentence, as the first and the last of a story may be."""
    return (
        text.endswith(_FULL_STOPS)
        and text.count(" ") >= ENTRY_WORDS
        and not (text.isascii() and text.isupper())
        and not is_captioned(text)
    )
