"""Who published an article? Its masthead, agency or site; never whom it quotes or who took its pictures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from searcher.articles.facts.outlets import host_of, is_everyday, is_known, is_name, outlet
from searcher.articles.furniture import dated_outlet, is_agency
from searcher.articles.lines import on_one_line
from searcher.articles.mastheads import is_outlet, without_motto, without_page
from searcher.articles.phrases import SECTIONS
from searcher.model import Fact
from searcher.text.patterns import later

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.articles.clean import Cleaned
    from searcher.articles.drafts import Statement
    from searcher.articles.furniture import Furniture, Kind


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
    masthead = _from_masthead(cleaned) or _from_own_name(cleaned)
    site, owner = _from_site(url), _from_copyright(cleaned)
    if masthead and site and not _is_of(masthead.value, site.value):
        masthead = None
    if masthead and owner and is_known(owner.value) and owner.value != masthead.value:
        # A sister, in a menu; but a paper prints what is an agency's.
        masthead = masthead if is_agency(owner.value) and _lines_over(cleaned) <= _PLAIN_HEAD else None
    return (
        masthead
        or site
        or _from_dateline(cleaned)
        or _from_head_line(cleaned)
        or owner
        or _from_source_line(cleaned)
        or _from_folder(path)
    )


def _is_of(name: str, site: str) -> bool:
    """Whether an outlet's name and its site share their letters."""
    label = _letters(max(site.split("."), key=len))
    return label in _letters(name) or _letters(name) in label


def _tidy(name: str) -> str:
    return " ".join(name.split()).strip(" |·•–—-:;,")


_APART = later(r"\s[|¦•·>»]\s|\s[|¦•·]$|^[|¦•·]\s")
_IN_BRACKETS = re.compile(r"\s+\([^()]{2,30}\)$")
_NO_NAME = later(
    r"\d{4}|reserved|rights|copyright|advertise|subscribe|contact|[!?]|alle rechte|tous droits|derechos reservados|"
    r"direitos reservados|diritti riservati|права защищены|hakları saklıdır|prawa zastrzeżone|haki zote|hak cipta",
    re.IGNORECASE,
)
# Where a page repeats its own name: a name that we know in any such line, another only where rights are claimed for it.
_CONFIRMING: dict[bool, tuple[Kind, ...]] = {True: ("copyright", "notice"), False: ("copyright",)}
# So many lines may stand over a story before what looks like a masthead is as likely an entry of a menu.
_PLAIN_HEAD, _PLAINEST_HEAD = 15, 3
_MOST_MASTHEADS = 50
_LONGEST_INITIALS = 3
_SMALL_WORDS = ("THE", "OF", "AND", "NEW", "SUN", "DAY", "LA", "EL", "LE", "DE", "DER", "DIE", "DAS")
_HEAD_KINDS = ("menu", "topic", "masthead")


def _from_masthead(cleaned: Cleaned) -> Fact[str] | None:
    """Read the masthead: the one that the page repeats where it speaks of itself, else the one of a plain head."""
    mastheads = [piece.span for piece in cleaned.furniture if piece.kind == "masthead"][:_MOST_MASTHEADS]
    if not mastheads:
        return None
    raw = cleaned.raw
    over = _lines_over(cleaned)
    most = {True: _PLAIN_HEAD, False: _PLAINEST_HEAD}
    plain: Fact[str] | None = None
    for start, end in mastheads:
        name = _tidy(_APART.sub("|", without_page(on_one_line(raw[start:end]))).strip("|").split("|")[0].rstrip("."))
        name = without_motto(_IN_BRACKETS.sub("", name))
        # A desk or a place before the name: `World Desk, The Example Times`
        name = name.rpartition(", ")[2] if is_outlet(name.rpartition(", ")[2]) else name
        if not _is_name(name):
            continue
        if _is_listed(raw, start, end):
            continue
        if _is_repeated(name, cleaned):
            return Fact(_shown(name), "masthead", 0.95, (start, end))
        plainly = "|" in raw[start:end] or start == 0 or over <= most[is_outlet(name)]
        if plain is None and plainly:
            plain = Fact(_shown(name), "masthead", 0.9, (start, end))
    return plain


