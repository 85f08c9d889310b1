"""What the first lines of a text state of it: `Source: …`, `Date: …`, as press clippings have them, or its address."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from searcher.articles.drafts import DOUBTED, Stated, Statement
from searcher.articles.formats.fields import SPELLINGS, stated_in

_BASIS = "header line"
_LINE = re.compile(r"[ \t]*([A-Za-z][A-Za-z _-]{1,24}?)[ \t]*:[ \t]+(\S[^\n]{0,300})")
_ADDRESS = re.compile(r"[ \t]*(?:url[ \t]*:[ \t]*|link[ \t]*:[ \t]*)?(https?://[^\s<>\"]{4,2000})[ \t]*", re.IGNORECASE)
_NOT_LETTERS = re.compile(r"[^a-z]+")
# Labels that are a field of an article, without case and blanks; a text's own words begin with none of them.
_FIELDS = ("title", "source", "date", "author", "url", "language")
_LABELS = {spelling for field in _FIELDS for spelling in SPELLINGS[field]} - {"by", "day", "main"}
_OTHER_LABELS = frozenset(
    """page pages wordcount section edition length copyright keywords location dateline to cc from sent reply type
    category accession posted newsgroups organization lines xref""".split()
)
# A document of a news database: lines without labels stand above the labelled ones, and a label over the text.
_EXPORTED = re.compile(r"^HEADLINE: .{1,1000}?^(?:BODY|TEXT|FULL TEXT):[ \t]*\n", re.MULTILINE | re.DOTALL)
_EXPORT_HEAD = 3000
# Another names its fields by two letters, its text by the lead paragraph and the rest.
_CODES = {"HD": "title", "BY": "author", "PD": "date", "SN": "source"}
_CODED = re.compile(r"^(HD|BY|PD|SN)(?: {2,}|\t|[ \t]*\n[ \t]*)(\S[^\n]*)", re.MULTILINE)
_CODED_TEXT = re.compile(r"^(?:LP|TD)[ \t]*(?:\n| {2,}|\t)", re.MULTILINE)
_CODED_FOOT = re.compile(
    r"^(?:(?:CO|IN|NS|RE|IPC|IPD|PUB|ART|AN)(?: {2,}|\t|[ \t]*\n)|Document \w+\s*\Z)", re.MULTILINE
)
_FIRST_LINES = 20
_FEWEST = 2
_MOST_OTHERS = 2


class Headed(NamedTuple):
    """A text with the lines that state something of it: these read, and the text below them."""

    stated: Stated
    story: str


def read_header_lines(text: str) -> Headed | None:
    """Read the labelled lines at the head of a text, or the address that is its first line; None without either.

    Two lines at least must be labelled as fields of an article are, and nothing but a line or two of other words may
    stand among them.
    """
    first, _, rest = text.partition("\n")
    if address := _ADDRESS.fullmatch(first):
        below = rest.lstrip("\n")
        headed = _labelled(below) or Headed(Stated(), below)
        return headed._replace(stated=replace(headed.stated, url=Statement(address[1], "address line")))
    return (_coded(text) if text.startswith(("HD", "SE")) else None) or _labelled(text)


def _coded(text: str) -> Headed | None:
    """Read a document of a news database whose fields are named by two letters: `HD   Copper thieves held`."""
    lead = _CODED_TEXT.search(text)
    values = {_CODES[code]: value for code, value in _CODED.findall(text, 0, lead.start())} if lead else {}
    if lead is None or "title" not in values:
        return None
    foot = _CODED_FOOT.search(text, lead.end())
    story = _CODED_TEXT.sub("", text[lead.start() : foot.start() if foot else None])
    return Headed(stated_in(values, _BASIS), story.strip())


def _labelled(text: str) -> Headed | None:
    """Read the labelled lines at the head of a text; what stands above a database's is read with the text."""
    exported = _EXPORTED.search(text, 0, _EXPORT_HEAD) if "\nHEADLINE: " in text[:_EXPORT_HEAD] else None
    head = text[exported.start() : exported.end()] if exported else text
    values: dict[str, str] = {}
    sender = ""
    end = at = others = 0
    for line in head.split("\n", _FIRST_LINES)[:_FIRST_LINES]:
        at += len(line) + 1
        if not line.strip():
            continue
        labelled = _LINE.fullmatch(line)
        label = _NOT_LETTERS.sub("", labelled[1].lower()) if labelled else ""
        if labelled and label in _LABELS:
            values.setdefault(label, labelled[2].strip())
            end = at
        elif label == "from" and labelled:
            from email.utils import parseaddr

            name, address = parseaddr(labelled[2])
            sender = name or address
            values.setdefault("author", sender)
            end = at
        elif labelled and label in _OTHER_LABELS:
            end = at if values else 0
        else:
            others += 1
            if others > _MOST_OTHERS or values:
                break
    if len(values) < _FEWEST and not exported:
        return None
    stated = replace(stated_in(values, _BASIS), people=())
    if sender and stated.author and stated.author.value == sender:
        stated = replace(stated, author=stated.author._replace(confidence=DOUBTED))
    if exported:
        return Headed(stated, f"{text[: exported.start()]}\n{text[exported.end() :]}".strip("\n"))
    return Headed(stated, text[end:].lstrip("\n"))
