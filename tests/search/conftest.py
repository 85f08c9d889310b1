from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import pytest
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import RamStorage

from searcher.search.context import Context
from searcher.store.analyzers import Passage
from searcher.store.codec import ArrayCodec
from searcher.store.documents import Origin, to_article, to_document
from searcher.store.schema import article_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from searcher.model import Article


class MakeContext(Protocol):
    def __call__(
        self,
        articles: Sequence[Article],
        *,
        segments: int = 1,
        removed: Iterable[str] = (),
        codec: Callable[[], Any] = ArrayCodec,
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


def build_context(
    articles: Sequence[Article],
    *,
    segments: int = 1,
    removed: Iterable[str] = (),
    codec: Callable[[], Any] = ArrayCodec,
    **options: Any,
) -> Context:
    index = RamStorage().create_index(article_schema())
    for number in range(segments):
        writer = index.writer(codec=codec())
        for article in articles[number::segments]:
            writer.add_document(**as_whoosh_takes_it(article))
        writer.commit(merge=False)
    removed = list(removed)
    if removed:
        writer = index.writer(codec=codec())
        for article_id in removed:
            writer.delete_by_term("id", article_id)
        writer.commit(merge=False)
    return Context(RamSnapshot(index.reader()), **options)


@pytest.fixture(scope="session")
def make_context() -> MakeContext:
    return build_context


@pytest.fixture(params=[ArrayCodec, W3Codec], ids=["arrays", "whoosh"])
def codec(request: pytest.FixtureRequest) -> Callable[[], Any]:
    return request.param
