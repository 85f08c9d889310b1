from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import pytest
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import RamStorage
from whoosh.reading import EmptyReader, MultiReader, SegmentReader

from searcher.search.context import Context
from searcher.store.analyzers import Passage
from searcher.store.building import ArticleBuilder
from searcher.store.codec import ArrayCodec
from searcher.store.documents import Origin, to_article, to_document
from searcher.store.schema import article_schema
from searcher.store.storage import DurableStorage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from searcher.model import Article


KINDS = ("built", "arrays", "whoosh")
"""Segments of our codec built in bulk, the same codec written by Whoosh's writer, and Whoosh's own codec."""


class MakeContext(Protocol):
    def __call__(
        self,
        articles: Sequence[Article],
        *,
        segments: int = 1,
        removed: Iterable[str] = (),
        kind: str = "built",
        **options: Any,
    ) -> Context: ...


class RamSnapshot:
    """The index of a test: in memory, of any codec."""

    revision = 1

    def __init__(self, reader: Any) -> None:
        self.reader = reader

    def stored(self, number: int) -> dict[str, Any]:
        return self.reader.stored_fields(number)

    def article(self, number: int) -> Article:
        return to_article(self.stored(number))

    def number(self, article_id: str) -> int | None:
        return self.reader.first_id("id", article_id) if ("id", article_id) in self.reader else None


def as_whoosh_takes_it(article: Article) -> dict[str, Any]:
    document = to_document(article, Origin(article.path, 0, 0))
    texts = {name: Passage(text, document.language) for name, text in document.texts.items()}
    exact = {f"{name}_exact": texts[name] for name in ("title", "body") if name in texts}
    indexed = {**document.columns, **document.terms, **texts, **exact}
    kept = {**document.columns, **document.stored}
    kept["words"] = len(document.texts.get("body", "").split())
    whole = {name if name not in indexed else f"_stored_{name}": value for name, value in kept.items()}
    return {name: value for name, value in {**indexed, **whole}.items() if value is not None}


def built(articles: Sequence[Article], segments: int, removed: Sequence[str], folder: Path) -> Any:
    """Build segments in bulk, as a run of `searcher index` does."""
    schema = article_schema()
    builder = ArticleBuilder(folder)
    readers = []
    for number in range(segments):
        part = articles[number::segments]
        builder.add([to_document(article, Origin(article.path, 0, 0)) for article in part])
        segment = builder.finish()
        if segment is not None:
            for place, article in enumerate(part):
                if article.id in removed:
                    segment.delete_document(place)
            readers.append(SegmentReader(DurableStorage(folder), schema, segment))
    return EmptyReader(schema) if not readers else readers[0] if len(readers) == 1 else MultiReader(readers)


def written(articles: Sequence[Article], segments: int, removed: Sequence[str], codec: Any) -> Any:
    """Write through Whoosh's own writer."""
    index = RamStorage().create_index(article_schema())
    for number in range(segments):
        writer = index.writer(codec=codec())
        for article in articles[number::segments]:
            writer.add_document(**as_whoosh_takes_it(article))
        writer.commit(merge=False)
    if removed:
        writer = index.writer(codec=codec())
        for article_id in removed:
            writer.delete_by_term("id", article_id)
        writer.commit(merge=False)
    return index.reader()


@pytest.fixture(scope="session")
def make_context(tmp_path_factory: pytest.TempPathFactory) -> MakeContext:
    folder = tmp_path_factory.mktemp("segments")

    def make(
        articles: Sequence[Article],
        *,
        segments: int = 1,
        removed: Iterable[str] = (),
        kind: str = "built",
        **options: Any,
    ) -> Context:
        if kind == "built":
            reader = built(articles, segments, list(removed), folder)
        else:
            reader = written(articles, segments, list(removed), {"arrays": ArrayCodec, "whoosh": W3Codec}[kind])
        return Context(RamSnapshot(reader), **options)

    return make


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return request.param
