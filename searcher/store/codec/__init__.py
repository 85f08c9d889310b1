"""Our Whoosh codec: an index on flat numeric arrays.

`ArrayCodec` is what Whoosh writes and reads with, `ArraySegment` what its table of contents names, `SegmentArrays` the
same segment for those who compute over whole arrays, `SegmentBuilder` and `merge` what writes segments in bulk,
`verify` what reads every byte of one. Each is imported when first asked for: a command that only looks whether there
is an index need not load numpy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from searcher.store.codec.arrays import SegmentArrays
    from searcher.store.codec.batch import Batch
    from searcher.store.codec.builder import SegmentBuilder
    from searcher.store.codec.codec import ArrayCodec
    from searcher.store.codec.merging import merge
    from searcher.store.codec.policy import choose_merges
    from searcher.store.codec.segment import ArraySegment
    from searcher.store.codec.soundness import verify

_HOMES = {
    "ArrayCodec": "codec",
    "ArraySegment": "segment",
    "Batch": "batch",
    "SegmentArrays": "arrays",
    "SegmentBuilder": "builder",
    "choose_merges": "policy",
    "merge": "merging",
    "verify": "soundness",
}

__all__ = ["ArrayCodec", "ArraySegment", "Batch", "SegmentArrays", "SegmentBuilder", "choose_merges", "merge", "verify"]


def __getattr__(name: str) -> Any:
    try:
        home = _HOMES[name]
    except KeyError:
        raise AttributeError(name) from None
    return getattr(import_module(f"{__name__}.{home}"), name)
