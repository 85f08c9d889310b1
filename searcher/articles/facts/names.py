"""When are two written names the same human's? Keys, parts and likeness of names.

Everything here is about one pair of names, without any knowledge of an article or an archive.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from searcher.text.folding import fold

HONORIFICS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "professor",
        "sir",
        "dame",
        "lord",
        "lady",
        "rev",
        "reverend",
        "fr",
        "father",
        "sister",
        "st",
        "hon",
        "sen",
        "senator",
        "rep",
        "representative",
        "gov",
        "governor",
        "gen",
        "general",
        "col",
        "colonel",
        "lt",
        "lieutenant",
        "maj",
        "major",
        "capt",
        "captain",
        "sgt",
        "sergeant",
        "cpl",
        "adm",
        "admiral",
        "cmdr",
        "commander",
        "pres",
        "president",
        "king",
        "queen",
        "prince",
        "princess",
        "pope",
        "sheikh",
        "sheik",
        "imam",
        "ayatollah",
        "mullah",
        "rabbi",
        "bishop",
        "archbishop",
        "cardinal",
        "judge",
        "justice",
        "chancellor",
        "minister",
        "premier",
        "ambassador",
        "mayor",
        "chairman",
        "secretary",
        "congressman",
        "congresswoman",
        "councillor",
        "herr",
        "frau",
        "monsieur",
        "madame",
        "mme",
        "mlle",
        "m",
        "señor",
        "señora",
        "sr",
        "sra",
        "don",
        "doña",
        "signor",
        "signora",
        "dom",
    ]
)
SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv", "phd", "md", "esq", "obe", "cbe", "mbe", "qc", "kc", "mp"])
PARTICLES = frozenset(
    [
        "de",
        "del",
        "della",
        "dello",
        "degli",
        "der",
        "den",
        "des",
        "do",
        "dos",
        "da",
        "das",
        "di",
        "du",
        "d",
        "la",
        "le",
        "lo",
        "los",
        "las",
        "van",
        "von",
        "vom",
        "zu",
        "zum",
        "zur",
        "ter",
        "ten",
        "te",
        "af",
        "av",
        "bin",
        "bint",
        "ibn",
        "ben",
        "abu",
        "abd",
        "al",
        "el",
        "ad",
        "as",
        "an",
        "ul",
        "ur",
        "y",
        "e",
        "i",
        "of",
        "the",
    ]
)
# Surnames that stand before the given name, as newspapers write them.
SURNAME_FIRST = frozenset(
    [
        "xi",
        "kim",
        "mao",
        "hu",
        "li",
        "wang",
        "zhang",
        "liu",
        "chen",
        "yang",
        "zhao",
        "huang",
        "zhou",
        "wu",
        "xu",
        "sun",
        "ma",
        "zhu",
        "guo",
        "he",
        "lin",
        "gao",
        "luo",
        "zheng",
        "liang",
        "xie",
        "tang",
        "deng",
        "feng",
        "jiang",
        "wen",
        "park",
        "lee",
        "moon",
        "yoon",
        "choi",
        "jeong",
        "jung",
        "kang",
        "cho",
        "lim",
        "han",
        "shin",
        "seo",
        "kwon",
        "hwang",
        "ahn",
        "song",
        "ban",
        "nguyen",
        "tran",
        "pham",
        "le",
        "phan",
        "vu",
        "vo",
        "dang",
        "bui",
        "do",
        "ho",
        "ngo",
        "duong",
        "ly",
        "tsai",
        "ko",
        "lai",
        "aung",
    ]
)

# Romanised Chinese and Korean given names: one to three syllables each.
_SYLLABLES = re.compile(
    r"(?:(?:zh|ch|sh|kw|gy|hy|[bpmfdtnlgkhjqxzcsrwy])?"
    r"(?:[iu]ang|iong|yeon|young|[aeio]ng|i?ao|[iu]an|uai|eo[nk]|oo[nk]|oun|yun|[ae]i|a[eo]|e[nrou]|[aiou][nklm]|i[uae]|ou|u[aeio]|[aeiou])"
    r"){1,3}"
)
_SPLIT = re.compile(r"[^\w]+|_+")
_APOSTROPHES = re.compile(r"['’ʼʻ`´‘]")


@lru_cache(maxsize=1 << 16)
def words(name: str) -> tuple[str, ...]:
    """Split a name into its folded words: `Seán O'Brien-Lynch` is `sean`, `obrien`, `lynch`."""
    return tuple(word for word in _SPLIT.split(_APOSTROPHES.sub("", fold(name))) if word)


@lru_cache(maxsize=1 << 16)
def key(name: str) -> str:
    """Give the term under which a name is indexed: its folded words, without honorifics, between single spaces.

    Equal for spellings that differ only in case, accents, punctuation or honorifics.
    """
    parts = words(name)
    start = 0
    while start < len(parts) - 1 and parts[start] in HONORIFICS:
        start += 1
    return " ".join(parts[start:])


class Parts(NamedTuple):
    """A name taken apart, all folded: given names and initials, surname words with their particles, suffix."""

    given: tuple[str, ...]
    surname: tuple[str, ...]
    suffix: str


@lru_cache(maxsize=1 << 14)
def parts(name_key: str) -> Parts:
    """Take a name's key apart; a single word, with or without particles, is a surname."""
    pieces = name_key.split()
    suffix = ""
    if len(pieces) > 1 and pieces[-1] in SUFFIXES:
        suffix = pieces.pop()
    if len(pieces) in (2, 3) and pieces[0] in SURNAME_FIRST and all(map(_SYLLABLES.fullmatch, pieces[1:])):
        return Parts(tuple(pieces[1:]), (pieces[0],), suffix)
    cut = len(pieces) - 1
    while cut > 0 and pieces[cut - 1] in PARTICLES:
        cut -= 1
    return Parts(tuple(pieces[:cut]), tuple(pieces[cut:]), suffix)


