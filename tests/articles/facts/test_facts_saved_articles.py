"""Forty-two invented news articles as people save them, with who is in them: read whole, furniture and all."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from searcher.articles import reading
from searcher.articles.facts import names
from searcher.articles.understanding import understand

SAVED = Path(__file__).with_name("saved_articles.txt")


class Saved(NamedTuple):
    """An article and its people: for each a full name, then the spellings that the story uses."""

    title: str
    text: str
    people: list[list[str]]


def saved_articles() -> list[Saved]:
    found = []
    for block in SAVED.read_text(encoding="utf-8").split("=== ")[1:]:
        title, _, rest = block.partition("\n")
        lines = rest.rstrip().split("\n")
        people = [line[2:].split(" / ") for line in lines if line.startswith("= ")]
        text = "\n".join(line for line in lines if not line.startswith("= "))
        found.append(Saved(title, text.strip() + "\n", people))
    return found


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """For each article the keys of the people found in it, with those of their spellings."""
    folder = tmp_path_factory.mktemp("saved")
    found = {}
    for article in saved_articles():
        path = folder / f"{article.title}.txt"
        path.write_text(article.text, encoding="utf-8")
        (understood,) = (understand(draft) for draft in reading.read_drafts(path))
        people = understood.facts.people
        found[article.title] = {names.key(p.name): {names.key(s) for s in p.spellings} for p in people}
    return found


@pytest.mark.parametrize("article", saved_articles(), ids=lambda article: article.title)
def test_hardly_anybody_is_missed_or_made_up(article, read):
    expected = {names.key(spellings[0]) for spellings in article.people}
    found = set(read[article.title])
    assert len(expected - found) <= 1, expected - found
    assert len(found - expected) <= 2, found - expected


def test_nearly_all_people_are_found_under_their_full_names(read):
    right = wrong = missed = 0
    for article in saved_articles():
        expected = {names.key(spellings[0]) for spellings in article.people}
        found = set(read[article.title])
        right += len(found & expected)
        wrong += len(found - expected)
        missed += len(expected - found)
    assert 2 * right / (2 * right + wrong + missed) > 0.96


def test_nearly_all_spellings_are_their_humans(read):
    told = [(article.title, spellings) for article in saved_articles() for spellings in article.people]
    pairs = [(title, names.key(spellings[0]), names.key(other)) for title, spellings in told for other in spellings]
    joined = [pair for pair in pairs if pair[2] in read[pair[0]].get(pair[1], ())]
    assert len(joined) / len(pairs) > 0.94
