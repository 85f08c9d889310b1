"""Which texts may be near one? The fingerprints of an index's segments in three orders, kept beside a large index.

Fingerprints that differ in no more than two of their eight bytes agree in one of three bands: the first three bytes,
the next three, or the last two (the pigeonhole of Manku, Jain and Das Sarma, "Detecting near-duplicates for web
crawling", 2007). Turned so that a band comes first, and sorted, those that agree in it stand side by side.

A segment never changes: what is kept of it holds for as long as it is there, whatever is written or deleted beside it.
"""

from __future__ import annotations

import json
import mmap
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from searcher.articles.duplicates import MOST_DIFFERENT
from searcher.store import derived
from searcher.store.codec import SegmentArrays
from searcher.store.codec.columns import NumberColumn

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
_BYTES_EACH = len(_BANDS) * (8 + 4)


class _Covered(NamedTuple):
    """A segment that the file tells of: its name and number of articles, deleted ones included."""

    name: str
    size: int


class KeptFingerprints:
    """The fingerprints that are kept of one state of an index or of an earlier one.

    Attributes:
        segments: the first numbers of the segments that they are of.
    """

    def __init__(self, content: mmap.mmap, start: int, covered: list[_Covered], bases: dict[str, int]) -> None:
        ends = np.cumsum([0, *(segment.size for segment in covered)])
        count = (len(content) - start) // _BYTES_EACH
        if count > ends[-1] or len(content) != start + count * _BYTES_EACH:
            raise ValueError("cut short")
        turned = np.frombuffer(content, "<u8", len(_BANDS) * count, start)
        places = np.frombuffer(content, "<u4", len(_BANDS) * count, start + turned.nbytes)
        self._turned: Prints = turned.reshape(len(_BANDS), count)
        self._places: NDArray[np.uint32] = places.reshape(len(_BANDS), count)
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
            return cls(content, content.find(b"\n") + 1, covered, bases)
        except (OSError, ValueError):
            return None

    def near(self, fingerprint: int) -> NDArray[np.int64]:
        """Give the articles with nearly this fingerprint, deleted ones included, by their numbers in the index."""
        found = []
        for turned, places, (by, width) in zip(self._turned, self._places, _BANDS, strict=True):
            mine = _turn(np.array([fingerprint]).view(np.uint64), by)
            rest = np.uint64((1 << (64 - width)) - 1)
            first, last = turned.searchsorted(mine & ~rest)[0], turned.searchsorted(mine | rest, "right")[0]
            different = (turned[first:last] ^ mine).view(np.uint8).reshape(-1, 8)
            found.append(places[first:last][np.count_nonzero(different, axis=1) <= MOST_DIFFERENT])
        place = np.concatenate(found).astype(np.int64)
        numbers = place + self._shifts[self._ends.searchsorted(place, "right")]
        return numbers[numbers >= 0]


def keep_fingerprints(snapshot: Snapshot) -> None:
    """Keep the fingerprints of a large index, where too many of its articles are not told of (OSError)."""
    known = {one.name for one in _covered(snapshot.folder)}
    missing = sum(arrays.article_count for name, arrays, _ in _segments(snapshot) if name not in known)
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
    turned, places = [], []
    for by, _ in _BANDS:
        of_band = _turn(every[known], by)
        order = np.argsort(of_band)
        turned.append(of_band[order].astype("<u8").tobytes())
        places.append(known[order].tobytes())
    about: dict[str, int | str] = {"revision": snapshot.revision, "segments": json.dumps(covered)}
    derived.write_bytes(snapshot.folder, _NAME, about, b"".join([*turned, *places]))


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
