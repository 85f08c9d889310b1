"""A run that ends at any point leaves the state before it or after it, whole, and the next run gets to the end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

DRIVER = Path(__file__).with_name("crash_driver.py")


@pytest.mark.skipif(sys.platform == "win32", reason="the driver forks")
@pytest.mark.parametrize("mode", ["kill", "power-cut-undone", "power-cut-done"])
def test_no_commit_is_lost_or_half_there(tmp_path, mode):
    done = subprocess.run([sys.executable, DRIVER, tmp_path, mode], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    points = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(points) > 15
    assert [point for point in points if point["left"] not in ("before", "after")] == []
    assert [point for point in points if not point["sound"] or not point["converged"]] == []
    states = [point["left"] for point in points]
    assert states == sorted(states, reverse=True), "what was committed once stays committed"
    assert states[0] == "before"
    assert states[-1] == "after"
    recommitted = [point["files"] for point in points if point["left"] == "before"]
    assert all(files == points[-1]["files"] for files in recommitted), "what a cut-off commit left is cleared away"
