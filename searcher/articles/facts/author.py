"""Who wrote an article? Stated, or said in a plain byline."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from searcher.articles.drafts import DOUBTED
from searcher.articles.facts.months import month_number
from searcher.articles.facts.outlets import is_known
from searcher.articles.facts.written import find_dates
from searcher.articles.furniture import is_date, noted_writer
from searcher.articles.headline import opens_with_place
from searcher.articles.lines import line_starts
from searcher.articles.mastheads import is_outlet
from searcher.model import Fact
from searcher.text.patterns import later

if TYPE_CHECKING:
    from searcher.articles.clean import Cleaned
    from searcher.articles.drafts import Statement
    from searcher.model import Span

_NAME = (
    r"(?!AND\b|UND\b|For\b|Follow\b|Our\b|OUR\b|Staff\b|STAFF\b|With\b|WITH\b)[^\W\d_a-z][^\W\d_]*(?:['’.-]+[^\W\d_]*)*"
)
_NAMES = rf"{_NAME}(?:[ \u00a0](?:(?:de|la|del|van|von|der|den|da|dos|al|el|bin|le|di)[ \u00a0])*{_NAME}){{1,3}}"
_LIST = rf"{_NAMES}(?:\s?,[ \u00a0]?{_NAMES})*(?:,?[ \u00a0](?:and|und|et|y|e|en|och|og|AND|UND|&)[ \u00a0]{_NAMES})?"
_BYLINE = re.compile(
    rf"[ \t>]*(?:(?:(?:(?:Published|Posted|Updated)(?: on)? [^\n]{{4,30}}? )?[Bb][Yy]|BYLINE(?=:)|Byline(?=:)|"
    rf"(?:[Ww]ritten|[Ss]tory|[Pp]osted|Text|Words|Interview(?:ed)?) [Bb]y|"
    rf"[Vv]on|VON|[Pp]ar|PAR|[Pp]or|POR|[Dd]i|[Dd]oor|[Aa]v):?"
    rf"(?:\s(?:[a-z]+ ){{0,2}}(?:reporter|correspondent|editor|writer|columnist))?|"
    rf"[Tt]exto?:|Words:|Interview:|Story:|[Aa]utor:|Автор:|Текст:|Piše:|Napsala?:|Pisze:)\s+(?P<names>{_LIST})(?P<rest>[^\n]{{0,80}})(?=\n|$)"
)
_LINE = re.compile(rf"[ \t]*(?P<names>{_LIST})(?P<rest>[^\n]{{0,80}})")
# A writer's post or a link, run on to the name or right after it: `Ann LeeStaff Writer`.
_RUN_ON = later(
    r"(?:(?<=[^\W\d_A-Z])(?=[A-Z])(?:\w+ ){0,3}|\s(?:Staff |Senior |News |Chief |Political ){0,2})"
    r"(?:Reporter|Writer|Editor|Correspondent|Contributor|Columnist|Twitter|"
    r"Follow|Korrespondent|Redakteur)(?:in)?$"
)
# A sentence may begin with `By` too: a byline ends, or goes on with the writer's post, the day or an agency.
_ENDS = later(
    r"\s*(?:$|(?:in|at|en|à|aus)(?:[ -][^\W\d_a-z][\w’']+){1,3}\s*(?:$|,|(?:and|und|et|y|with)\s[^\W\d_a-z])|"
    r"[,|–—•·(/-]|[Ff]or\b|[Ff]ollow$|\s\d|"
    r"(?:(?:last )?updated|published|mit|with|avec)\b)"
)
_WITH_POST = later(
    r"(?<=\w),\s(?:[\w'’&.-]+\s){0,3}(?:staff|writer|reporter|correspondent|editor|columnist|critic)$", re.IGNORECASE
)
_POST_ALONE = re.compile(
    r"(?:[^\W\d_][\w'’-]* ){0,3}(?:columnist|correspondent|reporter|writer|editor|contributor)", re.IGNORECASE
)
_IN_PLACE = re.compile(r"^ (?:in|at)(?: [^\W\d_a-z][\w'’-]+){1,3}\s*$")
_RUN_TOGETHER = re.compile(r"[a-z]{3}[A-Z]")
_BETWEEN = re.compile(r"(\s?,[ \u00a0]?(?!and\b|und\b|et\b|y\b|e\b|en\b|och\b))")
_TWICE = re.compile(r"(.{5,})\1")
# Compiled where there is such a line: its sets of letters take long.
_REPORTING = (
    r"(?:(?:\(|^|\n)(?:[Rr]eporting|[Ww]riting) by |\n[Tt]o contact the reporters? on this story: )"
    rf"(?P<names>{_NAMES}(?:(?:, {_NAMES}){{0,3}},? and {_NAMES})?)"
)


# A day, or what is said before one; after another name, too.
_DATED = re.compile(r"(?:[^\W\d]+:?\W{1,3}){0,4}\d")
_NEAR, _FOOT = 6, 600
# How far from the headline a byline may stand.
_ABOVE, _BELOW = 200, 3000
_OTHERS = ("related", "menu", "share")
_JOINERS = ("and", "und", "et", "y", "e", "en", "och", "&", "de", "von", "van")


def read_author(cleaned: Cleaned, stated: Statement | None, *, infer: bool) -> Fact[str] | None:
    """Find who wrote an article; None where nobody says so."""
    if stated:
        name = re.sub(r"^(?:by|von|par|por)\s+", "", " ".join(stated.value.split()), flags=re.IGNORECASE).strip(" ,;|")
        name = _WITH_POST.sub("", name)
        if name and not name.startswith(("http://", "https://")):
            given = Fact(name, stated.basis, stated.confidence)
            doubted = infer and stated.confidence <= DOUBTED
            return (doubted and (_in_byline(cleaned) or _beside_date(cleaned))) or given
    if not infer:
        return None
    if (byline := _in_byline(cleaned) or _beside_date(cleaned)) is not None:
        return byline
    if (note := _in_note(cleaned) or _below_story(cleaned)) is not None:
        return note
    last = cleaned.raw[-600:]
    if ("ing by " in last or "ontact the reporter" in last) and (credit := re.search(_REPORTING, last)) is not None:
        shift = len(cleaned.raw) - len(last)
        start, end = credit.span("names")
        return Fact(credit.group("names"), "reporting line", 0.85, (shift + start, shift + end))
    return None


def _title_span(cleaned: Cleaned) -> Span:
    """Where the headline stands in `raw`; its beginning where nobody can tell."""
    if marked := next((piece.span for piece in cleaned.furniture if piece.kind == "title"), None):
        return marked
    start = max(0, cleaned.raw.find(cleaned.title))
    return start, start


def _in_byline(cleaned: Cleaned) -> Fact[str] | None:
    """Read the byline that stands nearest below the headline, or else right above it."""
    raw = cleaned.raw
    title = _title_span(cleaned)
    others = [piece.span for piece in cleaned.furniture if piece.kind in _OTHERS]
    above: Fact[str] | None = None
    start = max(0, title[0] - _ABOVE)
    starts = line_starts(raw, raw.rfind("\n", 0, start) + 1 if start else 0, title[1] + _BELOW)
    for line in filter(None, (_BYLINE.match(raw, start) for start in starts)):
        names = _of_people(line["names"])
        rest = raw[line.start("names") + len(names) : line.end("rest")]
        shown = _TWICE.sub(r"\1", _RUN_ON.sub("", names))
        ends = _ENDS.match(rest) or is_date(rest.strip()) or _is_paper(rest.strip())
        first = line.start("names")
        if (
            not ends
            or rest.rstrip().endswith(".")
            or is_known(names)
            or _RUN_TOGETHER.search(shown)
            or any(a <= first < b for a, b in others)
        ):
            continue
        shown = _cased(" ".join(shown.split()).replace(" ,", ","))
        found = Fact(shown, "byline", 0.9, (first, first + len(names)))
        if first > title[1]:
            return found
        above = found
    return above


def _beside_date(cleaned: Cleaned) -> Fact[str] | None:
    """Read a name that stands alone below the headline, next to the day: nobody whom the story speaks of."""
    from searcher.articles.facts.features import COMMON, GIVEN

    raw = cleaned.raw
    title = _title_span(cleaned)
    head = raw[: title[1] + _BELOW]
    starts = islice(line_starts(head, title[1], len(head)), 1, None)
    lines = ((start, head[start:].partition("\n")[0]) for start in starts)
    mastheads = {raw[slice(*piece.span)] for piece in cleaned.furniture if piece.kind == "masthead"}
    rows = list(islice((row for row in lines if row[1].strip()), _NEAR))
    dated = [_is_dated(row) or _POST_ALONE.fullmatch(row.strip()) is not None for _, row in rows]
    for place, (start, row) in enumerate(rows):
        line = _LINE.fullmatch(row) if len(row) <= _ABOVE else None
        names = _of_people(line["names"]) if line is not None else ""
        rest = _IN_PLACE.sub("", row[line.start("names") + len(names) :]) if line is not None else ""
        if (
            line is None
            or (names.isupper() and opens_with_place(row))
            or not (_is_dated(rest) if rest.strip() else any(dated[max(0, place - 1) : place + 3]))
        ):
            continue
        if (
            not _begins(names, GIVEN, never=COMMON)
            or is_known(names)
            or names in mastheads
            or _RUN_TOGETHER.search(names)
            or names in cleaned.text[:-_FOOT]
        ):
            continue
        first = start + line.start("names")
        return Fact(_cased(" ".join(_RUN_ON.sub("", names).split())), "byline", 0.75, (first, first + len(names)))
    return None


def _in_note(cleaned: Cleaned) -> Fact[str] | None:
    """Read whom the note at the end calls the writer."""
    for piece in cleaned.furniture:
        start, end = piece.span
        if piece.kind == "byline" and (name := noted_writer(cleaned.raw[start:end])):
            return Fact(name, "note on the writer", 0.8, (start, start + len(name)))
    return None


def _below_story(cleaned: Cleaned) -> Fact[str] | None:
    """Read a name that stands alone below the story: nobody whom it speaks of."""
    from searcher.articles.facts.features import COMMON, GIVEN

    for piece in cleaned.furniture:
        start, end = piece.span
        name = cleaned.raw[start:end]
        line = _LINE.fullmatch(name) if piece.kind == "byline" else None
        if line is None or line["rest"] or name in cleaned.text or is_known(name):
            continue
        if _begins(name, GIVEN, never=COMMON):
            return Fact(_cased(" ".join(name.split())), "name below the story", 0.7, (start, end))
    return None


def _is_dated(text: str) -> bool:
    text = text.strip(" |/·•,–-")
    return len(text) < _ABOVE and _DATED.match(text) is not None and any(find_dates(text))


def _begins(name: str, listed: int, *, never: int = 0) -> bool:
    """Whether the first word of a name is in a list, and in none of others."""
    from searcher.articles.facts.tagging import tagger

    return tagger().lists.kinds(name.split(maxsplit=1)[0].title()) & (listed | never) == listed


def _of_people(names: str) -> str:
    """Cut off what commas set behind a name and is none: a post, an agency, a town."""
    from searcher.articles.facts.features import GIVEN

    end = 0
    for name in _BETWEEN.split(names):
        if not (end == 0 or _BETWEEN.fullmatch(name) or _begins(name, GIVEN)):
            break
        end += len(name)
    people = names[:end].rstrip(" ,\u00a0")
    words = people.split(" ")
    if month_number(words[-1].rstrip(".")):
        return " ".join(words[:-1])
    # The agency or the paper may stand right behind the name.
    return next((" ".join(words[:at]) for at in range(2, len(words)) if _is_paper(" ".join(words[at:]))), people)


def _is_paper(name: str) -> bool:
    return is_known(name) or is_outlet(name)


def _cased(names: str) -> str:
    """Write a byline in capitals as names are written; short words may be initials."""
    words = names.split()
    if not all(word.isupper() or word in _JOINERS for word in words):
        return names
    return " ".join(word.lower() if word.lower() in _JOINERS else word.title() for word in words)
