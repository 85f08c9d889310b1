"""Which texts may be near one? The fingerprints of an index's segments in three orders, kept beside a large index.

Fingerprints that differ in no more than two of their eight bytes agree in one of three bands: the first three bytes,
the next three, or the last two (the pigeonhole of Manku, Jain and Das Sarma, "Detecting near-duplicates for web
crawling", 2007). Turned so that a band comes first, and sorted, those that agree in it stand side by side.

They are a file of sections as a segment is, so that nothing is believed that does not fit its checksum.

A segment never changes: what is kept of it holds for as long as it is there, whatever is written or deleted beside it.
"""

from __future__ import annotations

import io
import json
import mmap
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from searcher.articles.duplicates import MOST_DIFFERENT
from searcher.errors import IndexDamagedError
from searcher.store import derived
from searcher.store.checksum import checksum
from searcher.store.codec import SegmentArrays
from searcher.store.codec.columns import NumberColumn
from searcher.store.codec.ragged import ranges
from searcher.store.codec.sections import SectionFile
from searcher.store.codec.sections_writer import SectionWriter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from searcher.store.snapshot import Snapshot

    Prints = NDArray[np.uint64]

_NAME = "fingerprints"

#: For each band by how many bits to turn a fingerprint left, and how many of its bits come first then.
_BANDS = ((40, 24), (16, 24), (0, 16))

#: So many articles are looked through one by one sooner than a file is written for them.
_MANY = 50_000
_STALE = 0.1

_NOWHERE = -(1 << 40)

#: Of so many fingerprints the first stands in the fence of its band.
_FENCED = 512


class _Covered(NamedTuple):
    """A segment that the file tells of: its name and number of articles, deleted ones included."""

    name: str
    size: int


class KeptFingerprints:
    """The fingerprints that are kept of one state of an index or of an earlier one.

    Attributes:
        segments: the first numbers of the segments that they are of.
    """

    def __init__(self, file: SectionFile, covered: list[_Covered], bases: dict[str, int]) -> None:
        self._file = file
        ends = np.cumsum([0, *(segment.size for segment in covered)])
        self._ends: NDArray[np.int64] = ends[1:]
        # What is added to a place for the article's number; the places of segments that are gone lead nowhere.
        starts = ends[:-1].tolist()
        self._shifts = np.array(
            [bases.get(one.name, _NOWHERE) - start for one, start in zip(covered, starts, strict=True)], np.int64
        )
        self.segments = frozenset(bases[one.name] for one in covered if one.name in bases)

    @classmethod
    def of(cls, snapshot: Snapshot) -> KeptFingerprints | None:
        """Give what is kept for an index; None when there is nothing of any use."""
        covered = _covered(snapshot.folder)
        bases = {name: base for name, _, base in _segments(snapshot)}
        if not any(one.name in bases for one in covered):
            return None
        try:
            with derived.path_of(snapshot.folder, _NAME).open("rb") as file:
                content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            sections = memoryview(content)[content.find(b"\n") + 1 :]
            return cls(SectionFile(sections, _NAME, _identity(covered)), covered, bases)
        except (OSError, ValueError, IndexDamagedError):
            return None

    def near(self, fingerprints: NDArray[np.int64]) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
        """Give the articles with nearly one of some fingerprints, deleted ones included, some of them repeatedly.

        Returns:
            The places in `fingerprints`, and beside each an article's number in the index.

        Raises:
            IndexDamagedError: what is kept is damaged.
        """
        found = [self._near_in(band, fingerprints.view(np.uint64)) for band in range(len(_BANDS))]
        mine, theirs = (np.concatenate(parts) for parts in zip(*found, strict=True))
        numbers = theirs + self._shifts[self._ends.searchsorted(theirs, "right")]
        there = numbers >= 0
        return mine[there], numbers[there]

    def _near_in(self, band: int, prints: Prints) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
        """Give the places of fingerprints, and beside each the place of one that agrees in a band, and is near."""
        by, width = _BANDS[band]
        wanted = _turn(prints, by)
        rest = np.uint64((1 << (64 - width)) - 1)
        fence = self._file.array(f"{band}/fence")
        firsts = np.maximum(fence.searchsorted(wanted & ~rest) - 1, 0) * _FENCED
        lasts = np.minimum(fence.searchsorted(wanted | rest, "right") * _FENCED, self._file.length(f"{band}/places"))
        counts = lasts - firsts
        mine = np.repeat(np.arange(len(prints)), counts)
        theirs = ranges(firsts, counts)
        different = self._file.section(f"{band}/turned").items(theirs) ^ wanted[mine]
        agreeing = (different <= rest).nonzero()[0]
        octets = different[agreeing].view(np.uint8).reshape(-1, 8)
        near = agreeing[np.count_nonzero(octets, axis=1) <= MOST_DIFFERENT]
        return mine[near], self._file.section(f"{band}/places").items(theirs[near]).astype(np.int64)


def keep_fingerprints(snapshot: Snapshot) -> None:
    """Keep the fingerprints of a large index, where too many of its articles are not told of (OSError)."""
    kept = KeptFingerprints.of(snapshot)
    known = frozenset() if kept is None else kept.segments
    missing = sum(arrays.article_count for _, arrays, base in _segments(snapshot) if base not in known)
    if missing > max(_MANY, _STALE * len(snapshot)):
        _write(snapshot)


def _write(snapshot: Snapshot) -> None:
    covered: list[_Covered] = []
    prints: list[Prints] = []
    for name, arrays, _ in _segments(snapshot):
        column = arrays.column("fingerprint")
        if isinstance(column, NumberColumn):
            covered.append(_Covered(name, arrays.article_count))
            prints.append(column.values.astype("<i8").view(np.uint64))
    every = np.concatenate(prints)
    known = np.flatnonzero(every).astype("<u4")
    content = io.BytesIO()
    writer = SectionWriter(content, _identity(covered))
    for band, (by, _) in enumerate(_BANDS):
        turned = _turn(every[known], by)
        order = np.argsort(turned)
        writer.add(f"{band}/turned", turned[order])
        writer.add(f"{band}/fence", turned[order[::_FENCED]])
        writer.add(f"{band}/places", known[order])
    writer.finish({})
    about: dict[str, int | str] = {"revision": snapshot.revision, "segments": json.dumps(covered)}
    derived.write_bytes(snapshot.folder, _NAME, about, content.getvalue())


def _identity(covered: list[_Covered]) -> str:
    return checksum(json.dumps(covered).encode())


def _turn(prints: Prints, by: int) -> Prints:
    return prints if not by else (prints << np.uint64(by)) | (prints >> np.uint64(64 - by))


def _covered(folder: Path) -> list[_Covered]:
    try:
        return [_Covered(str(name), int(size)) for name, size in json.loads(derived.header(folder, _NAME)["segments"])]
    except (KeyError, TypeError, ValueError, RecursionError):
        return []


def _segments(snapshot: Snapshot) -> Iterator[tuple[str, SegmentArrays, int]]:
    """Yield name, arrays and first article's number of each segment."""
    for leaf, base in snapshot.reader.leaf_readers():
        arrays = SegmentArrays.of(leaf)
        if arrays is not None:
            yield leaf.segment().segment_id(), arrays, base
