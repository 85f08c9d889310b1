"""Which of the words that may name a human are the name, without titles, posts and what is no name at all?"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from searcher.articles.facts import names
from searcher.articles.facts.features import COMMON, FAMILY, GIVEN
from searcher.articles.facts.tagging import tagger

if TYPE_CHECKING:
    from searcher.model import Span

NUMERAL = re.compile(r"[IVX]+")
_CODE = re.compile(r"(?![IVX]{2,}$|[VX]$|JR|SR|MD)[A-Z]{1,3}")
# The party and the state of a legislator: `Lamar Alexander R Tenn`.
_PARTY_AND_STATE = re.compile(
    r"(?:^| )[DRI] (?:Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Mich|Minn|Miss|Mo|Mont|Neb|Nev|"
    r"Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo)$"
)
# A sentence that begins right behind a name, where a full stop was lost: `said Anna Holm The bridge`. Some of its words
# are surnames too: `Kaiming He`.
_NEXT_SENTENCE = re.compile(
    r"(?P<word> (?:The|It|They|We|This|That|These|For|But))$| \S+(?P<surname> (?:He|She|In|At))$"
)
# How words end that say what someone does, or of which people: `Shopkeeper Anna Holm`, `Canadians Anna Holm and`.
_OF_ROLES = ("keeper", "maker", "worker", "player", "owner", "holder", "tuber", "woman", "ologist", "ians", "ines")
_MOST_WORDS = 4
_POSTS = names.HONORIFICS | names.COURTESY_TITLES
# `S. Res. 12`, `H. Con. Res. 5`.
_BILL = re.compile(r"[SH]\.? ?(?:[JR]\.? ?)?(?:Res|Con)\b|Res$")


class Mention(NamedTuple):
    """Words that may name a human."""

    name: str
    key: str
    span: Span
    score: float


def mention_of(text: str, start: int, end: int, scores: list[float]) -> Mention | None:
    """Give the name in some words of a text, scored by their mean; None where they are no name after all."""
    trimmed = _trimmed(text[start:end])
    if trimmed is None:
        return None
    name, key, first, last = trimmed
    return Mention(name, key, (start + first, start + last), sum(scores) / len(scores))


@lru_cache(maxsize=1 << 15)
def _trimmed(written: str) -> tuple[str, str, int, int] | None:
    """Cut titles and a full stop off a name; give it, its key and its place in what was written."""
    name, start, end = written, 0, len(written)
    while " " in name and (first := name.split(" ", 1)[0]).strip(".").lower() in names.HONORIFICS:
        start += len(first) + 1
        name = name[len(first) + 1 :]
    if name.startswith("X. "):
        start += 3  # `wrote on X. Holm answered`
        name = name[3:]
    role = _role(name)
    start += role
    name = name[role:]
    whole = name
    name = _without_what_is_behind(name)
    end -= len(whole) - len(name)
    key = names.key(name)
    pieces = key.split()
    if len(key) < 2 or name.islower() or key in names.SUFFIXES or _is_a_list(pieces, name) or _BILL.match(name):
        return None
    posts = names.HONORIFICS if len(pieces) == 1 else _POSTS
    if posts.issuperset(pieces):
        return None  # `Lord Chancellor`
    if len(pieces) > 1 and len(pieces[-1]) == 1 and pieces[-1] != "x":
        return None  # cut short after a middle initial
    return " ".join(name.split()), key, start, end


def _without_what_is_behind(name: str) -> str:
    """Cut off a full stop, the next sentence, a party and a state, and what makes an adjective of a name."""
    if name.endswith(".") and not name.endswith(("Jr.", "Sr.")):
        name = name[:-1]
    for behind in (_NEXT_SENTENCE, _PARTY_AND_STATE):
        if found := behind.search(name):
            name = name[: found.start(found.lastgroup or 0)]
    if "-" in name:
        name = name[: len(name) - _joined_on(name)]
    # A party or a state after a name, as in `Carl Levin D MI`.
    while name.count(" ") > 1 and not name.isupper() and _CODE.fullmatch(name.rsplit(" ", 1)[1]):
        name = name.rsplit(" ", 1)[0]
    return name


def _joined_on(name: str) -> int:
    """Give the length of what English joins to a name to make an adjective of it: `Holm-sponsored`, `Holm-era`."""
    bare, _, tail = name.rpartition("-")
    last = bare.rpartition(" ")[2].lower()
    if len(last) < 3 or last in names.PARTICLES or not tail.islower() or not tail.isalpha():
        return 0
    if names.is_syllabic(last) and names.is_syllabic(tail):
        return 0  # `Kim Il-sung`
    is_word = len(tail) > 2 and (tail.endswith("ed") or tagger().lists.kinds(tail) == COMMON)
    return len(tail) + 1 if is_word else 0


def _role(name: str) -> int:
    """Give the length of a word before a full name that says what someone is: `Referee Anna Holm`, `Lord Anna Holm`."""
    words = name.split(" ")
    kinds = tagger().lists.kinds
    if len(words) < 3 or NUMERAL.fullmatch(words[-1]):
        return 0
    first = words[0].lower()
    if first.endswith(_OF_ROLES) and not kinds(first) and kinds(words[1]) & GIVEN:
        return len(first) + 1
    if (
        not kinds(words[1]) & GIVEN
        and words[2] not in names.PARTICLES
        and (first not in names.ROLES or kinds(first) & (GIVEN | FAMILY))
    ):
        return 0
    is_role = first in names.ROLES or (kinds(first) == COMMON and first not in names.COURTESY_TITLES)
    return len(first) + 1 if is_role else 0


def _is_a_list(pieces: list[str], name: str) -> bool:
    """Tell whether words are more than one name, run together without commas."""
    if len(pieces) == 2 and pieces[0] == pieces[1]:
        return not tagger().lists.kinds(pieces[0]) & GIVEN  # Abdullah Abdullah is one
    words = sum(len(piece) > 1 and piece not in names.PARTICLES for piece in pieces)
    return words - name.count("-") > _MOST_WORDS or any(
        len(piece) > 1 and piece == following for piece, following in pairwise(pieces)
    )
