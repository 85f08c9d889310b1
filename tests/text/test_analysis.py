from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.text.analysis import Term, analyze, analyze_chunk, query_terms
from searcher.text.folding import fold
from searcher.text.tokens import tokenize

LANGUAGES = st.sampled_from([None, "en", "de", "fr", "ru", "tr", "ar", "zh", "hy", "xx"])
_BITS = st.sampled_from(
    """lachin Corridors don't d’études l'Iran C++ C# AT&T U.S. U.S.'s US us 02091-C-71 10,000 1.234.567 3.5bn 10:30
    #metoo #foo_bar @a_b x@y.org https://x.org/y?z 拉钦走廊 ラチン ภาษาไทย 👍🏽 🇦🇲🇦🇿 Лачин Ереван straße ﬁne Œuvre
    Əliyev İstanbul e\u0301tude Türkiye'nin (a) b. - — '' … \u00ad co\u00adoperate x\u200dy हिन्दी كتاب""".split(),
)
TEXTS = st.text(max_size=60) | st.lists(_BITS, max_size=12).map(" ".join) | st.lists(_BITS, max_size=6).map("".join)


def stems(text: str, language: str | None = "en") -> list[str]:
    return [term.stem for term in analyze(text, language)]


def asked(text: str, *languages: str | None) -> list[tuple[str, ...]]:
    return [term.stems for term in query_terms(text, languages or ("en",))]


def finds(query: str, text: str, language: str | None = "en") -> bool:
    """Say whether the words of a query stand in a row in a text, by stems."""
    held: dict[int, set[str]] = {}
    for term in analyze(text, language):
        held.setdefault(term.position, set()).add(term.stem)
    wanted = query_terms(query, [language])
    return bool(wanted) and any(
        all(held.get(start + term.position, set()) & set(term.stems) for term in wanted) for start in held
    )


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("corridor", "the Corridors"),
        ("corridors", "a corridor."),
        ("don't", "they DON’T know"),
        ("dont", "they don't know"),
        ("études", "d’études"),
        ("d'études", "beaucoup d’études"),
        ("etudes", "d'e\u0301tudes"),
        ("Nagorno-Karabakh", "Nagorno Karabakh"),
        ("karabakh", "Nagorno-Karabakh's"),
        ("armenia", "Armenia’s border"),
        ("U.S.", "in the US"),
        ("U.S.", "the U.S.-led"),
        ("US", "the U.S. said"),
        ("us", "told us"),
        ("us", "the US"),
        ("NATO", "Nato"),
        ("N.A.T.O.", "NATO"),
        ("C++", "wrote C++."),
        ("C#", "wrote C#,"),
        ("AT&T", "AT&T's network"),
        ("R&D", "on R&D, more"),
        ("02091-C-71", "file 02091-C-71;"),
        ("10,000", "10000 men"),
        ("10000", "over 10,000."),
        ("1234567", "1.234.567"),
        ("10:30", "at 10:30, then"),
        ("metoo", "the #MeToo movement"),
        ("#metoo", "#MeToo"),
        ("real", "@real_user"),
        ("@real_user", "by @real_user:"),
        ("x.org", "see https://x.org/y"),
        ("https://x.org/y", "(https://x.org/y)"),
        ("foo", "snake_foo_case"),
        ("走廊", "拉钦走廊的"),
        ("拉钦走廊", "在拉钦走廊附近"),
        ("走", "拉钦走廊"),
        ("廊", "拉钦走廊"),
        ("ไทย", "ภาษาไทย"),
        ("👍", "well 👍🏽!"),
        ("🇦🇲", "🇦🇿🇦🇲"),
        ("aliyev", "Əliyev"),
        ("lachin", "ＬＡＣＨＩＮ"),
        ("Lacin", "Laçın"),
        ("strasse", "Straße"),
        ("oeuvre", "Œuvre"),
        ("lodz", "Łódź"),
        ("istanbul", "İstanbul"),
        ("cooperate", "co\u00adoperate"),
        ("president", "president(s)"),
    ],
)
def test_a_query_finds_what_it_shows(query: str, text: str) -> None:
    assert finds(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("U.S.", "told us"),
        ("US", "told us"),
        ("WHO", "the man who"),
        ("#metoo", "me too metoo"),
        ("走拉", "拉钦走廊"),
        ("钦廊", "拉钦走廊"),
        ("Karabakh-Nagorno", "Nagorno-Karabakh"),
        ("C++", "C and C#"),
        ("C", "C++"),
        ("🇿🇦", "🇦🇿🇦🇲"),
    ],
)
def test_a_query_does_not_find_what_it_does_not_show(query: str, text: str) -> None:
    assert not finds(query, text)


