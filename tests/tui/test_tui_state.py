"""What is kept between runs is written whole, read with suspicion, and kept apart for each archive."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.tui.request import Filter, Request
from searcher.tui.state import HISTORY_KEPT, POSITIONS_KEPT, READ_KEPT, STARRED_KEPT, State, load, save

FULL = State(
    theme="searcher-light",
    request=Request("bridge", (Filter("source", "AP", excluded=True), Filter("date", "2019")), "newest"),
    history=("ferry", "bridge"),
    read=("aa", "bb"),
    starred=("bb",),
    positions={"aa": 17},
    preview=False,
)


def test_what_is_saved_is_what_is_loaded(tmp_path):
    path = tmp_path / "deep" / "tui.json"
    save(path, "index", FULL)
    assert load(path, "index") == FULL
    assert [file.name for file in path.parent.iterdir()] == ["tui.json"]


def test_archives_are_kept_apart_and_share_the_theme(tmp_path):
    path = tmp_path / "tui.json"
    save(path, "one", FULL)
    assert load(path, "two") == State(theme="searcher-light")
    save(path, "two", State(theme="searcher-dark", history=("storm",)))
    assert load(path, "one").history == FULL.history
    assert load(path, "one").theme == "searcher-dark"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(["request", "history", "read", "positions", "preview"]),
        JSON | st.fixed_dictionaries({"text": JSON, "filters": st.lists(JSON, max_size=2), "sort": JSON}),
    ),
    JSON,
)
def test_a_file_that_someone_else_wrote_does_no_harm(tmp_path_factory, mine, theme):
    path = tmp_path_factory.mktemp("state") / "tui.json"
    path.write_text(json.dumps({"version": 1, "theme": theme, "archives": {"index": mine}}))
    state = load(path, "index")
    save(path, "index", state)
    assert load(path, "index") == state


@pytest.mark.parametrize("content", ["", "{", "[]", '{"version": 99}', "\x00", "[" * 100_000])
def test_a_damaged_file_is_as_if_it_were_not_there(tmp_path, content):
    path = tmp_path / "tui.json"
    path.write_text(content)
    assert load(path, "index") == State()


def test_a_folder_that_cannot_be_written_is_an_error_that_leaves_the_file(tmp_path):
    path = tmp_path / "tui.json"
    save(path, "index", FULL)
    with pytest.raises(TypeError):
        save(path, "index", State(history=(object(),)))
    assert load(path, "index") == FULL
    assert [file.name for file in tmp_path.iterdir()] == ["tui.json"]


def test_history_holds_each_query_once_and_the_newest_last():
    state = State().with_query("a").with_query("b").with_query("  a ").with_query("a").with_query(" ")
    assert state.history == ("b", "a")
    for number in range(HISTORY_KEPT + 5):
        state = state.with_query(f"q{number}")
    assert len(state.history) == HISTORY_KEPT
    assert state.history[-1] == f"q{HISTORY_KEPT + 4}"


def test_stars_are_turned_on_and_off_and_bounded():
    state = State().with_star_turned("a").with_star_turned("b").with_star_turned("a")
    assert state.starred == ("b",)
    for number in range(STARRED_KEPT + 5):
        state = state.with_star_turned(str(number))
    assert len(state.starred) == STARRED_KEPT
    assert state.starred[-1] == str(STARRED_KEPT + 4)


def test_reading_is_noted_and_bounded():
    state = State().with_reading("a", 5).with_reading("b", 0).with_reading("a", 9)
    assert state.read == ("b", "a")
    assert state.positions == {"a": 9}
    assert State().with_reading("a", 5).with_reading("a", 0).positions == {}
    for number in range(READ_KEPT + 5):
        state = state.with_reading(str(number), 1)
    assert (len(state.read), len(state.positions)) == (READ_KEPT, POSITIONS_KEPT)
