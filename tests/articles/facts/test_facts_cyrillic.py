"""People of Russian and Ukrainian articles: fathers' names, cases, and surnames from there to the Caucasus."""

from __future__ import annotations

import pytest

from searcher.articles.facts.people import read_people

ARTICLES = {
    "Премьер-министр Армении Ваграм Петросян заявил, что встретится с Рауфом Мамедовым в Москве. Петросян подчеркнул, "
    "что Виктор Николаевич Зорин пригласил обоих. Зорину ответили согласием.": [
        {"Ваграм Петросян", "Петросян"},
        {"Рауфом Мамедовым"},
        {"Виктор Николаевич Зорин", "Зорину"},
    ],
    "По словам министра, Рауф Самед оглы Мамедов прилетит завтра. Мамедов увидит Семёна Ильича Громова. Громов и "
    "Мария Орлова встречу не комментировали, передаёт Верховный Совет.": [
        {"Рауф Самед оглы Мамедов", "Мамедов"},
        {"Семёна Ильича Громова", "Громов"},
        {"Мария Орлова"},
    ],
    "Орлов Пётр Сергеевич родился в Нижнем Новгороде. Сергею Кравченко он писал из Нагорного Карабаха; Сергей "
    "Кравченко не отвечал.": [{"Орлов Пётр Сергеевич"}, {"Сергею Кравченко", "Сергей Кравченко"}],
}


@pytest.mark.parametrize("text", ARTICLES)
def test_names_are_found_in_any_case_and_with_the_fathers(text):
    language = "ru"
    assert [set(person.spellings) for person in read_people(text, language=language)] == ARTICLES[text]


def test_a_deputy_of_the_rada_is_named_without_it():
    text = "Голова Верховної Ради Руслан Олексійович Левчук зустрівся з Андрієм Бойчуком. Бойчук подякував Левчуку."
    assert [set(person.spellings) for person in read_people(text, language="uk")] == [
        {"Руслан Олексійович Левчук", "Левчуку"},
        {"Андрієм Бойчуком", "Бойчук"},
    ]


def test_a_word_after_the_only_surname_is_no_name_in_turkish():
    text = "Dışişleri Bakanı Mevlüt Çavuşlu Moskova'ya gitti. Çavuşlu, Kemal Yılmaz'a yanıt verdi."
    assert [person.name for person in read_people(text, language="tr")] == ["Mevlüt Çavuşlu", "Kemal Yılmaz"]
