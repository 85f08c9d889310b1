"""The application: it opens the archive and hands actions to who can do them.

What is not on the first screen is imported when it is needed: the first screen is there sooner.
"""

from __future__ import annotations

import asyncio
import gc
import os
import time
from dataclasses import replace
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import SystemCommand
from textual.widget import Widget

from searcher.errors import CancelledError
from searcher.tui import themes
from searcher.tui.actions import Place, actions_at, bindings_at, shown_keys
from searcher.tui.allocator import give_back_free_blocks
from searcher.tui.keeping import Keeping
from searcher.tui.leaving import leave_when_asked
from searcher.tui.messages import ArchiveNotOpened, ArchiveOpened
from searcher.tui.opening import Opening, of_archive, of_config
from searcher.tui.request import Request
from searcher.tui.screens.opening import OpeningScreen
from searcher.tui.type_ahead import Followed, TypeAhead, Typed
from searcher.tui.typography import safe
from searcher.tui.unexpected import as_searcher_error
from searcher.tui.words import counted, said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from textual.actions import ActionParseResult
    from textual.binding import BindingType
    from textual.dom import DOMNode
    from textual.screen import Screen

    from searcher.archive import Archive
    from searcher.config import Config
    from searcher.tui import messages
    from searcher.tui.results import Reading
    from searcher.tui.screens.search import SearchScreen

LOOK_EVERY = 2.0  # seconds between looks for a newer index
CALM = 1.0  # seconds without a key after which nobody notices a pause
LAYOUT_PAUSE = 0.005  # seconds between looks whether a screen is laid out
LAYOUT_LOOKS = 400


