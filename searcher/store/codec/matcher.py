"""A term's postings as Whoosh walks them: one after the other, by block, or straight to an article."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.matching import LeafMatcher, ReadTooFar

from searcher.store.codec.kinds import put_together, rows_of
from searcher.store.codec.lengths import LENGTHS
from searcher.store.codec.packing import BLOCK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from searcher.store.codec.kinds import Kind
    from searcher.store.codec.postings import Postings


class ArrayMatcher(LeafMatcher):  # type: ignore[misc]
    """Walks the postings of one term.

    Args:
        codes: the length code of every article of the segment; None where the field is not scored.
    """

    def __init__(
        self,
        postings: Postings,
        kind: Kind,
        codes: NDArray[np.uint8] | None,
        format_: Any,
        *,
        term: tuple[str, bytes],
        scorer: Any,
    ) -> None:
        self.format = format_
        self.scorer = scorer
        self._term = term
        self._postings = postings
        self._kind = kind
        self._codes = codes
        self._i = 0
        self._count = len(postings)
        # Where it stood when it was sent past its end: some of Whoosh's matchers still ask there.
        self._stood: int | None = None

    def _fresh(self) -> ArrayMatcher:
        return ArrayMatcher(self._postings, self._kind, self._codes, self.format, term=self._term, scorer=self.scorer)

    def copy(self) -> ArrayMatcher:
        """Give a matcher at the same place."""
        copied = self._fresh()
        copied._i, copied._stood = self._i, self._stood  # noqa: SLF001
        return copied

    def reset(self) -> None:
        """Go back to the first posting."""
        self._i, self._stood = 0, None

    # Lists, because Python reads numbers out of them several times faster than out of arrays.

    @cached_property
    def _articles(self) -> list[int]:
        articles: list[int] = self._postings.articles.tolist()
        return articles

    @cached_property
    def _weights(self) -> list[float]:
        weights: list[float] = self._postings.weights.tolist()
        return weights

    def is_active(self) -> bool:
        """Say whether there is a posting here."""
        return self._i < self._count

    def id(self) -> int:
        """Give the article."""
        return self._articles[self._i if self._stood is None else self._stood]

    def all_ids(self) -> Iterator[int]:
        """Yield all articles."""
        return iter(self._articles)

    def weight(self) -> float:
        """Give the weight."""
        return self._weights[self._i if self._stood is None else self._stood]

    def next(self) -> bool:
        """Go to the next posting; say whether it is in another block."""
        if self._i >= self._count:
            raise ReadTooFar
        self._i += 1
        return self._i % BLOCK == 0 or self._i == self._count

    def skip_to(self, article: int) -> None:
        """Go to the first posting at or after an article."""
        if self._i >= self._count:
            raise ReadTooFar
        articles = self._articles
        if articles[-1] < article:
            self._end()
        elif articles[self._i] < article:
            self._i += int(np.searchsorted(self._postings.articles[self._i :], article))

    def _end(self) -> None:
        """Go past the last posting, as a walk by whole blocks does: from where it is in the last block."""
        self._stood = max(self._i, (self._count - 1) // BLOCK * BLOCK)
        self._i = self._count

    # What a posting holds.

    def value(self) -> bytes:
        """Give the posting's value, as the field's format encodes it."""
        if self._kind.opaque:
            return (self._postings.details.values or [])[self._i]
        rows = self._rows() if self._kind.positions else []
        return put_together(self._kind, self.format, self._frequency(), rows)

    def value_as(self, astype: str) -> Any:
        """Give the posting's value as the format would decode it."""
        kind = self._kind
        if astype == "frequency" and not kind.opaque:
            return self._frequency()
        if astype == "positions" and kind.positions:
            starts = self._postings.position_starts
            start, stop = int(starts[self._i]), int(starts[self._i + 1])
            if kind.name == "positions":
                return self._postings.positions[1][start:stop].tolist()
            return self._postings.details.positions[start:stop].tolist()  # type: ignore[index]
        return super().value_as(astype)

    def _frequency(self) -> int:
        return int(self._postings.frequencies[self._i])

    def _rows(self) -> list[Any]:
        starts = self._postings.position_starts
        start, stop = int(starts[self._i]), int(starts[self._i + 1])
        return rows_of(self._kind, self._postings.details, start, stop)

    # Blocks.

    @cached_property
    def _bounds(self) -> tuple[list[float], list[int], list[int]]:
        firsts = np.arange(0, self._count, BLOCK)
        heaviest = np.maximum.reduceat(self._postings.weights, firsts).tolist()
        if self._codes is None:
            return heaviest, [0] * len(firsts), [0] * len(firsts)
        codes = self._codes[self._postings.articles]
        shortest = LENGTHS[np.minimum.reduceat(codes, firsts)].tolist()
        return heaviest, shortest, LENGTHS[np.maximum.reduceat(codes, firsts)].tolist()

    def block_max_weight(self) -> float:
        """Give the highest weight of this block."""
        return self._bounds[0][self._i // BLOCK]

    def block_min_length(self) -> int:
        """Give the length of the shortest article of this block."""
        return self._bounds[1][self._i // BLOCK]

    def block_max_length(self) -> int:
        """Give the length of the longest article of this block."""
        return self._bounds[2][self._i // BLOCK]

    def block_min_id(self) -> int:
        """Give the first article of this block."""
        return self._articles[self._i - self._i % BLOCK]

    def block_max_id(self) -> int:
        """Give the last article of this block."""
        return self._articles[min(self._i - self._i % BLOCK + BLOCK, self._count) - 1]

    def skip_to_quality(self, minquality: float) -> int:
        """Skip blocks that cannot score above `minquality`; say how many."""
        skipped = 0
        while self._i < self._count and self.block_quality() <= minquality:
            if self._i - self._i % BLOCK + BLOCK < self._count:
                self._i += BLOCK - self._i % BLOCK
            else:
                self._end()
            skipped += 1
        return skipped
