"""The highest of many scores, without sorting or parting all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

NEAR_TIE = 1e-4
"""Scores that round to the same multiple of this are ties: broken by date, newest first, then by id."""

_SAMPLE = 2048


def near_best(scores: NDArray[np.float32], wanted: int, margin: float) -> NDArray[np.intp]:
    """Give, ascending, the places of the `wanted` highest scores and of all that are less than `margin` below them.

    The wanted-highest of a part of the scores is a lower bound of that of all: what is below it is out at once.
    """
    if len(scores) <= wanted:
        return np.arange(len(scores))
    places: NDArray[np.intp] | None = None
    step = len(scores) // max(_SAMPLE, 8 * wanted)
    if step > 1:
        places = (scores >= _highest(scores[::step], wanted) - np.float32(margin)).nonzero()[0]
        scores = scores.take(places)
    near = (scores >= _highest(scores, wanted) - np.float32(margin)).nonzero()[0]
    return near if places is None else places.take(near)


def _highest(scores: NDArray[np.float32], rank: int) -> np.float32:
    highest: np.float32 = np.partition(scores, len(scores) - rank)[len(scores) - rank]
    return highest
