"""Who is who in one state of the index, with the user's corrections: computed once, kept beside the index."""

from __future__ import annotations

import threading
from contextlib import suppress
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from searcher.articles.facts import names
from searcher.articles.facts.corrections import read as read_corrections
from searcher.articles.facts.resolution import Human, Resolution, Sighting, resolve
from searcher.model import PersonEntry
from searcher.store import derived
from searcher.store.documents import SPELLING_SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from searcher.articles.facts.corrections import Correction
    from searcher.store.snapshot import Snapshot

_NAME = "people"


class People:
    """The humans of an index, found when first asked for; any number of threads may ask.

    Args:
        snapshot: the state of the index.
        corrections_file: what the user says about who is who.
    """

    def __init__(self, snapshot: Snapshot, corrections_file: Path) -> None:
        self._snapshot = snapshot
        self._corrections_file = corrections_file
        self._lock = threading.Lock()
        self._resolution: Resolution | None = None

    def human_of(self, key: str) -> Human | None:
        """Give the human that a term of the `person` field means."""
        return self.resolution.human_of(key)

    def matching(self, text: str) -> tuple[str, ...]:
        """Give the terms of the `person` field that mean a human who is called so."""
        return self.resolution.matching(text)

    def name_of(self, name: str) -> str:
        """Give the name across the archive of someone whom an article names so."""
        human = self.human_of(names.key(name))
        return human.name if human else name

    def entries(self, name: str | None = None) -> list[PersonEntry]:
        """List all humans, or those who may be called `name`, those in most articles first."""
        humans = self.resolution.humans if name is None else self.resolution.named(name)
        return [PersonEntry(human.name, human.spellings, human.articles) for human in humans]

    def __len__(self) -> int:
        return len(self.resolution.humans)

    @property
    def resolution(self) -> Resolution:
        """All of it.

        Raises:
            ConfigError: the corrections cannot be read.
        """
        with self._lock:
            if self._resolution is None:
                self._resolution = _load_or_resolve(self._snapshot, read_corrections(self._corrections_file))
            return self._resolution


def _load_or_resolve(snapshot: Snapshot, corrections: Sequence[Correction]) -> Resolution:
    mark = blake2b("\n".join(map(str, corrections)).encode(), digest_size=8).hexdigest()
    humans = _unpack(derived.read(snapshot.folder, _NAME, snapshot.revision), mark)
    if humans is not None:
        return Resolution(humans)
    resolution = resolve(sightings(snapshot), corrections)
    with suppress(OSError):  # an index can be read where it cannot be written
        derived.write(snapshot.folder, _NAME, snapshot.revision, _pack(resolution, mark))
    return resolution


def sightings(snapshot: Snapshot) -> Iterator[Sighting]:
    """Give every local key of the archive with its spellings, from the lexicons alone."""
    spellings: dict[str, list[tuple[str, int]]] = {}
    for term, articles in snapshot.frequencies("spelling"):
        key, _, spelling = term.partition(SPELLING_SEPARATOR)
        spellings.setdefault(key, []).append((spelling, articles))
    for key, articles in snapshot.frequencies("person"):
        yield Sighting(key, articles, tuple(spellings.get(key, ())))


def _pack(resolution: Resolution, mark: str) -> dict[str, Any]:
    humans = [[human.name, human.spellings, human.keys, human.articles] for human in resolution.humans]
    return {"corrections": mark, "humans": humans}


def _unpack(packed: Any, mark: str) -> list[Human] | None:
    """Give the humans that were kept, if they were found with the same corrections."""
    try:
        if packed["corrections"] != mark:
            return None
        return [
            Human(
                str(name),
                tuple((str(text), int(count)) for text, count in spellings),
                tuple(map(str, keys)),
                int(count),
            )
            for name, spellings, keys, count in packed["humans"]
        ]
    except (TypeError, KeyError, ValueError):
        return None
