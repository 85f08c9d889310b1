"""Read files and build segments of the index from them: the work that is spread over processes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from searcher.articles.identity import article_id
from searcher.articles.inference import Inference
from searcher.articles.limits import Limits
from searcher.articles.reading import read_drafts
from searcher.errors import SearcherError
from searcher.ingest.manifest import UNFINISHED, digest
from searcher.ingest.seen import Seen
from searcher.model import Failure
from searcher.store.documents import Origin, mark, to_document

_LONGEST_REASON = 200

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from searcher.articles.drafts import Draft
    from searcher.store.codec.segment import ArraySegment
    from searcher.store.documents import Document


@dataclass(frozen=True, slots=True)
class Manner:
    """How all files of a run are read.

    Attributes:
        index: folder of the index that segments are built for; None to find out only what would change.
        inference: how facts are inferred.
        limits: how much one file may ask of us.
        memory: bytes that one process may build a segment in.
    """

    index: Path | None
    inference: Inference = field(default_factory=Inference)
    limits: Limits = field(default_factory=Limits)
    memory: int = 64 << 20


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


Unit = FileToRead | DraftToRead


@dataclass(frozen=True, slots=True)
class Merge:
    """Segments of an index that are to become one.

    Attributes:
        index: folder of the index.
        segments: in the order that their articles are to have.
        memory: bytes to work in.
    """

    index: Path
    segments: tuple[ArraySegment, ...]
    memory: int

    def carry_out(self) -> ArraySegment:
        """Write them as one segment; it is on the disk when this returns."""
        from searcher.store.building import merged

        return merged(self.index, self.segments, memory=self.memory)


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article that was read: its id, and whether it differs from what is known."""

    id: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What some units held.

    Attributes:
        read: for each unit, its articles and what of it could not be read.
        segments: what was finished meanwhile; it holds all that differed in these units and earlier ones.
    """

    read: list[list[ReadArticle | Failure]]
    segments: list[ArraySegment]


@dataclass(frozen=True, slots=True)
class _Changed:
    """An article that differs from what is known, to be understood with others; `read` is what its unit held."""

    draft: Draft
    id: str
    origin: Origin
    read: list[ReadArticle | Failure]


class Reader:
    """Reads units one after the other and collects what differs in segments."""

    def __init__(self, manner: Manner) -> None:
        self._manner = manner
        if manner.index is not None:
            from searcher.articles.fingerprints import Fingerprints
            from searcher.store.building import ArticleBuilder

            self._builder = ArticleBuilder(manner.index, memory=manner.memory)
            self._prints = Fingerprints()

    def read(self, units: Sequence[Unit]) -> Answer:
        """Read some units, in order."""
        read: list[list[ReadArticle | Failure]] = [[] for _ in units]
        changed: list[_Changed] = []
        for unit, items in zip(units, read, strict=True):
            changed += self._changed(unit, items)
        segments: list[ArraySegment] = []
        if self._manner.index is None:
            for one in changed:
                one.read.append(ReadArticle(one.id, differs=True))
        elif documents := _understood(changed, self._manner.inference):
            mark(documents, self._prints)
            self._builder.add(documents)
            if self._builder.is_full:
                segments = self.finish()
        return Answer(read, segments)

    def finish(self) -> list[ArraySegment]:
        """Finish the segment that is being built, if any."""
        segment = self._builder.finish() if self._manner.index is not None else None
        return [] if segment is None else [segment]

    def _changed(self, unit: Unit, read: list[ReadArticle | Failure]) -> Iterator[_Changed]:
        """Yield what of a unit differs; everything else goes to `read`."""
        if isinstance(unit, DraftToRead):
            yield _Changed(unit.draft, id_of(unit.draft), Origin(unit.stored, UNFINISHED, unit.digest), read)
            return
        for item in distinct(unit, self._manner):
            if isinstance(item, Failure):
                read.append(item)
            elif unit.known.get(item.id) == item.digest:
                read.append(ReadArticle(item.id, differs=False))
            else:
                yield _Changed(item.draft, item.id, Origin(unit.stored, unit.stamp, item.digest), read)


def _understood(changed: Sequence[_Changed], inference: Inference) -> list[Document]:
    """Make documents of articles; one whose facts cannot be told is there without them, and said to be so."""
    try:
        documents = _documents(changed, inference)
    except Exception as error:  # noqa: BLE001 - one bad article never stops the rest
        if len(changed) > 1:
            return [document for one in changed for document in _understood([one], inference)]
        (one,) = changed
        reason = error.message if isinstance(error, SearcherError) else f"{type(error).__name__}: {error}"
        one.read.append(Failure(one.draft.path, f"cannot be understood: {reason}"[:_LONGEST_REASON]))
        try:
            documents = _documents(changed, Inference(infer=False))
        except Exception:  # noqa: BLE001 - that it fails has been said
            return []
    for one in changed:
        one.read.append(ReadArticle(one.id, differs=True))
    return documents


def _documents(changed: Sequence[_Changed], inference: Inference) -> list[Document]:
    from searcher.articles.understanding import understand_all

    articles = understand_all([one.draft for one in changed], inference)
    return [to_document(article, one.origin, marked=False) for article, one in zip(articles, changed, strict=True)]


@dataclass(frozen=True, slots=True)
class Identified:
    """A draft with its id and digest."""

    draft: Draft
    id: str
    digest: int


def distinct(file: FileToRead, manner: Manner) -> Iterator[Identified | Failure]:
    """Yield a file's drafts, each under an id of its own; that nothing of it can be read is a Failure, too."""
    seen = Seen()
    try:
        for draft in read_drafts(file.path, shown_as=file.stored, limits=manner.limits):
            if isinstance(draft, Failure):
                yield draft
                continue
            name = id_of(draft)
            if not seen.add(int(name, 16)):
                yield Failure(draft.path, "has the same id as an earlier record of its file")
                continue
            yield Identified(draft, name, digest(draft, manner.inference))
    except SearcherError as error:
        yield Failure(file.stored, error.message)


def id_of(draft: Draft) -> str:
    """Give the id of the article that a draft becomes."""
    return article_id(draft.file, draft.key)
