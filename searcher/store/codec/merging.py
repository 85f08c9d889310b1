"""Makes one segment of several, without the articles that were deleted: stretches of terms at a time, arrays only."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.store.codec.arrays import sorted_order
from searcher.store.codec.builder import new_file, write_documents_end
from searcher.store.codec.columns import BytesColumn, NumberColumn, column_reader, number_type, write_column
from searcher.store.codec.forms import FormArrays
from searcher.store.codec.forms_merging import FormsMerger
from searcher.store.codec.forms_writer import EXACT, LOOSE
from searcher.store.codec.kinds import POSITIONS, Details, Kind, kind_of
from searcher.store.codec.postings import ragged_rows
from searcher.store.codec.postings_writer import PostingsWriter, Run
from searcher.store.codec.segment import DOCUMENTS, TERMS, ArraySegment
from searcher.store.codec.stored_writer import StoredWriter
from searcher.store.codec.vectors import VectorWriter, vector_items

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from searcher.store.codec.arrays import SegmentArrays
    from searcher.store.codec.postings import FieldArrays
    from searcher.store.codec.sections import SectionWriter

_BYTES_AN_OCCURRENCE = 100
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


def merge(
    storage: Any, schema: Any, segments: Sequence[ArraySegment], *, indexname: str = "MAIN", memory: int = 256 << 20
) -> ArraySegment:
    """Write the articles of some segments as one new segment; it is on the disk when this returns.

    Args:
        segments: in the order that their articles are to have.
        indexname: of the new segment.
        storage: the Whoosh storage of the segments, and of the new one.
        schema: of the index: fields that are not in it any more are left out.
        memory: bytes to work in, as far as the postings of one term allow.
    """
    sources: list[Source] = []
    count = 0
    for segment in segments:
        arrays = segment.arrays(storage)
        live = arrays.live
        numbers = np.arange(arrays.article_count) if live is None else np.cumsum(live) - 1
        kept = arrays.article_count if live is None else int(np.count_nonzero(live))
        sources.append(Source(arrays, live, (numbers + count).astype(np.int32), kept))
        count += kept
    merged = ArraySegment(indexname, count)
    lengths = _merged_lengths(sources, schema)
    totals: dict[str, int] = {}
    with new_file(storage, merged, TERMS) as file:
        fields: dict[str, Any] = {}
        for name in sorted({name for source in sources for name in source.arrays.fields if name in schema}):
            if name not in fields:
                merger = _FieldMerger(sources, name, kind_of(schema[name].format), lengths.get(name), memory)
                fields |= merger.write(file, schema)
                totals[name] = merger.occurrences
        file.finish({"fields": dict(sorted(fields.items()))})
    with new_file(storage, merged, DOCUMENTS) as file:
        _merge_stored(sources).finish(file)
        columns = _merge_columns(file, sources, schema, count)
        vectors = _merge_vectors(file, sources, schema, count)
        ends = {name: (codes, totals.get(name, 0)) for name, codes in lengths.items()}
        write_documents_end(file, count, columns, ends, vectors)
    return merged


def _kept(source: Source, values: NDArray[Any]) -> NDArray[Any]:
    return values if source.live is None else values[source.live]


def _merged_lengths(sources: list[Source], schema: Any) -> dict[str, NDArray[np.uint8]]:
    names = sorted({name for source in sources for name in source.arrays.length_fields if name in schema})
    merged = {}
    for name in names:
        parts = []
        for source in sources:
            codes = source.arrays.lengths(name).codes
            parts.append(np.zeros(source.kept, np.uint8) if codes is None else _kept(source, codes))
        merged[name] = np.concatenate(parts)
    return merged


# Postings.


class _FieldMerger:
    """Merges one field, and the field of its spellings with it."""

    def __init__(
        self, sources: list[Source], name: str, kind: Kind, codes: NDArray[np.uint8] | None, memory: int
    ) -> None:
        self._name = name
        self._kind = kind
        self._codes = codes
        self._at_once = max(memory // _BYTES_AN_OCCURRENCE, 1 << 12)
        fields = [(source, source.arrays.field(name)) for source in sources]
        # A field without a term may still have spellings, of words without a stem.
        self._fields = [
            (source, field)
            for source, field in fields
            if field is not None and (field.term_count or source.arrays.field(name + EXACT))
        ]
        self._sources = sources
        self._terms_written = 0
        self.occurrences = 0

    def write(self, file: SectionWriter, schema: Any) -> dict[str, Any]:
        """Write the sections; give the facts of the fields written."""
        if not self._fields:
            return {}
        exact = self._name + EXACT
        forms = [source.arrays.field(exact) for source, _ in self._fields] if exact in schema else []
        spelt = [field for field in forms if field is not None]
        if spelt and len(spelt) == len(forms) and all(isinstance(field, FormArrays) for field in spelt):
            others = [s.arrays.field(exact) for s in self._sources if s.arrays.field(self._name) is None]
            if not any(others):
                return self._write_with_forms(file, [field for field in spelt if isinstance(field, FormArrays)])
        writer = PostingsWriter(self._kind, self._codes)
        deque(self._write_runs(writer, None), maxlen=0)
        return {self._name: writer.finish(file, self._name)}

    def _write_with_forms(self, file: SectionWriter, spelt: list[FormArrays]) -> dict[str, Any]:
        exact = self._name + EXACT
        forms = FormsMerger(spelt)
        writer = PostingsWriter(self._kind, self._codes, forms=True)
        deque(self._write_runs(writer, forms), maxlen=0)
        facts = {self._name: writer.finish(file, self._name)}
        stems = self._terms_written
        loose = [(source, field.loose) for (source, _), field in zip(self._fields, spelt, strict=True)]
        kept = [(source, field) for source, field in loose if field is not None]
        if kept:
            hidden = _FieldMerger([], exact + LOOSE, POSITIONS, None, self._at_once * _BYTES_AN_OCCURRENCE)
            hidden._fields = kept
            writer = PostingsWriter(POSITIONS, None)
            forms.add_loose(hidden._write_runs(writer, None), stems)
            facts[exact + LOOSE] = writer.finish(file, exact + LOOSE) | {"hidden": True}
        facts[exact] = forms.write(file, exact, self._name)
        return facts

    def _write_runs(
        self, writer: PostingsWriter, forms: FormsMerger | None
    ) -> Iterator[tuple[Sequence[bytes], NDArray[Any]]]:
        """Write all postings; yield, run by run, the terms written and how often each occurs."""
        self._terms_written = 0
        for ranges in self._stretches():
            run = self._run(ranges, forms)
            writer.add(run)
            frequencies = run.details.frequencies
            occurrences = run.counts
            if frequencies is not None and len(run.terms):
                occurrences = np.add.reduceat(frequencies, np.cumsum(run.counts) - run.counts, dtype=np.int64)
            self.occurrences += int(occurrences.sum())
            self._terms_written += len(run.terms)
            yield run.terms, occurrences

    def _stretches(self) -> Iterator[list[tuple[int, int]]]:
        """Yield for each field the term numbers `[start, stop)` of one stretch of the lexicon after the other."""
        largest = max((field for _, field in self._fields), key=lambda field: field.term_count)
        share = max(self._at_once // len(self._fields), 1)
        ends = largest.occurrence_starts().astype(np.int64)
        starts = [0] * len(self._fields)
        at = 0
        while at < largest.term_count:
            at = min(max(at + 1, int(np.searchsorted(ends, ends[at] + share, side="right")) - 1), at + _TERMS_AT_ONCE)
            bound = largest.term(at) if at < largest.term_count else None
            stops = [field.span(None, bound)[1] for _, field in self._fields]
            yield list(zip(starts, stops, strict=True))
            starts = stops

    def _run(self, ranges: list[tuple[int, int]], forms: FormsMerger | None) -> Run:
        """Merge one stretch of the lexicon."""
        lists = [field.terms(*span) for (_, field), span in zip(self._fields, ranges, strict=True)]
        terms = sorted(set().union(*lists))
        number = {term: index for index, term in enumerate(terms)}
        keys, articles, parts, weights, codes = [], [], [], [], []
        boosted = any(field.has_weights for _, field in self._fields)
        numbers = [np.fromiter(map(number.__getitem__, some), np.int64, len(some)) for some in lists]
        if forms is not None:
            forms.begin(ranges, numbers)
        for index, ((source, field), (start, stop)) in enumerate(zip(self._fields, ranges, strict=True)):
            if start == stop:
                continue
            counts, old, details = _read(field, start, stop)
            details = converted(details, len(old), self._kind)
            posting_keys = np.repeat(numbers[index], counts)
            held = None if source.live is None else np.flatnonzero(source.live[old])
            if boosted:
                weight = _weights(field, start, stop)
                weights.append(weight if held is None else weight[held])
            if forms is not None:
                one, two = field.occurrence_starts(start, stop)[[0, -1]].tolist()
                entries = forms.entries(index, start, stop, field.read_forms(one, two))
                codes.append(entries if held is None else ragged_rows(starts_of(details), held, entries))
            if held is not None:
                posting_keys, old, details = posting_keys[held], old[held], taken(details, held)
            keys.append(posting_keys)
            articles.append(source.numbers[old])
            parts.append(details)
        run, left = _ordered(terms, keys, articles, parts, weights, codes=codes)
        if forms is not None and run.forms is not None:
            stems = np.zeros(len(terms), np.int64)
            stems[left] = np.arange(self._terms_written, self._terms_written + len(left))
            run.forms = forms.numbered(run.forms, stems)
        return run


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


def _weights(field: FieldArrays, start: int, stop: int) -> NDArray[np.float32]:
    """Decode the weights of terms `[start, stop)`, which may be the frequencies."""
    if isinstance(field, FormArrays):
        return np.concatenate([field.postings(number).frequencies for number in range(start, stop)]).astype(np.float32)
    first, last = field.starts(start, stop)[[0, -1]].tolist()
    weights = field.read_weights(first, last)
    return field.read_frequencies(first, last).astype(np.float32) if weights is None else weights


def _ordered(
    terms: list[bytes],
    keys: list[NDArray[np.int64]],
    articles: list[NDArray[np.int32]],
    parts: list[Details],
    weights: list[NDArray[np.float32]],
    *,
    codes: list[NDArray[Any]],
) -> tuple[Run, NDArray[np.int64]]:
    """Put postings in order of term; give them, and which of `terms` are left."""
    key = np.concatenate(keys)
    details = joined_details(parts)
    counts = np.bincount(key, minlength=len(terms))
    in_order = np.concatenate(articles)
    all_weights = np.concatenate(weights) if weights else None
    form_codes = np.concatenate(codes) if codes else None
    if len(terms) > 1:  # those of one term stand in order, and may be very many
        order = sorted_order(key)
        in_order = in_order[order]
        all_weights = None if all_weights is None else all_weights[order]
        form_codes = None if form_codes is None else ragged_rows(starts_of(details), order, form_codes)
        details = taken(details, order)
    left = np.flatnonzero(counts)
    if len(left) < len(terms):
        terms = [terms[index] for index in left.tolist()]
        counts = counts[left]
    return Run(terms, counts, in_order, details, all_weights, form_codes), left


def starts_of(details: Details) -> NDArray[np.int64]:
    """Give where the occurrences of each posting begin, and where the last one's end."""
    if details.frequencies is None:
        raise ValueError("postings without frequencies have no occurrences of their own")
    starts = np.zeros(len(details.frequencies) + 1, np.int64)
    np.cumsum(details.frequencies, out=starts[1:])
    return starts


