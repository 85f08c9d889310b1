"""Asking differently: filters, dates, the timeline, the order, earlier queries; each change of the filters undone."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from searcher.tui.request import SORTS, Filter, Request
from searcher.tui.screens.hit_actions import HitActions
from searcher.tui.screens.picker import Picker
from searcher.tui.screens.timeline import TimelineScreen
from searcher.tui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from searcher.tui import messages

CHANGES_KEPT = 100  # of the filters, to be taken back
DATES = ("today", "yesterday", "last week", "last month", "last year", "unknown")
DATE_PROMPT = "2020-11   2020-11-09..2020-11-20   ..2019   3m.."


class Narrowing(HitActions):
    """Actions that ask the same with other filters or in another order; a screen says how it is asked.

    Attributes:
        request: what was asked last.
    """

    request: Request

    def __init__(self, request: Request) -> None:
        super().__init__()
        self.request = request
        self._before: deque[tuple[Filter, ...]] = deque(maxlen=CHANGES_KEPT)

    def ask(self, request: Request) -> None:
        """Ask something else at once."""
        raise NotImplementedError

    def narrow(self, request: Request) -> None:
        """Ask something else, in such a way that a change of the filters can be undone."""
        if request.filters != self.request.filters:
            self._before.append(self.request.filters)
        self.ask(request)

    # Filters

    def on_filter_chosen(self, event: messages.FilterChosen) -> None:
        """Narrow, or take the filter away if it is in force already."""
        chosen = event.filter
        in_force = chosen in self.request.filters
        self.narrow(self.request.without(chosen) if in_force else self.request.narrowed(chosen))

    def on_filter_dropped(self, event: messages.FilterDropped) -> None:
        """Widen again."""
        self.narrow(self.request.without(event.filter))

    def action_undo_filter(self) -> None:
        """Take back the last change of the filters."""
        if self._before:
            self.ask(replace(self.request, filters=self._before.pop()))
        else:
            self.notify("There is no change to take back.", markup=False)

    def action_remove_filters(self) -> None:
        """Choose filters to remove."""
        filters = self.request.filters
        if not filters:
            self.notify("There are no filters.", markup=False)
            return
        choices = [Choice(item.label, "remove", self.request.without(item)) for item in filters]
        if len(choices) > 1:
            choices.append(Choice("all of them", "remove", replace(self.request, filters=())))
        self.app.push_screen(Picker("Remove a filter", choices), self._picked)

    def _picked(self, request: Request | None) -> None:
        if request is not None:
            self.narrow(request)

    # Time

    def _dated(self, dates: Filter) -> Request:
        kept = tuple(item for item in self.request.filters if item.field != "date")
        return replace(self.request, filters=(*kept, dates))

    def action_dates(self) -> None:
        """Narrow to a span of dates."""

        def narrowed(text: str, note: str = "") -> Choice:
            return Choice(text, note, self._dated(Filter("date", text)))

        choices = [narrowed(text) for text in DATES]
        picker = Picker("Dates", choices, prompt=DATE_PROMPT, free=lambda text: narrowed(text, "this date"))
        self.app.push_screen(picker, self._picked)

    def action_timeline(self) -> None:
        """Show the results over time."""

        def narrowed(chosen: Filter | None) -> None:
            if chosen is not None:
                self.narrow(self._dated(chosen))

        self.app.push_screen(TimelineScreen(self.archive, self.query_in_force()), narrowed)

    # Order and history

    def action_sort(self) -> None:
        """Sort by relevance, then newest first, then oldest first."""
        following = SORTS[(SORTS.index(self.request.sort) + 1) % len(SORTS)]
        self.ask(replace(self.request, sort=following))

    def action_refresh(self) -> None:
        """Ask the same again; the cursor stays on its article."""
        self.ask(self.request)

    def action_history(self) -> None:
        """Search the history."""
        history = self.app.kept.history  # type: ignore[attr-defined]
        if not history:
            self.notify("No query was kept yet: Enter in the query line keeps one.", markup=False)
            return
        choices = [Choice(text, "", self.request.with_text(text)) for text in reversed(history)]
        self.app.push_screen(Picker("Earlier queries", choices), self._picked)
