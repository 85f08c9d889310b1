"""One dialog for every choice: a line to filter by, and the lines left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from searcher.tui.actions import bindings_at
from searcher.tui.screens.closing import close
from searcher.tui.typography import safe
from searcher.tui.widgets.choice_list import Choice, ChoiceList
from searcher.tui.widgets.key_hints import KeyHints

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from searcher.tui.actions import Place

NOTHING = Choice("Nothing has these words", heading=True)


class Picker(ModalScreen[Any]):
    """Choose one line; the answer is its value, or None.

    Args:
        free: turns what was typed into a choice of its own, offered first, where any text is an answer.
        full: a tall and wide dialog, for long lists.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_at("dialog")]
    places: ClassVar[tuple[Place, ...]] = ("dialog",)
    AUTO_FOCUS = "#typed"
    DEFAULT_CSS = """
    Picker {
        align: center middle;
        background: $background 60%;
        & > #dialog {
            width: 72;
            max-width: 96%;
            height: auto;
            max-height: 90%;
            background: $surface;
            border: round $panel;
            border-title-color: $accent;
            border-title-style: bold;
            padding: 0 1;
        }
        & #typed, & #typed:focus { border: none; height: 1; padding: 0 1; background: $surface; margin-bottom: 1; }
        & ChoiceList { height: auto; max-height: 20; }
        &.-full > #dialog { width: 100; height: 90%; }
        &.-full ChoiceList { height: 1fr; max-height: 100%; }
    }
    """

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        prompt: str = "type to filter",
        free: Callable[[str], Choice | None] | None = None,
        full: bool = False,
    ) -> None:
        super().__init__(classes="-full" if full else "")
        self._title = title
        self._choices = choices
        self._prompt = prompt
        self._free = free

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(id="dialog") as dialog:
            dialog.border_title = safe(self._title).replace("[", "\\[")
            yield Input(placeholder=self._prompt, id="typed", compact=True)
            yield ChoiceList(self._choices)
        yield KeyHints("dialog")

    @property
    def _list(self) -> ChoiceList:
        return self.query_one(ChoiceList)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep the lines that have every word typed."""
        event.stop()
        words = event.value.split()
        kept: list[Choice] = []
        heading: Choice | None = None
        for choice in self._choices:
            if choice.heading:
                heading = choice
            elif choice.has(words):
                if heading is not None:
                    kept.append(heading)
                    heading = None
                kept.append(choice)
        if self._free is not None and event.value.strip() and (typed := self._free(event.value.strip())):
            kept.insert(0, typed)
        self._list.show(kept or [NOTHING])

    def on_choice_list_clicked(self, event: ChoiceList.Clicked) -> None:
        """Take the line clicked."""
        close(self, event.choice.value)

    async def on_input_submitted(self) -> None:
        """Take the line under the cursor: Enter is the input's own key before it is ours."""
        await self.run_action("choose")

    def action_choose(self) -> None:
        """Take the line under the cursor."""
        if self._list.current is not None:
            close(self, self._list.current.value)

    def action_next_line(self) -> None:
        """Move down."""
        self._list.step(1)

    def action_previous_line(self) -> None:
        """Move up."""
        self._list.step(-1)

    def action_close(self) -> None:
        """Choose nothing."""
        close(self, None)
