"""Runs of the program at the same time: two that index, and one that watches beside one that does."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from searcher.store.check import check
from searcher.store.index import ArticleIndex
from searcher.store.lock import WriteLock

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")

LIMIT = 60  # seconds: a test that fails must not wait for ever


@contextmanager
def running(*arguments, cwd):
    environment = {name: value for name, value in os.environ.items() if name != "SEARCHER_INDEX"}
    command = [sys.executable, "-m", "searcher", "--index", "index", *arguments]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=cwd, env=environment, text=True, start_new_session=True, **pipes) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def write(folder, name, count=1):
    folder.mkdir(exist_ok=True)
    for number in range(count):
        (folder / f"{name}{number:03}.txt").write_text(
            f"{name} {number}\n\nThe bridge of {name} was closed.\n", "utf-8"
        )


def test_of_two_that_begin_at_once_each_indexes_or_says_who_does(tmp_path):
    for name in ("north", "south"):
        write(tmp_path / name, name, 20)
    with running("index", "north", cwd=tmp_path) as one, running("index", "south", cwd=tmp_path) as two:
        said = [process.communicate(timeout=LIMIT)[1] for process in (one, two)]
        codes = [process.returncode for process in (one, two)]
    assert 0 in codes
    for code, err in zip(codes, said, strict=True):
        assert code == 0 or (code == 3 and "is writing to the index" in err), err
    with running("index", "north", "south", "--format", "json", cwd=tmp_path) as both:
        report = json.loads(both.communicate(timeout=LIMIT)[0])
    assert report["articles"] == 40
    assert report["unchanged"] == 20 * codes.count(0)
    assert check(ArticleIndex.open(tmp_path / "index")).sound


def line_of(process, seconds):
    """Read what the process says in a line of JSON; None when it says nothing for so long."""
    readable, _, _ = select.select([process.stdout], [], [], seconds)
    return json.loads(process.stdout.readline()) if readable else None


def make_until_added(process, folder, name, count):
    """Make files until the one that watches has added so many; it may not have been looking when the first were made.

    What it adds may come in any number of reports.
    """
    added = made = 0
    deadline = time.monotonic() + LIMIT
    while added < count:
        assert time.monotonic() < deadline, "too little was seen"
        write(folder, f"{name}{made}")
        made += 1
        report = line_of(process, 1)
        added += report["added"] if report else 0


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_watch_sees_new_files_waits_for_others_and_ends_when_told(tmp_path, how):
    pytest.importorskip("watchfiles")
    folder, index = tmp_path / "news", ArticleIndex(tmp_path / "index")
    write(folder, "first")
    with running("index", "news", "--watch", "--format", "json", cwd=tmp_path) as process:
        assert line_of(process, LIMIT)["added"] == 1
        make_until_added(process, folder, "second", 1)
        lock = WriteLock(index.storage)
        lock.acquire(wait=LIMIT)  # it may be adding the last of what was made
        try:
            write(folder, "third")
            told = process.stderr.readline()
            while "is writing to the index" not in told:
                assert told
                told = process.stderr.readline()
        finally:
            lock.release()
        make_until_added(process, folder, "fourth", 2)
        process.send_signal(how)
        assert process.wait(LIMIT) == 130
    WriteLock(index.storage).acquire()
    assert check(index).sound
    with index.snapshot() as snapshot:
        assert "third000.txt" in {Path(snapshot.article(one).path).name for one in snapshot.numbers()}
