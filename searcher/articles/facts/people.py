"""Which humans does an article name, how, and where?

The mentions of one human (see `mention_detection`) are joined: full names by their words, bare surnames to the full
name that the article gives, slips of the pen to the spelling they stand for. A mention that the article speaks of more
than once is judged by all its places together.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from searcher.articles.facts import likeness, names
from searcher.articles.facts.aliases import other_names
from searcher.articles.facts.believing import SURE
from searcher.articles.facts.declension import nominative
from searcher.articles.facts.mention_detection import BARE, FULL, KNOWN, find_mentions
from searcher.articles.facts.namesakes import is_listed_name, only_a_place
from searcher.model import Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from searcher.articles.facts.trimming import Mention

# What a given name gains where the article gives the full name.
FIRST_NAME = 2.0
# What a doubtful full name gains where it is a sure one elsewhere, or one of its words is a name by itself: `Mr Pita`.
SOLE = 2.5
# What stands in the names of the ruling houses of the Gulf, who are called by their given names.
_OF_A_HOUSE = frozenset({"al", "bin", "bint"})
# A given name of as many words is Korean, or Chinese in an old way of writing.
_SYLLABLES = 2
# With how many others that begin alike or share a word a name is compared, in texts of nothing but names.
_MOST_COMPARED = 100


def read_people(
    text: str, *, title: str = "", language: str | None = None, model: str | None = None
) -> tuple[Person, ...]:
    """Find the humans that a text names, in order of first appearance.

    Args:
        text: the story, in which the spans are places.
        title: read along with it; who is named there alone has no span.
        language: ISO 639-1; None is read as English if it may be that.
        model: a spaCy model that is to find the names in texts of its language; our own by default.
    """
    whole = f"{title}\n{text}" if title else text
    heading = len(whole) - len(text)
    found = find_mentions(whole, language, model)
    kept = _judged(found, heading if text else 0)
    others = list(other_names(whole, kept))
    if others:
        places = {other.span[0] for _, other in others}
        found = [mention for mention in found if mention.span[0] not in places] + [other for _, other in others]
        kept = _judged(found, heading if text else 0, sure={other.key for _, other in others})
    same = {other.key: key for key, other in others if other.key != key}
    same |= {names.key(nick[0]): one.key for one in kept if (nick := names.NICKNAME.search(one.name))}
    return tuple(_persons(kept, heading, same))


def _judged(mentions: list[Mention], heading: int, sure: Iterable[str] = ()) -> list[Mention]:
    """Keep the mentions that are likely, seen together with all others of the article.

    A single word in the heading, where other words are large as well, is no name on its own account, nor is a place,
    nor a word in capitals among names that are not: `GAO`.

    Args:
        mentions: of one article.
        heading: where the heading ends.
        sure: the keys that the article says to be names.
    """
    by_key: dict[str, list[float]] = defaultdict(list)
    for mention in mentions:
        by_key[mention.key].append(mention.score)
    full = {key for key, scores in by_key.items() if " " in key and max(scores) > FULL}
    surnames = {word for key in full for word in names.parts(key).surname}
    given = {word for key in full for word in names.parts(key).given if len(word) > 3}
    alone = {key for key in by_key if " " not in key}
    known = (alone & surnames) | _slips(alone - surnames, surnames)
    gain = dict.fromkeys(given, FIRST_NAME) | dict.fromkeys((*known, *sure), KNOWN)
    likely = {
        key: [score for score in scores if score > FULL] if key in full else scores for key, scores in by_key.items()
    }
    mean = {key: sum(scores) / len(scores) for key, scores in likely.items()}
    sole = {key for key in alone if max(by_key[key]) >= SURE}
    for key in by_key.keys() - alone:
        if key in full or not sole.isdisjoint(key.split()):
            gain[key] = SOLE
    places = {key for key in alone - sole if only_a_place(key)}
    told = {mention.key for mention in mentions if mention.span[0] >= heading and mention.score > FULL}
    small = {mention.key for mention in mentions if not mention.name.isupper()}
    if small:
        told -= {key for key in alone - small if not is_listed_name(key)}
    kept = []
    for mention in mentions:
        if (
            " " not in mention.key
            and mention.key not in surnames
            and (
                mention.key in names.COURTESY_TITLES
                or (mention.key not in gain and (mention.key not in told or mention.key in places))
            )
        ):
            continue
        score = (mention.score + mean[mention.key]) / 2
        if score > (FULL if " " in mention.key else BARE) - gain.get(mention.key, 0):
            kept.append(mention)
    return _without_parts(kept)


def _without_parts(mentions: list[Mention]) -> list[Mention]:
    """Leave out the words of doubtful names that are names after all."""
    long = {start: end for _, key, (start, end), score in mentions if " " in key and score <= FULL}
    if not long:
        return mentions
    inside = {at for start, end in long.items() for at in range(start, end)}
    return [one for one in mentions if one.span[0] not in inside or one.span == (one.span[0], long.get(one.span[0]))]


def _slips(words: set[str], surnames: set[str]) -> set[str]:
    """Give the words that may be other spellings of a surname: such begin alike or sound the same."""
    if not words:
        return words
    near: dict[str, list[str]] = defaultdict(list)
    for surname in sorted(surnames):
        for mark in {surname[0], likeness.loose_skeleton(surname)}:
            near[mark].append(surname)
    return {
        word
        for word in words
        if any(
            _spelt_alike(word, surname)
            for mark in (word[0], likeness.loose_skeleton(word))
            for surname in near.get(mark, ())[:_MOST_COMPARED]
        )
    }


def _persons(mentions: list[Mention], shift: int, same: dict[str, str]) -> Iterator[Person]:
    mentions = sorted(mentions, key=lambda mention: mention.span)
    human_of = joined([mention.key for mention in mentions])
    for other, key in same.items():
        if key in human_of and human_of.get(other) == other:
            human_of |= {name: human_of[key] for name, human in human_of.items() if human == other}
    places: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        human = human_of[mention.key]
        if human:
            places[human].append(mention)
    for of_one in places.values():
        spellings = Counter(mention.name for mention in of_one)
        name = max(
            spellings, key=lambda spelling: (fullness(names.key(spelling)), not spelling.isupper(), spellings[spelling])
        )
        score = max(mention.score for mention in of_one)
        yield Person(
            name=nominative(name),
            spellings=tuple(spellings),
            spans=tuple((start - shift, end - shift) for _, _, (start, end), _ in of_one if start >= shift),
            confidence=round(1 / (1 + math.exp(-min(score, 8.0))), 3),
        )


@lru_cache(maxsize=1 << 14)
def fullness(name_key: str) -> tuple[int, int]:
    """Order spellings by how much of a name they give: whole words first, then initials."""
    pieces = name_key.split()
    return sum(len(piece) > 1 for piece in pieces), len(pieces)


def joined(keys: list[str]) -> dict[str, str]:
    """Say for each key of one article which key stands for its human: the fullest.

    Keys come in order of appearance. A key that could be two humans of the article goes to the one the article is
    about: who was named more often, else first.
    """
    counts = Counter(keys)
    order = {key: place for place, key in reversed(list(enumerate(keys)))}
    human_of: dict[str, str] = {}
    humans: list[str] = []
    # Which humans may fit: those with a word, or with the first letter of the surname.
    near: dict[str, list[int]] = defaultdict(list)
    for found in sorted(counts, key=lambda k: (tuple(-x for x in fullness(k)), -counts[k], order[k])):
        pieces = found.split()
        marks = (_initial(pieces[-1]), *pieces, *likeness.forms(pieces[0]), "".join(pieces[:_SYLLABLES]))
        close = {place for mark in marks if mark in near for place in near[mark][:_MOST_COMPARED]}
        fits = [humans[place] for place in sorted(close) if _fits(found, humans[place], counts)]
        if " " not in found and len(fits) > 1:
            fits = [human for human in fits if found in names.parts(human).surname] or fits
            earlier = [human for human in fits if order[human] < order[found]] or fits
            fits = [max(earlier, key=lambda human: (_has_given_name(human), counts[human], -order[human]))]
        if len(fits) == 1 or (fits and " " in found):
            human_of[found] = fits[0]
        else:
            human_of[found] = found
            for mark in {_initial(names.parts(found).surname[-1]), *pieces, *likeness.forms(pieces[0])}:
                near[mark].append(len(humans))
            humans.append(found)
    return human_of


def _initial(word: str) -> str:
    """Give a mark of the sound that a word begins with: of `Khristov` and `Christov`, `Gurbanly` and `Qurbanli` one."""
    return likeness.loose_skeleton(word)[:1] + "."


def _spelt_alike(word: str, surname: str) -> bool:
    return likeness.alike(word, surname) or likeness.loosely_alike(word, surname)


def _has_given_name(human: str) -> bool:
    given = names.parts(human).given
    return bool(given) and given[0] not in names.COURTESY_TITLES


def _fits(name_key: str, human: str, counts: Counter[str]) -> bool:
    """Tell whether a key may be a shorter or other spelling of the human with a fuller one."""
    whole = names.parts(human)
    pieces = name_key.split()
    if len(pieces) > 1 and (sorted(pieces) == sorted(human.split()) or "".join(pieces) == whole.surname[-1]):
        return True  # the surname first, `Higuchi Ichiyō`; or in two words, `Ahmadi-Nejad`
    # Spellings of one surname begin alike; everything else that fits shares a word.
    if _initial(pieces[-1]) != _initial(whole.surname[-1]) and set(pieces).isdisjoint(human.split()):
        return len(pieces) == 1 and _has_given_name(human) and likeness.given_agree(pieces[0], whole.given[0])
    if len(pieces) == 1:
        return _fits_alone(pieces[0], human, counts)
    part = names.parts(name_key)
    if part.surname[0] == pieces[0] and len(part.given) == len(whole.given) == _SYLLABLES:
        return likeness.syllables_sound(name_key) == likeness.syllables_sound(human)
    if pieces[0] == "lord" and tuple(pieces[1:]) == whole.surname:
        return True  # a lady of that name may be his wife
    if pieces[0] in names.COURTESY_TITLES and not _OF_A_HOUSE.isdisjoint(human.split()):
        return pieces[1] in whole.given  # `Prince Mohammed` for `Mohammed bin Salman`
    if part.suffix != whole.suffix and part.suffix and whole.suffix:
        return False
    if not likeness.same_given(part.given, whole.given):
        return _within(pieces, human.split())
    if part.surname == whole.surname or part.surname[-1] == whole.surname[-1]:
        return True
    return likeness.alike(part.surname[-1], whole.surname[-1]) or _within(pieces, human.split())


def _fits_alone(word: str, human: str, counts: Counter[str]) -> bool:
    whole = names.parts(human)
    if word in whole.surname or " ".join(whole.surname) == word:
        return True
    if not whole.given:
        return _slip(word, human, counts)
    if word in whole.given:
        return word not in names.COURTESY_TITLES
    return _spelt_alike(word, whole.surname[-1]) and _rare(word, whole.surname[-1], counts)


def _slip(word: str, human: str, counts: Counter[str]) -> bool:
    return likeness.alike(word, human) and _rare(word, human, counts)


def _rare(word: str, other: str, counts: Counter[str]) -> bool:
    """A spelling as frequent as the other is a name of its own, unless the two sound the same."""
    return (
        likeness.loose_skeleton(word) == likeness.loose_skeleton(other)
        or likeness.swapped(word, other)
        or counts[word] == 1
    )


def _within(pieces: list[str], whole: list[str]) -> bool:
    """Tell whether the words of a name stand in a longer one, in order: `garcia marquez` in a fuller name."""
    rest = iter(whole)
    return (
        len(pieces) < len(whole)
        and all(any(likeness.alike(piece, word) for word in rest) for piece in pieces[:-1])
        and any(likeness.alike(pieces[-1], word) for word in rest)
    )
