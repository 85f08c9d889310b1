"""The quick look for words in a text finds what analysing all of it finds."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from searcher.search.showing.scanning import Scanner
from searcher.text.analysis import analyze

PIECES = (
    "corridor", "Corridors", "CORRIDOR's", "“corridor,”", "(corridor)", "pre-corridor", "#corridor", "@corridor_one",
    "US", "us", "U.S.", "u.s", "O'Brien", "d'études", "Études", "etudes", "C++", "10,000", "dying", "die", "3rd",
    "拉钦走廊", "Лачин", "—", "...", "snake_corridor", "https://x.org/corridor?y=1", "İstanbul", "istanbul", "ﬁsh",
    "fish", "skies", "sky", "lying", "lie", "indication", "indiquer", "aeronautic", "geology", "ology", "U.S.A.", "usa",
    "don't", "dont", "o’brien", "Ja`far", "1.234.567", "1234567", "AT&T", "at&t's", "#metoo", "metoo", "R&D", "c#",
)  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=12).flatmap(
    lambda pieces: st.sampled_from([" ", "\n", "  ", "\u00a0"]).map(lambda gap: gap.join(pieces))
)
languages = st.sampled_from([None, "en", "de", "fr", "tr", "ru", "id", "zh", "nl", "it", "es", "fi", "sv", "ro", "pl"])


@given(text=texts, asked=texts, language=languages, exact=st.booleans(), reach=st.sampled_from([0, 1, 3, 1000]))
def test_finds_what_analysis_finds(text: str, asked: str, language: str | None, exact: bool, reach: int) -> None:
    field = "body_exact" if exact else "body"
    wanted = {(field, term.form if exact else term.stem) for term in analyze(asked, language)} - {(field, "")}
    expected = {
        (start, end, word): position
        for stem, form, position, start, end in analyze(text, language)
        if (word := (field, form if exact else stem)) in wanted
    }
    found = {
        (place.start, place.end, word): place.position
        for word, places in Scanner("body", wanted, language, reach=reach).places(text).items()
        for place in places
    }
    assert found.keys() == expected.keys()
    for one, other in pairwise(sorted(expected)):
        true, told = expected[other] - expected[one], found[other] - found[one]
        assert not reach or (told == true if true <= reach else told > reach)
