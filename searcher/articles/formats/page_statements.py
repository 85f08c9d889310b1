"""What a page says of itself: JSON-LD, OpenGraph and meta tags, in the order in which they are believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.articles.drafts import Stated, Statement

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def stated_by(page: HtmlElement, *, url: str | None = None) -> Stated:
    """Read what a page states of its article."""
    title = next((" ".join(t.split()) for t in page.xpath("//meta[@property='og:title']/@content|//title/text()")), "")
    return Stated(title=Statement(title, "OpenGraph") if title else None, url=Statement(url, "stated") if url else None)
