"""Which words of a text may name a human, and how likely?

Capitalised runs (`candidates`) are scored word by word (`tagging`); words in a row that score well are a mention. What
stands beside a name may say that it is a firm's, a place's or a photographer's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING

from searcher.articles.facts import likeness, names, spacy_names
from searcher.articles.facts.believing import believe_kin, believe_what_says_so
from searcher.articles.facts.features import COMMON, FAMILY, GIVEN, PLACE
from searcher.articles.facts.listed import listed_names
from searcher.articles.facts.namesakes import CALLED_BY, NAMED_AFTER, is_a_thing, is_no_human, without_things
from searcher.articles.facts.tagging import UNLIKELY, tagger
from searcher.articles.facts.trimming import Mention, mention_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from searcher.articles.facts.candidates import Run
    from searcher.model import Span

# Log odds that a mention must reach: a full name, and a single word that no full name in the text explains.
FULL, BARE = -0.1, 0.8
# What the first word of a name may lack where the words after it are sure.
_NEARLY = -0.8
# What a word gains where the text gives a full name whose surname it may be a slip for.
KNOWN = 4.0
# What each word of a name counts that a spaCy model has found, which does not say how sure it is.
_BY_MODEL = 3.0
_ENGLISH = re.compile(r"\b(?:the|of|and|said)\b")
_TITLES_BETWEEN = frozenset("Sen Sens Rep Reps Gov Govs Messrs Mr Mrs Ms Dr".split())
_AT_LEAST_TWO_NAMES, _A_LIST = 3, 6
_LONG_NAME = 3
# Slips for surnames so long are looked for in texts with so many surnames.
_LONG_SURNAME, _MOST_COMPARED = 6, 100
_LETTERS = re.compile(r"[^\W\d_]+")
# Who writes, edits, translates or takes pictures is not in the story.
_BY = ("by ", "By ", "BY ")
_CREDIT = re.compile(
    r"\b(?:reporting|writing|editing|filming|(?:report|writ|edit|film)(?:ed|ten)|stor(?:y|ies)|words|interview|photo(?:graph)?s?|pictures?|illustrations?|"
    r"graphics?|video|translat(?:ion|ed)|compiled|contributions?) $",
    re.IGNORECASE,
)
# What a surname begins with that is written large where it opens a sentence: `de Mistoura`, `al-Sisi`.
_PARTICLES = re.compile(r"(?<= )(?:(?:de|da|di|du|van|von|bin|al|el|le|la|dos|del|der|den)[ -])+[^ ]+$")
# What the story itself says was made by someone: `a letter written by`, but `This report was compiled by` is a credit.
_IN_A_SENTENCE = re.compile(r"[a-z,] $")
_OF_THE_ARTICLE = re.compile(
    r"\b(?:article|story|report|review|column|interview|text|image|additional|extra|file|with|and)\b"
    r"(?: (?:was|were|is))?(?: (?:originally|first))? $",
    re.IGNORECASE,
)
_CREDITED = re.compile(r"[^.;:\n|()]{3,90}")


def find_mentions(text: str, language: str | None, model: str | None = None) -> list[Mention]:
    """Find what may be names, in no order.

    Args:
        text: with its title, if it has one, as the first line.
        language: ISO 639-1; None is read as English if it may be that.
        model: a spaCy model that reads texts of its language instead of ours.
    """
    english = language == "en" or (language is None and (text[:2000].isascii() or _ENGLISH.search(text, 0, 2000)))
    if model is not None and spacy_names.is_read_by(model, language):
        places = spacy_names.spans_by(model, text)
        found = [named for start, end in places if (named := mention_of(text, start, end, [_BY_MODEL])) is not None]
    else:
        found = list(_scored(text) if english else listed_names(text, language))
    found = _without_genitives(_cut_short(_uncredited(text, _known_alone(text, found)), text), text)
    return without_things(list(_surnames_apart(found)), text)


def _scored(text: str) -> Iterator[Mention]:
    """Cut the runs into names; doubtful words that no name claims come alone, and two or three of them together too."""
    for run, named, odds in tagger().tag(text):
        count = len(named)
        index = 0
        if text.startswith(", ", run.start - 2):
            believe_kin(text, run, named, odds)
        if count > 1:
            believe_what_says_so(text, run, named, odds)
            yield from _doubtful(text, run, named, odds)
        while index < count:
            end = index + 1
            nearly = odds[index] > _NEARLY and end < count and named[end]
            if named[index] or (nearly and run.words[index].lower() not in names.COURTESY_TITLES):
                while end < count and named[end]:
                    end += 1
            elif odds[index] <= UNLIKELY:
                index += 1
                continue
            for first, last in _single_names(run.words, index, end):
                mention = mention_of(text, *run.span(first, last - 1), odds[first:last])
                if (
                    mention is not None
                    and not (last < count and run.words[last] in NAMED_AFTER)
                    and not (first and run.words[first - 1] in CALLED_BY)
                    and not is_a_thing(mention.name)
                    and not is_no_human(text, mention.name, mention.span)
                ):
                    yield mention
            index = end


def _doubtful(text: str, run: Run, named: list[bool], odds: list[float]) -> Iterable[Mention]:
    """Give a short run whose words are all doubtful as a name, unless some of them are no name's."""
    if len(named) > _LONG_NAME or any(named) or min(odds) <= UNLIKELY:
        return ()
    kinds = tagger().lists.kinds
    titled = [word.rstrip(".").lower() in names.HONORIFICS for word in run.words]
    first = next((at for at, title in enumerate(titled) if not title), len(titled))
    if first + 1 >= len(titled) or any(titled[first:]):
        return ()
    # After a title a place is the state of whoever bears it: `Rep. Capuano Massachusetts`.
    nobody = (COMMON, PLACE) if first else (COMMON,)
    if any(kinds(word) in nobody or word in NAMED_AFTER for word in run.words[first:]):
        return ()
    whole = mention_of(text, *run.span(first, len(titled) - 1), odds[first:])
    return () if whole is None else (whole,)


