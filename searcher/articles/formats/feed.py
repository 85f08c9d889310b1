"""RSS, RDF and Atom: an article an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

from searcher.articles.drafts import Draft, Stated, Statement
from searcher.articles.formats.page_text import fragment_text
from searcher.articles.formats.visible import visible
from searcher.errors import UnreadableError
from searcher.model import Failure
from searcher.text.safety import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from searcher.articles.formats.document import Document

_ENTRIES = ("item", "entry")
_ROOTS = ("rss", "feed", "rdf")
_TEXT = ("encoded", "content", "full-text", "body", "description", "summary")
_DATE = ("pubdate", "published", "date", "issued", "created", "updated", "modified")
_AUTHOR = ("creator", "author")
_LONGEST = 2000


def read(document: Document) -> Iterator[Draft | Failure]:
    """Read an entry after the other, holding one at a time; no entity of a document type is expanded.

    Raises:
        UnreadableError: it is no feed. A page under a feed's name is read as the page it is.
    """
    if b"<html" in document.head().lower():
        from searcher.articles.formats import web_page

        yield from web_page.read(document)
        return
    events = etree.iterparse(
        document.stream, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False,
        huge_tree=False, recover=True, remove_comments=True,
    )  # fmt: skip
    root = ""
    channel: dict[str, str] = {}
    number = depth = within = 0
    for event, element in events:
        name = _local(element)
        if event == "start":
            depth += 1
            root = root or name
            if root not in _ROOTS:
                raise UnreadableError("XML that is no feed", "Give pages of XML the suffix .xhtml.")
            within += name in _ENTRIES
            continue
        depth -= 1
        if name in _ENTRIES:
            within -= 1
            number += 1
            draft = _draft(_fields(element), channel, document.path, number)
            yield draft or Failure(f"{document.path}#{number}", "an entry with nothing in it")
            _forget(element)
        elif not within and depth <= 2 and name in ("title", "language", "lang"):
            channel.setdefault(name, one_line(element.text or "")[:_LONGEST])
    if not root:
        raise UnreadableError("XML with nothing in it")
    if any(entry.type_name in ("ERR_TAG_NOT_FINISHED", "ERR_DOCUMENT_END") for entry in events.error_log):
        yield Failure(document.path, "ends in the middle of the feed")


def _fields(entry: Any) -> dict[str, Any]:
    """An entry's elements by local name, the first of each that holds something."""
    fields: dict[str, Any] = {}
    for child in entry:
        name = _local(child)
        if name == "link" and child.get("rel", "alternate") != "alternate":
            continue
        if name and (name not in fields or not _inner(fields[name])):
            fields[name] = child
    return fields


def _draft(fields: Mapping[str, Any], channel: Mapping[str, str], path: str, number: int) -> Draft | None:
    markup = max((_inner(fields[name]) for name in _TEXT if name in fields), key=len, default="")
    text = visible(fragment_text(markup)) if markup else ""
    title = one_line(fragment_text(_inner(fields["title"]))) if "title" in fields else ""
    if not text and not title:
        return None
    source = _line(fields.get("source"), "title") or channel.get("title", "")
    link = fields.get("link")
    address = one_line((link.get("href") or link.text or "") if link is not None else "")[:_LONGEST]
    identity = _first(fields, ("guid", "id"))
    if not address and identity.startswith(("http://", "https://")):
        address = identity
    return Draft(
        path,
        text,
        stated=Stated(
            title=_statement(title),
            source=_statement(source),
            date=_statement(_first(fields, _DATE)),
            author=_statement(_first(fields, _AUTHOR)),
            url=_statement(address),
            language=_statement(channel.get("language", "") or channel.get("lang", "")),
        ),
        number=number,
        record_id=identity or None,
    )


def _statement(value: str) -> Statement | None:
    return Statement(value, "feed") if value else None


def _first(fields: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((line for name in names if (line := _line(fields.get(name), "name"))), "")


def _line(element: Any, part: str) -> str:
    """An element's text, or that of the part of it that names it."""
    if element is None:
        return ""
    named = next((child for child in element if _local(child) == part), element)
    return one_line("".join(named.itertext()))[:_LONGEST]


def _inner(element: Any) -> str:
    """What is in an element: text that is markup once unescaped, or elements themselves."""
    if len(element):
        return "".join([element.text or "", *(etree.tostring(child, encoding="unicode") for child in element)])
    return element.text or ""


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _forget(element: Any) -> None:
    """Free an entry and what stands before it, so that a feed of any size is read in little memory."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
