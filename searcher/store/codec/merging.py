"""Makes one segment of several, without the articles that were deleted: a part of the arrays at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.store.codec.builder import new_file, write_documents_end
from searcher.store.codec.columns import BytesColumn, NumberColumn, column_reader, number_type, write_column
from searcher.store.codec.kinds import kind_of
from searcher.store.codec.postings_merging import FieldMerger, Source
from searcher.store.codec.segment import DOCUMENTS, TERMS, ArraySegment
from searcher.store.codec.stored_writer import StoredWriter
from searcher.store.codec.vectors import VectorWriter, vector_items

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from searcher.store.codec.sections_writer import SectionWriter


def merge(
    storage: Any, schema: Any, segments: Sequence[ArraySegment], *, indexname: str = "MAIN", memory: int = 256 << 20
) -> ArraySegment:
    """Write the articles of some segments as one new segment; it is on the disk when this returns.

    Args:
        segments: in the order that their articles are to have.
        indexname: of the new segment.
        storage: the Whoosh storage of the segments, and of the new one.
        schema: of the index: fields that are not in it any more are left out.
        memory: bytes that postings are merged in.
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
                merger = FieldMerger(sources, name, kind_of(schema[name].format), lengths.get(name), memory)
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
