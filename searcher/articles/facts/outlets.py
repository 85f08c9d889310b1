"""Which outlet does a name mean? Its spellings, its datelines and its sites' addresses are one outlet."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from searcher.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOT_LETTERS = re.compile(r"[\W_]+")
_SITE = re.compile(
    r"(?:https?://)?(?:www\d?\.|m\.|amp\.|edition\.)*((?:[a-z0-9-]+\.)+[a-z]{2,})(?:[/:?#].*)?", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"(?<=\S)\s*\([^()]*\)$")
_ENDING = re.compile(r"\.(?:com|net|org|de|fr|es|it|at|ch|nl|be|pl|ru|uk|no|se|dk)$")
_ARTICLE = re.compile(r"(?:the|der|die|das|le|la|el|il|het) (?=\S)")
# A name of so many letters is one outlet's alone.
_OWN_NAME = 8
# Second-level suffixes under which the registered name is the third label from the right.
_SECOND_LEVEL = frozenset(["co", "com", "org", "net", "gov", "ac", "edu", "go", "or", "ne", "gob", "gouv"])


class _Known(NamedTuple):
    """The outlets that we know.

    Attributes:
        whole: the name to show, by each name's letters.
        bare: the same, by the letters of each name that is one outlet's alone, without its article.
        everyday: the letters of names that are everyday words too.
    """

    whole: Mapping[str, str]
    bare: Mapping[str, str]
    everyday: frozenset[str]


@cache
def _known() -> _Known:
    whole: dict[str, str] = {}
    bare: dict[str, str] = {}
    everyday: set[str] = set()
    for line in Path(__file__).with_name("outlets.txt").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        names = [name.strip() for name in line.split("|")]
        shown = names[0].lstrip("*")
        for name in names:
            plain = name.lstrip("*")
            whole.setdefault(_letters(plain), shown)
            if "(" not in plain or not _IN_BRACKETS.search(plain):
                bare.setdefault(_bare(plain), shown)
            if plain != name:
                everyday.add(_letters(plain))
    return _Known(whole, bare, frozenset(everyday))


def _site(name: str) -> re.Match[str] | None:
    """A name as a site's address, its host the first group; most names have no dot, and are quickly none."""
    return _SITE.fullmatch(name) if "." in name else None


def _letters(name: str) -> str:
    """A site's host, or a name's letters and figures."""
    site = _site(name)
    return site[1].lower() if site else _NOT_LETTERS.sub("", fold(name)) or fold(name)


def _bare(name: str) -> str:
    """What a name's spellings share: no article, nothing in brackets after it, letters and figures only."""
    site = _site(name)
    if site:
        return site[1].lower()
    folded = fold(_IN_BRACKETS.sub("", name) if "(" in name else name)
    folded = _ENDING.sub("", folded) if "." in folded else folded
    return _NOT_LETTERS.sub("", _ARTICLE.sub("", folded, count=1)) or fold(name)


@lru_cache(maxsize=1 << 14)
def outlet(name: str) -> str:
    """Give an outlet's own name, one for all its spellings and its sites; an unknown site is called by its host."""
    name = " ".join(name.split())
    site = _site(name)
    if site:
        return _of_host(site[1].lower())
    known = _known()
    return known.whole.get(_letters(name)) or known.bare.get(_bare(name)) or name


def _of_host(host: str) -> str:
    known = _known().whole
    labels = host.split(".")
    while len(labels) > 2 and ".".join(labels) not in known:
        if len(labels) == 3 and labels[1] in _SECOND_LEVEL:
            break
        labels.pop(0)
    host = ".".join(labels)
    return known.get(host, host)


@lru_cache(maxsize=1 << 14)
def key(name: str) -> str:
    """Give the term under which an outlet is indexed and looked up, equal for all its spellings.

    A site is the outlet of its name (`portugalnews.com`, `The Portugal News`) if the name is long enough to be no
    other's; `pravda.ru` and `pravda.com.ua` stay two.
    """
    shown = outlet(name)
    known = _known()
    if _letters(shown) in known.whole and known.bare.get(_bare(shown)) != shown:
        # Another outlet has the name without its article or its country.
        return _letters(shown)
    if _SITE.fullmatch(shown):
        label = _NOT_LETTERS.sub("", shown.split(".")[0])
        if len(label) >= _OWN_NAME:
            return label.removeprefix("the")
    return _NOT_LETTERS.sub("", _bare(shown)) or shown


def is_known(name: str) -> bool:
    """Tell whether an outlet is one of those we know by name."""
    known = _known()
    return _letters(name) in known.whole or _bare(name) in known.bare


def is_everyday(name: str) -> bool:
    """Tell whether the name of an outlet that we know is an everyday word too."""
    return _letters(name) in _known().everyday


def is_name(line: str) -> bool:
    """Tell whether a line is the very name of an outlet that we know, and no everyday word."""
    letters = _letters(line)
    known = _known()
    return letters in known.whole and letters not in known.everyday


def host_of(address: str) -> str | None:
    """Give the host of a site's address, without `www.` and the like; None where it is none."""
    site = _SITE.fullmatch(address.strip())
    return site[1].lower() if site else None


def of_site(host: str) -> str | None:
    """Give the outlet that we know to publish at this very host."""
    return _known().whole.get(host)


def shown(spellings: Mapping[str, int]) -> str:
    """Give the name that an archive shows an outlet under: as it is spelt, or its own where it is spelt several ways.

    Args:
        spellings: those of one outlet, with how many articles have each; not empty.
    """
    if len(spellings) == 1:
        return next(iter(spellings))
    commonest = max(sorted(spellings), key=lambda name: (not host_of(name), spellings[name], not name.islower()))
    return outlet(commonest)
