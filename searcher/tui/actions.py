"""What can be done, where, and by which keys: the one registry behind keymap, footer, help and command palette.

An action's method is `action_<name>` on the widget or screen that its place names. Places are layers: a key reaches
the focused widget's place first, then its screen's, then `app`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from textual.binding import Binding

if TYPE_CHECKING:
    from collections.abc import Iterator

Place = Literal[
    "app", "search", "query", "hits", "facets", "reader", "find", "text", "timeline", "dialog", "notice", "build"
]

PLACE_TITLES: dict[Place, str] = {
    "query": "Query line",
    "hits": "Results",
    "search": "Search screen",
    "facets": "Facets",
    "reader": "Reading an article",
    "find": "Finding in an article",
    "text": "Article text",
    "timeline": "Timeline",
    "dialog": "Lists and dialogs",
    "notice": "Nothing found",
    "build": "Building the index",
    "app": "Everywhere",
}


@dataclass(frozen=True, slots=True)
class Action:
    """Something a user can do.

    Attributes:
        name: of the method `action_<name>` and of the key in the configuration.
        keys: comma separated, in Textual's names.
        label: one or two words for the footer.
        help: one sentence for help and palette.
        footer: rank among the keys that matter most in this place; 0 is not shown there.
        palette: may be chosen in the command palette while the place is on screen.
    """

    name: str
    keys: str
    label: str
    help: str
    places: tuple[Place, ...]
    footer: int = 0
    palette: bool = True


MOVE = "move"


def _at(places: tuple[Place, ...], *rows: tuple[str | int, ...]) -> Iterator[Action]:
    """Make the actions of some places from a table's rows."""
    for name, keys, label, help_, *more in rows:
        footer = next((rank for rank in more if isinstance(rank, int)), 0)
        yield Action(str(name), str(keys), str(label), str(help_), places, footer, palette=MOVE not in more)