# English short forms, each line one name.
_SHORT_FORMS = """\
william bill billy will|robert bob bobby rob|richard dick rick rich|james jim jimmy|joseph joe joey|john jack johnny|\
michael mike mick|thomas tom tommy|charles charlie chuck|edward ed eddie ted|theodore ted teddy|daniel dan danny|\
david dave|donald don|kenneth ken|ronald ron|stephen steven steve|christopher chris|matthew matt|anthony tony|\
benjamin ben|samuel sam|timothy tim|gregory greg|lawrence larry|patrick pat|patricia pat patty|elizabeth liz beth betty|\
margaret maggie peggy|katherine kate kathy|catherine cathy kate|deborah debbie|susan sue|barbara barb|jacob jake|\
nicholas nick|alexander alex|andrew andy drew|francis frank|frederick fred|gerald gerry jerry|harold harry|henry hank|\
jeffrey jeff|philip phil|raymond ray|walter walt|leonard leo len|peter pete|zachary zach|bernard bernie"""
_FORMAL: dict[str, set[str]] = {}
for _line in _SHORT_FORMS.split("|"):
    for _form in _line.split():
        _FORMAL.setdefault(_form, set()).add(_line.split()[0])

# Letters and groups that transliterations and habits of spelling exchange, in the order they are tried.
_SOUNDS = [
    (re.compile(pattern), by)
    for pattern, by in (
        (r"^ye|^ie|^je", "e"),
        (r"schtsch|shch", "sC"),
        (r"tsch|tch|tsh|cz", "C"),
        (r"sch|sh|sz", "s"),
        (r"ch", "C"),
        (r"zh|dzh|dj|j(?=[aeou])", "j"),
        (r"kh|gh|q|ck|c(?![eiy])", "k"),
        (r"ph|pf", "f"),
        (r"ts|tz", "z"),
        (r"w|ff|v", "v"),
        (r"ou|oo", "u"),
        (r"ks|x", "ks"),
        (r"th|dt", "t"),
        (r"yy|iy|ij|yi|ii|ey|ei|ay|ai|y|j", "i"),
        (r"yo|jo|io", "o"),
    )
]
_REPEATED = re.compile(r"(.)\1+")


