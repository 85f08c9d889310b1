"""Packed numbers, sections, lexicons, lengths and stored values: what is written is what is read."""

from __future__ import annotations

import datetime as dt
import io
import math
import struct
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.util.numeric import byte_to_length, length_to_byte

from searcher.errors import IndexDamagedError
from searcher.store.codec.lengths import LENGTHS, length_codes
from searcher.store.codec.lexicon import Lexicon, LexiconWriter
from searcher.store.codec.packing import BLOCK, Packer
from searcher.store.codec.postings import Packed
from searcher.store.codec.sections import PAGE, SectionFile
from searcher.store.codec.sections_writer import SectionWriter
from searcher.store.codec.stored import StoredReader
from searcher.store.codec.stored_json import encode
from searcher.store.codec.stored_writer import StoredWriter


def written(write, identity="here"):
    memory = io.BytesIO()
    sections = SectionWriter(memory, identity)
    facts = write(sections)
    sections.finish(facts or {})
    return memory.getvalue()


def packed(numbers, pieces=1):
    def write(sections):
        memory = io.BytesIO()
        packer = Packer(memory.write)
        for piece in np.array_split(np.array(numbers, np.uint32), pieces):
            packer.add(piece)
        ends = packer.finish()
        sections.add("p", np.frombuffer(memory.getvalue(), np.uint8))
        sections.add("p/at", ends)

    return Packed(SectionFile(written(write), "f", "here"), "p")


number = st.integers(0, 32).flatmap(lambda bits: st.integers(0, 2**bits - 1))


@given(st.lists(number, max_size=1000), st.integers(1, 7), st.data())
def test_any_stretch_of_packed_numbers_reads_back(numbers, pieces, data):
    start = data.draw(st.integers(0, len(numbers)))
    stop = data.draw(st.integers(start, len(numbers)))
    assert packed(numbers, pieces).read(start, stop).tolist() == numbers[start:stop]


def test_every_width_reads_back():
    blocks = [(np.arange(BLOCK, dtype=np.uint64) * 2654435761) % 2**width for width in range(33)]
    numbers = np.concatenate(blocks).astype(np.uint32)
    assert np.array_equal(packed(numbers).read(0, len(numbers)), numbers)


def test_small_numbers_take_few_bytes():
    memory = io.BytesIO()
    packer = Packer(memory.write)
    packer.add(np.ones(100 * BLOCK, np.uint32))
    packer.finish()
    assert len(memory.getvalue()) == 100 * BLOCK // 8


def test_lengths_are_those_of_whoosh():
    assert LENGTHS.tolist() == [byte_to_length(code) for code in range(256)]
    lengths = np.array([*range(3000), *range(3000, 200_000, 997)])
    assert length_codes(lengths).tolist() == [length_to_byte(int(length)) for length in lengths]


terms = st.lists(st.binary(max_size=12) | st.binary(max_size=2).map(lambda b: b"prefixed/" + b), unique=True).map(
    sorted
)


@given(terms, st.integers(1, 5), st.data())
def test_lexicon_answers_like_a_sorted_list(words, pieces, data):
    def write(sections):
        writer = LexiconWriter()
        step = -(-len(words) // pieces) or 1
        for start in range(0, len(words), step):
            writer.add(words[start : start + step])
        writer.finish(sections, "f")

    lexicon = Lexicon(SectionFile(written(write), "name", "here"), "f")
    assert lexicon.terms() == words
    probe = data.draw(st.binary(max_size=12) | (st.sampled_from(words) if words else st.just(b"")))
    assert lexicon.find(probe) == (words.index(probe) if probe in words else -1)
    assert words[slice(*lexicon.prefix(probe))] == [word for word in words if word.startswith(probe)]
    low, high = sorted([probe, data.draw(st.binary(max_size=12))])
    assert words[slice(*lexicon.span(low, high))] == [word for word in words if low <= word < high]
    assert words[slice(*lexicon.span(None, high))] == [word for word in words if word < high]


def test_lexicon_of_many_terms_with_long_common_beginnings():
    words = sorted(b"archive/2020/%05d" % number for number in range(0, 20_000, 3))
    lexicon = Lexicon(SectionFile(written(lambda sections: _lexicon(sections, words)), "name", "here"), "f")
    assert [lexicon.find(word) for word in words[::37]] == list(range(0, len(words), 37))
    assert lexicon.find(b"archive/2020/00001") == -1


def _lexicon(sections, words):
    writer = LexiconWriter()
    writer.add(words)
    writer.finish(sections, "f")


plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
rich = (
    plain
    | st.binary()
    | st.datetimes().map(lambda moment: moment.replace(fold=0))
    | st.dates()
    | st.timedeltas()
    | st.decimals(allow_nan=False)
)
values = st.recursive(
    rich,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
        | st.dictionaries(st.just("$"), inner)
        | st.dictionaries(st.integers(), inner, max_size=3)
    ),
    max_leaves=12,
)


