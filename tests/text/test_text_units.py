from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.text.folding import fold
from searcher.text.safety import one_line, printable
from searcher.text.sentences import sentences
from searcher.text.shapes import shape
from searcher.text.stems import ALGORITHMS, stem
from searcher.text.stop_words import STOP_WORDS, stop_words
from searcher.text.tokens import tokenize

ACTING = [
    "\x1b[31m",
    "\x1b]0;title\x07",
    "\x1b",
    "[",
    "m",
    "\x9b1A",
    "\x1bP",
    "\x1b\\",
    "\x00",
    "\r\n",
    "\t",
    "\n",
    "\u2028",
]
HIDING = ["\u202e", "\u200b", "\u200c", "\u200d", "\u0301", "\ufeff", "\ud800", "\U000e0041", "a", "e", "👍", "क"]
UNSEEN = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u2028\u2029"
HOSTILE = st.text() | st.lists(st.sampled_from(ACTING + HIDING)).map("".join)


# --- safety ---


@given(HOSTILE)
def test_nothing_that_acts_or_hides_is_left(text: str) -> None:
    shown = printable(text)
    for letter in shown:
        assert letter == "\n" or unicodedata.category(letter) not in {"Cc", "Cs"}
        assert (
            letter not in "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u2028\u2029"
        )
    shown.encode()
    assert printable(shown) == shown


@given(HOSTILE)
def test_one_line_is_one_line(text: str) -> None:
    line = one_line(text)
    assert "\n" not in line
    assert "  " not in line
    assert line == line.strip()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text", "plain text"),
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]0;title\x07text", "text"),
        ("a\x9b2Jb", "ab"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\tb", "a b"),
        ("evil\u202egpj.exe", "evilgpj.exe"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("co\u00adop", "coop"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("la\u200ctin", "latin"),
        ("Z\u0301\u0301\u0301\u0301\u0301\u0301", "Z\u0301\u0301\u0301"),
        ("[brackets] stay [/b]", "[brackets] stay [/b]"),
        ("Лачин 拉钦 हिन्दी ภาษาไทย", "Лачин 拉钦 हिन्दी ภาษาไทย"),
    ],
)
def test_what_is_shown(text: str, shown: str) -> None:
    assert printable(text) == shown


# --- folding ---


@settings(max_examples=500)
@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert unicodedata.is_normalized("NFC", fold(text))


@given(st.text())
def test_canonically_equal_texts_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ÉTUDES", "etudes"), ("straße", "strasse"), ("STRASSE", "strasse"), ("Łódź", "lodz"), ("Ørsted", "orsted"),
        ("İstanbul", "istanbul"), ("ısparta", "isparta"), ("Əliyev", "aliyev"), ("Œuvre", "oeuvre"), ("ﬁne", "fine"),
        ("ＡＢＣ１", "abc1"), ("Ёлка", "елка"), ("йод", "йод"), ("Їжак", "їжак"),
        ("كِتَاب", "كتاب"), ("أحمد", "احمد"),
        ("٢٠٢٠", "2020"), ("が", "が"), ("हिन्दी", "हिन्दी"),
        ("한국어", "한국어"), ("don’t", "don't"), ("ΑΘΉΝΑ", "αθηνα"),
    ],
)  # fmt: skip
def test_what_folds_to_what(text: str, folded: str) -> None:
    assert fold(text) == folded


# --- shapes and tokens ---


@given(st.text())
def test_a_shape_is_as_long_as_its_text(text: str) -> None:
    assert len(shape(text)) == len(text)


@given(st.text())
def test_tokens_stand_in_order_and_point_at_themselves(text: str) -> None:
    end = 0
    for token in tokenize(text):
        assert end <= token.start < token.end <= len(text)
        end = token.end


@given(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=30))
def test_every_letter_and_digit_is_in_a_token(text: str) -> None:
    covered = {place for token in tokenize(text) for place in range(token.start, token.end)}
    assert covered >= {place for place, letter in enumerate(text) if shape(letter) != "'"}


def words(text: str) -> list[str]:
    return [token.text for token in tokenize(text)]


def test_tokens_as_the_language_page_promises() -> None:
    assert words("don't d’études l’Iran O’Brien") == ["don't", "d", "études", "l", "Iran", "O'Brien"]
    assert words("U.S.Senate U.S. the end.Start") == ["U.S.", "Senate", "U.S.", "the", "end", "Start"]
    assert words("C++ C# a+b AT&T Q&A, Barnes&Noble") == ["C++", "C#", "a", "b", "AT&T", "Q&A", "Barnes", "Noble"]
    assert words("10,000 1,2 3.5% 192.168.0.1 2020.11.09 02091-C-71") == [
        "10,000", "1", "2", "3.5", "192.168.0.1", "2020.11.09", "02091", "C", "71",
    ]  # fmt: skip
    assert words("#1 #metoo &#39; @me me@x.org") == ["1", "#metoo", "39", "@me", "me", "x", "org"]
    assert words("👨\u200d👩\u200d👧👍🏽 🇦🇲🇦🇿") == ["👨\u200d👩\u200d👧", "👍🏽", "🇦🇲", "🇦🇿"]


# --- stems ---


def test_every_algorithm_is_there() -> None:
    for language in ALGORITHMS:
        assert stem("corridors", language)


@given(st.text(min_size=1, max_size=20), st.sampled_from([None, "xx", *ALGORITHMS]))
def test_stems_never_fail(form: str, language: str | None) -> None:
    stem(form, language)


def test_stems_by_language_and_script() -> None:
    assert stem("Corridors", "en") == stem("corridor", "en") == "corridor"
    assert stem("corridors", "en-GB") == "corridor"
    assert stem("corridors", "ru") == "corridor"
    assert stem("коридоров", None) == stem("коридор", "en")
    assert stem("Isparta", "tr").startswith("ı")
    assert stem("Isparta", "en").startswith("i")


# --- stop words ---


def test_stop_words_are_lower_case_words() -> None:
    assert "the" in stop_words("en")
    assert "der" in stop_words("de-AT")
    assert stop_words(None) == stop_words("xx") == frozenset()
    for listed in STOP_WORDS.values():
        assert all(word == word.lower() and word.split() == [word] for word in listed)


# --- sentences ---


def test_sentences_end_where_a_reader_ends_them() -> None:
    text = (
        'Mr. Putin met J. Smith in the U.S. on Nov. 9. "Why?" he asked. Then 3.5 million left!\n\nA headline\nTwo。次。'
    )
    assert [text[start:end] for start, end in sentences(text)] == [
        "Mr. Putin met J. Smith in the U.S. on Nov. 9.",
        '"Why?" he asked.',
        "Then 3.5 million left!",
        "A headline",
        "Two。",
        "次。",
    ]


@given(st.text() | st.lists(st.sampled_from(["a", "A.", "b?", "\n", " ", "Mr.", "。", "3.5", '"'])).map(" ".join))
def test_every_word_is_in_one_sentence(text: str) -> None:
    end = 0
    for start, stop in sentences(text):
        assert end <= start < stop
        assert not text[end:start].strip()
        assert text[start:stop] == text[start:stop].strip()
        end = stop
    assert not text[end:].strip()
