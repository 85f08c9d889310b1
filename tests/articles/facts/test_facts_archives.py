"""Small archives of articles that name the same people each in its way, read and joined."""

from __future__ import annotations

import pytest

from searcher.articles.facts import names
from searcher.articles.facts.people import read_people
from searcher.articles.facts.resolution import Sighting, resolve

# Articles, then who is named in which of them, by one of the spellings.
ARCHIVES = """
The trial of Serzh Margaryan began on Tuesday. Margaryan told the court that he had nothing to hide.
Serge Markarian left the court without a word. Markarian's lawyer, Amram Petrosian, asked for time.
Protesters outside the court said that Markaryan should go to prison, and Amram Petrosyan told them to go home.
= Serzh Margaryan 1 2 3; Amram Petrosian 2 3

President Alexander Petrenko met Foreign Minister Sergei Volkov on Thursday. Petrenko said that talks went well.
Alyaksandr Petrenka has ruled for twenty years. Petrenka's critics say the last vote was rigged.
Russia's Sergey Volkov said that Aleksandr Petrenko would visit Sochi in May, the agency reported.
= Alexander Petrenko 1 2 3; Sergei Volkov 1 3

Muammar Qasrani seized power in 1979, when he was a young officer. Qasrani dismissed three ministers on Sunday.
Colonel Moamer Kasrani spoke for two hours. His son, Saif Kasrani, is seen as a reformer, diplomats said.
= Muammar Qasrani 1 2; Saif Kasrani 2

President Rashad Guliyev said on Friday that he would not yield. He honoured his father, Hasan Guliyev.
Hasan Guliyev ran the country until 2003. The old airport bears the name of Hasan Guliyev, officials said.
Mr Guliyev, who succeeded his father, told reporters on Monday that Rashad Guliev Street was not his idea.
= Rashad Guliyev 1; Hasan Guliyev 1 2

Prime Minister Mehdi Ruhani met the envoy on Monday. Ruhani's office said that the talks were useful.
The envoy, Javier Echeverría, told reporters on Monday that Mehdi Rouhani had kept his word.
= Mehdi Ruhani 1 2; Javier Echeverría 2

John Schmitt of Boston won on Sunday. Schmitt thanked his coach.
John Smith of Boston lost on Sunday. Smith blamed his coach.
= John Schmitt 1; John Smith 2

Karen Hanson chairs the board, the company said on Friday. Hanson was elected in June.
Karen Hansen teaches at the school, the mayor said on Friday. Hansen was born in Oslo.
= Karen Hanson 1; Karen Hansen 2
"""


def archives():
    for block in ARCHIVES.strip().split("\n\n"):
        *articles, people = block.split("\n")
        expected = {}
        for entry in people.removeprefix("= ").split("; "):
            name, *numbers = entry.rsplit(" ", sum(word.isdigit() for word in entry.split()))
            expected[name] = {int(number) for number in numbers}
        yield articles, expected


def read_archive(articles):
    """Give the resolution of an archive and, for each article, its keys."""
    seen: dict[str, dict[str, int]] = {}
    counts: dict[str, int] = {}
    keys = []
    for text in articles:
        people = read_people(text, language="en")
        keys.append({names.key(person.name) for person in people})
        for person in people:
            key = names.key(person.name)
            counts[key] = counts.get(key, 0) + 1
            for spelling in person.spellings:
                seen.setdefault(key, {}).setdefault(spelling, 0)
                seen[key][spelling] += 1
    return resolve([Sighting(key, counts[key], tuple(seen[key].items())) for key in seen]), keys


@pytest.mark.parametrize(("articles", "expected"), archives())
def test_each_human_is_found_in_the_articles_that_name_them(articles, expected):
    humans, keys = read_archive(articles)
    found = {
        name: {number for number, of_one in enumerate(keys, 1) if of_one & set(humans.human_of(names.key(name)).keys)}
        for name in expected
    }
    assert found == expected


def test_the_name_of_a_human_is_the_common_full_one_and_no_slip():
    articles = [
        "Prime Minister Hovik Arakelyan resigned. Arakelyan gave no reason, his office said.",
        "Hovik Arakelyan will speak on Monday, state television said. Arakelyan has been away for a week.",
        "The former prime minister, Hovik Araklyan, did not comment. HOVIK ARAKELYAN RESIGNS, the paper wrote.",
    ]
    humans, _ = read_archive(articles)
    assert {human.name for human in humans.named("arakelyan")} == {"Hovik Arakelyan"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Prime Minister Elise Bonnard would not yield.\nReporting by Leigh Thomas; editing by Alison Hughes",
            {"Elise Bonnard"},
        ),
        ("Flights from Robert Harris Airport to the Linda Moore Foundation were late, the company said.", set()),
        ("Shares in Parker & Hughes rose on Monday after Hughes & Sons reported profits, the exchange said.", set()),
        ("JERUSALEM - Minister Dan Meridor said on Sunday that the talks would go on.", {"Dan Meridor"}),
        ('Police arrested Joaquín "El Lobo" Guerrero on Friday, the governor said.', {'Joaquín "El Lobo" Guerrero'}),
        ("Abdullah Abdullah signed the agreement in Kabul on Sunday, officials said.", {"Abdullah Abdullah"}),
        ("Sens. Max Fowler and Sen. Ruth Abbott wrote the bill.", {"Max Fowler", "Ruth Abbott"}),
        ("Lady Thornton spoke first. Keith Thornton, her husband, said that Thornton was his name.", None),
    ],
)
def test_what_stands_beside_a_name_tells_who_is_meant(text, expected):
    found = read_people(text, language="en")
    if expected is None:
        (keith,) = [person for person in found if person.name == "Keith Thornton"]
        assert "Thornton" in keith.spellings
    else:
        assert {person.name for person in found} == expected


def test_a_bare_surname_is_whom_the_article_is_about():
    text = (
        "Senator Paul Whitman and his wife, Anne Whitman, arrived on Monday. Paul Whitman will not run again. "
        "Whitman said he was tired."
    )
    (paul, _) = read_people(text, language="en")
    assert (paul.name, set(paul.spellings)) == ("Paul Whitman", {"Paul Whitman", "Whitman"})


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("qasrani", ["Muammar Kasrani"]),
        ("moammar gasrani", ["Muammar Kasrani"]),
        ("volodymyr petrenka", ["Vladimir Petrenko"]),
        ("john petrenko", []),
        ("hansen", ["Karen Hansen"]),
        ("hanson", []),
    ],
)
def test_a_human_is_found_however_the_user_spells_the_name(typed, found):
    known = ("Muammar Kasrani", "Vladimir Petrenko", "Karen Hansen")
    humans = resolve([Sighting(names.key(name), 1, ((name, 1),)) for name in known])
    assert [human.name for human in humans.named(typed)] == found
