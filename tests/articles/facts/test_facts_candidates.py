"""Runs of capitalised words: where they stand, what words they have, whatever else the text is written in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from searcher.articles.facts.candidates import runs
from searcher.articles.facts.people import joined

PIECES = st.sampled_from(
    [
        "Sen",
        ".",
        " ",
        "McCain",
        "'s",
        "-",
        "al-",
        "Assad",
        "U.S.",
        "van",
        "der",
        "O'Neil",
        '"Joe"',
        "\n",
        ",",
        "J",
        "of",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_runs_of_plain_text_do_not_depend_on_what_stands_far_from_them(text: str) -> None:
    assert list(runs(text)) == list(runs(f"{text}\n\n«é»"))


@given(st.lists(PIECES, max_size=30).map("".join))
def test_runs_and_their_words_stand_where_they_say(text: str) -> None:
    for run in runs(text):
        assert text[run.start : run.end] == run.spelling
        for word, offset in zip(run.words, run.offsets, strict=True):
            assert run.spelling.startswith(word, offset)


def test_surnames_are_joined_to_their_humans_among_many() -> None:
    surnames = [f"{first}{second}rov" for first in "bdfghklmn" for second in ("ana", "elu", "ibo", "oke", "uti")]
    human_of = joined([f"ada {surname}" for surname in surnames] + surnames)
    assert {human_of[surname] for surname in surnames} == {f"ada {surname}" for surname in surnames}
