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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from searcher.articles.facts.corrections import Correction

# One human of a name is taken for it when all others of that name together are so much rarer.
_DOMINANT = 4
# A spelling so many times rarer than another may be a slip.
_SLIPS = 5
# Given names of one surname are compared pair by pair only up to so many.
_PAIRWISE = 60


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
        groups = _Groups({key: Sighting(key, human.articles, ()) for key, human in self._of_key.items()})
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
    for word in wanted[-1:] + wanted[:1]:
        found = tuple(human for human in sounding(likeness.skeleton(word)) if _means(wanted, human))
        if found:
            return found
    return ()


def sounds_of(human: Human) -> list[str]:
    """Give how the words of a human's names sound, sorted."""
    return sorted({likeness.skeleton(word) for key in human.keys for word in key.split()})


def _begins(wanted: list[str], human: Human) -> bool:
    return any(
        all(any(word.startswith(want) for word in words) for want in wanted)
        for words in (key.split() for key in human.keys)
    )


def _means(wanted: list[str], human: Human) -> bool:
    for key in human.keys:
        words = key.split()
        if all(
            any(likeness.alike(want, word) or (len(want) == 1 and word[0] == want) for word in words) for want in wanted
        ):
            return True
    return False


def resolve(sightings: Iterable[Sighting], corrections: Sequence[Correction] = ()) -> Resolution:
    """Find the humans behind an archive's local keys.

    Args:
        sightings: one for each distinct key.
        corrections: the user's, in the order of the file.
    """
    seen = {sighting.key: sighting for sighting in sightings}
    groups = _Groups(seen)
    alone = {names.key(line.name) for line in corrections if isinstance(line, Split)}
    free = [key for key in sorted(seen) if key not in alone]
    parts = {key: names.parts(key) for key in free}
    full = [key for key in free if parts[key].given]
    _join_full_names(groups, full, parts)
    _join_longer_names(groups, full)
    _join_surnames(groups, [key for key in free if not parts[key].given], parts)
    called = _correct(groups, corrections)
    humans = [_human(keys, seen, called.get(root)) for root, keys in groups.members().items()]
    return Resolution(_in_order(humans))


def _in_order(humans: Iterable[Human]) -> list[Human]:
    return sorted(humans, key=lambda human: (-human.articles, human.name, human.keys))


class _Groups:
    """Disjoint sets of keys, with the articles of each set (Tarjan 1975)."""

    def __init__(self, seen: dict[str, Sighting]) -> None:
        self._parent = {key: key for key in seen}
        self.articles = {key: sighting.articles for key, sighting in seen.items()}

    def root(self, key: str) -> str:
        parent = self._parent
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    def join(self, a: str, b: str) -> None:
        first, second = sorted((self.root(a), self.root(b)))
        if first != second:
            self._parent[second] = first
            self.articles[first] += self.articles[second]

    def take(self, key: str) -> None:
        """Make a key a set of its own."""
        rest = [other for other in self._parent if other != key and self.root(other) == self.root(key)]
        own = self.articles
        total = own[self.root(key)] if rest else 0
        self._parent[key] = key
        for other in rest:
            self._parent[other] = rest[0]
        if rest:
            own[rest[0]] = total

    def __contains__(self, key: str) -> bool:
        return key in self._parent

    def members(self) -> dict[str, list[str]]:
        members: dict[str, list[str]] = defaultdict(list)
        for key in sorted(self._parent):
            members[self.root(key)].append(key)
        return members


def _one_of(groups: _Groups, roots: Iterable[str]) -> str | None:
    """Give the one human among several roots: the only one, or one beside whom the others are rare."""
    ranked = sorted(set(roots), key=lambda root: (-groups.articles[root], root))
    if not ranked:
        return None
    rest = sum(groups.articles[root] for root in ranked[1:])
    return ranked[0] if rest * _DOMINANT <= groups.articles[ranked[0]] else None


def _join_full_names(groups: _Groups, keys: list[str], parts: dict[str, names.Parts]) -> None:
    """Join keys with given names: by surname and first given name, then by middle names, then initials."""
    by_surname: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for key in keys:
        of_key = parts[key]
        by_surname[likeness.skeleton(of_key.surname[-1])][of_key.given[0]].append(key)
    spellings = _Spellings(of_key.surname[-1] for of_key in parts.values() if of_key.given)
    for block in _with_spellings(by_surname, spellings):
        for given, listed in _by_given(block).items():
            if len(given) > 1 and len(listed) > 1:
                _join_by_middle(groups, listed)
        for given, listed in block.items():
            if len(given) == 1:
                _join_initials(groups, listed, block)


