"""Word documents: the document is one article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from searcher.articles.drafts import Draft, Stated, Statement
from searcher.articles.formats.office_zip import local, parts_of, text_of
from searcher.articles.formats.visible import visible
from searcher.errors import UnreadableError
from searcher.text.safety import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.articles.formats.document import Document


def read(document: Document) -> Iterator[Draft]:
    """Read the paragraphs of the document; a paragraph of the style `Title` is its title.

    Raises:
        UnreadableError: it has no text.
    """
    with parts_of(document) as parts:
        body = parts.tree("word/document.xml")
        properties = parts.tree("docProps/core.xml")
    if body is None:
        raise UnreadableError("not a Word document, as its name says")
    title = ""
    paragraphs: list[str] = []
    for paragraph in body.iter("{*}p"):
        text = visible("".join(_pieces(paragraph))).strip()
        if not title and text and _style(paragraph) == "title":
            title = one_line(text)
        elif text:
            paragraphs.append(text)
    if not paragraphs and not title:
        raise UnreadableError("a document without text")
    title = title or one_line(text_of(properties, "title"))
    author = one_line(text_of(properties, "creator"))
    stated = Stated(
        title=Statement(title, "document properties") if title else None,
        author=Statement(author, "document properties", 0.7) if author else None,
    )
    yield Draft(document.path, "\n\n".join(paragraphs), stated=stated)


def _pieces(paragraph: Any) -> Iterator[str]:
    for element in paragraph.iter():
        name = local(element)
        if name == "t":
            yield element.text or ""
        elif name in ("tab", "br", "cr"):
            yield " " if name == "tab" else "\n"


def _style(paragraph: Any) -> str:
    style = next(paragraph.iter("{*}pStyle"), None)
    return "" if style is None else next(iter(style.attrib.values()), "").lower()
