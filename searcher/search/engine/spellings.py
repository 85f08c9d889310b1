"""Many spellings at once: where all spellings of a stem are asked for, the stem's own postings say the same.

What is counted are entries, pairs of a stem and the code of a spelling there: a spelling has several where two
languages read it differently, and what it occurs in is the sum of its entries.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from searcher.store.codec.many_postings import Terms, forms_of, postings_of
from searcher.store.codec.ragged import ranges

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from searcher.store.codec.forms import FormArrays

    Counted = tuple[NDArray[np.int32], NDArray[np.int32]]


class Spellings:
    """The spellings of a field in one segment.

    Attributes:
        size: how many stems there are, those that stand for a spelling without one included.
    """

    def __init__(self, forms: FormArrays) -> None:
        self._forms = forms
        self._stems, self._codes = forms.all_entries()
        self._starts = forms.entry_starts()
        self._known = forms.stems.term_count
        self.size = max(self._known, int(self._stems.max(initial=0)) + 1)
        self._entries = np.bincount(self._stems, minlength=self.size)
        # What has no spelling is never asked for, so such a stem is never whole.
        self._entries[forms.nameless_entries()[0]] += 1

    def entries(self, numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.uint32], NDArray[np.int64]]:
        """Give the stem and the code of each entry of some spellings, and how many entries that stem has."""
        if len(self._starts) - 1 != len(self._stems):
            starts = self._starts[numbers].astype(np.int64)
            numbers = ranges(starts, self._starts[numbers + 1].astype(np.int64) - starts)
        stems = self._stems[numbers].astype(np.int64)
        return stems, self._codes[numbers], self._entries[stems]

    def terms(self, stems: NDArray[np.int64], base: int) -> tuple[list[Terms], list[Terms]]:
        """Give some stems, ascending, as terms of the fields that hold their postings: real stems, and the others."""
        known = int(stems.searchsorted(self._known))
        real = [Terms(self._forms.stems, stems[:known], base)] if known else []
        if known == len(stems) or self._forms.loose is None:
            return real, []
        return real, [Terms(self._forms.loose, stems[known:] - self._known, base)]


class Asked(NamedTuple):
    """Some spellings of a field in one segment: `numbers`, each once, at least one; the segment begins at `base`."""

    spellings: Spellings
    numbers: NDArray[np.int64]
    base: int


def count_spelled(parts: Sequence[Asked]) -> Counted:
    """Give the articles that have any of some spellings, and how often.

    Args:
        parts: at least one, in order.

    Returns:
        Articles by their numbers in the index, with repeats and in no order, and frequencies (int32).
    """
    entries = [part.spellings.entries(part.numbers) for part in parts]
    # Stems are numbered through all segments.
    origins = np.cumsum([0, *(part.spellings.size for part in parts)])
    together = np.concatenate([stems + origin for (stems, _, _), origin in zip(entries, origins, strict=False)])
    stems, first, at, asked = np.unique(together, return_index=True, return_inverse=True, return_counts=True)
    partly = asked != np.concatenate([held for _, _, held in entries])[first]
    terms, mixed = [], []
    for part, (low, high), origin in zip(parts, pairwise(stems.searchsorted(origins).tolist()), origins, strict=False):
        own = stems[low:high] - origin
        real, loose = part.spellings.terms(own, part.base)
        terms += real + loose
        # A spelling without a stem shares it with no other.
        partly[high - sum(len(one.numbers) for one in loose) : high] = False
        mixed += part.spellings.terms(own.compress(partly[low:high]), part.base)[0]
    articles, frequencies, counts = postings_of(terms)
    if not mixed:
        return articles, frequencies
    codes = np.concatenate([codes for _, codes, _ in entries])
    rows = (partly.cumsum() - 1)[at]
    asked_for = partly[at]
    shared = partly.repeat(counts)
    own = _count_chosen(frequencies.compress(shared), mixed, rows[asked_for], codes[asked_for])
    frequencies[shared] = own
    held = frequencies > 0
    return articles.compress(held), frequencies.compress(held)


def _count_chosen(
    frequencies: NDArray[np.int32], terms: Sequence[Terms], rows: NDArray[np.intp], codes: NDArray[np.uint32]
) -> NDArray[np.int32]:
    """Count in each posting the occurrences that have one of some codes: `codes[i]` of the term `rows[i]`."""
    forms, counts = forms_of(terms)
    if len(forms) != int(frequencies.sum(dtype=np.int64)):
        raise terms[0].field.miscounts()
    width = max(int(codes.max()), int(forms.max())) + 1
    wanted = np.zeros((len(counts), width), np.bool_)
    wanted[rows, codes] = True
    chosen = wanted.ravel().take(np.arange(0, wanted.size, width).repeat(counts) + forms)
    sums: NDArray[np.int32] = chosen.cumsum(dtype=np.int32).take(frequencies.cumsum() - 1)
    return np.diff(sums, prepend=np.int32(0))
