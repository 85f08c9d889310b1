"""How does an archive spell its people? Told by the lexicons of the fields `person` and `spelling` alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.store.documents import SPELLING_SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.articles.facts.resolution import Sighting
    from searcher.store.snapshot import Snapshot


def sightings(snapshot: Snapshot) -> Iterator[Sighting]:
    """Give every local key of the archive with its spellings."""
    from searcher.articles.facts.resolution import Sighting

    spellings: dict[str, list[tuple[str, int]]] = {}
    for term, articles in snapshot.frequencies("spelling"):
        key, _, spelling = term.partition(SPELLING_SEPARATOR)
        spellings.setdefault(key, []).append((spelling, articles))
    for key, articles in snapshot.frequencies("person"):
        yield Sighting(key, articles, tuple(spellings.get(key, ())))


def sighting(snapshot: Snapshot, key: str) -> Sighting:
    """Give one local key with its spellings; in no article when the archive does not have it."""
    from searcher.articles.facts.resolution import Sighting

    articles = len(snapshot.numbers_of("person", key))
    if not articles:
        return Sighting(key, 0, ())
    found = [term.decode("utf-8") for term in snapshot.reader.expand_prefix("spelling", f"{key}{SPELLING_SEPARATOR}")]
    counted = ((term.partition(SPELLING_SEPARATOR)[2], len(snapshot.numbers_of("spelling", term))) for term in found)
    return Sighting(key, articles, tuple((spelling, count) for spelling, count in counted if count))
