"""Which dates does a text speak of, and which is the latest that it tells of as past?

The first are an article's mentions, at the precision they have; the last is the floor of an article without a date.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from searcher.articles.facts.tense import is_past
from searcher.articles.facts.weekdays import read_weekdays
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
    tells of a full day nearby in the calendar as past. Weekdays are read against a known date alone.
    """
    found = list(find_dates(text, language))
    anchor = published if published and published.day else None
    if anchor is None and any(not one.year for one in found):
        full = islice((one for one in found if one.year and one.day), _MOST_TESTED)
        anchor = max(
            (PartialDate(*one[:3]) for one in full if is_past(text, one.span, language=language)), default=None
        )
    mentions = []
    for one, following in zip_longest(found, found[1:]):
        if following and _is_joined(text, one, following):
            earlier = one[1:3] < following[1:3]
            one = one._replace(year=following.year - (not earlier))  # noqa: PLW2901
        if not one.year and _OTHER_YEAR.match(text, one.span[1]):
            continue
        if not one.year and published is None and _DATELINE_AFTER.match(text, one.span[1]):
            continue
        value = _resolved(one, anchor, limit=183 if anchor is published else 92)
        # A coming day before one that is past has another year.
        doubted = value and anchor and published is None and not one.year and value <= anchor
        if doubted and not is_past(text, one.span, language=language):
            continue
        if value and 1000 <= value.year <= today.year + 100:
            start, end = one.span
            mentions.append(Mention(value, " ".join(text[start:end].split()), one.span))
    if anchor is not None and anchor is published and language in (None, "en"):
        mentions = sorted([*mentions, *read_weekdays(text, anchor.first)], key=lambda mention: mention.span)
    return tuple(mentions)


def _is_joined(text: str, one: Found, following: Found) -> bool:
    """Whether two days are written with one year: `from 27 September to 10 November 2020`."""
    between = text[one.span[1] : following.span[0]]
    return not one.year and bool(following.year and following.day) and _JOINER.fullmatch(between) is not None


_JOINER = re.compile(
    r"\s*(?:to|and|or|until|till|through|[-–—]|bis(?: zum)?|und|au|et(?: le)?|al|y(?: el)?|e|по|до|и)\s*(?:the )?"
)
# A dateline's day is the story's own, whose year other days do not tell.
_DATELINE_AFTER = re.compile(r"\s*(?:\([^)\n]{2,30}\)\s*)?(?:--|[-–—_])\s")
_WITH_YEAR = re.compile(r"\d{4}|\d[./-]\d+[./-]\d\d")
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


def floor(
    text: str, mentions: Sequence[Mention], today: date, *, language: str | None = None
) -> tuple[PartialDate, Span] | None:
    """Find the latest day that a text itself tells of as past, with its place."""
    days = [mention for mention in mentions if mention.value.day and mention.value.first <= today]
    for mention in sorted(days, key=lambda m: (m.value, -m.span[0]), reverse=True)[:_MOST_TESTED]:
        # A year that was not written is another reason to doubt: then the text must say outright that it is past.
        plainly = _WITH_YEAR.search(mention.text) is None
        if is_past(text, mention.span, language=language, plainly=plainly):
            return mention.value, mention.span
    return None
