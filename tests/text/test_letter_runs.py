from __future__ import annotations

from itertools import groupby

from hypothesis import example, given
from hypothesis import strategies as st

from searcher.text.letters import letter_runs, lowered


@given(st.text() | st.text(st.characters(max_codepoint=127)))
@example("don't stop_2 x9y\x1c\x00z")
@example("Côte d’Ivoire; İstanbul")
def test_the_runs_are_what_stands_between_what_is_no_letter(text: str) -> None:
    runs = [
        "".join(run) for is_letter, run in groupby(text, lambda one: one.isalnum() and not one.isdecimal()) if is_letter
    ]
    assert letter_runs(text) == runs


@given(st.text())
@example("İLGİLİ Haberler")
def test_lower_case_is_letter_for_letter(text: str) -> None:
    lower = lowered(text)
    assert len(lower) == len(text)
    assert lowered(lower) == lower