# Rows: name, keys, label, help; then its rank in the footer, if it is shown there; MOVE is not for the palette.
ACTIONS: tuple[Action, ...] = (
    *_at(("query",),
        ("search_now", "enter", "Go to results", "Search now and go to the results.", MOVE, 1),
        ("leave_query", "escape", "To results", "Leave the query line for the results.", MOVE),
        ("accept_or_next", "tab", "Complete", "Take the completion shown, else go to the next pane.", MOVE, 2),
        ("to_results", "down", "Results", "Go down to the results.", MOVE),
        ("older_query", "up", "History", "Bring back an earlier query that starts like this one.", MOVE, 3),
    ),
    *_at(("hits",),
        ("read", "enter", "Read", "Read the article.", 1),
        ("next_hit", "j,down,n", "Next", "Move to the next result.", MOVE),
        ("previous_hit", "k,up,N", "Previous", "Move to the previous result; from the first, to the query.", MOVE),
        ("first_hit", "g,home", "First", "Move to the first result."),
        ("last_hit", "G,end", "Last", "Move to the last result."),
        ("page_down", "pagedown,space", "Page down", "Move down by a page.", MOVE),
        ("page_up", "pageup", "Page up", "Move up by a page.", MOVE),
        ("half_page_down", "ctrl+d", "Half down", "Move down by half a page.", MOVE),
        ("half_page_up", "ctrl+u", "Half up", "Move up by half a page.", MOVE),
    ),
    *_at(("search",),
        ("edit_query", "slash", "Query", "Go to the query line.", 2),
        ("facets", "f", "Filter", "Show the facets: narrow by source, person, year or language.", 3),
        ("dates", "d", "Dates", "Narrow to a span of dates.", 6),
        ("timeline", "t", "Timeline", "Show the results over time.", 4),
        ("sort", "s", "Sort", "Sort by relevance, newest or oldest first.", 7),
        ("undo_filter", "u", "Undo", "Take back the last change of the filters."),
        ("remove_filters", "U", "Unfilter", "Remove filters: choose which."),
        ("history", "ctrl+r", "History", "Search the queries of earlier days."),
        ("toggle_preview", "p", "Preview", "Show or hide the preview."),
        ("preview_down", "J", "Preview down", "Scroll the preview down.", MOVE),
        ("preview_up", "K", "Preview up", "Scroll the preview up.", MOVE),
        ("refresh", "r", "Refresh", "Search again in the index as it is now."),
        ("update_index", "ctrl+x", "Update index", "Bring the index up to date with its sources."),
        ("next_pane", "tab", "Next pane", "Go to the next pane.", MOVE),
        ("previous_pane", "shift+tab", "Previous pane", "Go to the previous pane.", MOVE),
        ("climb", "escape", "Back", "Leave the preview, else drop the last filter, else go to the query line.", MOVE),
        ("leave", "q", "Quit", "Quit.", MOVE, 8),
    ),
    *_at(("search", "reader"),
        ("related", "m", "More like it", "List articles that are about the same."),
        ("reprints", "plus", "Reprints", "Show the reprints of this article; once more, hide them."),
        ("explain", "x", "Explain", "Show why this article was found and where its score comes from."),
        ("open_browser", "o", "Browser", "Open the article's page in the browser."),
        ("open_editor", "e", "Editor", "Open the article's file in $EDITOR."),
        ("open_pager", "v", "Pager", "Open the article's text in $PAGER."),
        ("copy_path", "y", "Copy path", "Copy the article's path, or its address if it has one."),
        ("copy_citation", "Y", "Cite", "Copy a citation, or a quotation with it: plain, Markdown, BibTeX or CSL-JSON."),
        ("star", "asterisk", "Star", "Star this article to find it again, or take its star away."),
        ("starred", "S", "Starred", "List the starred articles: read them, or copy the citations of all."),
    ),
    *_at(("facets",),
        ("narrow", "enter,l,right", "Narrow", "Keep only the results with this value.", 1),
        ("exclude", "minus", "Exclude", "Leave out the results with this value.", 2),
        ("leave_facets", "escape,f,h,left", "Back", "Go back to the results.", MOVE, 3),
        ("next_value", "j,down", "Next", "Move to the next value.", MOVE),
        ("previous_value", "k,up", "Previous", "Move to the previous value.", MOVE),
        ("next_facet", "J,pagedown", "Next facet", "Move to the next facet.", MOVE),
        ("previous_facet", "K,pageup", "Previous facet", "Move to the previous facet.", MOVE),
    ),
    *_at(("reader",),
        ("next_match", "n", "Next match", "Go to the next match.", 1),
        ("previous_match", "N", "Previous match", "Go to the previous match."),
        ("find", "slash", "Find", "Find words in this article.", 2),
        ("next_article", "J", "Next article", "Read the next result.", 3),
        ("previous_article", "K", "Previous article", "Read the previous result."),
        ("basis", "i", "Facts", "Show how each fact is known.", 4),
        ("follow", "p", "People", "Search for a person that the article names.", 5),
        ("raw", "w", "Raw", "Show all that is in the file, or the story alone."),
        ("copy_text", "c", "Copy text", "Copy the whole text."),
        ("back", "escape,q,h,left", "Back", "Take the marks of what was found away, else go back.", MOVE, 6),
    ),
    *_at(("find",),
        ("go_to_found", "enter", "Go there", "Go to the first place found; n and N go on from there.", MOVE, 1),
        ("close_find", "escape", "Close", "Close the find line.", MOVE, 2),
    ),
    *_at(("text",),
        ("line_down", "j,down", "Down", "Scroll down.", MOVE),
        ("line_up", "k,up", "Up", "Scroll up.", MOVE),
        ("screen_down", "space,pagedown", "Page down", "Scroll down by a page.", MOVE),
        ("screen_up", "b,pageup", "Page up", "Scroll up by a page.", MOVE),
        ("half_down", "ctrl+d", "Half down", "Scroll down by half a page.", MOVE),
        ("half_up", "ctrl+u", "Half up", "Scroll up by half a page.", MOVE),
        ("top", "g,home", "Top", "Go to the beginning of the article."),
        ("bottom", "G,end", "End", "Go to the end of the article."),
    ),
    *_at(("timeline",),
        ("narrow_to_bar", "enter", "Narrow", "Keep only the results of this bar.", 1),
        ("later", "l,right,j,down", "Later", "Move to the next bar.", MOVE, 2),
        ("earlier", "h,left,k,up", "Earlier", "Move to the bar before.", MOVE, 3),
        ("first_bar", "g,home", "First", "Move to the first bar."),
        ("last_bar", "G,end", "Last", "Move to the last bar."),
        ("tallest_bar", "t", "Peak", "Move to the tallest bar."),
        ("zoom_in", "plus,equals_sign", "Zoom in", "Show shorter periods.", 4),
        ("zoom_out", "minus", "Zoom out", "Show longer periods.", 5),
        ("close_timeline", "escape,q", "Back", "Go back to the results.", MOVE, 6),
    ),
    *_at(("dialog",),
        ("choose", "enter", "Choose", "Take the line under the cursor.", MOVE, 1),
        ("next_line", "down,ctrl+n", "Next", "Move to the next line.", MOVE, 2),
        ("previous_line", "up", "Previous", "Move to the line before.", MOVE, 3),
        ("close", "escape", "Close", "Close without choosing.", MOVE, 4),
    ),
    *_at(("notice",),
        ("take_way", "enter", "Do it", "Do what the line under the cursor says.", MOVE, 1),
        ("next_way", "j,down", "Next", "Move to the next line.", MOVE),
        ("previous_way", "k,up", "Previous", "Move to the line before.", MOVE),
    ),
    *_at(("build",),
        ("build", "b,enter", "Build it now", "Build the index from its sources.", 1),
        ("retry", "r", "Try again", "Try to open the index again.", 2),
        ("stop", "escape", "Stop", "Stop building; what is done is kept.", 3),
        ("give_up", "q", "Quit", "Quit.", MOVE, 4),
    ),
    *_at(("app",),
        ("help", "question_mark,f1", "Help", "Show all keys and how to write a query.", 9),
        ("theme", "f2", "Theme", "Choose light, dark or the terminal's own colours."),
        ("command_palette", "ctrl+p", "Palette", "Choose any action by name.", MOVE),
        ("quit", "ctrl+q", "Quit", "Quit from anywhere."),
    ),
)  # fmt: skip

