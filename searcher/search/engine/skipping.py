"""The best articles for one word, found without looking at most of those that have it.

Of every block of postings it is known how dense the word can be there at most. The densest blocks are decoded first;
what they hold says how good an article must be to matter, and blocks that cannot hold such a one are left packed
(Ding and Suel, "Faster top-k document retrieval using block-max indexes", SIGIR 2011). A word's other fields (its
titles) are decoded whole: they are short, and raise the bounds of the blocks that hold their articles.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from searcher.search.engine.best import NEAR_TIE
from searcher.search.engine.matches import Found, add, marked, union
from searcher.search.engine.ranking import FIELD_WEIGHTS, LENGTH, SATURATION

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from searcher.search.engine.matches import Articles, Scores
    from searcher.search.engine.norms import Norms
    from searcher.search.engine.whole import Whole
    from searcher.store.codec.term_postings import TermPostings

    Weighted = tuple[Articles, Scores]
    """Articles, and what the word's occurrences count in each before they are saturated."""

WORTH_SKIPPING = 64
"""Of a word in fewer blocks all are decoded."""

_WORTH_LESS = 3
"""Skipping is given up when more than one in so many blocks would have to be decoded."""

_AT_FIRST = 8
_AGAIN = 6
"""How many times as many blocks are decoded next, if they have to be."""

_TOO_NEAR = 0.95
"""When so many blocks may still hold one of the best, the word says as much in most articles."""

_SLACK = np.float32(1 + 1e-5)
"""Bounds and frequencies are rounded differently."""


