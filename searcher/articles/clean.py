"""What is the story, and what is the page around it?

An article that was saved from the web comes with the page it stood on: mastheads, menus, share lines, links to other
stories, credits of pictures. They are told from the story by the shape of lines, by their place and by words that
such lines have everywhere; nothing is thrown away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from searcher.articles.extent import SMALL_PAGE, is_page, is_sentence, story_of
from searcher.articles.forwarding import mark_cover
from searcher.articles.furniture import (
    Furniture,
    Kind,
    agency_start,
    credit_start,
    is_captioned,
    recognise,
)
from searcher.articles.headline import (
    LONGEST_TITLE,
    choose,
    content_words,
    heads,
    is_about,
    made_title,
    without_path,
    without_site,
)
from searcher.articles.lines import ENTRY_WORDS, TERMINALS, folded, is_entry, lines_of, on_one_line
from searcher.articles.mastheads import is_masthead
from searcher.articles.offers import mark_offered
from searcher.articles.surroundings import mark_repeated, mark_running_heads, settle_head, settle_tail

if TYPE_CHECKING:
    from collections.abc import Callable

    from searcher.articles.lines import Line

__all__ = ["Cleaned", "Furniture", "Kind", "clean"]

_DANGLERS = tuple("-–—|•*#")
_DANGLING = re.compile(r"(?<=[.!?”\"’])[ \t]*[-–—|•*#]+[ \t|]*$")
_LONGEST_LOOKED_AT = 1_000_000
_MENU_RUN = 4
_BROKEN_WORDS = 2
_BY = re.compile(r"(?:\w+ )?(?:by|von|par|por):?\s", re.IGNORECASE)
# A headline set off by the marks of a chat or of a wire: `*Lead*`, `^Lead`.
_MARKED = re.compile(r"^[*_^#]+\s?(?=[^\W_])(.*?)\s?[*_^]*$")
_DAY = re.compile(r"\b\d{1,2}\b")
_FARTHEST_TITLE = 40
_LEAD = 12
_LEAD_LENGTH = 2000


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article taken apart.

    Attributes:
        title: one line; empty only for a text without words.
        text: the story, without the title.
        raw: all there was.
        furniture: what of `raw` is not story, in order; a `caption` of the article's own picture is in `text` too.
    """

    title: str
    text: str
    raw: str
    furniture: tuple[Furniture, ...] = ()


def clean(raw: str, *, title: str | None = None) -> Cleaned:
    """Tell the story from the page around it.

    The story is the stretch of lines with the greatest weight, prose counting for it and short lines against it
    (Pasternack & Roth 2009, "Extracting article text from the web with maximum subsequence segmentation"), where the
    text looks like a page at all; within it, and in any text, lines that are furniture by their own words are left out.

    Args:
        raw: all that was visible, lines ended by newlines.
        title: the title, where something states it.
    """
    if len(raw) > _LONGEST_LOOKED_AT:
        # No page is so long: the rest of a book or a log is story, unseen.
        cut = raw.rfind("\n", 0, _LONGEST_LOOKED_AT) + 1 or _LONGEST_LOOKED_AT
        told = clean(raw[:cut], title=title)
        return Cleaned(told.title, f"{told.text}\n{raw[cut:].strip()}".strip(), raw, told.furniture)
    lines = lines_of(raw)
    if not lines:
        return Cleaned(title or made_title(raw), "", raw)
    kinds = _kinds(lines)
    mark_offered(lines, kinds, _is_heading(lines, kinds))
    page = is_page(kinds)
    story = story_of(lines, kinds, page=page)
    headline = _headline(lines, kinds, story, title, page=page)
    settle_head(lines, kinds, story, headline, page=page, topics=page or title is None)
    settle_tail(lines, kinds, story, page=page)
    mark_running_heads(lines, kinds)
    if page:
        mark_repeated(lines, kinds, story)
    if title is None:
        title = "" if headline is None else lines[headline].text
        if headline is not None and _goes_on(lines, kinds, headline, story):
            title = on_one_line(f"{title}\n{lines[headline + 1].text}")
            kinds[headline + 1] = "title"
        title = _MARKED.sub(r"\1", title)
        others = [line.text for line in lines if not line.prose]
        title = without_site(without_path(title, others), others)
    text, cuts = _assemble(lines, kinds)
    if not text and not title:
        # All of it is like furniture: then that is what the article is.
        return Cleaned(made_title(raw), raw.strip(), raw)
    furniture = [Furniture(kind, (line.start, line.end)) for line, kind in zip(lines, kinds, strict=True) if kind]
    if cuts:
        furniture = sorted([*furniture, *cuts], key=lambda piece: piece.span)
    return Cleaned(" ".join(title.split()) or made_title(_opening(lines, story, text)), text, raw, tuple(furniture))


def _opening(lines: list[Line], story: range, text: str) -> str:
    """The line that a story without a headline is called by: its first paragraph, not a picture's caption."""
    first = lines[story.start].text if story else ""
    return first if first in text else text or first


def _kinds(lines: list[Line]) -> list[Kind | None]:
    """What each line is by its own words, and by the run of short lines before the story that it is one of."""
    kinds = [recognise(line.text, prose=line.prose) for line in lines]
    mark_cover(lines, kinds)
    body = next((place for place, line in enumerate(lines) if line.prose and kinds[place] is None), 0)
    if body >= _MENU_RUN:
        _mark_menus(lines, kinds, body)
    return kinds


