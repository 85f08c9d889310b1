"""Read one article: its facts, its text, every match; then the next one."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.widgets import Static

from searcher.tui.actions import bindings_at
from searcher.tui.fetching import fetch_article, fetch_comparison, fetch_hits
from searcher.tui.screens.closing import close
from searcher.tui.screens.hit_actions import HitActions
from searcher.tui.screens.picker import Picker
from searcher.tui.typography import clip, safe
from searcher.tui.widgets.article_view import ArticleView
from searcher.tui.widgets.choice_list import Choice
from searcher.tui.widgets.find_line import FindLine
from searcher.tui.widgets.key_hints import KeyHints
from searcher.tui.words import STAR, counted

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from searcher.archive import Archive
    from searcher.model import Article, Hit, Span
    from searcher.tui import messages
    from searcher.tui.actions import Place
    from searcher.tui.messages import ArticleFetched, ArticleNotFetched, HitsFetched
    from searcher.tui.results import Reading


class Heading(Static):
    """The line above the text: which article of how many, which match of how many."""

    DEFAULT_CSS = """
    Heading {
        height: 1; padding: 0 1; background: $surface; color: $quiet; text-wrap: nowrap; text-overflow: ellipsis;
    }
    """


class ReaderScreen(HitActions):
    """The reader. Its answer is the id of the article last read, so that the results' cursor can follow."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_at("reader")]
    DEFAULT_CSS = """
    ReaderScreen {
        background: $background;
        & > #article { height: 1fr; padding-top: 1; }
    }
    """

    def __init__(self, archive: Archive, reading: Reading) -> None:
        super().__init__()
        self.archive = archive
        self._reading = reading
        self._results = reading.results
        self._place = reading.results.place(reading.hit_id) or 0
        self._wanted: int | None = None
        self._found: str = ""

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        yield Heading(markup=False, id="heading")
        yield ArticleView(id="article", centred=True)
        yield FindLine()
        yield KeyHints("reader", "app")

    def on_mount(self) -> None:
        """Read the first article."""
        self.query_one(ArticleView).focus()
        self._read()

    @property
    def _view(self) -> ArticleView:
        return self.query_one(ArticleView)

    @property
    def article(self) -> Article | None:
        """The article on the page, or None while it is being read."""
        shown, hit = self._view.article, self.hit_in_hand()
        return shown if shown is not None and hit is not None and shown.id == hit.id else None

    def hit_in_hand(self) -> Hit | None:
        """The hit being read."""
        return self._results.hit(self._place)

    def query_in_force(self) -> str:
        """The query that found it."""
        return self._reading.query

    def passage_in_hand(self) -> str:
        """The words selected with the mouse, else the paragraph of the match that n and N are at."""
        return self.get_selected_text() or self._view.passage

    def show_stars(self) -> None:
        """Show whether this article is starred."""
        self._head()

    # From article to article

    def _read(self) -> None:
        hit = self.hit_in_hand()
        if hit is not None:
            self._found = ""
            fetch = (
                partial(fetch_article, self, self.archive, hit.id, self._reading.query)
                if self._reading.beside is None
                else partial(fetch_comparison, self, self.archive, hit.id, self._reading.beside.id)
            )
            self.run_worker(fetch, thread=True, exclusive=True, group="read")
        self._head()

    def on_article_fetched(self, event: ArticleFetched) -> None:
        """Show the article where it was left, unless another one is wanted by now."""
        hit = self.hit_in_hand()
        if hit is None or event.article.id != hit.id:
            return
        view = self._view
        view.show(event.article, event.title_matches, event.text_matches)
        position = self.app.kept.positions.get(hit.id, 0)  # type: ignore[attr-defined]
        if position:
            view.position = position
        self._head()

    def on_article_not_fetched(self, event: ArticleNotFetched) -> None:
        """Say why there is nothing to read."""
        self.complain(event.error)

    def _keep_place(self) -> None:
        if self.article is not None:
            self.app.note_reading(self.article.id, self._view.position)  # type: ignore[attr-defined]

    def _go(self, place: int) -> None:
        if not 0 <= place < len(self._results):
            self.notify("This is the last article." if place > 0 else "This is the first article.", markup=False)
            return
        if self._results.hit(place) is None:
            missing = self._results.missing(place, place) if self._reading.paged else None
            if missing is not None:
                self._wanted = place
                fetch = partial(fetch_hits, self, self.archive, self._results.request, missing, 0)
                self.run_worker(fetch, thread=True, exclusive=True, group="hits")
            return
        self._keep_place()
        self._place = place
        self._read()

    def on_hits_fetched(self, event: HitsFetched) -> None:
        """Go on to the article that was waited for."""
        self._results.add(event.page.hits, event.page.offset)
        wanted, self._wanted = self._wanted, None
        if wanted is not None and self._results.hit(wanted) is not None:
            self._go(wanted)

    def on_hits_not_fetched(self) -> None:
        """Stay here; it may be asked for again."""
        self._wanted = None

    def action_next_article(self) -> None:
        """Read the next hit."""
        self._go(self._place + 1)

    def action_previous_article(self) -> None:
        """Read the hit before."""
        self._go(self._place - 1)

    def action_back(self) -> None:
        """Take the marks of what was found away, else go back to where the article was chosen."""
        if not self.is_current or not self.is_mounted:
            return
        if self._found:
            self._found = ""
            self._mark_found()
            return
        self._keep_place()
        hit = self.hit_in_hand()
        close(self, hit.id if hit else None)

    # Matches

    def _head(self) -> None:
        marked = self._view.marked
        hit = self.hit_in_hand()
        count = len(marked.spans)
        sought = f" of “{clip(safe(self._found), 20)}”" if self._found else ""
        if self.article is None:
            matches = ""
        elif self._reading.beside is not None and not self._found:
            number = f"{marked.current + 1}/{count}" if marked.current >= 0 else f"{count:,}"
            here = safe(self._reading.beside.source or self._reading.beside.title)
            matches = f"{number} {'place differs' if count == 1 else 'places differ'} from {here}"
        elif not (self._found or self._reading.query.strip()):
            matches = ""
        elif marked.current < 0:
            matches = f"{counted(count, 'match', 'matches') if count else 'no match'}{sought}"
        else:
            matches = f"match {marked.current + 1}/{count}{sought}"
        place = f"{self._place + 1:,} of {len(self._results):,}"
        name = safe(hit.source or hit.title) if hit else ""
        star = STAR if hit and hit.id in self.app.kept.starred else ""  # type: ignore[attr-defined]
        self.query_one(Heading).update(" · ".join(filter(None, (star, place, matches, name))), layout=False)

    def action_next_match(self) -> None:
        """Go to the next match."""
        self._view.step(1)
        self._head()

    def action_previous_match(self) -> None:
        """Go to the match before."""
        self._view.step(-1)
        self._head()

    def action_find(self) -> None:
        """Open the line to find words in this article."""
        self.query_one(FindLine).open(self._found)

    def on_find_edited(self, event: messages.FindEdited) -> None:
        """Mark what is being typed."""
        self._found = event.text
        self._mark_found()
        self._view.reveal_first()

    def on_find_ended(self, event: messages.FindEnded) -> None:
        """Go to the first place found."""
        self._view.focus()
        if self._found and event.go:
            self.action_next_match()

    def on_descendant_focus(self) -> None:
        """Show the keys of the find line while it is open."""
        self.query_one(KeyHints).show(self.places[0], "app")

    @property
    def places(self) -> tuple[Place, ...]:
        """Where the keys go now, nearest first."""
        return ("find",) if isinstance(self.focused, FindLine) else ("reader", "text")

    def _mark_found(self) -> None:
        article = self.article
        if article is None:
            return
        if self._found:
            wanted = re.compile(re.escape(self._found).replace(r"\ ", r"\s+"), re.IGNORECASE)
            text = article.raw if self._view.raw else article.text
            self._view.mark(_spans(wanted, article.title), _spans(wanted, text))
            self._head()
        else:
            self._read()

    # The article

    def on_link_followed(self) -> None:
        """Keep the place of what is left for what was clicked."""
        self._keep_place()

    def action_basis(self) -> None:
        """Show how each fact is known, or go back to reading."""
        self._view.basis = not self._view.basis

    def action_raw(self) -> None:
        """Show all that is in the file, or the story alone."""
        self._view.raw = not self._view.raw
        self._head()

    def action_copy_text(self) -> None:
        """Copy the whole text."""
        if self.article is not None:
            self.app.copy_to_clipboard(f"{self.article.title}\n\n{self.article.text}")
            self.notify("Copied the text.", markup=False)

    def action_follow(self) -> None:
        """Search for a person whom the article names, or a day that it mentions."""
        article = self.article
        if article is None:
            return
        people = [
            Choice(person.name, f"{len(person.spans)}×", f'person:"{person.name}"') for person in article.facts.people
        ]
        days = dict.fromkeys(str(mention.value) for mention in article.facts.mentions)
        choices = [
            *([Choice("People", heading=True), *people] if people else []),
            *([Choice("Days it speaks of", heading=True)] if days else []),
            *(Choice(day, "articles that speak of that day", f"mentions:{day}") for day in days),
        ]
        if not choices:
            self.notify("No person or day is known in this article.", markup=False)
            return

        def followed(query: str | None) -> None:
            if query is not None:
                self._keep_place()
                self.app.search_for(query)  # type: ignore[attr-defined]

        self.app.push_screen(Picker("Search for", choices), followed)


def _spans(pattern: re.Pattern[str], text: str) -> list[Span]:
    return [found.span() for found in pattern.finditer(text) if found.group()]
