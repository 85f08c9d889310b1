"""Sizes are said in the unit that suits them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.text.sizes import size

UNITS = {"B": 1, "kB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 B"), (1, "1 B"), (999, "999 B"), (1000, "1.0 kB"), (46_049, "46.0 kB"), (99_949, "99.9 kB"),
        (99_950, "100 kB"), (999_499, "999 kB"), (999_500, "1.0 MB"), (34_500_000, "34.5 MB"),
        (2_990_552_000, "3.0 GB"),
        (5 * 10**15, "5,000 TB"),
    ],
)  # fmt: skip
def test_a_size_is_said_in_the_unit_that_suits_it(count: int, said: str) -> None:
    assert size(count) == said


@given(st.integers(1, 10**15))
def test_what_is_said_is_near_what_is_meant(count: int) -> None:
    value, unit = size(count).replace(",", "").split()
    assert abs(float(value) * UNITS[unit] - count) <= count / 19
    assert float(value) < 1000 or unit == "TB"
