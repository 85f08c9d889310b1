"""Where the archive comes from: opened inside the UI, so that the screen is there first, and built if it is missing."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

    from searcher.archive import Archive
    from searcher.config import Config
    from searcher.model import IndexReport


@dataclass(frozen=True, slots=True)
class Opening:
    """How to open and to build one archive.

    Attributes:
        name: of the index, as a user would write it.
        sources: what a build reads, as a user would write it; empty when nothing is set.
        command: what builds the index outside the UI.
        open: opens it; raises a SearcherError when it cannot.
        build: brings it up to date, creating it when missing and anew when damaged; tells of its progress.
    """

    name: str
    sources: tuple[str, ...]
    command: str
    open: Callable[[], Archive]
    build: Callable[[Callable[[Any], None], Event], IndexReport]


def of_archive(archive: Archive) -> Opening:
    """Make an opening of an archive that is open."""

    def build(on_event: Callable[[Any], None], cancel: Event) -> IndexReport:
        return archive.index(on_event=on_event, cancel=cancel)

    return Opening(archive.stats().path, (), "searcher index", lambda: archive, build)


def of_config(config: Config) -> Opening:
    """Make an opening of a configured archive, which may not be there yet."""

    def open_archive() -> Archive:
        from searcher.archive import Archive

        return Archive.open(config=config)

    def build(on_event: Callable[[Any], None], cancel: Event) -> IndexReport:
        from searcher.archive import Archive
        from searcher.errors import IndexDamagedError, IndexMissingError
        from searcher.ingest.options import IndexOptions

        options = IndexOptions()
        try:
            archive = Archive.open(config=config)
        except IndexMissingError:
            archive = Archive.create(config=config)
        except IndexDamagedError:
            archive, options = Archive.create(config=config), IndexOptions(full=True)
        try:
            return archive.index(options=options, on_event=on_event, cancel=cancel)
        finally:
            archive.close()

    name = _near(config.index)
    command = "searcher index" if config.origin else f"searcher --index {shlex.quote(name)} index FOLDER"
    return Opening(name, tuple(_near(source) for source in config.sources), command, open_archive, build)


def _near(path: Path) -> str:
    """Write a path relative to this folder where it lies below it."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
