"""What can be done with an article wherever one is in hand: in the results and in the reader."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import SuspendNotSupported
from textual.screen import Screen

from searcher.errors import SearcherError
from searcher.tui import citations, external
from searcher.tui.fetching import articles_of, reprints_of
from searcher.tui.results import Reading, Results
from searcher.tui.screens.picker import Picker
from searcher.tui.typography import safe
from searcher.tui.unexpected import as_searcher_error
from searcher.tui.widgets.choice_list import Choice
from searcher.tui.words import counted, hit_date, sentence

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from searcher.archive import Archive
    from searcher.model import Article, Hit, Page

RELATED = 30


class HitActions(Screen[Any]):
    """Actions on the article in hand; a screen says which one that is."""

    archive: Archive

    def hit_in_hand(self) -> Hit | None:
        """The hit that actions are about."""
        raise NotImplementedError

    def query_in_force(self) -> str:
        """The query that found it."""
        raise NotImplementedError

    def passage_in_hand(self) -> str:
        """The words that a quotation would be of; nothing where none are singled out."""
        return ""

    def show_stars(self) -> None:
        """Show which articles are starred now."""
        raise NotImplementedError

    def read_from(self, hits: tuple[Hit, ...], hit: Hit, *, beside: Hit | None = None) -> None:
        """Read an article out of a list that was asked for; mark what differs from the one `beside` it."""
        self.app.read(Reading(Results.of(hits), hit.id, paged=False, beside=beside))  # type: ignore[attr-defined]

    def complain(self, error: SearcherError) -> None:
        """Show an error that does not concern the query."""
        words = "\n".join(safe(sentence(part)) for part in (error.message, error.hint) if part)
        self.notify(words, severity="error", markup=False)

    def _start(self, work: Callable[[], Awaitable[None]]) -> None:
        async def guarded() -> None:
            try:
                await work()
            except Exception as error:  # noqa: BLE001 - the last net
                self.complain(as_searcher_error(error))

        self.run_worker(guarded, group="aside", exclusive=True)  # type: ignore[arg-type]

    async def _article(self) -> Article | None:
        hit = self.hit_in_hand()
        return None if hit is None else await asyncio.to_thread(self.archive.article, hit.id)

    # Lists

    def action_related(self) -> None:
        """List articles that are about the same."""
        self._start(self._show_related)

    async def _show_related(self) -> None:
        hit = self.hit_in_hand()
        if hit is None:
            return
        page = await asyncio.to_thread(self.archive.related, hit.id, RELATED)
        self._list("More like " + (hit.title or "this"), page)

    def action_reprints(self) -> None:
        """List the reprints of this article."""
        self._start(self._show_reprints)

    async def _show_reprints(self) -> None:
        hit = self.hit_in_hand()
        if hit is None:
            return
        if not hit.duplicates:
            self.notify("This article has no reprints here.", markup=False)
            return
        page = await asyncio.to_thread(reprints_of, self.archive, hit)
        self._list(f"Reprints of {hit.title or 'this'}", page, beside=hit)

    def _list(self, title: str, page: Page, *, beside: Hit | None = None) -> None:
        if not page.hits:
            self.notify("There is nothing like it here.", markup=False)
            return
        choices = [_choice(hit) for hit in page.hits]

        def opened(hit: Hit | None) -> None:
            if hit is not None:
                self.read_from(page.hits, hit, beside=beside)

        self.app.push_screen(Picker(title, choices, full=True), opened)

    def action_explain(self) -> None:
        """Show where the score of the article in hand comes from."""
        self._start(self._explain)

    async def _explain(self) -> None:
        hit, query = self.hit_in_hand(), self.query_in_force()
        if hit is None:
            return
        if not query.strip():
            self.notify("Nothing was searched for, so there is no score to explain.", markup=False)
            return

        def explained() -> Page:
            return self.archive.search(f"({query}) AND id:{hit.id}", limit=1, explain=True)

        try:
            page = await asyncio.to_thread(explained)
        except SearcherError:
            page = None
        found = page.hits[0].explanation if page is not None and page.hits else hit.explanation
        parts = [part for part in found.parts if part.field != "id"] if found else []
        if not parts:
            self.notify("There is no score to explain: the order is by date.", markup=False)
            return
        choices = [
            Choice(
                f"{part.score:6.2f}  {part.term} in the {part.field}",
                f"{counted(round(part.frequency), 'time')}, in {counted(part.articles, 'article')}",
                value=part.term,
            )
            for part in sorted(parts, key=lambda part: -part.score)
        ]
        total = sum(part.score for part in parts)
        self.app.push_screen(Picker(f"Score {total:.2f} · {hit.title}", choices))

    # Outside

    def action_open_browser(self) -> None:
        """Open the article's page in the browser."""
        hit = self.hit_in_hand()
        if hit is None:
            return
        address = external.web_address(hit.url)
        if address is None:
            self.notify("No web address is known for this article.", severity="warning", markup=False)
            return
        self._start(partial(self._browse, address))

    async def _browse(self, address: str) -> None:
        browser = external.browser()
        browse = partial(external.browse, browser, address)
        if external.fills_terminal(browser):
            self._hand_over(browse)
        else:
            await asyncio.to_thread(browse)
        self.notify(f"Opened {safe(address)}", markup=False)

    def action_open_editor(self) -> None:
        """Open the article's file in the editor."""
        hit = self.hit_in_hand()
        if hit is None:
            return
        try:
            path = external.file_of(hit.path)
            self._hand_over(partial(external.edit, path))
        except SearcherError as error:
            self.complain(error)

    def action_open_pager(self) -> None:
        """Open the article's text in the pager."""
        self._start(self._page)

    async def _page(self) -> None:
        article = await self._article()
        if article is None:
            return
        lines = [safe(line) for line in article.text.split("\n")]
        self._hand_over(partial(external.page, "\n".join([safe(article.title), "", *lines, ""])))

    def _hand_over(self, program: Callable[[], None]) -> None:
        """Give the terminal to another program until it ends; then raise what went wrong, as a SearcherError."""
        failed: SearcherError | None = None
        try:
            with self.app.suspend(), external.interrupts_theirs():
                try:
                    program()
                except Exception as error:  # noqa: BLE001 - raised in here, it would keep the terminal suspended
                    failed = as_searcher_error(error)
        except SuspendNotSupported as error:
            raise SearcherError(
                "This terminal cannot be handed to another program", "open the path yourself: y"
            ) from error
        self.app.refresh()
        if failed is not None:
            raise failed

    def action_copy_path(self) -> None:
        """Copy the article's address, or its path."""
        hit = self.hit_in_hand()
        if hit is not None:
            self._copy(hit.url or hit.path, "address" if hit.url else "path")

    def action_copy_citation(self) -> None:
        """Copy a citation in a format to be chosen."""
        self._start(self._cite)

    async def _cite(self) -> None:
        article = await self._article()
        if article is not None:
            self._choose_citation("Copy a citation", [article])

    def _choose_citation(self, title: str, articles: Sequence[Article]) -> None:
        written = [(name, write(*articles)) for name, write in citations.FORMATS]
        passage = self.passage_in_hand()
        if passage and len(articles) == 1:
            written.insert(0, ("Quotation", citations.quoted(passage, articles[0])))
        choices = [Choice(name, " ".join(text.split()), value=(name, text)) for name, text in written]

        def copied(chosen: tuple[str, str] | None) -> None:
            if chosen is not None:
                name, text = chosen
                self._copy(text, "quotation" if name == "Quotation" else "citation")

        self.app.push_screen(Picker(title, choices), copied)

    # Stars

    def action_star(self) -> None:
        """Star the article in hand, or take its star away."""
        hit = self.hit_in_hand()
        if hit is None:
            return
        starred = self.app.turn_star(hit.id)  # type: ignore[attr-defined]
        self.show_stars()
        if starred and len(self.app.kept.starred) == 1:  # type: ignore[attr-defined]
            self.notify("Starred. S lists them.", markup=False)

    def action_starred(self) -> None:
        """List the starred articles."""
        self._start(self._show_starred)

    async def _show_starred(self) -> None:
        starred = self.app.kept.starred  # type: ignore[attr-defined]
        page = await asyncio.to_thread(articles_of, self.archive, starred) if starred else None
        if page is None or not page.hits:
            self.notify("No article here is starred: * stars the one in hand.", markup=False)
            return
        choices = [
            Choice("Copy the citations of all", counted(len(page.hits), "article"), page.hits),
            Choice("Oldest first", heading=True),
            *(_choice(hit) for hit in page.hits),
        ]

        def chosen(value: Hit | tuple[Hit, ...] | None) -> None:
            if isinstance(value, tuple):
                self._start(partial(self._cite_all, value))
            elif value is not None:
                self.read_from(page.hits, value)

        self.app.push_screen(Picker("Starred", choices, full=True), chosen)

    async def _cite_all(self, hits: Sequence[Hit]) -> None:
        articles = await asyncio.to_thread(lambda: [self.archive.article(hit.id) for hit in hits])
        self._choose_citation(f"Copy {counted(len(articles), 'citation')}", articles)

    def _copy(self, text: str, what: str) -> None:
        self.app.copy_to_clipboard(text)
        self.notify(f"Copied the {what}: {safe(text[:120])}", markup=False)


def _choice(hit: Hit) -> Choice:
    facts = " · ".join(filter(None, (hit_date(hit.date, hit.not_before), hit.source)))
    return Choice(hit.title or "(untitled)", facts, hit)