def test_the_language_chooses_the_stemmer() -> None:
    assert asked("Häuser", "de") == [("haus",)]
    assert asked("коридоров", "ru") == asked("коридоры", "ru")
    assert finds("chevaux", "un cheval", "fr")
    assert finds("Türkiye", "Türkiye'nin", "tr")
    assert not finds("Häuser", "ein Haus", "en")


def test_a_word_in_a_foreign_script_is_stemmed_alike_in_every_article() -> None:
    assert stems("corridors", "ru") == stems("corridor", "en") == stems("corridors", None)
    assert stems("коридоры", "en") == stems("коридор", "ru")


def test_a_query_asks_for_every_language_of_the_archive() -> None:
    assert set(asked("nationalities", "en", "fr")[0]) == {
        *asked("nationalities", "en")[0],
        *asked("nationalities", "fr")[0],
    }
    assert len(asked("nationalities", "en", "fr")[0]) == 2
    assert asked("the", "en", "fr", "de") == [("the",)]
    assert asked("—", "en") == []
    assert asked("", "en") == []
    assert query_terms("corridors", []) == query_terms("corridors", [None])


def test_exact_forms_keep_case_and_accents() -> None:
    assert [term.form for term in analyze("Laçın’s CORRIDORS co\u00adop", "en")] == [
        "Laçın's",
        "Laçın",
        "CORRIDORS",
        "coop",
    ]


def test_a_possessive_is_found_by_its_exact_name_as_well() -> None:
    assert analyze("Putin's", "en") == [Term("putin", "Putin's", 0, 0, 7), Term("", "Putin", 0, 0, 5)]


def test_capitals_that_spell_a_word_are_both() -> None:
    assert analyze("US", "en") == [Term("u.s", "US", 0, 0, 2), Term("us", "", 0, 0, 2)]


def test_endless_words_are_cut() -> None:
    terms = analyze("a" * 250, "en")
    assert [term.end - term.start for term in terms] == [100, 100, 50]
    assert [term.position for term in terms] == [0, 1, 2]


@settings(max_examples=800)
@given(TEXTS, LANGUAGES)
def test_terms_point_at_the_text(text: str, language: str | None) -> None:
    terms = analyze(text, language)
    positions = [term.position for term in terms]
    assert positions == sorted(positions)
    assert set(positions) == set(range(len(set(positions))))
    tokens = tokenize(text)
    for term in terms:
        assert 0 <= term.start < term.end <= len(text)
        assert term.stem or term.form
        assert term.stem == fold(term.stem)
        assert not any(letter.isspace() for letter in text[term.start : term.end])
        assert any(token.start <= term.start < token.end for token in tokens)
    covered = {place for term in terms for place in range(term.start, term.end)}
    assert covered >= {place for token in tokens for place in (token.start, token.end - 1)}


@settings(max_examples=500)
@given(st.lists(TEXTS, max_size=4), LANGUAGES)
def test_a_chunk_means_the_same_wherever_it_stands(texts: list[str], language: str | None) -> None:
    text = " ".join(texts)
    whole = [(term.stem, term.form) for term in analyze(text, language)]
    apart = [(term.stem, term.form) for chunk in text.split() for term in analyze_chunk(chunk, language).terms]
    assert whole == apart


@settings(max_examples=500)
@given(TEXTS, LANGUAGES, LANGUAGES)
def test_positions_do_not_depend_on_the_language(text: str, one: str | None, other: str | None) -> None:
    assert [term[1:] for term in analyze(text, one)] == [term[1:] for term in analyze(text, other)]
    assert len(query_terms(text, [one, other])) == len(query_terms(text, [one]))


@settings(max_examples=800)
@given(TEXTS, LANGUAGES)
def test_every_text_finds_itself(text: str, language: str | None) -> None:
    if query_terms(text, [language]):
        assert finds(text, text, language)
        assert finds(text, f"before {text} after", language)


@settings(max_examples=500)
@given(st.text(st.sampled_from("abcdeinostuzàéïöüñçłøşßæİğ"), min_size=1, max_size=14))
def test_who_types_no_accents_finds_them(word: str) -> None:
    plain = fold(word)
    assert finds(plain, word)
    assert finds(word.upper(), word) or word.casefold() in {"us", "it", "who"}


@pytest.mark.parametrize("language", ["fr", "es", "de", "tr", "pt"])
def test_who_types_accents_finds_them_missing(language: str) -> None:
    for word in ("études", "nación", "Köln", "Laçın", "ação"):
        assert finds(word, fold(word), language)