class WordPostings:
    """The postings of one word in all its fields.

    Args:
        norms: what its occurrences count.
        whole: the segments of the index as one.
        terms: what the word can be in the index, at least one of them in an article.
    """

    def __init__(self, norms: Norms, whole: Whole, terms: tuple[tuple[str, bytes], ...]) -> None:
        self._norms = norms
        self._whole = whole
        found = [(field, postings) for field, term in terms if (postings := whole.term_postings(field, term)).count]
        *others, (self._field, self._main) = sorted(found, key=lambda pair: pair[1].count)
        self._lists = [*others, (self._field, self._main)]
        weighted = [(one.articles, self._weigh(name, one.articles, one.frequencies)) for name, one in others]
        self._others: Weighted | None = add(weighted, whole.size) if weighted else None
        self._homes = np.empty(0, np.intp)
        if self._others is not None:
            self._homes = self._main.lasts.searchsorted(self._others[0])
        self._count: int | None = None
        self._last: tuple[tuple[int, np.float32], Found | None] | None = None

    @property
    def block_count(self) -> int:
        """How many blocks the longest list takes."""
        return self._main.block_count

    def _weigh(self, field: str, articles: Articles, frequencies: NDArray[np.int32]) -> Scores:
        return self._norms.weigh(self._whole, field, articles, frequencies)

    def impacts_in(self, articles: Articles) -> Scores:
        """Give what the word counts in some articles (ascending), 0 where it is not."""
        marks = marked([articles], self._whole.size)
        # The longest list last, as where impacts are kept: sums are to be the same to the last bit.
        *others, longest = (self._found_in(articles, marks, *one) for one in self._lists)
        before = np.zeros(len(articles))
        for places, weights in others:
            before[places] += weights
        values = before.astype(np.float32)
        values[longest[0]] += longest[1]
        impacts: Scores = np.divide(values, values + np.float32(SATURATION), dtype=np.float32)
        return impacts

    def _found_in(
        self, articles: Articles, marks: NDArray[np.bool_], field: str, postings: TermPostings
    ) -> tuple[NDArray[np.intp], Scores]:
        """Give the places of the articles, which are marked, that one list holds, and what it counts there."""
        having, frequencies = self._around(articles, postings)
        rows = marks.take(having).nonzero()[0]
        common = having.take(rows)
        weights = self._weigh(field, common, frequencies.take(rows))
        return marked([common], len(marks)).take(articles).nonzero()[0], weights

    @staticmethod
    def _around(articles: Articles, postings: TermPostings) -> tuple[Articles, NDArray[np.int32]]:
        """Decode the blocks that may hold some articles, or all: give articles and frequencies."""
        if len(articles) * _WORTH_LESS < postings.block_count:
            blocks = np.unique(postings.lasts.searchsorted(articles))
            blocks = blocks.compress(blocks < postings.block_count)
            return postings.in_blocks(blocks) if len(blocks) else (articles[:0], articles[:0])
        return postings.load().articles, postings.frequencies

    @cached_property
    def _articles(self) -> Articles:
        lists = [self._main.articles] if self._others is None else [self._main.articles, self._others[0]]
        return union(lists, self._whole.size)

    def articles(self, allowed: NDArray[np.bool_] | None) -> Articles:
        """Give the articles that have the word, of those allowed (None: all)."""
        articles = self._articles
        return articles if allowed is None else articles.compress(allowed.take(articles))

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return 2048 + 20 * len(self._homes) + (4 * self._main.count if len(self._homes) else 0)

    def count(self, allowed: NDArray[np.bool_] | None) -> int:
        """Tell how many articles have the word, of those allowed (None: all)."""
        if allowed is not None:
            return self._counted(allowed)
        if self._count is None:
            self._count = self._counted(None)
        return self._count

    def _counted(self, allowed: NDArray[np.bool_] | None) -> int:
        main = self._main
        count = main.count if allowed is None else int(np.count_nonzero(allowed.take(main.articles)))
        if self._others is not None:
            others = self._others[0]
            others = others if allowed is None else others.compress(allowed.take(others))
            both = marked([others], self._whole.size).take(main.articles)
            count += len(others) - int(np.count_nonzero(both))
        return count

    def best(
        self, scale: np.float32, wanted: int, allowed: NDArray[np.bool_] | None, poll: Callable[[], None]
    ) -> Found | None:
        """Give the articles among which the best are; None: too many that have the word score as one.

        Args:
            scale: what a saturated frequency is multiplied with.
            wanted: how many of the best; above 0.
            allowed: which articles count; None: all.
            poll: called between steps.
        """
        if allowed is not None:
            return self._find_best(scale, wanted, allowed, poll)
        last = self._last
        if last is None or last[0] != (wanted, scale):
            last = self._last = (wanted, scale), self._find_best(scale, wanted, None, poll)
        return last[1]

    def _find_best(
        self, scale: np.float32, wanted: int, allowed: NDArray[np.bool_] | None, poll: Callable[[], None]
    ) -> Found | None:
        bounds = self._bounds()
        best: Weighted = np.empty(0, np.int32), np.empty(0, np.float32)
        if self._others is not None:
            best = _allowed(_within(self._others, self._homes, np.array([len(bounds)]), len(bounds)), allowed)
        share = 1.0 if allowed is None else max(float(np.count_nonzero(allowed)), 1.0) / len(allowed)
        at_once = int((wanted + _AT_FIRST) / share)
        if at_once * _WORTH_LESS > len(bounds):
            return None
        chosen = np.arange(len(bounds))
        while len(chosen):
            poll()
            if len(chosen) > at_once:
                chosen = chosen[np.argpartition(bounds[chosen], len(chosen) - at_once)[len(chosen) - at_once :]]
                chosen.sort()
            bounds[chosen] = -1
            more = _allowed(self._decoded(chosen), allowed)
            best = np.concatenate((best[0], more[0])), np.concatenate((best[1], more[1]))
            if len(best[0]) < wanted:
                return None
            cut = _cut(np.partition(best[1], len(best[1]) - wanted)[len(best[1]) - wanted], scale)
            chosen = (bounds > cut).nonzero()[0]
            at_once *= _AGAIN
            if min(len(chosen), at_once) * _WORTH_LESS > len(bounds) or len(chosen) > _TOO_NEAR * len(bounds):
                return None
        good = best[1] > cut
        articles, weights = best[0].compress(good), best[1].compress(good)
        order = articles.argsort()
        articles, weights = articles[order], weights[order]
        scores = np.divide(weights, weights + np.float32(SATURATION), dtype=np.float32) * scale
        return Found(articles, scores)

    def _bounds(self) -> NDArray[np.float32]:
        """Give what the word can count at most in the articles of each block."""
        rule = FIELD_WEIGHTS[self._field]
        average = self._norms.average_length(rule.length_of)
        bounds = self._main.densest(average * (1 - LENGTH) / LENGTH) * np.float32(rule.weight * average / LENGTH)
        if self._others is not None:
            highest = np.zeros(len(bounds) + 1, np.float32)
            np.maximum.at(highest, self._homes, self._others[1])
            bounds += highest[:-1]
        bounds *= _SLACK
        return bounds

    def _decoded(self, chosen: NDArray[np.intp]) -> Weighted:
        """Decode some blocks, and look their articles up in the other lists."""
        articles, frequencies = self._main.in_blocks(chosen)
        found = articles, self._weigh(self._field, articles, frequencies)
        if self._others is None:
            return found
        return add([found, _within(self._others, self._homes, chosen, self.block_count)], self._whole.size)


def _within(others: Weighted, homes: NDArray[np.intp], chosen: NDArray[np.intp], count: int) -> Weighted:
    """Give what lies in some of `count` blocks, or behind the last, by the block that each article lies in."""
    there = marked([chosen], count + 1).take(homes)
    return others[0].compress(there), others[1].compress(there)


def _allowed(found: Weighted, allowed: NDArray[np.bool_] | None) -> Weighted:
    if allowed is None:
        return found
    mask = allowed.take(found[0])
    return found[0].compress(mask), found[1].compress(mask)


def _cut(weight: np.float32, scale: np.float32) -> np.float32:
    """Give the weighted frequency that scores less than this one by more than what may tie."""
    share = float(weight / (weight + np.float32(SATURATION))) - 3 * NEAR_TIE / float(scale)
    return np.float32(max(SATURATION * share / (1 - share), 0.0))
