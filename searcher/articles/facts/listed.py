"""Which words are a name in a language that the model has not learnt? Those that begin with a listed given name.

The model (`tagging`) has learnt English. In a language that writes other words large too (German nouns), or that it
has never seen, only what begins with a known given name and goes on like a name is taken: better too few than `Ende`
and `Siempre`. A surname alone counts where such a full name is in the same article.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from searcher.articles.facts import likeness, names
from searcher.articles.facts.candidates import runs, surroundings
from searcher.articles.facts.cyrillic import cyrillic_names_in, is_cyrillic
from searcher.articles.facts.features import COMMON, FAMILY, GIVEN, PLACE
from searcher.articles.facts.tagging import tagger
from searcher.articles.facts.trimming import Mention, mention_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from searcher.articles.facts.candidates import Run
    from searcher.model import Span

# Endings of words that are seldom names, in languages where common nouns are written large or titles follow names.
_NOUN = re.compile(
    r"(?:ung|ungen|heit|keit|schaft|tion|tionen|tät|ismus|chen|innen|ieren|nis|tum|ling|linge|stunde|jahr|jahre|"
    r"tag|woche|"
    r"straße|platz|stadt|haus|partei|minister|präsident|verband|verein|gesellschaft|meister|"
    r"ción|ciones|dad|mento|miento|zione|ità|ção|dade|ité|isme|ismo)$"
)
_CASE_ENDING = re.compile(r"(?:ого|ому|ым|ом|ой|ою|ем|єм|ей|а|у|е|ы|ю|я|и|і)$")
# After what someone is, as newspapers write it before a name, two words are a name though no list has the first.
_POST = re.compile(
    r"(?:[ld]['’])?(?:\w*(?:präsident|kanzler|minister|sprecher|chef|meister|vorsitzender?|trainer|general|richter|anwalt|sekretär|"
    r"direktor|politiker|experte|forscher|stürmer|kapitän|landrat)(?:in)?"
    r"|(?:vice|ex)?-?(?:president[ea]|ministr[oa]|gobernadora?|governadora?|prefeit[oa]|alcald(?:e|esa)|ju[ei]za?|"
    r"diputad[oa]|deputad[oa]|senadora?|secretari[oa]|secretári[oa])|fiscal|coronel|capit[áã]n?|comandante|abogad[oa]|"
    r"advogad[oa]|portavoz|porta-voz|empres[aá]ri[oa]|periodista|jornalista|técnico|entrenador|obispo|bispo|vereadora?|"
    r"sindaco|governatore|avvocato|giudice|allenatore|"
    r"présidente?|ministre|maire|députée?|sénateur|sénatrice|colonel|générale?|juge|procureure?|avocate?|directeur|"
    r"directrice|porte-parole|secrétaire|entraîneur|journaliste|écologiste|socialiste|opposante?|candidate?|dirigeante?)$",
    re.IGNORECASE,
)
# What is written small before what it is called after.
_BEFORE_STREETS = frozenset("avenida calle plaza paseo rua praça avenue rue place boulevard via viale piazza".split())
# What stands before a place: what has one of these before it as often as not is no name.
_BEFORE_PLACES = frozenset("in im nach en em".split())
_HUNGARIAN_CASE = re.compile(r"(?<=\w\w\w)(?:n[ae]k|[tr][óő]l|h[oeö]z|r[ae]|ért|t)$")
# Languages whose genitive is an s without an apostrophe.
_GENITIVE = frozenset({"de", "nl", "sv", "da", "no", "nb", "nn"})
_TWO_SURNAMES = frozenset({"es", "pt", "ca", "gl", "fr", None})
# How far before a run the word right before it is looked for.
_REACH = 24
# What a name found by the lists alone counts.
LISTED = 1.5
# A name has no more words, particles among them.
_MOST_WORDS = 6
_SUFFIX = re.compile(r"['’][^\W\d_A-Z]+$")
# What stands inside a surname; an article does after one of the others only: `von der Leyen`.
_PARTICLES = frozenset(
    "de del della dello dal dalla di da das dos do du van von ter ten af av bin bint ibn ben abu al el".split()
)
_ARTICLES = frozenset("la le lo los las der den".split())
# Words that open sentences and are a given name somewhere.
_NEVER_LISTED = """
    der die das den dem des ein eine sie er es ich wir ihr man wer wie was wo da so am im an auf aus bei mit nach von
    vor
    zu zum zur la le les el los las il lo i gli un une una de du des del al en par por per para con sin sur su que
    qui se
    si no ni y e et o ou a het een van op te in on at to and or but for med och det att som na w z do je to ale jak po
    za v s k dal dalla dai nel nella nei sul sulla sui alle allen ali mai mars segundo según"""
_NEVER = frozenset(_NEVER_LISTED.split())


def listed_names(text: str, language: str | None) -> Iterator[Mention]:
    """Find full names by the lists, then the single words that are surnames of theirs.

    Args:
        text: in a language that the model has not learnt.
        language: ISO 639-1; None may be any.
    """
    surnames = 2 if language in _TWO_SURNAMES else 1
    kinds = tagger().lists.kinds
    read: list[tuple[Run, list[Span]]] = []
    full: list[Mention] = []
    placed: Counter[str] = Counter()
    for run in runs(text):
        if is_cyrillic(run.spelling):
            *_, opens = surroundings(text, run.start, run.end)
            whole = list(cyrillic_names_in(run, lambda word: is_given(word, kinds), opens=opens))
        else:
            before = _word_before(text, run.start)
            if before.lower() in _BEFORE_STREETS:
                read.append((run, [run.span(0, len(run.words) - 1)]))
                continue
            whole = list(_surname_first(run, kinds, before)) if language == "hu" else []
            whole = whole or list(
                _names_in(run, kinds, surnames=surnames, before=before, genitive=language in _GENITIVE)
            )
        for start, end in whole:
            mention = mention_of(text, start, end, [LISTED])
            if mention is not None:
                full.append(mention)
                placed[mention.key] += 1 if _word_before(text, start).lower() in _BEFORE_PLACES else -1
        read.append((run, whole))
    full = [mention for mention in full if placed[mention.key] < 0]
    yield from full
    yield from _surnames_alone(text, read, full, surnames)


def _surnames_alone(text: str, read: list[tuple[Run, list[Span]]], full: list[Mention], most: int) -> Iterator[Mention]:
    """Find the words outside full names that are surnames of theirs."""
    known = {_bare(word) for mention in full for word in _surnames(mention.key, most)}
    kinds = tagger().lists.kinds
    double = {word for mention in full for word in mention.name.split(" ") if "-" in word and not is_given(word, kinds)}
    known |= {names.key(word) for word in double}
    # `von der Leyen`, `Vásquez Chuquilín`
    long = {" ".join(key[at:]) for mention in full if (key := mention.key.split()) for at in range(1, len(key))}
    for run, whole in read:
        words = run.words
        place = len(words)
        while place:
            place -= 1
            word, start = names.key(words[place]), run.start + run.offsets[place]
            # A genitive's s, as German and the languages of the north write it.
            genitive = _bare(word) not in known
            if (genitive and word.removesuffix("s") not in known) or any(first <= start < end for first, end in whole):
                continue
            end = start + len(words[place]) - genitive
            for first in range(max(0, place - _MOST_WORDS), place):
                if names.key(" ".join(words[first : place + 1])) in long:
                    start, place = run.start + run.offsets[first], first
                    break
            mention = mention_of(text, start, end, [LISTED])
            if mention is not None:
                yield mention


def _word_before(text: str, start: int) -> str:
    """Give the word that stands right before a place, on its line."""
    before = text[max(0, start - _REACH) : start].rpartition("\n")[2].split(" ")
    return before[-2] if len(before) > 1 and not before[-1] else ""


def _surnames(key: str, most: int) -> Iterable[str]:
    """Give the words of a full name by which its human is called."""
    words = [word for word in key.split() if word not in names.PARTICLES] or key.split()
    kinds = tagger().lists.kinds
    if kinds(words[-1]) & (GIVEN | FAMILY) == GIVEN and not kinds(words[0]) & GIVEN:
        return words[:1]  # the surname first
    first = max(1, len(words) - most)
    return [
        words[-1],
        names.parts(key).surname[-1],
        *(word for word in words[first:-1] if not kinds(word) & GIVEN),
    ]


def _bare(key: str) -> str:
    """Take the ending of a Slavic case off a word."""
    return likeness.skeleton(key) if is_cyrillic(key) else key


def _names_in(
    run: Run, kinds: Callable[[str], int], *, surnames: int, before: str, genitive: bool
) -> Iterator[tuple[int, int]]:
    """Find the names in a run of capitalised words, as places in the text.

    Args:
        run: as found in the text.
        kinds: says in which lists a word is (see `tagging`).
        surnames: how many a human may have.
        before: the word before the run.
        genitive: whether a surname may end with the s of a genitive.
    """
    words = run.words
    count = len(words)
    index = 0
    while index < count - 1:
        if not is_given(words[index], kinds) and not _is_introduced(words, index, kinds, before):
            index += 1
            continue
        end = index + 1
        while end < count and end - index < _MOST_WORDS and _goes_on(words, index, end, kinds, surnames):
            end += 1
        if end - index > 1 and not _is_initial(words[end - 1]):
            start, last = run.span(index, end - 1)
            yield start, last - len(words[end - 1]) + len(_without_case(words[end - 1], kinds, genitive=genitive))
            index = end
        else:
            index += 1


def _surname_first(run: Run, kinds: Callable[[str], int], before: str) -> Iterator[tuple[int, int]]:
    """Find names as Hungarian writes them; what opens a sentence may be any word, unless a list has it."""
    words = run.words
    for at in range(1, len(words)):
        surname, given = words[at - 1], words[at]
        given = given if is_given(given, kinds) else _HUNGARIAN_CASE.sub("", given)
        opens = at == 1 and (not before or before.endswith((".", "!", "?", ":")))
        sure = kinds(surname) & FAMILY or "-" in surname or not opens
        if sure and is_given(given, kinds) and not surname.isupper() and not kinds(surname) & (GIVEN | PLACE | COMMON):
            start, end = run.span(at - 1, at)
            yield start, end - len(words[at]) + len(given)


def _without_case(surname: str, kinds: Callable[[str], int], *, genitive: bool) -> str:
    """Take off a surname what Turkic languages set behind an apostrophe, and a genitive's s from a listed one."""
    bare = _SUFFIX.sub("", surname)
    return bare[:-1] if genitive and bare.endswith("s") and not kinds(bare) and kinds(bare[:-1]) & FAMILY else bare


