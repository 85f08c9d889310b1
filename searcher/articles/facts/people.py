"""Which humans does an article name, how, and where?

Capitalised runs (`candidates`) are scored word by word (`tagging`); words in a row that score well are a mention.
Then the mentions of one human are joined: full names by their words, bare surnames to the full name that the article
gives, slips of the pen to the spelling they stand for. A mention that the article speaks of more than once is
judged by all its places together.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from searcher.articles.facts import likeness, names
from searcher.articles.facts.candidates import runs
from searcher.articles.facts.listed import names_in
from searcher.articles.facts.tagging import COMMON, tagger
from searcher.model import Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.articles.facts.candidates import Run
    from searcher.model import Span

# Log odds that a mention must reach: a full name, and a single word that no full name in the article explains.
FULL, BARE = 0.0, 0.4
# What a bare surname gains where the article gives a full name that ends in it.
KNOWN = 3.0
# What a given name gains where the article gives the full name.
FIRST_NAME = 2.0
_ENGLISH = re.compile(r"\b(?:the|of|and|said)\b")
_NOUNS_LARGE = frozenset({"de", "lb"})
# What a name found by the lists alone counts.
LISTED = 1.5


class Mention(NamedTuple):
    """Words that may name a human."""

    name: str
    key: str
    span: Span
    score: float


def read_people(text: str, *, title: str = "", language: str | None = None) -> tuple[Person, ...]:
    """Find the humans that a text names, in order of first appearance.

    Args:
        text: the story, in which the spans are places.
        title: read along with it; who is named there alone has no span.
        language: ISO 639-1; None is read as English if it may be that.
    """
    whole = f"{title}\n{text}" if title else text
    english = language == "en" or (language is None and (len(text) < 100 or _ENGLISH.search(text, 0, 2000)))
    mentions = _mentions(whole) if english else _listed_mentions(whole, nouns_large=language in _NOUNS_LARGE)
    return tuple(_persons(_judged(_cut_short(whole, list(mentions))), len(whole) - len(text)))


def _mentions(text: str) -> Iterator[Mention]:
    """Cut the runs into names; doubtful words that no name claims come alone."""
    model = tagger()
    for run, named, odds in model.tag(text, runs(text, model.hopeless)):
        count = len(named)
        index = 0
        while index < count:
            end = index + 1
            if named[index]:
                while end < count and named[end]:
                    end += 1
            elif odds[index] <= -KNOWN:
                index += 1
                continue
            mention = _mention(text, run.starts[index], run.starts[end - 1] + len(run.words[end - 1]), odds[index:end])
            if mention is not None:
                yield mention
            index = end


def _listed_mentions(text: str, *, nouns_large: bool) -> Iterator[Mention]:
    """Find full names by the lists, then the single words that are surnames of theirs."""
    kinds = tagger().lists.kinds
    alone: list[Run] = []
    surnames: set[str] = set()
    for run in runs(text):
        whole = list(names_in(run, kinds, nouns_large=nouns_large))
        for start, end in whole:
            mention = _mention(text, start, end, [LISTED])
            if mention is not None:
                surnames |= set(names.parts(mention.key).surname)
                yield mention
        if not whole:
            alone.append(run)
    for run in alone:
        for word, start in zip(run.words, run.starts, strict=True):
            key = names.key(word)
            # A genitive's s, as German and the languages of the north write it.
            bare = word if key in surnames else word[:-1] if key.endswith("s") and key[:-1] in surnames else ""
            if bare and (mention := _mention(text, start, start + len(bare), [LISTED])):
                yield mention


def _mention(text: str, start: int, end: int, scores: list[float]) -> Mention | None:
    name = text[start:end]
    while " " in name and (first := name.split(" ", 1)[0]).strip(".").lower() in names.HONORIFICS:
        start += len(first) + 1
        name = name[len(first) + 1 :]
    if name.endswith(".") and not name.endswith(("Jr.", "Sr.")):
        end -= 1
        name = name[:-1]
    found = names.key(name)
    if len(found) < 2 or found in names.HONORIFICS or _is_a_list(found.split()):
        return None
    return Mention(" ".join(name.split()), found, (start, end), sum(scores) / len(scores))


def _is_a_list(pieces: list[str]) -> bool:
    """Tell whether words are more than one name, run together without commas."""
    return sum(piece not in names.PARTICLES for piece in pieces) > 5 or any(
        piece == following for piece, following in pairwise(pieces)
    )


def _cut_short(text: str, mentions: list[Mention]) -> list[Mention]:
    """Cut everyday words off a name that the article also gives without them, as in the headline `Bennett Calls`."""
    kinds = tagger().lists.kinds
    known: set[str] = set()
    doubtful: list[int] = []
    for place, mention in enumerate(mentions):
        if " " not in mention.key:
            if mention.score > BARE:
                known.add(mention.key)
        elif kinds(mention.name.rsplit(" ", 1)[-1]) == COMMON:
            doubtful.append(place)
        else:
            known.add(mention.key)
            known.add(names.parts(mention.key).surname[-1])
    for place in doubtful:
        start, end = mentions[place].span
        while " " in text[start:end] and kinds(text[start:end].rsplit(" ", 1)[1]) == COMMON:
            end -= len(text[start:end].rsplit(" ", 1)[1]) + 1
        shorter = _mention(text, start, end, [mentions[place].score])
        if shorter is not None and shorter.key in known:
            mentions[place] = shorter
    return mentions


def _judged(mentions: list[Mention]) -> list[Mention]:
    """Keep the mentions that are likely, seen together with all others of the article."""
    by_key: dict[str, list[float]] = defaultdict(list)
    for mention in mentions:
        by_key[mention.key].append(mention.score)
    full = {key for key, scores in by_key.items() if " " in key and max(scores) > FULL}
    surnames = {word for key in full for word in names.parts(key).surname}
    given = {word for key in full for word in names.parts(key).given if len(word) > 3}
    gain = dict.fromkeys(given, FIRST_NAME) | {
        key: KNOWN
        for key in by_key
        if " " not in key and (key in surnames or any(likeness.alike(key, surname) for surname in surnames))
    }
    kept = []
    for mention in mentions:
        scores = by_key[mention.key]
        score = (mention.score + sum(scores) / len(scores)) / 2
        if score > (FULL if " " in mention.key else BARE - gain.get(mention.key, 0)):
            kept.append(mention)
    return kept


def _persons(mentions: list[Mention], shift: int) -> Iterator[Person]:
    mentions = sorted(mentions, key=lambda mention: mention.span)
    human_of = joined([mention.key for mention in mentions])
    places: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        human = human_of[mention.key]
        if human:
            places[human].append(mention)
    for of_one in places.values():
        spellings = Counter(mention.name for mention in of_one)
        name = max(spellings, key=lambda spelling: (fullness(names.key(spelling)), spellings[spelling]))
        score = max(mention.score for mention in of_one)
        yield Person(
            name=name,
            spellings=tuple(spellings),
            spans=tuple((start - shift, end - shift) for _, _, (start, end), _ in of_one if start >= shift),
            confidence=round(1 / (1 + math.exp(-min(score, 8.0))), 3),
        )


def fullness(name_key: str) -> tuple[int, int]:
    """Order spellings by how much of a name they give: whole words first, then initials."""
    pieces = name_key.split()
    return sum(len(piece) > 1 for piece in pieces), len(pieces)


def joined(keys: list[str]) -> dict[str, str]:
    """Say for each key of one article which key stands for its human: the fullest.

    Keys come in order of appearance. A key that could be two humans of the article goes to the one named last
    before it.
    """
    counts = Counter(keys)
    order = {key: place for place, key in reversed(list(enumerate(keys)))}
    human_of: dict[str, str] = {}
    humans: list[str] = []
    for found in sorted(counts, key=lambda k: (tuple(-x for x in fullness(k)), -counts[k], order[k])):
        fits = [human for human in humans if _fits(found, human, counts)]
        if " " not in found and len(fits) > 1:
            exact = [human for human in fits if found in names.parts(human).surname] or fits
            earlier = [human for human in exact if order[human] < order[found]]
            fits = [max(earlier or exact[:1], key=order.__getitem__)]
        if len(fits) == 1 or (fits and " " in found):
            human_of[found] = fits[0]
        else:
            human_of[found] = found
            humans.append(found)
    return human_of


def _fits(name_key: str, human: str, counts: Counter[str]) -> bool:
    """Tell whether a key may be a shorter or other spelling of the human with a fuller one."""
    whole = names.parts(human)
    pieces = name_key.split()
    # Spellings of one surname begin alike; everything else that fits shares a word.
    if pieces[-1][0] != whole.surname[-1][0] and set(pieces).isdisjoint(human.split()):
        return False
    if len(pieces) == 1:
        word = pieces[0]
        if word in whole.surname or " ".join(whole.surname) == word:
            return True
        if not whole.given:
            return _slip(word, human, counts)
        if word == whole.given[0] or word in whole.given[1:]:
            return True
        return likeness.alike(word, whole.surname[-1]) and _rare(word, whole.surname[-1], counts)
    part = names.parts(name_key)
    if part.suffix != whole.suffix and part.suffix and whole.suffix:
        return False
    if not likeness.same_given(part.given, whole.given):
        return _within(pieces, human.split())
    if part.surname == whole.surname or part.surname[-1] == whole.surname[-1]:
        return True
    return likeness.alike(part.surname[-1], whole.surname[-1]) or _within(pieces, human.split())


def _slip(word: str, human: str, counts: Counter[str]) -> bool:
    return likeness.alike(word, human) and _rare(word, human, counts)


def _rare(word: str, other: str, counts: Counter[str]) -> bool:
    """A spelling as frequent as the other is a name of its own, unless the two sound the same."""
    return likeness.skeleton(word) == likeness.skeleton(other) or likeness.swapped(word, other) or counts[word] == 1


def _within(pieces: list[str], whole: list[str]) -> bool:
    """Tell whether the words of a name stand in a longer one, in order: `garcia marquez` in a fuller name."""
    rest = iter(whole)
    return len(pieces) < len(whole) and all(piece in rest for piece in pieces)