def taken(details: Details, rows: NDArray[np.int64]) -> Details:
    """Take some postings' details, in the order given."""
    if details.frequencies is None:
        return details
    chosen = Details(details.frequencies[rows])
    if details.values is not None:
        chosen.values = [details.values[row] for row in rows.tolist()]
    if details.positions is not None:
        starts = starts_of(details)
        for name in ("positions", "first", "last", "boosts"):
            if (column := getattr(details, name)) is not None:
                setattr(chosen, name, ragged_rows(starts, rows, column))
    return chosen


def joined_details(parts: list[Details]) -> Details:
    """Put the details of several rows of postings one after the other."""
    whole = Details()
    if any(part.frequencies is None for part in parts):
        return whole
    for name in ("frequencies", "positions", "first", "last", "boosts"):
        columns = [getattr(part, name) for part in parts]
        if columns and all(column is not None for column in columns):
            setattr(whole, name, np.concatenate(columns))
    if parts and parts[0].values is not None:
        whole.values = [value for part in parts for value in part.values or ()]
    return whole


def converted(details: Details, count: int, kind: Kind) -> Details:
    """Make details what the schema says now, if it said something else when they were written."""
    if not kind.frequencies:
        return Details()
    if details.frequencies is None:
        details.frequencies = np.ones(count, np.int32)
    total = int(details.frequencies.sum())
    if kind.positions and details.positions is None:
        details.positions = np.zeros(total, np.int32)
    if kind.characters and details.first is None:
        details.first = details.last = np.zeros(total, np.int32)
    if kind.boosts and details.boosts is None:
        details.boosts = np.ones(total, np.float64)
    if kind.opaque and details.values is None:
        details.values = [b""] * count
    return details


