from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from searcher.cli.main import run
from searcher.cli.session import Session
from searcher.errors import ArticleMissingError, QueryError
from searcher.model import (
    Article,
    Bar,
    CheckReport,
    Damage,
    Explanation,
    Facet,
    Fact,
    Facts,
    Hit,
    Mention,
    Page,
    PartialDate,
    Person,
    PersonEntry,
    Stats,
    TermScore,
    Timeline,
)

TEXT = (
    "Mayor Anna Lindqvist opened the harbour bridge on 3 May 2019.\n\n"
    "Lindqvist said the bridge would stay open all winter, whatever the ice does to the piers.\n"
)
ARTICLE = Article(
    id="0123456789abcdef",
    path="news/bridge.txt",
    title="Harbour bridge opens",
    text=TEXT,
    raw="The Quay Herald\n\nHarbour bridge opens\n\n" + TEXT + "\nRead also: Ferries\n",
    language="en",
    url="https://herald.example/bridge",
    facts=Facts(
        source=Fact("The Quay Herald", "masthead", 0.9, (0, 15)),
        not_before=Fact(PartialDate(2019, 5, 3), "latest day in the text", 0.8),
        mentions=(Mention(PartialDate(2019, 5, 3), "3 May 2019", (50, 60)),),
        people=(Person("Anna Lindqvist", ("Anna Lindqvist", "Lindqvist"), ((6, 20), (63, 72)), 0.97),),
    ),
)
HIT = Hit(
    rank=1,
    score=9.125,
    id=ARTICLE.id,
    path=ARTICLE.path,
    url=ARTICLE.url,
    title=ARTICLE.title,
    source="The Quay Herald",
    date=PartialDate(2019, 5, 4),
    not_before=None,
    people=("Anna Lindqvist",),
    language="en",
    words=27,
    duplicates=("fedcba9876543210",),
    snippet="… Lindqvist said the bridge would stay open all winter, whatever the ice does to the piers.",
    highlights=((21, 27),),
    title_highlights=((8, 14),),
    explanation=Explanation((TermScore("bridg", "title", 1.0, 2, 5.125), TermScore("bridg", "body", 2.0, 3, 4.0))),
)
OTHER = Hit(
    rank=2,
    score=1.5,
    id="00000000000000ff",
    path="news/archive/2019/a rather long folder name/and an even longer file name of the year.html",
    url=None,
    title="Bridges of the north: what the ministry knew, what it did not say, and why nobody had asked before",
    source=None,
    date=None,
    not_before=PartialDate(2020, 11, 10),
    people=("Anna Lindqvist", "Olle Berg", "Maja-Stina Åkerström", "Per Olof Håkansson", "Sixten Ek"),
    language=None,
    words=900,
    duplicates=(),
    snippet="the bridge",
    highlights=((4, 10),),
)
PEOPLE = [
    PersonEntry("Anna Lindqvist", (("Anna Lindqvist", 12), ("Lindqvist", 9), ("A. Lindkvist", 1)), 14),
    PersonEntry("Olle Berg", (("Olle Berg", 3),), 3),
]
STATS = Stats(
    path="index",
    revision=7,
    articles=12345,
    words=6_000_000,
    sources=3,
    people=2,
    dated=12000,
    first=PartialDate(1999),
    last=PartialDate(2020, 11, 22),
    languages=(("en", 12000), ("ru", 345)),
    segments=1,
    size_bytes=34_500_000,
    codec="arrays 1",
)


STORIES = {
    "news/bridge.txt": "Harbour bridge opens\n\nMayor Anna Lindqvist opened the harbour bridge on Friday.\n"
    "Lindqvist said the bridges of the north would stay open all winter.\n",
    "news/ferry.txt": "Ferries stay in port\n\nThe ferries did not sail, said harbour master Olle Berg.\n"
    "No bridge crosses the sound, and Berg does not expect one.\n",
    "news/wide.txt": "漢字 and 🙂 in a title\n\nThe wide letters take two columns each, said the printer.\n",
    "news/hostile.txt": "Title \x1b[31mred\x1b]0;owned\x07 and \u202ereversed\n\n"
    "A hostile \x9b2J text with a \x07bell.\n",
    "records.jsonl": "".join(
        json.dumps({"id": f"r{n}", "title": f"Ice report {n}", "text": f"The ice is {n} thick.", "date": f"2019-0{n}"})
        + "\n"
        for n in range(1, 6)
    ),
}


