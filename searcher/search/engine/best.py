"""The highest of many scores, or the lowest of many numbers, without sorting or parting all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

NEAR_TIE = 1e-4
"""Scores that round to the same multiple of this are ties: broken by date, newest first, then by id."""

_SAMPLE = 2048


def near_best(scores: NDArray[np.float32], wanted: int, margin: float, least: float = -np.inf) -> NDArray[np.intp]:
    """Give, ascending, the places of the `wanted` highest scores and of all that are less than `margin` below them.

    What is below `least` is left out. There may be more, where many are as high.
    """
    if len(scores) <= wanted:
        return (scores >= least).nonzero()[0]
    step = _step(scores, wanted)
    # The wanted-highest of a part of the scores is a lower bound of that of all: what is below it is out at once.
    cut = float(highest(scores[::step], wanted) - np.float32(margin))
    if step == 1 or cut <= least:
        return (scores >= max(cut, least)).nonzero()[0]
    places = (scores >= cut).nonzero()[0]
    scores = scores.take(places)
    return places.compress(scores >= highest(scores, wanted) - np.float32(margin))


def highest(scores: NDArray[np.float32], rank: int) -> np.float32:
    """Give the score that is so high by rank."""
    score: np.float32 = np.partition(scores, len(scores) - rank)[len(scores) - rank]
    return score


def lowest(numbers: NDArray[Any], wanted: int) -> NDArray[np.intp]:
    """Give the places of the `wanted` lowest of more numbers, and of all that are as low as the highest of those."""
    step = _step(numbers, wanted)
    places: NDArray[np.intp] = (numbers <= np.partition(numbers[::step], wanted - 1)[wanted - 1]).nonzero()[0]
    if step == 1:
        return places
    numbers = numbers.take(places)
    there: NDArray[np.bool_] = numbers <= np.partition(numbers, wanted - 1)[wanted - 1]
    return places.compress(there)


def _step(numbers: NDArray[Any], wanted: int) -> int:
    """Say every how many-th number tells enough of where the `wanted` first ones begin."""
    return max(len(numbers) // max(_SAMPLE, 8 * wanted), 1)