# Documents.


def _merge_stored(sources: list[Source]) -> StoredWriter:
    writer = StoredWriter()
    for source in sources:
        reader = source.arrays.stored_reader
        if source.live is not None or not writer.add_blocks(reader):
            numbers = range(source.arrays.article_count)
            live = numbers if source.live is None else np.flatnonzero(source.live).tolist()
            for text in reader.texts(live):
                writer.add(text)
    return writer


def _merge_columns(file: SectionWriter, sources: list[Source], schema: Any, count: int) -> dict[str, str]:
    merged: dict[str, str] = {}
    for name in sorted({name for source in sources for name in source.arrays.columns if name in schema}):
        column = schema[name].column_type
        if column is None:
            continue
        articles, values = [], []
        for source in sources:
            kind = source.arrays.columns.get(name)
            if kind is None:
                continue
            articles.append(_kept(source, source.numbers))
            values.append(_column_values(source, name, kind, column))
        flat: Any
        if number_type(column) is not None and all(isinstance(some, np.ndarray) for some in values):
            flat = np.concatenate(values)
        else:
            flat = [value for some in values for value in (some.tolist() if isinstance(some, np.ndarray) else some)]
        merged[name] = write_column(file, name, column, np.concatenate(articles).astype(np.int64), flat, count=count)
    return merged


def _column_values(source: Source, name: str, kind: str, column: Any) -> Any:
    arrays = source.arrays
    if kind == "numbers":
        return _kept(source, NumberColumn(arrays.documents_file, name, arrays.article_count).values)
    if kind == "bytes":
        held = BytesColumn(arrays.documents_file, name, arrays.article_count)
        return [held.dictionary[ordinal] for ordinal in _kept(source, held.ordinals).tolist()]
    reader = column_reader(arrays.documents_file, name, kind, column, arrays.article_count)
    return [reader[number] for number in _kept(source, np.arange(arrays.article_count)).tolist()]


def _merge_vectors(file: SectionWriter, sources: list[Source], schema: Any, count: int) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for name in sorted({name for source in sources for name in source.arrays.vectors if name in schema}):
        format_ = schema[name].vector
        if not format_:
            continue
        writer = VectorWriter(format_)
        for source in sources:
            if name in source.arrays.vectors:
                for number in _kept(source, np.arange(source.arrays.article_count)).tolist():
                    items = vector_items(source.arrays.documents_file, name, number, format_)
                    writer.add(int(source.numbers[number]), items)
        merged[name] = writer.finish(file, name, count)
    return merged
