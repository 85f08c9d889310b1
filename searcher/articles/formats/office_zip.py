"""Documents that are zip archives of XML: finding and parsing one part, within bounds."""

from __future__ import annotations

import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from lxml import etree

from searcher.articles.formats.zip_archive import seekable
from searcher.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.articles.formats.document import Document


class Parts:
    """The parts of a document, each read at most once and counted against its allowance."""

    def __init__(self, document: Document, archive: zipfile.ZipFile) -> None:
        self._document = document
        self._archive = archive

    def content(self, name: str) -> bytes | None:
        """The bytes of a part, None where there is none of this name."""
        try:
            stream = self._archive.open(name)
        except KeyError:
            return None
        with stream:
            return self._document.inner(name, stream, path=self._document.path, deeper=False).everything()

    def tree(self, name: str) -> Any | None:
        """The XML of a part, no entity expanded; None where there is none."""
        content = self.content(name)
        if not content:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
        return etree.fromstring(content, parser)


@contextmanager
def parts_of(document: Document) -> Iterator[Parts]:
    """Open a document's parts (UnreadableError when it is no such archive)."""
    try:
        archive = zipfile.ZipFile(seekable(document))
    except zipfile.BadZipFile as error:
        raise UnreadableError("damaged: no readable list of its parts") from error
    with archive:
        yield Parts(document, archive)


def local(element: Any) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def text_of(tree: Any, name: str) -> str:
    """The text of the first element of this name, on one line; empty without one."""
    if tree is None:
        return ""
    found = next((element for element in tree.iter() if local(element) == name), None)
    return "" if found is None else " ".join("".join(found.itertext()).split())
