"""WARC, the format of web archives (ISO 28500): an article a page that was fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.articles.formats.extras import missing
from searcher.articles.formats.web_page import page_draft
from searcher.errors import UnreadableError
from searcher.model import Failure
from searcher.text.safety import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.articles.drafts import Draft
    from searcher.articles.formats.document import Document

_PAGES = ("text/html", "application/xhtml+xml")


def read(document: Document) -> Iterator[Draft | Failure]:
    """Read every page that was answered with success; a page's number is its place among them."""
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError:
        raise missing("WARC", "warcio") from None
    most = document.limits.article_bytes
    number = 0
    for record in ArchiveIterator(document.stream):
        headers = record.http_headers
        if record.rec_type != "response" or headers is None or headers.get_statuscode() != "200":
            continue
        kind, _, rest = (headers.get_header("Content-Type") or "").partition(";")
        if kind.strip().lower() not in _PAGES:
            continue
        number += 1
        content = record.content_stream().read(most + 1)
        if len(content) > most:
            yield Failure(f"{document.path}#{number}", "a page larger than an article may be")
            continue
        try:
            draft = page_draft(
                content,
                path=document.path,
                url=one_line(record.rec_headers.get_header("WARC-Target-URI") or "") or None,
                declared=[rest.rpartition("=")[2]] if "charset" in rest.lower() else [],
                number=number,
            )
        except UnreadableError as error:
            yield Failure(f"{document.path}#{number}", error.message)
        else:
            yield draft