_LATIN_OF = dict(
    zip(
        "абвгдезийклмнопрстуфыэъьіґўαβγδεζικλμνορστυφωη",
        "a b v g d e z i i k l m n o p r s t u f i e   i g v a v g d e z i k l m n o r s t i f o i".split(" "),
        strict=True,
    )
) | {
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ю": "yu",
    "я": "ya",
    "ё": "yo",
    "ї": "yi",
    "є": "ye",
    "ћ": "c",
    "ђ": "dj",
    "ј": "j",
    "љ": "lj",
    "њ": "nj",
    "θ": "th",
    "ξ": "x",
    "π": "p",
    "ς": "s",
    "χ": "kh",
    "ψ": "ps",
}


_CASE_ENDING = re.compile(r"(?<=[а-я][а-я][а-я])(?:ого|ому|ым|ом|ой|ою|ем|а|у|е|ы|ю|я)$")


@lru_cache(maxsize=1 << 18)
def skeleton(word: str) -> str:
    """Reduce a folded word to what its transliterations share: `pashinyan`, `pashinian`, `пашинян` agree."""
    if not word.isascii():
        # The cases of Slavic names: `путина`, `путину`, `путиным`.
        word = _CASE_ENDING.sub("", word)
        word = "".join(_LATIN_OF.get(letter, letter) for letter in word)
    for pattern, by in _SOUNDS:
        word = pattern.sub(by, word)
    return _REPEATED.sub(r"\1", word)


def distance(a: str, b: str, limit: int = 2) -> int:
    """Count insertions, deletions, substitutions and swaps of neighbours between two words, up to `limit` + 1.

    Optimal string alignment (Damerau 1964).
    """
    if a == b:
        return 0
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        two_before, before = before, row
        row = [i]
        for j, right in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == b[j - 2] and a[i - 2] == right:
                cost = min(cost, two_before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def swapped(a: str, b: str) -> bool:
    """Tell whether the words differ by one swap of neighbouring letters."""
    if len(a) != len(b) or a == b:
        return False
    first = next(i for i, pair in enumerate(zip(a, b, strict=True)) if pair[0] != pair[1])
    return a[first : first + 2] == b[first : first + 2][::-1] and a[first + 2 :] == b[first + 2 :]


@lru_cache(maxsize=1 << 18)
def alike(a: str, b: str) -> bool:
    """Tell whether two folded words may be spellings of one name: transliterations, or a slip of the pen.

    Short words must agree wholly; only long ones may differ by a letter.
    """
    if a == b:
        return True
    if min(len(a), len(b)) < 5 or a[0] != b[0]:
        return len(a) > 3 and len(b) > 3 and skeleton(a) == skeleton(b)
    if skeleton(a) == skeleton(b) or swapped(a, b):
        return True
    return min(len(a), len(b)) >= 7 and distance(a, b, 1) == 1


def same_given(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Tell whether two runs of given names may belong to one human; an initial stands for any name it begins.

    Middle names may be missing on either side; the first names must agree.
    """
    if not a or not b:
        return True
    if not _given_agree(a[0], b[0]):
        return False
    middle_a, middle_b = a[1:], b[1:]
    if not middle_a or not middle_b:
        return True
    return any(_given_agree(x, y) for x in middle_a for y in middle_b)


@lru_cache(maxsize=1 << 16)
def forms(given: str) -> tuple[str, ...]:
    """Give marks of a given name, one of which spellings of one name share: its sound, and its full forms in English."""
    return (skeleton(given), *sorted(_FORMAL.get(given, ())))


def _given_agree(a: str, b: str) -> bool:
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    return alike(a, b) or not _FORMAL.get(a, {a}).isdisjoint(_FORMAL.get(b, {b}))
