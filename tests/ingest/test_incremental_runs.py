"""A second run does what has changed and nothing else, and ids stay what they are."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from searcher.errors import CancelledError, IndexLockedError, IndexNotWritableError
from searcher.ingest import pipeline
from searcher.ingest.events import Committed, FileFailed, Finished, Progress, Scanned
from searcher.ingest.options import IndexOptions
from searcher.ingest.pipeline import Place, run
from searcher.store.index import ArticleIndex

STORY = "The ministers met in Vienna on Monday to talk about the peace plan. They will meet again in Geneva.\n"


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path / "index", tmp_path)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "articles"
    made.mkdir()
    for name in ("one", "two", "three"):
        (made / f"{name}.txt").write_text(f"Headline {name}\n\n{STORY}About {name}.\n", "utf-8")
    return made


def counts(report):
    return report.added, report.updated, report.removed, report.unchanged


def index(place, *sources, on_event=None, cancel=None, **options):
    return run(place, sources, IndexOptions(**{"workers": 0, **options}), on_event, cancel)


def ids(place):
    """Path -> id of all that the index holds."""
    with ArticleIndex.open(place.index).snapshot() as snapshot:
        articles = [snapshot.article(number) for number in snapshot.numbers()]
    assert len({article.path for article in articles}) == len(articles)
    return {article.path: article.id for article in articles}


def texts(place):
    with ArticleIndex.open(place.index).snapshot() as snapshot:
        return {snapshot.article(number).path: snapshot.article(number).text for number in snapshot.numbers()}


def records(path, *texts_of):
    lines = [json.dumps({"id": key, "title": f"Record {key}", "text": STORY + text}) for key, text in texts_of]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def later(path):
    """Make a file a second younger, as an edit would."""
    state = path.stat()
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns + 10**9))


def test_the_second_run_reads_nothing(place, folder, monkeypatch):
    assert counts(index(place, folder)) == (3, 0, 0, 0)

    def read(*_, **__):
        raise AssertionError("an unchanged file was read")

    monkeypatch.setattr("searcher.ingest.reading.read_drafts", read)
    report = index(place, folder)
    assert counts(report) == (0, 0, 0, 3)
    assert report.articles == 3
    assert report.revision == 1


def test_an_added_changed_and_vanished_file(place, folder):
    index(place, folder)
    before = ids(place)
    (folder / "four.txt").write_text(f"Headline four\n\n{STORY}", "utf-8")
    (folder / "one.txt").write_text(f"Headline one\n\n{STORY}Now with a new end.\n", "utf-8")
    (folder / "two.txt").unlink()
    report = index(place, folder)
    assert counts(report) == (1, 1, 1, 1)
    assert report.articles == 3
    after = ids(place)
    assert set(after) == {"articles/one.txt", "articles/three.txt", "articles/four.txt"}
    assert all(after[path] == before[path] for path in after if path in before)
    assert "new end" in texts(place)["articles/one.txt"]


def test_a_touched_file_is_read_once_and_nothing_is_written(place, folder, monkeypatch):
    index(place, folder)
    later(folder / "one.txt")
    report = index(place, folder)
    assert counts(report) == (0, 0, 0, 3)
    assert report.revision == 1
    monkeypatch.setattr("searcher.ingest.reading.read_drafts", None)
    assert counts(index(place, folder)) == (0, 0, 0, 3)


def test_a_change_of_one_record_replaces_one_article(place, tmp_path):
    path = tmp_path / "wire.jsonl"
    records(path, ("a", "first"), ("b", "second"), ("c", "third"))
    assert counts(index(place, path)) == (3, 0, 0, 0)
    before = ids(place)
    records(path, ("a", "first"), ("b", "changed"), ("d", "new"))
    later(path)
    assert counts(index(place, path)) == (1, 1, 1, 1)
    after = ids(place)
    assert after["wire.jsonl#1"] == before["wire.jsonl#1"]
    assert after["wire.jsonl#2"] == before["wire.jsonl#2"]
    assert counts(index(place, path)) == (0, 0, 0, 3)


def test_a_renamed_file_is_another_article(place, folder):
    index(place, folder)
    (folder / "one.txt").rename(folder / "uno.txt")
    assert counts(index(place, folder)) == (1, 0, 1, 2)


def test_ids_do_not_depend_on_the_current_folder(place, folder, monkeypatch):
    monkeypatch.chdir(place.root)
    index(place, Path("articles"))
    expected = ids(place)
    monkeypatch.chdir(folder)
    assert counts(index(place, Path())) == (0, 0, 0, 3)
    assert counts(index(place, Path("one.txt"), full=True)) == (0, 3, 0, 0)
    assert ids(place) == expected


def test_ids_go_with_an_archive_that_is_moved(place, folder, tmp_path):
    index(place, folder)
    expected = ids(place)
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    (tmp_path / "articles").rename(moved / "articles")
    (tmp_path / "index").rename(moved / "index")
    there = Place(moved / "index", moved)
    assert counts(index(there, moved / "articles")) == (0, 0, 0, 3)
    assert ids(there) == expected


def test_only_what_lies_below_the_sources_of_a_run_is_removed(place, folder, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "four.txt").write_text(STORY, "utf-8")
    index(place, folder, other)
    (folder / "one.txt").unlink()
    (other / "four.txt").unlink()
    assert counts(index(place, other)) == (0, 0, 1, 0)
    assert counts(index(place, folder)) == (0, 0, 1, 2)


def test_a_file_that_is_gone_can_be_named_to_take_it_out(place, folder):
    index(place, folder)
    (folder / "one.txt").unlink()
    report = index(place, folder / "one.txt")
    assert counts(report) == (0, 0, 1, 0)
    assert not report.failed


def test_a_source_that_is_gone_as_a_whole_takes_nothing_out(place, folder, tmp_path):
    index(place, folder)
    folder.rename(tmp_path / "unplugged")
    report = index(place, folder)
    assert counts(report) == (0, 0, 0, 0)
    assert report.articles == 3
    assert [failure.path for failure in report.failed] == ["articles"]


def test_one_bad_file_is_reported_each_time_and_stops_nothing(place, folder):
    (folder / "bad.txt").write_bytes(b"\x00\x01\x02\xff" * 500)
    events = []
    for expected in ((3, 0, 0, 0), (0, 0, 0, 3)):
        report = index(place, folder, on_event=events.append)
        assert counts(report) == expected
        assert [failure.path for failure in report.failed] == ["articles/bad.txt"]
    assert sum(isinstance(event, FileFailed) for event in events) == 2


def test_from_a_file_that_can_no_longer_be_read_nothing_is_removed(place, folder):
    index(place, folder)
    (folder / "one.txt").write_bytes(b"\x00\x01\x02\xff" * 500)
    report = index(place, folder)
    assert counts(report) == (0, 0, 0, 2)
    assert report.articles == 3
    assert len(report.failed) == 1


def test_a_bad_record_is_reported_each_time_and_the_others_are_indexed(place, tmp_path, monkeypatch):
    path = tmp_path / "wire.jsonl"
    records(path, ("a", "first"), ("b", "second"))
    with path.open("a") as file:
        file.write("{broken\n")
    for expected in ((2, 0, 0, 0), (0, 0, 0, 2)):
        report = index(place, path)
        assert counts(report) == expected
        assert [failure.path for failure in report.failed] == ["wire.jsonl#3"]
        monkeypatch.setattr("searcher.ingest.reading.read_drafts", None)


def test_an_article_whose_facts_cannot_be_told_is_indexed_without_them(place, folder, monkeypatch):
    from searcher.articles import understanding

    real = understanding.understand_all

    def understand_all(drafts, inference):
        if inference.infer and any("About two" in draft.raw for draft in drafts):
            raise RecursionError("too deep")
        return real(drafts, inference)

    monkeypatch.setattr(understanding, "understand_all", understand_all)
    report = index(place, folder)
    assert counts(report) == (3, 0, 0, 0)
    assert [(failure.path, "too deep" in failure.reason) for failure in report.failed] == [("articles/two.txt", True)]
    assert "About two" in texts(place)["articles/two.txt"]


def test_a_dry_run_says_what_would_be_done_and_does_nothing(place, folder):
    assert counts(index(place, folder, dry_run=True)) == (3, 0, 0, 0)
    assert not place.index.exists()
    index(place, folder)
    (folder / "one.txt").write_text(STORY, "utf-8")
    (folder / "two.txt").unlink()
    before = {path: path.read_bytes() for path in place.index.iterdir()}
    report = index(place, folder, dry_run=True)
    assert counts(report) == (0, 1, 1, 1)
    assert report.articles == 2
    assert {path: path.read_bytes() for path in place.index.iterdir()} == before
    assert counts(index(place, folder)) == counts(report)


def test_a_dry_run_gives_the_revision_of_an_index_that_has_become_empty(place, folder):
    index(place, folder)
    for path in folder.iterdir():
        path.unlink()
    assert index(place, folder).articles == 0
    assert index(place, folder, dry_run=True).revision == index(place, folder).revision == 2


def test_a_full_run_reads_all_again_in_one_commit(place, folder):
    index(place, folder)
    commits = []
    report = index(place, folder, full=True, on_event=commits.append)
    assert counts(report) == (0, 3, 0, 0)
    assert sum(isinstance(event, Committed) for event in commits) == 1
    assert len(ids(place)) == 3


def test_a_full_run_repairs_a_damaged_index(place, folder):
    index(place, folder)
    for path in place.index.glob("*.toc"):
        path.write_bytes(b"rubbish")
    assert counts(index(place, folder, full=True)) == (3, 0, 0, 0)
    assert len(ids(place)) == 3


def test_facts_are_read_again_when_inference_is_switched(place, folder):
    index(place, folder)
    assert counts(index(place, folder, infer=False)) == (0, 3, 0, 0)
    assert counts(index(place, folder, infer=False)) == (0, 0, 0, 3)


def test_an_empty_folder_makes_an_empty_index(place, tmp_path):
    (tmp_path / "empty").mkdir()
    report = index(place, tmp_path / "empty")
    assert counts(report) == (0, 0, 0, 0)
    assert ids(place) == {}


def test_events_tell_the_run(place, folder):
    events = []
    report = index(place, folder, on_event=events.append)
    size = sum(path.stat().st_size for path in folder.iterdir())
    assert events[0] == Scanned(files=3, changed=3, bytes=size)
    assert events[-1] == Finished(report)
    last = [event for event in events if isinstance(event, Progress)][-1]
    assert last == Progress(3, 3, size, size, 3)
    assert Committed(1, 3) in events


def test_a_cancelled_run_leaves_the_last_commit(place, folder):
    class Set:
        def is_set(self):
            return True

    index(place, folder)
    (folder / "four.txt").write_text(STORY, "utf-8")
    with pytest.raises(CancelledError):
        index(place, folder, cancel=Set())
    assert len(ids(place)) == 3
    assert counts(index(place, folder)) == (1, 0, 0, 3)


def test_a_run_beside_another_says_so(place, folder):
    index(place, folder)
    with ArticleIndex.open(place.index).writer(), pytest.raises(IndexLockedError):
        index(place, folder)


def test_a_long_run_commits_on_the_way_and_the_next_one_goes_on(place, tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline, "_COMMIT_SECONDS", -1)
    monkeypatch.setattr("searcher.ingest.feed._TASK_UNITS", 2)
    monkeypatch.setattr("searcher.ingest.feed._WHOLE_BYTES", 10)
    path = tmp_path / "wire.jsonl"
    records(path, *((str(number), f"number {number}") for number in range(9)))

    def stop_at_third(event):
        if isinstance(event, Committed) and event.revision == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index(place, path, on_event=stop_at_third)
    held = len(ids(place))
    assert 0 < held < 9
    assert counts(index(place, path)) == (9 - held, 0, 0, held)
    assert len(ids(place)) == 9
    assert counts(index(place, path)) == (0, 0, 0, 9)


def test_a_disk_that_is_full_while_segments_are_built_leaves_the_last_commit(place, folder, monkeypatch):
    import errno

    from searcher.store.storage import DurableStorage

    index(place, folder)
    (folder / "four.txt").write_text(STORY, "utf-8")

    def refuse(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(DurableStorage, "create_file", refuse)
        with pytest.raises(IndexNotWritableError) as caught:
            index(place, folder)
    assert "no space" in caught.value.message
    assert len(ids(place)) == 3
    assert counts(index(place, folder)) == (1, 0, 0, 3)
