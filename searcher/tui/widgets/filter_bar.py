"""The filters in force, each with a cross to remove it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from searcher.tui.messages import FilterDropped
from searcher.tui.typography import clip, safe

if TYPE_CHECKING:
    from searcher.tui.request import Filter


class FilterBar(Static):
    """One line of filters; hidden while there are none."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"filter-bar--filter", "filter-bar--hint"}
    DEFAULT_CSS = """
    FilterBar {
        height: 1;
        padding: 0 2;
        background: $background;
        display: none;
        link-style: none;
        link-color: $foreground;
        link-background: $selected;
        link-color-hover: $background;
        link-background-hover: $accent;
        link-style-hover: none;
        &.-filtered { display: block; }
        & > .filter-bar--filter { background: $selected; }
        & > .filter-bar--hint { color: $quiet; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, markup=False)
        self.filters: tuple[Filter, ...] = ()

    def show(self, filters: tuple[Filter, ...]) -> None:
        """Show these filters."""
        self.filters = filters
        self.set_class(bool(filters), "-filtered")
        pieces: list[str | Content | tuple[str, str | Style]] = [("narrowed to ", "$quiet")]
        for number, item in enumerate(filters):
            chip = Style.from_meta({"@click": f"drop({number})"})
            pieces += [Content.styled(f" {clip(safe(item.label), 40)} × ", chip), "  "]
        pieces.append(("u takes the last change back", "$quiet"))
        self.update(Content.assemble(*pieces))

    def action_drop(self, number: int) -> None:
        """Remove the filter that was clicked."""
        if number < len(self.filters):
            self.post_message(FilterDropped(self.filters[number]))
