"""Merges the postings of a field of several segments: stretches of terms at a time, a frequent term piece by piece."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.store.codec.arrays import sorted_order
from searcher.store.codec.details import converted, joined, joined_details, starts_of, taken
from searcher.store.codec.forms import FormArrays
from searcher.store.codec.forms_merging import FormsMerger
from searcher.store.codec.forms_writer import EXACT, LOOSE
from searcher.store.codec.kinds import POSITIONS, Details, Kind
from searcher.store.codec.postings_writer import PostingsWriter, Run
from searcher.store.codec.ragged import ragged_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from searcher.store.codec.arrays import SegmentArrays
    from searcher.store.codec.postings import FieldArrays
    from searcher.store.codec.sections_writer import SectionWriter

_BYTES_AN_OCCURRENCE = 100
_LEAST_AT_ONCE = 1 << 12
_TERMS_AT_ONCE = 1 << 15


@dataclass(slots=True)
class Source:
    """A segment that is being merged.

    Attributes:
        live: which of its articles are kept; None: all.
        numbers: the new number of each article; those of deleted ones mean nothing.
        kept: how many articles are kept.
    """

    arrays: SegmentArrays
    live: NDArray[np.bool_] | None
    numbers: NDArray[np.int32]
    kept: int


class FieldMerger:
    """Merges one field, and the field of its spellings with it.

    Args:
        sources: all that is merged.
        name: of the field.
        kind: what its postings are to hold.
        codes: the field's length code in each merged article; None where it is not scored.
        memory: bytes to work in.

    Attributes:
        occurrences: how many were written.
    """

    def __init__(
        self, sources: Sequence[Source], name: str, kind: Kind, codes: NDArray[np.uint8] | None, memory: int
    ) -> None:
        self._sources = sources
        self._name = name
        self._kind = kind
        self._codes = codes
        self._at_once = max(memory // _BYTES_AN_OCCURRENCE, _LEAST_AT_ONCE)
        self.occurrences = 0

    def write(self, file: SectionWriter, schema: Any) -> dict[str, Any]:
        """Write the sections; give the facts of the fields written."""
        exact = self._name + EXACT
        found = [(source, source.arrays.field(self._name)) for source in self._sources]
        # A field without a term may still have spellings, of words without a stem.
        fields = [
            (source, field)
            for source, field in found
            if field is not None and (field.term_count or source.arrays.field(exact))
        ]
        if not fields:
            return {}
        spelt = [source.arrays.field(exact) for source, _ in fields] if exact in schema else []
        forms = [field for field in spelt if isinstance(field, FormArrays)]
        others = [source.arrays.field(exact) for source, field in found if field is None]
        if len(forms) == len(fields) and not any(others):
            return self._write_with_forms(file, fields, forms)
        writer = PostingsWriter(self._kind, self._codes)
        for _, counts in _TermsMerger(fields, self._kind, self._at_once).write(writer):
            self.occurrences += int(counts.sum())
        return {self._name: writer.finish(file, self._name)}

    def _write_with_forms(
        self, file: SectionWriter, fields: list[tuple[Source, FieldArrays]], spelt: list[FormArrays]
    ) -> dict[str, Any]:
        exact = self._name + EXACT
        forms = FormsMerger(spelt)
        writer = PostingsWriter(self._kind, self._codes, forms=True)
        stems = 0
        for terms, counts in _TermsMerger(fields, self._kind, self._at_once, forms).write(writer):
            self.occurrences += int(counts.sum())
            stems += len(terms)
        facts = {self._name: writer.finish(file, self._name)}
        loose = [(source, field.loose) for (source, _), field in zip(fields, spelt, strict=True)]
        kept = [(source, field) for source, field in loose if field is not None]
        if kept:
            writer = PostingsWriter(POSITIONS, None)
            forms.add_loose(_TermsMerger(kept, POSITIONS, self._at_once).write(writer), stems)
            facts[exact + LOOSE] = writer.finish(file, exact + LOOSE) | {"hidden": True}
        facts[exact] = forms.write(file, exact, self._name)
        return facts


@dataclass(slots=True)
class _Part:
    """Postings of one segment, those of deleted articles left out; in order of term, then article.

    Attributes:
        keys: of each posting its term's number in the stretch.
        articles: its article.
        weights: None where all weights of the field are the frequencies.
        entries: of each occurrence its spelling, as `FormsMerger.entries` numbers them; None where there are none.
    """

    keys: NDArray[np.int64]
    articles: NDArray[np.int32]
    details: Details
    weights: NDArray[np.float32] | None
    entries: NDArray[np.int32] | None


class _TermsMerger:
    """Merges terms with their postings, from the first term to the last.

    Args:
        fields: with the segment of each.
        kind: what the postings are to hold.
        at_once: occurrences that are held at a time.
        forms: merges the spellings of these terms.
    """

    def __init__(
        self,
        fields: Sequence[tuple[Source, FieldArrays]],
        kind: Kind,
        at_once: int,
        forms: FormsMerger | None = None,
    ) -> None:
        self._fields = fields
        self._kind = kind
        self._at_once = at_once
        self._forms = forms
        self._ends = [field.occurrence_starts() for _, field in fields]
        self._boosted = any(field.has_weights for _, field in fields)
        self._written = 0

    def write(self, writer: PostingsWriter) -> Iterator[tuple[Sequence[bytes], NDArray[Any]]]:
        """Write all postings; yield, stretch by stretch, the terms written and how often each occurs."""
        for ranges in self._stretches():
            lists = [field.terms(*span) for (_, field), span in zip(self._fields, ranges, strict=True)]
            terms = sorted(set().union(*lists))
            number = {term: index for index, term in enumerate(terms)}
            numbers = [np.fromiter(map(number.__getitem__, some), np.int64, len(some)) for some in lists]
            if self._forms is not None:
                self._forms.begin(ranges, numbers)
            held = [index for index, (start, stop) in enumerate(ranges) if start < stop]
            if len(terms) == 1 and self._occurrences(ranges) > self._at_once:
                written, counts = self._write_frequent(writer, terms, {index: ranges[index][0] for index in held})
            else:
                parts = [self._part(index, *ranges[index], numbers[index]) for index in held]
                written, counts = self._write_stretch(writer, terms, parts)
            self._written += len(written)
            yield written, counts

    def _stretches(self) -> Iterator[list[tuple[int, int]]]:
        """Yield for each field the term numbers `[start, stop)` of one stretch of the lexicon after the other.

        One that holds more occurrences than are held at a time is a single term.
        """
        share = self._at_once // len(self._fields)
        starts = [0] * len(self._fields)
        while True:
            left = [index for index, (_, field) in enumerate(self._fields) if starts[index] < field.term_count]
            if not left:
                return
            firsts = {index: self._fields[index][1].term(starts[index]) for index in left}
            first = min(firsts.values())
            alone = [(at, at + (firsts.get(index) == first)) for index, at in enumerate(starts)]
            if self._occurrences(alone) > self._at_once:
                ranges = alone
            else:
                bounds = [
                    bound
                    for index in left
                    if (bound := self._bound(index, starts[index], share, only=firsts[index] != first)) is not None
                ]
                bound = min(bounds, default=None)
                ranges = [(at, field.span(None, bound)[1]) for at, (_, field) in zip(starts, self._fields, strict=True)]
            yield ranges
            starts = [stop for _, stop in ranges]

    def _bound(self, index: int, start: int, share: int, *, only: bool) -> bytes | None:
        """Give the term before which a field's share ends: its first at the least if `only` then fits; None: none."""
        ends, field = self._ends[index], self._fields[index][1]
        most = min(int(ends[start]) + share, int(ends[-1]))
        stop = int(ends.searchsorted(np.asarray(most, ends.dtype), "right")) - 1
        stop = min(max(stop, start if only else start + 1), start + _TERMS_AT_ONCE)
        return field.term(stop) if stop < field.term_count else None

    def _occurrences(self, ranges: Sequence[tuple[int, int]]) -> int:
        return sum(int(ends[stop]) - int(ends[start]) for ends, (start, stop) in zip(self._ends, ranges, strict=True))

    def _write_stretch(
        self, writer: PostingsWriter, terms: Sequence[bytes], parts: list[_Part]
    ) -> tuple[Sequence[bytes], NDArray[Any]]:
        """Write terms from all their postings, if any are left; give those written and how often each occurs."""
        whole = _ordered(parts, several=len(terms) > 1)
        counts = np.bincount(whole.keys, minlength=len(terms))
        left = np.flatnonzero(counts)
        counts = counts[left]
        run = Run([terms[index] for index in left.tolist()], counts, whole.articles, whole.details, whole.weights)
        if self._forms is not None and whole.entries is not None:
            stems = np.zeros(len(terms), np.int64)
            stems[left] = np.arange(self._written, self._written + len(left))
            run.forms = self._forms.codes(self._forms.count(whole.entries), stems)[whole.entries]
        writer.add(run)
        frequencies = whole.details.frequencies
        if frequencies is None or not len(left):
            return run.terms, counts
        return run.terms, np.add.reduceat(frequencies, np.cumsum(counts) - counts, dtype=np.int64)

    def _write_frequent(
        self, writer: PostingsWriter, terms: Sequence[bytes], places: dict[int, int]
    ) -> tuple[Sequence[bytes], NDArray[Any]]:
        """Write one term, given its number in each segment that has it, a piece of its postings at a time."""
        codes = None
        if self._forms is not None:
            used = sum(self._spellings(self._forms, index, number) for index, number in places.items())
            codes = self._forms.codes(np.asarray(used), np.array([self._written]))
        count = 0
        begun = False
        for index, number in places.items():
            for part in self._pieces(index, number):
                if len(part.articles):
                    forms = codes[part.entries] if codes is not None and part.entries is not None else None
                    counts = np.array([len(part.articles)])
                    writer.add(Run(terms, counts, part.articles, part.details, part.weights, forms), goes_on=begun)
                    frequencies = part.details.frequencies
                    count += len(part.articles) if frequencies is None else int(frequencies.sum())
                    begun = True
        return terms[:begun], np.array([count][:begun], np.int64)

    def _spellings(self, forms: FormsMerger, index: int, number: int) -> NDArray[np.int64]:
        """Count how often each spelling of a term occurs in what is kept of a segment."""
        source, field = self._fields[index]
        counts = np.zeros(forms.entry_count, np.int64)
        if source.live is None:
            first, last = field.occurrence_starts(number, number + 1).tolist()
            for start in range(first, last, self._at_once):
                codes = field.read_forms(start, min(start + self._at_once, last))
                counts += forms.count(forms.entries(index, number, number + 1, codes))
        else:
            for part in self._pieces(index, number):
                if part.entries is not None:
                    counts += forms.count(part.entries)
        return counts

    def _part(self, index: int, start: int, stop: int, numbers: NDArray[np.int64]) -> _Part:
        """Read all postings of terms `[start, stop)` of a segment, given their numbers in the stretch."""
        _, field = self._fields[index]
        counts, articles, details = _read(field, start, stop)
        weights = None
        if not isinstance(field, FormArrays):
            first, last = field.starts(start, stop)[[0, -1]].tolist()
            weights = field.read_weights(first, last)
        entries = None
        if self._forms is not None:
            first, last = field.occurrence_starts(start, stop)[[0, -1]].tolist()
            entries = self._forms.entries(index, start, stop, field.read_forms(first, last))
        return self._kept(index, _Part(np.repeat(numbers, counts), articles, details, weights, entries))

    def _pieces(self, index: int, number: int) -> Iterator[_Part]:
        """Read the postings of one term of a segment, some at a time."""
        _, field = self._fields[index]
        if isinstance(field, FormArrays):
            yield self._part(index, number, number + 1, np.zeros(1, np.int64))
            return
        first, last = field.starts(number, number + 1).tolist()
        at, end = field.occurrence_starts(number, number + 1).tolist()
        step = max((last - first) * self._at_once // (end - at), 1)
        before = 0
        for start in range(first, last, step):
            stop = min(start + step, last)
            articles = field.read_articles(np.array([start, stop], np.int64))
            if before + int(articles[-1]) >= field.article_count:
                raise field.names_no_article()
            articles += np.int32(before)
            before = int(articles[-1])
            details = field.read_details(start, stop)
            weights = field.read_weights(start, stop)
            entries = None
            if self._forms is not None and details.frequencies is not None:
                here, at = at, at + int(details.frequencies.sum())
                entries = self._forms.entries(index, number, number + 1, field.read_forms(here, at))
            yield self._kept(index, _Part(np.zeros(stop - start, np.int64), articles, details, weights, entries))

    def _kept(self, index: int, part: _Part) -> _Part:
        """Give what is left of postings of a segment, under the new numbers of their articles."""
        source, _ = self._fields[index]
        details, weights, count = part.details, part.weights, len(part.articles)
        if not self._boosted:
            weights = None
        elif weights is None:  # they are the frequencies
            weights = (np.ones(count) if details.frequencies is None else details.frequencies).astype(np.float32)
        details = converted(details, count, self._kind)
        if source.live is None:
            return _Part(part.keys, source.numbers[part.articles], details, weights, part.entries)
        held = np.flatnonzero(source.live[part.articles])
        return _Part(
            part.keys[held],
            source.numbers[part.articles[held]],
            taken(details, held),
            None if weights is None else weights[held],
            None if part.entries is None else ragged_rows(starts_of(details), held, part.entries),
        )


def _read(field: FieldArrays, start: int, stop: int) -> tuple[NDArray[np.int64], NDArray[np.int32], Details]:
    """Decode terms `[start, stop)`: postings a term, articles, details."""
    if isinstance(field, FormArrays):
        found = [field.postings(number) for number in range(start, stop)]
        counts = np.array([len(postings) for postings in found], np.int64)
        frequencies = np.concatenate([postings.frequencies for postings in found])
        positions = np.concatenate([postings.positions[1] for postings in found])
        articles = np.concatenate([postings.articles for postings in found])
        return counts, articles, Details(frequencies, positions)
    places = field.starts(start, stop).astype(np.int64)
    return np.diff(places), field.read_articles(places), field.read_details(int(places[0]), int(places[-1]))


def _ordered(parts: list[_Part], *, several: bool) -> _Part:
    """Put the postings of segments in order of term, then segment; those of one term stand so already."""
    keys = np.concatenate([part.keys for part in parts])
    articles = np.concatenate([part.articles for part in parts])
    details = joined_details([part.details for part in parts])
    weights, entries = joined([part.weights for part in parts]), joined([part.entries for part in parts])
    if several:
        order = sorted_order(keys)
        keys, articles = keys[order], articles[order]
        weights = None if weights is None else weights[order]
        entries = None if entries is None else ragged_rows(starts_of(details), order, entries)
        details = taken(details, order)
    return _Part(keys, articles, details, weights, entries)
