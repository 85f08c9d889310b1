"""The postings of many terms in any number of segments, decoded in as few steps as those of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from searcher.store.codec.packed import blocks_of, unpack_together
from searcher.store.codec.packing import BLOCK
from searcher.store.codec.postings import summed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from searcher.store.codec.postings import FieldArrays

    _Span = tuple[NDArray[np.int64], NDArray[np.int64]]
    """Where what belongs to each of some terms begins and ends."""


class Terms(NamedTuple):
    """Some terms of a field of one segment.

    Attributes:
        numbers: of the terms, ascending, each once, at least one.
        base: the number of the segment's first article in the index.
    """

    field: FieldArrays
    numbers: NDArray[np.int64]
    base: int


def postings_of(parts: Sequence[Terms]) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int64]]:
    """Decode the postings of some terms of each of some fields, one after the other.

    Args:
        parts: at least one; their fields keep frequencies.

    Returns:
        Articles by their numbers in the index and frequencies (int32), in order of part, term and article; and how many
        articles each term has (int64).
    """
    spans = [_between(part.numbers, part.field.starts) for part in parts]
    numbers, begins, counts = _unpacked(parts, spans, ("articles", "frequencies"))
    half = len(numbers) // 2
    articles = _picked(summed(numbers[:half], begins), begins, counts).view(np.int32)
    at = 0
    for part, (starts, ends) in zip(parts, spans, strict=True):
        those = articles[at : at + int((ends - starts).sum())]
        if int(those.view(np.uint32).max()) >= part.field.article_count:
            raise part.field.names_no_article()
        those += np.int32(part.base)
        at += len(those)
    frequencies = _picked(numbers[half:], begins, counts)
    frequencies += np.uint32(1)
    return articles, frequencies.view(np.int32), counts


def forms_of(parts: Sequence[Terms]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Decode the codes of the spellings of all occurrences of some terms; give how often each term occurs, too."""
    return _occurrences_of(parts, "forms")


def gaps_of(parts: Sequence[Terms]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Decode how far each place of some terms is from the one before in the same article; give the same counts."""
    return _occurrences_of(parts, "positions")


def _occurrences_of(parts: Sequence[Terms], section: str) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    spans = [_between(part.numbers, part.field.occurrence_starts) for part in parts]
    numbers, begins, counts = _unpacked(parts, spans, (section,))
    return _picked(numbers, begins, counts), counts


def _between(numbers: NDArray[np.int64], starts: Callable[[int, int], NDArray[Any]]) -> _Span:
    """Give where what belongs to each term begins and ends."""
    first, last = int(numbers[0]), int(numbers[-1])
    known = starts(first, last + 1).astype(np.int64)
    return known.take(numbers - first), known.take(numbers - (first - 1))


def _unpacked(
    parts: Sequence[Terms], spans: Sequence[_Span], sections: Sequence[str]
) -> tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.int64]]:
    """Unpack the blocks that hold some spans, of one section after the other.

    Returns:
        The numbers; where each term's begin among those of the first section, and how many they are.
    """
    blocks, begins, counts = [], [], []
    at = 0
    for first, last in spans:
        chosen, places = blocks_of(first, last)
        blocks.append(chosen)
        begins.append(places + at)
        counts.append(last - first)
        at += len(chosen) * BLOCK
    packed = [
        part.field.packed(name).some(chosen) for name in sections for part, chosen in zip(parts, blocks, strict=True)
    ]
    return unpack_together(packed), np.concatenate(begins), np.concatenate(counts)


def _picked(numbers: NDArray[np.uint32], begins: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Give the numbers of some stretches, one after the other."""
    ends = begins + counts
    breaks = (begins[1:] != ends[:-1]).nonzero()[0]
    firsts = [int(begins[0]), *begins[breaks + 1].tolist()]
    lasts = [*ends[breaks].tolist(), int(ends[-1])]
    return np.concatenate([numbers[first:last] for first, last in zip(firsts, lasts, strict=True)])
