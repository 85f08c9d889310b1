"""The page of an answer is what ordering all of it would put there, however many tie."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.search.engine.best import NEAR_TIE, lowest, near_best
from searcher.search.engine.matches import Found
from searcher.search.engine.ordering import page_of


class Archive:
    """As much of a collection as ordering asks for: articles have ids in reverse of their numbers."""

    def __init__(self, days: np.ndarray) -> None:
        self.days = days
        self.whole = self

    def dates(self, _: Any) -> Archive:
        return self

    def order(self, articles: np.ndarray, *, oldest: bool) -> np.ndarray:
        return self.days[articles] if oldest else -self.days[articles]

    def first_by_id(self, articles: np.ndarray, count: int) -> np.ndarray:
        return np.sort(articles)[::-1][:count]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@given(
    seed=st.integers(0, 1 << 30),
    count=st.sampled_from([1, 200, 257, 3000, 30_000]),
    levels=st.sampled_from([1, 3, 400]),
    days=st.sampled_from([1, 5, 10_000]),
    start=st.sampled_from([0, 5, 260]),
)
def test_a_page_is_cut_from_the_whole_order(*, sort, seed, count, levels, days, start):
    rng = np.random.default_rng(seed)
    # On the edges between what rounds to one level and to the next, and next to them.
    edges = ((rng.integers(0, levels, count) + 0.5) * NEAR_TIE).astype(np.float32)
    scores = np.nextafter(edges, rng.choice([-1, 0, 1], count).astype(np.float32))
    archive = Archive(rng.integers(0, days, count))
    articles = np.arange(count, dtype=np.int32)
    page = page_of(archive, Found(articles, scores if sort == "relevance" else None), sort, start, start + 10)
    levels_of = np.rint(scores.astype(np.float64) / NEAR_TIE) if sort == "relevance" else np.zeros(count)
    order = np.lexsort((-articles, archive.order(articles, oldest=sort == "oldest"), -levels_of))
    assert page.tolist() == order[start : start + 10].tolist()


@given(seed=st.integers(0, 1 << 30), count=st.integers(1, 30_000), kinds=st.sampled_from([1, 2, 50, 1 << 20]))
def test_the_best_and_the_lowest_are_among_those_picked_out(seed, count, kinds):
    rng = np.random.default_rng(seed)
    numbers = rng.integers(0, kinds, count)
    wanted = int(rng.integers(1, count + 1))
    edge = np.sort(numbers)[wanted - 1]
    assert lowest(numbers, wanted).tolist() == np.flatnonzero(numbers <= edge).tolist()
    scores = numbers.astype(np.float32)
    near = near_best(scores, wanted, 1.5, least=1.0)
    edge = np.sort(scores)[::-1][wanted - 1]
    assert set(np.flatnonzero((scores > edge - 1.5) & (scores >= 1))) <= set(near.tolist())
    assert (scores[near] >= 1).all()
