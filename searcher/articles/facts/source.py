"""Who published an article? Its masthead, agency or site; never whom it quotes or who took its pictures."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from searcher.articles.facts.outlets import OUTLETS
from searcher.model import Fact
from searcher.text.folding import fold

if TYPE_CHECKING:
    from searcher.articles.clean import Cleaned
    from searcher.articles.drafts import Statement

_NOT_LETTERS = re.compile(r"[\W_]+")
_SITE = re.compile(
    r"(?:https?://)?(?:www\d?\.|m\.|amp\.|edition\.)*((?:[a-z0-9-]+\.)+[a-z]{2,})(?:[/:?#].*)?", re.IGNORECASE
)
# A name of so many letters is one outlet's alone.
_OWN_NAME = 8
# Second-level suffixes under which the registered name is the third label from the right.
_SECOND_LEVEL = frozenset(["co", "com", "org", "net", "gov", "ac", "edu", "go", "or", "ne", "gob", "gouv"])


@cache
def _display_of() -> dict[str, str]:
    names: dict[str, str] = {}
    for line in OUTLETS.splitlines():
        display, *others = (name.strip() for name in line.split("|"))
        for name in (display, *others):
            names.setdefault(_squeezed(name), display)
    return names


_IN_BRACKETS = re.compile(r"(?<=\S)\s*\([^()]*\)$")
_ENDING = re.compile(r"\.(?:com|net|org|de|fr|es|it|at|ch|nl|be|pl|ru|uk|no|se|dk)$")
_ARTICLE = re.compile(r"(?:the|der|die|das|le|la|el|il|het) (?=\S)")


def _squeezed(name: str) -> str:
    """Reduce a name to what its spellings share: no article, nothing in brackets after it, letters and figures only."""
    name = name.strip()
    site = _SITE.fullmatch(name)
    if site:
        return site.group(1).lower()
    folded = fold(_IN_BRACKETS.sub("", name))
    return _NOT_LETTERS.sub("", _ARTICLE.sub("", _ENDING.sub("", folded), count=1)) or fold(name)


@lru_cache(maxsize=1 << 14)
def outlet(name: str) -> str:
    """Give the name under which an outlet is shown: one for all its spellings; a site's address gives its name."""
    name = " ".join(name.split())
    squeezed = _squeezed(name)
    known = _display_of()
    if squeezed in known:
        return known[squeezed]
    site = _SITE.fullmatch(name)
    if not site:
        return name
    labels = squeezed.split(".")
    while len(labels) > 2 and ".".join(labels) not in known:
        if len(labels) == 3 and labels[1] in _SECOND_LEVEL:
            break
        labels.pop(0)
    return known.get(".".join(labels), ".".join(labels))


@lru_cache(maxsize=1 << 14)
def key(name: str) -> str:
    """Give the term under which an outlet is indexed and looked up, equal for all its spellings.

    A site is the outlet of its name (`portugalnews.com`, `The Portugal News`) if the name is long enough to be no
    other's; `pravda.ru` and `pravda.com.ua` stay two.
    """
    shown = outlet(name)
    if _SITE.fullmatch(shown):
        label = _NOT_LETTERS.sub("", shown.split(".")[0])
        if len(label) >= _OWN_NAME:
            return label.removeprefix("the")
    return _NOT_LETTERS.sub("", _squeezed(shown))


def is_known(name: str) -> bool:
    """Tell whether an outlet is one of those we know by name."""
    return _squeezed(name) in _display_of()


def read_source(
    cleaned: Cleaned, stated: Statement | None, *, url: str | None, path: str, infer: bool
) -> Fact[str] | None:
    """Find who published an article, from the firmest evidence there is, or None."""
    if stated and (name := _tidy(stated.value)):
        return Fact(outlet(name), stated.basis, stated.confidence)
    if not infer:
        return None
    return (
        _from_furniture(cleaned, "masthead", 0.9)
        or _from_dateline(cleaned.raw)
        or _from_furniture(cleaned, "copyright", 0.85)
        or _from_credit_line(cleaned.raw)
        or _from_site(url)
        or _from_folder(path)
    )


def _tidy(name: str) -> str:
    return " ".join(name.split()).strip(" |·•–—-:;,")


