"""A web page: the page is one article; what it states of itself is believed."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from searcher.articles.drafts import Draft
from searcher.articles.formats.encoding import decode
from searcher.articles.formats.page_statements import stated_by
from searcher.articles.formats.page_text import is_large, page_text, parse
from searcher.articles.formats.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from searcher.articles.formats.document import Document

_DECLARED = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE)
_SCRIPT = re.compile(r"<(script|style|template)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>?")
_SHORTEST_STORY = 300


def read(document: Document) -> Iterator[Draft]:
    """Read the one article of a page."""
    yield page_draft(document.everything(), path=document.path)


def page_draft(
    content: bytes, *, path: str, url: str | None = None, declared: Sequence[str] = (), number: int | None = None
) -> Draft:
    """Make the draft of a page.

    Args:
        content: the page's bytes.
        path: what the article is shown under.
        url: where the page was, if its wrapper says so.
        declared: encodings that its wrapper declares.
        number: which page of its file it is.
    """
    labels = [*declared, *(label.decode("ascii", "replace") for label in _DECLARED.findall(content[:4096]))]
    markup = decode(content, labels)
    page = parse(markup)
    raw = visible(page_text(page) or page_text(page, hidden=True) or _words_of(markup))
    stated = stated_by(page, url=url)
    story = "" if is_large(page) else visible(extracted(page) or "")
    return Draft(path, raw, story=story.strip() or None, stated=stated, number=number)


def _words_of(markup: str) -> str:
    """The words of markup that no parser makes a page of, such as one that nests without end."""
    return " ".join(_TAG.sub(" ", _SCRIPT.sub(" ", markup)).split())


def extracted(page: HtmlElement) -> str | None:
    """Find the story in a page (Barbaresi 2021, "Trafilatura"); None when there seems to be none."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        story = trafilatura.extract(page, include_comments=False, include_tables=False, deduplicate=False)
        if not story:
            _, story, length = trafilatura.baseline(page)
            story = story if length >= _SHORTEST_STORY else None
    except Exception:  # noqa: BLE001 - a page on which extraction fails is still read by its visible text
        return None
    return story.replace("\n", "\n\n") if story else None
