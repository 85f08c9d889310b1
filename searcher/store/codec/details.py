"""Takes, joins and converts what postings hold beside their articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.store.codec.kinds import Details, Kind
from searcher.store.codec.ragged import ragged_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def starts_of(details: Details) -> NDArray[np.int64]:
    """Give where the occurrences of each posting begin, and where the last one's end."""
    if details.frequencies is None:
        raise ValueError("postings without frequencies have no occurrences of their own")
    starts = np.zeros(len(details.frequencies) + 1, np.int64)
    np.cumsum(details.frequencies, out=starts[1:])
    return starts


def taken(details: Details, rows: NDArray[np.int64]) -> Details:
    """Take some postings' details, in the order given."""
    if details.frequencies is None:
        return details
    chosen = Details(details.frequencies[rows])
    if details.values is not None:
        chosen.values = [details.values[row] for row in rows.tolist()]
    if details.positions is not None:
        starts = starts_of(details)
        for name in ("positions", "first", "last", "boosts"):
            if (column := getattr(details, name)) is not None:
                setattr(chosen, name, ragged_rows(starts, rows, column))
    return chosen


def joined_details(parts: list[Details]) -> Details:
    """Put the details of several rows of postings one after the other."""
    whole = Details()
    if any(part.frequencies is None for part in parts):
        return whole
    for name in ("frequencies", "positions", "first", "last", "boosts"):
        setattr(whole, name, joined([getattr(part, name) for part in parts]))
    if parts and parts[0].values is not None:
        whole.values = [value for part in parts for value in part.values or ()]
    return whole


def converted(details: Details, count: int, kind: Kind) -> Details:
    """Make details what the schema says now, if it said something else when they were written."""
    if not kind.frequencies:
        return Details()
    if details.frequencies is None:
        details.frequencies = np.ones(count, np.int32)
    total = int(details.frequencies.sum())
    if kind.positions and details.positions is None:
        details.positions = np.zeros(total, np.int32)
    if kind.characters and details.first is None:
        details.first = details.last = np.zeros(total, np.int32)
    if kind.boosts and details.boosts is None:
        details.boosts = np.ones(total, np.float64)
    if kind.opaque and details.values is None:
        details.values = [b""] * count
    return details


def joined(columns: Sequence[NDArray[Any] | None]) -> NDArray[Any] | None:
    """Put columns one after the other; None where one is None, or there is none."""
    kept = [column for column in columns if column is not None]
    return np.concatenate(kept) if kept and len(kept) == len(columns) else None
