"""Spellings that a pattern or a close spelling stands for: which of the archive's words, and where they are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from searcher.search.engine.arrays import ArrayedSegment
from searcher.search.engine.places import POSITION_BITS
from searcher.search.engine.segments import Postings
from searcher.search.engine.spellings import Asked, count_spelled, places_spelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from searcher.search.engine.places import Places
    from searcher.search.engine.segments import Part, Segment


class Spelling(NamedTuple):
    """A word as it is written, and how often it is written so."""

    form: str
    occurrences: int


class Known(NamedTuple):
    """Some of the spellings in one field of one segment.

    Attributes:
        numbers: of the terms there (int32).
        which: which of the spellings each is.
        counts: how often each occurs there (int64).
    """

    segment: Segment
    field: str
    numbers: NDArray[np.int32]
    which: NDArray[np.intp]
    counts: NDArray[np.int64]


class Forms:
    """Distinct spellings. Two of these are equal when they are the same object.

    Args:
        terms: as UTF-8.
        occurrences: how often each occurs in all (int64).
        known: where they are.
        left_out: how many others there are, which are rarer.
    """

    def __init__(
        self, terms: Sequence[bytes], occurrences: NDArray[np.int64], known: Sequence[Known], *, left_out: int = 0
    ) -> None:
        self.terms = terms
        self.occurrences = occurrences
        self.known = known
        self.left_out = left_out
        self._most_in: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.terms)

    def __iter__(self) -> Iterator[Spelling]:
        for term, count in sorted(zip(self.terms, self.occurrences.tolist(), strict=True)):
            yield Spelling(term.decode("utf-8", "replace"), count)

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return 512 + 64 * len(self.terms) + sum(256 + 20 * len(one.numbers) for one in self.known)

    def most_in(self, field: str) -> int:
        """Tell how often the commonest stands in one field."""
        if field not in self._most_in:
            totals = np.zeros(len(self), np.int64)
            for one in self.known:
                if one.field == field:
                    totals[one.which] += one.counts
            self._most_in[field] = int(totals.max(initial=0))
        return self._most_in[field]

    def within(self, fields: Sequence[str]) -> Spelled:
        """Give them as a word of some fields."""
        return Spelled(self, tuple(fields))


def joined(parts: Sequence[Forms]) -> Forms:
    """Put spellings together, of which none comes twice."""
    origins = np.cumsum([0, *map(len, parts)]).tolist()
    return Forms(
        [term for part in parts for term in part.terms],
        np.concatenate([part.occurrences for part in parts]),
        [
            one._replace(which=one.which + origin)
            for part, origin in zip(parts, origins, strict=False)
            for one in part.known
        ],
    )


class Spelled(NamedTuple):
    """One word in any of some spellings, in some fields of exact spellings."""

    forms: Forms
    fields: tuple[str, ...]

    def any_of(self) -> tuple[tuple[str, bytes], ...]:
        """The terms that it can be."""
        return tuple((field, term) for field in self.fields for term in self.forms.terms)

    def knows(self, part: Part) -> bool:
        """Tell whether it is known what of it a segment, or all of them as one, have."""
        return any(one.segment in getattr(part, "segments", (part,)) for one in self.forms.known)

    def known(self, part: Part, field: str) -> list[Known]:
        """Give where it is in one field of a segment, or of all of them as one."""
        segments = getattr(part, "segments", (part,))
        return [one for one in self.forms.known if one.field == field and len(one.numbers) and one.segment in segments]

    def place_count(self, part: Part, field: str) -> int:
        """Tell how often it stands in one field."""
        return sum(int(one.counts.sum()) for one in self.known(part, field))

    @property
    def most_occurrences(self) -> int:
        """How often the commonest spelling of any field stands there."""
        return max(map(self.forms.most_in, self.fields))

    def places(self, part: Part, field: str) -> Iterator[Places]:
        """Yield where it stands in one field, some places at a time: ascending, each once."""
        for one in self.known(part, field):
            base = one.segment.base - part.base
            spellings = one.segment.spelled(field) if isinstance(one.segment, ArrayedSegment) else None
            if spellings is not None:
                yield from places_spelled(Asked(spellings, one.numbers.astype(np.int64), base))
                continue
            for number in one.which.tolist():
                yield one.segment.placed(field, self.forms.terms[number], None).places + (base << POSITION_BITS)

    def occurrences(self, part: Part, field: str) -> Iterator[Postings]:
        """Yield the articles of a part that have it in one field, with repeats and in no order, and how often.

        Those of some spellings come at a time.
        """
        asked = []
        for one in self.known(part, field):
            base = one.segment.base - part.base
            spellings = one.segment.spelled(field) if isinstance(one.segment, ArrayedSegment) else None
            if spellings is None:
                terms = [self.forms.terms[number] for number in one.which.tolist()]
                for articles, frequencies in one.segment.frequencies(field, terms):
                    yield Postings(articles + np.int32(base), frequencies)
            else:
                asked.append(Asked(spellings, one.numbers.astype(np.int64), base))
        if asked:
            yield from map(Postings._make, count_spelled(asked))
