"""Segments are merged while others are read; nothing is lost when a merge fails, and nothing is merged too soon."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from searcher.ingest import merging as merging_module
from searcher.ingest.child import DeadError
from searcher.ingest.merging import Merging
from searcher.ingest.options import IndexOptions
from searcher.ingest.pipeline import Place, run
from searcher.model import Article
from searcher.store.building import ArticleBuilder
from searcher.store.check import check
from searcher.store.documents import Origin, to_document
from searcher.store.index import ArticleIndex

MEMORY = 64 << 20


def article(number):
    return Article(f"{number:016x}", f"a{number}.txt", f"Title {number}", f"Story {number} of the harbour.", "")


def given(writer, folder, numbers):
    """Give a writer one segment of these articles."""
    builder = ArticleBuilder(folder)
    builder.add([to_document(article(number), Origin("f", 1, number)) for number in numbers])
    segment = builder.finish()
    writer.add_segment(segment)
    return segment


def ids(index):
    with index.snapshot() as snapshot:
        return sorted(snapshot.article(number).id for number in snapshot.numbers())


def expected(numbers):
    return sorted(f"{number:016x}" for number in numbers)


@pytest.fixture
def index(tmp_path):
    return ArticleIndex.create(tmp_path / "index")


@pytest.fixture
def all_merges(monkeypatch):
    monkeypatch.setattr(merging_module, "_FEW", 0)


@pytest.mark.usefixtures("all_merges")
def test_merges_go_on_beside_reading_and_show_with_the_commit(index):
    with (
        index.writer() as writer,
        closing(Merging(writer, index.folder, memory=MEMORY, processes=2)) as merging,
    ):
        for number in range(16):
            given(writer, index.folder, [2 * number, 2 * number + 1])
            merging.go_on()
        assert writer.commit(tidy=False)  # while the merge is under way
        assert ids(index) == expected(range(32))
        given(writer, index.folder, [32])
        merging.finish(lambda future: future.result())
        writer.commit()
        assert len(index.read_toc().segments) == 2
    assert ids(index) == expected(range(33))
    assert check(index).sound
    named = {segment.segid for segment in index.read_toc().segments}
    assert {path.name.split("_")[1].split(".")[0] for path in index.folder.glob("MAIN_*.terms")} == named


@pytest.mark.usefixtures("all_merges")
def test_what_no_merge_took_is_merged_at_the_end_where_segments_are_many(index):
    with (
        index.writer() as writer,
        closing(Merging(writer, index.folder, memory=MEMORY, processes=2)) as merging,
    ):
        for number in range(7):
            given(writer, index.folder, [number])
            merging.go_on()
        merging.finish(lambda future: future.result())
        writer.commit()
    assert ids(index) == expected(range(7))
    assert len(index.read_toc().segments) == 2


@pytest.mark.usefixtures("all_merges")
def test_few_segments_are_left_as_they_are(index):
    with (
        index.writer() as writer,
        closing(Merging(writer, index.folder, memory=MEMORY, processes=2)) as merging,
    ):
        for number in range(6):
            given(writer, index.folder, [number])
        merging.finish(lambda future: future.result())
        writer.commit()
    assert len(index.read_toc().segments) == 6


@pytest.mark.usefixtures("all_merges")
def test_what_may_still_lose_articles_is_merged_when_reading_is_over(index):
    with index.writer() as writer:
        for number in range(7):
            given(writer, index.folder, [2 * number, 2 * number + 1])
        writer.commit()
    with (
        index.writer() as writer,
        closing(Merging(writer, index.folder, memory=MEMORY, processes=1)) as merging,
    ):
        given(writer, index.folder, [14, 15])
        merging.go_on()
        assert len(writer.due()) == 1
        writer.remove([f"{3:016x}"])
        merging.finish(lambda future: future.result())
        assert writer.due() == []
        writer.commit()
    assert ids(index) == expected({*range(16)} - {3})
    assert len(index.read_toc().segments) == 1


@pytest.mark.usefixtures("all_merges")
@pytest.mark.parametrize("failure", [DeadError("gone"), MemoryError(), OSError(28, "No space left on device")])
def test_a_merge_that_fails_is_left_to_the_commit(index, monkeypatch, failure):
    def ask(*_):
        raise failure

    monkeypatch.setattr(merging_module.ChildProcess, "ask", ask)
    with (
        index.writer() as writer,
        closing(Merging(writer, index.folder, memory=MEMORY, processes=1)) as merging,
    ):
        for number in range(8):
            given(writer, index.folder, [number])
        merging.go_on()
        merging.finish(lambda future: future.result())
        writer.commit()
    assert ids(index) == expected(range(8))
    assert len(index.read_toc().segments) == 1


@pytest.mark.parametrize("failure", [MemoryError(), OSError(28, "No space left on device")])
def test_what_was_read_is_committed_where_there_is_no_room_to_merge(index, monkeypatch, failure):
    def merge(*_, **__):
        raise failure

    with index.writer() as writer:
        for number in range(8):
            given(writer, index.folder, [number])
        with monkeypatch.context() as patch:
            patch.setattr("searcher.store.codec.merging.merge", merge)
            writer.commit()
    assert ids(index) == expected(range(8))
    assert len(index.read_toc().segments) == 8
    with index.writer() as writer:
        given(writer, index.folder, [8])
        writer.commit()
    assert ids(index) == expected(range(9))
    assert len(index.read_toc().segments) == 1


def test_a_merge_from_before_a_removal_is_not_taken(index):
    with index.writer() as writer:
        for number in range(8):
            given(writer, index.folder, [number])
        writer.commit(tidy=False)
        (group,) = writer.due()
        merged = merging_module.Merge(index.folder, tuple(group), MEMORY).carry_out()
        writer.remove([f"{3:016x}"])
        writer.replace(group, merged)
        writer.commit()
    assert ids(index) == expected({*range(8)} - {3})
    assert check(index).sound


def test_what_was_merged_and_not_committed_leaves_nothing_behind(index):
    with index.writer() as writer:
        for number in range(8):
            given(writer, index.folder, [number])
        (group,) = writer.due()
        writer.replace(group, merging_module.Merge(index.folder, tuple(group), MEMORY).carry_out())
    assert ids(index) == []
    assert [path.name for path in index.folder.iterdir() if path.suffix in {".terms", ".documents"}] == []


@pytest.mark.usefixtures("all_merges")
def test_a_run_merges_what_it_writes(tmp_path, monkeypatch):
    monkeypatch.setattr("searcher.store.codec.builder.SegmentBuilder.full", property(lambda _: True))
    monkeypatch.setattr("searcher.ingest.feed._TASK_UNITS", 2)
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:03}.txt").write_text(f"Story {number} happened in the harbour.", "utf-8")
    place = Place(tmp_path / "index", tmp_path)
    assert run(place, [folder], IndexOptions(workers=2)).articles == 40
    index = ArticleIndex.open(place.index)
    assert len(ids(index)) == 40
    assert check(index).sound
    assert len(index.read_toc().segments) < 8
    assert not any(Path(place.index).glob("*.new"))