_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)+[\s©]*(?:\(c\))?\s*(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?)?[,.]?\s*(?:by\s+)?"
    r"(?P<name>[^\W\d_][^\n©|;,]{1,60}?)(?=\s*(?:[.,;|(]|all rights|$|\n|(?:19|20)\d\d))",
    re.IGNORECASE,
)


def _from_furniture(cleaned: Cleaned, kind: str, confidence: float) -> Fact[str] | None:
    for piece in cleaned.furniture:
        if piece.kind != kind:
            continue
        start, end = piece.span
        for line in cleaned.raw[start:end].split("\n"):
            name, span = line, (start, start + len(line))
            if kind == "copyright":
                found = _COPYRIGHT.search(line)
                if not found:
                    start += len(line) + 1
                    continue
                name, span = found.group("name"), (start + found.start("name"), start + found.end("name"))
            start += len(line) + 1
            name = _tidy(re.split(r"\s[|•·]\s|\s[|•·]$", name)[0])
            if (
                2 <= len(name) <= 60
                and any(map(str.isalpha, name))
                and not re.search(r"\d{4}|reserved|[!?]", name, re.IGNORECASE)
            ):
                return Fact(outlet(name), kind, confidence, span)
    return None


_HEAD = 3000
# An agency in brackets or slashes, or between a dash and a full stop.
_AGENCY = re.compile(
    r"\((?P<bracketed>[^\W\d_][\w .&/’'-]{1,30})\)\s*(?P<dash>--|[-—–_:])?(?=\s|[^\W\d_]|$)"
    r"|/(?P<slashed>[^\W\d_][\w .-]{1,25})/\s*[.—–-]"
    r"|\d[^\n()]{0,12}?\s?[—–-]\s?(?P<trailing>[^\W\d_][\w -]{1,25})\.\s"
)
_PARAGRAPH = re.compile(r"(?:^|\n|\. )[ \t]*(?P<place>[^\n()!?]{0,60}?)[ ,.]*$")


def _from_dateline(raw: str) -> Fact[str] | None:
    """Read `ANKARA (AA)`, `LONDON, Nov 9 (Reuters) -`, `MOSCOW, November 9. /TASS/.` at the head of a paragraph."""
    for agency in _AGENCY.finditer(raw[:_HEAD]):
        group = next(name for name in ("bracketed", "slashed", "trailing") if agency[name])
        if not is_known(agency[group].strip()):
            continue
        before = _PARAGRAPH.search(raw, max(0, agency.start() - 80), agency.start())
        if before is None or len(before["place"].split()) > 8:
            continue
        # Without a dash only a place in capitals tells a dateline from a remark in brackets.
        if group == "bracketed" and not agency["dash"] and not before["place"][:3].isupper() and before["place"]:
            continue
        return Fact(outlet(agency[group].strip()), "dateline", 0.95, agency.span(group))
    return None


_CREDIT = re.compile(
    r"(?:^|\n)[ \t]*(?:source|quelle|fuente|fonte|bron|kaynak|источник)\s*:\s*(?P<name>[^\n]{2,40}?)[ \t.]*(?=\n|$)",
    re.IGNORECASE,
)


def _from_credit_line(raw: str) -> Fact[str] | None:
    """Read a line `Source: Xinhua`, of outlets that are known, so that a table's source is not taken for ours."""
    for line in _CREDIT.finditer(raw):
        if is_known(line.group("name")):
            return Fact(outlet(line.group("name")), "source line", 0.8, line.span("name"))
    return None


def _from_site(url: str | None) -> Fact[str] | None:
    host = urlsplit(url).hostname if url and "://" in url else None
    return Fact(outlet(host), "web address", 0.8) if host and _SITE.fullmatch(host) else None


def _from_folder(path: str) -> Fact[str] | None:
    """Take a folder that is named as a site or as an outlet we know; the name of an archive file is no site."""
    folders = [folder for part in path.split("!") for folder in part.split("/")[:-1]]
    for folder in reversed(folders):
        if is_known(folder.replace("_", " ")) and len(folder) > 3:
            return Fact(outlet(folder.replace("_", " ")), "folder", 0.6)
        if re.fullmatch(r"(?:[a-z0-9-]+\.)+(?:com|org|net|info|[a-z]{2})", folder):
            return Fact(outlet(folder), "folder", 0.6)
    return None
