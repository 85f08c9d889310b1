"""What Whoosh asks of a segment: its terms and its documents, told from arrays."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from whoosh.codec.base import FieldCursor, PerDocumentReader, TermsReader
from whoosh.reading import TermInfo, TermNotFound

from searcher.store.codec.columns import column_reader
from searcher.store.codec.lengths import LENGTHS
from searcher.store.codec.lexicon import GROUP
from searcher.store.codec.matcher import ArrayMatcher
from searcher.store.codec.vectors import read_vector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray
    from whoosh import columns

    from searcher.store.codec.arrays import SegmentArrays
    from searcher.store.codec.postings import FieldArrays, Postings
    from searcher.store.codec.segment import ArraySegment

_TERMS_AT_ONCE = 16 * GROUP


class ArrayTermInfo(TermInfo):  # type: ignore[misc]
    """Statistics of one term, each computed when asked for."""

    def __init__(self, field: FieldArrays, number: int) -> None:
        self._field = field
        self._number = number

    @cached_property
    def _postings(self) -> Postings:
        return self._field.postings(self._number)

    @cached_property
    def _codes(self) -> NDArray[np.uint8] | None:
        lengths = self._field.length_codes
        return None if lengths is None else lengths[self._postings.articles]

    def __getattr__(self, name: str) -> Any:
        # The attributes that `TermInfo` and Whoosh's own combining of several segments read and write.
        compute = _STATISTICS.get(name)
        if compute is None:
            raise AttributeError(name)
        value = compute(self)
        setattr(self, name, value)
        return value

    def _total_weight(self) -> float:
        if self._field.has_weights:
            return float(self._postings.weights.sum())
        return float(self._field.total_frequencies(self._number, self._number + 1)[0])

    def _articles(self) -> int:
        return int(self._field.article_frequencies(self._number, self._number + 1)[0])

    def _shortest(self) -> int:
        return 0 if self._codes is None else int(LENGTHS[self._codes.min()])

    def _longest(self) -> int:
        return 0 if self._codes is None else int(LENGTHS[self._codes.max()])


_STATISTICS: dict[str, Callable[[ArrayTermInfo], Any]] = {
    "_weight": lambda info: info._total_weight(),  # noqa: SLF001
    "_df": lambda info: info._articles(),  # noqa: SLF001
    "_minlength": lambda info: info._shortest(),  # noqa: SLF001
    "_maxlength": lambda info: info._longest(),  # noqa: SLF001
    "_maxweight": lambda info: float(info._postings.weights.max()),  # noqa: SLF001
    "_minid": lambda info: int(info._postings.articles[0]),  # noqa: SLF001
    "_maxid": lambda info: int(info._postings.articles[-1]),  # noqa: SLF001
}


class ArrayCursor(FieldCursor):  # type: ignore[misc]
    """Walks the terms of one field, decoded."""

    def __init__(self, field: FieldArrays, fieldobj: Any) -> None:
        self._field = field
        self._fieldobj = fieldobj
        self._number = 0
        self._base = 0
        self._some: list[bytes] = []

    def _here(self) -> Any:
        number = self._number
        if number >= self._field.term_count:
            return None
        if not self._base <= number < self._base + len(self._some):
            self._base = number
            self._some = self._field.terms(number, min(number + GROUP, self._field.term_count))
        return self._fieldobj.from_bytes(self._some[number - self._base])

    def first(self) -> Any:
        """Go to the first term."""
        self._number = 0
        return self._here()

    def find(self, term: Any) -> Any:
        """Go to the first term at or after `term`."""
        if not isinstance(term, bytes):
            term = self._fieldobj.to_bytes(term)
        self._number = self._field.lexicon.place(term)
        return self._here()

    def next(self) -> Any:
        """Go to the next term."""
        self._number = min(self._number + 1, self._field.term_count)
        return self._here()

    def text(self) -> Any:
        """Give the term; None after the last one."""
        return self._here()

    def term_info(self) -> ArrayTermInfo | None:
        """Give the term's statistics."""
        return ArrayTermInfo(self._field, self._number) if self.is_valid() else None

    def is_valid(self) -> bool:
        """Say whether there is a term here."""
        return self._number < self._field.term_count


