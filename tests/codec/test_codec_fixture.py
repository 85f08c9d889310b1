"""Indexes of every format version there ever was still open and answer.

`python tests/codec/test_codec_fixture.py FOLDER` writes the fixture of the version that the code now has.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from pathlib import Path

import pytest
from whoosh import fields, index, query

from searcher.store.codec import ArrayCodec, verify

FIXTURES = Path(__file__).parent / "fixtures"
ARTICLES = [
    {"id": "a", "title": "Peace deal", "body": "A deal over the Lachin corridor was signed.", "day": 737_738},
    {"id": "b", "title": "Élysée, Paris", "body": "Лачин: the corridor, the corridor!", "tags": "France,Europe"},
    {"id": "c", "title": "Deleted", "body": "Nobody finds the corridor here."},
    {"id": "d", "title": "", "body": "", "seen": dt.datetime(2020, 11, 9, 21, 30)},  # noqa: DTZ001
]


def schema():
    return fields.Schema(
        id=fields.ID(stored=True, unique=True, sortable=True),
        title=fields.TEXT(stored=True, chars=True, vector=True),
        body=fields.TEXT(stored=True),
        tags=fields.KEYWORD(commas=True, sortable=True),
        day=fields.NUMERIC(int, sortable=True, stored=True),
        seen=fields.DATETIME(stored=True),
    )


@pytest.mark.parametrize("folder", sorted(FIXTURES.iterdir()), ids=lambda folder: folder.name)
def test_a_committed_index_answers(folder, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "index")
    ix = index.open_dir(str(copy), schema=schema())
    assert [damage for segment in ix._segments() for damage in verify(ix.storage, segment)] == []
    with ix.searcher() as searcher:
        hits = searcher.search(query.Term("body", "corridor"))
        assert [hit["id"] for hit in hits] == ["b", "a"]
        assert hits[0].score > hits[1].score > 0
        assert searcher.document(id="d")["seen"] == ARTICLES[3]["seen"]
        assert searcher.document(id="c") is None
        assert [hit["id"] for hit in searcher.search(query.Phrase("body", ["lachin", "corridor"]))] == ["a"]
        assert searcher.search(query.Every(), sortedby="day")[0]["id"] == "a"
        number = searcher.document_number(id="a")
        assert dict(searcher.vector_as("positions", number, "title")) == {"deal": [1], "peace": [0]}


def write_fixture(folder):
    ix = index.create_in(str(folder), schema())
    for part in (ARTICLES[:3], ARTICLES[3:]):
        writer = ix.writer(codec=ArrayCodec())
        for article in part:
            writer.add_document(**article)
        writer.commit(merge=False)
    writer = ix.writer(codec=ArrayCodec())
    writer.delete_by_term("id", "c")
    writer.commit(merge=False)
    for lock in Path(folder).glob("*LOCK"):
        lock.unlink()


if __name__ == "__main__":
    write_fixture(sys.argv[1])
