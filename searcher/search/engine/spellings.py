"""Many spellings at once: where all spellings of a stem are asked for, the stem's own postings say the same.

What is counted are entries, pairs of a stem and the code of a spelling there: a spelling has several where two
languages read it differently, and what it occurs in is the sum of its entries.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from searcher.search.engine.places import first_places, in_order, placed_at
from searcher.store.codec.many_postings import Terms, forms_of, gaps_of, postings_of
from searcher.store.codec.postings import summed_from
from searcher.store.codec.ragged import ranges
from searcher.store.codec.term_postings import Stretch, TermPostings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from searcher.search.engine.places import Places
    from searcher.store.codec.forms import FormArrays

    Counted = tuple[NDArray[np.int32], NDArray[np.int32]]


AT_ONCE = 1 << 19
"""About how many places are decoded at once."""

COUNTED_AT_ONCE = 1 << 21
"""And how many are counted, whose articles alone are decoded."""


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


def count_spelled(parts: Sequence[Asked]) -> Iterator[Counted]:
    """Yield the articles that have any of some spellings, and how often, those of some stems at a time.

    Args:
        parts: at least one, in order.

    Yields:
        Articles by their numbers in the index, with repeats and in no order, and frequencies (int32).
    """
    entries = [part.spellings.entries(part.numbers) for part in parts]
    # Stems are numbered through all segments.
    origins = np.cumsum([0, *(part.spellings.size for part in parts)])
    together = np.concatenate([stems + origin for (stems, _, _), origin in zip(entries, origins, strict=False)])
    stems, first, at, asked = np.unique(together, return_index=True, return_inverse=True, return_counts=True)
    partly = asked != np.concatenate([held for _, _, held in entries])[first]
    codes = np.concatenate([codes for _, codes, _ in entries])
    fields: list[Terms] = []
    for part, (low, high), origin in zip(parts, pairwise(stems.searchsorted(origins).tolist()), origins, strict=False):
        real, loose = part.spellings.terms(stems[low:high] - origin, part.base)
        fields += real + loose
        # A spelling without a stem shares it with no other.
        partly[high - sum(len(one.numbers) for one in loose) : high] = False
    for low, terms in _pieces(fields):
        high = low + sum(len(one.numbers) for one in terms)
        shared = partly[low:high]
        asked_for = (at >= low) & (at < high)
        asked_for &= partly.take(at)
        rows = (shared.cumsum() - 1).take(at.compress(asked_for) - low)
        yield _counted(terms, shared, rows, codes.compress(asked_for))


def _pieces(fields: Sequence[Terms]) -> Iterator[tuple[int, Sequence[Terms]]]:
    """Cut terms, that hardly more than `COUNTED_AT_ONCE` places are together; give how many terms come before, too."""
    counts = [_place_counts(terms) for terms in fields]
    if sum(int(places.sum()) for places in counts) <= COUNTED_AT_ONCE:
        yield 0, fields
        return
    low = 0
    for terms, places in zip(fields, counts, strict=True):
        for start, stop in pairwise(_cuts(places, COUNTED_AT_ONCE)):
            yield low + start, [terms._replace(numbers=terms.numbers[start:stop])]
        low += len(terms.numbers)


def _counted(
    terms: Sequence[Terms], shared: NDArray[np.bool_], rows: NDArray[np.intp], codes: NDArray[np.uint32]
) -> Counted:
    """Count some terms; of those that are `shared`, only the occurrences that have one of their codes."""
    articles, frequencies, counts = postings_of(terms)
    if not len(rows):
        return articles, frequencies
    mixed = []
    low = 0
    for one in terms:
        numbers = one.numbers.compress(shared[low : low + len(one.numbers)])
        low += len(one.numbers)
        if len(numbers):
            mixed.append(one._replace(numbers=numbers))
    of_shared = shared.repeat(counts)
    own = frequencies.compress(of_shared).cumsum(dtype=np.int64)
    chosen = _chosen(int(own[-1]), mixed, rows, codes)
    sums = chosen.cumsum(dtype=np.int32).take(own - 1)
    frequencies[of_shared] = np.diff(sums, prepend=np.int32(0))
    held = frequencies > 0
    return articles.compress(held), frequencies.compress(held)


def places_spelled(asked: Asked) -> Iterator[Places]:
    """Yield where some spellings stand: a few terms' places at a time, ascending, each once."""
    spellings, numbers, base = asked
    entries, codes, held = spellings.entries(numbers)
    stems, at, counts = np.unique(entries, return_inverse=True, return_counts=True)
    wholly = np.empty(len(stems), np.int64)
    wholly[at] = held
    partly = counts != wholly
    real, loose = spellings.terms(stems, base)
    partly[len(stems) - sum(len(one.numbers) for one in loose) :] = False
    low = 0
    for terms in real + loose:
        for start, stop in pairwise(_cuts(_place_counts(terms), AT_ONCE)):
            own = (at >= low + start) & (at < low + stop)
            shared = partly[low + start : low + stop]
            asked_for = own & partly.take(at)
            rows = (shared.cumsum() - 1).take(at.compress(asked_for) - (low + start))
            some = terms._replace(numbers=terms.numbers[start:stop])
            if stop - start == 1:
                yield from _places_of_one(some, codes.compress(asked_for) if len(rows) else None)
                continue
            yield _places(some, shared, rows, codes.compress(asked_for))
        low += len(terms.numbers)


