"""How is a human called whom a Russian text names in another case? `Владимиром Путиным` is `Владимир Путин`.

A listed given name tells the case it is in; the surname is taken back from that case where it has an ending that
surnames have. Whatever could be two names stays as it is written.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from searcher.articles.facts.features import GIVEN
from searcher.articles.facts.tagging import tagger


class _Ending(NamedTuple):
    """What a given name ends with in a case, and what by itself; of which gender, and in which cases that may be."""

    written: str
    own: str
    gender: str
    cases: str


# Cases: genitive, dative, instrumental, prepositional; the accusative of men is the genitive, that of women is not.
_GIVEN = [
    *(
        _Ending(*each, "m", case)
        for case, each in zip("gdip", (("а", ""), ("у", ""), ("ом", ""), ("е", "")), strict=True)
    ),
    *(_Ending(soft, own, "m", case) for own in "йь" for case, soft in zip("gdip", ("я", "ю", "ем", "е"), strict=True)),
    _Ending("ии", "ий", "m", "p"),
    *(_Ending(hard, "а", "f", case) for case, hard in zip("gda", ("ы", "е", "у"), strict=True)),
    _Ending("и", "а", "f", "g"),
    _Ending("ой", "а", "f", "i"),
    *(_Ending(soft, "я", "f", case) for case, soft in zip("gai", ("и", "ю", "ей"), strict=True)),
]
# What surnames end with in each case, by their kind: like Putin's, like Zelensky's, like Navalny's, and others, whose
# dative and prepositional are told from names that end in a vowel anyway (`Шойгу`) by how such names often end.
_CONSONANT = "[бвгджзклмнпрстфхцчшщ]"
_LIKELY = "(?:ян|ер|ич|ук|юк|ик|ак|ман|мп)"
_OF_MEN = {
    case: (
        (re.compile(rf"(.+(?:[оеё]в|[иы]н)){short}"), r"\1"),
        (re.compile(rf"(.+[сц]ь?к){long}"), r"\1ий"),
        (re.compile(rf"(.+н){hard}"), r"\1ый"),
        (re.compile(rf"(.+{stem}){noun}"), r"\1"),
    )
    for case, short, long, hard, noun, stem in (
        ("g", "а", "ого", "ого", "а", _CONSONANT),
        ("d", "у", "ому", "ому", "у", _LIKELY),
        ("i", "ым", "им", "ым", "ом", _CONSONANT),
        ("p", "е", "ом", "ом", "е", _LIKELY),
    )
}
_OF_WOMEN = (
    (re.compile(r"(.+(?:[оеё]в|[иы]н))(?:ой|у)"), r"\1а"),
    (re.compile(r"(.+(?:[сц]к|н))(?:ой|ую)"), r"\1ая"),
)
_UNCHANGED = {"m": re.compile(r"(?:ко|и|дзе|швили|ых|их)$"), "f": re.compile(r"(?:ко|[иь]|[^аеиоуыэюяй]|дзе|швили)$")}
_FATHERS = (re.compile(r"(.+ич)(?:а|у|ем|е)"), r"\1"), (re.compile(r"(.+вн)(?:ы|е|ой|у)"), r"\1а")


@lru_cache(maxsize=1 << 14)
def nominative(name: str) -> str:
    """Give a full Cyrillic name as it is by itself; any other name, and one that could be two, as it is written."""
    words = name.split(" ")
    if not ("\u0400" <= name[0] < "\u0530") or not 1 < len(words) < 4:
        return name
    given, *fathers, surname = words
    if tagger().lists.kinds(given) & GIVEN:
        return name
    found = {
        (own, by_itself)
        for ending in _GIVEN
        if given.endswith(ending.written)
        and tagger().lists.kinds(own := given.removesuffix(ending.written) + ending.own) & GIVEN
        and (by_itself := _surname(surname, ending))
    }
    if len(found) != 1:
        return name
    own, by_itself = found.pop()
    return " ".join((own, *(_ended(word, _FATHERS) or word for word in fathers), by_itself))


def _surname(written: str, given: _Ending) -> str:
    """Give a surname by itself, as the case of the given name asks; empty where it does not fit."""
    found = _ended(written, _OF_MEN[given.cases] if given.gender == "m" else _OF_WOMEN)
    return found or (written if _UNCHANGED[given.gender].search(written) else "")


def _ended(word: str, endings: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    return next((found.expand(own) for ending, own in endings if (found := ending.fullmatch(word))), "")