def _lines_over(cleaned: Cleaned) -> int:
    """Count the lines of a page's head."""
    title = next((piece.span[0] for piece in cleaned.furniture if piece.kind == "title"), len(cleaned.raw))
    return sum(piece.kind in _HEAD_KINDS and piece.span[0] < title for piece in cleaned.furniture)


def _is_listed(raw: str, start: int, end: int) -> bool:
    """Whether the line above or below names another outlet, or is set off by a bar, too: an entry of a list of such."""
    line = raw[start:end]
    above = raw[:start].rstrip("\n").rpartition("\n")[2] if raw[max(0, start - 2) : start].count("\n") == 1 else ""
    below = raw[end : end + 200].lstrip(" ")
    below = below[1:].partition("\n")[0] if below[:1] == "\n" else ""
    return any(
        other.strip() and other.strip() != line and (is_name(other.strip()) or (other[-1] == "|" == line[-1]))
        for other in (above, below)
    )


def _is_repeated(name: str, cleaned: Cleaned) -> bool:
    """Whether the page has a name where it speaks of itself, too; menus name its sisters, shares other people's."""
    kinds = _CONFIRMING[is_known(name)]
    whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    return any(piece.kind in kinds and whole.search(cleaned.raw, *piece.span) for piece in cleaned.furniture)


def _shown(name: str) -> str:
    """An outlet's own name; one that we do not know, set in capitals, as names are written."""
    known = outlet(name)
    if known != name or not name.isupper() or " " not in name:
        return known
    return " ".join(
        word.title() if len(word) > _LONGEST_INITIALS or word in _SMALL_WORDS else word for word in name.split()
    )


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _is_name(name: str) -> bool:
    return 2 <= len(name) <= 60 and any(map(str.isalpha, name)) and _NO_NAME.search(name) is None


_SHORTEST_OWN_NAME = 6


def _from_own_name(cleaned: Cleaned) -> Fact[str] | None:
    """Read a line of the head that the firm which owns the page is called by."""
    own = {_letters(name).removeprefix("the") for name in _firms(cleaned)}
    title = next((piece.span[0] for piece in cleaned.furniture if piece.kind == "title"), len(cleaned.raw))
    for piece in cleaned.furniture if own else ():
        start, end = piece.span
        if start >= title:
            break
        name = _tidy(cleaned.raw[start:end])
        letters = _letters(name).removeprefix("the")
        if piece.kind in _HEAD_KINDS and len(letters) >= _SHORTEST_OWN_NAME and letters in own and _is_name(name):
            return Fact(_shown(name), "masthead", 0.9, (start, end))
    return None


def _firms(cleaned: Cleaned) -> Iterator[str]:
    """Give the firms that claim the rights of a page, without what says that they are firms."""
    for piece in cleaned.furniture:
        if piece.kind == "copyright":
            for found in _COPYRIGHT.finditer(cleaned.raw, *piece.span):
                yield _FIRM.split(_LEGAL_FORM.sub("", _tidy(found["name"])), maxsplit=1)[0]


_YEARS = r"(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?"
_COPYRIGHT = later(
    rf"(?:©|\(c\)|copyright)+[\s©:]*(?:\(c\))?\s*(?:{_YEARS})?[,.]?\s*(?:by\s+)?[«“„\"]?"
    rf"(?P<name>[^\W\d_][^\n©|;,]{{1,60}}?)(?=\s*(?:[.](?:\s|$)|[,;|(©»”\"]|\s[-–—]\s|all rights|$|\n|(?:19|20)\d\d))"
    r"(?!,\s\w+\s(?:&|and)\s)",  # partners of a firm
    re.IGNORECASE,
)
# Firms that own outlets of many names.
_OWNER = later(
    r"(?:yahoo|tamedia|tx group|ringier|condé nast|hearst|gannett|axel springer|news corp|nexstar|reach|schibsted|"
    r"bonnier|dpg media|mediahuis|sanoma|vox media|ziff davis|mcclatchy|tegna|comcast|nbcuniversal|paramount|funke|"
    r"webedia|new york public radio|"
    r"madsack|burda|dumont|holtzbrinck|independent online|independent newspapers|warner bros|advance)\b.*",
    re.IGNORECASE,
)
_LEGAL_FORM = later(
    r",?\s+(?:ltd|limited|inc|incorporated|llc|llp|plc|co|corp|company|gmbh|ag|kg|se|s\.?a|s\.?l|s\.?r\.?l|s\.?p\.?a|b\.?v|n\.?v"
    r"|as|ab|oy|pty|pvt)\b\.?.*$|\s+and\s+affiliate.*$",
    re.IGNORECASE,
)
_FIRM = later(
    r"\b(?:media|group|holdings?|interactive|publish\w+|verlag\w*|entertainment|enterprises|productions?|newspapers"
    r"|communications|digital|medien\w*|mediengruppe|éditions|ediciones|editora|printers|universal)\b",
    re.IGNORECASE,
)


