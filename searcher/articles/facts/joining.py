"""Which of an archive's keys are one human? Rules that join sets of keys, the surest first.

Full names are joined by surname and given name, longer names with what they end in, bare surnames with the one human
they can be. What is joined depends on the set of keys and not on their order.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from searcher.articles.facts import likeness, names

if TYPE_CHECKING:
    from collections.abc import Iterable

# One human of a name is taken for it when all others of that name together are so much rarer.
_DOMINANT = 4
# Given names of one surname are compared pair by pair only up to so many.
_PAIRWISE = 60


class Groups:
    """Disjoint sets of keys (Tarjan 1975), with the number of articles of each set under its root."""

    def __init__(self, articles: dict[str, int]) -> None:
        self._parent = {key: key for key in articles}
        self.articles = articles

    def root(self, key: str) -> str:
        """Give the key that stands for a key's set."""
        parent = self._parent
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    def join(self, a: str, b: str) -> None:
        """Make the sets of two keys one; the first key in the alphabet's order stands for it."""
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
        """Give all sets, each sorted, by the keys that stand for them."""
        members: dict[str, list[str]] = defaultdict(list)
        for key in sorted(self._parent):
            members[self.root(key)].append(key)
        return members


def _one_of(groups: Groups, roots: Iterable[str]) -> str | None:
    """Give the one human among several roots: the only one, or one beside whom the others are rare."""
    ranked = sorted(set(roots), key=lambda root: (-groups.articles[root], root))
    if not ranked:
        return None
    rest = sum(groups.articles[root] for root in ranked[1:])
    return ranked[0] if rest * _DOMINANT <= groups.articles[ranked[0]] else None


def join_full_names(groups: Groups, keys: list[str], parts: dict[str, names.Parts]) -> None:
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
    # `Pat` comes after `Patrick` and `Patricia`, and stands for whichever there is, if there is one.
    for given in sorted(block, key=lambda given: (len(likeness.forms(given)), given)):
        if len(given) > 1:
            sound, *formal = likeness.forms(given)
            known = {by_form[form] for form in (sound, *formal) if form in by_form}
            clear = len(formal) < 2 or len(known) == 1
            name_of[given] = min(known) if known and clear else given
            for form in (sound, *formal) if clear else (sound,):
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


def _join_by_middle(groups: Groups, keys: list[str]) -> None:
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


def _join_initials(groups: Groups, keys: list[str], block: dict[str, list[str]]) -> None:
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


def join_longer_names(groups: Groups, keys: list[str]) -> None:
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


def join_surnames(groups: Groups, keys: list[str], parts: dict[str, names.Parts]) -> None:
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


def _join_by_sound(groups: Groups, keys: list[str]) -> None:
    """Join bare surnames that no full name explains with their own transliterations."""
    by_sound: dict[str, str] = {}
    for key in keys:
        word = names.parts(key).surname[-1]
        if len(word) > 4:
            first = by_sound.setdefault(likeness.skeleton(word), key)
            if first != key and likeness.same_sound(word, names.parts(first).surname[-1]):
                groups.join(first, key)
