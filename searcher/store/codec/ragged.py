"""Rows of unequal length, one after the other in one array: row i is `items[starts[i]:starts[i + 1]]`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def ranges(starts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the numbers of ranges, `counts[i]` of them from `starts[i]` on, one range after the other."""
    ends = np.cumsum(counts)
    numbers: NDArray[np.int64] = np.arange(int(ends[-1]) if len(ends) else 0)
    numbers += np.repeat(starts - ends + counts, counts)
    return numbers


def counted_on(begins: NDArray[np.int64], counts: NDArray[Any], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the numbers of ranges, `counts[i]` of them from `begins[i]` on up to `ends[i]`; no range is empty.

    As `ranges` does, sooner where they are short.
    """
    numbers = np.ones(int(ends[-1]), np.int64)
    numbers[0] = begins[0]
    steps = begins[1:] - begins[:-1]
    steps -= counts[:-1]
    steps += 1
    numbers[ends[:-1]] = steps
    return numbers.cumsum(out=numbers)


def ragged_rows(starts: NDArray[np.int64], rows: NDArray[Any], items: NDArray[Any]) -> NDArray[Any]:
    """Take some rows, one after the other."""
    begins = starts[rows]
    return items[ranges(begins, starts[rows + 1] - begins)]
