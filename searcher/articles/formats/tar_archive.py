"""Tar archives, read from front to back: every regular file in them that is of a known kind."""

from __future__ import annotations

import tarfile
from typing import TYPE_CHECKING

from searcher.articles.formats.members import Members

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.articles.formats.document import Document


def unpack(document: Document) -> Iterator[Document]:
    """Open one file after the other; links and devices are passed over."""
    members = Members(document)
    with tarfile.open(fileobj=document.stream, mode="r|") as archive:
        for entry in archive:
            if not entry.isreg() or (label := members.label(entry.name)) is None:
                continue
            stream = archive.extractfile(entry)
            if stream is not None:
                yield document.inner(members.name(label), stream, path=members.path(label), deeper=True)
