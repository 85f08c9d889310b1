"""What stands beside the hits and follows them: completions of the query, facets and the preview of an article."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from searcher.tui.fetching import fetch_article, fetch_completions, fetch_facets
from searcher.tui.screens.panes import Panes

if TYPE_CHECKING:
    from threading import Event

    from textual.timer import Timer

    from searcher.tui import messages
    from searcher.tui.request import Request
    from searcher.tui.results import Results

COMPLETION_PAUSE = 0.1


class Beside(Panes):
    """Fetches each of them for the answer on screen, and shows it if that is still the same.

    Attributes:
        results: the answer on screen, or None before the first.
        answered: the generation of the question that it answers.
    """

    def __init__(self, request: Request) -> None:
        super().__init__(request)
        self.results: Results | None = None
        self.answered = 0
        self._completion_pause: Timer | None = None
        self._counted = -1  # the generation whose facets are shown or waited for
        self._shown: tuple[str, str] | None = None  # article and query that the preview shows or waits for

    @property
    def cancel(self) -> Event:
        """Set when the answer to the newest question is not wanted any more."""
        raise NotImplementedError

    def query_in_force(self) -> str:
        """The query that found it."""
        return "" if self.results is None else self.results.request.query

    def fill_panes(self) -> None:
        """Count facets and read a preview for panes that came into view."""
        self.count_facets()
        if not self._preview.display:
            self._shown = None
        elif self._shown is None and self._hits.current is not None:
            self._read_beside(self._hits.current.id)

    # Completions

    def complete_soon(self) -> None:
        """Complete what is being typed once the fingers rest: the answer matters more."""
        if self._completion_pause is not None:
            self._completion_pause.stop()
        self._completion_pause = self.set_timer(COMPLETION_PAUSE, self._complete)

    def _complete(self) -> None:
        if self._line.has_focus and self._line.value and self._line.cursor_at_end:
            fetch = partial(fetch_completions, self, self.archive, self._line.value)
            self.run_worker(fetch, thread=True, exclusive=True, group="complete")

    def on_completions_found(self, event: messages.CompletionsFound) -> None:
        """Show a completion, if the text is still the one it was found for."""
        if self._line.value == event.text and self._line.cursor_at_end:
            self._line.offer(event.completions)

    # Facets

    def count_facets(self) -> None:
        """Count the facets of the answer on screen, if there is room for them."""
        generation = self.answered
        if self.results is None or self._counted == generation or not self._facets.display:
            return
        self._counted = generation
        fetch = partial(fetch_facets, self, self.archive, self.results.request, generation, self.cancel)
        self.run_worker(fetch, thread=True, exclusive=True, group="facets")

    def on_facets_counted(self, event: messages.FacetsCounted) -> None:
        """Show the facets of the answer on screen."""
        if event.generation == self.answered:
            self._facets.show(event.facets, event.timeline, self.request.filters)

    # Preview

    def on_hit_highlighted(self, event: messages.HitHighlighted) -> None:
        """Read the article under the cursor into the preview."""
        if self._preview.display:
            self._read_beside(event.hit_id)

    def _read_beside(self, article_id: str) -> None:
        wanted = (article_id, self.query_in_force())
        if wanted == self._shown:
            return
        self._shown = wanted
        fetch = partial(fetch_article, self, self.archive, *wanted)
        self.run_worker(fetch, thread=True, exclusive=True, group="preview")

    def on_article_fetched(self, event: messages.ArticleFetched) -> None:
        """Show the preview, with its first match in view, if its article is still the one in hand."""
        if (event.article.id, event.query) == self._shown:
            self._preview.show(event.article, event.title_matches, event.text_matches)
            self._preview.reveal_first()

    def on_article_not_fetched(self, event: messages.ArticleNotFetched) -> None:
        """Show no preview for what cannot be read."""
        if self._shown is not None and event.article_id == self._shown[0]:
            self._preview.clear()

    def clear_preview(self) -> None:
        """Show no preview."""
        self._preview.clear()
        self._shown = None
