"""Which segments to merge when, so that a commit stays cheap and segments few.

Segments are of a tier by their number of articles, each tier eight times the one below. Eight of one tier become one of
the next (as in Lucene's `LogMergePolicy`), so an article is rewritten once a tier and an index of a million articles
has a few dozen segments at worst. A segment of which more than a third is deleted is rewritten whatever its tier.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searcher.store.codec.segment import ArraySegment

_FACTOR = 8
_SMALLEST_TIER = 64
_TOO_MANY_DELETED = 1 / 3


def choose_merges(segments: Sequence[ArraySegment]) -> list[list[ArraySegment]]:
    """Say which segments to merge now: groups, each to become one segment, in the order given.

    Args:
        segments: of the index, in its order.
    """
    tiers: dict[int, list[ArraySegment]] = {}
    groups = []
    for segment in segments:
        if segment.deleted_count() > segment.doc_count_all() * _TOO_MANY_DELETED:
            groups.append([segment])
        else:
            tiers.setdefault(_tier(segment.doc_count()), []).append(segment)
    carried: list[ArraySegment] = []
    for tier in range(max(tiers, default=-1) + 1):
        # What is merged on one tier counts as one segment of the next, and is merged once with it where that is full.
        here = tiers.get(tier, [])
        if len(here) + bool(carried) >= _FACTOR:
            carried += here
        elif carried:
            groups.append(carried)
            carried = []
    if carried:
        groups.append(carried)
    order = {segment: index for index, segment in enumerate(segments)}
    return [sorted(group, key=order.__getitem__) for group in groups]


def _tier(articles: int) -> int:
    return 0 if articles <= _SMALLEST_TIER else 1 + int(log(articles / _SMALLEST_TIER, _FACTOR))
