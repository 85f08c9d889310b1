"""A power cut between any two writes, whatever the disk kept of what was not flushed, loses no commit told of."""

from __future__ import annotations

import importlib.util
import os
import pickle
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.errors import IndexDamagedError, IndexMissingError
from searcher.store.index import ArticleIndex

HERE = Path(__file__).parent
COMMITS = 18  # with merges, and one that builds the index anew

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="asks the system for the names of files")


def loaded(name):
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


history, disk_log = loaded("commit_history"), loaded("disk_log")


@pytest.fixture(scope="module")
def changes(tmp_path_factory):
    out = tmp_path_factory.mktemp("log") / "changes"
    subprocess.run([sys.executable, HERE / "disk_log.py", str(COMMITS), out], check=True, capture_output=True)
    return [disk_log.Change(*one) for one in pickle.loads(out.read_bytes())]  # noqa: S301 - written by our own script


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "fsync", lambda _: None)  # what is replayed needs no flushing, and this is quicker
        yield tmp_path_factory.mktemp("left") / "index"


def survives(changes, place, point, chance):
    told, left = disk_log.cut(changes, point % (len(changes) + 1), chance)
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    for name, content in left.items():
        (place / name).write_bytes(content)
    try:
        revision, texts, damages = history.held(place)
    except IndexMissingError:
        assert told == -1
        return
    states = history.texts_after(COMMITS + 1)
    assert revision in (told, told + 1)
    assert texts == states[revision]
    assert damages == []
    number, after = history.commit_next(ArticleIndex.open(place), texts)
    assert history.held(place) == (number, states[number], [])
    assert after == states[number]
    assert len(list(place.glob("*.toc"))) == 1


POINTS, CHANCES = st.integers(0, 1 << 20), st.integers(0, 1 << 20).map(random.Random)


@settings(max_examples=60)
@given(point=POINTS, chance=CHANCES)
def test_some_power_cuts_lose_nothing(changes, place, point, chance):
    survives(changes, place, point, chance)


@pytest.mark.nightly
@settings(max_examples=3000)
@given(point=POINTS, chance=CHANCES)
def test_thousands_of_power_cuts_lose_nothing(changes, place, point, chance):
    survives(changes, place, point, chance)


@pytest.mark.parametrize("dropped", ["flush", "sync"])
def test_without_flushing_commits_would_be_lost(changes, place, dropped):
    careless = [change for change in changes if change.kind != dropped]
    assert len(careless) < len(changes)
    lost = 0
    for seed in range(60):
        try:
            survives(careless, place, seed * len(careless) // 60, random.Random(seed))  # noqa: S311 told again the same
        except (AssertionError, IndexDamagedError):
            lost += 1
    assert lost
