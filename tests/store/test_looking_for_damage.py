"""After a failure damage is looked for, but not for ever."""

from __future__ import annotations

import pytest

from searcher.model import Article
from searcher.store.check import check, first_damage
from searcher.store.documents import Origin
from searcher.store.index import ArticleIndex


@pytest.fixture
def index(tmp_path):
    index = ArticleIndex.create(tmp_path / "index")
    with index.writer() as writer:
        for number in range(20):
            article = Article(f"{number:016x}", f"{number}.txt", f"Title {number}", f"Story {number}.", "")
            writer.add(article, Origin(article.path, 1, number))
        writer.commit()
    return index


def torn(index, place=100):
    (path,) = index.folder.glob("*.terms")
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    return index


def test_a_sound_index_has_none(index):
    assert first_damage(index, 60.0) is None


def test_it_is_what_a_check_tells_first(index):
    assert first_damage(torn(index), 60.0) == check(index).damages[0]


def test_nothing_is_looked_for_when_the_time_is_over(index):
    assert first_damage(torn(index), -1.0) is None


def test_what_a_commit_has_replaced_is_no_damage(index, monkeypatch):
    damaged = torn(index)
    monkeypatch.setattr(ArticleIndex, "latest_revision", lambda _: 99)
    assert first_damage(damaged, 60.0) is None


@pytest.mark.parametrize("place", [100, -100])
def test_what_was_read_before_it_broke_is_looked_at_again(index, place):
    with index.snapshot() as snapshot:
        assert list(snapshot.terms("body"))
        assert not check(torn(index, place)).sound
        assert first_damage(index, 60.0) is not None