def _mark_menus(lines: list[Line], kinds: list[Kind | None], body: int) -> None:
    """Mark the runs of short lines before the story, but for a masthead or a short headline among them."""
    about = None
    run: list[int] = []
    for place in (*range(body), None):
        if place is not None and (kinds[place] is not None or is_entry(lines[place])):
            run.append(place)
            continue
        if len(run) >= _MENU_RUN:
            about = about or _subject(lines, kinds, range(body, len(lines)))
            for entry in run:
                text = lines[entry].text
                if kinds[entry] is None and not is_about(text, about) and not _is_signed(lines, kinds, entry):
                    kinds[entry] = "masthead" if is_masthead(text) else "menu"
                elif kinds[entry] == "byline" and not _DAY.search(text) and not _BY.match(text):
                    kinds[entry] = "menu"
        run = []


def _is_signed(lines: list[Line], kinds: list[Kind | None], place: int) -> bool:
    """Whether a line of some words has a writer right below it, as no entry of a menu has."""
    signed = kinds[place + 1] == "byline" and _BY.match(lines[place + 1].text) is not None
    return signed and lines[place].text.count(" ") >= _BROKEN_WORDS


def _is_heading(lines: list[Line], kinds: list[Kind | None]) -> Callable[[int], bool]:
    """Tell whether a line stands over the story and says what it says, as no offer of another one does."""
    body = next((place for place, line in enumerate(lines) if line.prose and kinds[place] is None), 0)
    subject = cache(lambda: _subject(lines, kinds, range(body, len(lines))))
    return lambda place: place < body and is_about(lines[place].text, subject())


def _subject(lines: list[Line], kinds: list[Kind | None], story: range) -> frozenset[str]:
    """The words that the story begins with."""
    lead = (lines[place].text for place in story[: 2 * _LEAD] if kinds[place] is None)
    return content_words(" ".join(islice(lead, _LEAD))[:_LEAD_LENGTH])


def _headline(
    lines: list[Line], kinds: list[Kind | None], story: range, title: str | None, *, page: bool
) -> int | None:
    """Which line before the story is its headline."""
    if title is not None:
        same = folded(title)
        return next(
            (place for place in range(min(story.start + 1, len(lines))) if folded(lines[place].text) == same), None
        )
    if story.start == 0:
        # Nothing stands before the story, or nothing is prose: a first line that is short heads the rest.
        first = lines[0]
        short = len(lines) > 1 and len(first.text) <= LONGEST_TITLE
        return 0 if short and kinds[0] is None and not first.prose and not is_sentence(first.text) else None
    candidates = [
        place
        for place in range(max(0, story.start - _FARTHEST_TITLE), story.start)
        if kinds[place] is None and not is_captioned(lines[place].text)
    ]
    if not candidates:
        return None
    texts = [lines[place].text for place in candidates]
    signed = [at for at, place in enumerate(candidates) if "byline" in kinds[place + 1 : place + 4]]
    chosen = choose(texts, _subject(lines, kinds, story), opens=candidates[0] == 0, signed=signed)
    if chosen is not None:
        return candidates[chosen]
    if _heads_story(lines, kinds, candidates[-1], story):
        return candidates[-1]
    if not page:
        dated = (place for place in candidates if kinds[place + 1] == "byline")
        named = (place for place in dated if lines[place].text.count(" ") >= ENTRY_WORDS)
        if (over := next((place for place in named if heads(lines[place].text)), None)) is not None:
            return over
    opens = all(kind in ("masthead", "byline") for kind in kinds[: candidates[0]])
    if not opens or (page and len(lines) > SMALL_PAGE):
        return None
    # A first line that is no topic heads what follows, however few of its words the story repeats; one word that
    # stands over it (`OPINION`) says of what kind it is.
    headed = 1 if " " not in texts[0] and candidates[1:2] == [candidates[0] + 1] else 0
    return candidates[headed] if heads(texts[headed]) and not is_masthead(texts[headed]) else None


def _goes_on(lines: list[Line], kinds: list[Kind | None], headline: int, story: range) -> bool:
    """Whether a headline is broken over two lines: the second, right below, begins small and is no sentence."""
    if headline + 1 >= story.start or kinds[headline + 1] not in (None, "topic"):
        return False
    above, below = lines[headline].text, lines[headline + 1].text
    return (
        not lines[headline + 1].apart
        and below[0].islower()
        and min(above.count(" "), below.count(" ")) >= _BROKEN_WORDS
        and not above.endswith(TERMINALS)
        and not below.endswith(TERMINALS)
    )


def _heads_story(lines: list[Line], kinds: list[Kind | None], place: int, story: range) -> bool:
    """Whether a line of some words stands by itself right above a story, but for its writer and its date."""
    text = lines[place].text
    return (
        lines[place].apart
        and lines[place + 1].apart
        and text.count(" ") >= ENTRY_WORDS
        and all(kind is not None for kind in kinds[place + 1 : story.start])
        and heads(text)
        and not is_masthead(text)
    )


def _assemble(lines: list[Line], kinds: list[Kind | None]) -> tuple[str, list[Furniture]]:
    """Join what is story, and cut the credits that end its lines."""
    pieces: list[str] = []
    cuts: list[Furniture] = []
    apart = False
    kept = [place for place, kind in enumerate(kinds) if kind is None]
    for place, line in enumerate(lines):
        apart = apart or line.apart
        if kinds[place] is not None:
            continue
        text = line.text
        cut = credit_start(text)
        if cut is None and place < 3 and not line.prose:
            cut = agency_start(text)
        if cut:
            cuts.append(Furniture("caption", (line.start, line.start + cut)))
            cuts.append(Furniture("credit", (line.start + cut, line.end)))
            text = text[:cut].rstrip()
        if place == kept[-1] and text.endswith(_DANGLERS):
            text = _DANGLING.sub("", text)
        if pieces:
            pieces.append("\n\n" if apart else "\n")
        pieces.append(text)
        apart = False
    return "".join(pieces), cuts