def _is_introduced(words: Sequence[str], index: int, kinds: Callable[[str], int], before: str) -> bool:
    """Tell whether a word that no list has begins a name: after what someone is, as in `Präsident Wolodymyr …`."""
    post = words[index - 1] if index else before.rstrip(",")
    if not post or _POST.match(post) is None:
        return False
    following = next((word for word in words[index + 1 :] if not _is_particle(word)), "")
    return all(
        word[:1].isupper()
        and not word.isupper()
        and not _POST.match(word)
        and not kinds(word) & (PLACE | COMMON)
        and not _NOUN.search(word.lower())
        for word in (words[index], following)
    ) and not is_given(following, kinds)


def _is_initial(word: str) -> bool:
    return word.endswith(".") and len(word) <= 5 and word[0].isupper()


def is_given(word: str, kinds: Callable[[str], int]) -> bool:
    """Tell whether a word is a listed given name, in any case, and hardly anything else."""
    if len(word) < 3 or not word[0].isupper() or word.isupper() or word.lower() in _NEVER:
        return False
    found = kinds(word)
    if "-" in word and not found:
        return all(is_given(piece, kinds) for piece in word.split("-"))
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
    # The first is a given name whether or not a list has it.
    before = words[first + 1 : index]
    so_far = sum(not kinds(one) & GIVEN and not _is_initial(one) and not _is_particle(one) for one in before)
    if _is_particle(word):
        return so_far < surnames and _is_surname_after(words, index, kinds)
    if bare.isalpha() and (word.islower() or (bare.isupper() and len(bare) > 1 and not words[index - 1].isupper())):
        return False
    found = kinds(bare)
    if _is_particle(words[index - 1]):
        return True
    if found & (GIVEN | FAMILY):
        another = so_far >= surnames and index + 1 < len(words) and not found & FAMILY
        return not found & COMMON and not another
    return so_far < surnames and not found & (PLACE | COMMON) and not _NOUN.search(bare.lower())


def _is_particle(word: str) -> bool:
    return word.lower() in _PARTICLES or word.lower() in _ARTICLES


def _is_surname_after(words: Sequence[str], index: int, kinds: Callable[[str], int]) -> bool:
    """Tell whether a particle goes on to a surname; a place, a thing or another human's given name is none."""
    if words[index] in _ARTICLES and words[index - 1].lower() not in _PARTICLES:
        return False
    word = next((word for word in words[index + 1 :] if not _is_particle(word)), "")
    found = kinds(word)
    # A place is none but behind an article: `Huamán de la Cruz`.
    place = found & PLACE and not (found & FAMILY and not _ARTICLES.isdisjoint(words[index : index + 2]))
    if not word or word.isupper() or place or _NOUN.search(word.lower()):
        return False
    thing = (found & COMMON and words[index + 1] in _ARTICLES) or words[index : index + 2] == ("von", "den")
    return not thing and (bool(found & FAMILY) or not found & (GIVEN | COMMON))
