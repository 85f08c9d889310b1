"""What a process was told is kept outside memory and comes back as it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from searcher.ingest.held import Held


@given(st.lists(st.binary(max_size=30) | st.just(None), max_size=20))
def test_messages_come_back_in_order_until_they_are_forgotten(steps):
    held, expected = Held(), []
    for step in steps:
        if step is None:
            held.clear()
            expected = []
        else:
            held.add(step)
            expected.append(step)
        assert list(held) == list(held) == expected
        assert bool(held) == bool(expected)
    held.close()
    assert not held
    held.close()
