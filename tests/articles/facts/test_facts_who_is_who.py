"""Two humans of nearly one name stay two, and one human of two names is one: in an article and across an archive."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.articles.facts import names
from searcher.articles.facts.people import read_people
from searcher.articles.facts.resolution import Sighting, resolve

# Each line is one human, by spellings that archives have of such names.
HUMANS = """
Robert Reich
Robert Rich
Patrick Lindgren, Pat Lindgren
Patricia Moreau
Jon Schneider, Jonathan Schneider
Jon Snyder
Hristo Ivanchev, Khristo Ivanchev, Christo Ivanchev
Philip Norwood, Phillip Norwood, Phil Norwood
Heydar Rzayev, Haidar Rzaev
Ilgar Rzayev
Karen Hanson
Karen Hansen
Dmytro Kovalenko, Dmitry Kovalenko
Dmytro Kovalchuk
Muhammad al-Sayed, Mohammed al-Sayed
Mahmoud al-Sayed
Salome Zurabashvili, Salomé Zurabachvili
Elena Bondarenko, Olena Bondarenko
"""


def humans() -> list[list[str]]:
    return [line.split(", ") for line in HUMANS.strip().split("\n")]


@given(st.data(), st.randoms(use_true_random=False))
def test_spellings_of_one_human_are_joined_and_humans_kept_apart(data, chance):

    chosen = data.draw(st.lists(st.sampled_from(humans()), min_size=1, unique_by=tuple))
    listed = [spelling for human in chosen for spelling in human]
    chance.shuffle(listed)
    counts = {spelling: chance.randint(1, 9) for spelling in listed}
    found = resolve([Sighting(names.key(one), counts[one], ((one, counts[one]),)) for one in listed])
    of = {spelling: found.human_of(names.key(spelling)) for spelling in listed}
    for human in chosen:
        assert len({of[spelling].name for spelling in human}) == 1
    for one, other in combinations(chosen, 2):
        assert of[one[0]] is not of[other[0]]


def test_a_short_form_that_could_be_two_humans_stays_alone():
    listed = ("Patrick Lindgren", "Patricia Lindgren", "Pat Lindgren")
    found = resolve([Sighting(names.key(name), 1, ((name, 1),)) for name in listed])
    assert len(found.humans) == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mohamed Hassan Qadiri, better known as Bashiq, spoke on Sunday. Bashiq did not say who had sent him.",
            {"Mohamed Hassan Qadiri": {"Mohamed Hassan Qadiri", "Bashiq"}},
        ),
        (
            "General Peter Tchalani, also spelt Cialany, led the guard. Officials said on Sunday that Cialany was ill.",
            {"Peter Tchalani": {"Peter Tchalani", "Cialany"}},
        ),
        (
            "The envoy, Stefan de Marchetti, arrived on Monday. De Marchetti told reporters that he was hopeful.",
            {"Stefan de Marchetti": {"Stefan de Marchetti", "De Marchetti"}},
        ),
        (
            "The speaker, Nabil al-Harbawi, agreed on Thursday. Al-Harbawi told reporters that he was hopeful.",
            {"Nabil al-Harbawi": {"Nabil al-Harbawi", "Al-Harbawi"}},
        ),
        (
            "President William Thornton spoke on Sunday. Thornton was tired. Aides said that Bill would not run again.",
            {"William Thornton": {"William Thornton", "Thornton", "Bill"}},
        ),
        (
            "Referee Anthony Marlowe showed six cards. The manager, John Barlow, said that Marlowe was right.",
            {"Anthony Marlowe": {"Anthony Marlowe", "Marlowe"}, "John Barlow": {"John Barlow"}},
        ),
        (
            "Players such as David Marlowe & Peter Barlow arrived on Sunday, the club's spokesman told reporters.",
            {"David Marlowe": {"David Marlowe"}, "Peter Barlow": {"Peter Barlow"}},
        ),
        (
            "Senator Gary Whitlock (R-TX) said on Sunday that the Whitlock-Barlow bill would pass, as Whitlock hoped.",
            {"Gary Whitlock": {"Gary Whitlock", "Whitlock"}},
        ),
        ("Lawyers of Parker Hughes & Sons said on Monday that the shop would close.", {}),
        (
            "The president thanked him on X. Marlowe, the manager, was pleased. David Marlowe left on Sunday.",
            {"David Marlowe": {"David Marlowe", "Marlowe"}},
        ),
    ],
)
def test_who_is_meant_by_which_words(text, expected):
    found = read_people(text, language="en")
    assert {person.name: set(person.spellings) for person in found} == expected


def test_what_an_article_says_of_a_place_names_nobody():
    text = "Nagorno-Karabakh, also known as Upper Karabakh, is in the mountains, the foreign ministry said on Friday."
    assert read_people(text, language="en") == ()


def test_a_name_follows_mr_whatever_else_it_means():
    text = "Voters said on Sunday that Mr Pita had won. The new mayor, Mr Pita, has never lived anywhere else."
    assert [person.name for person in read_people(text, language="en")] == ["Pita"]


@pytest.mark.parametrize(
    "text",
    [
        "Storm Ottilie, which killed six people, moved on. Hurricane Wanda struck in May.",
        "They met at Camp David and flew over Lake Victoria to Fort Worth.",
        "The Murtala Muhammed Lecture was given at the Hagia Sophia Mosque on Avenida Simón Bolívar.",
    ],
)
def test_storms_places_and_what_is_named_after_humans_are_nobody(text):
    assert [person.name for person in read_people(text, language="en")] == []


@pytest.mark.parametrize("title", ["Alhaji", "Sheikha", "Comrade", "Sister", "Chief", "Flt Lt", "Cllr", "Datuk Seri"])
def test_titles_are_no_part_of_a_name(title):
    text = f"On Monday {title} Fatima Bellowa told reporters that the vote was free. Bellowa left at noon."
    (person,) = read_people(text, language="en")
    assert person.name == "Fatima Bellowa"


def test_a_gulf_prince_is_the_one_of_that_given_name():
    text = (
        "The Saudi crown prince, Mohammed bin Faisal, stayed away. Prince Mohammed sent his cousin, Khalid bin Bandar."
    )
    assert [(p.name, "Prince Mohammed" in p.spellings) for p in read_people(text, language="en")] == [
        ("Mohammed bin Faisal", True),
        ("Khalid bin Bandar", False),
    ]


def test_the_number_of_a_pope_is_part_of_the_name():
    text = "Pope Sixtus VI prayed for nine minutes on Saturday. Sixtus, who is 81, spoke about Pope John XXV's journey."
    assert [person.name for person in read_people(text, language="en")] == ["Pope Sixtus VI", "Pope John XXV"]


def test_a_slip_that_looks_like_no_name_is_the_surname_that_the_article_gives():
    text = (
        "Prime Minister Nikolay Pashanyan said on Monday that no document had been signed. "
        '"No corridor," Pashanian wrote on Facebook.'
    )
    (person,) = read_people(text, language="en")
    assert set(person.spellings) == {"Nikolay Pashanyan", "Pashanian"}


def test_whose_real_name_is_told_is_one():
    text = "The commander Martin Sombra, whose real name is Pedro Ortiz, was silent. Ortiz, 60, lives in Havana."
    (person,) = read_people(text, language="en")
    assert {"Martin Sombra", "Pedro Ortiz"} <= set(person.spellings)
