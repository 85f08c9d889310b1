"""Keys, parts and likeness of names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.articles.facts import likeness, names


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Vladimir Putin", "vladimir putin"),
        ("  VLADIMIR   PUTIN ", "vladimir putin"),
        ("Dr. Ngozi Okonjo-Iweala", "ngozi okonjo iweala"),
        ("Seán O’Brien", "sean obrien"),
        ("Recep Tayyip Erdoğan", "recep tayyip erdogan"),
        ("Sen. John McCain", "john mccain"),
        ("Sir", "sir"),
        ("", ""),
        ("Владимир Путин", "владимир путин"),
    ],
)
def test_a_key_is_folded_and_has_no_honorifics(name, expected):
    assert names.key(name) == expected


@given(st.text(max_size=60))
def test_a_key_is_its_own_key(name):
    assert names.key(names.key(name)) == names.key(name)


@pytest.mark.parametrize(
    ("key", "given_names", "surname"),
    [
        ("ada lovelace", ("ada",), ("lovelace",)),
        ("lovelace", (), ("lovelace",)),
        ("ursula von der leyen", ("ursula",), ("von", "der", "leyen")),
        ("von der leyen", (), ("von", "der", "leyen")),
        ("bashar al assad", ("bashar",), ("al", "assad")),
        ("martin luther king jr", ("martin", "luther"), ("king",)),
        ("kim jong un", ("jong", "un"), ("kim",)),
        ("xi jinping", ("jinping",), ("xi",)),
        ("kim kardashian", ("kim",), ("kardashian",)),
        ("lee harvey oswald", ("lee", "harvey"), ("oswald",)),
    ],
)
def test_names_are_taken_apart(key, given_names, surname):
    parts = names.parts(key)
    assert (parts.given, parts.surname) == (given_names, surname)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("pashinyan", "pashinian"),
        ("pashinyan", "pashniyan"),
        ("pashinyan", "pahsinyan"),
        ("lavrov", "lawrow"),
        ("zelensky", "zelenskyy"),
        ("zelensky", "zelenskiy"),
        ("tchaikovsky", "chaikovski"),
        ("mnatsakanyan", "mnatsakanian"),
        ("путин", "putin"),
        ("путина", "путин"),
        ("khrushchev", "khruschev"),
        ("ahmadinejad", "ahmedinejad"),
    ],
)
def test_spellings_of_one_name_are_alike(a, b):
    assert likeness.alike(a, b)
    assert likeness.alike(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("bush", "bash"),
        ("merkel", "macron"),
        ("brown", "broad"),
        ("kohl", "kehl"),
        ("clinton", "carter"),
        ("li", "le"),
        ("smith", "stith"),
    ],
)
def test_other_names_are_not(a, b):
    assert not likeness.alike(a, b)


@given(st.text("abcdehnprsty", min_size=1, max_size=9), st.text("abcdehnprsty", min_size=1, max_size=9))
def test_distance_agrees_with_its_definition(a, b):
    def plain(i, j):
        if not i or not j:
            return i + j
        best = (
            min(plain(i - 1, j) + 1, plain(i, j - 1) + 1, plain(i - 1, j - 1) + (a[i - 1] != b[j - 1]))
            if (i, j) not in memo
            else memo[i, j]
        )
        if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
            best = min(best, plain(i - 2, j - 2) + 1)
        memo[i, j] = best
        return best

    memo = {}
    assert min(likeness.distance(a, b, 20), 21) == plain(len(a), len(b))
    assert likeness.distance(a, b, 1) == min(plain(len(a), len(b)), 2)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (("bill",), ("william",), True),
        (("v",), ("vladimir",), True),
        (("george", "w"), ("george", "h"), False),
        (("george",), ("george", "w"), True),
        (("ann",), ("bob",), False),
        (("sergei",), ("sergey",), True),
        ((), ("ann",), True),
        (("jack",), ("john",), True),
    ],
)
def test_given_names_of_one_human(a, b, same):
    assert likeness.same_given(a, b) is same
    assert likeness.same_given(b, a) is same
