"""A file that kills its reader costs itself alone; an interrupted run ends its readers and keeps the last commit."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from searcher.ingest.options import IndexOptions
from searcher.ingest.pipeline import Place, run
from searcher.store.check import check
from searcher.store.index import ArticleIndex

#: Runs in every reading process before anything else: articles that say so end it, or wait for ever.
SITE = """
import os, pathlib, signal, sys

if "searcher.ingest.worker" in sys.orig_argv:
    from searcher.articles import understanding

    real = understanding.understand_all

    def understand_all(drafts, inference):
        if any("FATAL" in draft.raw for draft in drafts):
            os.kill(os.getpid(), signal.SIGKILL)
        if any("ENDLESS" in draft.raw for draft in drafts):
            (pathlib.Path(os.environ["STARTED"]) / str(os.getpid())).touch()
            signal.pause()
        return real(drafts, inference)

    understanding.understand_all = understand_all
"""


@pytest.fixture
def site(tmp_path, monkeypatch):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(SITE, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    (tmp_path / "started").mkdir()
    monkeypatch.setenv("STARTED", str(tmp_path / "started"))
    return tmp_path


def write(folder, *texts):
    folder.mkdir(exist_ok=True)
    for number, text in enumerate(texts):
        (folder / f"{number:03}.txt").write_text(f"Story {number}: {text} happened in the harbour.", "utf-8")


def paths(place):
    with ArticleIndex.open(place.index).snapshot() as snapshot:
        return sorted(snapshot.article(number).path for number in snapshot.numbers())


def test_many_processes_make_the_same_index_as_one(tmp_path):
    write(tmp_path / "articles", *(f"event {number}" for number in range(50)))
    places = [Place(tmp_path / f"index{workers}", tmp_path) for workers in (0, 2)]
    for place, workers in zip(places, (0, 2), strict=True):
        report = run(place, [tmp_path / "articles"], IndexOptions(workers=workers))
        assert report.added == report.articles == 50
        assert check(ArticleIndex.open(place.index)).sound
    assert paths(places[0]) == paths(places[1])


def test_a_file_that_ends_its_reader_is_reported_and_all_others_are_indexed(site, monkeypatch):
    monkeypatch.setattr("searcher.ingest.feed._TASK_UNITS", 5)
    texts = [f"event {number}" for number in range(30)]
    texts[7] = texts[22] = "FATAL"
    write(site / "articles", *texts)
    place = Place(site / "index", site)
    report = run(place, [site / "articles"], IndexOptions(workers=2))
    assert sorted(failure.path for failure in report.failed) == ["articles/007.txt", "articles/022.txt"]
    assert all("ends the process" in failure.reason for failure in report.failed)
    assert paths(place) == [f"articles/{number:03}.txt" for number in range(30) if number not in (7, 22)]
    assert report.added == report.articles == 28
    assert check(ArticleIndex.open(place.index)).sound


def test_a_record_that_ends_its_reader_is_reported_and_all_others_are_indexed(site, monkeypatch):
    monkeypatch.setattr("searcher.ingest.feed._TASK_UNITS", 5)
    monkeypatch.setattr("searcher.ingest.feed._WHOLE_BYTES", 10)
    lines = [
        f'{{"text": "Story {number} {"FATAL" if number == 9 else "calm"} in the harbour."}}' for number in range(20)
    ]
    (site / "wire.jsonl").write_text("\n".join(lines), "utf-8")
    place = Place(site / "index", site)
    report = run(place, [site / "wire.jsonl"], IndexOptions(workers=2))
    assert [failure.path for failure in report.failed] == ["wire.jsonl#10"]
    assert report.added == report.articles == len(paths(place)) == 19


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"])
def test_an_interrupted_run_ends_its_readers_and_keeps_the_last_commit(site, how):
    write(site / "articles", "calm", "calm")
    place, how = Place(site / "index", site), getattr(signal, how)
    run(place, [site / "articles"], IndexOptions(workers=0))
    write(site / "articles", "calm", "calm", "calm", "ENDLESS")
    command = [sys.executable, "-m", "searcher", "--index", place.index, "index", "--workers", "2", site / "articles"]
    running = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    started = site / "started"
    _until(lambda: any(started.iterdir()))
    (reader,) = (int(entry.name) for entry in started.iterdir())
    if how == signal.SIGINT:
        os.killpg(running.pid, how)  # as the terminal does: to all processes in its foreground
        assert running.wait() == 130
    else:
        os.kill(running.pid, how)
        assert running.wait() == (-how if how == signal.SIGKILL else 130)
    if how == signal.SIGKILL:
        os.kill(reader, signal.SIGCONT)
    _until(lambda: not _alive(reader) or how == signal.SIGKILL)
    if _alive(reader):
        os.kill(reader, signal.SIGKILL)
    assert paths(place) == ["articles/000.txt", "articles/001.txt"]
    (site / "articles" / "003.txt").unlink()
    report = run(place, [site / "articles"], IndexOptions(workers=0))
    assert (report.added, report.unchanged) == (1, 2)


def _alive(number):
    try:
        return "\nState:\tZ" not in Path(f"/proc/{number}/status").read_text()
    except OSError:
        return False


def _until(condition):
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        os.sched_yield()


@pytest.mark.nightly
def test_a_file_that_never_ends_is_given_up(site, monkeypatch):
    from searcher.articles.limits import Limits

    monkeypatch.setattr("searcher.ingest.workers._GRACE", 8.0)
    write(site / "articles", "calm", "ENDLESS", "calm")
    place = Place(site / "index", site, limits=Limits(seconds=1))
    monkeypatch.setattr("searcher.ingest.feed._TASK_UNITS", 1)
    report = run(place, [site / "articles"], IndexOptions(workers=1))
    assert [(failure.path, "takes longer" in failure.reason) for failure in report.failed] == [
        ("articles/001.txt", True)
    ]
    assert paths(place) == ["articles/000.txt", "articles/002.txt"]
