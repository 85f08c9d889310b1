"""A segment as the table of contents knows it: a name, a number of articles, and which of them are deleted."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.codec.base import Segment

from searcher.errors import IndexDamagedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from searcher.store.codec.arrays import SegmentArrays

TERMS = ".terms"
DOCUMENTS = ".documents"

#: Articles are numbered in 32 bits.
_MOST = 2**31 - 1


class ArraySegment(Segment):  # type: ignore[misc]
    """One segment of flat arrays.

    It is pickled into Whoosh's table of contents as a dict of str, int and bytes.

    Attributes:
        changes: how often deletions have changed since it was opened.
    """

    compound = False

    def __init__(self, indexname: str, article_count: int = 0, segid: str | None = None) -> None:
        self.indexname = indexname
        self.segid = self._random_id() if segid is None else segid
        self._article_count = article_count
        self._deleted: NDArray[np.bool_] | None = None
        self._arrays: SegmentArrays | None = None
        self.changes = 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ArraySegment) and self.segment_id() == other.segment_id()

    def __hash__(self) -> int:
        return hash(self.segment_id())

    def __getstate__(self) -> dict[str, Any]:
        deleted = b""
        if self._deleted is not None and self.has_deletions():
            deleted = zlib.compress(np.packbits(self._deleted).tobytes(), 1)
        return {
            "indexname": self.indexname,
            "segid": self.segid,
            "articles": self._article_count,
            "deleted": deleted,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        try:
            self._restore(state)
        except (KeyError, TypeError, ValueError, zlib.error) as error:
            raise IndexDamagedError(
                f"the table of contents describes a segment wrongly: {error}",
                "`searcher index --full` builds the index anew.",
            ) from error

    def _restore(self, state: dict[str, Any]) -> None:
        indexname, segid, count, deleted = (state[key] for key in ("indexname", "segid", "articles", "deleted"))
        if [type(part) for part in (indexname, segid, count, deleted)] != [str, str, int, bytes]:
            raise ValueError("parts of the wrong type")
        if not 0 <= count <= _MOST:
            raise ValueError("so many articles there are not")
        self.__init__(indexname, count, segid)  # type: ignore[misc]
        if deleted:
            size = (count + 7) // 8
            bits = zlib.decompressobj().decompress(deleted, size + 1)
            if len(bits) != size:
                raise ValueError("deletions of another number of articles")
            self._deleted = np.unpackbits(np.frombuffer(bits, np.uint8), count=count).astype(np.bool_)

    def codec(self, **_: Any) -> Any:
        """Give the codec that reads this segment."""
        from searcher.store.codec.codec import ArrayCodec

        return ArrayCodec()

    def arrays(self, storage: Any) -> SegmentArrays:
        """Give the arrays of this segment, opened once for all who read it."""
        if self._arrays is None:
            from searcher.store.codec.arrays import SegmentArrays

            self._arrays = SegmentArrays(storage, self)
        return self._arrays

    def should_assemble(self) -> bool:
        """Two files are few enough."""
        return False

    # How many articles.

    def set_doc_count(self, count: int) -> None:
        """Say how many articles there are, deleted ones included."""
        self._article_count = count

    def doc_count_all(self) -> int:
        """Say how many articles there are, deleted ones included."""
        return self._article_count

    # Deletions.

    @property
    def deleted(self) -> NDArray[np.bool_] | None:
        """Which articles are deleted (bool[article_count]); None when none is."""
        return self._deleted

    def deleted_count(self) -> int:
        """Count the deleted articles."""
        return 0 if self._deleted is None else int(np.count_nonzero(self._deleted))

    def deleted_docs(self) -> Iterator[int]:
        """Give the numbers of deleted articles."""
        return iter(() if self._deleted is None else np.flatnonzero(self._deleted).tolist())

    def is_deleted(self, number: int) -> bool:
        """Say whether an article is deleted. Whoosh's matchers ask for one beyond the last, too."""
        return self._deleted is not None and number < len(self._deleted) and bool(self._deleted[number])

    def delete_document(self, number: int, delete: bool = True) -> None:
        """Delete an article, or take that back."""
        self._mark(np.array([number]), delete=delete)

    def delete_documents(self, numbers: NDArray[Any]) -> None:
        """Delete many articles."""
        self._mark(numbers, delete=True)

    def _mark(self, numbers: NDArray[Any], *, delete: bool) -> None:
        if self._deleted is None:
            self._deleted = np.zeros(self._article_count, np.bool_)
        self._deleted[numbers] = delete
        self.changes += 1
