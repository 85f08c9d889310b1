"""PDF: the document is one article, if it has text."""

from __future__ import annotations

import io
import logging
import re
from typing import TYPE_CHECKING

from searcher.articles.drafts import Draft, Stated, Statement
from searcher.articles.formats.extras import missing
from searcher.articles.formats.visible import visible
from searcher.articles.limits import Deadline
from searcher.errors import UnreadableError
from searcher.text.safety import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.articles.formats.document import Document

_BROKEN_WORD = re.compile(r"(?<=[a-zà-ÿ])[-\u00ad]\n(?=[a-zà-ÿ])")


def read(document: Document) -> Iterator[Draft]:
    """Read the text of all pages.

    Its dates are those of the file, not of the article, and are not believed; its title only where the text has it.

    Raises:
        UnreadableError: it is encrypted, or has no text (pictures of pages).
    """
    try:
        import pypdf
    except ImportError:
        raise missing("PDF", "pypdf") from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    deadline = Deadline(document.limits.seconds)
    reader = pypdf.PdfReader(io.BytesIO(document.everything()), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError("encrypted", "Save it without a password, and index that.")
    pages: list[str] = []
    size = 0
    for page in reader.pages:
        deadline.check()
        pages.append(page.extract_text())
        size += len(pages[-1])
        if size > document.limits.article_bytes:
            raise UnreadableError("holds more text than an article may have")
    text = visible(_BROKEN_WORD.sub("", "\n\n".join(pages)))
    if not text.strip():
        raise UnreadableError("a PDF without text", "If it is a scan, run it through OCR first.")
    yield Draft(document.path, text, stated=_stated(reader.metadata, text))


def _stated(metadata: object, text: str) -> Stated:
    title = one_line(str(getattr(metadata, "title", None) or ""))
    author = one_line(str(getattr(metadata, "author", None) or ""))
    shown = one_line(text[:5000]).casefold()
    return Stated(
        title=Statement(title, "document properties") if len(title) > 3 and title.casefold() in shown else None,
        author=Statement(author, "document properties") if author and author.casefold() in shown else None,
    )
