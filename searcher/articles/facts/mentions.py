"""Which dates does a text speak of, and which is the latest that it tells of as past?

The first are an article's mentions, at the precision they have; the last is the floor of an article without a date.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from searcher.articles.facts.written import find_dates
from searcher.model import Mention, PartialDate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.articles.facts.written import Found
    from searcher.model import Span

# No story tells of so many days; a table of them need not be read to its end.
_MOST_TESTED = 1000


def read_mentions(
    text: str, *, language: str | None, published: PartialDate | None, today: date
) -> tuple[Mention, ...]:
    """List the dates a text speaks of.

    A day without a year is a mention only where the year is beyond doubt: the article's date is known, or the text
    tells of a full day nearby in the calendar as past.
    """
    found = list(find_dates(text, language))
    anchor = published if published and published.day else None
    if anchor is None and any(not one.year for one in found):
        full = islice((one for one in found if one.year and one.day), _MOST_TESTED)
        anchor = max((PartialDate(*one[:3]) for one in full if _told_as_past(text, one.span)), default=None)
    mentions = []
    for one in found:
        if not one.year and _OTHER_YEAR.match(text, one.span[1]):
            continue
        if not one.year and published is None and _DATELINE_AFTER.match(text, one.span[1]):
            continue
        value = _resolved(one, anchor, limit=183 if anchor is published else 92)
        if value and 1000 <= value.year <= today.year + 100:
            start, end = one.span
            mentions.append(Mention(value, " ".join(text[start:end].split()), one.span))
    return tuple(mentions)


# A dateline's day is the story's own, whose year other days do not tell.
_DATELINE_AFTER = re.compile(r"\s*(?:\([^)\n]{2,30}\)\s*)?(?:--|[-–—_])\s")
_OTHER_YEAR = re.compile(r",?\s+(?:of )?(?:last|next|the following|the previous|every|each) year", re.IGNORECASE)


def _resolved(found: Found, anchor: PartialDate | None, *, limit: int) -> PartialDate | None:
    """Give a yearless day the year that brings it nearest to the anchor, if it is within `limit` days of it."""
    if found.year:
        return PartialDate(*found[:3])
    if anchor is None:
        return None
    near: list[tuple[int, date]] = []
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        try:
            day = date(year, found.month, found.day)
        except ValueError:
            continue
        near.append((abs((day - anchor.first).days), day))
    gap, day = min(near, default=(limit + 1, date.min))
    return PartialDate.of(day) if gap <= limit else None


_FUTURE = re.compile(
    r"\b(?:is|are|goal|target|deadline|schedule|submit|requesting|will|shall|would|won['’]t|may|might|could|should|'ll|’ll|due|scheduled|slated|planned|plans?|"
    r"expected|expects?|upcoming|next|"
    r"to (?!a |an |the |his |her |its |their |this |that |some |all |and )[a-z]+|payable|of record|mature[sd]?|"
    r"maturing|annual meeting|record|"
    r"ahead|deadline|expires?|expiring|effective|if|(?:is|are) to|set to|going to|intends?|hopes?|"
    r"wird|werden|soll|sollen|va|sera|seront|será|serán|sarà|zal|zullen|будет|будут|başlayacak|olacak)\b",
    re.IGNORECASE,
)
_UP_TO = re.compile(
    r"\b(?:by|to|than|until|till|"
    r"before|through|from|on (?:and|or) after|between|starting|beginning|commencing|set for|"
    r"between [^.]{3,20} and|ending|due|payable|"
    r"effective|bis|ab|vor|jusqu['’]au|avant|dès le|hasta|antes del?|desde|entro|fino al?|dal?|até|tot|vanaf|"
    r"до|с|kadar)(?: on| from| the| le| el| il| zum| dem)?\s*$",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"(?<!\bbe )\b(?:was|were|had|did|said|began|broke|took|came|held|met|went|left|won|lost|fell|rose|died|gave|"
    r"got|made|saw|told|wrote|sent|shot|led|"
    r"struck|hit|born|ago|burst|grew|drew|threw|flew|knew|spoke|chose|drove|sold|bought|brought|caught|thought|fought|sought|built|"
    r"spent|kept|felt|dealt|meant|paid|laid|heard|ran|sang|sank|stood|swore|tore|stole|shook|beat|became|withdrew|bore|blew|"
    r"fled|fed|forgot|froze|hung|hid|lay|leapt|lit|overcame|overthrew|quit|rode|sat|slid|sped|split|spread|stuck|swam|"
    r"swept|wept|burnt|broadcast|shut|cut|set|put|\w{3,}ed|wurde|wurden|war|waren|hatte|était|fue|fueron|era|"
    r"stato|werd|был|была|были|oldu|edildi)\b",
    re.IGNORECASE,
)
# A caption tells of its picture's day in the present: `attend a meeting in Moscow, Russia, Oct. 9, 2020.`
_CAPTION_BEFORE = re.compile(r"\w+(?: \w+){3,}.*,\s*(?:on )?(?:[^\W\d_]+,? )?$")
_CAPTION_AFTER = re.compile(r"\s*(?:[.(\n]|$)")
# A day with an hour is an appointment more often than an event.
_TIME_AFTER = re.compile(r"[,\s]*(?:at |from |around |[-–—|] ?)?\d{1,2}(?:[:. ]\d{2})?\s?(?:[ap]\.?m|[AP]M|[-–—:])")
# `…, the company said` after a day tells nothing of the day.
_SAYING = frozenset(("said", "told", "added", "announced", "reported", "stated"))
_NOWHERE = 1000
_SENTENCE_END = re.compile(r"[!?\n]|(?<=[a-z\d”\")][a-z\d”\")][a-z\d”\")])\.(?=\s|$)|(?<=\d)\.(?=\s+[A-Z])")


def floor(text: str, mentions: Sequence[Mention], today: date) -> tuple[PartialDate, Span] | None:
    """Find the latest day that a text itself tells of as past, with its place.

    A day counts unless a word of the future stands nearer to it, in its sentence, than a word of the past does.
    """
    days = [mention for mention in mentions if mention.value.day and mention.value.first <= today]
    for mention in sorted(days, key=lambda m: (m.value, -m.span[0]), reverse=True)[:_MOST_TESTED]:
        # A year that was not written is another reason to doubt: then the text must say outright that it is past.
        plainly = str(mention.value.year) not in mention.text
        if _told_as_past(text, mention.span, plainly=plainly):
            return mention.value, mention.span
    return None


def _told_as_past(text: str, span: Span, *, plainly: bool = False) -> bool:
    start, end = span
    before = text[max(0, start - 120) : start]
    for stop in _SENTENCE_END.finditer(before):
        last = stop.end()
        before = " " * last + before[last:]
    after = text[end : end + 120]
    stop_after = _SENTENCE_END.search(after)
    after = after[: stop_after.start()] if stop_after else after

    def gap(words: re.Pattern[str]) -> int:
        behind = [len(before) - found.end() for found in words.finditer(before)]
        ahead = next((found for found in words.finditer(after) if found.group().lower() not in _SAYING), None)
        return min([*behind, *([ahead.start() + 5] if ahead else [])], default=_NOWHERE)

    if _UP_TO.search(before):
        return False
    past, future = gap(_PAST), gap(_FUTURE)
    if past == future == _NOWHERE:
        return not plainly and bool(_CAPTION_BEFORE.search(before) and _CAPTION_AFTER.match(text, end))
    if _TIME_AFTER.match(text, end):
        return past < future == _NOWHERE
    return past < future
