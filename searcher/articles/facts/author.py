"""Who wrote an article? Stated, or said in a plain byline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searcher.articles.facts.outlets import is_known
from searcher.articles.furniture import is_date
from searcher.model import Fact

if TYPE_CHECKING:
    from searcher.articles.clean import Cleaned
    from searcher.articles.drafts import Statement

_NAME = r"(?!AND\b|UND\b)[^\W\d_a-z][^\W\d_]*(?:['’.-]+[^\W\d_]*)*"
_NAMES = rf"{_NAME}(?:[ \u00a0](?:(?:de|la|del|van|von|der|den|da|dos|al|el|bin|le|di)[ \u00a0])*{_NAME}){{1,3}}"
_BYLINE = re.compile(
    rf"(?:^|\n)[ \t]*(?:[Bb][Yy]|[Ww]ritten [Bb]y|[Ss]tory [Bb]y|[Vv]on|VON|[Pp]ar|PAR|[Pp]or|POR|[Tt]exto?:|[Dd]i|"
    rf"[Dd]oor|[Aa]v|[Aa]utor:|Автор:|Текст:)\s+"
    rf"(?P<names>{_NAMES}(?:(?:, {_NAMES}){{0,3}},? (?:and|und|et|y|e|en|och|AND|&) "
    rf"{_NAMES})?)(?P<rest>[^\n]{{0,80}})(?=\n|$)"
)
_REPORTING = re.compile(
    rf"\((?:[Rr]eporting|[Ww]riting) by (?P<names>{_NAMES}(?:(?:, {_NAMES}){{0,3}},? and {_NAMES})?)"
)


_JOINERS = ("and", "und", "et", "y", "e", "en", "och", "&", "de", "von", "van")


def read_author(cleaned: Cleaned, stated: Statement | None, *, infer: bool) -> Fact[str] | None:
    """Find who wrote an article; None where nobody says so."""
    if stated:
        name = re.sub(r"^(?:by|von|par|por)\s+", "", " ".join(stated.value.split()), flags=re.IGNORECASE).strip(" ,;|")
        if name and not name.startswith(("http://", "https://")):
            return Fact(name, stated.basis, stated.confidence)
    if not infer:
        return None
    for line in _BYLINE.finditer(cleaned.raw[:3000]):
        names = " ".join(line.group("names").split())
        rest = line.group("rest")
        # A sentence may begin with `By` too: a byline ends, or goes on with the writer's post.
        ends = re.match(r"\s*(?:$|[,|–—•·(/-])", rest) or is_date(rest.strip())
        if ends and not rest.rstrip().endswith(".") and not is_known(names):
            return Fact(_cased(names), "byline", 0.9, line.span("names"))
    last = cleaned.raw[-600:]
    if (credit := _REPORTING.search(last)) is not None:
        shift = len(cleaned.raw) - len(last)
        start, end = credit.span("names")
        return Fact(credit.group("names"), "reporting line", 0.85, (shift + start, shift + end))
    return None


def _cased(names: str) -> str:
    """Write a byline in capitals as names are written; short words may be initials."""
    words = names.split()
    if not all(word.isupper() or word in _JOINERS for word in words):
        return names
    return " ".join(word.lower() if word.lower() in _JOINERS else word.title() for word in words)