def is_owner(name: str) -> bool:
    """Tell whether a name is that of a firm that owns outlets."""
    return _OWNER.fullmatch(name) is not None


def _from_copyright(cleaned: Cleaned) -> Fact[str] | None:
    """Read who has the rights in a copyright line; the firm that owns an outlet is not the outlet."""
    for piece in cleaned.furniture:
        # What ends a text is whose it is; elsewhere a sign before a name is a picture's.
        ends = piece.kind == "credit" and piece is cleaned.furniture[-1] and not cleaned.raw[piece.span[1] :].strip()
        if piece.kind != "copyright" and not ends:
            continue
        for found in _COPYRIGHT.finditer(cleaned.raw, *piece.span):
            written = _tidy(found["name"])
            name = _LEGAL_FORM.sub("", written).rstrip(" &")
            if not _is_name(name) or not (name[0].isupper() or is_known(name)) or name.lower() in SECTIONS:
                continue
            if "/" in name or _OWNER.fullmatch(name) or (ends and not is_outlet(name)):
                continue
            if is_known(name) or (not _FIRM.search(name) and (name == written or is_outlet(name))):
                return Fact(outlet(name), "copyright", 0.85, found.span("name"))
    return None


_HEAD = 3000
_NEAR_TITLE = 300
# A writer and the paper, or the agency: `By Ann Lee, Example Times`.
_BY_OF = later(
    r"(?:by|von|par|por|di)\s[^,|\n]{3,60}(?:,|\s[|·–—-])\s*(?:(?:for|für|pour|para|per)\s)?(?P<name>[^,|\n]{3,40})",
    re.IGNORECASE,
)
# An agency in brackets or slashes; between a dash and a full stop, or between a full stop and a dash, after a day.
_BRACKETED = re.compile(r"\(([^\W\d_][\w .&/’'-]{1,30})\)\s*\.?\s?(?P<dash>--|[-—–_:])?(?=\s|[^\W\d_]|$)")
_SLASHED = re.compile(r"/([^\W\d_][\w .-]{1,25})/\s*[.—–-]")
_AFTER_DAY = re.compile(
    r"[0-9](?:[^\n()]{0,12}?\s?[—–-]\s?([^\W\d_][\w -]{1,25})\.\s"
    r"|[^\n()]{0,14}?\.\s([^\W\d_][\w. -]{1,25}?)\s[—–-]\s)"
)
_DASHES = ("—", "–", " -", "- ")
_PARAGRAPH = re.compile(r"(?P<start>^|\n|\. )[ \t]*(?P<place>[^\n()!?]{0,60}?)[ ,.]*$")
_EASTERN = re.compile(r"(?:^|\n)\s*(?P<agency>新华社|中新社|中新网|中央社)[^\n\d]{1,12}\d{1,2}月\d{1,2}日[电電]")
# Whose pictures, and what other stories, says nothing of this one.
_OTHERS = ("caption", "credit", "related", "share")


def _from_dateline(cleaned: Cleaned) -> Fact[str] | None:
    """Read `ANKARA (AA)`, `LONDON, Nov 9 (Reuters) -`, `MOSCOW, November 9. /TASS/.` at the head of a paragraph."""
    raw = cleaned.raw
    if not raw.isascii() and (eastern := _EASTERN.search(raw)):
        return Fact(outlet(eastern["agency"]), "dateline", 0.95, eastern.span("agency"))
    others = [piece.span for piece in cleaned.furniture if piece.kind in _OTHERS]
    head = raw[:_HEAD]
    found = [*_BRACKETED.finditer(head), *_SLASHED.finditer(head)]
    if any(dash in head for dash in _DASHES):
        found += _AFTER_DAY.finditer(head)
    for agency in sorted(found, key=re.Match.start):
        group = 1 if agency[1] else 2
        if not is_known(agency[group].strip()):
            continue
        bracketed = agency.re is _BRACKETED
        dashed = bracketed and agency["dash"]
        before = _PARAGRAPH.search(raw, max(0, agency.start() - 80), agency.start())
        if before is None or len(before["place"].split()) > 8:
            continue
        if any(start <= agency.start() < end for start, end in others):
            continue
        if not before["place"] and not dashed and before["start"] == ". ":
            continue
        # Without a dash only a place in capitals tells a dateline from a remark in brackets.
        if bracketed and not dashed and not before["place"][:3].isupper() and before["place"]:
            continue
        return Fact(outlet(agency[group].strip()), "dateline", 0.95, agency.span(group))
    return None


