"""The search screen: what is asked, what is answered, and what is done with it.

Each key in the query line asks the search loop anew; answers come back as messages, and one that is not the newest's
is dropped. Until it comes, the old results stay. Facets, preview and completions follow once the hits are on screen.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from searcher.errors import QueryError
from searcher.tui import words
from searcher.tui.actions import bindings_at
from searcher.tui.fetching import fetch_hits, fetch_reprints, read_ahead
from searcher.tui.request import Request
from searcher.tui.results import Reading, Results
from searcher.tui.screens.beside import Beside
from searcher.tui.search_loop import SearchLoop
from searcher.tui.suggestions import ways_on
from searcher.tui.widgets.choice_list import Choice
from searcher.tui.widgets.examples import Examples
from searcher.tui.widgets.filter_bar import FilterBar
from searcher.tui.widgets.query_line import QueryLine

if TYPE_CHECKING:
    from threading import Event

    from textual.binding import BindingType
    from textual.timer import Timer

    from searcher.archive import Archive
    from searcher.model import Page, Stats
    from searcher.tui import messages
    from searcher.tui.widgets.notice import Notice

PATIENCE = 0.2  # seconds before we say that we are searching
FOLLOW_UP_PAUSE = 0.2  # seconds after an answer before what is beside it is looked for, while more may be typed


class SearchScreen(Beside):
    """Where people live.

    Args:
        request: what to ask first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_at("search")]

    def __init__(self, archive: Archive, stats: Stats, request: Request) -> None:
        super().__init__(request)
        self.archive = archive
        self.stats = stats
        self._answer: Page | None = None
        self._loop = SearchLoop(self, archive, lambda: self._hits.fit)
        self._patience: Timer | None = None
        self._follow_up_pause: Timer | None = None
        self._typing = False  # whether the newest question is of words still being typed
        self._keep: str | None = None
        self._in_view = (0, 0)
        self._fetching = False

    def on_mount(self) -> None:
        """Ask the first question."""
        kept = self.app.kept  # type: ignore[attr-defined]
        self._line.history = kept.history
        self.show_stars()
        self.set_class(not kept.preview, "-no-preview")
        self._line.focus()
        if self.request == kept.request:
            self._line.select_all()  # what was asked last: the first key takes its place
        self.query_one(FilterBar).show(self.request.filters)
        self._search(self.request)

    @property
    def cancel(self) -> Event:
        """Set when the answer to the newest question is not wanted any more."""
        return self._loop.cancel

    @property
    def generation(self) -> int:
        """The number of the newest question."""
        return self._loop.generation

    # Asking

    def ask(self, request: Request) -> None:
        """Ask something else at once; the cursor stays on its article where the words stay the same."""
        self._show_words(request)
        if request.text == self.request.text and self._hits.current is not None:
            self._keep = self._hits.current.id
        self.query_one(FilterBar).show(request.filters)
        self._search(request)

    def _show_words(self, request: Request) -> None:
        if self._line.value != request.text:
            with self.prevent(QueryLine.Changed):
                self._line.recall(request.text)

    def on_query_edited(self, event: messages.QueryEdited) -> None:
        """Search for what is typed so far."""
        wanted = self.request.with_text(event.text)
        if wanted.same_as(self.request):
            self.request = wanted
            self.complete_soon()
        else:
            self._search(wanted, typing=True)

    def on_query_submitted(self, event: messages.QuerySubmitted) -> None:
        """Search for what is typed, remember it, and go to the results."""
        wanted = self.request.with_text(event.text)
        shown = self.results.request if self.results is not None else None
        try:
            # What is on screen may have been found by a guess at the last word: now the line says so.
            guessed = shown is not None and shown.text.endswith("*") and shown in wanted.guesses
            wanted = shown if shown is not None and guessed else wanted.closed()
        except QueryError as error:
            self._status.complain(error)
            return
        self._note_query(wanted.text)
        under_way = self.answered != self.generation and wanted.same_as(self.request)
        self._show_words(wanted)
        if under_way or (shown is not None and wanted.same_as(shown)):
            self.request = wanted
        else:
            self._search(wanted)
        self._focus_results()

    def _note_query(self, text: str) -> None:
        self.app.note_query(text)  # type: ignore[attr-defined]
        self._line.history = self.app.kept.history  # type: ignore[attr-defined]

    def _search(self, request: Request, *, typing: bool = False) -> None:
        self.request, self._typing = request, typing
        if self._patience is None:
            self._patience = self.set_timer(PATIENCE, lambda: self._status.count("searching…"))
        self._loop.ask(request, typing=typing)

    # Answers

    def on_search_cancelled(self, event: messages.SearchCancelled) -> None:
        """Let the newer question have its turn."""
        self._loop.ended(event)

    def on_search_finished(self, event: messages.SearchFinished) -> None:
        """Show an answer, unless a newer question was asked."""
        if not self._loop.ended(event):
            return
        self._settle()
        self.answered = event.generation
        page = self._answer = event.page
        self.app.note_request(self.request)  # type: ignore[attr-defined]
        self.results = Results(event.request, page.total)
        self.results.add(page.hits)
        self._fetching = False
        self._show_notice(shown=page.total == 0)
        self._hits.show(self.results, keep=self._keep)
        self._keep = None
        if page.total == 0:
            self._explain_nothing(event.request, page)
            self.clear_preview()
        self.tell_counts()
        self.query_one(Examples).show(page.hits if event.request.is_blank else ())
        if event.generation == 1:
            self.run_worker(partial(read_ahead, self.archive), thread=True, group="ahead")
        self._follow_up_soon()
        self.complete_soon()
        self._place_focus()

    def on_search_failed(self, event: messages.SearchFailed) -> None:
        """Say what is wrong, under the place; the last good results stay."""
        if not self._loop.ended(event):
            return
        self._settle()
        self.answered = event.generation  # the same may be asked again
        self.complete_soon()
        error = event.error
        if isinstance(error, QueryError) and error.query == self._line.value:
            self._status.complain(error)
        else:
            self._status.complain(QueryError(error.message, error.hint, query=self._line.value))
        if self.results is None or not isinstance(error, QueryError):
            self._show_notice(shown=True)
            said = [words.sentence(part) for part in (error.message, error.hint) if part]
            self._notice.show("There is no answer", said)
            self._place_focus()

    def _settle(self) -> None:
        if self._patience is not None:
            self._patience.stop()
            self._patience = None

    def tell_counts(self) -> None:
        """Say how the query was read and what was found."""
        if self.results is not None and self._answer is not None:
            reading, counts = words.reading_and_counts(self.results.request, self._answer)
            self._status.tell(reading=reading, counts=counts)

    def _explain_nothing(self, request: Request, page: Page) -> None:
        if not self.stats.articles:
            self._notice.show("The index is empty", ["Fill it with: searcher index FOLDER"])
            return
        ways = [Choice(*way) for way in ways_on(request, page)]
        ways.append(Choice("How to write a query", "help", "help"))
        ways.append(Choice("Show the newest articles", "", Request(sort=request.sort)))
        self._notice.show("Nothing matches", [f"Read as {page.parsed}", *page.notes], ways)

    def on_notice_taken(self, event: Notice.Taken) -> None:
        """Go the way that was chosen."""
        if event.choice.value == "help":
            self.app.run_action_by_name("help")  # type: ignore[attr-defined]
        else:
            self.narrow(event.choice.value)
            self._focus_results()

    def on_examples_taken(self, event: Examples.Taken) -> None:
        """Ask the example that was clicked."""
        self.ask(self.request.with_text(event.query))

    # More hits: one fetch at a time, and always for what is in view by then

    def on_hits_wanted(self, event: messages.HitsWanted) -> None:
        """Fetch hits that came into view."""
        self._in_view = event.first, event.last
        if not self._fetching:
            self._fetch_hits()

    def _fetch_hits(self) -> None:
        missing = self.results.missing(*self._in_view) if self.results else None
        if self.results is None or missing is None:
            return
        self._fetching = True
        fetch = partial(fetch_hits, self, self.archive, self.results.request, missing, self.answered)
        self.run_worker(fetch, thread=True, group="hits")

    def on_hits_fetched(self, event: messages.HitsFetched) -> None:
        """Show further hits of the same answer, and fetch what else is in view by now."""
        if event.generation == self.answered and self.results is not None:
            self._fetching = False
            start, hits = event.page.offset, event.page.hits
            self.results.add(hits, start)
            if hits:
                self._hits.fetched((start, start + len(hits)))

    def on_hits_not_fetched(self, event: messages.HitsNotFetched) -> None:
        """Leave the places empty; they are asked for again when the view moves."""
        if event.generation == self.answered:
            self._fetching = False

    # Reprints

    def action_reprints(self) -> None:
        """Show the reprints of the hit in hand beneath it, or fold them away."""
        hit = self._hits.current
        if self._hits.fold() or hit is None:
            return
        if hit.duplicates:
            fetch = partial(fetch_reprints, self, self.archive, hit)
            self.run_worker(fetch, thread=True, exclusive=True, group="reprints")
        else:
            self.notify("This article has no reprints here.", markup=False)

    def on_reprints_wanted(self) -> None:
        """Show or fold the reprints that were clicked."""
        self.action_reprints()

    def on_reprints_fetched(self, event: messages.ReprintsFetched) -> None:
        """Show the reprints."""
        self._hits.unfold(event.hit_id, event.page.hits)

    def on_reprint_chosen(self, event: messages.ReprintChosen) -> None:
        """Read a reprint, with what differs from its original marked."""
        self._read(Reading(Results.of(event.reprints), event.reprint.id, paged=False, beside=event.original))

    def on_request_failed(self, event: messages.RequestFailed) -> None:
        """Say why there is nothing to show."""
        self.complain(event.error)

    # What follows an answer

    def _follow_up_soon(self) -> None:
        if self._follow_up_pause is not None:
            self._follow_up_pause.stop()
        self._follow_up_pause = self.set_timer(FOLLOW_UP_PAUSE, self._follow_up)

    def _follow_up(self) -> None:
        """Count facets; where words that were typed found nothing, look for another spelling of them."""
        if self.results is not None and self.results.total:
            self.count_facets()
        elif self._typing and self.answered == self.generation:
            self._search(self.request)

    # The reader

    def on_hit_chosen(self, event: messages.HitChosen) -> None:
        """Read an article."""
        if self.results is not None:
            self._note_query(self.request.text)
            self._read(Reading(self.results, event.hit_id, self.query_in_force()))

    def _read(self, reading: Reading) -> None:
        # Enter pressed twice in a hurry comes twice before there is a reader to take it.
        if self.app.screen is self:
            self.app.read(reading, self._come_back)  # type: ignore[attr-defined]

    def _come_back(self, hit_id: str | None) -> None:
        if hit_id is not None:
            self._hits.select(hit_id)
        self.show_stars()
        self._hits.focus()

    def show_stars(self) -> None:
        """Show which articles are starred, and which were read."""
        kept = self.app.kept  # type: ignore[attr-defined]
        self._hits.note(read=frozenset(kept.read), starred=frozenset(kept.starred))

    # The index

    def on_index_changed(self, event: messages.IndexChanged) -> None:
        """Say that there is something new; the results stay until they are asked for again."""
        gained = event.stats.articles - self.stats.articles
        self.stats = event.stats
        what = words.counted(gained, "new article") if gained > 0 else "The index has changed"
        self._status.tell(reading=f"{what}: r to refresh")

    def action_update_index(self) -> None:
        """Bring the index up to date in the background."""
        self.app.update_index()  # type: ignore[attr-defined]

    def on_unmount(self) -> None:
        """Stop what is still being searched."""
        self._loop.close()

    def tell_progress(self, text: str) -> None:
        """Say how far a run of indexing in the background is."""
        self._status.count(text)
