"""Who is who in one state of the index, with the user's corrections: computed once, kept beside the index."""

from __future__ import annotations

import threading
from contextlib import suppress
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from searcher.articles.facts import names
from searcher.articles.facts.corrections import read as read_corrections
from searcher.articles.facts.resolution import Human, Resolution, Sighting, resolve
from searcher.model import PersonEntry
from searcher.store import derived
from searcher.store.documents import SPELLING_SEPARATOR
from searcher.store.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from searcher.articles.facts.corrections import Correction
    from searcher.store.snapshot import Snapshot

_NAME = "people.json"
_NAMES = "names.table"

#: So many names are looked up one by one before all of them are read.
_A_FEW = 500

#: In an archive of so many articles, people are found anew once this part of the articles has changed.
_MANY = 20_000
_STALE = 0.01


class Called(NamedTuple):
    """A human by name alone."""

    name: str


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
        self._asked = 0

    def human_of(self, key: str) -> Called | None:
        """Give the human that a term of the `person` field means; a few are found without reading all of them."""
        if self._resolution is None and self._asked < _A_FEW and self._names is not None:
            self._asked += 1
            name = self._names.get(key)
        else:
            human = self.resolution.human_of(key)
            name = human.name if human else None
        if name is None:
            newcomer = self._newcomer(key)
            name = newcomer.name if newcomer else None
        return None if name is None else Called(name)

    def matching(self, text: str) -> tuple[str, ...]:
        """Give the terms of the `person` field that mean a human who is called so."""
        found = self.resolution.matching(text)
        key = names.key(text)
        return found if key in found or self._newcomer(key) is None else (*found, key)

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

    @cached_property
    def _names(self) -> Table | None:
        revision = _kept_revision(self._snapshot, read_corrections(self._corrections_file))
        return None if revision is None else Table.open(self._snapshot.folder, _NAMES, revision)

    def _newcomer(self, key: str) -> Human | None:
        """Give a human who is not among those that were kept, by what the index says of one key alone."""
        articles = len(self._snapshot.numbers_of("person", key))
        if not articles:
            return None
        found = self._snapshot.reader.expand_prefix("spelling", f"{key}{SPELLING_SEPARATOR}")
        spellings = [term.decode("utf-8").partition(SPELLING_SEPARATOR)[2] for term in found]
        return resolve([Sighting(key, articles, tuple((spelling, 1) for spelling in spellings))]).human_of(key)

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


def keep_people(snapshot: Snapshot, corrections_file: Path) -> None:
    """Find out who is who now, where that is not known well enough, so that no query has to.

    Raises:
        ConfigError: the corrections cannot be read.
    """
    corrections = read_corrections(corrections_file)
    if _kept_revision(snapshot, corrections) is None:
        _resolve(snapshot, corrections)


def _load_or_resolve(snapshot: Snapshot, corrections: Sequence[Correction]) -> Resolution:
    revision = _kept_revision(snapshot, corrections)
    humans = None if revision is None else _unpack(derived.read(snapshot.folder, _NAME, revision))
    return _resolve(snapshot, corrections) if humans is None else Resolution(humans)


def _resolve(snapshot: Snapshot, corrections: Sequence[Correction]) -> Resolution:
    resolution = resolve(sightings(snapshot), corrections)
    with suppress(OSError):  # an index can be read where it cannot be written
        called = {key: human.name for human in resolution.humans for key in human.keys}
        Table.write(snapshot.folder, _NAMES, snapshot.revision, called)
        mark = _mark(corrections)
        packed = _pack(resolution)
        derived.write(snapshot.folder, _NAME, snapshot.revision, packed, corrections=mark, articles=len(snapshot))
    return resolution


def _kept_revision(snapshot: Snapshot, corrections: Sequence[Correction]) -> int | None:
    """Give the revision whose people are kept, if they do for this one, too.

    A large archive's people are not found anew for every few articles: names that came since stand for themselves.
    """
    about = derived.header(snapshot.folder, _NAME)
    if about.get("corrections") != _mark(corrections):
        return None
    revision, articles = about.get("revision"), about.get("articles")
    if not isinstance(revision, int) or not isinstance(articles, int) or revision > snapshot.revision:
        return None
    few = abs(len(snapshot) - articles) + (snapshot.revision - revision) <= articles * _STALE
    return revision if revision == snapshot.revision or (few and articles >= _MANY) else None


def _mark(corrections: Sequence[Correction]) -> str:
    return blake2b("\n".join(map(str, corrections)).encode(), digest_size=8).hexdigest()


def sightings(snapshot: Snapshot) -> Iterator[Sighting]:
    """Give every local key of the archive with its spellings, from the lexicons alone."""
    spellings: dict[str, list[tuple[str, int]]] = {}
    for term, articles in snapshot.frequencies("spelling"):
        key, _, spelling = term.partition(SPELLING_SEPARATOR)
        spellings.setdefault(key, []).append((spelling, articles))
    for key, articles in snapshot.frequencies("person"):
        yield Sighting(key, articles, tuple(spellings.get(key, ())))


def _pack(resolution: Resolution) -> list[Any]:
    return [[human.name, human.spellings, human.keys, human.articles] for human in resolution.humans]


def _unpack(packed: Any) -> list[Human] | None:
    try:
        return [
            Human(
                str(name),
                tuple((str(text), int(count)) for text, count in spellings),
                tuple(map(str, keys)),
                int(count),
            )
            for name, spellings, keys, count in packed
        ]
    except (TypeError, ValueError):
        return None
