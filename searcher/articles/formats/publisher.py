"""Which of the names that a page gives its publisher is the outlet's?

Pages write addresses, trade names, firms and sections where the outlet's name belongs. The address of the page tells
which of them is meant.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from searcher.articles.drafts import Statement
from searcher.articles.facts.outlets import host_of, is_known, of_site, outlet
from searcher.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_YEARS = r"(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?"
_RIGHTS = re.compile(
    rf"(?:©|\(c\)|\bcopyright\b)\s*(?:{_YEARS})?\s*(?:by\s+)?|[,.]?\s*all rights reserved\W*$"
    rf"|版权所有|著作権所有|(?:,?\s*{_YEARS})$",
    re.IGNORECASE,
)
_APART = re.compile(r"\s+[|·•–—-]\s+|,\s")
_NOT_LETTERS = re.compile(r"[\W_]+")
_ADDRESS_LIKE = re.compile(r"\S+\.[a-z]{2,}", re.IGNORECASE)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_SHORTEST_LABEL = 2
_LONGEST = 80


def choose(names: Sequence[Statement], address: str | None) -> Statement | None:
    """Choose the outlet among a page's publishers; a name that we know is given as the outlet's own.

    Args:
        names: in the order in which they are believed.
        address: where the page is.
    """
    names = [Statement(name, one.basis) for one in names if (name := _tidy(one.value))]
    if not names:
        return None
    host = host_of(urlsplit(address).hostname or "") if address and "://" in address else None
    best = min(names, key=lambda one: _doubt(one.value, host))
    known = of_site(host) if host else None
    # A part of a site with a name of its own keeps it.
    if known and (is_known(best.value) or not best.value.isascii() or _doubt(best.value, host)):
        return Statement(known, best.basis)
    return Statement(outlet(best.value), best.basis)


def _tidy(name: str) -> str:
    name = _RIGHTS.sub("", " ".join(name.split())).strip(" |·•–—-:;,.")
    first = _APART.split(name)[0]
    # A slogan or a town after the name.
    return (first if len(first) > _SHORTEST_LABEL and len(name) > len(first) else name)[:_LONGEST]


def _doubt(name: str, host: str | None) -> int:
    """How much there is against a name as that of the outlet at a host."""
    poorly_written = name.islower() or _ADDRESS_LIKE.fullmatch(name) is not None
    return 2 * (host is not None and not _is_confirmed(name, host)) + poorly_written


def _is_confirmed(name: str, host: str) -> bool:
    """Whether a name and a host share their letters, or the host is the name's initials."""
    labels = [_NOT_LETTERS.sub("", label) for label in host.split(".")[:-1]]
    spelt = {_NOT_LETTERS.sub("", fold(form)) for form in (name, name.lower().translate(_UMLAUTS))}
    spelt.add("".join(word[0] for word in fold(name).replace("-", " ").split()))
    spelt.discard("")
    return any(
        len(label) >= _SHORTEST_LABEL and (label in letters or (len(letters) >= _SHORTEST_LABEL and letters in label))
        for label in labels
        for letters in spelt
    )
