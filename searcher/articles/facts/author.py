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

_NAME = r"(?!AND\b|UND\b|For\b|Follow\b)[^\W\d_a-z][^\W\d_]*(?:['’.-]+[^\W\d_]*)*"
_NAMES = rf"{_NAME}(?:[ \u00a0](?:(?:de|la|del|van|von|der|den|da|dos|al|el|bin|le|di)[ \u00a0])*{_NAME}){{1,3}}"
_BYLINE = re.compile(
    rf"(?:^|\n)[ \t]*(?:[Bb][Yy]|[Ww]ritten [Bb]y|[Ss]tory [Bb]y|[Vv]on|VON|[Pp]ar|PAR|[Pp]or|POR|[Tt]exto?:|[Dd]i|"
    rf"[Dd]oor|[Aa]v|[Aa]utor:|Автор:|Текст:)\s+"
    rf"(?P<names>{_NAMES}(?:\s?,[ \u00a0]?{_NAMES})*(?:,?[ \u00a0](?:and|und|et|y|e|en|och|AND|UND|&)[ \u00a0]"
    rf"{_NAMES})?)(?P<rest>[^\n]{{0,80}})(?=\n|$)"
)
# A writer's post or a link, run on to the name: `Ann LeeStaff Writer`.
_RUN_ON = re.compile(
    r"(?<=[^\W\d_A-Z])(?=[A-Z])(?:\w+ ){0,3}(?:Reporter|Writer|Editor|Correspondent|Contributor|Columnist|Twitter|"
    r"Follow|Korrespondent|Redakteur)(?:in)?$"
)
_BETWEEN = re.compile(r"(\s?,[ \u00a0]?(?!and\b|und\b|et\b|y\b|e\b|en\b|och\b))")
_TWICE = re.compile(r"(.{5,})\1")
# Compiled where there is such a line: its sets of letters take long.
_REPORTING = rf"(?:\(|^|\n)(?:[Rr]eporting|[Ww]riting) by (?P<names>{_NAMES}(?:(?:, {_NAMES}){{0,3}},? and {_NAMES})?)"


# How far from the headline a byline may stand.
_ABOVE, _BELOW = 200, 3000
_OTHERS = ("related", "menu", "share")
_JOINERS = ("and", "und", "et", "y", "e", "en", "och", "&", "de", "von", "van")


def read_author(cleaned: Cleaned, stated: Statement | None, *, infer: bool) -> Fact[str] | None:
    """Find who wrote an article; None where nobody says so."""
    if stated:
        name = re.sub(r"^(?:by|von|par|por)\s+", "", " ".join(stated.value.split()), flags=re.IGNORECASE).strip(" ,;|")
        if name and not name.startswith(("http://", "https://")):
            return Fact(name, stated.basis, stated.confidence)
    if not infer:
        return None
    if (byline := _in_byline(cleaned)) is not None:
        return byline
    last = cleaned.raw[-600:]
    if "ing by " in last and (credit := re.search(_REPORTING, last)) is not None:
        shift = len(cleaned.raw) - len(last)
        start, end = credit.span("names")
        return Fact(credit.group("names"), "reporting line", 0.85, (shift + start, shift + end))
    return None


def _in_byline(cleaned: Cleaned) -> Fact[str] | None:
    """Read the byline that stands nearest below the headline, or else right above it."""
    raw = cleaned.raw
    title = next((piece.span for piece in cleaned.furniture if piece.kind == "title"), (0, 0))
    others = [piece.span for piece in cleaned.furniture if piece.kind in _OTHERS]
    above: Fact[str] | None = None
    start = max(0, title[0] - _ABOVE)
    for line in _BYLINE.finditer(raw, raw.rfind("\n", 0, start) + 1 if start else 0):
        if line.start("names") > title[1] + _BELOW:
            break
        names = _of_people(line["names"])
        rest = raw[line.start("names") + len(names) : line.end("rest")]
        shown = _TWICE.sub(r"\1", _RUN_ON.sub("", names))
        # A sentence may begin with `By` too: a byline ends, or goes on with the writer's post.
        ends = re.match(r"\s*(?:$|[,|–—•·(/-]|[Ff]or\b|[Ff]ollow$)", rest) or is_date(rest.strip())
        first = line.start("names")
        if not ends or rest.rstrip().endswith(".") or is_known(names) or any(a <= first < b for a, b in others):
            continue
        shown = _cased(" ".join(shown.split()).replace(" ,", ","))
        found = Fact(shown, "byline", 0.9, (first, first + len(names)))
        if first > title[1]:
            return found
        above = found
    return above


def _of_people(names: str) -> str:
    """Cut off what commas set behind a name and is none: a post, an agency, a town."""
    from searcher.articles.facts.features import GIVEN
    from searcher.articles.facts.tagging import tagger

    end = 0
    for name in _BETWEEN.split(names):
        if not (end == 0 or _BETWEEN.fullmatch(name) or tagger().lists.kinds(name.split()[0].title()) & GIVEN):
            break
        end += len(name)
    return names[:end].rstrip(" ,\u00a0")


def _cased(names: str) -> str:
    """Write a byline in capitals as names are written; short words may be initials."""
    words = names.split()
    if not all(word.isupper() or word in _JOINERS for word in words):
        return names
    return " ".join(word.lower() if word.lower() in _JOINERS else word.title() for word in words)
