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


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "El niño español cruzó ayer el puente; según él, mañana no habrá más niños allí."),
        ("cp1252", "A população de São Paulo não vê solução, disse João."),
        ("cp1252", "Il sindaco ha detto che la città è più sicura, però la verità è un'altra."),
        ("cp1252", "Statsministern sade på måndagen att bron på västkusten öppnas för trafik."),
        ("cp1252", "Årsaken er, ifølge borgermesteren, at ingen så båten før den gikk på grunn."),
        ("cp1252", "Le président français est arrivé à Genève hier soir."),
        ("cp1252", "Die Bürger von Köln müssen für die Brücke zahlen, erklärte er."),
        ("cp1252", "“We don’t know” – that’s all the mayor said at the café."),
        ("cp1252", "Résumé"),
        ("cp1250", "Zażółć gęślą jaźń, powiedział premier w Łodzi."),
        ("iso8859-2", "Zażółć gęślą jaźń, powiedział premier w Łodzi. Źródło: PAP"),
        ("cp1250", "A magyar kormány közölte, hogy megépíti az új hidat a Dunán, őszintén."),
        ("cp1254", "Türkiye Cumhurbaşkanı bugün İstanbul'da konuştu, Iğdır'da değil."),
        ("cp1257", "Lietuvos prezidentas šiandien kalbėjo Vilniuje apie naują tiltą, ačiū."),
        ("cp1251", "Мост открыли вчера, сказал мэр города."),
    ],
)
def test_undeclared_eight_bit_texts_are_read_in_the_letters_of_their_language(encoding, text):
    assert decode(text.encode(encoding)) == text
