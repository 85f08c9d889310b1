"""What the UI remembers between runs: one versioned JSON file, written atomically, never trusted when read."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from searcher.tui.request import SORTS, Filter, Request

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION = 1
HISTORY_KEPT = 500
READ_KEPT = 5000
STARRED_KEPT = 500
POSITIONS_KEPT = 500
FILE_LIMIT = 4_000_000  # bytes; a larger file is not ours


@dataclass(frozen=True, slots=True)
class State:
    """What is kept for one archive, and the theme, which is kept for all.

    Attributes:
        theme: that was chosen.
        history: queries, newest last.
        read: ids of articles read, latest last.
        starred: ids of articles starred, latest last.
        positions: article id -> offset into its text where reading stopped, latest last.
    """

    theme: str | None = None
    request: Request = field(default_factory=Request)
    history: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    starred: tuple[str, ...] = ()
    positions: Mapping[str, int] = field(default_factory=dict)
    preview: bool = True

    def with_query(self, text: str) -> State:
        """Put a query at the end of the history."""
        text = " ".join(text.split())
        if not text or (self.history and self.history[-1] == text):
            return self
        history = (*(query for query in self.history if query != text), text)
        return replace(self, history=history[-HISTORY_KEPT:])

    def with_reading(self, article_id: str, position: int) -> State:
        """Note that an article was read, up to a position in its text."""
        read = (*(known for known in self.read if known != article_id), article_id)
        positions = {known: at for known, at in self.positions.items() if known != article_id}
        if position:
            positions[article_id] = position
        return replace(self, read=read[-READ_KEPT:], positions=dict(list(positions.items())[-POSITIONS_KEPT:]))

    def with_star_turned(self, article_id: str) -> State:
        """Star an article, or take its star away."""
        others = tuple(known for known in self.starred if known != article_id)
        starred = others if article_id in self.starred else (*others, article_id)
        return replace(self, starred=starred[-STARRED_KEPT:])


def load(path: Path, archive: str) -> State:
    """Read what was kept for an archive; anything that cannot be understood is as if it had never been kept."""
    document = _document(path)
    kept = document.get("archives", {})
    mine = kept.get(archive, {}) if isinstance(kept, dict) else {}
    return _state(mine if isinstance(mine, dict) else {}, document.get("theme"))


def save(path: Path, archive: str, state: State) -> None:
    """Write what is to be kept, whole or not at all; what is kept for other archives stays.

    Raises:
        OSError: the folder cannot be written.
    """
    document = _document(path)
    archives = document.get("archives")
    archives = archives if isinstance(archives, dict) else {}
    archives[archive] = {name: value for name, value in asdict(state).items() if name != "theme"}
    document = {"version": VERSION, "theme": state.theme, "archives": archives}
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(document, file, ensure_ascii=False, indent=1)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _document(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > FILE_LIMIT:
            return {}
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) and document.get("version") == VERSION else {}


def _state(mine: dict[str, Any], theme: object) -> State:
    request, positions = mine.get("request"), mine.get("positions")
    return State(
        theme=theme if isinstance(theme, str) else None,
        request=_request(request if isinstance(request, dict) else {}),
        history=_texts(mine.get("history")),
        read=_texts(mine.get("read")),
        starred=_texts(mine.get("starred")),
        positions={
            known: at
            for known, at in (positions.items() if isinstance(positions, dict) else ())
            if isinstance(at, int) and at > 0
        },
        preview=mine.get("preview") is not False,
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _request(value: dict[str, Any]) -> Request:
    text, sort, filters = value.get("text"), value.get("sort"), value.get("filters")
    kept = [
        Filter(item["field"], item["value"], excluded=item.get("excluded") is True)
        for item in (filters if isinstance(filters, list) else [])
        if isinstance(item, dict) and isinstance(item.get("field"), str) and isinstance(item.get("value"), str)
    ]
    return Request(
        text if isinstance(text, str) else "", tuple(kept), next((known for known in SORTS if known == sort), SORTS[0])
    )
