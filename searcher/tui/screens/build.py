"""No index, or one that cannot be opened: why, what to do, and to build it from here."""

from __future__ import annotations

from functools import partial
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import ProgressBar, Static

from searcher.errors import CancelledError, IndexDamagedError, IndexMissingError
from searcher.tui.actions import bindings_at
from searcher.tui.indexing import run_indexing
from searcher.tui.typography import safe
from searcher.tui.widgets.key_hints import KeyHints
from searcher.tui.words import counted, said, sentence

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from searcher.errors import SearcherError
    from searcher.tui import messages
    from searcher.tui.actions import Place
    from searcher.tui.opening import Opening

FAILURES_SHOWN = 3
TALL = 16  # lines from which on there are blank ones between


class BuildScreen(Screen[None]):
    """What is shown while there is no index to search."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_at("build")]
    places: ClassVar[tuple[Place, ...]] = ("build",)
    DEFAULT_CSS = """
    BuildScreen {
        background: $background;
        align: center middle;
        & > #card {
            width: 72; max-width: 94%; height: auto; max-height: 100%; padding: 1 2;
            border: round $panel; background: $surface;
        }
        & #build-title { text-style: bold; color: $accent; }
        & #build-text { margin: 1 0; }
        & #build-command { color: $quiet; }
        & #build-progress { display: none; margin-top: 1; width: 1fr; & Bar { width: 1fr; } }
        & #build-words { display: none; color: $quiet; margin-bottom: 1; }
        &.-building #build-progress { display: block; }
        &.-short > #card { padding: 0 1; }
        &.-short #build-text, &.-short #build-words { margin: 0; }
    }
    """

    VERTICAL_BREAKPOINTS = [(0, "-short"), (TALL, "-tall")]  # noqa: RUF012 - as Textual has it

    def __init__(self, opening: Opening, error: SearcherError) -> None:
        super().__init__()
        self._opening = opening
        self._error = error
        self._cancel: Event | None = None

    @property
    def _can_build(self) -> bool:
        return isinstance(self._error, IndexMissingError | IndexDamagedError) and bool(self._opening.sources)

    def compose(self) -> ComposeResult:
        """Lay out the card."""
        with VerticalScroll(id="card"):
            yield Static(id="build-title", markup=False)
            yield Static(id="build-text", markup=False)
            yield ProgressBar(id="build-progress", show_eta=True)
            yield Static(id="build-words", markup=False)
            yield Static(id="build-command", markup=False)
        yield KeyHints("build", "app")

    def on_resize(self) -> None:
        """Say what is the matter, in as many lines as there are."""
        self._say()

    def _say(self) -> None:
        error, sources = self._error, ", ".join(self._opening.sources)
        missing = isinstance(error, IndexMissingError)
        if self._cancel is not None:
            self.query_one("#build-title", Static).update("Building the index")
            self.query_one("#build-text", Static).update(safe(f"From {sources} into {self._opening.name}."))
            self.query_one("#build-command", Static).update("What is done is kept, should you stop.")
            return
        title = "There is no index yet" if missing else "The index cannot be opened"
        self.query_one("#build-title", Static).update(title)
        lines = [sentence(error.message)]
        if missing and self._can_build:
            lines.append(f"It would be built from {sources} into {self._opening.name}.")
            lines.append("Press b to build it now.")
        elif missing:
            lines.append("Which folders it is built from is not set: name them in this command, then press r.")
        elif self._can_build:
            lines.append(f"Press b to build it anew from {sources}.")
            lines.append("Only what is there now comes back: articles whose files are gone do not.")
        elif error.hint:
            lines.append(sentence(error.hint))
        self.query_one("#build-text", Static).update(
            ("\n" if self.app.size.height < TALL else "\n\n").join(map(safe, lines))
        )
        if missing:
            command = f"In a shell: {self._opening.command}"
        elif self._can_build:
            command = f"In a shell: {self._opening.command} --full"
        else:
            command = "r tries again."
        self.query_one("#build-command", Static).update(safe(command))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Offer only what can be done now."""
        if action == "build":
            return self._can_build and self._cancel is None
        if action == "retry":
            return self._cancel is None
        if action == "stop":
            return self._cancel is not None
        return True

    def action_build(self) -> None:
        """Build the index."""
        self._cancel = Event()
        self.add_class("-building")
        self._say()
        self._tell("looking for articles…")
        self.query_one(KeyHints).show("build", "app")
        self.run_worker(partial(run_indexing, self, self._opening, self._cancel), thread=True, group="index")

    def on_index_progressed(self, event: messages.IndexProgressed) -> None:
        """Show how far it is."""
        event.stop()
        self.query_one(ProgressBar).update(total=event.total, progress=event.done)
        self._tell(safe(event.words))

    def on_index_finished(self, event: messages.IndexFinished) -> None:
        """Go to the search, and name what could not be read."""
        event.stop()
        self._cancel = None
        failed = event.report.failed
        if failed:
            names = "\n".join(safe(f"{failure.path}: {failure.reason}") for failure in failed[:FAILURES_SHOWN])
            more = "\n…" if len(failed) > FAILURES_SHOWN else ""
            self.notify(
                f"{counted(len(failed), 'file')} could not be read:\n{names}{more}", severity="warning", markup=False
            )
        self.app.open_archive()  # type: ignore[attr-defined]

    def on_index_failed(self, event: messages.IndexFailed) -> None:
        """Say why it ended."""
        event.stop()
        self._cancel = None
        self.remove_class("-building")
        self._say()
        self.query_one(KeyHints).show("build", "app")
        if isinstance(event.error, CancelledError):
            self._tell("Stopped. What was done is kept.")
            self.app.open_archive()  # type: ignore[attr-defined]
        else:
            self._tell(safe(said(event.error)))

    def _tell(self, words: str) -> None:
        line = self.query_one("#build-words", Static)
        line.update(words)
        line.display = True

    def action_retry(self) -> None:
        """Try to open it again."""
        self.app.open_archive()  # type: ignore[attr-defined]

    def action_stop(self) -> None:
        """Stop building."""
        if self._cancel is not None:
            self._cancel.set()
            self._tell("stopping…")

    def on_unmount(self) -> None:
        """Do not build on when nobody waits for it."""
        if self._cancel is not None:
            self._cancel.set()

    def action_give_up(self) -> None:
        """Quit."""
        self.app.exit()
