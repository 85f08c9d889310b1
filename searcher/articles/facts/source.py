"""Who published an article? Its masthead, agency or site; never whom it quotes or who took its pictures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from searcher.articles.facts.outlets import host_of, is_everyday, is_known, outlet
from searcher.model import Fact

if TYPE_CHECKING:
    from searcher.articles.clean import Cleaned
    from searcher.articles.drafts import Statement


def read_source(
    cleaned: Cleaned, stated: Statement | None, *, url: str | None, path: str, infer: bool
) -> Fact[str] | None:
    """Find who published an article, from the firmest evidence there is, or None.

    What is stated is given as it is spelt there, an address by its site's name; what we find, by the outlet's own name.
    """
    if stated and (name := _tidy(stated.value)):
        return Fact(outlet(name) if host_of(name) else name, stated.basis, stated.confidence)
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
    return Fact(outlet(host), "web address", 0.8) if host and host_of(host) else None


def _from_folder(path: str) -> Fact[str] | None:
    """Take a folder that is named as a site or as an outlet we know; the name of an archive file is no site."""
    folders = [folder for part in path.split("!") for folder in part.split("/")[:-1]]
    for folder in reversed(folders):
        name = folder.replace("_", " ")
        if len(folder) > 3 and is_known(name) and not is_everyday(name):
            return Fact(outlet(name), "folder", 0.6)
        if re.fullmatch(r"(?:[a-z0-9-]+\.)+(?:com|org|net|info|[a-z]{2})", folder):
            return Fact(outlet(folder), "folder", 0.6)
    return None
