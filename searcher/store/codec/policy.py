"""Which segments to merge when, so that a commit stays cheap and segments few.

Segments are of a tier by their number of articles, each tier eight times the one below. Eight of one tier become one of
the next (as in Lucene's `LogMergePolicy`) and take all smaller ones along, which adds little to the work, so an article
is rewritten about once a tier. A segment of which more than a third is deleted is rewritten whatever its tier.
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


def choose_merges(segments: Sequence[ArraySegment], *, at_least: int = _FACTOR) -> list[list[ArraySegment]]:
    """Say which segments to merge now: groups, each to become one segment, in the order given.

    Args:
        segments: of the index, in its order.
        at_least: so many of a tier are merged; more where it is known that more will come.
    """
    tiers = [_tier(segment.doc_count()) for segment in segments]
    full = [tier for tier in set(tiers) if tiers.count(tier) >= at_least]
    taken = [segment for segment, tier in zip(segments, tiers, strict=True) if tier <= max(full, default=-1)]
    wasteful = [
        [segment]
        for segment in segments
        if segment not in taken and segment.deleted_count() > segment.doc_count_all() * _TOO_MANY_DELETED
    ]
    return [taken, *wasteful] if taken else wasteful


def _tier(articles: int) -> int:
    return 0 if articles <= _SMALLEST_TIER else 1 + int(log(articles / _SMALLEST_TIER, _FACTOR))
