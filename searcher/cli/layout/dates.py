"""Dates as people write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from searcher.model import PartialDate

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def spoken(day: PartialDate) -> str:
    """Give `10 Nov 2020`, `Nov 2020` or `2020`."""
    parts = [str(day.day)] if day.day else []
    if day.month:
        parts.append(_MONTHS[day.month - 1])
    return " ".join([*parts, str(day.year)])


def dated(date: PartialDate | None, not_before: PartialDate | None) -> str:
    """Give a date, or `≥ 10 Nov 2020` where only a floor is known, or that it is unknown."""
    if date is not None:
        return spoken(date)
    return "date unknown" if not_before is None else f"≥ {spoken(not_before)}"
