"""The archive: a set of articles and its index, as every face of the program and every script sees it."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from searcher.config import Config
from searcher.errors import ArticleMissingError, QueryError

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from types import TracebackType

    from searcher.ingest.events import Listener
    from searcher.ingest.options import IndexOptions
    from searcher.model import (
        Article,
        CheckReport,
        Facet,
        FacetField,
        Failure,
        Hit,
        IndexReport,
        Match,
        Page,
        Period,
        PersonEntry,
        Sort,
        Span,
        Stats,
        Timeline,
    )
    from searcher.query.tree import ParsedQuery
    from searcher.search.context import Context
    from searcher.store.snapshot import Snapshot


class Archive:
    """A set of articles and its index.

    Several threads may use one archive at the same time. It answers from the commit that was last looked at; `refresh`
    looks for a newer one.
    """

    def __init__(self, config: Config) -> None:
        from searcher.store.index import ArticleIndex
        from searcher.store.lease import SharedSnapshot

        self.config = config
        self._index = ArticleIndex(config.index)
        self._shared = SharedSnapshot(self._index)

    @classmethod
    def open(cls, index: str | Path | None = None, *, config: Config | None = None) -> Self:
        """Open the archive whose index is in a folder, or that of some settings.

        Raises:
            IndexMissingError: there is no index.
            IndexDamagedError: it cannot be read.
        """
        archive = cls(config or Config.of(index or "index"))
        with archive._shared.lease():
            return archive

    @classmethod
    def create(cls, index: str | Path | None = None, *, config: Config | None = None) -> Self:
        """Give an archive whose index need not be there yet: the first `index` call makes it."""
        return cls(config or Config.of(index or "index"))

    # Indexing

    def index(
        self,
        paths: Iterable[str | Path] = (),
        *,
        options: IndexOptions | None = None,
        on_event: Listener | None = None,
        cancel: threading.Event | None = None,
    ) -> IndexReport:
        """Bring the index up to date with files and folders, or with the sources of the settings where none are given.

        Args:
            paths: files and folders.
            options: how; see `searcher.ingest.options`.
            on_event: is told how far it is; see `searcher.ingest.events`.
            cancel: ends the run when set.

        Raises:
            CancelledError: `cancel` was set; the index is at its last commit.
            IndexLockedError: another process is writing to the index.
            IndexNotWritableError: it cannot be written; it is at its last commit.
            IndexDamagedError: it cannot be read, and is not to be built anew.
        """
        from searcher.ingest.options import IndexOptions
        from searcher.ingest.pipeline import Place, run

        config = self.config
        left_out = frozenset({config.index, config.aliases_file, config.people_file, *filter(None, [config.origin])})
        place = Place(config.index, config.root, left_out, config.limits)
        sources = [Path(path) for path in paths] or list(config.sources)
        report = run(place, sources, options or IndexOptions(), on_event, cancel)
        self.refresh()
        return report

    # Reading

    @property
    def revision(self) -> int:
        """The number of the commit that is read."""
        with self._shared.lease() as snapshot:
            return snapshot.revision

    def refresh(self) -> bool:
        """Look for a newer commit; tell whether there is one, which is read from now on."""
        from searcher.store.index import ArticleIndex

        return ArticleIndex.exists(self.config.index) and self._shared.refresh()

    def article(self, article_id: str) -> Article:
        """Give an article by its id, or by the beginning of it where no other id begins so.

        Raises:
            ArticleMissingError: there is none, or there are several.
        """
        with self._shared.lease() as snapshot:
            number = snapshot.number(article_id)
            if number is None:
                number = snapshot.number(_only(article_id, snapshot))
            return self._here(snapshot.article(number or 0))

    def close(self) -> None:
        """Give back what is held open."""
        self._shared.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _shown(self, stored: str) -> str:
        from searcher.ingest.paths import shown_path

        return shown_path(stored, self.config.root, Path.cwd())

    def _here(self, article: Article) -> Article:
        return replace(article, path=self._shown(article.path))


def extract(
    paths: Iterable[str | Path], *, infer: bool = True, config: Config | None = None
) -> Iterator[Article | Failure]:
    """Read files and folders without indexing them; what cannot be read is a Failure.

    Args:
        paths: files and folders; `-` is standard input.
        infer: infer facts from the text, or believe only what is stated.
        config: the archive under whose ids the articles are given.
    """
    from searcher.ingest.extracting import extract as extract_files

    config = config or Config.of("index")
    return extract_files(paths, root=config.root, stdin=sys.stdin.buffer, infer=infer, limits=config.limits)


def _only(prefix: str, snapshot: Snapshot) -> str:
    found = snapshot.ids_from(prefix) if prefix.isalnum() else []
    if len(found) == 1:
        return found[0]
    if found:
        raise ArticleMissingError(f"{len(found):,} articles have an id that begins with {prefix}", "give more of it")
    raise ArticleMissingError(f"no article has the id {prefix}", "`searcher query … --format json` shows ids")
