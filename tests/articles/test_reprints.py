"""Reprints and light edits find each other; other texts do not."""

from __future__ import annotations

import random
from itertools import pairwise, product
from zlib import crc32

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from searcher.articles.duplicates import groups
from searcher.articles.fingerprints import Fingerprints, fingerprint

VOCABULARY = ["".join(parts) for parts in product(("ka", "lo", "mi", "ne"), ("ban", "dor", "fel"), "aeiou")]


def story(seed: int, length: int = 400) -> str:
    chance = random.Random(seed)  # noqa: S311
    return " ".join(chance.choice(VOCABULARY) for _ in range(length))


def test_the_same_words_have_the_same_fingerprint_whatever_is_around_them() -> None:
    assert fingerprint("The ice, he said, “is gone”.") == fingerprint("the ICE he said 'is gone'")
    assert fingerprint("The ice is gone") != fingerprint("gone is the ice")


def test_it_is_the_same_on_every_machine_and_day() -> None:
    assert fingerprint("one two three four five six seven") == -5765930030302160971


def test_short_texts_have_none_and_are_grouped_with_nothing() -> None:
    assert fingerprint("") == fingerprint("two words") == 0
    assert groups(np.array([0, 0, 5, 5])).tolist() == [0, 1, 2, 2]


def least_bytes(words: list[bytes]) -> int:
    """The definition, word by word: the low byte of the least of each of eight products of every pair's hash."""

    def mixed(value: int) -> int:
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB % 2**64
        return value ^ (value >> 31)

    golden = 0x9E3779B97F4A7C15
    seeds = [mixed(number * golden % 2**64) | 1 for number in range(1, 9)]
    pairs = [mixed((crc32(one) * golden + crc32(two)) % 2**64) for one, two in pairwise(words)]
    return int.from_bytes(
        bytes(min(pair * seed % 2**64 for pair in pairs) & 255 for seed in seeds), "little", signed=True
    )


@given(
    st.lists(
        st.lists(st.sampled_from("a b café 12 It's é x-y 拉钦 longerthan8 muchlongerthan16bytes".split()), max_size=9)
    )
)
def test_many_texts_have_the_fingerprints_of_each(parts: list[list[str]]) -> None:
    texts = [" ".join(words) for words in parts]
    taken = Fingerprints()
    assert taken.of(texts).tolist() == [fingerprint(text) for text in texts] == taken.of(texts).tolist()
    for text, found in zip(texts, taken.of(texts).tolist(), strict=True):
        if text.isascii():
            words = text.replace("'", " ").replace("-", " ").lower().encode().split()
            assert found == (least_bytes(words) if len(words) > 2 else 0)


def test_light_edits_are_grouped_and_other_stories_are_not() -> None:
    texts = [story(seed) for seed in range(50)]
    edited = [
        text.replace(VOCABULARY[seed % 40], "edited", 4) + " reporting by somebody" for seed, text in enumerate(texts)
    ]
    label = groups(np.array([fingerprint(text) for text in texts + edited]))
    assert label[:50].tolist() == list(range(50))
    assert np.mean(label[50:] == np.arange(50)) > 0.9
    assert set(label[50:].tolist()) <= set(range(100))


def test_nearness_does_not_add_up() -> None:
    one = 0x0101010101010101
    near = one ^ 0x0000000000000202
    far = near ^ 0x0000000002020000
    assert groups(np.array([one, near, far], np.int64)).tolist() == [0, 0, 2]
    assert groups(np.array([near, one, far], np.int64)).tolist() == [0, 0, 0]


@given(st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(0, 300), max_size=40))
def test_groups_are_what_comparing_every_pair_would_give(marks: list[int]) -> None:
    def near(one: int, other: int) -> bool:
        difference = (one ^ other) & (2**64 - 1)
        return sum(byte != 0 for byte in difference.to_bytes(8, "little")) <= 2

    wanted: list[int] = []
    for place, mark in enumerate(marks):
        leaders = (
            earlier
            for earlier in range(place)
            if wanted[earlier] == earlier and marks[earlier] and near(marks[earlier], mark)
        )
        wanted.append(next(leaders, place) if mark else place)
    assert groups(np.array(marks, np.int64)).tolist() == wanted
