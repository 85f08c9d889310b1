"""Are ids known again, however many have come since?"""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from searcher.ingest import seen

IDS = st.integers(0, 40) | st.integers(2**64 - 3, 2**64 - 1)


@given(st.lists(IDS), st.integers(1, 5))
def test_an_id_is_new_once(numbers: list[int], recent: int) -> None:
    known = seen.Seen()
    with patch.object(seen, "_RECENT", recent):
        new = [known.add(number) for number in numbers]
    assert new == [number not in numbers[:place] for place, number in enumerate(numbers)]
