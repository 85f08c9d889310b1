"""What Whoosh's own writer feeds: one document after the other, then their postings in order of term."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.codec.base import FieldWriter, OutOfOrderError, PerDocWriterWithColumns

from searcher.store.codec.columns import write_column
from searcher.store.codec.kinds import kind_of, settle, take_apart
from searcher.store.codec.lengths import length_codes
from searcher.store.codec.postings_writer import PostingsWriter, Run
from searcher.store.codec.sections_writer import SectionWriter
from searcher.store.codec.segment import DOCUMENTS, TERMS
from searcher.store.codec.stored_json import encode
from searcher.store.codec.stored_writer import StoredWriter
from searcher.store.codec.vectors import VectorWriter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from searcher.store.codec.segment import ArraySegment

_POSTINGS_AT_ONCE = 1 << 16


class ArrayPerDocumentWriter(PerDocWriterWithColumns):  # type: ignore[misc]
    """Writes stored fields, columns, lengths and vectors."""

    def __init__(self, storage: Any, segment: ArraySegment) -> None:
        self._storage = storage
        self._segment = segment
        self._stored = StoredWriter()
        self._columns: dict[str, tuple[Any, list[int], list[Any]]] = {}
        self._lengths: dict[str, tuple[list[int], list[int]]] = {}
        self._vectors: dict[str, VectorWriter] = {}
        self._docnum: int | None = None
        self._fields: dict[str, Any] = {}
        self._in_document = False
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        """Begin the next document."""
        if self._in_document:
            raise ValueError("a document was begun before the last one was finished")
        if docnum != self._stored.count:
            raise ValueError(f"document {docnum} begun, where {self._stored.count} was due")
        self._docnum = docnum
        self._fields = {}
        self._in_document = True

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int) -> None:
        """Add what a field stores, and its length."""
        del fieldobj
        if value is not None:
            self._fields[fieldname] = value
        if length:
            articles, lengths = self._lengths.setdefault(fieldname, ([], []))
            articles.append(self._number)
            lengths.append(int(length))

    @property
    def _number(self) -> int:
        if self._docnum is None:
            raise ValueError("no document has been begun")
        return self._docnum

    def add_column_value(self, fieldname: str, columnobj: Any, value: Any) -> None:
        """Add a field's value to its column."""
        _, articles, values = self._columns.setdefault(fieldname, (columnobj, [], []))
        articles.append(self._number)
        values.append(value)

    def add_vector_items(self, fieldname: str, fieldobj: Any, items: Iterable[tuple[Any, float, bytes]]) -> None:
        """Add a field's vector."""
        self._vectors.setdefault(fieldname, VectorWriter(fieldobj.vector)).add(self._number, items)

    def finish_doc(self) -> None:
        """Finish the document."""
        if self._in_document:
            self._stored.add(encode(self._fields))
            self._in_document = False

    def cancel_doc(self) -> None:
        """Forget the document that was begun."""
        number = self._number
        self._in_document = False
        for articles, lengths in self._lengths.values():
            if articles and articles[-1] == number:
                articles.pop()
                lengths.pop()
        for _, articles, values in self._columns.values():
            if articles and articles[-1] == number:
                articles.pop()
                values.pop()

    def close(self) -> None:
        """Write the file."""
        self.finish_doc()
        count = self._stored.count
        self._segment.set_doc_count(count)
        with self._segment.create_file(self._storage, DOCUMENTS) as file:
            sections = SectionWriter(file, self._segment.make_filename(DOCUMENTS))
            self._stored.finish(sections)
            columns = {
                name: write_column(sections, name, column, np.array(articles, np.int64), values, count=count)
                for name, (column, articles, values) in self._columns.items()
            }
            totals = {}
            for name, (articles, lengths) in self._lengths.items():
                dense = np.zeros(count, np.int64)
                dense[articles] = lengths
                sections.add(f"{name}/lengths", length_codes(dense))
                totals[name] = int(dense.sum())
            vectors = {name: writer.finish(sections, name, count) for name, writer in self._vectors.items()}
            sections.finish({"articles": count, "columns": columns, "lengths": totals, "vectors": vectors})
        self.is_closed = True


