"""Which days does an article mean by `on Tuesday` and `yesterday`, its own date being known?"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from searcher.articles.facts.months import month_number
from searcher.articles.facts.tense import is_past
from searcher.model import Mention, PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NAMED = re.compile(rf"\b(?:[Oo]n (?P<weekday>{'|'.join(map(str.title, _DAYS))})|[Yy]esterday)\b")
# The day's own date follows, or its week is another: `on Tuesday, 10 November`, `on Friday last week`.
_FOLLOWED = re.compile(r"[,(]?\s{0,2}\(?(?:of )?(?:the )?(?P<word>\w+)")
_OTHERS = frozenset(("last", "next", "week", "after", "before"))
_QUOTES = re.compile(r"[“”\"«»„]")


def read_weekdays(text: str, published: date) -> Iterator[Mention]:
    """Give the past days that an English text names by their weekday or as yesterday.

    A weekday is the last one up to the day of publication, that day included, as news agencies write it; where the
    text does not tell of it as past it may be a coming one, and is left out. So is a `yesterday` that somebody says.

    Args:
        text: the story.
        published: its day.
    """
    for named in _NAMED.finditer(text):
        after = _FOLLOWED.match(text, named.end())
        if after and (after["word"][0].isdigit() or after["word"] in _OTHERS or month_number(after["word"])):
            continue
        if named["weekday"]:
            back = (published.weekday() - _DAYS.index(named["weekday"].lower())) % len(_DAYS)
            if not is_past(text, named.span(), language="en", plainly=True):
                continue
        else:
            back = 1
            if len(_QUOTES.findall(text, text.rfind("\n", 0, named.start()) + 1, named.start())) % 2:
                continue
        yield Mention(PartialDate.of(published - timedelta(days=back)), named[0], named.span())
