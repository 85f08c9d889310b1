"""Which words are a name because what stands beside them says so, whatever the model makes of them?"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from searcher.articles.facts import names
from searcher.articles.facts.features import COMMON, GIVEN, PLACE
from searcher.articles.facts.tagging import UNLIKELY, tagger
from searcher.articles.facts.trimming import NUMERAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from searcher.articles.facts.candidates import Run

# What a word counts after a title that stands before names only.
SURE = 1.5
_BEFORE_NAMES_ONLY = frozenset("Mr Mr. Mrs Mrs. Ms Ms. Miss Messrs. Mme Dr Dr. Sir Dame Sheikh Sheikha Alhaji".split())
# Titles that are words as well: what follows them is a name unless it is a common word.
_BEFORE_NAMES = frozenset(
    "Rev Rev. Reverend Prof Prof. Capt. Lt. Col. Maj. Sgt Sgt. Cpl. Supt. Insp. Cllr Cllr. Coun. Fr.".split()
)
_OF_CROWNED_HEADS = frozenset("King Queen Prince Princess Pope Emperor Empress Sultan Tsar".split())
_SON_OF = frozenset({"bin", "bint", "ibn"})
_TELLING = _BEFORE_NAMES_ONLY | _BEFORE_NAMES | _OF_CROWNED_HEADS | _SON_OF
_MOST_WORDS = 3
# Whose name stands between commas.
_KIN = tuple(
    f" {kin}, "
    for kin in (
        "wife husband widow widower spouse son daughter brother sister mother father grandson granddaughter "
        "grandmother grandfather stepson stepdaughter nephew niece fiancé fiancée girlfriend boyfriend twin"
    ).split()
)
# Who speaks in a transcript: `ANCHOR JANE ROE:`, `JANE ROE, HOST:`.
_SPEAKS = re.compile(r"(?:, [A-Z][A-Z ]+)?:")
_NO_INITIALS = (("D", "C"), ("U", "S"), ("U", "N"), ("U", "K"), ("E", "U"))


def believe_what_says_so(text: str, run: Run, named: list[bool], odds: list[float]) -> None:
    """Take for names what titles, bare initials and an age stand before, and who speaks in a transcript."""
    if not _TELLING.isdisjoint(run.words):
        _believe_titles(run, named, odds)
    _believe_initials(run, named, odds)
    if "-" in run.spelling:
        _believe_syllables(run, named, odds)
    if len(named) <= _MOST_WORDS and text.endswith("-year-old ", 0, run.start):
        _believe(named, odds, range(len(named)))
    if run.spelling.isupper() and text[run.start - 1 : run.start] in ("", "\n") and _SPEAKS.match(text, run.end):
        _believe_speaker(run, named, odds)


def believe_kin(text: str, run: Run, named: list[bool], odds: list[float]) -> None:
    """Take for a name what stands between commas after a word of kinship: `his widow, Gulnora, and`."""
    if text.endswith(_KIN, 0, run.start) and text.startswith(",", run.end) and all(map(_may_be_a_name, run.words)):
        _believe(named, odds, range(len(named)))


def _believe_titles(run: Run, named: list[bool], odds: list[float]) -> None:
    """Take for names what follows `Mr`, a listed given name after `Queen`, and what `bin` stands between."""
    for place, title in enumerate(run.words[:-1]):
        if title in _BEFORE_NAMES_ONLY or (title in _BEFORE_NAMES and _may_be_a_name(run.words[place + 1])):
            first = place + 1
        elif title in _OF_CROWNED_HEADS and (named[place + 1] or tagger().lists.kinds(run.words[place + 1]) & GIVEN):
            first = place if _is_crowned(run.words, place + 1) else place + 1
        elif place and title in _SON_OF and named[place + 1]:
            first = place - 1
        else:
            continue
        _believe(named, odds, range(first, place + 2))


def _believe_initials(run: Run, named: list[bool], odds: list[float]) -> None:
    """Take for a name what two letters without full stops stand before, as in India: `P V Narasimha Rao`."""
    words = run.words
    first = next((at for at, (one, two) in enumerate(pairwise(words)) if len(one) == len(two) == 1), None)
    if first is None or words[first : first + 2] in _NO_INITIALS:
        return
    if first and words[first - 1].lower() not in names.HONORIFICS and not words[first - 1].isupper():
        return
    end = first
    while end < len(words) and (len(words[end]) == 1 or _may_be_a_name(words[end])):
        end += 1
    if first + 2 < end == len(words) and len(words[-1]) > 1:
        _believe(named, odds, range(first, end))


def _believe_syllables(run: Run, named: list[bool], odds: list[float]) -> None:
    """Take for a name what Korean and Chinese ones are written like: `Hong Seok-hyun`."""
    for place, (surname, given) in enumerate(pairwise(run.words)):
        first, mark, second = given.partition("-")
        listed = surname.lower() in names.SURNAME_FIRST
        if (
            mark
            and (second.islower() or (listed and odds[place + 1] > UNLIKELY))
            and (listed or names.is_syllabic(surname.lower()))
            and names.is_syllabic(first.lower())
            and names.is_syllabic(second.lower())
        ):
            _believe(named, odds, (place, place + 1))


def _believe_speaker(run: Run, named: list[bool], odds: list[float]) -> None:
    """Take for a name the last two words of a speaker's, the first of which is a listed given name."""
    kinds = tagger().lists.kinds
    first = len(named) - 2
    if kinds(run.words[first]) & GIVEN and kinds(run.words[first + 1]) not in (COMMON, PLACE):
        _believe(named, odds, range(first, first + 2))


def _may_be_a_name(word: str) -> bool:
    kinds = tagger().lists.kinds(word)
    return not kinds & (COMMON | PLACE) and not word.isupper() and word.rstrip(".").lower() not in names.HONORIFICS


def _believe(named: list[bool], odds: list[float], places: Iterable[int]) -> None:
    for at in places:
        named[at], odds[at] = True, max(odds[at], SURE)


def _is_crowned(words: Sequence[str], place: int) -> bool:
    """Tell whether nothing but a number follows a given name: the title is then part of the name."""
    return len(words) == place + 1 or NUMERAL.fullmatch(words[place + 1]) is not None
