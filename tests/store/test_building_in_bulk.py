"""A segment that is built in bulk is what Whoosh's own writer makes of the same articles."""

from __future__ import annotations

from datetime import date

import pytest
from whoosh.writing import SegmentWriter

from searcher.model import Article, Fact, Facts, Mention, PartialDate, Person
from searcher.store.analyzers import Passage
from searcher.store.codec import ArrayCodec
from searcher.store.documents import Origin, to_document
from searcher.store.index import ArticleIndex

PETROVA = Person("Anna Petrova", ("Petrova", "Ms Petrova"), ((0, 7),), 0.9)
ARTICLES = [
    Article("00000000000000a1", "a.txt", "Putin's talks in U.S.", "Talks, TALKS, a talk: US-led, 10:30, AT&T.", "raw"),
    Article("00000000000000a2", "b.txt", "", "Переговоры в Вене. Die Gespräche dauern an.", "", language="ru"),
    Article(
        "00000000000000a3", "c.jsonl#17", "拉钦走廊", "拉钦走廊 d'études naïve café", "c", "fr", "https://x/c", "17",
        Facts(
            source=Fact("Daily Sabah", "masthead", 0.9),
            date=Fact(PartialDate(2020, 11), "stated", 1.0),
            author=Fact("José Ávila", "byline", 1.0),
            people=(PETROVA,),
            mentions=(Mention(PartialDate.of(date(2020, 11, 9)), "November 9", (0, 10)),),
        ),
    ),
    Article("00000000000000a4", "d.txt", "Nothing", "", "…", facts=Facts(not_before=Fact(PartialDate(1990), "x", 0.5))),
]  # fmt: skip


def fields_of(document):
    """The same document as `whoosh.writing.IndexWriter.add_document` takes it."""
    passages = {name: Passage(text, document.language) for name, text in document.texts.items()}
    exact = {f"{name}_exact": passages[name] for name in ("title", "body") if name in passages}
    kept = {f"_stored_{name}": value for name, value in (document.columns | document.stored).items()}
    values = document.columns | document.stored | document.terms | passages | exact | {"words": None}
    return {name: value for name, value in (values | kept).items() if value is not None}


def content(index):
    with index.snapshot() as snapshot:
        reader = snapshot.reader
        postings = {}
        for name, term in reader.all_terms():
            matcher = reader.postings(name, term)
            positional = reader.schema[name].format.supports("positions")
            found = postings[name, term] = []
            while matcher.is_active():
                found.append((matcher.id(), matcher.weight(), matcher.value_as("positions") if positional else None))
                matcher.next()
        lengths = {name: reader.field_length(name) for name in reader.schema.names()}
        columns = {
            name: [reader.column_reader(name)[number] for number in snapshot.numbers()]
            for name, field in reader.schema.items()
            if field.column_type is not None and name != "words"
        }
        return postings, lengths, columns, [snapshot.article(number) for number in snapshot.numbers()]


@pytest.mark.parametrize("segments", [1, 2])
def test_the_same_terms_places_lengths_columns_and_articles(tmp_path, segments):
    bulk, stock = ArticleIndex.create(tmp_path / "bulk"), ArticleIndex.create(tmp_path / "stock")
    cut = len(ARTICLES) // segments
    for first in range(0, len(ARTICLES), cut):
        articles = ARTICLES[first : first + cut]
        with bulk.writer() as writer:
            for number, article in enumerate(articles):
                writer.add(article, Origin("file", number - 1, -number))
            writer.commit()
        writer = SegmentWriter(stock.whoosh_index(), codec=ArrayCodec())
        for number, article in enumerate(articles):
            writer.add_document(**fields_of(to_document(article, Origin("file", number - 1, -number))))
        writer.commit(merge=False)
    for ours, theirs in zip(content(bulk), content(stock), strict=True):
        assert ours == theirs
    assert content(bulk)[3] == ARTICLES
