"""What a process was told is kept outside memory and comes back as it was."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.errors import IndexNotWritableError
from searcher.ingest import held as held_messages
from searcher.ingest.held import Held
from searcher.ingest.options import IndexOptions
from searcher.ingest.pipeline import Place, run


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


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_no_room_for_what_is_held_is_said_to_be_that(tmp_path, monkeypatch):
    monkeypatch.setattr(held_messages, "nameless_file", lambda: io.FileIO("/dev/full", "r+"))
    for number in range(100):
        (tmp_path / f"{number}.txt").write_text(f"The harbour has {number} boats.", "utf-8")
    with pytest.raises(IndexNotWritableError, match="no space"):
        run(Place(tmp_path / "index", tmp_path), [tmp_path], IndexOptions(workers=1))