def _place_counts(terms: Terms) -> NDArray[np.int64]:
    first, last = int(terms.numbers[0]), int(terms.numbers[-1])
    counts: NDArray[np.int64] = terms.field.total_frequencies(first, last + 1).take(terms.numbers - first)
    return counts


def _cuts(counts: NDArray[np.int64], most: int) -> list[int]:
    """Cut terms that have so many places each: a piece has hardly more than `most`, or is one term."""
    pieces = (counts.cumsum() - 1) // most
    long = counts > most
    cuts = (pieces[1:] != pieces[:-1]) | long[1:] | long[:-1]
    return [0, *(cuts.nonzero()[0] + 1).tolist(), len(counts)]


def _places_of_one(terms: Terms, codes: NDArray[np.uint32] | None) -> Iterator[Places]:
    """Yield the places of one term, those of some articles at a time; only the ones that have one of some codes."""
    postings = TermPostings([Stretch.of(terms.field, int(terms.numbers[0]), terms.base)])
    for rows in np.array_split(np.arange(postings.count), 1 + postings.occurrence_count // AT_ONCE):
        if len(rows):
            places = placed_at(postings, rows).places
            yield places if codes is None else places.compress(np.isin(postings.forms_of(rows), codes))


def _places(terms: Terms, shared: NDArray[np.bool_], rows: NDArray[np.intp], codes: NDArray[np.uint32]) -> Places:
    """Give the places of some terms; of those that are `shared`, only the ones that have one of their codes."""
    articles, frequencies, _ = postings_of([terms])
    gaps, counts = gaps_of([terms])
    if len(gaps) != int(frequencies.sum(dtype=np.int64)):
        raise terms.field.miscounts()
    ends = frequencies.cumsum(dtype=np.int64)
    places = summed_from(first_places(articles), gaps, ends)
    if shared.any():
        wanted = shared.repeat(counts)
        mixed = terms._replace(numbers=terms.numbers.compress(shared))
        wanted[wanted] = _chosen(int(np.count_nonzero(wanted)), [mixed], rows, codes)
        wanted |= (~shared).repeat(counts)
        places = places.compress(wanted)
    return in_order(places)


def _chosen(count: int, terms: Sequence[Terms], rows: NDArray[np.intp], codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Tell which of `count` occurrences have one of some codes: `codes[i]` of the term `rows[i]`."""
    forms, counts = forms_of(terms)
    if len(forms) != count:
        raise terms[0].field.miscounts()
    width = max(int(codes.max()), int(forms.max())) + 1
    wanted = np.zeros((len(counts), width), np.bool_)
    wanted[rows, codes] = True
    return wanted.ravel().take(np.arange(0, wanted.size, width).repeat(counts) + forms)
