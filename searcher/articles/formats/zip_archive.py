"""Zip archives: every file in them that is of a known kind."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from searcher.articles.formats.members import Members
from searcher.errors import UnreadableError
from searcher.model import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.articles.formats.document import Document

_ENCRYPTED = 0x1


def unpack(document: Document) -> Iterator[Document | Failure]:
    """Open one file after the other; what is encrypted or damaged is a Failure."""
    members = Members(document)
    with zipfile.ZipFile(seekable(document)) as archive:
        for entry in archive.infolist():
            if entry.is_dir() or (label := members.label(entry.filename)) is None:
                continue
            path = members.path(label)
            if entry.flag_bits & _ENCRYPTED:
                yield Failure(path, "encrypted")
                continue
            try:
                stream = archive.open(entry)
            except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
                yield Failure(path, f"damaged: {error}")
                continue
            with stream:
                yield document.inner(members.name(label), stream, path=path, deeper=True)


def seekable(document: Document) -> io.BufferedIOBase:
    """A document's bytes such that a zip's directory, which stands at its end, can be read.

    Raises:
        UnreadableError: it is no zip archive at all.
    """
    if not document.head().startswith(b"PK"):
        raise UnreadableError("not a zip archive, as its name says")
    stream = document.stream
    if stream.seekable() and isinstance(stream, io.BufferedReader):
        return stream
    return io.BytesIO(document.everything())
