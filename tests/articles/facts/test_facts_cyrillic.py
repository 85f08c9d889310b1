"""People of Russian and Ukrainian articles: fathers' names, cases, and surnames from there to the Caucasus."""

from __future__ import annotations

import pytest

from searcher.articles.facts.declension import nominative
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


@pytest.mark.parametrize(
    ("written", "own"),
    [
        ("Олега Громова", "Олег Громов"),
        ("Владимиром Крутским", "Владимир Крутский"),
        ("Дмитрию Сомову", "Дмитрий Сомов"),
        ("Ирины Орловой", "Ирина Орлова"),
        ("Марию Навильную", "Мария Навильная"),
        ("Анны Павловны Рябко", "Анна Павловна Рябко"),
        ("Бориса Ильича Тарсона", "Борис Ильич Тарсон"),
        ("Олега Дубничего", "Олега Дубничего"),
        ("Сергею Кушу", "Сергею Кушу"),  # a surname that ends in a vowel, or one that does not
        ("Александра Громова", "Александра Громова"),  # a woman, or a man in another case
        ("Громова", "Громова"),
        ("Oleha Hromova", "Oleha Hromova"),
    ],
)
def test_a_name_in_another_case_is_told_by_itself_where_it_can_be_one_alone(written, own):
    assert nominative(written) == own
    assert nominative(own) == own


def test_a_human_is_called_in_the_nominative_and_keeps_the_spellings_of_the_text():
    (person,) = read_people("Суд отпустил Олега Громова. Адвокат Громова ушёл.", language="ru")
    assert person.name == "Олег Громов"
    assert person.spellings == ("Олега Громова", "Громова")


def test_whose_lawyer_somebody_is_is_not_her_name():
    people = read_people("Олег Громов молчал. Адвокат Громова Ирина Костюк ушла.", language="ru")
    assert [person.name for person in people] == ["Олег Громов", "Ирина Костюк"]
