"""A segment as arrays: what vectorised search reads, and what the readers of Whoosh are made of."""

from __future__ import annotations

from collections import OrderedDict
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from searcher.store.codec.columns import BytesColumn, NumberColumn
from searcher.store.codec.forms import FormArrays
from searcher.store.codec.kinds import BY_NAME
from searcher.store.codec.lengths import FieldLengths
from searcher.store.codec.postings import FieldArrays, Postings
from searcher.store.codec.sections import SectionFile, damaged, read_sections
from searcher.store.codec.segment import DOCUMENTS, TERMS, ArraySegment
from searcher.store.codec.stored import StoredReader

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from searcher.store.codec.columns import Column

POSTINGS_BYTES = 8 << 20
POSTINGS_BYTES_AN_ARTICLE = 128
"""How much decoded postings one segment keeps: by its articles, so that many small segments keep no more than one."""

_BYTES_A_TERM = 1 << 10
_COLUMNS: dict[str, type[NumberColumn | BytesColumn]] = {"numbers": NumberColumn, "bytes": BytesColumn}


class ForwardArrays(NamedTuple):
    """For each article the terms of one field that it holds.

    Attributes:
        starts: int64[article_count + 1].
        terms: int32, numbers of terms; those of article i are `terms[starts[i]:starts[i + 1]]`, ascending.
    """

    starts: NDArray[np.int64]
    terms: NDArray[np.int32]