def _single_names(words: Sequence[str], first: int, end: int) -> Iterable[tuple[int, int]]:
    """Cut words that score well into names, if there are so many that they may be several."""
    return _parted(words, first, end) if _AT_LEAST_TWO_NAMES <= end - first <= _A_LIST else ((first, end),)


def _parted(words: Sequence[str], first: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut words at titles between them, and where names run together without commas."""
    kinds = tagger().lists.kinds
    start = first
    for at in range(first + 1, end):
        word = words[at]
        if word.rstrip(".") in _TITLES_BETWEEN:
            if start < at:
                yield start, at
            start = at + 1
        elif (
            at - start > 1
            and end - start > _LONG_NAME
            and kinds(word) & (GIVEN | FAMILY | COMMON) == GIVEN
            and at < end - 1
            and len(words[at - 1].rstrip(".")) > 1
            and kinds(words[at - 1]) & (GIVEN | FAMILY) == FAMILY
            and words[at + 1] not in names.PARTICLES
        ):
            yield start, at
            start = at
    half = (end - start) // 2
    if end - start == 2 * half > 2 and [w.lower() for w in words[start : start + half]] == [
        w.lower() for w in words[start + half : end]
    ]:
        yield start, start + half
        start += half
    if start < end:
        yield start, end


def _known_alone(text: str, mentions: list[Mention]) -> list[Mention]:
    """Find where surnames of full names stand alone and were taken for something else, or for less than they are."""
    kinds = tagger().lists.kinds
    full = {mention.name for mention in mentions if " " in mention.name and mention.score > FULL}
    surnames: set[str] = set()
    for name in full:
        last = name.rsplit(" ", 1)[-1]
        if len(last) > 3 and last[-1] != "." and not kinds(last) & (COMMON | PLACE):
            surnames.add(last)
        particles = _PARTICLES.search(name)
        if particles:
            surnames |= {particles[0], particles[0][0].upper() + particles[0][1:]}
    taken = {mention.span[1]: mention for mention in mentions}
    long = [one.span for one in mentions if one.score >= FULL and " " in one.key]
    found = []
    for surname in surnames:
        for start, end in _places_of(surname, text, slips=len(surnames) <= _MOST_COMPARED):
            known = taken.get(end)
            if (
                (known is None or known.span[0] > start or known.score < FULL)
                and _stands_alone(text, start, end)
                and not any(first <= start < last for first, last in long)
            ):
                word = text[start:end]
                found.append(Mention(word, names.key(word), (start, end), KNOWN))
    if not found:
        return mentions
    longest = {mention.span[1]: mention for mention in sorted(found, key=lambda one: len(one.name))}
    ends = {at: end for end, mention in longest.items() for at in range(mention.span[0], end)}
    return [*(mention for mention in mentions if mention.span[0] not in ends), *longest.values()]


def _places_of(surname: str, text: str, *, slips: bool) -> Iterator[Span]:
    """Find a surname, and what may be slips for a long one: they begin alike."""
    long = slips and len(surname) > _LONG_SURNAME and surname.isalpha()
    stem = surname[:4] if long else surname
    start = text.find(stem)
    while start >= 0:
        end = start + len(surname)
        if long and not text.startswith(surname, start):
            word = _LETTERS.match(text, start)[0]  # type: ignore[index]  # the stem is letters
            end = start + len(word)
            if not likeness.alike(names.key(word), names.key(surname)) or tagger().lists.kinds(word) & (COMMON | PLACE):
                end = 0
        if end:
            yield start, end
        start = text.find(stem, start + len(stem))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a word is none of a longer name, of a human or of something else."""
    before, after = text[max(0, start - 24) : start], text[end : end + 2]
    if after[:1].isalpha() or after[:1] == "-" or (after[:1] == " " and after[1:].isupper()):
        return False
    if not before or before[-1] in '\n(“"‘':
        return True
    last = before.rstrip(" \u00a0").rsplit(" ", 1)[-1]
    return before[-1] in " \u00a0" and (
        not last[:1].isupper() or last[-1] in ".!?:;," or last.lower() in names.HONORIFICS
    )


def _uncredited(text: str, mentions: list[Mention]) -> list[Mention]:
    """Leave out who is named as having written or pictured the article."""
    credited = sorted(
        names_of.span()
        for start in _places_after_by(text)
        if _is_a_credit(text, start - 3) and (names_of := _CREDITED.match(text, start))
    )
    if not credited:
        return mentions
    starts = [start for start, _ in credited]
    ends = [0, *accumulate((end for _, end in credited), max)]
    return [one for one in mentions if one.span[0] >= ends[bisect_right(starts, one.span[0])]]


def _is_a_credit(text: str, by: int) -> bool:
    """Tell whether what a `by` follows tells who made the article, and is not a part of its story."""
    made = _CREDIT.search(text, max(0, by - 16), by)
    if made is None:
        return False
    before = text[max(0, made.start() - 40) : made.start()]
    return not _IN_A_SENTENCE.search(before) or _OF_THE_ARTICLE.search(before) is not None


def _places_after_by(text: str) -> Iterator[int]:
    for by in _BY:
        start = text.find(by)
        while start >= 0:
            start += len(by)
            if text[start : start + 1].isupper():
                yield start
            start = text.find(by, start)


def _surnames_apart(mentions: list[Mention]) -> Iterator[Mention]:
    """Cut a name that is nothing but the surnames of others, as where commas are lost: `Senators Holm Berg said`."""
    kinds = tagger().lists.kinds
    named: dict[str, set[str]] = defaultdict(set)
    for key in {one.key for one in mentions if " " in one.key and one.score > FULL}:
        parts = names.parts(key)
        if parts.given and kinds(parts.given[0]) & GIVEN:
            named[parts.surname[-1]].update(parts.given)
    alone = {one.key for one in mentions if " " not in one.key}
    for mention in mentions:
        words, pieces = mention.name.split(" "), mention.key.split()
        if (
            1 < len(words) == len(pieces)
            and all(piece in named and named[piece].difference(pieces) for piece in pieces)
            and (len(pieces) > 2 or pieces[0] in alone or not kinds(words[0]) & GIVEN)
        ):
            start = mention.span[0]
            for word, piece in zip(words, pieces, strict=True):
                yield Mention(word, piece, (start, start + len(word)), KNOWN)
                start += len(word) + 1
        else:
            yield mention


def _without_genitives(mentions: list[Mention], text: str) -> list[Mention]:
    """Take the s of a genitive off names in a text that has lost its apostrophes, where it has them without it too."""
    if "'" in text or "’" in text:
        return mentions
    known = {mention.key for mention in mentions}
    known |= {names.parts(key).surname[-1] for key in known}
    return [
        Mention(mention.name[:-1], mention.key[:-1], (mention.span[0], mention.span[1] - 1), mention.score)
        if mention.name.endswith("s") and mention.key[:-1] in known
        else mention
        for mention in mentions
    ]


def _cut_short(mentions: list[Mention], text: str) -> list[Mention]:
    """Cut a headline's verb and what follows off a name that the article also gives alone: `Bennett Calls Vote`."""
    heading = text.find("\n")
    known: set[str] = set()
    doubtful: list[int] = []
    for place, mention in enumerate(mentions):
        if " " not in mention.key:
            if mention.score > BARE:
                known.add(mention.key)
        elif any(_may_be_a_verb(word, text, mention.span[0] < heading) for word in mention.name.split(" ")[1:]):
            doubtful.append(place)
        else:
            known.add(mention.key)
            known.add(names.parts(mention.key).surname[-1])
    kinds = tagger().lists.kinds
    for place in doubtful:
        start, end = mentions[place].span
        words = text[start:end].split(" ")
        for count in range(len(words) - 1, 0, -1):
            if count == 1 and kinds(words[0]) & (GIVEN | FAMILY) == GIVEN:
                continue  # a given name and a surname that is a word as well: `Theresa May`
            shorter = mention_of(text, start, start + len(" ".join(words[:count])), [mentions[place].score])
            follows = _may_be_a_verb(words[count], text, start < heading)
            if follows and shorter is not None and shorter.key in known:
                mentions[place] = shorter
    return mentions


def _may_be_a_verb(word: str, text: str, in_heading: bool) -> bool:
    """Tell whether a large word may be no name: a common one, or one that no list has and the heading alone."""
    if word[0].islower():
        return False
    kinds_of = tagger().lists.kinds
    kinds = kinds_of(word)
    if not kinds and word[-1] in "sS":
        return (in_heading and text.count(word) == 1) or COMMON in (kinds_of(word[:-1]), kinds_of(word[:-2]))
    return kinds == COMMON or (in_heading and not kinds and text.count(word) == 1)