def _with_spellings(
    by_surname: dict[str, dict[str, list[str]]], spellings: _Spellings
) -> Iterable[dict[str, list[str]]]:
    """Give the blocks of one surname; surnames that are spellings of one another are one block."""
    together: dict[str, list[str]] = defaultdict(list)
    for sound in sorted(by_surname):
        together[spellings.first(sound)].append(sound)
    for sounds in together.values():
        block = by_surname[sounds[0]]
        for other in sounds[1:]:
            for given, listed in by_surname[other].items():
                block.setdefault(given, []).extend(listed)
        yield from _apart(block)


def _apart(block: dict[str, list[str]]) -> Iterable[dict[str, list[str]]]:
    """Part surnames that sound alike but are written too differently for one."""
    surnames = sorted({names.parts(key).surname[-1] for listed in block.values() for key in listed})
    if len(surnames) == 1:
        return [block]
    first_of: dict[str, str] = {}
    for place, surname in enumerate(surnames):
        first_of[surname] = surname
        for other in surnames[: min(place, _PAIRWISE)]:
            if likeness.alike(surname, other) or likeness.loosely_alike(surname, other):
                old, new = sorted((first_of[surname], first_of[other]), reverse=True)
                first_of = {one: new if first == old else first for one, first in first_of.items()}
    blocks: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for given, listed in block.items():
        for key in listed:
            blocks[first_of[names.parts(key).surname[-1]]].setdefault(given, []).append(key)
    return blocks.values()


class _Spellings:
    """Sounds of surnames that are spellings of one another: transliterations, or a swap of neighbouring letters."""

    def __init__(self, surnames: Iterable[str]) -> None:
        self._same: dict[str, str] = {}
        alike: dict[str, list[str]] = defaultdict(list)
        for surname in sorted(set(surnames)):
            if len(surname) > 5:
                alike["".join(sorted(surname))].append(surname)
                alike[likeness.frame(surname)].append(surname)
        for listed in alike.values():
            for place, surname in enumerate(listed[:_PAIRWISE]):
                for other in listed[:place]:
                    if likeness.swapped(surname, other) or likeness.loosely_alike(surname, other):
                        first, second = sorted(
                            (self.first(likeness.skeleton(surname)), self.first(likeness.skeleton(other)))
                        )
                        if first != second:
                            self._same[second] = first

    def first(self, sound: str) -> str:
        while sound in self._same:
            sound = self._same[sound]
        return sound


def _by_given(block: dict[str, list[str]]) -> dict[str, list[str]]:
    """Put together the keys of one surname whose first given names are spellings of one."""
    if len(block) == 1:
        return block
    name_of: dict[str, str] = {}
    by_form: dict[str, str] = {}
    for given in sorted(block):
        if len(given) > 1:
            forms = likeness.forms(given)
            name_of[given] = next((by_form[form] for form in forms if form in by_form), given)
            for form in forms:
                by_form.setdefault(form, name_of[given])
    # A letter more or less, in long names only.
    long = [given for given in sorted(set(name_of.values())) if len(given) > 6][:_PAIRWISE]
    for place, given in enumerate(long):
        for other in long[:place]:
            if other[0] == given[0] and name_of[other] == other and likeness.alike(given, other):
                name_of[given] = other
                break
    together: dict[str, list[str]] = defaultdict(list)
    for given, name in name_of.items():
        together[name_of[name]].extend(block[given])
    return together


def _join_by_middle(groups: _Groups, keys: list[str]) -> None:
    """Join keys that differ in middle names and suffixes at most, unless that tells two humans apart."""
    by_rest: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key in keys:
        parts = names.parts(key)
        by_rest[parts.given[1][:1] if len(parts.given) > 1 else "", parts.suffix].append(key)
    for listed in by_rest.values():
        for key in listed[1:]:
            groups.join(listed[0], key)
    for rest in sorted(by_rest, key=lambda r: (-bool(r[0]) - bool(r[1]), r)):
        fuller = [
            groups.root(listed[0])
            for other, listed in by_rest.items()
            if other != rest and all(not mine or mine == theirs for mine, theirs in zip(rest, other, strict=True))
        ]
        if fuller and (human := _one_of(groups, fuller)):
            groups.join(human, by_rest[rest][0])