class SegmentArrays:
    """One segment of an open index. Threads may share it; all arrays are read-only.

    Attributes:
        article_count: deleted articles included.
    """

    def __init__(self, storage: Any, segment: ArraySegment) -> None:
        self._storage = storage
        self._segment = segment
        self.article_count = segment.doc_count_all()
        self._fields: dict[str, FieldArrays | None] = {}
        self._forward: dict[str, ForwardArrays] = {}
        self._columns: dict[str, Column | None] = {}
        self._kept: OrderedDict[tuple[str, int], tuple[Postings, int]] = OrderedDict()
        self._kept_bytes = 0
        self._lock = Lock()
        self._live: tuple[int, NDArray[np.bool_] | None] = (-1, None)

    @classmethod
    def of(cls, reader: Any) -> SegmentArrays | None:
        """Give the arrays that a Whoosh `SegmentReader` reads; None where its segment is of another codec."""
        segment = reader.segment()
        return segment.arrays(reader.storage()) if isinstance(segment, ArraySegment) else None

    @cached_property
    def terms_file(self) -> SectionFile:
        """The file of lexicons and postings."""
        file = self._open(TERMS)
        fields = file.facts.get("fields")
        if not isinstance(fields, dict) or any(
            not isinstance(one, dict) or str(one.get("kind")) not in BY_NAME for one in fields.values()
        ):
            raise damaged(file.name, "directory", "describes its fields wrongly")
        return file

    @cached_property
    def documents_file(self) -> SectionFile:
        """The file of stored fields, columns and lengths."""
        file = self._open(DOCUMENTS)
        if file.facts.get("articles") != self.article_count:
            raise damaged(file.name, "directory", "has another number of articles than the table of contents")
        if any(not isinstance(file.facts.get(part), dict) for part in ("columns", "lengths", "vectors")):
            raise damaged(file.name, "directory", "describes its fields wrongly")
        return file

    def _open(self, extension: str) -> SectionFile:
        name = self._segment.make_filename(extension)
        opened = getattr(self._storage, "opened", {})
        file = opened.get(name)
        if file is None:
            file = opened[name] = read_sections(self._storage, name)
        return file

    @property
    def live(self) -> NDArray[np.bool_] | None:
        """Which articles are not deleted (bool[article_count]); None when all are there."""
        changes, live = self._live
        if changes != self._segment.changes:
            deleted = self._segment.deleted if self._segment.has_deletions() else None
            live = None if deleted is None else ~deleted
            self._live = (self._segment.changes, live)
        return live

    # Terms and postings.

    @property
    def fields(self) -> list[str]:
        """The fields that have postings here."""
        return [name for name, facts in self.terms_file.facts["fields"].items() if not facts.get("hidden")]

    def field(self, name: str) -> FieldArrays | None:
        """Give a field's lexicon and postings; None where it has none here."""
        if name in self._fields:
            return self._fields[name]
        facts = self.terms_file.facts["fields"].get(name)
        field: FieldArrays | None = None
        if facts is not None:
            lengths = self.lengths(name)
            stems = facts.get("forms_of")
            if stems is None:
                field = _KeptField(self, self.terms_file, name, self.article_count, lengths)
            else:
                base = self.field(stems)
                if base is None or isinstance(base, FormArrays):
                    raise damaged(self.terms_file.name, name, "holds forms of a field that is not there")
                field = FormArrays(self.terms_file, name, self.article_count, lengths, base)
        self._fields[name] = field
        return field

    def lengths(self, name: str) -> FieldLengths:
        """Give a field's lengths."""
        try:
            file = self.documents_file
        except (OSError, NameError):
            return FieldLengths()  # Terms alone, as a test of Whoosh's writes them; a reader opens both files.
        if f"{name}/lengths" not in file:
            return FieldLengths()
        return FieldLengths(lambda: file.array(f"{name}/lengths"), int(file.facts["lengths"].get(name, 0)))

    def kept_postings(self, field: FieldArrays, number: int) -> Postings | None:
        """Give postings decoded before, if they are still kept."""
        with self._lock:
            found = self._kept.get((field.name, number))
            if found is None:
                return None
            self._kept.move_to_end((field.name, number))
            return found[0]

    def keep_postings(self, field: FieldArrays, number: int, postings: Postings) -> None:
        """Keep postings until their room is needed for others."""
        key = field.name, number
        with self._lock:
            self._kept[key] = postings, 0
        postings.grown = lambda size: self._grow(key, size)
        self._grow(key, _BYTES_A_TERM + 4 * len(postings))

    def _grow(self, key: tuple[str, int], size: int) -> None:
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return
            self._kept[key] = found[0], found[1] + size
            self._kept_bytes += size
            most = POSTINGS_BYTES + POSTINGS_BYTES_AN_ARTICLE * self.article_count
            while self._kept_bytes > most and len(self._kept) > 1:
                self._kept_bytes -= self._kept.popitem(last=False)[1][1]

    def values_of(self, name: str) -> ForwardArrays:
        """Give for each article the numbers of the terms of a field that it holds.

        The postings are turned round once and kept.
        """
        if name not in self._forward:
            field = self.field(name)
            if field is None:
                none = ForwardArrays(np.zeros(self.article_count + 1, np.int64), np.empty(0, np.int32))
                return self._forward.setdefault(name, none)
            articles, terms, _ = field.postings_of(range(field.term_count))
            starts = np.zeros(self.article_count + 1, np.int64)
            np.cumsum(np.bincount(articles, minlength=self.article_count), out=starts[1:])
            self._forward[name] = ForwardArrays(starts, terms[sorted_order(articles)])
        return self._forward[name]

    # Documents.

    @property
    def length_fields(self) -> list[str]:
        """The fields that have lengths here."""
        return list(self.documents_file.facts["lengths"])

    @property
    def vectors(self) -> list[str]:
        """The fields that have vectors here."""
        return list(self.documents_file.facts["vectors"])

    @property
    def columns(self) -> dict[str, str]:
        """The fields that have a column here, and of which kind."""
        return dict(self.documents_file.facts["columns"])

    def column(self, name: str) -> Column | None:
        """Give a field's column; None where it has none here, or one that is not arrays."""
        if name not in self._columns:
            kind = _COLUMNS.get(str(self.columns.get(name)))
            self._columns[name] = kind(self.documents_file, name, self.article_count) if kind else None
        return self._columns[name]

    @cached_property
    def stored_reader(self) -> StoredReader:
        """The stored fields of all articles."""
        return StoredReader(self.documents_file)

    def stored(self, number: int) -> dict[str, Any]:
        """Give the stored fields of an article."""
        return self.stored_reader[number]


class _KeptField(FieldArrays):
    """A field whose postings are kept once decoded."""

    def __init__(
        self, owner: SegmentArrays, file: SectionFile, name: str, article_count: int, lengths: FieldLengths
    ) -> None:
        super().__init__(file, name, article_count, lengths)
        self._owner = owner

    def postings(self, number: int) -> Postings:
        """Give the postings of one term, kept once decoded."""
        found = self._owner.kept_postings(self, number)
        if found is None:
            found = super().postings(number)
            self._owner.keep_postings(self, number, found)
        return found


def sorted_order(numbers: NDArray[Any]) -> NDArray[np.int64]:
    """Give the order that sorts whole numbers, equal ones as they stood: one linear pass for every 16 bits."""
    order = np.argsort((numbers & 0xFFFF).astype(np.uint16), kind="stable")
    if len(numbers) and int(numbers.max()) > 0xFFFF:
        high = (numbers >> 16).astype(np.uint16)[order]
        order = order[np.argsort(high, kind="stable")]
    return order
