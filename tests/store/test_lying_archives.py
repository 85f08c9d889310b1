"""An archive whose numbers lie under checksums that fit: it answers, or says that it is damaged, whatever is asked."""

from __future__ import annotations

import json
import struct
import zlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.archive import Archive
from searcher.errors import ArticleMissingError, IndexDamagedError
from searcher.model import Article, Fact, Facts, PartialDate, Person
from searcher.store.codec.sections import PAGE
from searcher.store.documents import Origin
from searcher.store.index import ArticleIndex
from searcher.store.snapshot import Snapshot

TRAILER = struct.Struct("<QQII8s")
WORDS = "Lachin corridor corridors peace études Putin's 拉钦走廊 C++ talks nation national".split()

QUESTIONS = {
    **{
        asked: lambda archive, asked=asked: archive.search(asked, facets=("source", "person", "month"), span=True)
        for asked in (
            *('lachin peace, "peace talks", corr*, *or*, lachn~2, =Corridors, /corr.*s/, 走廊, putni'.split(", ")),
            *("peace NEAR/3 talks", "date:2020 lachin", "person:petrov", 'source:"Daily Sabah"', "-peace", "*"),
        )
    },
    "complete": lambda archive: archive.complete("corr", 4),
    "timeline": lambda archive: archive.timeline("peace"),
    "people": lambda archive: archive.people(),
    "related": lambda archive: archive.related(f"{3:016x}"),
    "article": lambda archive: archive.article(f"{3:016x}"),
    "stats": lambda archive: archive.stats(),
}


def article(number):
    text = " ".join(word for place, word in enumerate(WORDS * 3) if number % (place % 5 + 1) == 0)
    facts = Facts(
        source=Fact(("Daily Sabah", "AP")[number % 2], "masthead", 1.0),
        date=Fact(PartialDate.of(date(2020, 1 + number % 12, 1)), "stated", 1.0),
        people=(Person(("Anna Petrov", "Boris Petrov")[number % 2], ("Petrov",), (), 0.9),),
    )
    return Article(
        f"{number:016x}", f"{number}.txt", f"Peace {number}", text, text, ("en", "fr")[number % 2], facts=facts
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    index = ArticleIndex.create(tmp_path_factory.mktemp("honest") / "index")
    with index.writer() as writer:
        for number in range(60):
            writer.add(article(number), Origin(f"{number}.txt", number, number))
        writer.commit()
    assert not refused(index.folder)
    return index.folder


def refused(folder):
    """Ask everything; give the questions that the index is too damaged for, or says that its articles are not there."""
    errors = {}
    for name, ask in QUESTIONS.items():
        try:
            with Archive.open(folder) as archive:
                ask(archive)
        except (IndexDamagedError, ArticleMissingError) as error:
            errors[name] = error
    return errors


def resealed(content, which, item, number):
    """Another number in some section of a file, with checksums that fit."""
    at, length, _, version, magic = TRAILER.unpack_from(content, len(content) - TRAILER.size)
    facts = json.loads(content[at : at + length])
    sections = sorted(name for name, (_, size, _) in facts["sections"].items() if size)
    offset, size, dtype = facts["sections"][sections[which % len(sections)]]
    width = int(dtype[-1])
    start = offset + item % (size // width) * width
    body = bytearray(content[: facts["end"]])
    body[start : start + width] = (number % 2 ** (8 * width)).to_bytes(width, "little")
    pages = b"".join(struct.pack("<I", zlib.crc32(body[page : page + PAGE])) for page in range(0, facts["end"], PAGE))
    text = content[at : at + length]
    return bytes(body) + pages + text + TRAILER.pack(at, length, zlib.crc32(text, zlib.crc32(pages)), version, magic)


SUFFIXES = st.sampled_from([".terms", ".documents"])
NUMBERS = st.sampled_from([0, 1, 2**16, 2**31 - 1, 2**31, 2**32 - 1, 2**62, 2**64 - 1]) | st.integers(0, 2**64 - 1)


@settings(max_examples=40)
@given(
    suffix=st.sampled_from([".terms", ".documents"]),
    which=st.integers(0, 500),
    item=st.integers(0, 5000),
    number=NUMBERS,
)
def test_it_answers_or_says_that_it_is_damaged(folder, suffix, which, item, number):
    path = next(path for path in folder.iterdir() if path.name.endswith(suffix))
    content = path.read_bytes()
    path.write_bytes(resealed(content, which, item, number))
    try:
        errors = refused(folder)
        with Archive.open(folder) as archive:
            assert not (errors and archive.check().sound)
        assert all(error.hint and "\n" not in error.message for error in errors.values())
    except IndexDamagedError:
        pass  # at once, when it is opened
    finally:
        path.write_bytes(content)


def test_what_fails_of_a_sound_index_is_not_laid_to_its_charge(folder, monkeypatch):
    def fail(self, article_id):
        raise IndexError(article_id)

    monkeypatch.setattr(Snapshot, "number", fail)
    with Archive.open(folder) as archive, pytest.raises(IndexError):
        archive.article("0")
