"""Read files into documents of the index: the work that is spread over processes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from searcher.articles.identity import article_id
from searcher.articles.limits import Limits
from searcher.articles.reading import read_drafts
from searcher.articles.understanding import understand
from searcher.errors import SearcherError
from searcher.ingest.manifest import UNFINISHED, digest
from searcher.model import Failure
from searcher.store.documents import Origin, to_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from searcher.articles.drafts import Draft


@dataclass(frozen=True, slots=True)
class Manner:
    """How all files of a run are read.

    Attributes:
        infer: whether facts are inferred.
        write: whether documents are wanted, or only what would change.
        limits: how much one file may ask of us.
    """

    infer: bool = True
    write: bool = True
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class FileToRead:
    """A file of which every article is wanted that differs from what is known.

    Attributes:
        stamp: its state, which is kept with each article.
        known: digests of the articles that the index holds of it, by id.
    """

    path: Path
    stored: str
    stamp: int
    known: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DraftToRead:
    """An article of a file that is being read elsewhere: its draft, with the stored path of the file."""

    stored: str
    draft: Draft
    digest: int


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article that was read.

    Attributes:
        file: stored path of its file.
        document: it, for the index; None when the index has it already or it is not wanted.
    """

    file: str
    id: str
    digest: int
    document: dict[str, Any] | None


def read(unit: FileToRead | DraftToRead, manner: Manner) -> list[ReadArticle | Failure]:
    """Read one file or draft; what cannot be read is a Failure among the rest."""
    if isinstance(unit, DraftToRead):
        return [_read_draft(unit.draft, Origin(unit.stored, UNFINISHED, unit.digest), manner)]
    return list(_read_file(unit, manner))


def drafts_of(file: FileToRead, manner: Manner) -> Iterator[Draft | Failure]:
    """Yield a file's drafts; that nothing of it can be read is a Failure, too."""
    try:
        yield from read_drafts(file.path, shown_as=file.stored, limits=manner.limits)
    except SearcherError as error:
        yield Failure(file.stored, error.message)


def id_of(draft: Draft) -> str:
    """Give the id of the article that a draft becomes."""
    return article_id(draft.file, draft.key)


def _read_file(file: FileToRead, manner: Manner) -> Iterator[ReadArticle | Failure]:
    for draft in drafts_of(file, manner):
        if isinstance(draft, Failure):
            yield draft
            continue
        content = digest(draft, infer=manner.infer)
        article = id_of(draft)
        if file.known.get(article) == content or not manner.write:
            yield ReadArticle(file.stored, article, content, None)
        else:
            yield _read_draft(draft, Origin(file.stored, file.stamp, content), manner)


def _read_draft(draft: Draft, origin: Origin, manner: Manner) -> ReadArticle | Failure:
    try:
        article = understand(draft, infer=manner.infer)
        document = to_document(article, origin)
    except SearcherError as error:
        return Failure(draft.path, error.message)
    except Exception as error:  # noqa: BLE001 - one bad article never stops the rest
        return Failure(draft.path, f"cannot be understood: {type(error).__name__}: {error}"[:200])
    return ReadArticle(origin.file, article.id, origin.digest, document)
