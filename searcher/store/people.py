"""Who is who in one state of the index, with the user's corrections: computed once, kept beside the index."""

from __future__ import annotations

import threading
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from searcher.store import kept_people
from searcher.store.kept_people import KeptPeople
from searcher.store.spellings import sighting, sightings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from searcher.articles.facts.corrections import Correction
    from searcher.articles.facts.resolution import Human, Resolution
    from searcher.model import PersonEntry
    from searcher.store.snapshot import Snapshot

#: So many names are looked up one by one; then all are read.
_A_FEW = 500

#: In an archive of so many articles, people are found anew once this part of the articles has changed, by a writer.
_MANY = 4_000
_STALE = 0.01

_NEAR_NAMES = 3


class Called(NamedTuple):
    """A human by name alone."""

    name: str


class People:
    """The humans of an index, found when first asked for; any number of threads may ask.

    Nobody who reads a large archive that has changed waits for its people to be found anew: those who were known keep
    their names, and names that came since stand for themselves until a writer's next run.

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
        names = None if self._resolution is not None or self._kept is None else self._kept.names
        if names is None:
            human = self.resolution.human_of(key)
            name = human.name if human else None
        elif self._asked < _A_FEW:
            self._asked += 1
            name = names.get(key)
        else:
            name = self._all_names.get(key)
        if name is None:
            newcomer = self._newcomer(key)
            name = newcomer.name if newcomer else None
        return None if name is None else Called(name)

    def matching(self, text: str) -> tuple[str, ...]:
        """Give the terms of the `person` field that mean a human who is called so."""
        from searcher.articles.facts import names

        found = tuple(sorted({key for human in self.named(text) for key in human.keys}))
        key = names.key(text)
        return found if key in found or self._newcomer(key) is None else (*found, key)

    def name_of(self, name: str) -> str:
        """Give the name across the archive of someone whom an article names so."""
        from searcher.articles.facts import names

        human = self.human_of(names.key(name))
        return human.name if human else name

    def named(self, text: str) -> tuple[Human, ...]:
        """Find the humans who may be called so."""
        from searcher.articles.facts.resolution import named

        if self._resolution is None and self._kept is not None and self._kept.can_sound:
            return named(text, self._kept.sounding)
        return self.resolution.named(text)

    def entries(self, name: str | None = None) -> list[PersonEntry]:
        """List all humans, or those who may be called `name`, those in most articles first.

        Where nobody may be called so, those whose names begin so.
        """
        from searcher.model import PersonEntry

        humans = self.resolution.humans if name is None else self.named(name) or self.resolution.beginning(name)
        return [PersonEntry(human.name, human.spellings, human.articles) for human in humans]

    def refuse_unknown(self, name: str) -> None:
        """Let a name pass that an article uses for somebody.

        Raises:
            UsageError: no article does, or only beside the full name; the hint tells names that are near.
        """
        from searcher.articles.facts import names
        from searcher.errors import UsageError

        key = names.key(name)
        if self._snapshot.numbers_of("person", key):
            return
        near = self.entries(name)
        for entry in near:
            if any(names.key(spelling) == key for spelling, _ in entry.spellings):
                raise UsageError(
                    f"“{name}” is {entry.name} in the very articles that write it so",
                    "merge or split the name that they give in full",
                )
        listed = " or ".join(f"“{entry.name}”" for entry in near[:_NEAR_NAMES])
        raise UsageError(
            f"no article names anybody “{name}”", f"did you mean {listed}?" if listed else "`searcher people` lists all"
        )

    def __len__(self) -> int:
        if self._resolution is None and self._kept is not None and self._kept.count is not None:
            return self._kept.count
        return len(self.resolution.humans)

    @cached_property
    def _kept(self) -> KeptPeople | None:
        """The humans that were found out before, when the user has said no more about them since."""
        corrections = _read_corrections(self._corrections_file)
        kept = _kept_well_enough(self._snapshot, corrections)
        return kept if kept is not None and kept.follow_all(corrections) else None

    @cached_property
    def _all_names(self) -> dict[str, str]:
        names = None if self._kept is None else self._kept.names
        return names.all() if names is not None else {}

    def _newcomer(self, key: str) -> Human | None:
        """Give a human who is not among those that were kept, by what the index says of one key alone."""
        seen = sighting(self._snapshot, key)
        if not seen.articles:
            return None
        from searcher.articles.facts.resolution import resolve

        return resolve([seen]).human_of(key)

    @property
    def resolution(self) -> Resolution:
        """All of it.

        Raises:
            ConfigError: the corrections cannot be read.
        """
        with self._lock:
            if self._resolution is None:
                self._resolution = _load_or_resolve(self._snapshot, _read_corrections(self._corrections_file))
            return self._resolution


def keep_people(snapshot: Snapshot, corrections_file: Path, *, verify: bool = True) -> None:
    """Find out who is who now, where that is not known well enough, so that no query has to.

    Args:
        snapshot: the state of the index.
        corrections_file: what the user says about who is who.
        verify: read all that is kept, and keep it anew where it is damaged.

    Raises:
        ConfigError: the corrections cannot be read.
    """
    corrections = _read_corrections(corrections_file)
    kept = _kept_well_enough(snapshot, corrections)
    known = kept is not None and not _is_stale(kept, snapshot) and kept.follow_all(corrections)
    if kept is None or not known or (verify and not kept.is_sound):
        _resolve(snapshot, corrections)


def _read_corrections(path: Path) -> tuple[Correction, ...]:
    if not path.exists():
        return ()
    from searcher.articles.facts.corrections import read

    return read(path)


def _load_or_resolve(snapshot: Snapshot, corrections: Sequence[Correction]) -> Resolution:
    from searcher.articles.facts.resolution import Resolution

    kept = _kept_well_enough(snapshot, corrections)
    humans = kept.humans() if kept is not None else None
    if kept is None or humans is None:
        return _resolve(snapshot, corrections)
    if kept.follow_all(corrections):
        return Resolution(humans)
    if kept.articles < _MANY:
        return _resolve(snapshot, corrections)
    resolution = Resolution(humans).corrected(corrections, lambda key: sighting(snapshot, key))
    with suppress(OSError):  # an index can be read where it cannot be written
        kept_people.write(snapshot.folder, kept.revision, kept.articles, resolution, corrections)
    return resolution


def _resolve(snapshot: Snapshot, corrections: Sequence[Correction]) -> Resolution:
    from searcher.articles.facts.resolution import resolve

    resolution = resolve(sightings(snapshot), corrections)
    with suppress(OSError):
        kept_people.write(snapshot.folder, snapshot.revision, len(snapshot), resolution, corrections)
    return resolution


def _kept_well_enough(snapshot: Snapshot, corrections: Sequence[Correction]) -> KeptPeople | None:
    """Give the humans that were kept for this revision, or for an earlier one of a large archive.

    They may follow fewer of the user's lines than there are now, but no other ones.
    """
    kept = KeptPeople.of(snapshot.folder)
    if kept is None or not kept.follow(corrections) or kept.revision > snapshot.revision:
        return None
    alike = kept.articles >= _MANY and 2 * kept.articles >= len(snapshot)
    return kept if kept.revision == snapshot.revision or alike else None


def _is_stale(kept: KeptPeople, snapshot: Snapshot) -> bool:
    """Tell whether so much has changed that a writer is to find people anew."""
    changed = abs(len(snapshot) - kept.articles) + (snapshot.revision - kept.revision)
    return changed > kept.articles * _STALE
