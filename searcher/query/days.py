"""What is the value of a date field? A date expression, a range, or `unknown`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searcher.query import tree
from searcher.query.dates import DateProblem, Days, begins_date, read_days, read_end

if TYPE_CHECKING:
    from datetime import date

    from searcher.model import Span
    from searcher.query.fields import Field

_NEXT_WORD = re.compile(r"\s+([^\s()\":]{1,20})")


def longer_date(text: str, value: str, end: int, today: date) -> tuple[str, int]:
    """Take in the words after a value that make a longer date of it: `nov 2020`, `last week`.

    Args:
        text: the query.
        value: what stands right behind the colon.
        end: where it ends.
        today: what relative dates count from.

    Returns:
        The longest value that is a date, and where it ends.
    """
    if not begins_date(value):
        return value, end
    longest, longest_end = value, end
    for _ in range(4):
        following = _NEXT_WORD.match(text, end)
        if following is None:
            break
        end = following.end()
        value = f"{value} {following[1]}"
        try:
            read_days(value, today)
        except DateProblem:
            continue
        longest, longest_end = value, end
    return longest, longest_end


def read_value(field: Field, value: str, today: date, span: Span) -> tree.Node:
    """Read the value of `date:`, `after:`, `before:` or `mentions:` (DateProblem when it is no date)."""
    name: tree.DateField = "mentions" if field.name == "mentions" else "date"
    word = value.strip().lower()
    ranged = field.written in {"after", "before"}
    if not ranged and word in {"unknown", "none", "undated", "?"}:
        return tree.Undated(span) if name == "date" else tree.Not(tree.DateRange(name, None, None, span), span)
    if not ranged and word in {"*", "known", "any"}:
        return tree.Not(tree.Undated(span), span) if name == "date" else tree.DateRange(name, None, None, span)
    if field.written == "after":
        days = Days(read_end(value, today).first, None)
    elif field.written == "before":
        days = Days(None, read_end(value, today).last)
    else:
        days = read_days(value, today)
    if name == "date" and days == (None, None):
        return tree.Everything(span)
    return tree.DateRange(name, days.first, days.last, span)
