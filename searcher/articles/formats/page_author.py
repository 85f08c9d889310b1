"""Whom does a page call its author: in JSON-LD, in its meta tags, and in the byline that it shows?"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from searcher.articles.drafts import DOUBTED, Statement
from searcher.articles.facts.outlets import is_known
from searcher.articles.facts.source import is_owner
from searcher.articles.formats import linked_data
from searcher.articles.formats.page_text import LONGEST_LINE, line_of, texts_of
from searcher.text.safety import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lxml.html import HtmlElement

_AUTHOR_TAGS = (
    "author", "article:author_name", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator",
    "article:author", "og:author", "cxenseparse:author", "article.author", "authors", "twitter:data1",
)  # fmt: skip
LINK = re.compile(r"(?:https?:)?//|www\.|@|\.com\b/|^\d+$")
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


def author_of(
    page: HtmlElement, tags: Mapping[str, str], article: Mapping[str, object], *, sites: Sequence[str]
) -> Statement | None:
    """Say who wrote it; the site itself or an account only where nobody else is named, and in doubt.

    Args:
        page: the parsed page.
        tags: its meta tags by name or property, in lower case.
        article: its JSON-LD of the article.
        sites: what its site is called.
    """
    doubted: Statement | None = None
    for named in _authors(page, tags, article):
        if not _is_of_site(named.value, sites) and not _is_account(named.value):
            return named
        doubted = doubted or named._replace(confidence=DOUBTED)
    return doubted


def _authors(page: HtmlElement, tags: Mapping[str, str], article: Mapping[str, object]) -> Iterator[Statement]:
    """What the page calls its author, in the order in which it is believed."""
    if linked := _people(linked_data.names(article.get("author"))):
        yield Statement(linked, "JSON-LD")
    for tag in _AUTHOR_TAGS:
        if tagged := _people([tags.get(tag, "")]):
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
            below = below or line_of(element).count(" ") > 1
        elif (below or found is None) and _is_byline(element) and (names := _first_names(element)):
            around = element.getparent()
            together = _first_names(around) if around is not None and len(line_of(around)) < _LONGEST_BYLINE else ""
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
    for text in islice(texts_of(element), _MOST_TEXTS):
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
        name for name in names if name and len(name) < 200 and not LINK.search(name) and not _NOBODY.fullmatch(name)
    )
    return ", ".join(dict.fromkeys(kept))[:LONGEST_LINE]
