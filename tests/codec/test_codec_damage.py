"""A damaged segment is said to be damaged: never a crash, never another answer."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import fields, index, query
from whoosh.filedb.filestore import RamStorage
from whoosh.searching import Searcher

from searcher.errors import IndexDamagedError
from searcher.store.codec import ArrayCodec, ArraySegment, SegmentArrays, verify

BODIES = ["Lachin corridor", "peace deal in Lachin", "", "war and peace " * 300]


def made():
    storage = RamStorage()
    schema = fields.Schema(
        id=fields.ID(stored=True, sortable=True), body=fields.TEXT(stored=True), size=fields.NUMERIC(sortable=True)
    )
    ix = storage.create_index(schema)
    for part in range(2):
        writer = ix.writer(codec=ArrayCodec())
        for number, body in enumerate(BODIES):
            writer.add_document(id=f"{part}-{number}", body=body, size=len(body))
        writer.commit(merge=False)
    return storage


WHOLE = made()
FILES = sorted(name for name in WHOLE.list() if name.endswith((".terms", ".documents")))
PLACES = st.sampled_from(FILES).flatmap(
    lambda name: st.tuples(st.just(name), st.integers(0, len(WHOLE.files[name]) - 1))
)


def copied():
    storage = RamStorage()
    storage.files.update(WHOLE.files)
    return storage


def everything(storage):
    with index.FileIndex(storage).reader() as reader:
        searcher = Searcher(reader)
        found = [
            (hit["id"], hit.score)
            for q in (query.Term("body", "lachin"), query.Phrase("body", ["peace", "deal"]), query.Every())
            for hit in searcher.search(q, limit=None)
        ]
        columns = [list(reader.column_reader(name)) for name in ("id", "size")]
        return found, columns, list(reader.iter_postings()), list(reader.all_stored_fields())


ANSWERS = everything(copied())


def damages(storage):
    ix = index.FileIndex(storage)
    return [damage for segment in ix._segments() for damage in verify(storage, segment)]


def test_a_sound_index_is_sound():
    assert damages(copied()) == []


@given(PLACES, st.integers(0, 7))
def test_a_flipped_bit_is_an_error_or_changes_nothing(place, bit):
    name, byte = place
    storage = copied()
    data = bytearray(storage.files[name])
    data[byte] ^= 1 << bit
    storage.files[name] = bytes(data)
    found = damages(storage)
    assert found
    assert all(damage.part.startswith(name) for damage in found)
    try:
        assert everything(storage) == ANSWERS
    except IndexDamagedError as error:
        assert error.message.startswith(name)
        assert error.hint


@given(PLACES)
def test_a_file_cut_short_is_an_error(place):
    name, size = place
    storage = copied()
    storage.files[name] = storage.files[name][:size]
    assert damages(storage)
    with pytest.raises(IndexDamagedError, match=name):
        everything(storage)


@given(PLACES, st.binary(min_size=1, max_size=40))
def test_overwritten_bytes_are_an_error_or_change_nothing(place, data):
    name, byte = place
    storage = copied()
    old = storage.files[name]
    storage.files[name] = old[:byte] + data + old[byte + len(data) :]
    try:
        assert everything(storage) == ANSWERS
    except IndexDamagedError as error:
        assert name in error.message


@pytest.mark.parametrize("extension", [".terms", ".documents"])
def test_files_of_two_segments_swapped_are_an_error(extension):
    storage = copied()
    one, two = (name for name in FILES if name.endswith(extension))
    storage.files[one], storage.files[two] = storage.files[two], storage.files[one]
    assert len(damages(storage)) == 2
    with pytest.raises(IndexDamagedError, match="belongs to"):
        everything(storage)


def test_the_two_files_of_a_segment_swapped_are_an_error():
    storage = copied()
    documents, terms = FILES[:2]
    storage.files[documents], storage.files[terms] = storage.files[terms], storage.files[documents]
    assert damages(storage)
    with pytest.raises(IndexDamagedError):
        everything(storage)


def test_a_missing_file_is_named():
    storage = copied()
    storage.delete_file(FILES[0])
    assert [damage.part for damage in damages(storage)] == [FILES[0]]


@given(
    st.dictionaries(
        st.sampled_from(["indexname", "segid", "articles", "deleted"]), st.integers() | st.binary() | st.none()
    )
)
def test_a_segment_described_wrongly_is_an_error(changes):
    state = ArraySegment("MAIN", 100, "abc").__getstate__() | changes
    segment = ArraySegment.__new__(ArraySegment)
    try:
        segment.__setstate__(state)
    except IndexDamagedError:
        return
    assert 0 <= segment.deleted_count() <= max(segment.doc_count_all(), 0)


def test_a_segment_of_more_articles_than_its_file_has_is_an_error():
    storage = copied()
    ix = index.FileIndex(storage)
    segment = pickle.loads(pickle.dumps(ix._segments()[0]))  # noqa: S301
    segment.set_doc_count(10**9)
    with pytest.raises(IndexDamagedError, match="number of articles"):
        SegmentArrays(storage, segment).stored(10**8)
