"""The archive: a set of articles and its index, as every face of the program and every script sees it."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from searcher.config import Config
from searcher.errors import QueryError, UsageError

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from types import TracebackType

    from searcher.articles.facts.corrections import Correction
    from searcher.ingest.events import Listener
    from searcher.ingest.options import IndexOptions
    from searcher.model import (
        Article,
        CheckReport,
        Facet,
        FacetField,
        Failure,
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
    from searcher.opened import Opened
    from searcher.query.parser import ParsedQuery


class Archive:
    """A set of articles and its index.

    Several threads may use one archive at the same time. It answers from the commit that was last looked at; `refresh`
    looks for a newer one.
    """

    def __init__(self, config: Config) -> None:
        from searcher.opened import Opened
        from searcher.store.index import ArticleIndex
        from searcher.store.lease import Shared

        self.config = config
        self._index = ArticleIndex(config.index)
        self._shared = Shared(lambda: Opened(self._index, config), self._is_latest)

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

    def problems(self) -> tuple[str, ...]:
        """Tell which lines of the user's corrections cannot be read; the others hold.

        Raises:
            ConfigError: the file cannot be read at all.
        """
        if not self.config.people_file.exists():
            return ()
        from searcher.articles.facts.corrections import problems

        return tuple(problem.message for problem in problems(self.config.people_file))

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
        place = Place(config.index, config.root, left_out, config.limits, config.people_file)
        sources = [Path(path) for path in paths] or list(config.sources)
        report = run(place, sources, options or IndexOptions(), on_event, cancel)
        self.refresh()
        return report

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        offset: int = 0,
        sort: Sort = "relevance",
        match: Match = "all",
        facets: Sequence[FacetField] = (),
        explain: bool = False,
        aliases: bool = True,
        undated: bool = False,
        quote: bool = True,
        span: bool = False,
        correct: bool = True,
        today: date | None = None,
        cancel: threading.Event | None = None,
        deadline: float | None = None,
        lenient: bool = False,
    ) -> Page:
        """Answer a query.

        Args:
            query: in the query language.
            limit: how many hits to give.
            offset: rank of the first of them, less one.
            sort: the order of hits.
            match: which words have to match.
            facets: fields to count all hits by.
            explain: say of each hit where its score comes from.
            aliases: find what goes by another name, too.
            undated: let articles without a date match a date where what is known of them does not speak against it.
            quote: give the passage of each hit that matches; without it, hits come faster.
            span: give the first and the last publication day of all hits.
            correct: where nothing is found, look for a spelling that would find something; without it, that is said
                sooner.
            today: what relative dates are counted from.
            cancel: ends the search when set.
            deadline: seconds after which to answer with what was found.
            lenient: take what is still open in the query as closed.

        Raises:
            QueryError: the query cannot be read.
            CancelledError: `cancel` was set.
        """
        from searcher.search.answer import answer
        from searcher.search.request import Request

        parsed = _parse(query, today=today, match=match, lenient=lenient)
        request = Request(
            limit=limit,
            offset=offset,
            sort=sort,
            facets=tuple(facets),
            explain=explain,
            aliases=aliases,
            undated=undated,
            quote=quote,
            span=span,
            correct=correct,
            cancel=cancel,
            deadline=deadline,
        )
        with self._answering() as opened:
            return answer(opened.context, parsed, request)

    def batch(self, queries: Iterable[str], **options: Any) -> Iterator[Page | QueryError]:
        """Answer queries one by one, with the options of `search`; one that cannot be read gives its error."""
        for query in queries:
            try:
                yield self.search(query, **options)
            except QueryError as error:
                yield error

    def facets(
        self,
        query: str,
        by: FacetField,
        *,
        limit: int | None = 20,
        match: Match = "all",
        aliases: bool = True,
        undated: bool = False,
        today: date | None = None,
    ) -> Facet:
        """Count the hits of a query by a field's values (QueryError)."""
        from searcher.search.answer import facet_of
        from searcher.search.request import Request

        parsed = _parse(query, today=today, match=match)
        with self._answering() as opened:
            return facet_of(opened.context, parsed, by, limit, Request(aliases=aliases, undated=undated))

    def timeline(
        self,
        query: str,
        period: Period | None = None,
        *,
        match: Match = "all",
        aliases: bool = True,
        undated: bool = False,
        today: date | None = None,
    ) -> Timeline:
        """Count the hits of a query over time, by a period or by one that suits their span (QueryError)."""
        from searcher.search.request import Request
        from searcher.search.timeline import timeline

        parsed = _parse(query, today=today, match=match)
        with self._answering() as opened:
            return timeline(opened.context, parsed, period, Request(aliases=aliases, undated=undated))

    def related(self, article_id: str, limit: int = 10) -> Page:
        """Give the articles most like one (ArticleMissingError)."""
        from searcher.search.related import related
        from searcher.search.request import Request

        with self._answering() as opened:
            return related(opened.context, opened.snapshot.named(article_id), limit, Request(limit=limit))

    def article(self, article_id: str) -> Article:
        """Give an article by its id, by the id of its record, or by its id's beginning where no other begins so.

        Its people have the names that they have across the archive.

        Raises:
            ArticleMissingError: there is none, or there are several.
        """
        with self._answering() as opened:
            return opened.article(article_id)

    def matches(self, article: Article, query: str, *, aliases: bool = True) -> tuple[list[Span], list[Span]]:
        """Give every match of a query in an article's title and in its text (QueryError)."""
        from searcher.search.request import Request
        from searcher.search.showing.marks import matches

        parsed = _parse(query, lenient=True)
        with self._answering() as opened:
            title, text = matches(opened.context, parsed, article, Request(aliases=aliases))
        return list(title), list(text)

    def complete(self, text: str, cursor: int) -> list[str]:
        """Give completions of a query at the cursor: each is to take the place of `text[:cursor]`."""
        from searcher.search.completion import complete

        with self._answering() as opened:
            return list(complete(opened.context, text, cursor))

    def people(self, name: str | None = None) -> list[PersonEntry]:
        """List the people of the archive, or those who may be called `name`, those in most articles first."""
        with self._answering() as opened:
            return opened.people.entries(name)

    def merge_people(self, names: Iterable[str], into: str) -> None:
        """Say that several spellings are one human being, in the user's own file.

        Args:
            names: spellings that articles use.
            into: what this human is to be called, a spelling or not.

        Raises:
            UsageError: no article uses one of the spellings, or there is but the one.
            ConfigError: the file cannot be read or written.
        """
        from searcher.articles.facts.corrections import Merge

        others = tuple(dict.fromkeys(name for name in names if name != into))
        if not others:
            raise UsageError(f"{into}: that is one human already", "give another spelling to merge with it")
        self._correct(Merge(others, into), *others)

    def split_person(self, name: str) -> None:
        """Say that a spelling is a human being of its own, in the user's own file (UsageError, ConfigError)."""
        from searcher.articles.facts.corrections import Split

        self._correct(Split(name), name)

    def _correct(self, correction: Correction, *names: str) -> None:
        from searcher.articles.facts.corrections import append

        with self._answering() as opened:
            for name in names:
                opened.people.refuse_unknown(name)
        append(self.config.people_file, correction)
        self._shared.replace()

    def check(self) -> CheckReport:
        """Read every byte of the index and say what is wrong with it (IndexMissingError)."""
        from searcher.store.check import check

        return check(self._index)

    def stats(self) -> Stats:
        """Count what is in the index."""
        from searcher.store.statistics import statistics

        with self._answering() as opened:
            return statistics(self._index, opened.snapshot, people=len(opened.people))

    @property
    def revision(self) -> int:
        """The number of the commit that is read."""
        with self._answering() as opened:
            return opened.snapshot.revision

    def refresh(self) -> bool:
        """Look for a newer commit; tell whether there is one, which is read from now on."""
        from searcher.store.index import ArticleIndex

        return ArticleIndex.exists(self.config.index) and self._shared.refresh()

    def close(self) -> None:
        """Give back what is held open."""
        self._shared.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _answering(self) -> Iterator[Opened]:
        """Use the current state of the index; an IndexDamagedError where it is to blame for what fails."""
        from searcher.store.faults import answering

        with self._shared.lease() as opened, answering(self.config.index, lambda: opened.damage):
            yield opened

    def _is_latest(self, opened: Opened) -> bool:
        return self._index.latest_revision() == opened.snapshot.revision


def extract(
    paths: Iterable[str | Path],
    *,
    infer: bool = True,
    people_model: str | None = None,
    config: Config | None = None,
) -> Iterator[Article | Failure]:
    """Read files and folders without indexing them; what cannot be read is a Failure.

    Args:
        paths: files and folders; `-` is standard input.
        infer: infer facts from the text, or believe only what is stated.
        people_model: a spaCy model that is to find the names in texts of its language; our own by default.
        config: the archive under whose ids the articles are given.
    """
    from searcher.articles.inference import Inference
    from searcher.ingest.extracting import extract as extract_files

    config = config or Config.of("index")
    inference = Inference(infer, people_model)
    return extract_files(paths, root=config.root, stdin=sys.stdin.buffer, inference=inference, limits=config.limits)


def _parse(query: str, *, today: date | None = None, match: Match = "all", lenient: bool = False) -> ParsedQuery:
    from searcher.query.parser import parse

    return parse(query, today=today or datetime.now(UTC).astimezone().date(), match=match, lenient=lenient)
