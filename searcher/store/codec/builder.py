"""Builds a segment from batches of analysed articles, in the time it takes to sort their words."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from io import UnsupportedOperation
from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.store.codec.columns import write_column
from searcher.store.codec.forms_writer import EXACT
from searcher.store.codec.inversion import InvertedText, TermCollector, TextCollector
from searcher.store.codec.kinds import Details, kind_of
from searcher.store.codec.lengths import length_codes
from searcher.store.codec.postings_writer import PostingsWriter, Run
from searcher.store.codec.sections_writer import SectionWriter
from searcher.store.codec.segment import DOCUMENTS, TERMS, ArraySegment
from searcher.store.codec.stored_json import encode
from searcher.store.codec.stored_writer import StoredWriter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from searcher.store.codec.batch import Batch

_BYTES_A_WORD = 20
_BYTES_A_TERM = 64


class SegmentBuilder:
    """Collects articles and writes them as one segment.

    Args:
        schema: the Whoosh schema of the index.
        storage: a Whoosh storage, where `finish` writes.
        memory: bytes; from there on `full` says that it is time to finish.
    """

    def __init__(self, schema: Any, storage: Any, *, indexname: str = "MAIN", memory: int = 256 << 20) -> None:
        self._schema = schema
        self._storage = storage
        self._indexname = indexname
        self._memory = memory
        self._stored = StoredWriter()
        self._texts: dict[str, TextCollector] = {}
        self._terms: dict[str, TermCollector] = {}
        self._columns: dict[str, tuple[list[int], list[Any]]] = {}

    @property
    def article_count(self) -> int:
        """How many articles have been added."""
        return self._stored.count

    @property
    def size(self) -> int:
        """Bytes that finishing now will take at most."""
        words = sum(text.count for text in self._texts.values())
        terms = sum(term.count for term in self._terms.values())
        return words * _BYTES_A_WORD + terms * _BYTES_A_TERM + min(self._stored.size, 8 << 20)

    @property
    def full(self) -> bool:
        """It is time to finish."""
        return self.size >= self._memory

    def add(self, batch: Batch) -> None:
        """Add the next articles.

        Raises:
            TypeError: a stored field holds what an index does not keep.
        """
        first = self.article_count
        for name, text in batch.texts.items():
            collector = self._texts.setdefault(name, TextCollector())
            collector.add(text, first - collector.articles())
        for name, values in batch.terms.items():
            terms = self._terms.setdefault(name, TermCollector(self._schema[name]))
            for article, value in enumerate(values, first):
                if value is not None:
                    terms.add(article, value)
        for name, values in batch.columns.items():
            articles, kept = self._columns.setdefault(name, ([], []))
            to_value = self._schema[name].to_column_value
            for article, value in enumerate(values, first):
                if value is not None:
                    articles.append(article)
                    kept.append(to_value(value))
        for fields in batch.stored:
            self._stored.add(encode(fields))

    def finish(self) -> ArraySegment | None:
        """Write what was added as a segment, on the disk when this returns; None when nothing was."""
        count = self.article_count
        if not count:
            return None
        segment = ArraySegment(self._indexname, count)
        lengths: dict[str, tuple[NDArray[np.uint8], int]] = {}
        with new_file(self._storage, segment, TERMS) as file:
            fields: dict[str, Any] = {}
            for name in sorted(self._texts):
                inverted = self._texts.pop(name).invert(count, scored=bool(self._schema[name].scorable))
                fields |= inverted.write(file, name, exact=name + EXACT in self._schema)
                _note_length(lengths, name, inverted)
            for name in sorted(self._terms):
                fields |= self._write_terms(file, name, self._terms.pop(name), lengths)
            file.finish({"fields": dict(sorted(fields.items()))})
        with new_file(self._storage, segment, DOCUMENTS) as file:
            self._stored.finish(file)
            columns = {
                name: write_column(
                    file, name, self._schema[name].column_type, np.array(articles, np.int64), values, count=count
                )
                for name, (articles, values) in self._columns.items()
            }
            write_documents_end(file, count, columns, lengths)
        return segment

    def close(self) -> None:
        """Forget what was added, where it is not to be written after all."""
        self._stored.close()

    def _write_terms(
        self,
        file: SectionWriter,
        name: str,
        collector: TermCollector,
        lengths: dict[str, tuple[NDArray[np.uint8], int]],
    ) -> dict[str, Any]:
        fieldobj = self._schema[name]
        codes = None
        if fieldobj.scorable:
            counts = collector.lengths(self.article_count)
            codes = length_codes(counts)
            lengths[name] = codes, int(counts.sum())
        terms, keys, articles = collector.pairs()
        if not terms:
            return {}
        fresh = np.ones(len(keys), np.bool_)
        fresh[1:] = (keys[1:] != keys[:-1]) | (articles[1:] != articles[:-1])
        firsts = np.flatnonzero(fresh)
        frequencies = np.diff(np.append(firsts, len(keys))).astype(np.int32)
        kind = kind_of(fieldobj.format)
        if kind.positions or kind.opaque:
            raise ValueError(f"field {name}: whole terms have no positions; give it as an analysed text")
        if not kind.frequencies:
            frequencies = np.ones(len(firsts), np.int32)
        weights = frequencies * np.float32(fieldobj.format.field_boost)
        writer = PostingsWriter(kind, codes)
        details = Details(frequencies if kind.frequencies else None)
        writer.add(Run(terms, np.bincount(keys[firsts], minlength=len(terms)), articles[firsts], details, weights))
        return {name: writer.finish(file, name)}


def _note_length(lengths: dict[str, tuple[NDArray[np.uint8], int]], name: str, inverted: InvertedText) -> None:
    if inverted.length_codes is not None:
        lengths[name] = inverted.length_codes, inverted.total_length


def write_documents_end(
    file: SectionWriter,
    count: int,
    columns: dict[str, str],
    lengths: dict[str, tuple[NDArray[np.uint8], int]],
    vectors: dict[str, Any] | None = None,
) -> None:
    """Write the lengths and the end of a documents file."""
    for name, (codes, _) in lengths.items():
        file.add(f"{name}/lengths", codes)
    totals = {name: total for name, (_, total) in lengths.items()}
    file.finish({"articles": count, "columns": columns, "lengths": totals, "vectors": vectors or {}})


@contextmanager
def new_file(storage: Any, segment: ArraySegment, extension: str) -> Iterator[SectionWriter]:
    """Write one of a segment's files: it is on the disk when the block ends, gone when the block fails."""
    name = segment.make_filename(extension)
    file = storage.create_file(name)
    try:
        yield SectionWriter(file, name)
        file.flush()
        with suppress(AttributeError, UnsupportedOperation):  # a file in memory
            os.fsync(file.raw_file().fileno())
        file.close()
    except BaseException:
        if not file.is_closed:
            with suppress(OSError):
                file.close()
        with suppress(OSError, NameError, KeyError):
            storage.delete_file(name)
        raise
