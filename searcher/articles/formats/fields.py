"""Which key of a record holds what: the spellings that data dumps, news services and front matter use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from searcher.articles.drafts import Draft, Stated, Statement
from searcher.articles.formats.visible import visible
from searcher.model import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Most telling first. Written without case and separators: `publishedAt`, `published_at` and `Published At` are one.
SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "docid", "docno", "documentid", "articleid", "recordid", "uid", "uuid", "guid"),
    "title": ("title", "headline", "webtitle", "heading", "subject", "headlines"),
    "text": ("text", "body", "content", "articlebody", "articletext", "bodytext", "fulltext", "maintext", "plaintext",
             "contenttext", "story", "article", "contents", "bodyhtml", "contenthtml", "html", "paragraphs",
             "transcript", "abstract", "summary", "description", "snippet"),
    "date": ("date", "published", "publishedat", "publisheddate", "publishedon", "datepublished", "publicationdate",
             "webpublicationdate", "pubdate", "publishdate", "publishtime", "publisheddatetime", "publishedtime",
             "datetime", "issued", "timestamp", "articledate", "created", "createdat", "datecreated", "day"),
    "source": ("source", "publisher", "outlet", "publication", "newspaper", "sourcename", "sitename", "site",
               "website", "agency", "medium", "journal", "magazine", "newssite", "provider", "publishername",
               "sourcedomain", "domain"),
    "people": ("people", "persons", "person", "peoplementioned", "mentionedpeople"),
    "author": ("author", "authors", "byline", "creator", "creators", "writer", "writers", "reporter", "reporters",
               "journalist", "journalists", "by", "authorname"),
    "url": ("url", "link", "permalink", "canonicalurl", "canonical", "weburl", "articleurl", "sourceurl", "href",
            "uri", "pageurl", "mainentityofpage"),
    "language": ("language", "lang", "inlanguage", "languagecode", "locale"),
}  # fmt: skip
_FIELD = {spelling: field for field, spellings in SPELLINGS.items() for spelling in spellings}
_RANK = {spelling: rank for spellings in SPELLINGS.values() for rank, spelling in enumerate(spellings)}
_NAMES = (
    "name",
    "fullname",
    "rendered",
    "main",
    "text",
    "value",
    "title",
    "displayname",
    "original",
    "#text",
    "@value",
    "@id",
)
_MARKUP = re.compile(
    r"<(?:/?(?:p|div|br|span|a|li|ul|h[1-6]|em|strong|b|i|img|figure|section|article|body)\b[^<>]*)>", re.IGNORECASE
)
_SEPARATORS = re.compile(r"[^0-9a-z#@]+")
_PEOPLE_APART = re.compile(r"\s*[;|\n]\s*")
_LONGEST_VALUE = 2000
_DEEPEST = 4
_FIRST_SECOND, _LAST_SECOND = 10**8, 2**32


@dataclass(frozen=True, slots=True)
class Record:
    """A record's fields under our names.

    Attributes:
        has_text: it has a field for its text, be it empty.
    """

    stated: Stated
    text: str
    record_id: str | None
    has_text: bool


def record_of(values: Mapping[str, Any], basis: str) -> Record:
    """Read a record, whatever spelling its keys have; `basis` says where its statements stood."""
    found = _by_field(values)
    text = found.get("text")
    identity = _line(found.get("id"))
    return Record(_stated(found, basis), visible(_plain(_long(text))), identity, text is not None)


def stated_in(values: Mapping[str, Any], basis: str) -> Stated:
    """Read what a mapping states of an article, whatever spelling its keys have."""
    return _stated(_by_field(values), basis)


class Records:
    """Makes the drafts of one file's records, numbered from 1, and knows which ids have come before."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._number = 0
        self._seen: set[int] = set()

    def draft(self, values: object, *, alone: bool = False) -> Draft | Failure:
        """Make the draft of the next record; a Failure when it is none or has no text.

        Args:
            values: the record.
            alone: it is all its file holds, and needs no number.
        """
        if not isinstance(values, dict):
            return self.failure("not a record of named fields")
        self._number += 1
        path = self._path if alone else f"{self._path}#{self._number}"
        record = record_of(values, "stated in the record")
        if not record.has_text:
            return Failure(path, "no text field")
        if not record.text.strip() and record.stated.title is None:
            return Failure(path, "neither text nor title in it")
        repeated = False
        if record.record_id is not None:
            mark = hash(record.record_id)
            repeated = mark in self._seen
            self._seen.add(mark)
        return Draft(self._path, record.text, stated=record.stated, number=None if alone else self._number,
                     record_id=record.record_id, repeated=repeated)  # fmt: skip

    def failure(self, reason: str) -> Failure:
        """Count the next record as one that could not be read."""
        self._number += 1
        return Failure(f"{self._path}#{self._number}", reason)