class ArrayFieldWriter(FieldWriter):  # type: ignore[misc]
    """Writes terms and postings."""

    def __init__(self, storage: Any, segment: ArraySegment) -> None:
        self._storage = storage
        self._segment = segment
        self._file = segment.create_file(storage, TERMS)
        self._sections = SectionWriter(self._file, segment.make_filename(TERMS))
        self._lengths: Any = None
        self._given_lengths: dict[str, dict[int, int]] = {}
        self._highest = -1
        self._fields: dict[str, dict[str, Any]] = {}
        self._writer: PostingsWriter | None = None
        self._fieldname: str | None = None
        self._term: bytes | None = None
        self._reset()
        self.is_closed = False

    def _reset(self) -> None:
        self._terms: list[bytes] = []
        self._counts: list[int] = []
        self._articles: list[int] = []
        self._weights: list[float] = []
        self._values: list[bytes] = []

    def add_postings(self, schema: Any, lengths: Any, items: Iterable[Any]) -> None:
        """Write (field, term, document, weight, value) tuples, which must come in order."""
        self._lengths = lengths
        super().add_postings(schema, None, items)

    def start_field(self, fieldname: str, fieldobj: Any) -> None:
        """Begin a field."""
        if fieldname in self._fields:
            raise OutOfOrderError(f"field begun twice: {fieldname}")
        self._fieldname = fieldname
        self._format = fieldobj.format
        self._kind = kind_of(fieldobj.format)
        self._last_term: bytes | None = None
        read_codes = getattr(self._lengths, "length_codes", None)
        self._codes: NDArray[np.uint8] | None = None if read_codes is None else read_codes(fieldname)
        self._writer = None

    def start_term(self, term: bytes) -> None:
        """Begin a term of the field."""
        if self._fieldname is None:
            raise ValueError("a term was begun before its field")
        if self._last_term is not None and term < self._last_term:
            raise OutOfOrderError(f"{self._fieldname}: {term!r} after {self._last_term!r}")
        self._term = self._last_term = term
        self._before = len(self._articles)

    def add(self, docnum: int, weight: float, vbytes: bytes, length: int | None = None) -> None:
        """Add a posting of the term."""
        if length is not None and self._fieldname is not None:
            self._given_lengths.setdefault(self._fieldname, {})[docnum] = length
        if len(self._articles) > self._before and self._articles[-1] == docnum:
            return  # Words for spelling: Whoosh adds them all to the first document, again and again.
        self._articles.append(docnum)
        self._weights.append(weight)
        self._values.append(vbytes)

    def finish_term(self) -> None:
        """Finish the term."""
        if self._term is None:
            raise ValueError("a term was finished that was never begun")
        if len(self._articles) > self._before:
            self._terms.append(self._term)
            self._counts.append(len(self._articles) - self._before)
        self._term = None
        if len(self._articles) >= _POSTINGS_AT_ONCE:
            self._write_run()

    def _write_run(self) -> None:
        if self._writer is None:
            self._kind, details = settle(self._kind, self._format, self._values)
            self._writer = PostingsWriter(self._kind, self._codes)
        else:
            details = take_apart(self._kind, self._format, self._values)
        self._highest = max(self._highest, *self._articles, -1)
        self._writer.add(
            Run(
                self._terms,
                np.array(self._counts, np.int64),
                np.array(self._articles, np.int32),
                details,
                np.array(self._weights, np.float32),
            )
        )
        self._reset()

    def finish_field(self) -> None:
        """Finish the field."""
        if self._fieldname is None:
            raise ValueError("a field was finished that was never begun")
        if self._articles or self._writer is None:
            self._write_run()
        assert self._writer is not None  # noqa: S101 - a run was written
        self._fields[self._fieldname] = self._writer.finish(self._sections, self._fieldname)
        self._writer = self._fieldname = None

    def close(self) -> None:
        """Write the file's end."""
        self._sections.finish({"fields": self._fields})
        self._file.close()
        if not self._segment.doc_count_all():
            self._write_documents()
        self.is_closed = True

    def _write_documents(self) -> None:
        """Write documents for postings that came without: they hold the lengths that came with the postings alone."""
        writer = ArrayPerDocumentWriter(self._storage, self._segment)
        for number in range(self._highest + 1):
            writer.start_doc(number)
            for name, lengths in self._given_lengths.items():
                writer.add_field(name, None, None, lengths.get(number, 0))
            writer.finish_doc()
        writer.close()
