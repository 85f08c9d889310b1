"""The index in its folder: is there one, open it, read one state of it, write the next."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Self

from whoosh.index import EmptyIndexError, FileIndex
from whoosh.reading import EmptyReader, MultiReader, SegmentReader

from searcher.errors import IndexDamagedError, IndexMissingError
from searcher.store.codec import SegmentArrays
from searcher.store.faults import damaged, reading, writing
from searcher.store.lock import WriteLock
from searcher.store.schema import INDEX_NAME, article_schema
from searcher.store.snapshot import Snapshot
from searcher.store.storage import DurableStorage
from searcher.store.toc import SafeToc

if TYPE_CHECKING:
    from pathlib import Path

    from whoosh.fields import Schema
    from whoosh.reading import IndexReader

    from searcher.store.writer import IndexWriter

_ATTEMPTS = 20
_PAUSE = 0.05


class ArticleIndex:
    """A Whoosh index of articles in a folder.

    One object serves any number of threads. It looks at the folder when asked, so that a commit by another process
    shows with the next `snapshot()`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.storage = DurableStorage(folder)

    @classmethod
    def exists(cls, folder: Path) -> bool:
        """Tell whether there is an index, sound or not."""
        return cls(folder).latest_revision() >= 0

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the index in a folder.

        Raises:
            IndexMissingError: there is none.
            IndexDamagedError: its table of contents cannot be read or is not one of ours.
        """
        index = cls(folder)
        index.read_toc()
        return index

    @classmethod
    def create(cls, folder: Path, *, anew: bool = False, wait: float = 0.0) -> Self:
        """Make an empty index in a folder, which is made too.

        Args:
            folder: where.
            anew: put an index that is there, sound or not, out of use; else it stays as it is.
            wait: seconds to wait for another process that is writing.

        Raises:
            IndexNotWritableError: the folder cannot be written.
            IndexLockedError: another process is writing to the index there.
        """
        index = cls(folder)
        lock = WriteLock(index.storage)
        with writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
            lock.acquire(wait=wait)
        try:
            revision = index.latest_revision()
            if anew or revision < 0:  # under the lock: another process may have made one meanwhile
                with writing(folder):
                    SafeToc(article_schema(), [], revision + 1).write(index.storage, INDEX_NAME)
        finally:
            lock.release()
        return index

    def latest_revision(self) -> int:
        """Give the number of the last commit in the folder, -1 where there is none; cheap."""
        revision: int = SafeToc._latest_generation(self.storage, INDEX_NAME)  # noqa: SLF001
        return revision

    def read_toc(self) -> SafeToc:
        """Read the schema and the list of segments of the last commit.

        Raises:
            IndexMissingError: there is no index.
            IndexDamagedError: it cannot be read.
        """
        missing: OSError | None = None
        for _ in range(_ATTEMPTS):
            with reading(self.folder):
                try:
                    return self._ours(SafeToc.read(self.storage, INDEX_NAME))
                except EmptyIndexError as error:
                    raise IndexMissingError(
                        f"there is no index in {self.folder}", "make one with `searcher index PATH…`"
                    ) from error
                except FileNotFoundError as error:  # a commit removed it after it was listed
                    missing = error
        raise damaged(self.folder, missing or FileNotFoundError(str(self.folder)))

    def snapshot(self) -> Snapshot:
        """Open the last commit for reading; what is written later does not show in it.

        Raises:
            IndexMissingError: there is no index.
            IndexDamagedError: it cannot be read.
        """
        missing: OSError | None = None
        for _ in range(_ATTEMPTS):
            toc = self.read_toc()
            with reading(self.folder):
                try:
                    reader = self._open_reader(toc)
                except FileNotFoundError as error:
                    missing = error
                else:
                    return Snapshot(self.folder, reader, self.whoosh_index(), toc.generation)
            if self.latest_revision() == toc.generation:
                break
            time.sleep(_PAUSE)
        raise damaged(self.folder, missing or FileNotFoundError(str(self.folder)))

    def writer(self, *, wait: float = 0.0) -> IndexWriter:
        """Lock the index and give the one that may write to it.

        Args:
            wait: seconds to wait for another process that is writing.

        Raises:
            IndexLockedError: another process is still writing.
            IndexNotWritableError: the folder cannot be written.
        """
        from searcher.store.writer import IndexWriter

        lock = WriteLock(self.storage)
        with writing(self.folder):
            lock.acquire(wait=wait)
        try:
            return IndexWriter(self, lock)
        except BaseException:
            lock.release()
            raise

    def whoosh_index(self) -> FileIndex:
        """Give the same index as Whoosh knows it, its table of contents read as safely as here."""
        return _SafeIndex(self)

    def files(self) -> list[Path]:
        """List the files of the index."""
        return [path for path in sorted(self.folder.iterdir()) if path.is_file() and INDEX_NAME in path.name]

    def _ours(self, toc: SafeToc) -> SafeToc:
        if _kinds(toc.schema) != _kinds(article_schema()):
            raise IndexDamagedError(
                f"the index in {self.folder} has other fields than this version's",
                "rebuild it with `searcher index --full`, or name another place with --index",
            )
        return toc

    def _open_reader(self, toc: SafeToc) -> IndexReader:
        readers: list[Any] = []
        try:
            for segment in toc.segments:
                reader = SegmentReader(self.storage, toc.schema, segment, generation=toc.generation)
                readers.append(reader)  # at once, so that those that did open are closed
                _hold(reader)
        except BaseException:
            for reader in readers:
                reader.close()
            raise
        if len(readers) > 1:
            return MultiReader(readers, generation=toc.generation)
        return readers[0] if readers else EmptyReader(toc.schema)


def _kinds(schema: Schema) -> dict[str, type]:
    return {name: type(field) for name, field in schema.items()}


def _hold(reader: SegmentReader) -> None:
    """Open the files of a segment now: a later commit may remove them, and what is open stays readable."""
    arrays = SegmentArrays.of(reader)
    if arrays is not None:
        _ = arrays.terms_file, arrays.documents_file


class _SafeIndex(FileIndex):  # type: ignore[misc]
    """Whoosh's own view of the index."""

    def __init__(self, index: ArticleIndex) -> None:
        self._index = index
        self.storage = index.storage
        self.indexname = INDEX_NAME
        self._schema = None

    def _read_toc(self) -> SafeToc:
        return self._index.read_toc()
