"""What are the lines before and after a story, and those that a page repeats within it?"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from searcher.articles.extent import is_sentence
from searcher.articles.facts.outlets import host_of
from searcher.articles.furniture import (
    is_captioned,
    is_signature,
    noted_writer,
    opens_comments,
    opens_list,
    opens_reply,
)
from searcher.articles.headline import is_topic
from searcher.articles.lines import SHORTEST_PROSE, TERMINALS, folded, is_entry, is_name_like
from searcher.articles.mastheads import is_masthead, is_outlet, is_site_name, without_page

if TYPE_CHECKING:
    from searcher.articles.furniture import Kind
    from searcher.articles.lines import Line

_SHORTEST_SENTENCE = 40
_SHORTEST_CAPTION = 30
_REPEATED = 3
_SHORTEST_REPEATED = 6
# What stands between the paragraphs of a story.
_WITHIN = ("related", "credit", "separator", "notice")
_FEW = 2
# What a library says of a clipping: `Subject: Hostages`.
_LABELLED = re.compile(r"[A-Z][a-z]{2,14}(?: [a-z]{2,10})?: ")
# An entry of a list of other days' stories: `12.08.2001  Families gather`.
_DATED_ENTRY = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\s+[^\W\d_]")


def settle_head(
    lines: list[Line], kinds: list[Kind | None], story: range, headline: int | None, *, page: bool, topics: bool
) -> None:
    """Say of every line up to the story's first what it is; topics are doubted where a format states the title."""
    same = folded(lines[headline].text) if headline is not None else ""
    for place in range(max(story.start, (-1 if headline is None else headline) + 1)):
        text = lines[place].text
        sentence = len(text) > _SHORTEST_SENTENCE and text.endswith(TERMINALS)
        if place == headline or (same and folded(text) == same):
            kinds[place] = "title"
        elif kinds[place] is not None:
            continue
        elif (is_masthead(_first_of_path(text)) or (place == 0 and is_site_name(text))) and (
            headline is None or place < headline or host_of(text) or (place == 1 and is_outlet(text))
        ):
            kinds[place] = "masthead"
        elif is_captioned(text) and len(text) > _SHORTEST_CAPTION:
            continue
        elif headline is None or place > headline:
            if is_signature(text):
                kinds[place] = "byline"
            elif (
                not sentence
                and len(text) < SHORTEST_PROSE
                and (page or (topics and (is_topic(text) or is_name_like(text))))
            ):
                kinds[place] = "topic"
        elif page or not sentence:
            kinds[place] = "topic"


def settle_tail(lines: list[Line], kinds: list[Kind | None], story: range, *, page: bool) -> None:
    """Say of all after the story what it is."""
    last = max((place for place in story if lines[place].prose and kinds[place] is None), default=len(lines))
    last = _with_short_sentences(lines, kinds, last)
    _mark_note(lines, kinds, last)
    _mark_signature(lines, kinds, last + 1)
    sign: Kind | None = None
    listed = False
    for place in range(last + 1, len(lines)):
        text = lines[place].text
        if kinds[place] is None and opens_comments(text):
            kinds[place] = "share"
        elif kinds[place] is None and _DATED_ENTRY.match(text):
            kinds[place] = "related"
        elif kinds[place] is None and _LABELLED.match(text):
            kinds[place] = "notice"
        if kinds[place] in ("share", "related", "copyright", "notice", "topic"):
            sign = kinds[place]
            listed = listed or sign == "related" or opens_comments(text) or opens_reply(text)
        elif kinds[place] is None and not sign and is_signature(text):
            kinds[place] = "byline"
        elif kinds[place] is None and sign == "topic" and is_entry(lines[place]):
            kinds[place] = "topic"
        elif kinds[place] is None and (sign or place >= story.stop) and (page or listed):
            kinds[place] = sign or "notice"


def _mark_note(lines: list[Line], kinds: list[Kind | None], last: int) -> None:
    """Mark what ends a story as a note on its writer: whom the byline names, or whom nothing before it does."""
    told = [place for place in range(min(last + 1, len(lines))) if kinds[place] is None and lines[place].prose]
    if last >= len(lines) or len(told) <= _FEW:
        return
    bylines = " ".join(lines[place].text for place in range(last) if kinds[place] == "byline")
    for place in range(last - _FEW, last + 1) if len(told) > _FEW + 1 else ():
        name = " ".join(lines[place].text.removeprefix("About ").split()[:2])
        if kinds[place] is None and name in bylines and is_name_like(name):
            kinds[place : last + 1] = [kind or "byline" for kind in kinds[place : last + 1]]
            return
    for place in range(last, min(last + 2, len(lines))):
        before = [at for at in told if at < place]
        writer = noted_writer(lines[place].text) if kinds[place] is None and len(before) > _FEW else None
        if writer and " " in writer and not any(writer in lines[at].text for at in before):
            kinds[place] = "byline"


def _mark_signature(lines: list[Line], kinds: list[Kind | None], place: int) -> None:
    """Mark a name by itself right below a story, and what stands below it: the writer's place and post."""
    if place < len(lines) and kinds[place] is None and lines[place].apart and is_name_like(lines[place].text):
        kinds[place] = "byline"
        while (place := place + 1) < len(lines) and kinds[place] is None and not lines[place].apart:
            kinds[place] = "byline"


def _with_short_sentences(lines: list[Line], kinds: list[Kind | None], last: int) -> int:
    """The last line of a story whose last paragraphs may be sentences too short to be told by their length."""
    for place in range(last + 1, len(lines)):
        text = lines[place].text
        if kinds[place] is None and is_sentence(text):
            last = place
        elif kinds[place] is None or kinds[place] not in _WITHIN or opens_list(text):
            break
    return last


def mark_running_heads(lines: list[Line], kinds: list[Kind | None]) -> None:
    """Mark the lines that say once more, over another page, what the masthead says."""
    names = {folded(without_page(line.text)) for line, kind in zip(lines, kinds, strict=True) if kind == "masthead"}
    for place, line in enumerate(lines) if names else ():
        if kinds[place] is None and folded(without_page(line.text)) in names:
            kinds[place] = "masthead"


def mark_repeated(lines: list[Line], kinds: list[Kind | None], story: range) -> None:
    """Mark the short lines that a page repeats between the paragraphs of its story."""
    counts = Counter(lines[place].text for place in story if not lines[place].prose)
    bylines = [line.text for line, kind in zip(lines, kinds, strict=True) if kind == "byline"]
    for place in story:
        text = lines[place].text
        if kinds[place] is None and counts[text] >= _REPEATED and len(text) > _SHORTEST_REPEATED:
            kinds[place] = "notice"
        elif kinds[place] is None and is_name_like(text) and any(text in byline for byline in bylines):
            kinds[place] = "byline"


def _first_of_path(text: str) -> str:
    """Give what a path of menu entries begins with, which may be a masthead: `The Example Times > World > Asia`."""
    mark = next((mark for mark in (" > ", " | ", " ¦ ", " » ") if mark in text), None)
    return text.partition(mark)[0] if mark and (mark != " > " or text.count(mark) > 1) else text