def _from_head_line(cleaned: Cleaned) -> Fact[str] | None:
    """Read `The Example Times, 9 May 2011` or `By Ann Lee, Example Times` near the headline."""
    title = next((piece.span[1] for piece in cleaned.furniture if piece.kind == "title"), 0)
    for piece in cleaned.furniture:
        start, end = piece.span
        if start > title + _NEAR_TITLE:
            break
        if piece.kind != "byline":
            continue
        if name := dated_outlet(cleaned.raw[start:end]):
            start = cleaned.raw.index(name, start)
            return Fact(_shown(name), "line with its date", 0.85, (start, start + len(name)))
        whose = _BY_OF.fullmatch(cleaned.raw, start, end)
        # An agency's writer stands in the papers that print the agency.
        if whose and is_outlet(whose["name"]) and not is_agency(whose["name"]):
            return Fact(_shown(whose["name"]), "byline", 0.75, whose.span("name"))
    return None


_SOURCE_LABELS = ("source", "quelle", "fuente", "fonte", "bron", "kaynak", "источник", "来源", "來源")
_SOURCE_LINE = later(
    rf"(?<!\S)(?:{'|'.join(_SOURCE_LABELS)})\s?[:：]\s{{0,4}}"
    r"(?P<name>[^\n]{2,60}?)[ \t.]{0,4}(?=\n|$|\s{2})",
    re.IGNORECASE,
)
_AND_OTHERS = re.compile(r"\s*(?:,|/|\band\b|\bund\b|\bet\b|\by\b|\+|\d).*$", re.IGNORECASE)
_SIGNED = later(r"[—–\-/(\[\s]*(?P<name>[^\W\d_][^\n+]{1,30}?)[)\]/.\s]*")
_PUBLISHED_IN = later(r"(?:first )?published in (?:the )?(?P<name>[^,\n]{2,40}),? \D{0,10}\d", re.IGNORECASE)
# An outlet's name right below one of these is an entry of a list of outlets or of subjects.
_ENTRIES = ("menu", "notice", "topic", "related")


def _from_source_line(cleaned: Cleaned) -> Fact[str] | None:
    """Read a line `Source: Xinhua`, `Published in Dawn, May 9`, or one that is an agency's name, of known outlets.

    So a table's source is not taken for ours.
    """
    lower = cleaned.raw.lower() if ":" in cleaned.raw or "：" in cleaned.raw else ""
    labelled = any(f"{label}:" in lower or f"{label} :" in lower or f"{label}：" in lower for label in _SOURCE_LABELS)
    for line in _SOURCE_LINE.finditer(cleaned.raw) if labelled else ():
        name = line["name"] if is_known(line["name"]) else _AND_OTHERS.sub("", line["name"])
        if is_known(name):
            return Fact(outlet(name), "source line", 0.8, (line.start("name"), line.start("name") + len(name)))
    above: Furniture | None = None
    for piece in cleaned.furniture:
        signed = None
        if piece.kind == "byline":
            published = _PUBLISHED_IN.match(cleaned.raw, *piece.span)
            if published and is_known(published["name"]):
                return Fact(outlet(published["name"]), "published in", 0.8, published.span("name"))
            signed = _SIGNED.fullmatch(cleaned.raw, *piece.span)
        if signed and is_known(signed["name"]) and not (above and _is_entry_below(piece, above, cleaned.raw)):
            return Fact(outlet(signed["name"]), "agency line", 0.8, signed.span("name"))
        above = piece
    return None


def _is_entry_below(piece: Furniture, above: Furniture, raw: str) -> bool:
    return above.kind in _ENTRIES and raw[above.span[1] : piece.span[0]].strip(" \t\r") == "\n"


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
