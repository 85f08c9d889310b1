"""What a page says of itself: JSON-LD, OpenGraph, meta tags and microdata, in the order in which they are believed."""

from __future__ import annotations

import logging
import re
from copy import deepcopy
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

from searcher.articles.drafts import Stated, Statement
from searcher.articles.facts.outlets import host_of
from searcher.articles.facts.outlets import outlet as outlet_of
from searcher.articles.formats import linked_data, publisher
from searcher.articles.formats.page_author import LINK, author_of
from searcher.articles.formats.page_text import LONGEST_LINE, is_large, line_of
from searcher.articles.headline import without_site
from searcher.text.safety import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lxml.html import HtmlElement

_DATE_TAGS = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished", "og:published_time",
    "parsely-pub-date", "sailthru.date", "publish-date", "publish_date", "pubdate", "publishdate", "published_time",
    "publication_date", "published", "dc.date.issued", "dcterms.created", "dcterms.issued", "dc.date", "dcterms.date",
    "cxenseparse:recs:publishtime", "article.published", "article:post_date", "originalpublicationdate",
    "datecreated", "rnews:datepublished", "bt:pubdate", "article_date_original", "vr:published_time", "date",
)  # fmt: skip
_SITE_TAGS = ("og:site_name", "application-name", "apple-mobile-web-app-title", "publisher", "dc.publisher",
              "copyright", "cre", "article:publisher")  # fmt: skip
# What a machine writes that knows no date.
_NO_DATES = ("1970-01-01", "1969-12-31", "0001-01-01", "-0001")
_LANGUAGE_TAGS = ("og:locale", "content-language", "language", "dc.language", "inlanguage")
# How the Wayback Machine tells the page that it shows where that was.
_ARCHIVED = re.compile(r"""__wm\.wombat\(\s*["'](https?://[^"'\s]+)""")
_ARCHIVE = r"(?:https?://)?(?:web\.)?archive\.(?:org|today|ph|is|md|li)"
_IN_ARCHIVE = re.compile(rf"{_ARCHIVE}(?:/\S*?/(?=https?://)|/?$)|wayback machine$", re.IGNORECASE)
_LONGEST_SCRIPT = 2000
_SAME_TITLE = 0.3
_SEARCHED = 0.8
_WORD = re.compile(r"\w+")


class _Tags(NamedTuple):
    """A page's meta tags by name or property, in lower case, the first of each."""

    content: Mapping[str, str]

    def first(self, names: Iterable[str]) -> str:
        return next((value for name in names if (value := self.content.get(name, ""))), "")


def stated_by(page: HtmlElement, *, url: str | None = None) -> Stated:
    """Read what a page states of its article.

    Args:
        page: the parsed page.
        url: where it was, if its wrapper says so.
    """
    tags = _tags(page)
    article = linked_data.article_node(page)
    address = _address(page, tags, url)
    site = tags.content.get("og:site_name", "")
    source = publisher.choose(list(_publishers(tags, article)), url or (address.value if address else None))
    outlet = source.value if source else ""
    host = host_of(urlsplit(url or (address.value if address else "")).hostname or "")
    sites = (
        site,
        outlet,
        host or "",
        max(host.split(".")[:-1], key=len) if host else "",
        outlet_of(host) if host else "",
    )
    return Stated(
        title=_title(page, tags, article, sites=sites),
        source=source,
        date=_date(page, tags, article),
        author=author_of(page, tags.content, article, sites=sites),
        url=address,
        language=_language(page, tags, article),
    )


def _tags(page: HtmlElement) -> _Tags:
    content: dict[str, str] = {}
    for tag in page.iter("meta"):
        stated = tag.get("content")
        value = one_line(stated or tag.get("value") or "")[:LONGEST_LINE]
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (tag.get(key) or "").strip().lower()
            # Written wrongly, as a `value`, it tells of the article; of the site its address tells more.
            if value and name and (stated or name not in _SITE_TAGS):
                content.setdefault(name, value)
    return _Tags(content)