def _join_initials(groups: _Groups, keys: list[str], block: dict[str, list[str]]) -> None:
    for key in sorted(keys):
        mine = names.parts(key)
        fits = {
            groups.root(other)
            for given, listed in block.items()
            if len(given) > 1 and given[0] == mine.given[0]
            for other in listed
            if likeness.same_given(mine.given, names.parts(other).given)
        }
        human = _one_of(groups, fits)
        if human:
            groups.join(human, key)


def _join_longer_names(groups: _Groups, keys: list[str]) -> None:
    """Join a key of two words with the one human whose longer name ends in them: `garcia marquez`."""
    endings: dict[tuple[str, str], set[str]] = defaultdict(set)
    for key in keys:
        words = key.split()
        if len(words) > 2:
            endings[_ending(words)].add(key)
    for key in keys:
        words = key.split()
        if len(words) == 2 and min(map(len, words)) > 1 and _ending(words) in endings:
            human = _one_of(groups, (groups.root(longer) for longer in endings[_ending(words)]))
            if human:
                groups.join(human, key)


def _ending(words: list[str]) -> tuple[str, str]:
    return words[-2], likeness.skeleton(words[-1])


def _join_surnames(groups: _Groups, keys: list[str], parts: dict[str, names.Parts]) -> None:
    """Join a bare surname with the one human it can be; the exact spelling goes before a likely one."""
    exact: dict[str, set[str]] = defaultdict(set)
    for key, of_key in parts.items():
        if of_key.given:
            exact[of_key.surname[-1]].add(groups.root(key))
    sounding: dict[str, set[str]] = defaultdict(set)
    alike: dict[str, set[str]] = defaultdict(set)
    for word in exact:
        sounding[likeness.skeleton(word)].add(word)
        if len(word) > 5:
            alike["".join(sorted(word))].add(word)
            alike[likeness.frame(word)].add(word)
    joins = []
    for key in keys:
        word = parts[key].surname[-1]
        fits = exact.get(word)
        if not fits and len(word) > 3:
            sound = sounding.get(likeness.skeleton(word), ())
            fits = {root for other in sound if likeness.same_sound(word, other) for root in exact[other]}
        if not fits and len(word) > 5:
            fits = {
                root
                for other in alike.get("".join(sorted(word)), set()) | alike.get(likeness.frame(word), set())
                if likeness.swapped(word, other) or likeness.loosely_alike(word, other)
                for root in exact[other]
            }
        human = _one_of(groups, fits or ())
        if human:
            joins.append((human, key))
    for human, key in joins:
        groups.join(human, key)
    _join_by_sound(groups, [key for key in keys if groups.root(key) == key])


def _join_by_sound(groups: _Groups, keys: list[str]) -> None:
    """Join bare surnames that no full name explains with their own transliterations."""
    by_sound: dict[str, str] = {}
    for key in keys:
        word = names.parts(key).surname[-1]
        if len(word) > 4:
            first = by_sound.setdefault(likeness.skeleton(word), key)
            if first != key and likeness.same_sound(word, names.parts(first).surname[-1]):
                groups.join(first, key)


def _correct(groups: _Groups, corrections: Sequence[Correction]) -> dict[str, str]:
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
    if called:
        name = called
    elif len(spellings) > 1:
        name = max(spellings, key=lambda item: _rank(item[0], item[1], spellings))[0]
    else:
        name = spellings[0][0] if spellings else keys[0]
    return Human(name, tuple(spellings), tuple(keys), sum(seen[key].articles for key in keys))


def _rank(spelling: str, articles: int, others: list[tuple[str, int]]) -> tuple[int, bool, int, int, str]:
    """Order spellings by how well they name a human: in full, not in capitals, then common, then long.

    The end of a longer one, `García Márquez`, is no full name, unless the longer one is so rare that it is a slip.
    """
    key = names.key(spelling)
    parts = names.parts(key)
    if not parts.given:
        whole = 0
    elif len(parts.given[0]) == 1 or any(
        count * _SLIPS >= articles and names.key(other).endswith(f" {key}") for other, count in others
    ):
        whole = 1
    else:
        whole = 2
    loud = any(len(word) > 3 and word.isupper() for word in spelling.split())
    return whole, not loud, articles, len(spelling), spelling