# How a place is left: shown in every footer beside the help, whatever else has room.
WAYS_OUT = frozenset({"leave", "back", "close", "close_find", "close_timeline", "leave_facets", "give_up", "quit"})

KEY_SYMBOLS = {
    "enter": "⏎", "escape": "esc", "slash": "/", "question_mark": "?", "plus": "+", "asterisk": "*",
    "equals_sign": "=", "minus": "-",
    "up": "↑", "down": "↓", "left": "←", "right": "→", "pageup": "PgUp", "pagedown": "PgDn", "shift+tab": "⇧tab",
    "f1": "F1", "f2": "F2", "home": "Home", "end": "End",
}  # fmt: skip


def actions_at(*places: Place) -> tuple[Action, ...]:
    """Give the actions of any of these places, in the registry's order."""
    return tuple(action for action in ACTIONS if set(action.places) & set(places))


def bindings_at(*places: Place) -> list[Binding]:
    """Make Textual's bindings of the actions of these places; their ids are the actions' names."""
    return [
        Binding(action.keys, action.name, action.label, id=action.name, show=action.footer > 0)
        for action in actions_at(*places)
    ]


def shown_keys(action: Action, keymap: dict[str, str] | None = None) -> tuple[str, ...]:
    """Give an action's keys as a user would write them, those of the user's own keymap first."""
    keys = (keymap or {}).get(action.name, action.keys)
    return tuple(KEY_SYMBOLS.get(key.strip(), key.strip().replace("ctrl+", "^")) for key in keys.split(","))


def way_out(*places: Place) -> Action | None:
    """Give the action that leaves the nearest of these places."""
    return next((action for place in places for action in actions_at(place) if action.name in WAYS_OUT), None)


def footer_actions(*places: Place) -> list[Action]:
    """Give the few actions that matter most in these places, most important first; nearer places come first."""
    found: list[Action] = []
    for place in places:
        found += sorted(
            (action for action in actions_at(place) if action.footer and action not in found),
            key=lambda action: action.footer,
        )
    return found