def _title(page: HtmlElement, tags: _Tags, article: Mapping[str, object], *, sites: Sequence[str]) -> Statement | None:
    """The heading that readers see, where it says what the page states as its title; else what it states.

    Stated titles are often written for search engines; a page's only heading is often the site's name.
    """
    headings = list(dict.fromkeys(text for heading in page.iter("h1") if (text := line_of(heading))))
    document = next((line_of(title) for title in page.iter("title")), "")
    written = (
        ("JSON-LD", next(iter(linked_data.names(article.get("headline"))), "")),
        ("OpenGraph", tags.content.get("og:title", "")),
        ("meta tag", tags.first(("twitter:title", "dc.title", "parsely-title", "sailthru.title", "headline"))),
        ("page title", document),
    )
    stated = [
        Statement(title, basis)
        for basis, value in written
        if (title := without_site(one_line(value), headings, sites=sites))
    ]
    if stated and stated[0].basis == "JSON-LD" and not any(heading in stated[0].value for heading in headings):
        return stated[0]
    best, closest = None, _SAME_TITLE
    for heading in headings:
        for statement in stated:
            if statement.value in heading:
                return statement
            if (likeness := _likeness(heading, statement.value)) > closest:
                best, closest = Statement(heading, "heading"), likeness
    if best is None and not stated and headings:
        return Statement(max(headings, key=len), "heading")
    return best or next(iter(stated), None)


def _likeness(one: str, other: str) -> float:
    """How many of the words of the shorter of two lines stand in the other; of letters where words are not apart."""
    first, second = (set(_WORD.findall(line.casefold())) for line in (one, other))
    if min(len(first), len(second)) < 3:
        first, second = set(pairwise(one.casefold())), set(pairwise(other.casefold()))
    return len(first & second) / max(1, len(first), len(second) // 2)


def _publishers(tags: _Tags, article: Mapping[str, object]) -> Iterator[Statement]:
    """What the page calls its publisher, in the order in which it is believed."""
    site = tags.content.get("og:site_name")
    if site and not _IN_ARCHIVE.match(site):
        yield Statement(site, "OpenGraph")
    for name in linked_data.names(article.get("publisher")):
        yield Statement(one_line(name)[:LONGEST_LINE], "JSON-LD")
    for tag in _SITE_TAGS[1:]:
        value = tags.content.get(tag, "")
        if value and not LINK.search(value):
            yield Statement(value, "meta tag")


def _date(page: HtmlElement, tags: _Tags, article: Mapping[str, object]) -> Statement | None:
    for key in ("datePublished", "dateCreated"):
        value = article.get(key)
        if isinstance(value, str) and _dated(value):
            return Statement(one_line(value)[:LONGEST_LINE], "JSON-LD")
    for name in _DATE_TAGS:
        if _dated(value := tags.content.get(name, "")):
            return Statement(value, "OpenGraph" if ":" in name else "meta tag")
    for element in page.iter("time", "span", "abbr", "div", "p"):
        if (element.get("itemprop") or "").lower() == "datepublished" or element.get("pubdate") is not None:
            for value in (element.get("datetime"), element.get("content"), element.get("title"), line_of(element)):
                if value and _dated(value):
                    return Statement(one_line(value)[:LONGEST_LINE], "microdata")
    return _searched_date(page)


def _searched_date(page: HtmlElement) -> Statement | None:
    """The date that markup, address and text make likeliest (Barbaresi 2020, "htmldate")."""
    if is_large(page):
        return None
    from htmldate import find_date

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        found = find_date(deepcopy(page), original_date=True, extensive_search=True)
    except Exception:  # noqa: BLE001 - a page whose date cannot be searched for has none
        return None
    # The first of a January is what it makes of a bare year, most often a copyright line's.
    return Statement(found, "page search", _SEARCHED) if found and not found.endswith("-01-01") else None


def _dated(value: str) -> bool:
    return len(value) < 80 and not value.startswith(_NO_DATES) and sum(character.isdigit() for character in value) >= 4


def _address(page: HtmlElement, tags: _Tags, url: str | None) -> Statement | None:
    """Where the page was; of one from an archive, where it was archived from."""
    for script in page.iter("script"):
        if found := _ARCHIVED.search((script.text or "")[:_LONGEST_SCRIPT]):
            return Statement(one_line(found[1])[:2000], "web archive")
    for link in page.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and (target := (link.get("href") or "").strip()):
            address = _IN_ARCHIVE.sub("", urljoin(url or "", target))
            if address.startswith(("http://", "https://")):
                return Statement(one_line(address)[:2000], "canonical link")
    address = tags.content.get("og:url", "")
    if address.startswith(("http://", "https://")):
        return Statement(address, "OpenGraph")
    return Statement(_IN_ARCHIVE.sub("", one_line(url)), "saved address") if url else None


def _language(page: HtmlElement, tags: _Tags, article: Mapping[str, object]) -> Statement | None:
    root = page.getroottree().getroot()
    value = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang")
    if value and value.strip():
        return Statement(one_line(value), "page language")
    stated = article.get("inLanguage")
    value = stated if isinstance(stated, str) else tags.first(_LANGUAGE_TAGS)
    return Statement(one_line(value)[:LONGEST_LINE], "meta tag") if value else None
