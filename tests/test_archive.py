"""The one thing that the faces call: index, search, read, correct, from any folder and any thread."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

import searcher
from searcher.archive import Archive, extract
from searcher.config import Config
from searcher.errors import ArticleMissingError, IndexMissingError, QueryError, UsageError
from searcher.model import Article, Failure

STORIES = {
    "summit.txt": "Leaders meet in Geneva\n\nPresident Anna Petrova met Prime Minister Karl Lindqvist on 3 March 2019. "
    "Petrova said that the talks about the lake treaty were long. Lindqvist spoke of a lake that both share.\n",
    "reply.txt": "Lindqvist answers\n\nKarl Lindqvist rejected the treaty on Monday. The prime minister said that "
    "the lake belongs to nobody, and that Anna Petrova knows it.\n",
    "sport.txt": "Harbour race\n\nThe boats left the harbour at noon and nobody came back before the evening.\n",
}


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    root = tmp_path_factory.mktemp("archive")
    (root / "stories").mkdir()
    for name, text in STORIES.items():
        (root / "stories" / name).write_text(text, "utf-8")
    made = Config.of(root / "index")
    with Archive.create(config=made) as archive:
        report = archive.index([root / "stories"])
        assert report.articles == len(STORIES)
    return made


@pytest.fixture
def archive(config):
    with Archive.open(config=config) as opened:
        yield opened


def test_it_opens_from_the_package_as_the_manual_says(config):
    with searcher.open(config.index) as archive:
        assert archive.search("lake treaty").total == 2


def test_no_index_is_an_error_only_where_one_is_needed(tmp_path):
    with pytest.raises(IndexMissingError):
        Archive.open(tmp_path / "index")
    Archive.create(tmp_path / "index").close()
    assert not (tmp_path / "index").exists()


def test_sources_of_the_settings_are_indexed_when_none_are_named(config, tmp_path):
    from dataclasses import replace

    elsewhere = replace(config, index=tmp_path / "index", sources=(config.root / "stories",))
    with Archive.create(config=elsewhere) as archive:
        assert archive.index().added == 3
        assert archive.search("harbour").total == 1


def test_paths_open_from_the_current_folder_and_ids_stay(archive, config, monkeypatch):
    shown = {}
    for folder in (config.root, config.root / "stories", Path("/")):
        monkeypatch.chdir(folder)
        (hit,) = archive.search("boats").hits
        assert Path(hit.path).read_text("utf-8") == STORIES["sport.txt"]
        shown[hit.path] = hit.id
    assert set(shown) >= {"stories/sport.txt", "sport.txt"}
    assert len(set(shown.values())) == 1


def test_an_article_is_found_by_its_id_or_the_beginning_of_it(archive):
    (hit,) = archive.search("boats").hits
    assert archive.article(hit.id) == archive.article(hit.id[:12])
    assert archive.article(hit.id).text.count("The boats left") == 1
    for wrong in ("", "zzzz", "0" * 16, hit.id + "0"):
        with pytest.raises(ArticleMissingError):
            archive.article(wrong)


def test_what_is_extracted_is_what_would_be_indexed(archive, config, monkeypatch):
    monkeypatch.chdir(config.root)
    articles = {article.id: article for article in extract(["stories"], config=config) if isinstance(article, Article)}
    assert len(articles) == 3
    for article_id, article in articles.items():
        indexed = archive.article(article_id)
        assert (indexed.text, indexed.path, indexed.facts.date) == (article.text, article.path, article.facts.date)
    (missing,) = extract(["nowhere.txt"], config=config)
    assert isinstance(missing, Failure)


def test_standard_input_is_extracted(monkeypatch):
    import io
    import sys

    class Stdin:
        buffer = io.BytesIO(STORIES["sport.txt"].encode())

    monkeypatch.setattr(sys, "stdin", Stdin())
    (article,) = extract(["-"])
    assert article.path == "-"
    assert "left the harbour" in article.text


def test_a_batch_gives_the_error_of_a_bad_query_in_its_place(archive):
    first, second, third = archive.batch(["lake", "soruce:ap", "harbour"])
    assert first.total == 2
    assert isinstance(second, QueryError)
    assert third.total == 1


def test_a_new_commit_shows_after_a_refresh(config, tmp_path):
    from dataclasses import replace

    own = replace(config, index=tmp_path / "index", root=tmp_path)
    (tmp_path / "a.txt").write_text(STORIES["sport.txt"], "utf-8")
    with Archive.create(config=own) as writer:
        writer.index([tmp_path / "a.txt"])
        with Archive.open(config=own) as reader:
            assert reader.search("boats OR treaty").total == 1
            assert not reader.refresh()
            (tmp_path / "b.txt").write_text(STORIES["reply.txt"], "utf-8")
            writer.index([tmp_path / "b.txt"])
            assert reader.search("boats OR treaty").total == 1
            assert reader.refresh()
            assert reader.search("boats OR treaty").total == 2
            assert reader.revision == writer.revision == 2


def test_people_are_told_apart_and_corrected(config, tmp_path):
    from dataclasses import replace

    own = replace(config, people_file=tmp_path / "people.txt")
    with Archive.open(config=own) as archive:
        names = {entry.name: entry.articles for entry in archive.people()}
        assert names == {"Anna Petrova": 2, "Karl Lindqvist": 2}
        assert [entry.name for entry in archive.people("lindqvist")] == ["Karl Lindqvist"]
        archive.merge_people(["Anna Petrova"], into="Karl Lindqvist")
        (entry,) = archive.people()
        assert entry.name == "Karl Lindqvist"
        assert archive.search("person:petrova").hits[0].people == ("Karl Lindqvist",)
        archive.split_person("Anna Petrova")
        assert len(archive.people()) == 2
        for correct in (
            lambda: archive.merge_people(["Anna Petrova", "Anna Petr"], into="Karl Lindqvist"),
            lambda: archive.split_person("Anna Petr"),
        ):
            with pytest.raises(UsageError) as raised:
                correct()
            assert "Anna Petr" in raised.value.message
            assert "Anna Petrova" in raised.value.hint
        assert "Anna Petr\n" not in own.people_file.read_text("utf-8")
    with Archive.open(config=own) as again:
        assert len(again.people()) == 2


def test_the_beginning_of_a_name_finds_people_where_nobody_is_called_so(archive):
    assert [entry.name for entry in archive.people("lindq")] == ["Karl Lindqvist"]
    assert [entry.name for entry in archive.people("an pet")] == ["Anna Petrova"]
    assert archive.people("indqvist x") == []
    assert archive.people("zz") == []
    assert archive.people(".") == []


def test_statistics_and_check(archive, config):
    stats = archive.stats()
    assert (stats.articles, stats.revision, stats.people, stats.segments) == (3, 1, 2, 1)
    assert stats.languages == (("en", 3),)
    assert stats.words == sum(hit.words for hit in archive.search("*").hits)
    report = archive.check()
    assert report.sound
    assert report.articles == 3
    assert report.bytes_read == stats.size_bytes == sum(path.stat().st_size for path in config.index.iterdir())


def test_check_names_the_file_in_which_a_byte_differs(config, tmp_path):
    import shutil
    from dataclasses import replace

    shutil.copytree(config.index, tmp_path / "index")
    for path in sorted((tmp_path / "index").glob("MAIN_*.*")):
        content = path.read_bytes()
        path.write_bytes(content[:200] + bytes([content[200] ^ 1]) + content[201:])
        report = Archive.create(config=replace(config, index=tmp_path / "index")).check()
        assert not report.sound
        assert any(path.name in f"{damage.part} {damage.reason}" for damage in report.damages), report.damages
        path.write_bytes(content)


def test_many_threads_share_one_archive_while_it_is_refreshed(config, tmp_path):
    from dataclasses import replace

    own = replace(config, index=tmp_path / "index", root=tmp_path)
    (tmp_path / "a.txt").write_text(STORIES["sport.txt"], "utf-8")
    failures = []
    with Archive.create(config=own) as archive:
        archive.index([tmp_path / "a.txt"])
        over = threading.Event()

        def search():
            try:
                while not over.is_set():
                    page = archive.search("boats", facets=("year",))
                    assert page.total >= 1
                    assert archive.article(page.hits[0].id).text
            except BaseException as error:  # noqa: BLE001
                failures.append(error)

        threads = [threading.Thread(target=search) for _ in range(2)]
        for thread in threads:
            thread.start()
        for number in range(3):
            (tmp_path / "b.txt").write_text(f"{STORIES['sport.txt']} Number {number}.", "utf-8")
            archive.index([tmp_path / "b.txt"])
        over.set()
        for thread in threads:
            thread.join()
    assert not failures
