"""What is in an index, counted."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from searcher.model import PartialDate, Stats
from searcher.store.schema import NO_DAY
from searcher.store.toc import codec_name

if TYPE_CHECKING:
    from searcher.store.index import ArticleIndex
    from searcher.store.snapshot import Snapshot


def statistics(index: ArticleIndex, snapshot: Snapshot, *, people: int) -> Stats:
    """Count what an index holds.

    Args:
        index: where it is.
        snapshot: the state to count.
        people: how many human beings it names, which is known elsewhere.
    """
    words, first_days, last_days = (snapshot.column(name) for name in ("words", "first_day", "last_day"))
    sources, languages = snapshot.column("source"), snapshot.column("language")
    total = dated = 0
    first, last = NO_DAY, 0
    seen_sources: set[str] = set()
    seen_languages: Counter[str] = Counter()
    for number in snapshot.numbers():
        total += words[number]
        seen_sources.add(sources[number])
        seen_languages[languages[number]] += 1
        if first_days[number] != NO_DAY:
            dated += 1
            first = min(first, first_days[number])
            last = max(last, last_days[number])
    seen_sources.discard("")
    return Stats(
        path=str(index.folder),
        revision=snapshot.revision,
        articles=len(snapshot),
        words=total,
        sources=len(seen_sources),
        people=people,
        dated=dated,
        first=PartialDate.of(date.fromordinal(first)) if dated else None,
        last=PartialDate.of(date.fromordinal(last)) if dated else None,
        languages=tuple((name, count) for name, count in seen_languages.most_common() if name),
        segments=len(snapshot.reader.leaf_readers()) if len(snapshot) else 0,
        size_bytes=sum(path.stat().st_size for path in index.files()),
        codec=codec_name(snapshot.reader),
    )
