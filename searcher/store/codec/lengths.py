"""How long a field is, in one byte an article.

The scale is Whoosh's own: exact up to a dozen words, then in steps of 3.3 %, up to 106,374 words. Scores computed from
it are the ones that Whoosh computes with its own codec.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

LENGTHS: NDArray[np.int32] = np.array([round((1.033**code - 1) * 27) for code in range(256)], np.int32)
"""The length that each code stands for."""
LENGTHS.setflags(write=False)


def length_codes(lengths: NDArray[Any]) -> NDArray[np.uint8]:
    """Give the codes (uint8) of lengths: the smallest code that stands for as much, 255 beyond the scale."""
    return np.minimum(np.searchsorted(LENGTHS, lengths), 255).astype(np.uint8)


def average_length(codes: NDArray[np.uint8] | None) -> float:
    """Give the mean length that codes stand for, at least 1."""
    return 1.0 if codes is None or not len(codes) else max(float(LENGTHS[codes].mean()), 1.0)


def densities(frequencies: NDArray[np.int32], codes: NDArray[np.uint8], average: float) -> NDArray[np.float32]:
    """Give how dense a term is in articles: `frequency / (average + length)`, what BM25 orders a term's articles by."""
    lengths = LENGTHS.astype(np.float32) + np.float32(average)
    return frequencies.astype(np.float32) / lengths[codes]


class FieldLengths:
    """The lengths of one field in all articles, read when asked for."""

    def __init__(self, codes: Callable[[], NDArray[np.uint8]] | None = None, total: int = 0) -> None:
        self._read = codes
        self.total = total

    @cached_property
    def codes(self) -> NDArray[np.uint8] | None:
        """The length code of each article; None where the field is not scored."""
        return None if self._read is None else self._read()
