"""Many spellings at once: where all spellings of a stem are asked for, the stem's own postings say the same.

What is counted are entries, pairs of a stem and the code of a spelling there: a spelling has several where two
languages read it differently, and what it occurs in is the sum of its entries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from searcher.store.codec.forms import FormArrays
    from searcher.store.codec.postings import FieldArrays

    Counted = tuple[NDArray[np.int32], NDArray[np.int32]]


class Spellings:
    """The spellings of a field in one segment."""

    def __init__(self, forms: FormArrays) -> None:
        self._forms = forms
        self._stems, self._codes = forms.all_entries()
        self._starts = forms.entry_starts()
        self._known = forms.stems.term_count
        size = max(self._known, int(self._stems.max(initial=0)) + 1)
        self._entries = np.bincount(self._stems, minlength=size)
        # What has no spelling is never asked for, so such a stem is never whole.
        self._entries[forms.nameless_entries()[0]] += 1

    def postings(self, numbers: NDArray[np.int64]) -> Counted:
        """Give the articles that have some spellings, one after the other, and how often.

        Args:
            numbers: of spellings, each once.

        Returns:
            Articles, with repeats and in no order, and frequencies (int32).
        """
        entries = _ranges(self._starts[numbers].astype(np.int64), self._starts[numbers + 1].astype(np.int64))
        stems, at, asked = np.unique(self._stems[entries], return_inverse=True, return_counts=True)
        whole = asked == self._entries[stems]
        known = stems < self._known
        parts = [_plain(self._forms.stems.postings_of(stems[whole & known]))]
        if self._forms.loose is not None:
            parts.append(_plain(self._forms.loose.postings_of(stems[~known] - self._known)))
        partly = known & ~whole
        if partly.any():
            chosen = partly[at]
            rows = (np.cumsum(partly) - 1)[at[chosen]]
            parts.append(self._partly(stems[partly], rows, self._codes[entries[chosen]]))
        return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])

    def _partly(self, stems: NDArray[np.uint32], rows: NDArray[np.intp], codes: NDArray[np.uint32]) -> Counted:
        """Count the occurrences of some stems that have one of some codes each: `codes[i]` of `stems[rows[i]]`."""
        field = self._forms.stems
        articles, _, frequencies = field.postings_of(stems)
        which, forms = _form_codes(field, stems)
        wanted = np.zeros((len(stems), max(int(codes.max()), int(forms.max(initial=0))) + 1), np.bool_)
        wanted[rows, codes] = True
        sums = np.cumsum(wanted[which, forms], dtype=np.int32)[np.cumsum(frequencies) - 1]
        counts = np.diff(sums, prepend=np.int32(0))
        held = counts > 0
        return articles[held], counts[held]


def _form_codes(field: FieldArrays, stems: NDArray[np.uint32]) -> tuple[NDArray[np.intp], NDArray[np.uint32]]:
    """Give for every occurrence of some stems which of them it is of, and the code of its spelling."""
    counts, codes = [], []
    for stretch in np.split(stems, np.flatnonzero(np.diff(stems) != 1) + 1):
        starts = field.occurrence_starts(int(stretch[0]), int(stretch[-1]) + 1)
        counts.append(np.diff(starts))
        codes.append(field.read_forms(int(starts[0]), int(starts[-1])))
    return np.repeat(np.arange(len(stems)), np.concatenate(counts)), np.concatenate(codes)


def _plain(postings: tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]) -> Counted:
    return postings[0], postings[2]


def _ranges(starts: NDArray[np.int64], stops: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give all numbers of some ranges, one after the other."""
    counts = stops - starts
    ends = np.cumsum(counts)
    numbers: NDArray[np.int64] = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(stops - ends, counts)
    return numbers