def stored(documents):
    def write(sections):
        writer = StoredWriter()
        for document in documents:
            writer.add(encode(document))
        writer.finish(sections)

    return StoredReader(SectionFile(written(write), "name", "here"))


@given(st.lists(st.dictionaries(st.text(max_size=5), values, max_size=3), max_size=5))
def test_stored_fields_keep_value_and_type(documents):
    reader = stored(documents)
    assert [repr(fields) for fields in reader] == [repr(fields) for fields in documents]
    assert [repr(reader[index]) for index in range(len(documents))] == [repr(fields) for fields in documents]


def test_stored_fields_of_many_blocks():
    documents = [{"text": f"{index} " * (index % 3000), "number": index} for index in range(300)]
    reader = stored(documents)
    for number in (299, 0, 150, 151):
        assert reader[number] == documents[number]


def test_odd_values_are_kept_or_refused_by_name():
    fields = {"c": 1j, "nan": math.nan, "t": dt.time(1, 2), "d": Decimal("1.50"), "s": {1, 2}, "x": "\ud800"}
    read = stored([fields])[0]
    assert math.isnan(read.pop("nan"))
    fields.pop("nan")
    assert read == fields
    with pytest.raises(TypeError, match="object"):
        encode({"f": object()})


def sample():
    rng = np.random.default_rng(1)
    return written(
        lambda sections: (
            (
                sections.add("numbers", np.arange(30_000, dtype=np.uint32)),
                sections.add("bytes", rng.integers(0, 256, 70_001, dtype=np.uint8)),
                sections.add("none", np.empty(0, np.float32)),
            )
            and {"kept": 1}
        )
    )


def test_sections_read_back_in_part_and_whole():
    file = SectionFile(sample(), "f", "here")
    assert file.facts == {"kept": 1}
    assert file.array("numbers", 100, 103).tolist() == [100, 101, 102]
    assert len(file.array("none")) == 0
    assert file.length("bytes") == 70_001
    assert list(file.check_all()) == []
    with pytest.raises(IndexDamagedError, match="numbers"):
        file.array("numbers", 0, 30_001)
    with pytest.raises(IndexDamagedError, match="absent: missing"):
        file.array("absent")
    with pytest.raises(ValueError, match="read-only"):
        file.array("numbers")[0] = 1


def test_single_items_are_those_of_the_whole_and_as_well_checked():
    data = bytearray(sample())
    data[5 * PAGE] ^= 1
    section = SectionFile(bytes(data), "f", "here").section("numbers")
    places = np.array([0, 1, 7_000, 12_000])
    assert section.items(places).tolist() == [section.item(place) for place in places.tolist()] == places.tolist()
    torn = 5 * PAGE // 4
    for beyond in (-1, 30_000):
        with pytest.raises(IndexDamagedError, match="numbers: asked for"):
            section.item(beyond)
        with pytest.raises(IndexDamagedError, match="numbers: asked for"):
            section.items(np.array([3, beyond]))
    with pytest.raises(IndexDamagedError, match="checksum differs"):
        section.item(torn)
    with pytest.raises(IndexDamagedError, match="checksum differs"):
        section.items(np.array([3, torn]))


def test_blocks_do_not_begin_below_0():
    def write(sections):
        sections.add("p", np.zeros(64, np.uint8))
        sections.add("p/at", np.array([0, -4, 4], np.int32))
        return {}

    with pytest.raises(IndexDamagedError, match="p/at: places below 0"):
        Packed(SectionFile(written(write), "f", "here"), "p")


def found_damage(data):
    try:
        return list(SectionFile(data, "f", "here").check_all())
    except IndexDamagedError as error:
        return [error]


@given(st.integers(0, len(sample()) * 8 - 1))
def test_no_flipped_bit_goes_unnoticed(bit):
    data = bytearray(sample())
    data[bit // 8] ^= 1 << bit % 8
    assert found_damage(bytes(data))


def test_a_flipped_bit_is_noticed_where_it_is_and_nowhere_else():
    data = bytearray(sample())
    data[5 * PAGE] ^= 1
    file = SectionFile(bytes(data), "f", "here")
    file.array("bytes", 60_000, 60_010)
    with pytest.raises(IndexDamagedError, match=r"f: numbers: checksum differs"):
        file.array("numbers")


@given(st.integers(0, len(sample()) - 1))
def test_a_file_cut_short_is_refused(size):
    with pytest.raises(IndexDamagedError):
        SectionFile(sample()[:size], "f", "here")


def test_a_file_of_another_segment_or_version_is_refused():
    with pytest.raises(IndexDamagedError, match="belongs to 'here'"):
        SectionFile(sample(), "f", "there")
    newer = bytearray(sample())
    newer[-12:-8] = struct.pack("<I", 99)
    with pytest.raises(IndexDamagedError, match="version 99"):
        SectionFile(bytes(newer), "f", "here")
