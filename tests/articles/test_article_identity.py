"""Ids are stable, and two articles never share one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from searcher.articles.drafts import Draft
from searcher.articles.identity import article_id


def test_it_is_the_same_on_every_machine_and_day() -> None:
    assert article_id("seeds/one.txt") == "2b2d02f66b136d2a"


@given(st.text(), st.text())
def test_it_is_sixteen_digits_and_differs_by_path_and_record(path: str, record: str) -> None:
    assert len(article_id(path, record)) == 16
    assert int(article_id(path, record), 16) >= 0
    assert article_id(path, record) != article_id(path)
    assert article_id(path, record) != article_id(path + "x", record)


def test_a_number_and_an_id_that_looks_like_it_are_two() -> None:
    assert Draft("a", "", number=17).key != Draft("a", "", number=1, record_id="17").key
    assert Draft("a", "", number=17).path == "a#17"
    assert Draft("a", "").key is None
