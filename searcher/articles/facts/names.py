"""What is a written name made of, and under which key is it indexed?"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from searcher.text.folding import fold


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# What stands before a name and is no part of it. Kings and popes are known by theirs, so it stays.
HONORIFICS = _listed(
    """mr mrs ms miss mx dr adv prof professor sir rev reverend hon sen sens senator rep reps messrs representative gov
    govs governor gen general col colonel lt lieutenant maj major capt captain sgt sergeant cpl adm admiral cmdr
    commander pres president sheikh sheik ayatollah mullah rabbi bishop archbishop justice chancellor minister
    premier ambassador mayor chairman chairwoman secretary congressman congresswoman councillor commissioner president
    emir patriarch doctor father sister comrade chief cllr brig flt wg sqn cdr comr pvt spc pfc ssgt herr frau monsieur
    madame mme mlle señor señora sra doña signor signora daw ato monsignor cardinal sheikha alhaji alhaja hajia asiwaju
    otunba shri smt datuk datin seri ustaz hojatoleslam hojjatoleslam secretary-general director-general
    attorney-general solicitor-general advocate-general auditor-general governor-general
    major-general lieutenant-general brigadier-general vice-president vice-admiral
    rear-admiral vice-chancellor commodore corporal ensign maulana mufti mallam marshal"""
)
# What someone is, which a sentence or a headline may put before a full name: `Striker Harry Holm`.
ROLES = _listed(
    """actor actress analyst anchor archaeologist architect artist astronaut attorney author ayatollah baroness
    barrister batsman biologist boxer broadcaster businessman businesswoman chef choreographer coach columnist
    comedian commentator composer comrade conductor constable coroner cyclist dame defender defendant deputy
    designer detective director driver drummer duchess duke economist editor engineer entrepreneur envoy financier
    footballer forward goalkeeper golfer guitarist gymnast historian imam inspector investigator journalist jurist
    keeper lady lawmaker lawyer lord manager midfielder millionaire billionaire musician novelist officer
    organiser organizer owner paramedic pastor photographer physicist playwright poet prince princess producer
    prosecutor rapper referee researcher scientist screenwriter singer skipper soldier solicitor
    songwriter speaker spokesman spokesperson spokeswoman sprinter striker sultan superintendent surgeon swimmer
    fullback halfback hooker linebacker outfielder pitcher playmaker prop quarterback
    teacher teammate trainer treasurer umpire undersecretary victim warlord winger witness wrestler writer"""
)
# Titles by which someone is known, in the place of a given name: `King Charles`, `Lady Starmer`.
COURTESY_TITLES = _listed("king queen prince princess pope lord lady duke duchess emperor sultan saint st")
SUFFIXES = _listed("jr sr ii iii iv phd md esq obe cbe mbe qc kc mp")
PARTICLES = _listed(
    """de del della dello degli der den des do dos da das di du d la le lo los las van von vom zu zum zur ter ten te
    af av bin bint ibn ben abu abd al el ad as an ul ur y e i of the"""
)
# Particles that are given names where they open a name of two words: `Ben Nelson`, `Al Gore`, `Van Jones`.
_GIVEN_NAMES_TOO = _listed("ben al van")
# Surnames that stand before the given name, as newspapers write them.
SURNAME_FIRST = _listed(
    """xi kim mao hu li wang zhang liu chen yang zhao huang zhou wu xu sun ma zhu guo he lin gao luo zheng liang xie
    tang
    deng feng jiang wen park lee moon yoon choi jeong jung kang cho lim han shin seo kwon hwang ahn song ban nguyen tran
    pham le phan vu vo dang bui do ho ngo duong ly tsai ko lai aung
    bae pae roh noh hong ryu yoo kwak nam baek paik suh oh chang cha jang jo joo pak paek choe yun yeo shim heo hur koo
    rhee feng peng shi cao cai cheng dai dong du fan fang gu hou jia jin kong meng pan qian qin ren shao shen tan tao
    wei xia xiao xue yan yao ye yin yu yuan zeng zhong zou ouyang tsao kao"""
)
# Romanised Chinese and Korean given names: one to three syllables each.
_SYLLABLES = re.compile(
    r"(?:(?:zh|ch|sh|hs|kw|[bpmgkh]y|[bpmfdtnlgkhjqxzcsrwy])?"
    r"(?:[iu]ang|iong|yeon|young|[aeiou]ng|i?ao|[iu]an|uai|eo[nk]|oo[nk]?|oun|yun|[ae]i|a[eo]|e[nrou]|[aiou][nklm]|i[uae]|ou|u[aeio]|[aeiou])"
    r"){1,3}"
)
# `Joaquín "El Chapo" Guzmán`.
NICKNAME = re.compile(r"(?<=\w )[\"“][^\"“”]+[\"”](?= \w)")
_SPLIT = re.compile(r"[^\w]+|_+")
_APOSTROPHES = re.compile(r"['’ʼʻ`´‘]")


def words(name: str) -> tuple[str, ...]:
    """Split a name into its folded words: `Seán O'Brien-Lynch` is `sean`, `obrien`, `lynch`."""
    return tuple(word for word in _SPLIT.split(_APOSTROPHES.sub("", fold(name))) if word)


@lru_cache(maxsize=1 << 15)
def key(name: str) -> str:
    """Give the term under which a name is indexed.

    Its folded words, without honorifics and quoted nicknames, between single spaces. Equal for spellings that differ
    only in case, accents, punctuation or honorifics.
    """
    parts = words(NICKNAME.sub("", name))
    start = 0
    while start < len(parts) - 1 and parts[start] in HONORIFICS:
        start += 1
    return " ".join(parts[start:])


class Parts(NamedTuple):
    """A name taken apart, all folded: given names and initials, surname words with their particles, suffix."""

    given: tuple[str, ...]
    surname: tuple[str, ...]
    suffix: str


def is_syllabic(word: str) -> bool:
    """Tell whether a folded word may be of the syllables that Chinese and Korean names are of."""
    return _SYLLABLES.fullmatch(word) is not None


@lru_cache(maxsize=1 << 14)
def parts(name_key: str) -> Parts:
    """Take a name's key apart; a single word, with or without particles, is a surname."""
    pieces = name_key.split()
    suffix = ""
    if len(pieces) > 1 and pieces[-1] in SUFFIXES:
        suffix = pieces.pop()
    if len(pieces) in (2, 3) and pieces[0] in SURNAME_FIRST and all(map(is_syllabic, pieces[1:])):
        return Parts(tuple(pieces[1:]), (pieces[0],), suffix)
    cut = len(pieces) - 1
    while cut > 0 and pieces[cut - 1] in PARTICLES:
        cut -= 1
    if cut == 0 and len(pieces) == 2 and pieces[0] in _GIVEN_NAMES_TOO:
        cut = 1
    return Parts(tuple(pieces[:cut]), tuple(pieces[cut:]), suffix)
