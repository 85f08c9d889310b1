"""An index that is there, is not, is damaged, is hostile, is locked or cannot be written: never a traceback."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from contextlib import suppress

import pytest
import whoosh.fields
import whoosh.index
import whoosh.query

from searcher.errors import IndexDamagedError, IndexLockedError, IndexMissingError, IndexNotWritableError
from searcher.model import Article
from searcher.store.check import check
from searcher.store.documents import Origin
from searcher.store.index import ArticleIndex
from searcher.store.lock import WriteLock
from searcher.store.toc import SafeToc


def article(number, text="Peace talks in Vienna"):
    return Article(f"{number:016x}", f"{number}.txt", f"Title {number}", text, text, language="en")


def fill(index, *numbers):
    with index.writer() as writer:
        for number in numbers:
            writer.add(article(number), Origin(f"{number}.txt", number, number))
        return writer.commit()


@pytest.fixture
def index(tmp_path):
    created = ArticleIndex.create(tmp_path / "index")
    fill(created, 1, 2, 3)
    return created


def ids(index):
    with index.snapshot() as snapshot:
        return sorted(int(snapshot.article(number).id, 16) for number in snapshot.numbers())


def toc_path(index):
    (path,) = index.folder.glob("*.toc")
    return path


def test_a_changed_byte_of_the_table_of_contents_is_damage(index):
    path = toc_path(index)
    written = path.read_bytes()
    for place in (*range(0, len(written), 53), len(written) - 1):
        path.write_bytes(written[:place] + bytes([written[place] ^ 1]) + written[place + 1 :])
        with pytest.raises(IndexDamagedError):
            index.read_toc()


def test_what_is_open_is_not_opened_again_for_the_next_state(index):
    with index.snapshot() as before:
        (kept,) = before.segments()
        fill(index, 4)
        with index.snapshot() as after:
            first, fresh = after.segments()
            assert first.terms_file is kept.terms_file
            assert first.documents_file is kept.documents_file
            assert fresh.terms_file is not kept.terms_file


def test_the_articles_of_a_term_are_counted_over_all_segments_without_removed_ones(index):
    with index.writer() as writer:
        writer.add(article(4, "Peace at last"), Origin("4.txt", 4, 4))
        writer.add(article(5, "Rain"), Origin("5.txt", 5, 5))
        writer.commit()
    with index.writer() as writer:
        assert writer.remove(f"{number:016x}" for number in (2, 5)) == 2
        writer.commit()
    with index.snapshot() as snapshot:
        counted = list(snapshot.frequencies("body"))
        assert counted == sorted(counted)
        assert dict(counted) == {
            term: len(snapshot.numbers_of("body", term))
            for term in snapshot.terms("body")
            if snapshot.numbers_of("body", term)
        }
        assert dict(counted)["peac"] == 3
        assert list(snapshot.frequencies("person")) == []


def test_there_is_no_index(tmp_path):
    assert not ArticleIndex.exists(tmp_path)
    assert not ArticleIndex.exists(tmp_path / "nowhere")
    with pytest.raises(IndexMissingError) as caught:
        ArticleIndex.open(tmp_path / "nowhere")
    assert "nowhere" in caught.value.message
    assert caught.value.hint


def test_what_was_committed_is_read(index):
    assert ArticleIndex.exists(index.folder)
    with ArticleIndex.open(index.folder).snapshot() as snapshot:
        number = snapshot.number(f"{2:016x}")
        assert snapshot.article(number) == article(2)
        assert snapshot.number("f" * 16) is None


def test_stock_whoosh_opens_and_searches_the_index(index):
    with whoosh.index.open_dir(str(index.folder)).searcher() as searcher:
        query = whoosh.query.And([whoosh.query.Term("body", "talk"), whoosh.query.Term("body_exact", "Vienna")])
        assert {hit["path"] for hit in searcher.search(query)} == {"1.txt", "2.txt", "3.txt"}


def test_stock_whoosh_opens_the_index_in_a_process_that_imports_nothing_of_ours(index):
    script = (
        "import sys, whoosh.index as i; print(i.open_dir(sys.argv[1]).doc_count(), 'searcher.archive' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script, index.folder], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["3", "False"]


def test_nothing_shows_before_the_commit_nor_after_a_rollback(index):
    with index.writer() as writer:
        writer.add(article(4), Origin("4.txt", 4, 4))
        writer.remove([f"{1:016x}"])
        assert ids(index) == [1, 2, 3]
    assert ids(index) == [1, 2, 3]
    assert index.latest_revision() == 1


def test_an_open_snapshot_stays_as_it_was(index):
    with index.snapshot() as snapshot:
        with index.writer() as writer:
            writer.remove([f"{1:016x}", f"{2:016x}"])
            writer.add(article(4), Origin("4.txt", 4, 4))
            writer.commit()
        assert sorted(snapshot.article(number).path for number in snapshot.numbers()) == ["1.txt", "2.txt", "3.txt"]
    assert ids(index) == [3, 4]


def test_a_commit_without_changes_writes_nothing(index):
    before = {path.name: path.stat().st_mtime_ns for path in index.folder.iterdir() if "LOCK" not in path.name}
    with index.writer() as writer:
        assert writer.commit() == 1
    assert {path.name: path.stat().st_mtime_ns for path in index.folder.iterdir() if "LOCK" not in path.name} == before


def test_removing_what_is_not_there_is_no_change(index):
    with index.writer() as writer:
        assert writer.remove(["f" * 16]) == 0
        assert not writer.changed


def test_a_cleared_index_holds_only_what_came_after(index):
    with index.writer() as writer:
        writer.clear()
        writer.add(article(9), Origin("9.txt", 9, 9))
        assert ids(index) == [1, 2, 3]
        writer.commit()
    assert ids(index) == [9]


@pytest.mark.parametrize("keep", [0, 1, 10, 100, -1])
def test_a_table_of_contents_that_is_cut_short_is_damage(index, keep):
    path = toc_path(index)
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(IndexDamagedError) as caught:
        ArticleIndex.open(index.folder)
    assert "--full" in caught.value.hint


def test_a_table_of_contents_of_another_kind_is_damage(index):
    toc_path(index).write_bytes(b"\0" * 500)
    with pytest.raises(IndexDamagedError):
        index.snapshot()


def test_an_index_of_other_fields_is_not_taken_for_ours(tmp_path):
    whoosh.index.create_in(str(tmp_path), whoosh.fields.Schema(title=whoosh.fields.STORED()))
    with pytest.raises(IndexDamagedError) as caught:
        ArticleIndex.open(tmp_path)
    assert "other fields" in caught.value.message


def test_a_missing_segment_is_damage(index):
    for path in index.folder.iterdir():
        if path.name.startswith("MAIN_") and "LOCK" not in path.name:
            path.unlink()
    with pytest.raises(IndexDamagedError):
        index.snapshot()


class Bomb:
    def __reduce__(self):
        return os.mkdir, (os.environ["BOMB"],)


@pytest.mark.parametrize("place", ["schema", "segments"])
def test_a_hostile_table_of_contents_runs_no_code(index, tmp_path, monkeypatch, place):
    monkeypatch.setenv("BOMB", str(tmp_path / "exploded"))
    path = toc_path(index)
    toc = SafeToc.read(index.storage, "MAIN")
    if place == "segments":
        toc.segments = [Bomb()]
    else:
        monkeypatch.setattr("whoosh.index.ensure_schema", lambda schema: schema)
        toc.schema = Bomb()
        toc.schema.clean = lambda: None
    path.unlink()
    toc.write(index.storage, "MAIN")
    with pytest.raises(IndexDamagedError) as caught:
        ArticleIndex.open(index.folder)
    assert "mkdir" in caught.value.message
    assert not (tmp_path / "exploded").exists()


def test_whoever_comes_second_makes_no_second_index(index):
    ArticleIndex.create(index.folder)
    assert ids(index) == [1, 2, 3]
    with index.writer(), pytest.raises(IndexLockedError):
        ArticleIndex.create(index.folder, anew=True)
    ArticleIndex.create(index.folder, anew=True)
    assert ids(index) == []
    fill(index, 4)
    assert ids(index) == [4]


def test_a_copy_made_while_the_index_is_written_can_be_written(index, tmp_path):
    """A lock file that was copied, or left behind by a process that is gone, locks nothing."""
    with index.writer():
        copied = ArticleIndex(shutil.copytree(index.folder, tmp_path / "copied"))
    fill(copied, 4)
    assert ids(copied) == [1, 2, 3, 4]
    assert ids(index) == [1, 2, 3]


def test_what_a_killed_writer_left_is_gone_before_the_next_one_writes(index):
    named = {path.name for path in index.folder.iterdir()}
    left = ["MAIN_0123456789abcdef.terms", "MAIN_0123456789abcdef.documents", "_MAIN_2.toc.new", "MAIN-people.7.new"]
    for name in left:
        (index.folder / name).write_bytes(b"some")
    (index.folder / "notes.txt").write_text("of the user")
    with index.writer():
        assert {path.name for path in index.folder.iterdir()} == {*named, "notes.txt"}
    assert ids(index) == [1, 2, 3]


def test_a_damaged_index_stays_locked_by_nobody(index):
    toc_path(index).write_bytes(b"")
    with pytest.raises(IndexDamagedError) as kept:
        index.writer()
    WriteLock(index.storage).acquire()
    assert kept.value.hint


def test_a_second_writer_is_told_who_has_the_lock(index):
    with index.writer(), pytest.raises(IndexLockedError) as caught:
        ArticleIndex.open(index.folder).writer()
    assert str(os.getpid()) in caught.value.message
    index.writer().close()


def test_a_folder_where_nothing_can_be_locked_is_not_written(index, monkeypatch):
    """As on a network's disk without a lock service: two writers there would ruin each other's work."""
    fcntl = pytest.importorskip("fcntl")

    def refuse(*_):
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    with monkeypatch.context() as patched:
        patched.setattr(fcntl, "flock", refuse)
        with pytest.raises(IndexNotWritableError) as caught:
            index.writer()
        assert "lock" in caught.value.message.lower()
        assert ids(index) == [1, 2, 3]
    fill(index, 4)


def test_readers_need_no_lock(index):
    with index.writer():
        assert ids(ArticleIndex.open(index.folder)) == [1, 2, 3]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "no space"),
        (errno.EFBIG, "no space"),
        (errno.EROFS, "cannot be written"),
        (errno.EIO, "cannot be written"),
    ],
)
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_what_the_system_refuses_is_an_error_and_the_last_commit_stays(index, monkeypatch, number, words, call):
    def refuse(*_):
        raise OSError(number, os.strerror(number))

    with index.writer() as writer:
        writer.add(article(4), Origin("4.txt", 4, 4))
        with monkeypatch.context() as patched:
            patched.setattr(os, call, refuse)
            with pytest.raises(IndexNotWritableError) as caught:
                writer.commit()
    assert words in caught.value.message
    assert ids(index) == [1, 2, 3]
    fill(index, 4)
    assert ids(index) == [1, 2, 3, 4]


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_each_single_refusal_leaves_the_last_commit(index, monkeypatch, call):
    """A flush that fails once may succeed when asked again, and has lost what it was to flush."""
    real, refused = getattr(os, call), True
    turn = 0
    while refused:
        refused = False
        calls = 0

        def refuse_once(*arguments, turn=turn):
            nonlocal calls, refused
            calls += 1
            if calls == turn + 1:
                refused = True
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return real(*arguments)

        before = ids(index)
        with index.writer() as writer:
            writer.add(article(100 + turn), Origin("new.txt", 4, 4))
            with monkeypatch.context() as patched:
                patched.setattr(os, call, refuse_once)
                if turn == 0:
                    with pytest.raises(IndexNotWritableError):
                        writer.commit()
                else:
                    try:
                        writer.commit()
                    except IndexNotWritableError:
                        assert refused
                    else:
                        assert not refused
        after = sorted([*before, 100 + turn])
        assert ids(index) == (before if refused else after)
        assert check(index).sound
        turn += 1
    assert turn > (4 if call == "fsync" else 1)


@pytest.mark.parametrize("call", ["fsync", "replace", "remove"])
def test_an_interrupt_at_any_step_leaves_this_commit_or_the_last(index, monkeypatch, call):
    real, interrupted = getattr(os, call), True
    turn = 0
    while interrupted:
        interrupted = False
        calls = 0

        def do_and_be_interrupted(*arguments, turn=turn, **named):
            nonlocal calls, interrupted
            result = real(*arguments, **named)
            calls += 1
            if calls == turn + 1:
                interrupted = True
                raise KeyboardInterrupt
            return result

        before = ids(index)
        fresh = 100 + turn
        with suppress(KeyboardInterrupt), index.writer() as writer:
            writer.remove([f"{before[-1]:016x}"])
            writer.add(article(fresh), Origin("new.txt", 4, 4))
            with monkeypatch.context() as patched:
                patched.setattr(os, call, do_and_be_interrupted)
                writer.commit()
        assert ids(index) in (before, [*before[:-1], fresh])
        assert check(index).sound
        turn += 1
    assert turn > 1
    fill(index, 9)
    assert 9 in ids(index)


def test_a_full_disk_is_an_error_wherever_a_file_ends(index):
    """The system itself refuses to let any file grow over a size."""
    resource = pytest.importorskip("resource")
    free, highest = resource.getrlimit(resource.RLIMIT_FSIZE)
    sizes = [path.stat().st_size for path in index.folder.iterdir()]
    text = "".join(chr(0x4E00 + number) for number in range(20_000))
    refused = 0
    for size in range(0, 3 * max(sizes), max(sizes) // 5):
        with index.writer() as writer:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, highest))
            try:
                writer.add(article(4, text), Origin("4.txt", 4, 4))
                with pytest.raises(IndexNotWritableError):
                    writer.commit()
                refused += 1
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, (free, highest))
        assert ids(index) == [1, 2, 3]
        assert check(index).sound
    assert refused > 10
    fill(index, 4)
    assert ids(index) == [1, 2, 3, 4]
    assert len([path for path in index.folder.iterdir() if path.suffix in (".terms", ".documents")]) == 4


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(IndexNotWritableError):
        ArticleIndex.create(tmp_path / "file" / "index")


def test_an_index_is_read_where_nothing_can_be_written(index, monkeypatch):
    def refuse(path, flags, *rest, **options):
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return opened(path, flags, *rest, **options)

    opened = os.open
    monkeypatch.setattr(os, "open", refuse)
    assert ids(ArticleIndex.open(index.folder)) == [1, 2, 3]
    with pytest.raises(IndexNotWritableError):
        index.writer()
