"""Files that were changed with their checksums put right: what is said twice gives them away, and nothing blows up."""

from __future__ import annotations

import json
import struct
import zlib

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import fields, index, query
from whoosh.filedb.filestore import RamStorage
from whoosh.searching import Searcher

from searcher.errors import IndexDamagedError
from searcher.store.codec import ArrayCodec, verify
from searcher.store.codec.sections import PAGE

TRAILER = struct.Struct("<QQII8s")
WORDS = "lachin corridor peace talks vienna bridge harbour minister treaty border".split()

#: Parts that something else in the segment tells, too.
TOLD_TWICE = (
    *("body/starts", "body/occurrences", "body/articles/last", "body/frequencies/before", "body/lengths"),
    *("body/highest", "body/shortest", "body/densest", "body/terms/fence", "body/articles/at"),
    *("id/starts", "id/articles/last", "size/starts", "size/articles/last"),
    *("stored/first", "stored/starts", "stored/sizes"),
)


def made():
    storage = RamStorage()
    schema = fields.Schema(
        id=fields.ID(stored=True, sortable=True), body=fields.TEXT(stored=True), size=fields.NUMERIC(sortable=True)
    )
    writer = storage.create_index(schema).writer(codec=ArrayCodec())
    for number in range(200):
        words = [word for place, word in enumerate(WORDS) for _ in range(number % (place + 2))]
        writer.add_document(id=f"{number:03}", body=" ".join(words), size=number % 40)
    writer.commit()
    return storage


WHOLE = made()
FILES = sorted(name for name in WHOLE.list() if name.endswith((".terms", ".documents")))


def directory(name):
    content = WHOLE.files[name]
    at, length, _, version, magic = TRAILER.unpack_from(content, len(content) - TRAILER.size)
    return json.loads(content[at : at + length]), version, magic


SECTIONS = {
    (name, section): entry for name in FILES for section, entry in directory(name)[0]["sections"].items() if entry[1]
}


def resealed(name, facts, body):
    """A storage in which a file has another directory and other sections, and the checksums of these."""
    _, version, magic = directory(name)
    pages = b"".join(
        struct.pack("<I", zlib.crc32(body[start : min(start + PAGE, facts["end"])]))
        for start in range(0, facts["end"], PAGE)
    )
    text = json.dumps(facts).encode()
    trailer = TRAILER.pack(facts["end"] + len(pages), len(text), zlib.crc32(text, zlib.crc32(pages)), version, magic)
    storage = RamStorage()
    storage.files.update(WHOLE.files)
    storage.files[name] = bytes(body[: facts["end"]]) + pages + text + trailer
    return storage


def everything(storage):
    with index.FileIndex(storage).reader() as reader:
        asked = [query.Term("body", word) for word in WORDS] + [query.Prefix("body", "b"), query.Every()]
        asked += [query.Phrase("body", ["lachin", "corridor"]), query.NumericRange("size", 3, 9)]
        found = [[(hit["id"], hit.score) for hit in Searcher(reader).search(q, limit=20)] for q in asked]
        columns = [list(reader.column_reader(name)) for name in ("id", "size")]
        return found, columns, list(reader.all_terms()), list(reader.all_stored_fields())


def damages(storage):
    return [d for segment in index.FileIndex(storage)._segments() for d in verify(storage, segment)]


ANSWERS = everything(WHOLE)
NUMBERS = st.one_of(st.sampled_from([0, 1, 2**31 - 1, 2**31, 2**32 - 1, 2**62, 2**64 - 1]), st.integers(0, 2**64 - 1))


def changed(place, item, number):
    """A storage in which one item of a section is another; None where it already is that one."""
    name, section = place
    facts, _, _ = directory(name)
    offset, size, dtype = facts["sections"][section]
    width = np.dtype(dtype).itemsize
    start = offset + item % (size // width) * width
    body = bytearray(WHOLE.files[name])
    value = (number % 2 ** (8 * width)).to_bytes(width, "little")
    if body[start : start + width] == value:
        return None
    body[start : start + width] = value
    return resealed(name, facts, body)


def test_a_file_sealed_again_is_the_same():
    for name in FILES:
        storage = resealed(name, directory(name)[0], WHOLE.files[name])
        assert damages(storage) == []
        assert everything(storage) == ANSWERS


@settings(max_examples=150)
@given(st.sampled_from([place for place in SECTIONS if place[1] in TOLD_TWICE]), st.integers(0, 2**20), NUMBERS)
def test_what_is_said_twice_is_compared(place, item, number):
    storage = changed(place, item, number)
    if storage is not None and not damages(storage):
        assert everything(storage) == ANSWERS


@settings(max_examples=150)
@given(st.sampled_from(sorted(SECTIONS)), st.integers(0, 2**20), NUMBERS)
def test_checking_ends_and_says_what_is_wrong(place, item, number):
    storage = changed(place, item, number)
    for damage in damages(storage) if storage is not None else ():
        assert damage.part
        assert damage.reason
        assert "\n" not in damage.part + damage.reason


def leaves(value, path=()):
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(inner, dict | list):
            yield from leaves(inner, (*path, key))
        else:
            yield (*path, key)


FACTS = [(name, path) for name in FILES for path in leaves(directory(name)[0]) if path[0] not in ("end", "identity")]
VALUES = st.sampled_from([0, -1, 1, 2**31, 2**62, 10**30, "x", None, 1.5, [], {}, True])


@settings(max_examples=150)
@given(st.sampled_from(FACTS), VALUES)
def test_a_directory_that_lies_is_damage_or_changes_nothing(place, value):
    name, path = place
    facts, _, _ = directory(name)
    inner = facts
    for key in path[:-1]:
        inner = inner[key]
    if inner[path[-1]] == value:
        return
    inner[path[-1]] = value
    storage = resealed(name, facts, WHOLE.files[name])
    try:
        found = damages(storage)
    except IndexDamagedError:
        return
    if not found:
        assert everything(storage) == ANSWERS
