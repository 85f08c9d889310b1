"""Chunks of texts and their numbers, beside `split` and a dict."""

from __future__ import annotations

import re

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.text.chunks import ABSENT, KeyTable, cut, salts
from searcher.text.shapes import shape

WRITTEN = st.text(alphabet="ab8é拉.,'#&@+_- \n;(\"\x00\xa0“—\ud800", max_size=60)
SEPARATES = "".join(chr(code) for code in range(128) if shape(chr(code)) == " ") + "\xa0“”„«»–—…"


def split(text):
    return [chunk for chunk in re.split(f"[{re.escape(SEPARATES)}]", text) if chunk]


@given(st.lists(WRITTEN, max_size=6))
def test_texts_are_cut_where_signs_separate(texts):
    chunks = cut(texts)
    assert len(chunks.firsts) == len(texts) + 1
    every = np.arange(len(chunks.starts))
    assert chunks.read(every) == [chunk for text in texts for chunk in split(text)]
    assert np.diff(chunks.firsts).tolist() == [len(split(text)) for text in texts]
    assert chunks.texts_of(every).tolist() == [number for number, text in enumerate(texts) for _ in split(text)]


@settings(max_examples=300)
@given(st.lists(st.text(alphabet="aé\x00", min_size=1, max_size=40), max_size=60))
def test_keys_are_alike_where_chunks_are(written):
    written = [chunk.replace("\x00", "b") for chunk in written]
    chunks = cut([" ".join(written)])
    pairs = dict(zip(written, chunks.keys().tolist(), strict=True))
    assert [pairs[chunk] for chunk in written] == chunks.keys().tolist()
    assert len(set(pairs.values())) == len(pairs)


def test_every_byte_of_a_chunk_counts():
    written = [base[:at] + "b" + base[at + 1 :] for base in ("a" * n for n in range(1, 60)) for at in range(len(base))]
    distinct = set(written)
    keys = cut([" ".join(sorted(distinct))]).keys()
    assert len(set(keys.tolist())) == len(distinct)


def test_keys_spread_over_the_table():
    keys = cut([" ".join(f"word{number}" for number in range(100_000))]).keys()
    taken = np.bincount((keys >> np.uint64(48)).astype(np.int64), minlength=1 << 16)
    assert taken.max() < 15
    assert np.count_nonzero(taken) > 0.7 * len(taken)


def test_salts_tell_names_apart():
    assert len(set(salts([None, "en", "de"]).tolist())) == 3
    assert salts(["en"]).tolist() == salts(["de", "en"]).tolist()[1:]


KEYS = st.integers(0, 2**64 - 1) | st.integers(0, 40) | st.integers(2**64 - 40, 2**64 - 1)


@settings(max_examples=300)
@given(st.lists(st.dictionaries(KEYS, st.integers(-(2**31), 2**31 - 1).filter(lambda n: n != ABSENT), max_size=30)))
def test_a_table_is_a_dict(rounds):
    table, held = KeyTable(), {}
    for added in rounds:
        new = {key: number for key, number in added.items() if key not in held}
        asked = np.array([*held, *added, 7, 2**64 - 1], np.uint64)
        assert table.get(asked).tolist() == [held.get(key, ABSENT) for key in asked.tolist()]
        table.put(np.array(list(new), np.uint64), np.array(list(new.values()), np.int32))
        held |= new
        assert table.get(asked).tolist() == [held.get(key, ABSENT) for key in asked.tolist()]
        assert len(table) == len(held)


def test_a_table_grows():
    table = KeyTable()
    keys = np.random.default_rng(1).integers(0, 2**63, 300_000).astype(np.uint64)
    keys = np.unique(keys) * np.uint64(2)
    numbers = np.arange(len(keys), dtype=np.int32)
    for part in np.array_split(np.arange(len(keys)), 7):
        table.put(keys[part], numbers[part])
    assert np.array_equal(table.get(keys), numbers)
    assert (table.get(keys + np.uint64(1)) == ABSENT).all()
