"""What a reader would see of a page: its visible text, block by block, without any judgement of what matters."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree, html

from searcher.errors import UnreadableError
from searcher.text.safety import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_UNSEEN = frozenset(("script", "style", "template", "head", "svg", "iframe", "object", "select", "textarea", "canvas",
                     "audio", "video", "math", "datalist", "noembed", "noframes"))  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "html", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_PARAGRAPHS = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "figure", "pre", "ul", "ol", "table"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\n\r\f]+")
_EMPTY_LINES = re.compile(r" ?\n ?(?:\n ?)+")
#: So much of a line is read that a page states something in.
LONGEST_LINE = 500
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{20000,}>?")
_MOST_ATTRIBUTES = 1000
_MOST_ELEMENTS = 20_000
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


def parse(markup: str) -> HtmlElement:
    """Parse HTML or XHTML as browsers do, however broken; no entity of a document type is expanded.

    Raises:
        UnreadableError: there is nothing in it.
    """
    # The parser compares every attribute of an element with every other.
    markup = _LONG_TAG.sub(lambda tag: "" if len(tag[0].split()) > _MOST_ATTRIBUTES else tag[0], markup)
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
    content = _DECLARATION.sub("", markup).replace("\0", "").encode("utf-8", "replace")
    try:
        return html.document_fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UnreadableError("a page with nothing in it") from error


def is_large(page: HtmlElement) -> bool:
    """Whether a page has more elements than one that is written by people, too many to weigh each against others."""
    return next(islice(page.iter(), _MOST_ELEMENTS, None), None) is not None


def page_text(page: HtmlElement, *, hidden: bool = False) -> str:
    """Give the visible text: a line a block, an empty line around paragraphs.

    Args:
        page: the parsed page.
        hidden: also what its markup hides, for pages that hide all until a script has run.
    """
    pieces: list[str] = []
    skipping = 0
    for event, element in etree.iterwalk(page, events=("start", "end")):
        tag = element.tag
        if event == "start":
            if skipping or tag in _UNSEEN or (not hidden and _is_hidden(element)):
                skipping += 1
                continue
            pieces.append(_break(tag))
            pieces.append(_SPACES.sub(" ", element.text or ""))
        elif skipping:
            skipping -= 1
            if not skipping:
                pieces.append(_SPACES.sub(" ", element.tail or ""))
        else:
            pieces.append(_break(tag))
            pieces.append(_SPACES.sub(" ", element.tail or ""))
    return _tidy("".join(pieces))


def fragment_text(markup: str) -> str:
    """Give the visible text of a piece of HTML, such as a feed's summary; empty where there is none."""
    try:
        return page_text(parse(f"<div>{markup}</div>"))
    except UnreadableError:
        return ""


def _is_hidden(element: HtmlElement) -> bool:
    return "hidden" in element.attrib or _HIDDEN.search(element.get("style", "")) is not None


def _break(tag: str) -> str:
    return "\n\n" if tag in _PARAGRAPHS else "\n" if tag in _BLOCKS or tag == "br" else ""


def _tidy(text: str) -> str:
    """One newline between lines, two between paragraphs, no blanks at the ends of lines."""
    lines = _EMPTY_LINES.sub(lambda gap: "\n\n" if gap[0].count("\n") > 2 else "\n", text)
    return "\n".join(_SPACES.sub(" ", line).strip(" ") for line in lines.split("\n")).strip()


def line_of(element: HtmlElement) -> str:
    """Give the words of an element on one line, no more of them than a statement has."""
    return one_line("".join(texts_of(element)))[:LONGEST_LINE]


def texts_of(element: HtmlElement) -> Iterator[str]:
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
