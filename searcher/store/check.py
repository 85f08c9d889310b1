"""Is the index sound? Every byte is read, and what is said twice is compared."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from searcher.errors import IndexDamagedError
from searcher.model import CheckReport, Damage
from searcher.store import derived
from searcher.store.agreement import disagreements, reason_of
from searcher.store.codec import verify
from searcher.store.codec.columns import BytesColumn
from searcher.store.documents import to_article
from searcher.store.index import ArticleIndex
from searcher.store.schema import INDEX_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from searcher.store.codec import ArraySegment, SegmentArrays

_CHUNK = 1 << 20
_ATTEMPTS = 5
_A_STEP = 1 << 12


def check(index: ArticleIndex) -> CheckReport:
    """Read every byte of an index and say what is wrong with it.

    Every checksum must fit, every cross-reference within a segment hold, every article be whole and be found under its
    own id, its language and its days, and no two articles have one id. What a commit takes away while it is read is no
    damage.

    Raises:
        IndexMissingError: there is no index.
    """
    report = _Check(index).report()
    for _ in range(_ATTEMPTS):
        if report.sound or index.latest_revision() == report.revision:
            break
        report = _Check(index).report()
    return report


def first_damage(index: ArticleIndex, seconds: float) -> Damage | None:
    """Find something that is wrong with an index; None: nothing is, or nothing was found in about so many seconds.

    Raises:
        IndexMissingError: there is no index.
    """
    end = time.monotonic() + seconds
    look = _Check(index)
    for damage in look.damages():
        if damage is not None:
            return damage if index.latest_revision() == look.revision else None
        if time.monotonic() > end:
            break
    return None


class _Check:
    """One look at the index as the last commit left it."""

    def __init__(self, index: ArticleIndex) -> None:
        self._index = index = ArticleIndex(index.folder)  # what is open was looked at before it broke
        self._segments: list[ArraySegment] = []
        self._bytes = 0
        self._ids: set[int] = set()
        self._unreadable = ""
        self.revision = index.latest_revision()
        try:
            toc = index.read_toc()
            self._schema, self.revision, self._segments = toc.schema, toc.generation, toc.segments
        except IndexDamagedError as error:
            self._unreadable = error.message
        self._files = index.files()

    def report(self) -> CheckReport:
        """Look at everything."""
        damages = tuple(damage for damage in self.damages() if damage is not None)
        return CheckReport(
            path=str(self._index.folder),
            revision=self.revision,
            articles=sum(segment.doc_count() for segment in self._segments),
            files=len(self._files),
            bytes_read=self._bytes,
            damages=damages,
        )

    def damages(self) -> Iterator[Damage | None]:
        """Yield what is wrong, and None now and then."""
        if self._unreadable:
            yield Damage("table of contents", self._unreadable)
        for path in self._files:
            yield self._read(path)
        for segment in self._segments:
            sound = True
            for broken in verify(self._index.storage, segment, stored=False):  # they are read below
                sound = False
                yield broken
            yield None
            if sound:
                arrays = segment.arrays(self._index.storage)
                yield from disagreements(arrays, self._schema, segment.segment_id())
                yield None
                yield from self._articles(arrays, f"{segment.segment_id()}: articles")

    def _read(self, path: Path) -> Damage | None:
        try:
            with path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    self._bytes += len(chunk)
            finished = not path.name.endswith(derived.UNFINISHED)  # what a writer that was ended left, nobody reads
            if path.name.startswith(f"{INDEX_NAME}-") and finished and not derived.is_sound(path):
                return Damage(path.name, "the checksum does not fit")
        except FileNotFoundError:
            pass  # a commit took it away after it was listed; what the table of contents names is looked for by itself
        except OSError as error:
            return Damage(path.name, error.strerror or str(error))
        return None

    def _articles(self, arrays: SegmentArrays, part: str) -> Iterator[Damage | None]:
        """Every article can be read, and is the only one of its id, which the column holds, and so the terms.

        A deleted one can be read, too.
        """
        try:
            column = arrays.column("id")
            if not isinstance(column, BytesColumn):
                raise TypeError("there is no column of ids")  # noqa: TRY301
            ids, live = column.dictionary, arrays.live
            for number, (ordinal, stored) in enumerate(
                zip(column.ordinals.tolist(), arrays.stored_reader, strict=True)
            ):
                article = to_article(stored)
                if live is not None and not live[number]:
                    continue
                if article.id.encode() != ids[ordinal]:
                    yield Damage(part, f"article {number} has another id in the column")
                identity = int(article.id, 16)
                if identity in self._ids:
                    yield Damage(part, f"article {number} has the id of another, {article.id}")
                self._ids.add(identity)
                if not number % _A_STEP:
                    yield None
        except Exception as error:  # noqa: BLE001 - a damaged file raises nearly anything
            yield Damage(part, reason_of(error))
