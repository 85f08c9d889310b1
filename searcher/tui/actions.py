"""What can be done, where, and by which keys: the one registry behind keymap, footer, help and command palette.

An action's method is `action_<name>` on the widget or screen that its place names. Places are layers: a key reaches
the focused widget's place first, then its screen's, then `app`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding

Place = Literal["app", "search", "query", "hits", "facets", "reader", "text", "timeline", "dialog", "build"]

PLACE_TITLES: dict[Place, str] = {
    "query": "Query line",
    "hits": "Results",
    "search": "Search screen",
    "facets": "Facets",
    "reader": "Reading an article",
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


ACTIONS: tuple[Action, ...] = (
    # The query line
    Action("search_now", "enter", "Results", "Search now and go to the results.", ("query",), 1, palette=False),
    Action("leave_query", "escape", "Back", "Leave the query line for the results.", ("query",), 0, palette=False),
    Action("accept_or_next", "tab", "Complete", "Take the completion shown, else go to the next pane.", ("query",), 2, palette=False),
    Action("to_results", "down", "Results", "Go down to the results.", ("query",), 0, palette=False),
    Action("older_query", "up", "History", "Bring back an earlier query that starts like this one.", ("query",), 3, palette=False),
    # Results
    Action("read", "enter", "Read", "Read the article.", ("hits",), 1),
    Action("next_hit", "j,down,n", "Next", "Move to the next result.", ("hits",), 0, palette=False),
    Action("previous_hit", "k,up,N", "Previous", "Move to the previous result; from the first one, to the query line.", ("hits",), 0, palette=False),
    Action("first_hit", "g,home", "First", "Move to the first result.", ("hits",)),
    Action("last_hit", "G,end", "Last", "Move to the last result.", ("hits",)),
    Action("page_down", "pagedown,space", "Page down", "Move down by a page.", ("hits",), 0, palette=False),
    Action("page_up", "pageup", "Page up", "Move up by a page.", ("hits",), 0, palette=False),
    Action("half_page_down", "ctrl+d", "Half down", "Move down by half a page.", ("hits",), 0, palette=False),
    Action("half_page_up", "ctrl+u", "Half up", "Move up by half a page.", ("hits",), 0, palette=False),
    # The search screen
    Action("edit_query", "slash", "Query", "Go to the query line.", ("search",), 2),
    Action("facets", "f", "Facets", "Show the facets: narrow by source, person, year or language.", ("search",), 3),
    Action("dates", "d", "Dates", "Narrow to a span of dates.", ("search",), 6),
    Action("timeline", "t", "Timeline", "Show the results over time.", ("search",), 4),
    Action("sort", "s", "Sort", "Sort by relevance, newest or oldest first.", ("search",), 7),
    Action("undo_filter", "u", "Undo", "Take back the last change of the filters.", ("search",), 0),
    Action("remove_filters", "U", "Unfilter", "Remove filters: choose which.", ("search",), 0),
    Action("history", "ctrl+r", "History", "Search the queries of earlier days.", ("search",), 0),
    Action("toggle_preview", "p", "Preview", "Show or hide the preview.", ("search",), 0),
    Action("preview_down", "J", "Preview down", "Scroll the preview down.", ("search",), 0, palette=False),
    Action("preview_up", "K", "Preview up", "Scroll the preview up.", ("search",), 0, palette=False),
    Action("refresh", "r", "Refresh", "Search again in the index as it is now.", ("search",), 0),
    Action("update_index", "ctrl+x", "Update index", "Bring the index up to date with its sources.", ("search",), 0),
    Action("next_pane", "tab", "Next pane", "Go to the next pane.", ("search",), 0, palette=False),
    Action("previous_pane", "shift+tab", "Previous pane", "Go to the previous pane.", ("search",), 0, palette=False),
    Action("climb", "escape", "Back", "Leave the pane, else drop the last filter, else go to the query line.", ("search",), 0, palette=False),
    Action("leave", "q", "Quit", "Quit.", ("search",), 8, palette=False),
    # An article, in the results or the reader
    Action("related", "m", "More like it", "List articles that are about the same.", ("search", "reader"), 0),
    Action("reprints", "plus", "Reprints", "List the reprints of this article.", ("search", "reader"), 0),
    Action("explain", "x", "Explain", "Show why this article was found and where its score comes from.", ("search", "reader"), 0),
    Action("open_browser", "o", "Browser", "Open the article's page in the browser.", ("search", "reader"), 0),
    Action("open_editor", "e", "Editor", "Open the article's file in $EDITOR.", ("search", "reader"), 0),
    Action("open_pager", "v", "Pager", "Open the article's text in $PAGER.", ("search", "reader"), 0),
    Action("copy_path", "y", "Copy path", "Copy the article's path, or its address if it has one.", ("search", "reader"), 0),
    Action("copy_citation", "Y", "Cite", "Copy a citation: plain, Markdown, BibTeX or CSL-JSON.", ("search", "reader"), 0),
    # Facets
    Action("narrow", "enter,l,right", "Narrow", "Keep only the results with this value.", ("facets",), 1),
    Action("exclude", "minus", "Exclude", "Leave out the results with this value.", ("facets",), 2),
    Action("next_value", "j,down", "Next", "Move to the next value.", ("facets",), 0, palette=False),
    Action("previous_value", "k,up", "Previous", "Move to the previous value.", ("facets",), 0, palette=False),
    Action("next_facet", "J,pagedown", "Next facet", "Move to the next facet.", ("facets",), 0, palette=False),
    Action("previous_facet", "K,pageup", "Previous facet", "Move to the previous facet.", ("facets",), 0, palette=False),
    # The reader
    Action("next_match", "n", "Next match", "Go to the next match.", ("reader",), 1),
    Action("previous_match", "N", "Previous match", "Go to the previous match.", ("reader",), 0),
    Action("find", "slash", "Find", "Find words in this article.", ("reader",), 2),
    Action("next_article", "J", "Next article", "Read the next result.", ("reader",), 3),
    Action("previous_article", "K", "Previous article", "Read the previous result.", ("reader",), 0),
    Action("basis", "i", "Facts", "Show how each fact is known.", ("reader",), 4),
    Action("follow", "p", "People", "Search for a person that the article names.", ("reader",), 5),
    Action("raw", "w", "Raw", "Show all that is in the file, or the story alone.", ("reader",), 0),
    Action("copy_text", "c", "Copy text", "Copy the whole text.", ("reader",), 0),
    Action("back", "escape,q,h,left", "Back", "Close the find line, else go back.", ("reader",), 6, palette=False),
    # Its text
    Action("line_down", "j,down", "Down", "Scroll down.", ("text",), 0, palette=False),
    Action("line_up", "k,up", "Up", "Scroll up.", ("text",), 0, palette=False),
    Action("screen_down", "space,pagedown", "Page down", "Scroll down by a page.", ("text",), 0, palette=False),
    Action("screen_up", "b,pageup", "Page up", "Scroll up by a page.", ("text",), 0, palette=False),
    Action("half_down", "ctrl+d", "Half down", "Scroll down by half a page.", ("text",), 0, palette=False),
    Action("half_up", "ctrl+u", "Half up", "Scroll up by half a page.", ("text",), 0, palette=False),
    Action("top", "g,home", "Top", "Go to the beginning of the article.", ("text",), 0),
    Action("bottom", "G,end", "End", "Go to the end of the article.", ("text",), 0),
    # The timeline
    Action("narrow_to_bar", "enter", "Narrow", "Keep only the results of this bar.", ("timeline",), 1),
    Action("later", "l,right,j,down", "Later", "Move to the next bar.", ("timeline",), 2, palette=False),
    Action("earlier", "h,left,k,up", "Earlier", "Move to the bar before.", ("timeline",), 3, palette=False),
    Action("first_bar", "g,home", "First", "Move to the first bar.", ("timeline",), 0),
    Action("last_bar", "G,end", "Last", "Move to the last bar.", ("timeline",), 0),
    Action("tallest_bar", "t", "Peak", "Move to the tallest bar.", ("timeline",), 0),
    Action("zoom_in", "plus,equals_sign", "Zoom in", "Show shorter periods.", ("timeline",), 4),
    Action("zoom_out", "minus", "Zoom out", "Show longer periods.", ("timeline",), 5),
    Action("close_timeline", "escape,q", "Back", "Go back to the results.", ("timeline",), 6, palette=False),
    # Lists that are asked for
    Action("choose", "enter", "Choose", "Take the line under the cursor.", ("dialog",), 1, palette=False),
    Action("next_line", "down,ctrl+n", "Next", "Move to the next line.", ("dialog",), 2, palette=False),
    Action("previous_line", "up", "Previous", "Move to the line before.", ("dialog",), 3, palette=False),
    Action("close", "escape", "Close", "Close without choosing.", ("dialog",), 4, palette=False),
    # Nothing found
    Action("take_way", "enter", "Do it", "Do what the line under the cursor says.", ("notice",), 1, palette=False),
    Action("next_way", "j,down", "Next", "Move to the next line.", ("notice",), 0, palette=False),
    Action("previous_way", "k,up", "Previous", "Move to the line before.", ("notice",), 0, palette=False),
    # No index yet
    Action("build", "b,enter", "Build it now", "Build the index from its sources.", ("build",), 1),
    Action("retry", "r", "Try again", "Try to open the index again.", ("build",), 2),
    Action("stop", "escape", "Stop", "Stop building; what is done is kept.", ("build",), 3),
    Action("give_up", "q", "Quit", "Quit.", ("build",), 4, palette=False),
    # Everywhere
    Action("help", "question_mark,f1", "Help", "Show all keys and how to write a query.", ("app",), 9),
    Action("theme", "f2", "Theme", "Choose light, dark or the terminal's own colours.", ("app",), 0),
    Action("command_palette", "ctrl+p", "Palette", "Choose any action by name.", ("app",), 0, palette=False),
    Action("quit", "ctrl+q", "Quit", "Quit from anywhere.", ("app",), 0),
)  # fmt: skip

KEY_SYMBOLS = {
    "enter": "⏎", "escape": "esc", "slash": "/", "question_mark": "?", "plus": "+", "equals_sign": "=", "minus": "-",
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


def footer_actions(*places: Place) -> list[Action]:
    """Give the few actions that matter most in these places, most important first; nearer places come first."""
    found: list[Action] = []
    for place in places:
        found += sorted(
            (action for action in actions_at(place) if action.footer and action not in found),
            key=lambda action: action.footer,
        )
    return found
