"""The codec: what Whoosh asks for the parts that write and read a segment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoosh.codec.base import Codec

from searcher.store.codec.segment import ArraySegment

if TYPE_CHECKING:
    from searcher.store.codec.readers import ArrayPerDocumentReader, ArrayTermsReader
    from searcher.store.codec.writers import ArrayFieldWriter, ArrayPerDocumentWriter


class ArrayCodec(Codec):  # type: ignore[misc]
    """Keeps a segment as flat arrays of numbers."""

    def per_document_writer(self, storage: Any, segment: ArraySegment) -> ArrayPerDocumentWriter:
        """Give what writes documents."""
        from searcher.store.codec.writers import ArrayPerDocumentWriter

        return ArrayPerDocumentWriter(storage, segment)

    def field_writer(self, storage: Any, segment: ArraySegment) -> ArrayFieldWriter:
        """Give what writes postings."""
        from searcher.store.codec.writers import ArrayFieldWriter

        return ArrayFieldWriter(storage, segment)

    def terms_reader(self, storage: Any, segment: ArraySegment) -> ArrayTermsReader:
        """Give what reads terms and postings."""
        from searcher.store.codec.readers import ArrayTermsReader

        return ArrayTermsReader(segment.arrays(storage))

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> ArrayPerDocumentReader:
        """Give what reads documents."""
        from searcher.store.codec.readers import ArrayPerDocumentReader

        return ArrayPerDocumentReader(storage, segment.arrays(storage), segment)

    def supports_columns(self) -> bool:
        """Columns are kept."""
        return True

    @staticmethod
    def column_filename(segment: ArraySegment, fieldname: str) -> str:
        """Name the file of a column that `whoosh.sorting.add_sortable` adds to a segment already written."""
        return str(segment.make_filename(f".{fieldname}.column"))

    def new_segment(self, storage: Any, indexname: str) -> ArraySegment:
        """Name a segment that is to be written."""
        del storage
        return ArraySegment(indexname)
