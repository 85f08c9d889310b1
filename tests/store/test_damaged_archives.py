"""An archive of which any file is damaged in any way answers as before, or says that it is damaged; never otherwise."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.archive import Archive
from searcher.errors import SearcherError
from searcher.model import Article, Fact, Facts, PartialDate, Person
from searcher.store.check import check
from searcher.store.documents import Origin
from searcher.store.index import ArticleIndex

WORDS = "lachin corridor peace talks vienna bridge harbour minister treaty border river winter".split()
PEOPLE = [Person(f"{first} Petrov", ("Petrov",), (), 0.9) for first in ("Anna", "Boris", "Vera")]
ASKED = [
    *("lachin corridor", "lachin OR peace", '"peace talks"', "lach*", "lachim~", "bridge -lachin", "=Lachin"),
    *("date:2020-03..2020-05 lachin", 'source:"Daily Sabah" harbour', 'person:"Anna Petrov"', "person:petrov peace"),
]


def article(number):
    chance = random.Random(number)  # noqa: S311 told again the same
    text = " ".join(chance.choices(WORDS, k=chance.randrange(5, 200))) + f" story{number}"
    facts = Facts(
        source=Fact(("Daily Sabah", "AP")[number % 2], "masthead", 1.0),
        date=Fact(PartialDate.of(date(2020, 1 + number % 12, 1)), "stated", 1.0),
        people=(PEOPLE[number % 3],),
    )
    return Article(f"{number:016x}", f"{number}.txt", f"Title {number}", text, text, "en", facts=facts)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    index = ArticleIndex.create(tmp_path_factory.mktemp("whole") / "index")
    for part in range(2):
        with index.writer() as writer:
            for number in range(part * 40, part * 40 + 40):
                writer.add(article(number), Origin(f"{number}.txt", number, number))
            writer.commit()
    answers(index.folder)  # which finds out who is who and keeps it
    return index.folder


def answers(folder):
    with Archive.open(folder) as archive:
        found = [archive.search(query, facets=("source", "person")) for query in ASKED]
        return [(page.total, [(hit.id, hit.snippet) for hit in page.hits], page.facets) for page in found]


class Whole:
    def __init__(self, folder):
        self.contents = {path: path.read_bytes() for path in folder.iterdir() if "LOCK" not in path.name}
        self.answers = answers(folder)


@pytest.fixture(scope="module")
def whole(folder):
    return Whole(folder)


def damaged(content, others, how, chance):
    """Some way in which a disk, a copy or a stranger may spoil a file."""
    start = chance.randrange(len(content))
    match how:
        case "flipped":
            return content[:start] + bytes([content[start] ^ 1 << chance.randrange(8)]) + content[start + 1 :]
        case "zeroed":
            stop = min(len(content), start + chance.choice([1, 512, 4096, len(content)]))
            return content[:start] + bytes(stop - start) + content[stop:]
        case "cut":
            return content[:start]
        case "longer":
            return content + chance.randbytes(chance.choice([1, 5000]))
        case "shifted":
            return content[:start] + chance.randbytes(3) + content[start:]
        case "swapped":
            return chance.choice(others)
    raise AssertionError


HOW = st.sampled_from(["flipped", "zeroed", "cut", "longer", "shifted", "swapped"])


@settings(max_examples=40)
@given(which=st.integers(0, 1 << 10), how=HOW, seed=st.integers(0, 1 << 20))
def test_the_same_answers_or_a_clear_error(folder, whole, which, how, seed):
    contents = whole.contents
    paths = sorted(contents)
    path = paths[which % len(paths)]
    spoilt = damaged(contents[path], list(contents.values()), how, random.Random(seed))  # noqa: S311 told again the same
    path.write_bytes(spoilt)
    try:
        sound = check(ArticleIndex(folder)).sound
        assert sound == (spoilt == contents[path])
        try:
            assert answers(folder) == whole.answers
        except SearcherError as error:
            assert not sound
            assert error.message
            assert error.hint
    finally:
        for one, content in contents.items():
            one.write_bytes(content)
