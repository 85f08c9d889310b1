"""Many spellings at once: where all spellings of a stem are asked for, the stem's own postings say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from searcher.store.codec.forms import FormArrays


class Spellings:
    """Which stems the spellings in one segment belong to: a spelling may have several, read in several languages."""

    def __init__(self, forms: FormArrays) -> None:
        stems, _ = forms.all_entries()
        nameless, _ = forms.nameless_entries()
        self._stems = stems.astype(np.int64)
        self._owners = np.repeat(np.arange(forms.term_count), np.diff(forms.entry_starts()))
        self._known = forms.stems.term_count
        size = max(self._known, int(self._stems.max(initial=-1)) + 1)
        self._spellings = np.bincount(self._stems, minlength=size)
        # What has no spelling of its own is never asked for, so such a stem is never whole.
        self._spellings[nameless.astype(np.int64)] += 1
        self._count = forms.term_count

    def whole_stems(self, numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Part some spellings into stems that they make up whole and the spellings that are left.

        Args:
            numbers: of spellings.

        Returns:
            The numbers of the stems and of the other spellings, both ascending; together they stand for `numbers`.
        """
        asked = np.zeros(self._count, np.bool_)
        asked[numbers] = True
        entries = np.flatnonzero(asked[self._owners])
        stems, owners = self._stems[entries], self._owners[entries]
        whole = np.bincount(stems, minlength=len(self._spellings)) == self._spellings
        whole[self._known :] = False
        while True:
            left = np.zeros(self._count, np.bool_)
            left[owners[~whole[stems]]] = True
            shared = stems[left[owners]]
            if not whole[shared].any():
                break
            # A spelling that is left is read with all its stems: none of those may be read twice.
            whole[shared] = False
        return np.unique(stems[whole[stems]]), np.flatnonzero(left)
