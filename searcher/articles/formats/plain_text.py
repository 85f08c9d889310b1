"""Text and Markdown: the file is one article."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from searcher.articles.drafts import Draft, Stated, Statement
from searcher.articles.formats.encoding import decode
from searcher.articles.formats.fields import stated_in
from searcher.articles.formats.header_lines import read_header_lines
from searcher.articles.formats.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.articles.formats.document import Document

_MARKDOWN = (".md", ".markdown", ".mdown")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_MATTER_LINE = re.compile(r"([A-Za-z_-]+):[ \t]*(.*)")
_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
# What a reader of Markdown does not see: pictures, addresses of links, marks of headings, quotations and emphasis.
_MARKUP = (
    (re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)"), ""),
    (re.compile(r"\[([^\[\]\n]+)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?)|[ \t]+#+[ \t]*$", re.MULTILINE), ""),
    (re.compile(r"(?<!\w)(\*{1,3}|_{1,3})(?=[^\s*_])([^*_\n]+)(?<=\S)\1(?!\w)"), r"\2"),
)


def read(document: Document) -> Iterator[Draft]:
    """Read the one article of a text file.

    Markdown states things of itself in its front matter and first heading, any text in labelled lines at its head.
    """
    text = visible(decode(document.everything()))
    if not document.name.lower().endswith(_MARKDOWN):
        headed = read_header_lines(text)
        yield (
            Draft(document.path, text, story=headed.story, stated=headed.stated)
            if headed
            else Draft(document.path, text)
        )
        return
    stated = Stated()
    if matter := _FRONT_MATTER.match(text):
        lines = (_FRONT_MATTER_LINE.fullmatch(line.strip()) for line in matter[1].split("\n"))
        stated = stated_in({line[1]: line[2].strip("\"' ") for line in lines if line}, "stated in the front matter")
        text = text[matter.end() :]
    if (heading := _HEADING.search(text)) and not stated.title:
        stated = replace(stated, title=Statement(_rendered(heading[1]).strip(), "heading"))
    yield Draft(document.path, visible(_rendered(text)), stated=stated)


def _rendered(text: str) -> str:
    for markup, shown in _MARKUP:
        text = markup.sub(shown, text)
    return text
