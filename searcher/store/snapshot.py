"""One state of the index, open for reading: what a search, a page and its facets all look at."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property, partial
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from searcher.errors import ArticleMissingError
from searcher.store.codec import SegmentArrays
from searcher.store.codec.columns import BytesColumn, NumberColumn
from searcher.store.documents import to_article

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path
    from types import TracebackType

    from numpy.typing import NDArray
    from whoosh.index import FileIndex
    from whoosh.reading import IndexReader
    from whoosh.searching import Searcher

    from searcher.model import Article
    from searcher.store.file_states import FileState

#: So many paths are looked up one by one in what lies on the disk; more, in all of it.
_FEW_PATHS = 50

#: So many terms of a segment are decoded at a time.
_SOME_TERMS = 1 << 12


class Snapshot:
    """The index as one commit left it.

    Attributes:
        folder: the index's folder.
        reader: Whoosh's reader of all segments.
        revision: number of the commit.
    """

    def __init__(self, folder: Path, reader: IndexReader, index: FileIndex, revision: int) -> None:
        self.folder = folder
        self.reader = reader
        self.revision = revision
        self._index = index

    @cached_property
    def searcher(self) -> Searcher:
        """A searcher of Whoosh's on `reader`."""
        from whoosh.searching import Searcher

        return Searcher(self.reader, fromindex=self._index)

    def __len__(self) -> int:
        count: int = self.reader.doc_count()
        return count

    def numbers(self) -> Iterator[int]:
        """Yield the document numbers of all articles."""
        yield from self.reader.all_doc_ids()

    def number(self, article_id: str) -> int | None:
        """Give the document number of an article."""
        return next(iter(self.numbers_of("id", article_id)), None)

    def numbers_of(self, field: str, term: str) -> list[int]:
        """Give the document numbers of the articles that have a term."""
        if (field, term) not in self.reader:
            return []
        return list(self.reader.postings(field, term).all_ids())

    def named(self, article_id: str) -> int:
        """Find an article by its id, by that of its record, or by the beginning of the first; give its number.

        Raises:
            ArticleMissingError: there is none, or there are several.
        """
        number = self.number(article_id)
        if number is not None:
            return number
        of_record = self.numbers_of("record_id", article_id)
        if len(of_record) == 1:
            return of_record[0]
        found = self.ids_from(article_id) if article_id.isalnum() else []
        if len(found) > 1:
            raise ArticleMissingError(
                f"{len(found):,} articles have an id that begins with {article_id}", "give more of it"
            )
        number = self.number(found[0]) if found else None
        if number is None:
            raise ArticleMissingError(
                f"no article has the id {article_id}", "`searcher query … --format json` shows ids"
            )
        return number

    def segments(self) -> Iterator[SegmentArrays]:
        """Yield the segments as arrays, in the order of document numbers."""
        for leaf, _ in self.reader.leaf_readers():
            arrays = SegmentArrays.of(leaf)
            if arrays is not None:
                yield arrays

    def files(self, below: Collection[str]) -> dict[str, tuple[int, int]]:
        """Give the files that articles come from, by stored path: the state they were read in, how many articles.

        The state is 0 where articles of one file tell different ones.

        Args:
            below: stored paths of the files and folders to look at; `.` is the archive's root with all there is.
        """
        found: dict[str, tuple[int, int]] = {}
        for arrays in self.segments():
            for name, state, count in _files(arrays, below):
                before, counted = found.get(name, (state, 0))
                found[name] = (state if state == before else 0, counted + count)
        return found

    def digests(self, file: str) -> dict[str, int]:
        """Give the digest of each article of a file, by id."""
        found: dict[str, int] = {}
        for arrays in self.segments():
            found.update(_digests(arrays, file.encode("utf-8")))
        return found

    def file_states(self) -> dict[str, FileState]:
        """Give what is known of files beyond what their articles tell, by stored path."""
        from searcher.store import derived, file_states

        return file_states.unpack(derived.read(self.folder, file_states.NAME, self.revision))

    def article(self, number: int) -> Article:
        """Give an article by its document number."""
        return to_article(self.stored(number))

    def stored(self, number: int) -> dict[str, Any]:
        """Give the stored fields of a document."""
        fields: dict[str, Any] = self.reader.stored_fields(number)
        return fields

    def ids_from(self, prefix: str) -> list[str]:
        """List the ids of articles that begin with `prefix`, in order."""
        return [term.decode() for term in self.reader.expand_prefix("id", prefix)]

    def terms(self, field: str) -> Iterator[str]:
        """Yield the terms of a field of text."""
        for term in self.reader.lexicon(field):
            yield term.decode("utf-8")

    def frequencies(self, field: str) -> Iterator[tuple[str, int]]:
        """Yield the terms of a field of text with the number of articles that have each."""
        counted = [_counted(arrays, field) for arrays in self.segments()]
        for term, found in groupby(merge(*counted), key=itemgetter(0)):
            count = sum(articles for _, articles in found)
            if count:
                yield term.decode("utf-8"), count

    def column(self, field: str) -> Any:
        """Give what maps a document number to the field's value."""
        return self.reader.column_reader(field)

    def close(self) -> None:
        """Give back the files."""
        self.reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def _counted(arrays: SegmentArrays, field: str) -> Iterator[tuple[bytes, int]]:
    """Yield the terms of a field of a segment, in order, with the number of articles that have each."""
    found = arrays.field(field)
    if found is None:
        return
    counts: NDArray[Any] = found.article_frequencies()
    if arrays.live is not None:
        articles, terms, _ = found.postings_of(range(found.term_count))
        counts = np.bincount(terms[arrays.live[articles]], minlength=found.term_count)
    for start in range(0, found.term_count, _SOME_TERMS):
        stop = min(start + _SOME_TERMS, found.term_count)
        yield from zip(found.terms(start, stop), counts[start:stop].tolist(), strict=True)


