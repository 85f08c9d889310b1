"""The registry of actions: each is a method where it says, has keys of its own, and is done by a test of a real key."""

from __future__ import annotations

import re
from pathlib import Path

from searcher.tui.actions import ACTIONS, PLACE_TITLES, WAYS_OUT, actions_at, bindings_at, shown_keys, way_out
from searcher.tui.app import SearcherApp
from searcher.tui.screens.build import BuildScreen
from searcher.tui.screens.picker import Picker
from searcher.tui.screens.reader import ReaderScreen
from searcher.tui.screens.search import SearchScreen
from searcher.tui.screens.timeline import TimelineScreen
from searcher.tui.widgets.article_view import ArticleView
from searcher.tui.widgets.facet_panel import FacetPanel
from searcher.tui.widgets.find_line import FindLine
from searcher.tui.widgets.hit_list import HitList
from searcher.tui.widgets.notice import Notice
from searcher.tui.widgets.query_line import QueryLine


def test_every_action_is_done_by_a_test():
    """Tests say what they do by the mark `does`, and `acting` checks that they did."""
    marks = re.compile(r"^@pytest\.mark\.does\(([^)]*)\)", re.MULTILINE)
    tests = [path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_tui_actions_*.py")]
    done = {name for text in tests for mark in marks.findall(text) for name in re.findall(r'"(\w+)"', mark)}
    assert done == {action.name for action in ACTIONS}


def test_every_way_out_is_in_the_registry():
    assert {action.name for action in ACTIONS} > WAYS_OUT
    for place in set(PLACE_TITLES) - {"hits", "text", "notice", "query"}:
        assert way_out(place) is not None, place


def test_every_action_is_a_method_where_its_place_is():
    homes = {
        "app": SearcherApp, "search": SearchScreen, "query": QueryLine, "hits": HitList, "facets": FacetPanel,
        "reader": ReaderScreen, "find": FindLine, "text": ArticleView, "timeline": TimelineScreen, "dialog": Picker,
        "notice": Notice, "build": BuildScreen,
    }  # fmt: skip
    assert set(homes) == set(PLACE_TITLES)
    for place, home in homes.items():
        for action in actions_at(place):
            assert callable(getattr(home, f"action_{action.name}", None)), (action.name, place)


def test_no_key_means_two_things_in_one_place():
    for place in PLACE_TITLES:
        keys = [key for binding in bindings_at(place) for key in binding.key.split(",")]
        assert len(keys) == len(set(keys)), place


def test_no_key_is_one_that_terminals_and_multiplexers_take():
    taken = {f"ctrl+{letter}" for letter in "shijmabz"}
    used = {key for action in ACTIONS for key in action.keys.split(",")}
    assert not used & taken


def test_names_and_help_are_written_for_people():
    assert len({action.name for action in ACTIONS}) == len(ACTIONS)
    for action in ACTIONS:
        assert action.help.endswith(".")
        assert action.label[0].isupper()


def test_keys_are_shown_as_people_write_them():
    action = next(action for action in ACTIONS if action.name == "help")
    assert shown_keys(action) == ("?", "F1")
    assert shown_keys(action, {"help": "ctrl+g"}) == ("^g",)
