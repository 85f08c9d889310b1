"""What a page says of itself: JSON-LD, OpenGraph, meta tags and microdata, in the order in which they are believed."""

from __future__ import annotations

import logging
import re
from copy import deepcopy
from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

from searcher.articles.drafts import DOUBTED, Stated, Statement
from searcher.articles.facts.outlets import host_of, is_known
from searcher.articles.facts.outlets import outlet as outlet_of
from searcher.articles.facts.source import is_owner
from searcher.articles.formats import linked_data, publisher
from searcher.articles.formats.page_text import is_large
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
_AUTHOR_TAGS = (
    "author", "article:author_name", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator",
    "article:author", "og:author", "cxenseparse:author", "article.author", "authors", "twitter:data1",
)  # fmt: skip
_SITE_TAGS = ("og:site_name", "application-name", "apple-mobile-web-app-title", "publisher", "dc.publisher",
              "copyright", "cre", "article:publisher")  # fmt: skip
# What a machine writes that knows no date.
_NO_DATES = ("1970-01-01", "1969-12-31", "0001-01-01", "-0001")
_LANGUAGE_TAGS = ("og:locale", "content-language", "language", "dc.language", "inlanguage")
_LONGEST = 500
# How the Wayback Machine tells the page that it shows where that was.
_ARCHIVED = re.compile(r"""__wm\.wombat\(\s*["'](https?://[^"'\s]+)""")
_ARCHIVE = r"(?:https?://)?(?:web\.)?archive\.(?:org|today|ph|is|md|li)"
_IN_ARCHIVE = re.compile(rf"{_ARCHIVE}(?:/\S*?/(?=https?://)|/?$)|wayback machine$", re.IGNORECASE)
_LONGEST_SCRIPT = 2000
_SAME_TITLE = 0.3
_SEARCHED = 0.8
_WORD = re.compile(r"\w+")
_LINK = re.compile(r"(?:https?:)?//|www\.|@|\.com\b/|^\d+$")
_BY = re.compile(r"^(?:by|von|par|por|di|door)\s+(?=\S)", re.IGNORECASE)
_BYLINE_TAGS = ("a", "span", "div", "p", "address", "li", "cite", "b", "strong")
_OF_AUTHORS = re.compile(
    r"/(?:authors?|auteurs?|autor(?:en)?|by|contributors?|writers?|staff|journalists?|profiles?|editors?|signataires)/"
    r"[^/?#]+/?$",
    re.IGNORECASE,
)
_BYLINE_MARKUP = re.compile(r"(?:^|[\s_-])(?:by-?line|author)(?:s|[_-]?names?|[_-]?links?)?(?:$|[\s_-])", re.IGNORECASE)
_BYLINE_END = re.compile(
    r"\s*(?:[|•·(/]|\d|\b(?:on|staff|published|updated|posted|contributor|correspondent|reporter|editor|follow)\b|@).*",
    re.IGNORECASE,
)
_BY_ALONE = re.compile(r"(?:(?:written|posted|story|words)\s+)?(?:by|von|par|por|di|door|author|autor)", re.IGNORECASE)
_JOINER = re.compile(r"[,;&]?\s*(?:and|und|et|y|e|og|och|[,;&])", re.IGNORECASE)
_MOST_NAME_WORDS = 12
_LONGEST_BYLINE = 200
_WIDE_NAME = re.compile(r"[\u3005\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]{2,7}")
_NO_NAMES = frozenset(
    """about author autor source quelle results powered by posted share written published editor staff news home
    nachrichten redaktion contact profile follow more view veröffentlicht aktualisiert monday tuesday wednesday thursday
    friday saturday sunday 著者 作者 投稿者 記者""".split()
)
_INITIALS = re.compile(r"\s*\([a-zäöü]{2,6}\.?\)")
_MOST_TEXTS = 40
_NOBODY = re.compile(
    r"(?:admin|editor|editorial|staff|news\s?desk|redaktion|redaction|rédaction|redacción|unknown|null|none|undefined)",
    re.IGNORECASE,
)


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
        author=_author(page, tags, article, sites=sites),
        url=address,
        language=_language(page, tags, article),
    )


def _tags(page: HtmlElement) -> _Tags:
    content: dict[str, str] = {}
    for tag in page.iter("meta"):
        stated = tag.get("content")
        value = one_line(stated or tag.get("value") or "")[:_LONGEST]
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
    headings = list(dict.fromkeys(text for heading in page.iter("h1") if (text := _words(heading))))
    document = next((_words(title) for title in page.iter("title")), "")
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
        yield Statement(one_line(name)[:_LONGEST], "JSON-LD")
    for tag in _SITE_TAGS[1:]:
        value = tags.content.get(tag, "")
        if value and not _LINK.search(value):
            yield Statement(value, "meta tag")