def _by_field(values: Mapping[str, Any]) -> dict[str, Any]:
    """The telling value of each field: of several spellings the best one that holds something."""
    found: dict[str, tuple[int, Any]] = {}
    for key, value in _flat(values):
        name = _FIELD.get(key) or _FIELD.get(squeezed := _SEPARATORS.sub("", key.lower()))
        if name is None:
            continue
        rank = _RANK[key if key in _RANK else squeezed] + (1000 if value is None or value in ("", []) else 0)
        if name not in found or rank < found[name][0]:
            found[name] = (rank, value)
    return {name: value for name, (_, value) in found.items()}


def _flat(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from values.items()
    for wrapper in ("fields", "metadata", "meta", "_source", "attributes"):
        if isinstance(inner := values.get(wrapper), dict):
            yield from inner.items()


def _stated(found: Mapping[str, Any], basis: str) -> Stated:
    def statement(field: str) -> Statement | None:
        line = _line(found.get(field))
        return Statement(line, basis) if line else None

    date = found.get("date")
    when = _line(_moment(date) if isinstance(date, int | float) else date)
    title = _line(_plain(_long(found.get("title"))))
    return Stated(
        title=Statement(title, basis) if title else None,
        source=statement("source"),
        date=Statement(when, basis) if when else None,
        author=statement("author"),
        url=statement("url"),
        language=statement("language"),
        people=_people(found.get("people")),
    )


def _line(value: object) -> str | None:
    """A value on one line, or None when it holds nothing."""
    if value is None:
        return None
    return " ".join(visible(", ".join(_texts(value))[: 2 * _LONGEST_VALUE]).split())[:_LONGEST_VALUE] or None


def _long(value: object) -> str:
    """A value as paragraphs."""
    return value if isinstance(value, str) else "\n\n".join(_texts(value))


def _texts(value: object, depth: int = 0) -> list[str]:
    """The texts in a value: itself, those of a list, the name of an object."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    if value is None or isinstance(value, bool) or depth > _DEEPEST:
        return []
    if isinstance(value, int | float):
        return [str(value)]
    if isinstance(value, list):
        return [text for part in value for text in _texts(part, depth + 1)]
    if isinstance(value, dict):
        names = {str(key).lower().replace("_", ""): part for key, part in value.items()}
        return next((texts for key in _NAMES if (texts := _texts(names.get(key), depth + 1))), [])
    return []


def _plain(text: str) -> str:
    """The words of a text that may be HTML."""
    if "<" in text and _MARKUP.search(text):
        from searcher.articles.formats.page_text import fragment_text

        return fragment_text(text)
    if "&" in text and ";" in text:
        from html import unescape

        return unescape(text)
    return text


def _people(value: object) -> tuple[str, ...]:
    names = [name for text in _texts(value) for name in _PEOPLE_APART.split(text)]
    if isinstance(value, str) and len(names) == 1:
        parts = [part.strip() for part in names[0].split(",")]
        # `Putin, Vladimir` is one name written backwards; `Vladimir Putin, Nikol Pashinyan` are two.
        if len(parts) > 2 or all(" " in part for part in parts):
            names = parts
    lines = (" ".join(visible(name).split())[:_LONGEST_VALUE] for name in names)
    return tuple(dict.fromkeys(line for line in lines if line))


def _moment(value: float) -> str:
    """A number as a date: seconds or milliseconds since 1970, else as it is (20201109, 2020)."""
    seconds = value / 1000 if _FIRST_SECOND * 1000 <= value < _LAST_SECOND * 1000 else value
    if _FIRST_SECOND <= seconds < _LAST_SECOND:
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    return str(value)
