"""Which words are a name in a language that the model has not learnt? Those that begin with a listed given name.

The model (`tagging`) has learnt English. In a language that writes other words large too (German nouns), or that it
has never seen, only what begins with a known given name and goes on like a name is taken: better too few than `Ende`
and `Siempre`. A surname alone counts where such a full name is in the same article.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searcher.articles.facts import names
from searcher.articles.facts.features import COMMON, FAMILY, GIVEN, PLACE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from searcher.articles.facts.candidates import Run

# Endings of words that are seldom names, in languages where common nouns are written large or titles follow names.
_NOUN = re.compile(
    r"(?:ung|ungen|heit|keit|schaft|tion|tionen|tät|ismus|chen|innen|ieren|nis|tum|ling|linge|stunde|jahr|jahre|"
    r"tag|woche|"
    r"straße|platz|stadt|haus|partei|minister|präsident|verband|verein|gesellschaft|meister|"
    r"ción|ciones|dad|mento|miento|zione|ità|ção|dade|ité|isme|ismo)$"
)
_CASE_ENDING = re.compile(r"(?:ого|ому|ым|ом|ой|ою|ем|єм|ей|а|у|е|ы|ю|я|и|і)$")
_SUFFIX = re.compile(r"['’][^\W\d_A-Z]+$")
_PARTICLES = names.PARTICLES - {"i", "of", "the"}
# Words that open sentences and are a given name somewhere.
_NEVER_LISTED = """
    der die das den dem des ein eine sie er es ich wir ihr man wer wie was wo da so am im an auf aus bei mit nach von
    vor
    zu zum zur la le les el los las il lo i gli un une una de du des del al en par por per para con sin sur su que
    qui se
    si no ni y e et o ou a het een van op te in on at to and or but for med och det att som na w z do je to ale jak po
    za v s k dal dalla dai nel nella nei sul sulla sui alle allen ali mai mars"""
_NEVER = frozenset(_NEVER_LISTED.split())


def names_in(run: Run, kinds: Callable[[str], int], *, surnames: int) -> Iterator[tuple[int, int]]:
    """Find the names in a run of capitalised words, as places in the text.

    Args:
        run: as found in the text.
        kinds: says in which lists a word is (see `tagging`).
        surnames: how many a human may have.
    """
    words = run.words
    count = len(words)
    index = 0
    while index < count:
        if not is_given(words[index], kinds):
            index += 1
            continue
        end = index + 1
        while end < count and end - index < 4 and _goes_on(words, index, end, kinds, surnames):
            end += 1
        if end - index > 1 and not _is_initial(words[end - 1]):
            start, last = run.span(index, end - 1)
            yield start, last - len(words[end - 1]) + len(_SUFFIX.sub("", words[end - 1]))
            index = end
        else:
            index += 1


def _is_initial(word: str) -> bool:
    return word.endswith(".") and len(word) <= 5 and word[0].isupper()


def is_given(word: str, kinds: Callable[[str], int]) -> bool:
    """Tell whether a word is a listed given name, in any case, and hardly anything else."""
    if len(word) < 3 or not word[0].isupper() or word.isupper() or word.lower() in _NEVER:
        return False
    found = kinds(word)
    if not found & GIVEN and not word.isascii() and word[0] > "\u0400":
        found = (
            kinds(_CASE_ENDING.sub("", word)) | kinds(_CASE_ENDING.sub("й", word)) | kinds(_CASE_ENDING.sub("а", word))
        )
    return bool(found & GIVEN) and not found & COMMON


def _goes_on(words: Sequence[str], first: int, index: int, kinds: Callable[[str], int], surnames: int) -> bool:
    word = words[index]
    if _is_initial(word):
        return True
    # Beyond a given name and the surnames, only listed names go on: `Angela Merkel Kanzlerin` does not.
    bare = _SUFFIX.sub("", word)
    if bare.lower() in _PARTICLES or (bare.isupper() and len(bare) > 1 and not words[index - 1].isupper()):
        return False
    found = kinds(bare)
    if found & (GIVEN | FAMILY):
        return not found & COMMON
    before = words[first:index]
    so_far = sum(not kinds(one) & GIVEN and not _is_initial(one) for one in before)
    return so_far < surnames and not found & (PLACE | COMMON) and not _NOUN.search(bare.lower())