class SearcherApp(Keeping):
    """The terminal UI.

    Args:
        opening: how the archive is opened and built.
        query: what the query line holds at the start; what was asked last time when empty.
        state_path: the file in which things are kept; None keeps nothing.
        keys: action names to keys, in place of the registry's.

    Attributes:
        archive, search_screen: None until the index is open.
        type_ahead: holds the keys that come too fast.
    """

    TITLE = "searcher"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_at("app")]
    ENABLE_COMMAND_PALETTE = True
    CSS = """
    ToastRack { align-horizontal: right; }
    Toast { max-width: 70; }
    """

    def __init__(
        self,
        opening: Opening,
        *,
        query: str = "",
        state_path: Path | None = None,
        keys: Mapping[str, str] | None = None,
    ) -> None:
        self.keys: dict[str, str] = dict(keys or {})
        super().__init__(opening.name, state_path)
        self._opening = opening
        self._query = query
        self.archive: Archive | None = None
        self.search_screen: SearchScreen | None = None
        self._indexing: Event | None = None
        self._touched = 0.0
        self.type_ahead = TypeAhead(self, self._take)

    @classmethod
    def of(cls, archive: Archive | Config, *, query: str = "") -> SearcherApp:
        """Make the UI of an archive or of a configuration, keeping things in the user's state folder."""
        from searcher.config import Config, state_folder, user_keys

        opening = of_config(archive) if isinstance(archive, Config) else of_archive(archive)
        return cls(opening, query=query, state_path=state_folder() / "tui.json", keys=user_keys())

    # Starting and stopping

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give the variables of our own that a theme may not know."""
        return themes.defaults(self.current_theme)

    def on_mount(self) -> None:
        """Dress, and open the archive."""
        for theme in themes.THEMES:
            self.register_theme(theme)
        chosen = self.kept.theme
        self.theme = chosen if chosen in self.available_themes else themes.suited(os.environ).name
        self.theme_changed_signal.subscribe(self, self.note_theme)
        if self.keys:
            self.set_keymap(self.keys)
        if not self.is_headless:
            leave_when_asked(self.exit)
        self.push_screen(OpeningScreen(self._query or self.kept.request.text))
        self.call_after_refresh(self.open_archive)

    def open_archive(self) -> None:
        """Open the index in a thread."""
        self.run_worker(self._open, thread=True, exclusive=True, group="open")

    def _open(self) -> None:
        try:
            archive = self._opening.open()
            import searcher.tui.screens.search  # noqa: F401 - here it holds up no key

            opened = ArchiveOpened(archive, archive.stats())
        except Exception as error:  # noqa: BLE001 - the last net
            self.post_message(ArchiveNotOpened(as_searcher_error(error)))
        else:
            self.post_message(opened)

    def on_archive_opened(self, event: ArchiveOpened) -> None:
        """Go to the search."""
        from searcher.tui.screens.search import SearchScreen

        self.archive = event.archive
        request = Request(self._query) if self._query else self.kept.request
        if isinstance(self.screen, OpeningScreen):
            request = request.with_text(self.screen.text)
        self.search_screen = SearchScreen(event.archive, event.stats, request)
        self.switch_screen(self.search_screen)
        self.set_interval(LOOK_EVERY, self._look_for_changes)
        self.set_interval(LOOK_EVERY, self._collect_garbage)
        gc.collect()
        gc.freeze()

    def on_archive_not_opened(self, event: ArchiveNotOpened) -> None:
        """Say why there is nothing to search."""
        from searcher.tui.screens.build import BuildScreen

        self.switch_screen(BuildScreen(self._opening, event.error))

    def _look_for_changes(self) -> None:
        from searcher.tui.fetching import look_for_changes

        search = self.search_screen
        if search is not None and self.archive is not None and self._indexing is None:
            self.run_worker(partial(look_for_changes, search, self.archive), thread=True, exclusive=True, group="look")

    def on_unmount(self) -> None:
        """Keep what is to be kept."""
        if self._indexing is not None:
            self._indexing.set()
        self.save()
        if self.archive is not None:
            self.archive.close()

    async def on_event(self, event: events.Event) -> None:
        """Note when the user last did something, and handle keys one after the other."""
        if isinstance(event, events.InputEvent):
            self._touched = time.monotonic()
            if not self.screen_stack:
                return  # pressed behind the key that quits
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        elif not self.type_ahead.holds(event):
            await self._take(event)

    async def _take(self, typed: Typed) -> None:
        if self.screen_stack:
            target = self.focused or self.screen
            await super().on_event(typed)
            self.type_ahead.follow(typed, target)

    async def on_followed(self, event: Followed) -> None:
        """Handle the keys that waited for one before them."""
        if self.screen_stack:
            await self.type_ahead.arrived(event)

    def _collect_garbage(self) -> None:
        """Look for garbage while nobody waits: amid typing, Python's own collector would hold a frame up."""
        if time.monotonic() - self._touched > CALM:
            gc.collect()
            give_back_free_blocks()

    # Actions

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run an action once its screen is laid out, and only while it is shown.

        Keys that come fast reach a screen that an earlier one of them has just opened, or has closed.
        """
        screen = default_namespace.screen if isinstance(default_namespace, Widget) else None
        if screen is not None:
            for _ in range(LAYOUT_LOOKS):
                if screen.is_mounted:
                    break
                await asyncio.sleep(LAYOUT_PAUSE)
            if not (screen.is_mounted and screen.is_current):
                return False
        return await super().run_action(action, default_namespace, namespaces)

    def run_action_by_name(self, name: str) -> None:
        """Do what an action of the registry says, wherever in the focus chain it can be done."""
        node: Any = self.focused or self.screen
        while node is not None:
            method = getattr(node, f"action_{name}", None)
            if method is not None:
                self.call_next(method)
                return
            node = node.parent

    def action_do(self, name: str) -> None:
        """Do what was clicked in the footer."""
        self.run_action_by_name(name)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Offer every action that can be done here, by name."""
        chosen: list[str] = []
        for place in (*places_of(screen), *(("hits",) if screen is self.search_screen else ()), "app"):
            for action in actions_at(place):
                if action.palette and action.name not in chosen:
                    chosen.append(action.name)
                    keys = "  ".join(shown_keys(action, self.keys))
                    title = f"{action.label}: {action.help.removesuffix('.')}"
                    yield SystemCommand(title, keys, partial(self._do_from_palette, action.name))

    def _do_from_palette(self, name: str) -> None:
        search = self.search_screen
        hits = search.query_one("#hits") if search is not None and search is self.screen else None
        if hits is not None and hasattr(hits, f"action_{name}"):
            hits.focus()
            self.call_later(getattr(hits, f"action_{name}"))
        else:
            self.call_later(self.run_action_by_name, name)

    def action_help(self) -> None:
        """Show the help; do or search what is chosen there."""
        from searcher.tui.screens.help import HelpScreen
        from searcher.tui.screens.picker import Picker

        if isinstance(self.screen, Picker):
            return

        def chosen(value: tuple[str, str] | None) -> None:
            if value is None:
                return
            kind, what = value
            if kind == "query":
                self.search_for(what)
            else:
                self._do_from_palette(what)

        self.push_screen(HelpScreen(self.keys, *places_of(self.screen)), chosen)

    def action_theme(self) -> None:
        """Choose the colours."""
        from searcher.tui.screens.picker import Picker
        from searcher.tui.widgets.choice_list import Choice

        choices = [Choice(said, "now" if name == self.theme else "", name) for name, said in themes.OFFERED]

        def chosen(name: str | None) -> None:
            if name is not None:
                self.theme = name

        self.push_screen(Picker("Colours", choices), chosen)

    def read(self, reading: Reading, then: Callable[[str | None], None] | None = None) -> None:
        """Open the reader; `then` is told which article was read last."""
        from searcher.tui.screens.reader import ReaderScreen

        if self.archive is not None:
            self.push_screen(ReaderScreen(self.archive, reading), then)

    def search_for(self, text: str) -> None:
        """Go back to the search screen and search for a text."""
        search = self.search_screen
        if search is None:
            return
        while self.screen is not search and len(self.screen_stack) > 1:
            self.pop_screen()
        self.note_query(text)
        search.narrow(replace(search.request, text=text, filters=()))

    def on_link_followed(self, event: messages.LinkFollowed) -> None:
        """Search for the person or the day that was clicked."""
        self.search_for(event.query)

    # Indexing in the background

    def update_index(self) -> None:
        """Bring the index up to date while searching goes on; asked again, stop."""
        if self._indexing is not None:
            self._indexing.set()
            return
        from searcher.tui.indexing import run_indexing

        self._indexing = Event()
        self.run_worker(partial(run_indexing, self, self._opening, self._indexing), thread=True, group="index")
        self.notify("Bringing the index up to date…", markup=False)

    def on_index_progressed(self, event: messages.IndexProgressed) -> None:
        """Show how far it is."""
        if self.search_screen is not None:
            self.search_screen.tell_progress(event.words)

    def on_index_finished(self, event: messages.IndexFinished) -> None:
        """Say what was done."""
        self._indexing = None
        report = event.report
        self._end_indexing(
            f"The index is up to date: {report.added:,} added, {report.updated:,} updated, {report.removed:,} removed"
            + (f", {counted(len(report.failed), 'file')} not readable" if report.failed else "")
        )

    def on_index_failed(self, event: messages.IndexFailed) -> None:
        """Say why it ended."""
        self._indexing = None
        stopped = isinstance(event.error, CancelledError)
        self._end_indexing("Stopped. What was done is kept." if stopped else safe(said(event.error)))

    def _end_indexing(self, words: str) -> None:
        self.notify(words, markup=False)
        if self.search_screen is not None:
            self.search_screen.tell_counts()
        self._look_for_changes()


def places_of(screen: Screen[Any]) -> tuple[Place, ...]:
    """Say where the keys go on a screen, nearest first."""
    return getattr(screen, "places", ())