class ArrayTermsReader(TermsReader):  # type: ignore[misc]
    """The terms of a segment."""

    def __init__(self, arrays: SegmentArrays) -> None:
        self._arrays = arrays
        # Opened now, so that a file which a writer has just removed is noticed while Whoosh can still try again.
        self._names = sorted(arrays.fields)

    def _found(self, fieldname: str, term: bytes) -> tuple[FieldArrays, int] | None:
        field = self._arrays.field(fieldname)
        number = -1 if field is None else field.find(term)
        return None if field is None or number < 0 else (field, number)

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._found(*term) is not None

    def indexed_field_names(self) -> list[str]:
        """Name the fields that have terms here."""
        return self._names

    def cursor(self, fieldname: str, fieldobj: Any) -> FieldCursor:
        """Give a cursor over a field's terms."""
        from whoosh.codec.base import EmptyCursor

        field = self._arrays.field(fieldname)
        return EmptyCursor() if field is None else ArrayCursor(field, fieldobj)

    def _fields_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, FieldArrays, int]]:
        for name in self._names:
            field = self._arrays.field(name)
            if field is not None and name >= fieldname:
                yield name, field, field.lexicon.place(prefix) if name == fieldname else 0

    def _numbered_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, FieldArrays, int, bytes]]:
        for name, field, start in self._fields_from(fieldname, prefix):
            for first in range(start, field.term_count, _TERMS_AT_ONCE):
                some = field.terms(first, min(first + _TERMS_AT_ONCE, field.term_count))
                for number, term in enumerate(some, first):
                    yield name, field, number, term

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield (field, term) of all terms."""
        return self.terms_from("", b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield (field, term) from a term on."""
        return ((name, term) for name, _, _, term in self._numbered_from(fieldname, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], ArrayTermInfo]]:
        """Yield ((field, term), statistics) of all terms."""
        return self.items_from("", b"")

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], ArrayTermInfo]]:
        """Yield ((field, term), statistics) from a term on."""
        for name, field, number, term in self._numbered_from(fieldname, prefix):
            yield (name, term), ArrayTermInfo(field, number)

    def term_info(self, fieldname: str, term: bytes) -> ArrayTermInfo:
        """Give a term's statistics.

        Raises:
            TermNotFound: there is no such term.
        """
        found = self._found(fieldname, term)
        if found is None:
            raise TermNotFound(f"No term {fieldname}:{term!r}")
        return ArrayTermInfo(*found)

    def frequency(self, fieldname: str, term: bytes) -> float:
        """Give the sum of a term's weights, 0 where there is no such term."""
        found = self._found(fieldname, term)
        return 0 if found is None else ArrayTermInfo(*found).weight()

    def doc_frequency(self, fieldname: str, term: bytes) -> int:
        """Count a term's articles."""
        found = self._found(fieldname, term)
        return 0 if found is None else ArrayTermInfo(*found).doc_frequency()

    def matcher(self, fieldname: str, term: bytes, format_: Any, scorer: Any = None) -> ArrayMatcher:
        """Give a matcher over a term's postings.

        Raises:
            TermNotFound: there is no such term.
        """
        found = self._found(fieldname, term)
        if found is None:
            raise TermNotFound(f"No term {fieldname}:{term!r}")
        field, number = found
        return ArrayMatcher(
            field.postings(number), field.kind, field.length_codes, format_, term=(fieldname, term), scorer=scorer
        )


