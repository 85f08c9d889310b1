"""What is known already as arrays, in the form in which Whoosh walks it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh import matching

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.search.engine.matches import Articles, Scores


class ArrayMatcher(matching.Matcher):  # type: ignore[misc]
    """Articles and scores that are known already, an article at a time."""

    def __init__(self, articles: Articles, scores: Scores) -> None:
        self._articles = articles
        self._scores = scores
        self._at = 0

    def is_active(self) -> bool:
        """There is a current article."""
        return self._at < len(self._articles)

    def reset(self) -> None:
        """Go back to the first article."""
        self._at = 0

    def copy(self) -> ArrayMatcher:
        """Give another one at the same place."""
        other = ArrayMatcher(self._articles, self._scores)
        other._at = self._at
        return other

    def id(self) -> int:
        """Give the current article's number."""
        return int(self._articles[self._at])

    def next(self) -> None:
        """Go to the next article."""
        if not self.is_active():
            raise matching.ReadTooFar
        self._at += 1

    def skip_to(self, id: int) -> None:  # noqa: A002
        """Go to the first article from this number on."""
        if not self.is_active():
            raise matching.ReadTooFar
        self._at = max(self._at, int(self._articles.searchsorted(id)))

    def all_ids(self) -> Iterator[int]:
        """Yield every article's number."""
        return iter(self._articles.tolist())

    def supports(self, astype: str) -> bool:  # noqa: ARG002
        """It knows scores only."""
        return False

    def value(self) -> bytes:
        """It knows scores only."""
        return b""

    def value_as(self, astype: str) -> Any:
        """It knows scores only."""
        raise NotImplementedError(astype)

    def weight(self) -> float:
        """Give the current article's score."""
        return self.score()

    def score(self) -> float:
        """Give the current article's score."""
        return float(self._scores[self._at])

    def supports_block_quality(self) -> bool:
        """All articles are one block."""
        return True

    def max_quality(self) -> float:
        """Give the best score."""
        return float(self._scores.max(initial=0.0))

    def block_quality(self) -> float:
        """Give the best score."""
        return self.max_quality()

    def skip_to_quality(self, minquality: float) -> int:
        """Go to the first article from here with a better score."""
        better = np.flatnonzero(self._scores[self._at :] > minquality)
        self._at = self._at + int(better[0]) if len(better) else len(self._articles)
        return 0
