"""What is in an index, counted."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from searcher.articles.facts import outlets
from searcher.model import PartialDate, Stats
from searcher.store.codec.columns import BytesColumn, NumberColumn
from searcher.store.schema import NO_DAY
from searcher.store.toc import codec_name

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from searcher.store.codec import SegmentArrays
    from searcher.store.index import ArticleIndex
    from searcher.store.snapshot import Snapshot

#: What Whoosh keeps a day 0 as, in the columns of its signed 32-bit fields.
_DAY_ZERO = 2**31


def statistics(index: ArticleIndex, snapshot: Snapshot, *, people: int) -> Stats:
    """Count what an index holds.

    Args:
        index: where it is.
        snapshot: the state to count.
        people: how many human beings it names, which is known elsewhere.
    """
    words = dated = segments = 0
    days: list[int] = []
    sources: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    for arrays in snapshot.segments():
        segments += 1
        words += int(_numbers(arrays, "words").sum())
        first, last = _numbers(arrays, "first_day", _DAY_ZERO), _numbers(arrays, "last_day", _DAY_ZERO)
        known = first != NO_DAY
        if known.any():
            dated += int(known.sum())
            days += [int(first[known].min()), int(last[known].max())]
        sources += _names(arrays, "source")
        languages += _names(arrays, "language")
    return Stats(
        path=str(index.folder),
        revision=snapshot.revision,
        articles=len(snapshot),
        words=words,
        sources=len({outlets.key(name) for name in sources}),
        people=people,
        dated=dated,
        first=PartialDate.of(date.fromordinal(min(days))) if days else None,
        last=PartialDate.of(date.fromordinal(max(days))) if days else None,
        languages=tuple(languages.most_common()),
        segments=segments,
        size_bytes=sum(path.stat().st_size for path in index.files()),
        codec=codec_name(snapshot.reader),
    )


def _numbers(arrays: SegmentArrays, field: str, zero: int = 0) -> NDArray[np.int64]:
    """Give a numeric column of the articles that are not deleted; empty where the segment has none."""
    column = arrays.column(field)
    if not isinstance(column, NumberColumn):
        return np.full(0, NO_DAY, np.int64)
    values: NDArray[np.int64] = column.values.astype(np.int64) - zero
    return values if arrays.live is None else values[arrays.live]


def _names(arrays: SegmentArrays, field: str) -> Counter[str]:
    """Count the values of a column of names over the articles that are not deleted."""
    column = arrays.column(field)
    if not isinstance(column, BytesColumn):
        return Counter()
    ordinals = column.ordinals if arrays.live is None else column.ordinals[arrays.live]
    counts = np.bincount(ordinals, minlength=len(column.dictionary)).tolist()
    named = zip(column.dictionary, counts, strict=True)
    return Counter({name.decode("utf-8"): count for name, count in named if name and count})
