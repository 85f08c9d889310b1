"""Text comes out as it was written, whatever its encoding and whatever it claims."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.articles.formats.encoding import decode
from searcher.errors import UnreadableError

RUSSIAN = "Ледокол вышел из порта в понедельник утром. Жители острова ждали его целую неделю, сообщили власти города."
GERMAN = "Die Fähre läuft über Nacht aus, sagte die Hafenmeisterin. Für Fußgänger ändert sich dadurch nur wenig."
CHINESE = "渡轮星期一早上离开港口。岛上的居民等了整整一个星期，市政府说。冰在四月份从来没有这么厚过。"
TURKISH = "Vapur pazartesi sabahı limandan ayrıldı. Ada halkı bir hafta boyunca gemiyi bekledi, dedi belediye başkanı."


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_comes_back_with_or_without_its_mark(text: str) -> None:
    assert decode(text.encode()) == text.removeprefix("\ufeff")
    assert decode(codecs.BOM_UTF8 + text.encode()) == text


@pytest.mark.parametrize("text", [RUSSIAN, GERMAN, CHINESE, TURKISH])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_a_mark_decides(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), ["latin-1"]) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_told_by_its_zeros(encoding: str) -> None:
    assert decode(GERMAN.encode(encoding)) == GERMAN


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (GERMAN, "iso-8859-1"), (CHINESE, "gb2312"), (TURKISH, "iso-8859-9")],
)
def test_a_declared_encoding_is_believed(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), [encoding]) == text


@pytest.mark.parametrize(("text", "encoding"), [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (GERMAN, "cp1252")])
def test_an_undeclared_encoding_is_found(text: str, encoding: str) -> None:
    assert decode((text * 3).encode(encoding)) == text * 3


def test_utf8_is_utf8_whatever_is_declared() -> None:
    assert decode(RUSSIAN.encode(), ["cp1251"]) == RUSSIAN


def test_latin1_is_read_as_browsers_read_it() -> None:
    assert decode("“Köln”".encode("cp1252"), ["iso-8859-1"]) == "“Köln”"


def test_a_few_broken_bytes_do_not_turn_utf8_into_something_else() -> None:
    text = decode(RUSSIAN.encode() + b"\xff" + RUSSIAN.encode()[:-2])
    assert text.startswith(RUSSIAN)
    assert text.count("\ufffd") == 2


def test_seven_bit_encodings_need_their_label() -> None:
    text = "渡船は月曜日の朝に港を出ました"
    assert decode(text.encode("iso-2022-jp"), ["iso-2022-jp"]) == text


def test_an_unknown_label_is_passed_over() -> None:
    assert decode(GERMAN.encode("cp1252"), ["x-nonsense", "", "windows-1252"]) == GERMAN


@given(st.binary(max_size=200), st.sampled_from(["utf-8", "koi8-r", "utf-16", "no-such"]))
def test_any_bytes_are_text_or_refused(content: bytes, label: str) -> None:
    try:
        text = decode(content, [label])
    except UnreadableError:
        return
    assert isinstance(text, str)
