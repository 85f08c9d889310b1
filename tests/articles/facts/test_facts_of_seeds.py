"""The five seeds, read by hand, through the public pipeline."""

from __future__ import annotations

from pathlib import Path

import pytest

from searcher.articles.facts import names
from searcher.articles.facts.resolution import Sighting, resolve
from searcher.articles.reading import read_drafts
from searcher.articles.understanding import understand

SEEDS = Path(__file__).parents[3] / "seeds"
EXPECTED = {
    "000": (
        None,
        "2020-11-09",
        {
            "Vladimir Putin",
            "Jeyhun Bayramov",
            "Sergei Lavrov",
            "Zohrab Mnatsakanyan",
            "Nikol Pashinyan",
            "Sergei Shoigu",
        },
    ),
    "001": (None, None, {"Vladimir Putin"}),
    "002": (None, "2020-11-20", {"Vladimir Putin", "Nikol Pashinyan", "Zohrab Mnatsakanyan", "Ilham Aliyev"}),
    "003": ("News Every Day", None, {"Vladimir Putin"}),
    "004": (None, "2020-11-10", {"Vladimir Putin", "Nikol Pashinyan", "Ilham Aliyev"}),
}


@pytest.fixture(scope="module")
def articles():
    return {
        path.name[:3]: understand(draft)
        for path in sorted(SEEDS.glob("*.txt"))
        for draft in read_drafts(path, shown_as=f"seeds/{path.name}")
    }


@pytest.fixture(scope="module")
def archive(articles):
    seen = {}
    for article in articles.values():
        for person in article.facts.people:
            for spelling in person.spellings:
                seen.setdefault(names.key(person.name), {}).setdefault(spelling, 0)
                seen[names.key(person.name)][spelling] += 1
    return resolve([Sighting(key, max(listed.values()), tuple(listed.items())) for key, listed in seen.items()])


@pytest.mark.parametrize("number", sorted(EXPECTED))
def test_source_date_and_floor(articles, number):
    source, floor, _ = EXPECTED[number]
    facts = articles[number].facts
    assert (facts.source.value if facts.source else None) == source
    assert facts.date is None
    assert (str(facts.not_before.value) if facts.not_before else None) == floor


@pytest.mark.parametrize("number", sorted(EXPECTED))
def test_people_under_their_canonical_names(articles, archive, number):
    found = {archive.human_of(names.key(person.name)).name for person in articles[number].facts.people}
    assert found == EXPECTED[number][2]


def test_spellings_are_kept(archive):
    spelt = {spelling for spelling, _ in archive.human_of("nikol pashinyan").spellings}
    assert spelt >= {"Nikol Pashinyan", "Pashinian", "Pashniyan", "Pahsinyan"}


@pytest.mark.parametrize(
    ("typed", "expected"), [("pashinyan", {"000", "002", "004"}), ("aliyev", {"002", "004"}), ("fauci", set())]
)
def test_a_person_is_found_however_spelt(articles, archive, typed, expected):
    keys = set(archive.matching(typed))
    assert {
        n for n, article in articles.items() if keys & {names.key(p.name) for p in article.facts.people}
    } == expected


def test_every_place_is_where_it_says(articles):
    for article in articles.values():
        for person in article.facts.people:
            assert {article.text[start:end] for start, end in person.spans} <= set(person.spellings)
        for mention in article.facts.mentions:
            assert " ".join(article.text[slice(*mention.span)].split()) == mention.text
        for fact in (article.facts.source, article.facts.not_before):
            if fact:
                assert fact.span
                assert article.raw[slice(*fact.span)].strip()
