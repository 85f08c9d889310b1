"""Who is who across an archive? From the names that articles use to humans.

Every article is understood alone: it gives local keys (`names.key`), one a human. Here the distinct keys of a whole
archive are put together: transliterations, slips, initials, missing middle names and short forms of one human become
one; humans of one surname with different given names stay apart. A bare surname goes to the one human it can be; one
that could be several, or none, is a human of its own under that name, so that it can still be found.

The user's corrections are applied last and win. The same keys give the same humans, in whatever order they come.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from searcher.articles.facts import likeness, names
from searcher.articles.facts.corrections import Merge, Split
from searcher.articles.facts.declension import nominative
from searcher.articles.facts.joining import Groups, join_full_names, join_longer_names, join_surnames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from searcher.articles.facts.corrections import Correction

# A spelling so many times rarer than another may be a slip.
_SLIPS = 5


class Sighting(NamedTuple):
    """A local key with how the archive spells it and in how many articles."""

    key: str
    articles: int
    spellings: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Human:
    """One human across the archive.

    Attributes:
        name: canonical: the commonest of the full spellings.
        spellings: with the number of articles, commonest first.
        keys: the local keys that mean this human.
        articles: in how many articles; an article that uses two of the keys counts twice.
    """

    name: str
    spellings: tuple[tuple[str, int], ...]
    keys: tuple[str, ...]
    articles: int


class Resolution:
    """The humans of an archive, found by key or by what a user types."""

    def __init__(self, humans: Sequence[Human]) -> None:
        self.humans = tuple(humans)
        self._of_key = {key: human for human in humans for key in human.keys}
        self._of_sound: dict[str, list[Human]] | None = None

    def human_of(self, key: str) -> Human | None:
        """Give the human that a local key means."""
        return self._of_key.get(key)

    def named(self, text: str) -> tuple[Human, ...]:
        """Find the humans a user may mean: each word typed is, or sounds like, a word of one of their names."""
        return named(text, lambda sound: self._sounds().get(sound, ()))

    def beginning(self, text: str) -> tuple[Human, ...]:
        """Find the humans of one of whose names each word typed is, or begins, a word."""
        wanted = names.key(text).split()
        return tuple(human for human in self.humans if wanted and _begins(wanted, human))

    def matching(self, text: str) -> tuple[str, ...]:
        """Give the local keys of the humans a user may mean, sorted."""
        return tuple(sorted({key for human in self.named(text) for key in human.keys}))

    def corrected(self, corrections: Sequence[Correction], sighting: Callable[[str], Sighting]) -> Resolution:
        """Follow more of the user's lines without asking anew which of the other humans are one.

        Args:
            corrections: all of the user's lines; those that were followed before come first.
            sighting: gives what the archive has of a key.
        """
        groups = Groups({key: human.articles for key, human in self._of_key.items()})
        for human in self.humans:
            for key in human.keys[1:]:
                groups.join(human.keys[0], key)
        called = _correct(groups, corrections)
        humans = []
        for root, keys in groups.members().items():
            before = self._of_key[root]
            same = before.keys == tuple(keys) and called.get(root, before.name) == before.name
            humans.append(before if same else _human(keys, {key: sighting(key) for key in keys}, called.get(root)))
        return Resolution(_in_order(humans))

    def _sounds(self) -> dict[str, list[Human]]:
        if self._of_sound is None:
            sounds: dict[str, list[Human]] = defaultdict(list)
            for human in self.humans:
                for sound in sounds_of(human):
                    sounds[sound].append(human)
            self._of_sound = sounds
        return self._of_sound


def named(text: str, sounding: Callable[[str], Iterable[Human]]) -> tuple[Human, ...]:
    """Find the humans a user may mean, those in most articles first.

    Args:
        text: a name as typed.
        sounding: gives the humans of whose names one word sounds so, those in most articles first.
    """
    wanted = names.key(text).split()
    for sound, alike in ((likeness.skeleton, likeness.alike), (_loose_sound, _loosely_alike)):
        for word in wanted[-1:] + wanted[:1]:
            found = tuple(human for human in sounding(sound(word)) if _means(wanted, human, alike))
            if found:
                return found
    return ()


def sounds_of(human: Human) -> list[str]:
    """Give how the words of a human's names sound, sorted."""
    words = {word for key in _keys_of(human) for word in key.split()}
    long = {_loose_sound(word) for word in words if len(word) >= likeness.LOOSE_LENGTH}
    return sorted({likeness.skeleton(word) for word in words} | long)