class FakeArchive:
    """Answers as an archive does, from the values above; `asked` holds what it was asked."""

    def __init__(self, config=None):
        self.config = config
        self.asked = []
        self.damages = ()
        self.quoted = None

    def __enter__(self):
        return self

    def __exit__(self, *_ended):
        pass

    def search(self, query, **how):
        self.asked.append((query, how))
        if query.startswith("soruce:"):
            raise QueryError("there is no field “soruce”", "Did you mean “source:”?", query=query, span=(0, 6))
        first = HIT if how.get("explain") else replace(HIT, explanation=None)
        hits = () if query == "nothing" else (first, OTHER)
        counts = (("Anna Lindqvist", 2), ("Olle Berg", 1))
        return Page(
            query=query,
            parsed=query,
            match=how["match"],
            corrected="nutting" if query == "nothing" else None,
            total=len(hits),
            total_is_exact=True,
            took_ms=1.23456,
            revision=7,
            hits=hits[how["offset"] : how["offset"] + how["limit"]] if "offset" in how else hits[: how["limit"]],
            facets={name: Facet(name, counts, truncated=True, unknown=1) for name in how.get("facets", ())},
        )

    def batch(self, queries, *, span, quote, **how):
        self.quoted = quote
        for query in queries:
            try:
                page = self.search(query, **how)
            except QueryError as error:
                yield error
            else:
                yield replace(page, first=PartialDate(1999), last=PartialDate(2020, 1)) if span and page.hits else page

    def related(self, article_id, *, limit):
        self.asked.append((article_id, {"limit": limit}))
        return self.search(f"id:{article_id}", match="all", limit=limit)

    def article(self, article_id):
        if ARTICLE.id.startswith(article_id):
            return ARTICLE
        raise ArticleMissingError(f"no article has the id {article_id}", "Look it up with searcher query.")

    def facets(self, query, by, **how):
        self.asked.append((query, {"by": by, **how}))
        counts = () if query == "nothing" else (("2019", 1), ("2020", 3))
        return Facet(by, counts, unknown=0 if query == "nothing" else 2)

    def timeline(self, query, period, **how):
        self.asked.append((query, {"period": period, **how}))
        bars = (Bar(date(2019, 5, 1), 1, 4), Bar(date(2019, 6, 1), 0, 10), Bar(date(2019, 7, 1), 3, 6))
        if query == "nothing":
            return Timeline(query, query, "month", (), 0, 0)
        return Timeline(query, query, period or "month", bars, 1, 5)

    def people(self, name):
        return [entry for entry in PEOPLE if not name or name.lower() in entry.name.lower()]

    def merge_people(self, names, into):
        self.asked.append(("merge", (tuple(names), into)))

    def split_person(self, spelling):
        self.asked.append(("split", spelling))

    def stats(self):
        return STATS

    def check(self):
        return CheckReport("index", 7, 12345, 9, 34_500_000, self.damages)

    def damage(self):
        self.damages = (Damage("segment 3, postings", "checksum differs"),)


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch, tmp_path):
    """No colour, no index and no settings from the machine that runs the tests."""
    for name in ("NO_COLOR", "FORCE_COLOR", "SEARCHER_INDEX", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def archive(monkeypatch):
    """The archive that commands open."""
    fake = FakeArchive()
    monkeypatch.setattr(Session, "archive", lambda _session, **_options: fake)
    return fake


@pytest.fixture
def searcher(capfdbinary):
    """Run the program in this process."""

    def run_it(*arguments):
        code = run(list(arguments))
        out, err = capfdbinary.readouterr()
        return Outcome(code, out.decode(), err.decode())

    return run_it


@pytest.fixture(scope="session")
def indexed(tmp_path_factory):
    """A folder with the articles of STORIES and their index; not to be written to."""
    folder = tmp_path_factory.mktemp("indexed")
    for name, text in STORIES.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    sources = [str(folder / name) for name in ("news", "records.jsonl")]
    assert run(["--index", str(folder / "index"), "index", *sources, "--quiet", "--workers", "0"]) == 0
    return folder


@pytest.fixture
def copied(indexed, tmp_path):
    """A folder with the same, to do with as a test likes."""
    return Path(shutil.copytree(indexed, tmp_path / "copied"))


@pytest.fixture
def golden(request):
    """Compare text with a file of `golden/`; with UPDATE_GOLDEN=1 write it instead."""

    def compare(text, name):
        path = Path(request.path).parent / "golden" / name
        if os.environ.get("UPDATE_GOLDEN"):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare
