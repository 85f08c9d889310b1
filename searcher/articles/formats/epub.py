"""EPUB: the book, or the issue, is one article."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from searcher.articles.drafts import Draft, Stated, Statement
from searcher.articles.formats.encoding import decode
from searcher.articles.formats.office_zip import Parts, parts_of, text_of
from searcher.articles.formats.page_text import page_text, parse
from searcher.articles.formats.visible import visible
from searcher.errors import UnreadableError
from searcher.text.safety import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.articles.formats.document import Document


def read(document: Document) -> Iterator[Draft]:
    """Read the chapters in reading order; what the package file states is believed.

    Raises:
        UnreadableError: it has no package file, or no text.
    """
    with parts_of(document) as parts:
        container = parts.tree("META-INF/container.xml")
        root = None if container is None else next(container.iter("{*}rootfile"), None)
        place = "" if root is None else root.get("full-path", "")
        package = parts.tree(place) if place else None
        if package is None:
            raise UnreadableError("an EPUB without a package file")
        chapters = [text for name in _reading_order(package, place) if (text := _chapter(parts, name))]
    if not chapters:
        raise UnreadableError("an EPUB without text")
    values = {name: one_line(text_of(package, name)) for name in ("title", "date", "creator", "publisher", "language")}
    stated = {name: Statement(value, "document properties") for name, value in values.items() if value}
    yield Draft(
        document.path,
        visible("\n\n".join(chapters)),
        stated=Stated(
            title=stated.get("title"),
            source=stated.get("publisher"),
            date=stated.get("date"),
            author=stated.get("creator"),
            language=stated.get("language"),
        ),
    )


def _reading_order(package: Any, place: str) -> list[str]:
    folder = posixpath.dirname(place)
    files = {item.get("id"): item.get("href", "") for item in package.iter("{*}item")}
    order = [files.get(reference.get("idref"), "") for reference in package.iter("{*}itemref")]
    return [posixpath.normpath(posixpath.join(folder, unquote(name))) for name in order if name]


def _chapter(parts: Parts, name: str) -> str:
    content = parts.content(name)
    if not content:
        return ""
    try:
        return page_text(parse(decode(content)))
    except UnreadableError:
        return ""
