"""Which articles are the same text, reprinted or lightly edited? Those whose fingerprints agree in most bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Marks = NDArray[np.uint64]
    Places = NDArray[np.int64]

#: So many of the eight bytes of two fingerprints may differ (see `fingerprints`).
MOST_DIFFERENT = 2

_BYTES = 8
# Two fingerprints that differ in two bytes agree in all of one of these at least.
_BANDS = (0xFFFFFF, 0xFFFFFF << 24, 0xFFFF << 48)
_FARTHEST = 2000


def groups(fingerprints: NDArray[np.int64]) -> Places:
    """Group texts whose fingerprints agree with the group's first text in all but `MOST_DIFFERENT` bytes.

    Nearness does not add up: that a text is near one that is near a third does not bring the first to the third.

    Args:
        fingerprints: int64, one a text; 0 is grouped with nothing.

    Returns:
        int64 of the same length: for each text the place of the first text of its group, its own where it is alone.
    """
    distinct, first, place = np.unique(fingerprints, return_index=True, return_inverse=True)
    leader = first.astype(np.int64)
    one, other = _pairs(distinct.view(np.uint64))
    earlier, later = np.minimum(first[one], first[other]), np.maximum(first[one], first[other])
    mark = np.where(first[one] < first[other], other, one)
    follows = np.zeros(len(fingerprints), np.bool_)
    for near, text, number in sorted(zip(earlier.tolist(), later.tolist(), mark.tolist(), strict=True), key=_in_order):
        if not follows[near] and not follows[text]:
            leader[number] = near
            follows[text] = True
    return np.where(fingerprints == 0, np.arange(len(fingerprints)), leader[place])


def _in_order(pair: tuple[int, int, int]) -> tuple[int, int]:
    """By the later text, so that whether the earlier one follows another is known by then."""
    return pair[1], pair[0]


def _pairs(marks: Marks) -> tuple[Places, Places]:
    """The places of all pairs of distinct fingerprints that are near each other."""
    found: list[tuple[Places, Places]] = []
    for band in _BANDS:
        keys = marks & np.uint64(band)
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        # Equal keys lie side by side: compare each with its next neighbour, then with the one after, and so on.
        here = np.flatnonzero(keys[1:] == keys[:-1])
        for distance in range(1, _FARTHEST):
            if not len(here):
                break
            one, other = order[here], order[here + distance]
            different = (marks[one] ^ marks[other]).view(np.uint8).reshape(-1, _BYTES)
            near = (np.count_nonzero(different, axis=1) <= MOST_DIFFERENT) & (marks[one] != 0) & (marks[other] != 0)
            found.append((one[near], other[near]))
            here = here[here + distance + 1 < len(keys)]
            here = here[keys[here + distance + 1] == keys[here]]
    if not found:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    return np.concatenate([one for one, _ in found]), np.concatenate([other for _, other in found])
