"""The search screen: query line, facets, results and preview, and the loop that keeps them in step.

A key in the query line starts a short timer; the timer starts a search in a thread, numbered, and cancels the one
before; the answer comes back as a message, and one that is not the newest is dropped. Until it comes, the old results
stay. Facets and preview follow once the hits are on screen.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal
from textual.widgets import Static

from searcher.errors import QueryError
from searcher.tui import words
from searcher.tui.actions import bindings_at
from searcher.tui.fetching import fetch_answer, fetch_article, fetch_completions, fetch_facets, fetch_page
from searcher.tui.request import SORTS, Filter, Request
from searcher.tui.results import Results
from searcher.tui.screens.hit_actions import HitActions
from searcher.tui.screens.picker import Picker
from searcher.tui.screens.reader import ReaderScreen
from searcher.tui.typography import safe
from searcher.tui.widgets.article_view import ArticleView
from searcher.tui.widgets.choice_list import Choice
from searcher.tui.widgets.facet_panel import FacetPanel
from searcher.tui.widgets.filter_bar import FilterBar
from searcher.tui.widgets.hit_list import HitList
from searcher.tui.widgets.key_hints import KeyHints
from searcher.tui.widgets.notice import Notice
from searcher.tui.widgets.query_line import QueryLine
from searcher.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.timer import Timer

    from searcher.archive import Archive
    from searcher.model import Hit, Stats
    from searcher.tui import messages
    from searcher.tui.actions import Place

SHORTEST_PAUSE = 0.005  # seconds after a key before a search starts, when searches are quick
LONGEST_PAUSE = 0.15
PATIENCE = 0.2  # seconds before we say that we are searching
FACET_PAUSE = 0.2
PROMPT = " › "


class SearchScreen(HitActions):
    """Where people live.

    Args:
        request: what to ask first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_at("search")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-medium"), (150, "-wide")]  # noqa: RUF012 - as Textual has it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-tall")]  # noqa: RUF012
    DEFAULT_CSS = """
    SearchScreen {
        background: $background;
        & > #top { height: 1; background: $surface; & > #prompt { width: 3; color: $accent; text-style: bold; } }
        & > #panes { height: 1fr; padding-top: 1; }
        &.-short > #panes { padding-top: 0; }
        & #facets { width: 34; display: none; border-right: solid $panel; }
        & #hits, & #notice { width: 1fr; }
        & #notice { display: none; }
        & #preview { width: 1fr; border-left: solid $panel; }
        & #ways { height: auto; padding: 0 2; color: $quiet; display: none;
            link-style: none; link-color: $foreground; link-style-hover: underline; link-background-hover: $background;
            link-color-hover: $accent; }
        &.-blank.-tall #ways { display: block; }
        &.-empty #hits { display: none; }
        &.-empty #notice { display: block; }
        &.-wide #facets { display: block; }
        &.-wide #hits { max-width: 96; }
        &.-wide.-no-facets #facets { display: none; }
        &.-facets #facets { display: block; }
        &.-narrow #preview, &.-short #preview, &.-no-preview #preview { display: none; }
        &.-medium.-facets #preview { display: none; }
        &.-no-preview #hits { max-width: 100%; }
        &.-narrow.-facets #facets, &.-short.-facets #facets { width: 1fr; border-right: none; }
        &.-narrow.-facets #hits, &.-short.-facets #hits { display: none; }
        &.-narrow.-facets #notice, &.-short.-facets #notice { display: none; }
    }
    """

    def __init__(self, archive: Archive, stats: Stats, request: Request) -> None:
        super().__init__()
        self.archive = archive
        self.stats = stats
        self.request = request
        self.results: Results | None = None
        self._undo: list[Request] = []
        self._generation = 0
        self._cancel = Event()
        self._took = 0.0
        self._pause: Timer | None = None
        self._patience: Timer | None = None
        self._facet_pause: Timer | None = None
        self._counted = -1  # the generation whose facets are shown
        self._keep: str | None = None
        self._shown: tuple[str, str] | None = None  # article and query that the preview shows or waits for
        self._ways: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay out the screen."""
        with Horizontal(id="top"):
            yield Static(PROMPT, id="prompt", markup=False)
            yield QueryLine(self.request.text, id="query")
        yield StatusLine(indent=len(PROMPT), id="status")
        yield FilterBar(id="filters")
        yield Static(id="ways", markup=False)
        with Horizontal(id="panes"):
            yield FacetPanel(id="facets")
            yield HitList(id="hits")
            yield Notice(id="notice")
            yield ArticleView(id="preview")
        yield KeyHints("query", "app")

    def on_mount(self) -> None:
        """Ask the first question."""
        kept = self.app.kept  # type: ignore[attr-defined]
        self._line.history = kept.history
        self._hits.read_ids = frozenset(kept.read)
        self.set_class(not kept.preview, "-no-preview")
        self._line.focus()
        self.query_one(FilterBar).show(self.request.filters)
        self._search(self.request)

    @property
    def _line(self) -> QueryLine:
        return self.query_one(QueryLine)

    @property
    def _hits(self) -> HitList:
        return self.query_one(HitList)

    @property
    def _facets(self) -> FacetPanel:
        return self.query_one(FacetPanel)

    @property
    def _status(self) -> StatusLine:
        return self.query_one(StatusLine)

    @property
    def _preview(self) -> ArticleView:
        return self.query_one("#preview", ArticleView)

    def hit_in_hand(self) -> Hit | None:
        """The hit under the cursor."""
        return self._hits.current

    def query_in_force(self) -> str:
        """The query that found it."""
        return self.results.request.query if self.results else ""

    # The search loop

    def ask(self, request: Request, *, undoable: bool = True) -> None:
        """Ask something else at once; the cursor stays on its article where the words stay the same."""
        if undoable and (request.filters, request.sort) != (self.request.filters, self.request.sort):
            self._undo.append(self.request)
        if self._line.value != request.text:
            with self.prevent(QueryLine.Changed):
                self._line.recall(request.text)
        if request.text == self.request.text and self._hits.current is not None:
            self._keep = self._hits.current.id
        self.query_one(FilterBar).show(request.filters)
        self._search(request)

    def on_query_edited(self, event: messages.QueryEdited) -> None:
        """Search once the fingers rest; how long that is depends on how long the last search took."""
        wanted = self.request.with_text(event.text)
        if self._pause is not None:
            self._pause.stop()
        if wanted.same_as(self.request):
            self.request = wanted
            self._look_for_completions()
            return
        pause = min(max(self._took / 2000, SHORTEST_PAUSE), LONGEST_PAUSE)
        self._pause = self.set_timer(pause, lambda: self._search(wanted, typing=True))

    def _look_for_completions(self) -> None:
        """Complete what is being typed, after its answer: the answer matters more."""
        if self._line.has_focus and self._line.value and self._line.cursor_at_end:
            self.run_worker(
                partial(fetch_completions, self, self.archive, self._line.value),
                thread=True,
                exclusive=True,
                group="complete",
            )

    def on_completions_found(self, event: messages.CompletionsFound) -> None:
        """Show a completion, if the text is still the one it was found for."""
        if self._line.value == event.text and self._line.cursor_at_end:
            self._line.offer(event.completions)

    def on_query_submitted(self, event: messages.QuerySubmitted) -> None:
        """Search without waiting, remember the query, and go to the results."""
        self.app.note_query(event.text)  # type: ignore[attr-defined]
        self._line.history = self.app.kept.history  # type: ignore[attr-defined]
        wanted = self.request.with_text(event.text)
        if self._pause is not None:
            self._pause.stop()
        if not wanted.same_as(self.request):
            self._search(wanted)
        elif self.results is not None and self.results.request in wanted.guesses:
            # What is on screen was found by a guess at the last word: now the line says so.
            self.request = self.results.request
            with self.prevent(QueryLine.Changed):
                self._line.recall(self.request.text)
        self._focus_results()

    def _search(self, request: Request, *, typing: bool = False) -> None:
        self.request = request
        self._generation += 1
        self._cancel.set()
        self._cancel = Event()
        if self._patience is None:
            self._patience = self.set_timer(PATIENCE, lambda: self._status.count("searching…"))
        self.run_worker(
            partial(fetch_answer, self, self.archive, request, self._generation, self._cancel, typing=typing),
            thread=True,
            exclusive=True,
            group="search",
        )

    def _settle(self) -> None:
        if self._patience is not None:
            self._patience.stop()
            self._patience = None

    def on_search_finished(self, event: messages.SearchFinished) -> None:
        """Show an answer, unless a newer question was asked."""
        if event.generation != self._generation:
            return
        self._settle()
        self._look_for_completions()
        page = event.page
        self._took = page.took_ms
        self.app.note_request(self.request)  # type: ignore[attr-defined]
        self.results = Results(event.request, page)
        self.set_class(page.total == 0, "-empty")
        self.set_class(event.request.is_blank and page.total > 0, "-blank")
        self._hits.show(self.results, keep=self._keep)
        self._keep = None
        if page.total == 0:
            self._explain_nothing()
            self._preview.clear()
            self._shown = None
        self._say_counts()
        if event.request.is_blank:
            self._suggest_ways()
        self._count_facets_soon()
        self._place_focus()

    def on_search_failed(self, event: messages.SearchFailed) -> None:
        """Say what is wrong, under the place; the last good results stay."""
        if event.generation != self._generation:
            return
        self._settle()
        self._look_for_completions()
        error = event.error
        if isinstance(error, QueryError) and error.query == self._line.value:
            self._status.complain(error)
        else:
            self._status.complain(QueryError(error.message, error.hint, query=self._line.value, span=(0, 0)))
        if self.results is None:
            self.add_class("-empty")
            self.query_one(Notice).show(error.message, [error.hint] if error.hint else [])

    def _say_counts(self) -> None:
        results = self.results
        if results is None:
            return
        page, request = results.first, results.request
        if request.is_blank:
            order = "oldest first" if request.sort == "oldest" else "newest first"
            self._status.tell(reading=order, counts=words.counted(page.total, "article"))
            return
        reading = f"read as {page.parsed}" if page.parsed.strip() != request.text.strip() else ""
        if request.filters or not page.total:
            reading = ""
        notes = [*page.notes]
        if not page.total_is_exact:
            notes.append(f"stopped after {words.milliseconds(page.took_ms)}")
        left = " · ".join(part for part in (reading, *notes) if part)
        if not page.total:
            self._status.tell(reading=left, counts="no hits" if page.total_is_exact else "no hits yet")
            return
        sort = {"relevance": "best first", "newest": "newest first", "oldest": "oldest first"}[request.effective_sort]
        timing = words.milliseconds(page.took_ms)
        self._status.tell(
            reading=left, counts=f"{words.hits(page.total, exact=page.total_is_exact)} · {sort} · {timing}"
        )

    def _suggest_ways(self) -> None:
        """Offer questions that are sure to find something: they are taken from the newest articles themselves."""
        from textual.content import Content
        from textual.style import Style

        hits = self.results.first.hits if self.results else ()
        self._ways = _examples(hits)
        pieces: list[Content | str | tuple[str, str]] = [("Type to search. Try  ", "$quiet")]
        for number, example in enumerate(self._ways):
            pieces += [
                Content.styled(safe(example), Style.from_meta({"@click": f"screen.try_example({number})"})),
                "   ",
            ]
        self.query_one("#ways", Static).update(Content.assemble(*pieces))

    def action_try_example(self, number: int) -> None:
        """Ask the example that was clicked."""
        if number < len(self._ways):
            self.ask(self.request.with_text(self._ways[number]))

    def _explain_nothing(self) -> None:
        if self.results is None:
            return
        page, request = self.results.first, self.results.request
        if not self.stats.articles:
            self.query_one(Notice).show("The index is empty", ["Fill it with: searcher index FOLDER"])
            return
        ways: list[Choice] = []
        if page.corrected:
            ways.append(
                Choice(f"Search for {page.corrected}", "spelling", replace(request, text=page.corrected, filters=()))
            )
        ways += [Choice(f"Without “{item.label}”", "filter", request.without(item)) for item in request.filters]
        plain = request.text.split()
        if len(plain) > 1 and all(word.isalnum() for word in plain) and not {"AND", "OR", "NOT"} & set(plain):
            ways.append(Choice("Any of the words", " OR ".join(plain), request.with_text(" OR ".join(plain))))
        ways.append(Choice("How to write a query", "help", "help"))
        ways.append(Choice("Show the newest articles", "", Request(sort=request.sort)))
        self.query_one(Notice).show("Nothing matches", [f"Read as {page.parsed}", *page.notes], ways)

    def on_notice_taken(self, event: Notice.Taken) -> None:
        """Go the way that was chosen."""
        if event.choice.value == "help":
            self.app.run_action_by_name("help")  # type: ignore[attr-defined]
        else:
            self.ask(event.choice.value)
            self._focus_results()

    # More hits

    def on_hits_wanted(self, event: messages.HitsWanted) -> None:
        """Fetch the pages that came into view."""
        results = self.results
        if results is None:
            return
        for offset in results.missing(event.first, event.last):
            self.run_worker(
                partial(fetch_page, self, self.archive, results.request, offset, self._generation),
                thread=True,
                group="pages",
            )

    def on_hits_fetched(self, event: messages.HitsFetched) -> None:
        """Show further hits of the same answer."""
        if event.generation == self._generation and self.results is not None:
            self.results.add(event.page)
            self._hits.take()

    def on_hits_not_fetched(self, event: messages.HitsNotFetched) -> None:
        """Leave the place empty; it may be asked for again."""
        if event.generation == self._generation and self.results is not None:
            self.results.not_fetched(event.offset)

    # Facets

    def _count_facets_soon(self) -> None:
        if self._facet_pause is not None:
            self._facet_pause.stop()
        self._facet_pause = self.set_timer(FACET_PAUSE, self._count_facets)

    def _count_facets(self) -> None:
        if self.results is None or self._counted == self._generation or not self._facets.display:
            return
        self._counted = self._generation
        self.run_worker(
            partial(fetch_facets, self, self.archive, self.results.request, self._generation, self._cancel),
            thread=True,
            exclusive=True,
            group="facets",
        )

    def on_facets_counted(self, event: messages.FacetsCounted) -> None:
        """Show the facets of the answer on screen."""
        if event.generation == self._generation:
            self._facets.show(event.facets, event.timeline, self.request.filters)

    def on_filter_chosen(self, event: messages.FilterChosen) -> None:
        """Narrow, or take the filter away if it is in force already."""
        chosen = event.filter
        if chosen in self.request.filters:
            self.ask(self.request.without(chosen))
        else:
            self.ask(self.request.narrowed(chosen))

    def on_filter_dropped(self, event: messages.FilterDropped) -> None:
        """Widen again."""
        self.ask(self.request.without(event.filter))

    # Preview

    def on_hit_highlighted(self, event: messages.HitHighlighted) -> None:
        """Read the article under the cursor into the preview."""
        wanted = (event.hit_id, self.query_in_force())
        if not self._preview.display or wanted == self._shown:
            return
        self._shown = wanted
        self.run_worker(
            partial(fetch_article, self, self.archive, *wanted),
            thread=True,
            exclusive=True,
            group="preview",
        )

    def on_article_fetched(self, event: messages.ArticleFetched) -> None:
        """Show the preview, with its first match in view, if its article is still the one in hand."""
        if (event.article.id, event.query) == self._shown:
            self._preview.show(event.article, event.title_matches, event.text_matches)
            self._preview.reveal_first()

    def on_article_not_fetched(self, event: messages.ArticleNotFetched) -> None:
        """Show no preview for what cannot be read."""
        if self._shown is not None and event.article_id == self._shown[0]:
            self._preview.clear()

    def on_hit_chosen(self, event: messages.HitChosen) -> None:
        """Read an article."""
        if self.results is None:
            return
        self.app.note_query(self.request.text)  # type: ignore[attr-defined]
        self._line.history = self.app.kept.history  # type: ignore[attr-defined]
        reader = ReaderScreen(self.archive, self.results, event.hit_id, self.query_in_force())
        self.app.push_screen(reader, self._come_back)

    def _come_back(self, hit_id: str | None) -> None:
        self._hits.read_ids = frozenset(self.app.kept.read)  # type: ignore[attr-defined]
        if hit_id is not None:
            self._hits.select(hit_id)
        self._hits.take()
        self._hits.focus()

    # Where the keys go

    def on_descendant_focus(self) -> None:
        """Show the keys of the pane that has the focus."""
        self._show_keys()

    def _show_keys(self) -> None:
        nearest: dict[str | None, tuple[Place, ...]] = {
            "query": ("query", "app"),
            "hits": ("hits", "search", "app"),
            "facets": ("facets", "search", "app"),
            "preview": ("text", "search", "app"),
            "notice": ("notice", "search", "app"),
        }
        focused = self.focused.id if self.focused else None
        self.query_one(KeyHints).show(*nearest.get(focused, ("search", "app")))

    def _focus_results(self) -> None:
        (self.query_one(Notice) if self.has_class("-empty") else self._hits).focus()

    def _place_focus(self) -> None:
        """Keep the focus on something that is to be seen."""
        focused = self.focused
        if (focused is self._hits and self.has_class("-empty")) or (
            focused is self.query_one(Notice) and not self.has_class("-empty")
        ):
            self._focus_results()

    def on_history_left(self) -> None:
        """Go down from the query line."""
        self._focus_results()

    def on_hits_left(self) -> None:
        """Go up from the first result."""
        self._line.focus()

    def action_edit_query(self) -> None:
        """Go to the query line."""
        self._line.focus()

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self.focus_next()

    def action_previous_pane(self) -> None:
        """Go to the pane before."""
        self.focus_previous()

    def action_climb(self) -> None:
        """Go one level up: out of the pane, then out of the last filter, then to the query line."""
        if self.focused is self._preview:
            self._focus_results()
        elif self.request.filters:
            self.ask(self.request.without(self.request.filters[-1]))
        else:
            self._line.focus()

    def action_leave(self) -> None:
        """Quit."""
        self.app.exit()

    def action_facets(self) -> None:
        """Show the facets and go there."""
        self.add_class("-facets")
        self.call_after_refresh(self._enter_facets)

    def on_facets_left(self) -> None:
        """Go back to the results; the facets go where there is no room for both."""
        self.remove_class("-facets")
        self._focus_results()

    def _enter_facets(self) -> None:
        self._facets.focus()
        self._count_facets()

    def action_toggle_preview(self) -> None:
        """Show or hide the preview."""
        self.toggle_class("-no-preview")
        self.app.note(preview=not self.has_class("-no-preview"))  # type: ignore[attr-defined]
        self._shown = None
        if self._hits.current is not None:
            self.call_after_refresh(self._hits.take)

    def action_preview_down(self) -> None:
        """Scroll the preview down."""
        self._preview.action_half_down()

    def action_preview_up(self) -> None:
        """Scroll the preview up."""
        self._preview.action_half_up()

    def on_resize(self) -> None:
        """Count facets that came into view; ask for a preview that did."""
        self.call_after_refresh(self._fill_panes)

    def _fill_panes(self) -> None:
        self._count_facets()
        if self._preview.display and self._shown is None:
            self._hits.take()

    # Asking differently

    def action_sort(self) -> None:
        """Sort by relevance, then newest first, then oldest first."""
        following = SORTS[(SORTS.index(self.request.sort) + 1) % len(SORTS)]
        self.ask(replace(self.request, sort=following), undoable=False)

    def action_undo_filter(self) -> None:
        """Take back the last change of the filters."""
        if self._undo:
            before = self._undo.pop()
            self.ask(replace(self.request, filters=before.filters), undoable=False)
        else:
            self.notify("There is no change to take back.", markup=False)

    def action_remove_filters(self) -> None:
        """Choose filters to remove."""
        if not self.request.filters:
            self.notify("There are no filters.", markup=False)
            return
        choices = [Choice(item.label, "remove", self.request.without(item)) for item in self.request.filters]
        if len(choices) > 1:
            choices.append(Choice("all of them", "remove", replace(self.request, filters=())))
        self._pick("Remove a filter", choices)

    def _pick(self, title: str, choices: list[Choice]) -> None:
        def picked(request: Request | None) -> None:
            if request is not None:
                self.ask(request)

        self.app.push_screen(Picker(title, choices), picked)

    def action_dates(self) -> None:
        """Narrow to a span of dates."""
        presets = ("today", "yesterday", "last week", "last month", "last year", "unknown")

        def narrowed(text: str) -> Request:
            kept = tuple(item for item in self.request.filters if item.field != "date")
            return replace(self.request, filters=(*kept, Filter("date", text)))

        choices = [Choice(text, "", narrowed(text)) for text in presets]

        def picked(request: Request | None) -> None:
            if request is not None:
                self.ask(request)

        self.app.push_screen(
            Picker(
                "Dates",
                choices,
                prompt="2020-11   2020-11-09..2020-11-20   ..2019   3m..",
                free=lambda text: Choice(text, "this date", narrowed(text)),
            ),
            picked,
        )

    def action_history(self) -> None:
        """Search the history."""
        history = self.app.kept.history  # type: ignore[attr-defined]
        if not history:
            self.notify("No query was kept yet: Enter in the query line keeps one.", markup=False)
            return
        self._pick("Earlier queries", [Choice(text, "", self.request.with_text(text)) for text in reversed(history)])

    def action_timeline(self) -> None:
        """Show the results over time."""
        from searcher.tui.screens.timeline import TimelineScreen

        def narrowed(chosen: Filter | None) -> None:
            if chosen is not None:
                kept = tuple(item for item in self.request.filters if item.field != "date")
                self.ask(replace(self.request, filters=(*kept, chosen)))

        self.app.push_screen(TimelineScreen(self.archive, self.query_in_force()), narrowed)

    # The index

    def on_index_changed(self, event: messages.IndexChanged) -> None:
        """Say that there is something new; the results stay until they are asked for again."""
        gained = event.stats.articles - self.stats.articles
        self.stats = event.stats
        what = words.counted(gained, "new article") if gained > 0 else "The index has changed"
        self._status.tell(reading=f"{what}: r to refresh")

    def action_refresh(self) -> None:
        """Ask the same again; the cursor stays on its article."""
        self.ask(self.request, undoable=False)

    def action_update_index(self) -> None:
        """Bring the index up to date in the background."""
        self.app.update_index()  # type: ignore[attr-defined]

    def on_unmount(self) -> None:
        """Stop what is still being searched."""
        self._cancel.set()

    def tell_progress(self, text: str) -> None:
        """Say how far a run of indexing in the background is."""
        self._status.count(text)

    def tell_counts(self) -> None:
        """Say again what was found."""
        self._say_counts()


def _examples(hits: tuple[Hit, ...]) -> tuple[str, ...]:
    """Make up to three queries that find some of these hits."""
    examples: list[str] = []
    for hit in hits:
        long = [word for word in safe(hit.title).split() if word.isalpha() and len(word) > 4]
        if len(long) > 1:
            examples.append(" ".join(long[:2]).lower())
            break
    people = [name for hit in hits for name in hit.people if " " in name]
    if people:
        examples.append(f'person:"{max(people, key=people.count)}"')
    dates = [hit.date for hit in hits if hit.date is not None and hit.date.month]
    if dates:
        examples.append(f"date:{str(dates[0])[:7]}")
    return tuple(examples)