class ArrayPerDocumentReader(PerDocumentReader):  # type: ignore[misc]
    """The documents of a segment."""

    def __init__(self, storage: Any, arrays: SegmentArrays, segment: ArraySegment) -> None:
        self._storage = storage
        self._arrays = arrays
        self._segment = segment
        self._file = arrays.documents_file
        self._columns = arrays.columns

    def doc_count(self) -> int:
        """Count the articles that are not deleted."""
        return self._arrays.article_count - self._segment.deleted_count()

    def doc_count_all(self) -> int:
        """Count all articles."""
        return self._arrays.article_count

    def has_deletions(self) -> bool:
        """Say whether any article is deleted."""
        return bool(self._segment.has_deletions())

    def is_deleted(self, number: int) -> bool:
        """Say whether an article is deleted."""
        return bool(self._segment.is_deleted(number))

    def deleted_docs(self) -> Iterator[int]:
        """Yield the deleted articles."""
        return self._segment.deleted_docs()

    # Columns.

    def supports_columns(self) -> bool:
        """Columns are kept."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Say whether a field has a column here."""
        return fieldname in self._columns or self._storage.file_exists(self._added_column(fieldname))

    def _added_column(self, fieldname: str) -> str:
        return str(self._segment.codec().column_filename(self._segment, fieldname))

    def list_columns(self) -> list[str]:
        """Name the fields that have columns."""
        return list(self._columns)

    def column_reader(self, fieldname: str, column: Any) -> columns.ColumnReader:
        """Read a field's column."""
        kind = self._columns.get(fieldname)
        if kind is None:
            name = self._added_column(fieldname)
            length, count = self._storage.file_length(name), self._arrays.article_count
            return column.reader(self._storage.open_file(name), 0, length, count)
        return column_reader(self._file, fieldname, kind, column, self._arrays.article_count)

    # Lengths.

    def length_codes(self, fieldname: str) -> NDArray[np.uint8] | None:
        """Give the length code of every article; None where the field is not scored."""
        return self._arrays.lengths(fieldname).codes

    def doc_field_length(self, number: int, fieldname: str, default: int = 0) -> int:
        """Give how many words a field of an article has, as exact as a length code is."""
        return self.doc_field_length_reader(fieldname, default)(number)

    def doc_field_length_reader(self, fieldname: str, default: int = 0) -> Callable[[int], int]:
        """Give a function from article to `doc_field_length`."""
        codes = self.length_codes(fieldname)
        if codes is None:
            return lambda _: default
        lengths = LENGTHS
        return lambda number: int(lengths[codes[number]]) or default

    def field_length(self, fieldname: str) -> int:
        """Give how many words a field has in all articles, exactly."""
        return self._arrays.lengths(fieldname).total

    def min_field_length(self, fieldname: str) -> int:
        """Give the length of the shortest article."""
        codes = self.length_codes(fieldname)
        return 0 if codes is None or not len(codes) else int(LENGTHS[codes.min()])

    def max_field_length(self, fieldname: str) -> int:
        """Give the length of the longest article."""
        codes = self.length_codes(fieldname)
        return 0 if codes is None or not len(codes) else int(LENGTHS[codes.max()])

    # Vectors.

    def has_vector(self, number: int, fieldname: str) -> bool:
        """Say whether an article has a vector of a field."""
        name = f"{fieldname}/vectors/starts"
        if name not in self._file:
            return False
        start, stop = self._file.array(name, number, number + 2).tolist()
        return bool(start < stop)

    def vector(self, number: int, fieldname: str, format_: Any) -> Any:
        """Give a matcher over the terms of an article."""
        return read_vector(self._file, fieldname, number, format_)

    # Stored fields.

    def stored_fields(self, number: int) -> dict[str, Any]:
        """Give the stored fields of an article."""
        return self._arrays.stored(number)

    def iter_docs(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield number and stored fields of the articles that are not deleted."""
        live = self._arrays.live
        for number, fields in enumerate(self._arrays.stored_reader):
            if live is None or live[number]:
                yield number, fields

    def all_stored_fields(self) -> Iterator[dict[str, Any]]:
        """Yield the stored fields of the articles that are not deleted."""
        return (fields for _, fields in self.iter_docs())
