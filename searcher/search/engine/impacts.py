"""What each word counts in each article, kept between queries: the part of a score that does not depend on the query.

Frequencies over a word's fields are weighted, added up and saturated once; a query multiplies them by the word's
weight. What is kept belongs to one state of the index, so that the statistics behind it are that state's.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from searcher.search.engine.matches import Articles, Scores

DENSE_FROM = 3
"""A word that one in so many articles has is kept as one number an article."""

SPELLED_FROM = 12
"""So is one of many spellings, whose postings come in no order."""

_LEAST_KEPT = 2 << 20

V = TypeVar("V")


class Impacts(NamedTuple):
    """The articles of one segment that have a word, ascending, and what it counts in each: above 0, below 1."""

    articles: Articles
    scores: Scores


def kept_bytes(articles: int, an_article: int) -> int:
    """Say how much may be kept between queries of an archive: 2 MB, and in proportion to its articles."""
    return _LEAST_KEPT + an_article * articles


class Kept(Generic[V]):
    """Values used lately, up to a number of bytes; any number of threads may ask.

    Args:
        size: gives the bytes of a value.
    """

    def __init__(self, most_bytes: int, size: Callable[[V], int]) -> None:
        self._most = most_bytes
        self._size = size
        self._values: OrderedDict[Hashable, V] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def __contains__(self, key: Hashable) -> bool:
        return key in self._values

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """Give the value of a key, made when it is not there."""
        if (known := self._values.get(key)) is not None:
            try:  # noqa: SIM105 - `suppress` takes longer than all the rest
                self._values.move_to_end(key)
            except KeyError:  # another thread has just taken its room
                pass
            return known
        value = make()
        with self._lock:
            if key not in self._values:
                self._values[key] = value
                self._bytes += self._size(value)
            while self._bytes > self._most and len(self._values) > 1:
                self._bytes -= self._size(self._values.popitem(last=False)[1])
        return value