def _files(arrays: SegmentArrays, below: Collection[str]) -> Iterator[tuple[str, int, int]]:
    """Yield name, state and number of articles of each file of a segment that is one of some, or below one of them."""
    names, stamps = arrays.column("file"), arrays.column("stamp")
    if not isinstance(names, BytesColumn) or not isinstance(stamps, NumberColumn):
        return
    wanted = _wanted(names, below)
    if not wanted.any():
        return
    chosen = wanted[names.ordinals]
    if arrays.live is not None:
        chosen &= arrays.live
    ordinals, states = names.ordinals[chosen], stamps.values[chosen]
    counts = np.bincount(ordinals, minlength=len(wanted))
    state = np.zeros(len(wanted), np.int64)
    state[ordinals] = states
    state[ordinals[states != state[ordinals]]] = 0
    there = counts.nonzero()[0]
    found = zip(map(names.distinct, there.tolist()), state[there].tolist(), counts[there].tolist(), strict=True)
    for name, its_state, count in found:
        yield name.decode("utf-8"), its_state, count


def _wanted(names: BytesColumn, below: Collection[str]) -> NDArray[np.bool_]:
    """Tell of each value of a column of paths whether it is one of some, or below one of them."""
    if "." in below:
        return np.ones(names.distinct_count, np.bool_)
    wanted = np.zeros(names.distinct_count, np.bool_)
    place = names.place if len(below) <= _FEW_PATHS else partial(bisect_left, names.dictionary)
    for path in below:
        source = path.rstrip("/").encode("utf-8")
        one = place(source)
        wanted[one : place(source + b"\0")] = True
        wanted[place(source + b"/") : place(source + b"0")] = True
    return wanted


def _digests(arrays: SegmentArrays, file: bytes) -> Iterator[tuple[str, int]]:
    """Yield id and digest of each article of a file in a segment."""
    names, ids, digests = arrays.column("file"), arrays.column("id"), arrays.column("digest")
    if not isinstance(names, BytesColumn) or not isinstance(ids, BytesColumn) or not isinstance(digests, NumberColumn):
        return
    place = names.place(file)
    if names.place(file + b"\0") == place:
        return
    chosen = names.ordinals == place
    if arrays.live is not None:
        chosen &= arrays.live
    articles = chosen.nonzero()[0]
    for article, digest in zip(articles.tolist(), digests.values[articles].tolist(), strict=True):
        yield ids.value(article).decode("ascii"), digest
