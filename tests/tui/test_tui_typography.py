"""Text from outside: what is drawn takes the cells it seems to take, and never acts on the terminal."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from searcher.tui import typography
from searcher.tui.painting import line, segments
from searcher.tui.typography import MARKS_PER_LETTER, clip, safe, safe_line, within, wrap

TEXT = st.text(
    st.one_of(st.characters(), st.sampled_from("\x1b\x9b\u202e\u200b\u0301\ufe0f\n\t [](){}港日本語aeiou")), max_size=80
)


@given(TEXT)
def test_what_is_drawn_has_no_controls_and_no_formats(text):
    for character in safe(text):
        assert unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


@given(TEXT)
def test_plain_text_is_left_alone_and_safe_text_is_safe(text):
    assert safe(safe(text)) == safe(text)
    plain = "".join(character for character in text if character.isascii() and character.isprintable())
    assert safe(plain) == plain


def test_a_flood_of_marks_is_cut_and_a_spelling_is_not():
    flood = "Z" + "\u0351" * 50 + "algo"
    assert safe(flood) == "Z" + "\u0351" * MARKS_PER_LETTER + "algo"
    assert safe("Việt e\u0301le\u0300ve") == "Việt e\u0301le\u0300ve"


def test_escape_sequences_cannot_act():
    assert "\x1b" not in safe("\x1b[31mred\x1b]0;title\x07\x9b2J")


@given(TEXT, st.data())
def test_spans_keep_marking_the_same_characters(text, data):
    ends = st.integers(0, len(text))
    span = tuple(sorted((data.draw(ends), data.draw(ends))))
    shown = safe_line(text, [span])
    ((start, end),) = shown.spans
    assert 0 <= start <= end <= len(shown.text)
    kept = "".join(character for character in text if safe(character))
    if kept == text:
        assert shown.text[start:end] == safe(text)[span[0] : span[1]]


@given(TEXT, st.integers(0, 40))
def test_clipping_never_exceeds_the_width(text, width):
    shown = safe(text)
    clipped = clip(shown, width)
    assert cell_len(clipped) <= width
    if cell_len(shown) <= width:
        assert clipped == shown


@given(TEXT, st.integers(2, 40))
def test_wrapped_lines_fit_and_lose_nothing_but_spaces(text, width):
    shown = safe(text)
    spans = wrap(shown, width)
    assert all(cell_len(shown[start:end]) <= width for start, end in spans)
    assert "".join(shown[start:end] for start, end in spans).replace(" ", "") == shown.replace(" ", "")
    ends = [0, *(place for span in spans for place in span), len(shown)]
    assert ends == sorted(ends)


def test_lines_break_at_spaces():
    text = "the harbour bridge opened"
    assert [text[start:end] for start, end in wrap(text, 12)] == ["the harbour", "bridge", "opened"]
    assert [text[start:end] for start, end in wrap(text, 4)][:3] == ["the", "harb", "our"]


def test_wide_characters_wrap_by_cells():
    assert wrap("港に新しい橋", 5) == [(0, 2), (2, 4), (4, 6)]


def test_spans_within_a_line():
    assert within([(0, 3), (5, 9), (12, 15)], 2, 13) == [(0, 1), (3, 7), (10, 11)]


@given(TEXT, st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), max_size=5), st.integers(0, 60))
def test_a_drawn_line_is_as_wide_as_asked_and_holds_the_text(text, spans, width):
    shown = safe(text)
    pieces = segments(shown, Style(), [(start, end, Style(bold=True)) for start, end in spans])
    assert "".join(piece.text for piece in pieces) == shown
    assert line([pieces], width, Style()).cell_length == width


def test_runs_that_are_measured_at_once_take_the_cells_they_are_taken_for():
    for pattern, cells in ((typography._NARROW, 1), (typography._WIDE, 2)):
        members = [sign for sign in map(chr, range(0xFFFF)) if pattern.fullmatch(sign)]
        assert len(members) > 1000
        assert {cell_len(sign) for sign in members} == {cells}


@given(TEXT, st.integers(0, 30), st.integers(0, 60))
def test_what_fits_is_the_longest_that_does(text, start, width):
    shown = safe(text)
    end = typography._fitting(shown, min(start, len(shown)), width)
    assert cell_len(shown[start:end]) <= width
    assert end == len(shown) or cell_len(shown[start : end + 1]) > width
