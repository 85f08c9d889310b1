"""Is a line the name of an outlet, told by the words and the marks that their mastheads have everywhere?"""

from __future__ import annotations

import re
from itertools import pairwise

from searcher.articles import phrases
from searcher.articles.facts.outlets import host_of, is_everyday, is_name
from searcher.text.patterns import later

_OUTLET = frozenset(phrases.OUTLETS)
_WEAK_OUTLET = frozenset(phrases.WEAK_OUTLETS)
_SITE_NAME = re.compile(r"[\w-]+\.(?:com|net|org|info|tv|ru|co\.\w\w|az|am|de|fr)", re.IGNORECASE)
_MOTTO = later(
    r"\s+[-–—|]\s+(?:[\w,' ]{0,30}\b)?(?:since|est\.|established|founded|seit|depuis|desde|dal)\b.*$", re.IGNORECASE
)
_SET_OFF = "-–—|¦"
_SECTION = later(rf"\s+[{_SET_OFF}]\s+([^{_SET_OFF}]+)$")
_CAMEL = later(r"[A-Z][a-z]+[A-Z][a-z]+")
_PAGE = re.compile(r"^\d{1,4}\s{2,}|\s{2,}(?:[Pp]age )?\d{1,4}$")
_PLACE_IN_BRACKETS = re.compile(r"\s+\([^()]{2,30}\)$")
_WORDS = re.compile(r"[^\W\d_]+")
_LONGEST_MASTHEAD = 60
_MOST_NAME_WORDS = 6
_MOST_WEAK_WORDS = 4
_JOINERS = frozenset("of and & de der des del della dello delle di du da do the la le et y e - –".split())
_FIRST_WORDS = frozenset(
    "daily radio diario gazeta gazzetta giornale jornal corriere courrier correo agence agencia agenzia".split()
)


def is_banner(line: str) -> bool:
    """Whether a short line ends or begins with a bar, as a page's head does: `The Example Today |`."""
    if len(line) > _LONGEST_MASTHEAD or line.count("|") != 1 or (line[0] != "|" and line[-1] != "|"):
        return False
    name = line.strip("| ")
    return is_name(name) or host_of(name) is not None or (" " in name and not name[0].islower() and not name.islower())


def without_page(line: str) -> str:
    """Take off a running head the number of its page: `The Example Times   3`."""
    return _PAGE.sub("", line)


def is_running_head(line: str) -> bool:
    """Whether a line is a masthead and the number of a page, as the first of a page that was printed or scanned."""
    name = without_page(line)
    return name != line and is_masthead(name)


def is_masthead(line: str) -> bool:
    """Whether a short line may name a publisher: it is a banner, an outlet that we know, or named as outlets are."""
    line = without_page(line)
    return is_banner(line) or is_outlet(line) or _is_weakly_named(line) or host_of(line) is not None


def is_site_name(line: str) -> bool:
    """Whether a line is one word with a capital within, as sites are called that have no other name: `NewsRoom`."""
    return _CAMEL.fullmatch(line) is not None


def without_motto(line: str) -> str:
    """Take off a masthead a section or its outlet's age: `The Example Observer - Independent since 1954`."""
    line = without_page(line)
    if not any(mark in line for mark in _SET_OFF):
        return line
    section = _SECTION.search(line)
    if section and phrases.SECTIONS.issuperset(section[1].lower().split()):
        return line[: section.start()]
    return _MOTTO.sub("", line)


def is_outlet(line: str) -> bool:
    """Whether a short line surely names an outlet: one that we know, or one that is called as only outlets are."""
    if len(line) > _LONGEST_MASTHEAD:
        return False
    name = without_motto(_PLACE_IN_BRACKETS.sub("", line))
    words = _name_words(name)
    if is_name(name) or (len(words) > 1 and is_everyday(name)):
        return True
    outlet, _, section = name.rpartition(" ")
    if section.lower() in phrases.SECTIONS and is_name(outlet):
        return True
    others = [word for word in words if word not in phrases.SECTIONS]
    called = words[:2] == ["the", "daily"] or any(
        word in _OUTLET or word.endswith(phrases.OUTLET_ENDINGS) for word in others
    )
    return called and (len(others) > 1 or words[0] == "the")


def _is_weakly_named(line: str) -> bool:
    """Whether a line has a word that outlets are called by as other things are, beside one of its own."""
    if len(line) > _LONGEST_MASTHEAD:
        return False
    words = _name_words(without_motto(_PLACE_IN_BRACKETS.sub("", line)))
    others = [word for word in words if word not in phrases.SECTIONS]
    return (
        0 < len(words) <= _MOST_WEAK_WORDS
        and (words[0] == "the" or words[0] not in phrases.SECTIONS)
        and not _WEAK_OUTLET.isdisjoint(others)
        and not _WEAK_OUTLET.issuperset(others)
    ) or _SITE_NAME.fullmatch(line) is not None


def _name_words(line: str) -> list[str]:
    """The words of a line in lower case, if it is written as an outlet's name is; else none.

    That is: capitals, and a word that outlets are called by at its end (`The Example Times`), at its beginning
    (`Daily Example`) or before an `of` (`Times of Example`).
    """
    words = line.split()
    if len(words) > _MOST_NAME_WORDS or not all(word[0].isupper() or word.lower() in _JOINERS for word in words):
        return []
    lower = [word.lower() for word in _WORDS.findall(line)]
    called = _OUTLET | _WEAK_OUTLET
    placed = lower and (
        lower[-1] in called
        or lower[-1].endswith(phrases.OUTLET_ENDINGS)
        or lower[0 if lower[0] != "the" else 1 % len(lower)] in _FIRST_WORDS
        or any(word in called and after in _JOINERS for word, after in pairwise(lower))
    )
    return lower if placed else []
