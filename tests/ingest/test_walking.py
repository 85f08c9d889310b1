"""Which files a walk finds, under which names, in which order."""

from __future__ import annotations

import os

import pytest

from searcher.ingest.paths import shown_path, stored_path
from searcher.ingest.walk import FoundFile, Walk
from searcher.model import Failure


def fill(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text", "utf-8")


def found(root, *sources, **options):
    return [file.stored for file in Walk(root, **options).files(sources or [root]) if isinstance(file, FoundFile)]


def test_folders_are_walked_in_the_order_of_their_names(tmp_path):
    fill(tmp_path, "b.txt", "a/z.md", "a/y.html", "c.jsonl", "a.csv")
    assert found(tmp_path) == ["a/y.html", "a/z.md", "a.csv", "b.txt", "c.jsonl"]


def test_hidden_and_foreign_files_are_passed_over(tmp_path):
    fill(tmp_path, ".hidden.txt", ".git/a.txt", "picture.png", "a.txt")
    assert found(tmp_path) == ["a.txt"]


def test_what_is_named_is_taken_whatever_it_is_called(tmp_path):
    fill(tmp_path, ".hidden.txt", "noname", ".folder/a.txt")
    names = [tmp_path / name for name in (".hidden.txt", "noname", ".folder")]
    assert found(tmp_path, *names) == [".hidden.txt", "noname", ".folder/a.txt"]


def test_gitignore_files_hold_from_their_folder_down(tmp_path):
    fill(tmp_path, "a.txt", "drafts/b.txt", "deep/drafts/c.txt", "deep/d.txt", "deep/e.txt", "f.txt")
    (tmp_path / ".gitignore").write_text("/drafts/\n*.tmp.txt\nf.*\n!f.txt\n", "utf-8")
    (tmp_path / "deep" / ".gitignore").write_text("d.txt\n", "utf-8")
    fill(tmp_path, "g.tmp.txt", "deep/h.tmp.txt")
    assert found(tmp_path) == ["a.txt", "deep/drafts/c.txt", "deep/e.txt", "f.txt"]


def test_links_are_not_followed_but_a_source_may_be_one(tmp_path):
    fill(tmp_path, "inside/a.txt", "outside/b.txt")
    (tmp_path / "inside" / "link").symlink_to(tmp_path / "outside")
    (tmp_path / "inside" / "link.txt").symlink_to(tmp_path / "outside" / "b.txt")
    assert found(tmp_path, tmp_path / "inside") == ["inside/a.txt"]
    assert found(tmp_path, tmp_path / "inside" / "link") == ["inside/link/b.txt"]


def test_a_folder_that_links_to_itself_ends(tmp_path):
    fill(tmp_path, "a.txt")
    (tmp_path / "again").symlink_to(tmp_path)
    assert found(tmp_path, tmp_path, tmp_path / "again") == ["a.txt"]


def test_nested_and_repeated_sources_are_walked_once(tmp_path):
    fill(tmp_path, "a/b/c.txt", "a/d.txt")
    assert found(tmp_path, tmp_path / "a", tmp_path / "a" / "b", tmp_path / "a") == ["a/b/c.txt", "a/d.txt"]
    assert found(tmp_path, tmp_path / "a" / "b", tmp_path / "a") == ["a/b/c.txt", "a/d.txt"]
    assert found(tmp_path, tmp_path / "a" / "d.txt", tmp_path / "a") == ["a/d.txt", "a/b/c.txt"]


def test_large_files_are_passed_over_in_folders(tmp_path):
    fill(tmp_path, "small.txt")
    (tmp_path / "large.txt").write_text("x" * 100, "utf-8")
    assert found(tmp_path, largest=50) == ["small.txt"]
    assert found(tmp_path, tmp_path / "large.txt", largest=50) == ["large.txt"]


def test_the_index_and_its_settings_are_left_out(tmp_path):
    fill(tmp_path, "index/a.txt", "people.txt", "b.txt")
    left_out = frozenset({tmp_path / "index", tmp_path / "people.txt"})
    assert found(tmp_path, left_out=left_out) == ["b.txt"]


def test_a_source_that_is_not_there_is_a_failure(tmp_path):
    (failure,) = Walk(tmp_path).files([tmp_path / "nowhere"])
    assert isinstance(failure, Failure)
    assert failure.path == "nowhere"


def test_a_folder_that_cannot_be_read_is_a_failure(tmp_path, monkeypatch):
    fill(tmp_path, "a/b.txt", "c.txt")
    scandir = os.scandir

    def refuse(path):
        if str(path).endswith("a"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    names = [item.path if isinstance(item, Failure) else item.stored for item in Walk(tmp_path).files([tmp_path])]
    assert names == ["a", "c.txt"]


@pytest.mark.parametrize("stored", ["a/b.txt", "a/b.jsonl#17", "a/b.zip!c/d.txt", "../x.txt"])
def test_a_stored_path_is_shown_so_that_it_opens_from_here(tmp_path, stored):
    assert shown_path(stored, tmp_path, tmp_path / "elsewhere") == os.path.normpath(tmp_path / stored)
    assert os.path.normpath(tmp_path / shown_path(stored, tmp_path, tmp_path)) == os.path.normpath(tmp_path / stored)


def test_the_name_of_a_member_stays_a_name(tmp_path):
    assert shown_path("a/b.tar!../../etc/x.txt", tmp_path, tmp_path) == "a/b.tar!../../etc/x.txt"


def test_paths_are_stored_relative_to_the_root_where_they_lie_below_it(tmp_path):
    root = tmp_path / "archive"
    root.mkdir()
    (tmp_path / "link").symlink_to(root)
    assert stored_path(root / "a" / "b.txt", root) == "a/b.txt"
    assert stored_path(tmp_path / "link" / "b.txt", root) == "b.txt"
    assert stored_path(tmp_path / "b.txt", root) == str(tmp_path / "b.txt")