def _date(page: HtmlElement, tags: _Tags, article: Mapping[str, object]) -> Statement | None:
    for key in ("datePublished", "dateCreated"):
        value = article.get(key)
        if isinstance(value, str) and _dated(value):
            return Statement(one_line(value)[:_LONGEST], "JSON-LD")
    for name in _DATE_TAGS:
        if _dated(value := tags.content.get(name, "")):
            return Statement(value, "OpenGraph" if ":" in name else "meta tag")
    for element in page.iter("time", "span", "abbr", "div", "p"):
        if (element.get("itemprop") or "").lower() == "datepublished" or element.get("pubdate") is not None:
            for value in (element.get("datetime"), element.get("content"), element.get("title"), _words(element)):
                if value and _dated(value):
                    return Statement(one_line(value)[:_LONGEST], "microdata")
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


def _author(page: HtmlElement, tags: _Tags, article: Mapping[str, object], *, sites: Sequence[str]) -> Statement | None:
    """Who wrote it; the site itself or an account only where nobody else is named, and in doubt."""
    doubted: Statement | None = None
    for named in _authors(page, tags, article):
        if not _is_of_site(named.value, sites) and not _is_account(named.value):
            return named
        doubted = doubted or named._replace(confidence=DOUBTED)
    return doubted


def _authors(page: HtmlElement, tags: _Tags, article: Mapping[str, object]) -> Iterator[Statement]:
    """What the page calls its author, in the order in which it is believed."""
    if linked := _people(linked_data.names(article.get("author"))):
        yield Statement(linked, "JSON-LD")
    for tag in _AUTHOR_TAGS:
        if tagged := _people([tags.content.get(tag, "")]):
            yield Statement(tagged, "meta tag")
    if shown := _byline(page):
        yield shown


def _is_of_site(value: str, sites: Sequence[str]) -> bool:
    """Whether what a page states as its author is called as its own site is."""
    name = "".join(filter(str.isalnum, value.casefold()))
    spelt = ("".join(filter(str.isalnum, site.casefold())) for site in sites)
    return any(len(site) > 2 and (name in site or name.startswith(site)) for site in spelt)


def _is_account(value: str) -> bool:
    """Whether what a page states as its author is a firm's, a user's name or a number: `Condé Nast`, `annlee2`."""
    one_word = " " not in value and not _WIDE_NAME.fullmatch(value) and not is_known(value)
    return one_word or is_owner(value) or any(map(str.isdigit, value))


def _byline(page: HtmlElement) -> Statement | None:
    """The names in the first byline below the heading, else above it, as its markup calls it; of several all."""
    below, found = False, None
    for element in page.iter("h1", *_BYLINE_TAGS):
        if element.tag == "h1":
            below = below or _words(element).count(" ") > 1
        elif (below or found is None) and _is_byline(element) and (names := _first_names(element)):
            around = element.getparent()
            together = _first_names(around) if around is not None and len(_words(around)) < _LONGEST_BYLINE else ""
            found = Statement(together if together.startswith(names) else names, "byline", 0.8)
            if below:
                break
    return found


def _is_byline(element: HtmlElement) -> bool:
    if _OF_AUTHORS.search(element.get("href") or ""):
        return True
    marks = " ".join(filter(None, (element.get(key) for key in ("rel", "itemprop", "class", "id", "data-testid"))))
    return bool(marks) and _BYLINE_MARKUP.search(marks) is not None


def _first_names(element: HtmlElement) -> str:
    """The first name in an element, and those that commas or `and` join to it."""
    names: list[str] = []
    joined = True
    for text in islice(_texts(element), _MOST_TEXTS):
        words = _BYLINE_END.split(_BY.sub("", one_line(text)))[0].strip(" |-–—·•:")
        if not words or _BY_ALONE.fullmatch(words):
            continue
        if _JOINER.fullmatch(words):
            joined = bool(names)
        elif joined and _is_name(name := words.strip(" ,;&")):
            names.append(name)
            joined = words.endswith((",", "&", " and"))
        else:
            break
    return _people(names)


def _is_name(words: str) -> bool:
    if _WIDE_NAME.fullmatch(words):
        return words not in _NO_NAMES
    parts = words.split()
    return (
        words[:1].isupper()
        and 1 < len(parts) <= _MOST_NAME_WORDS
        and not any(map(str.isdigit, words))
        and not any(part.strip(".:,").lower() in _NO_NAMES for part in parts)
    )


def _people(values: Iterable[str]) -> str:
    """Names on one line, apart by commas, without `By`, links and roles that nobody is called."""
    names = (_INITIALS.sub("", _BY.sub("", one_line(value))) for value in values)
    kept = (
        name for name in names if name and len(name) < 200 and not _LINK.search(name) and not _NOBODY.fullmatch(name)
    )
    return ", ".join(dict.fromkeys(kept))[:_LONGEST]


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
    return Statement(one_line(value)[:_LONGEST], "meta tag") if value else None


def _words(element: HtmlElement) -> str:
    return one_line("".join(_texts(element)))[:_LONGEST]


def _texts(element: HtmlElement) -> Iterator[str]:
    """Give the texts in an element as they are read: its own, each child's, and what stands behind each child."""
    rest: list[HtmlElement | str] = [element]
    while rest:
        part = rest.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part.tag, str) and part.tag not in ("script", "style"):
            yield part.text or ""
            for child in reversed(part):
                rest += (child.tail or "", child)