def _loose_sound(word: str) -> str:
    return f"~{likeness.loose_skeleton(word)}"


def _loosely_alike(a: str, b: str) -> bool:
    return likeness.loosely_alike(a, b) or likeness.given_agree(a, b)


def _begins(wanted: list[str], human: Human) -> bool:
    return any(
        all(any(word.startswith(want) for word in words) for want in wanted)
        for words in (key.split() for key in _keys_of(human))
    )


def _keys_of(human: Human) -> set[str]:
    """Give the keys of all spellings, those too that no article uses for a human by themselves."""
    return {*human.keys, *(names.key(spelling) for spelling, _ in human.spellings)}


def _means(wanted: list[str], human: Human, alike: Callable[[str, str], bool]) -> bool:
    for key in _keys_of(human):
        words = key.split()
        if all(any(alike(want, word) or (len(want) == 1 and word[0] == want) for word in words) for want in wanted):
            return True
    return False


def resolve(sightings: Iterable[Sighting], corrections: Sequence[Correction] = ()) -> Resolution:
    """Find the humans behind an archive's local keys.

    Args:
        sightings: one for each distinct key.
        corrections: the user's, in the order of the file.
    """
    seen = {sighting.key: sighting for sighting in sightings}
    groups = Groups({key: sighting.articles for key, sighting in seen.items()})
    alone = {names.key(line.name) for line in corrections if isinstance(line, Split)}
    free = [key for key in sorted(seen) if key not in alone]
    parts = {key: names.parts(key) for key in free}
    full = [key for key in free if parts[key].given]
    join_full_names(groups, full, parts)
    join_longer_names(groups, full)
    join_surnames(groups, [key for key in free if not parts[key].given], parts)
    called = _correct(groups, corrections)
    humans = [_human(keys, seen, called.get(root)) for root, keys in groups.members().items()]
    return Resolution(_in_order(humans))


def _in_order(humans: Iterable[Human]) -> list[Human]:
    return sorted(humans, key=lambda human: (-human.articles, human.name, human.keys))


def _correct(groups: Groups, corrections: Sequence[Correction]) -> dict[str, str]:
    """Apply the user's lines in order; give the names that the user chose, by root."""
    called: dict[str, str] = {}
    for line in corrections:
        if isinstance(line, Merge):
            keys = [key for key in map(names.key, (line.into, *line.names)) if key in groups]
            for key in keys[1:]:
                groups.join(keys[0], key)
            if keys:
                called[keys[0]] = line.into
        elif (key := names.key(line.name)) in groups:
            groups.take(key)
            called[key] = line.name
    return {groups.root(key): name for key, name in called.items()}


def _human(keys: list[str], seen: dict[str, Sighting], called: str | None) -> Human:
    counts: dict[str, int] = defaultdict(int)
    for key in keys:
        for spelling, articles in seen[key].spellings:
            counts[spelling] += articles
    spellings = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    best = _best(spellings) if len(spellings) > 1 else spellings[0][0] if spellings else keys[0]
    name = called or nominative(best)
    return Human(name, tuple(spellings), tuple(keys), sum(seen[key].articles for key in keys))


def _best(spellings: list[tuple[str, int]]) -> str:
    """Choose the spelling that names a human best: in full, not in capitals, then common, then long.

    The end of a longer one, `García Márquez`, is no full name, unless the longer one is so rare that it is a slip.
    """
    ends: dict[str, int] = {}
    for spelling, articles in spellings:
        end = names.key(spelling)
        while end:
            _, _, end = end.partition(" ")
            ends[end] = max(articles, ends.get(end, 0))

    def rank(item: tuple[str, int]) -> tuple[int, bool, int, int, str]:
        spelling, articles = item
        key = names.key(spelling)
        given = names.parts(key).given
        whole = 0 if not given else 1 if len(given[0]) == 1 or ends.get(key, 0) * _SLIPS >= articles else 2
        loud = any(len(word) > 3 and word.isupper() for word in spelling.split())
        return whole, not loud, articles, len(spelling), spelling

    return max(spellings, key=rank)[0]
