"""How counts, dates and durations are said in the UI."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from searcher.errors import SearcherError
    from searcher.model import Page, PartialDate, Period, Sort
    from searcher.tui.request import Request

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
STAR = "★"
SEPARATOR = " · "
ORDERS: dict[Sort, str] = {"relevance": "best first", "newest": "newest first", "oldest": "oldest first"}


def said_date(when: PartialDate) -> str:
    """Say a date at its precision: `9 Nov 2020`, `Nov 2020`, `2020`."""
    month = MONTHS[when.month - 1] if when.month else ""
    return " ".join(part for part in (str(when.day) if when.day else "", month, str(when.year)) if part)


def hit_date(when: PartialDate | None, not_before: PartialDate | None) -> str:
    """Say when an article was published: its date, else the floor that its text gives (`≥ 10 Nov 2020`)."""
    if when is not None:
        return said_date(when)
    return f"≥ {said_date(not_before)}" if not_before is not None else "undated"


def counted(number: int, one: str, many: str | None = None) -> str:
    """Say how many: `1 article`, `1,204 articles`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def sure(confidence: float) -> str:
    """Say how sure we are; only what is certain is 100%."""
    return f"{math.floor(confidence * 100 + 1e-9)}% sure"


def sentence(text: str) -> str:
    """Begin a message as a sentence begins."""
    return text[:1].upper() + text[1:]


def said(error: SearcherError) -> str:
    """Give what is wrong and what to do, as sentences."""
    return ". ".join(sentence(part) for part in (error.message, error.hint) if part)


def hits(total: int, *, exact: bool) -> str:
    """Say how many hits there are, or at least are."""
    return counted(total, "hit") if exact else f"at least {counted(total, 'hit')}"


def reading_and_counts(request: Request, page: Page) -> tuple[str, str]:
    """Say how a query was read, with what a reader should know about the answer, and what was found."""
    order = ORDERS[request.effective_sort]
    if request.is_blank:
        return order, counted(page.total, "article")
    as_typed = request.filters or not page.total or page.parsed.casefold().strip() == request.text.casefold().strip()
    timing = milliseconds(page.took_ms)
    stopped = "" if page.total_is_exact else f"stopped after {timing}"
    reading = SEPARATOR.join(filter(None, ("" if as_typed else f"read as {page.parsed}", *page.notes, stopped)))
    if not page.total:
        return reading, "no hits" if page.total_is_exact else "no hits yet"
    return reading, SEPARATOR.join((hits(page.total, exact=page.total_is_exact), order, timing))


def milliseconds(took: float) -> str:
    """Say how long an answer took."""
    return f"{took:.1f} ms" if took < 10 else f"{took:,.0f} ms" if took < 1000 else f"{took / 1000:.1f} s"


def bar_name(start: date, period: Period) -> str:
    """Say which period begins on a day."""
    if period == "year":
        return str(start.year)
    if period == "month":
        return f"{MONTHS[start.month - 1]} {start.year}"
    day = f"{start.day} {MONTHS[start.month - 1]} {start.year}"
    return f"week of {day}" if period == "week" else day
