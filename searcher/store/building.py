"""Build segments: documents in, files of the index out, whoever puts them into its table of contents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.store.codec.batch import Batch
from searcher.store.codec.builder import SegmentBuilder
from searcher.store.faults import writing
from searcher.store.schema import INDEX_NAME, article_schema
from searcher.store.storage import DurableStorage
from searcher.text.batches import BatchAnalyzer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from searcher.store.codec.segment import ArraySegment
    from searcher.store.documents import Document
    from searcher.text.batches import Occurrences

#: Words that a vocabulary may hold before the next segment starts a new one (some 250 bytes each), and chunks of text
#: that are remembered (some 40).
_WORDS = 250_000
_CHUNKS = 600_000


class ArticleBuilder:
    """Builds one segment after the other in the index's folder.

    A segment that no table of contents comes to name is cleared away by a later commit.

    Args:
        folder: the index's.
        memory: bytes that one segment may take to build.
    """

    def __init__(self, folder: Path, *, memory: int = 64 << 20) -> None:
        self._folder = folder
        self._storage = DurableStorage(folder)
        self._memory = memory
        self._schema = article_schema()
        self._analyzer = BatchAnalyzer(most_terms=_CHUNKS)
        self._builder = self._new()

    @property
    def is_full(self) -> bool:
        """It is time to finish a segment."""
        return self._builder.full

    @property
    def article_count(self) -> int:
        """How many articles the segment that is being built holds."""
        return self._builder.article_count

    def add(self, documents: Sequence[Document]) -> None:
        """Add articles to the segment (IndexNotWritableError when the disk does not take it)."""
        if not documents:
            return
        languages = [document.language for document in documents]
        texts = {
            name: self._analyzer.analyze([document.texts.get(name, "") for document in documents], languages)
            for name in ("title", "body", "author")
            if name == "body" or any(name in document.texts for document in documents)
        }
        columns = _by_field([document.columns for document in documents])
        columns["words"] = _lengths(texts["body"])
        batch = Batch(
            stored=[document.stored for document in documents],
            texts=texts,
            terms=_by_field([document.terms for document in documents]),
            columns=columns,
        )
        with writing(self._folder):
            self._builder.add(batch)

    def finish(self) -> ArraySegment | None:
        """Write the segment, on the disk when this returns, and begin the next; None when it would be empty.

        Raises:
            IndexNotWritableError: it cannot be written; the index stays at its last commit.
        """
        with writing(self._folder):
            segment = self._builder.finish()
        if len(self._analyzer.vocabulary) > _WORDS:
            self._analyzer = BatchAnalyzer(most_terms=_CHUNKS)
        self._builder = self._new()
        return segment

    def close(self) -> None:
        """Forget the segment that is being built."""
        getattr(self._builder, "close", lambda: None)()

    def _new(self) -> SegmentBuilder:
        return SegmentBuilder(self._schema, self._storage, indexname=INDEX_NAME, memory=self._memory)


def merged(folder: Path, segments: Sequence[ArraySegment], *, memory: int) -> ArraySegment:
    """Write segments of the index in a folder as one, without their deleted articles.

    Raises:
        IndexNotWritableError: it cannot be written; the index stays at its last commit.
    """
    from searcher.store.codec import merge

    with writing(folder):
        return merge(DurableStorage(folder), article_schema(), segments, indexname=INDEX_NAME, memory=memory)


def _by_field(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    return {name: [row.get(name) for row in rows] for name in dict.fromkeys(name for row in rows for name in row)}


def _lengths(words: Occurrences) -> list[int]:
    """Count the words of each text; those that share a place are one."""
    lengths = np.diff(words.starts)
    if words.positions is not None and len(words.positions):
        last = words.positions[np.maximum(words.starts[1:] - 1, 0)] + 1
        lengths = np.where(lengths > 0, last, 0)
    counted: list[int] = lengths.tolist()
    return counted
