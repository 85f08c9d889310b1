"""Readers, a checker and other writers beside a process that commits without pause: no one waits, no one is misled."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from searcher.errors import IndexLockedError
from searcher.store.check import check
from searcher.store.index import ArticleIndex
from searcher.store.toc import SafeToc

HERE = Path(__file__).parent
READINGS = 25
TRIES = 100


def loaded(name):
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


history = loaded("commit_history")


@pytest.fixture
def index(tmp_path):
    created = ArticleIndex.create(tmp_path / "index")
    history.commit_next(created, {})
    return created


@contextmanager
def committing(folder):
    """Let another process commit as long as the block runs; give what it tells, a line a commit."""
    command = [sys.executable, HERE / "commit_history.py", folder]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def test_readers_see_whole_commits_and_a_checker_no_damage(index):
    states = history.texts_after(2000)
    seen = set()
    with committing(index.folder) as writer:
        writer.stdout.readline()
        for _ in range(READINGS):
            revision, texts, damages = history.held(index.folder)
            assert texts == states[revision]
            assert damages == []
            seen.add(revision)
            writer.stdout.readline()
    assert len(seen) > 1


@pytest.fixture
def listed_before_a_commit(index, monkeypatch):
    """Let the next so many who list the tables of contents do so just before the last commit took the old one away."""
    old = index.latest_revision()
    history.commit_next(index, history.texts_after(1)[1])
    latest = SafeToc._latest_generation

    def let(times):
        answers = [old] * times
        monkeypatch.setattr(SafeToc, "_latest_generation", lambda *args: answers.pop() if answers else latest(*args))

    return let


def test_a_table_of_contents_that_a_commit_takes_away_is_looked_for_again(index, listed_before_a_commit):
    listed_before_a_commit(2)
    assert index.read_toc().generation == index.latest_revision()


def test_what_commits_take_away_is_no_damage(index, listed_before_a_commit):
    listed_before_a_commit(6)
    assert check(index).sound


def test_an_open_snapshot_answers_as_before_through_merges_and_a_new_beginning(index):
    texts = history.texts_after(1)[1]
    with index.snapshot() as snapshot:
        words = {word: snapshot.numbers_of("body", word) for word in set(snapshot.terms("body"))}
        for _ in range(history.ANEW + 1):
            _, texts = history.commit_next(index, texts)
        named = {segment.segment_id() for segment in index.read_toc().segments}
        assert not any(leaf.segment().segment_id() in named for leaf, _ in snapshot.reader.leaf_readers())
        assert {word: snapshot.numbers_of("body", word) for word in set(snapshot.terms("body"))} == words
        assert {int(snapshot.article(one).id, 16): snapshot.article(one).text for one in snapshot.numbers()} == (
            history.texts_after(1)[1]
        )
        assert list(snapshot.column("id")) == [snapshot.article(number).id for number in snapshot.numbers()]


def held_up_in_a_commit(writer, index):
    """Stop a writer while it has the lock; it may be stopped between two commits, and is then let go on."""
    for _ in range(TRIES):
        assert writer.stdout.readline()
        os.kill(writer.pid, signal.SIGSTOP)
        try:
            index.writer().close()
        except IndexLockedError as error:
            if f"({writer.pid})" in str(error):  # otherwise it has the lock, but has not signed yet
                return
        os.kill(writer.pid, signal.SIGCONT)
    raise AssertionError("the writer was never found with the lock")


def test_a_lock_ends_with_its_holder_however_that_ends(index):
    with committing(index.folder) as writer:
        held_up_in_a_commit(writer, index)
    revision, texts, _ = history.held(index.folder)
    assert history.commit_next(index, texts)[0] == revision + 1


def test_a_second_writer_waits_for_the_first(index):
    def wait_and_commit():
        with ArticleIndex(index.folder).writer(wait=60) as second:
            second.clear()
            return second.commit()

    with ThreadPoolExecutor(1) as pool, index.writer() as first:
        waiting = pool.submit(wait_and_commit)
        first.clear()
        first.commit()
        assert not waiting.done()
        first.close()
        assert waiting.result() == 3
