"""Merges fields of spellings: which spellings each merged stem has, and which of them every occurrence is."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from searcher.store.codec.forms_writer import number_codes, write_forms
from searcher.store.codec.sections import damaged

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from searcher.store.codec.forms import FormArrays
    from searcher.store.codec.sections_writer import SectionWriter


class _Entries(NamedTuple):
    """Entries of spellings, an item each: the spelling's number, the stem's, the code, how often it occurs."""

    forms: NDArray[Any]
    stems: NDArray[Any]
    codes: NDArray[Any]
    counts: NDArray[Any]


class FormsMerger:
    """Merges the fields of spellings of segments, a stretch of stems after the other.

    For each stretch: `begin`, then `entries` of each segment's occurrences, then `codes`, given how often each entry is
    left. `write` comes last.

    Attributes:
        entry_count: entries of the stretch, a spelling of a stem each.
    """

    def __init__(self, fields: Sequence[FormArrays]) -> None:
        forms: set[bytes] = set()
        for field in fields:
            forms.update(field.terms())
        self._forms: list[bytes] = sorted(forms)
        number = {form: index for index, form in enumerate(self._forms)}
        self._segments = [
            _SegmentForms(field, np.fromiter(map(number.__getitem__, field.terms()), np.int32, field.term_count))
            for field in fields
        ]
        none = np.empty(0, np.int64)
        self._done = [_Entries(none, none, none, none)]
        self.entry_count = 0
        self._stretch: list[NDArray[np.int32]] = []
        self._stems: NDArray[np.int64] = np.empty(0, np.int64)
        self._stretch_forms: NDArray[np.int64] = np.empty(0, np.int64)

    def begin(self, ranges: Sequence[tuple[int, int]], numbers: Sequence[NDArray[np.int64]]) -> None:
        """Begin a stretch of stems.

        Args:
            ranges: for each segment the numbers `[start, stop)` of its stems.
            numbers: for each segment the number that each of these has in the stretch.
        """
        pieces = [
            segment.pairs(start, stop, own)
            for segment, (start, stop), own in zip(self._segments, ranges, numbers, strict=True)
        ]
        stems = np.concatenate([piece[0] for piece in pieces])
        forms = np.concatenate([piece[1] for piece in pieces])
        _, first, inverse = np.unique(
            stems * (len(self._forms) + 1) + forms + 1, return_index=True, return_inverse=True
        )
        self._stems, self._stretch_forms = stems[first], forms[first]
        self.entry_count = len(first)
        # Four bytes each: there is one for every time that a word comes up.
        self._stretch = np.split(inverse.astype(np.int32), np.cumsum([len(piece[0]) for piece in pieces])[:-1])

    def entries(self, segment: int, start: int, stop: int, codes: NDArray[np.uint32]) -> NDArray[np.int32]:
        """Give the entry in this stretch of each occurrence of a segment's stems `[start, stop)`, by their codes.

        Of one stem, also of some of its occurrences.
        """
        forms = self._segments[segment]
        places = forms.places(start, stop, codes)
        if len(places) and int(places.max()) >= len(self._stretch[segment]):
            raise damaged("segment", forms.field.name, "an occurrence has a spelling that is not there")
        chosen: NDArray[np.int32] = self._stretch[segment][places]
        return chosen

    def count(self, entries: NDArray[np.int32]) -> NDArray[np.int64]:
        """Count how often each entry of the stretch occurs."""
        return np.bincount(entries, minlength=self.entry_count)

    def codes(self, counts: NDArray[np.int64], stems: NDArray[np.int64]) -> NDArray[Any]:
        """Give the new code of each entry.

        Args:
            counts: how often each is left.
            stems: for each stem of the stretch its new number in the field.
        """
        held = np.flatnonzero(counts)
        codes = np.zeros(self.entry_count, np.int64)
        codes[held] = number_codes(self._stems[held], counts[held])
        self._done.append(_Entries(self._stretch_forms[held], stems[self._stems[held]], codes[held], counts[held]))
        return codes.astype(np.min_scalar_type(int(codes.max(initial=0))))

    def add_loose(self, runs: Iterable[tuple[Sequence[bytes], NDArray[Any]]], stems: int) -> None:
        """Add the spellings without a stem, run by run as they were written with how often each occurs."""
        at = stems
        for terms, counts in runs:
            forms = np.fromiter((bisect_left(self._forms, term) for term in terms), np.int64, len(terms))
            self._done.append(_Entries(forms, np.arange(at, at + len(terms)), np.zeros(len(terms), np.int64), counts))
            at += len(terms)

    def write(self, file: SectionWriter, name: str, of: str) -> dict[str, Any]:
        """Write the field; give the facts to be kept about it."""
        entries = _Entries(*(np.concatenate(columns) for columns in zip(*self._done, strict=True)))
        left = np.unique(entries.forms[entries.forms >= 0])
        renumbered = np.full(len(self._forms) + 1, -1, np.int64)
        renumbered[left] = np.arange(len(left))
        return write_forms(
            file,
            name,
            of,
            [self._forms[form] for form in left.tolist()],
            entry_forms=renumbered[entries.forms],
            entry_stems=entries.stems,
            entry_codes=entries.codes,
            entry_counts=entries.counts,
        )


class _SegmentForms:
    """The spellings of one segment by stem, numbered as in the merged field."""

    def __init__(self, field: FormArrays, numbers: NDArray[np.int32]) -> None:
        self.field = field
        stems, codes = field.all_entries()
        nameless_stems, nameless_codes = field.nameless_entries()
        ends: NDArray[np.int64] = field.entry_starts().astype(np.int64)
        forms = np.repeat(numbers, ends[1:] - ends[:-1])
        stems = np.concatenate([stems, nameless_stems])
        codes = np.concatenate([codes, nameless_codes])
        forms = np.concatenate([forms, np.full(len(nameless_stems), -1, np.int32)])
        stemmed = stems < field.stems.term_count
        stems, codes, forms = stems[stemmed], codes[stemmed], forms[stemmed]
        order = np.lexsort((codes, stems))
        self._forms = forms[order]
        self._starts = np.zeros(field.stems.term_count + 1, np.int64)
        np.cumsum(np.bincount(stems, minlength=field.stems.term_count), out=self._starts[1:])

    def pairs(self, start: int, stop: int, numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Give the (number of the stem in the stretch, spelling) of the entries of stems `[start, stop)`."""
        counts = np.diff(self._starts[start : stop + 1])
        return np.repeat(numbers, counts), self._forms[self._starts[start] : self._starts[stop]]

    def places(self, start: int, stop: int, codes: NDArray[np.uint32]) -> NDArray[Any]:
        """Give which of `pairs` each occurrence of stems `[start, stop)` is."""
        if stop == start + 1:
            return codes
        ends: NDArray[np.int64] = self.field.stems.occurrence_starts(start, stop).astype(np.int64)
        firsts = self._starts[start:stop] - self._starts[start]
        return np.repeat(firsts, ends[1:] - ends[:-1]) + codes.astype(np.int64)
