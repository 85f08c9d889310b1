"""MHTML: a page and what it shows, as browsers save it in one file (RFC 2557)."""

from __future__ import annotations

import email
from typing import TYPE_CHECKING

from searcher.articles.formats.mail import part_content
from searcher.articles.formats.web_page import page_draft
from searcher.errors import UnreadableError
from searcher.text.safety import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.articles.drafts import Draft
    from searcher.articles.formats.document import Document


def read(document: Document) -> Iterator[Draft]:
    """Read the page that the file was saved for: its first part that is HTML.

    Raises:
        UnreadableError: no part is a page.
    """
    message = email.message_from_bytes(document.everything())
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            address = message.get("Snapshot-Content-Location") or part.get("Content-Location") or ""
            url = one_line(str(address))
            charset = part.get_content_charset() or ""
            yield page_draft(part_content(part), path=document.path, url=url or None, declared=[charset])
            return
    raise UnreadableError("a saved page without a page in it")
