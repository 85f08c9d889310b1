"""Which fields may a query name, by which spellings, and what was probably meant by one that is none?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """How what follows the colon is read."""

    TEXT = "words of the text, as in the rest of a query"
    NAMES = "names; `a/b` is either"
    EXACT = "one value as it is written, case and all; `*` and `?` are wildcards"
    DAYS = "a date or a range"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the query language.

    Attributes:
        name: what trees call it.
        written: how it is printed before the colon.
        single: an article has one value at most, so the field given twice side by side means either.
        also: other spellings understood.
    """

    name: str
    written: str
    kind: Kind
    single: bool = False
    also: tuple[str, ...] = ()


FIELDS: tuple[Field, ...] = (
    Field("title", "title", Kind.TEXT, also=("headline", "subject", "intitle")),
    Field("body", "body", Kind.TEXT, also=("text", "intext")),
    Field("source", "source", Kind.NAMES, single=True, also=("from", "publisher", "outlet")),
    Field("author", "author", Kind.NAMES, also=("by", "byline")),
    Field("person", "person", Kind.NAMES, also=("people", "who")),
    Field("language", "lang", Kind.NAMES, single=True, also=("language",)),
    Field("path", "path", Kind.EXACT, also=("file",)),
    Field("url", "url", Kind.EXACT, also=("inurl", "link")),
    Field("id", "id", Kind.EXACT, single=True),
    Field("date", "date", Kind.DAYS, also=("published",)),
    Field("date", "after", Kind.DAYS, also=("since", "newer_than", "newer")),
    Field("date", "before", Kind.DAYS, also=("until", "older_than", "older")),
    Field("mentions", "mentions", Kind.DAYS, also=("mention",)),
)

_BY_SPELLING = {spelling: field for field in FIELDS for spelling in (field.written, *field.also)}
_BY_NAME = {field.name: field for field in reversed(FIELDS)}
# What people write elsewhere for what is said otherwise here.
_ELSEWHERE = {
    "ext": "path:*.{value}",
    "filetype": "path:*.{value}",
    "filename": "path:*{value}*",
    "dir": "path:{value}/*",
    "folder": "path:{value}/*",
    "site": "url:*{value}*",
    "domain": "url:*{value}*",
    "year": "date:{value}",
    "month": "date:{value}",
    "day": "date:{value}",
    "content": "body:{value}",
    "names": "person:{value}",
}


def find_field(spelling: str) -> Field | None:
    """Give the field that is written so, in any case; None when there is none."""
    return _BY_SPELLING.get(spelling.lower())


def field_named(name: str) -> Field:
    """Give the field that trees call so (KeyError when there is none)."""
    return _BY_NAME[name]


def suggestion(spelling: str, value: str) -> str | None:
    """Give what was probably meant by `spelling:value`, as it should be written; None when nothing is close."""
    import difflib

    known = spelling.lower()
    if known in _ELSEWHERE:
        return _ELSEWHERE[known].format(value=value)
    close = difflib.get_close_matches(known, _BY_SPELLING, n=1, cutoff=0.7)
    return f"{_BY_SPELLING[close[0]].written}:{value}" if close else None


def all_fields() -> str:
    """Give the fields as a person reads them: `title:, body:, …`."""
    return ", ".join(f"{field.written}:" for field in FIELDS)
