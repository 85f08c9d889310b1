"""A writer that is killed at any moment loses no commit that it told of, and leaves no half one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

DRIVER = Path(__file__).with_name("kill_driver.py")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the driver forks")


def run(folder, kills, seed):
    command = [sys.executable, DRIVER, folder / "index", str(kills), str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    *told, last = map(json.loads, done.stdout.splitlines())
    assert len(told) == kills
    assert [one for one in told if not one["killed"]] == []
    # What was announced is there, or what came right after it; whole and sound either way.
    assert [one for one in told if one["beyond"] not in (0, 1) or not one["same"] or one["damages"]] == []
    assert sum(one["commits"] for one in told) > 0
    assert last == {"last": 1, "same": True, "leftovers": []}


def test_some_kills_lose_nothing(tmp_path):
    run(tmp_path, 24, 1)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(2, 7))
def test_hundreds_of_kills_lose_nothing(tmp_path, seed):
    run(tmp_path, 120, seed)
