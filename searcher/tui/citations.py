"""How an article is cited: plain words, Markdown, BibTeX and CSL-JSON."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from searcher.tui.typography import safe

if TYPE_CHECKING:
    from collections.abc import Callable

    from searcher.model import Article

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# https://www.bibtex.org/SpecialSymbols/: what TeX would read as a command.
_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    character: f"\\{character}" for character in "{}$&#_%"
}


def _parts(article: Article) -> dict[str, str]:
    facts = article.facts
    return {
        "author": safe(facts.author.value) if facts.author else "",
        "title": safe(article.title) or "Untitled",
        "source": safe(facts.source.value) if facts.source else "",
        "date": str(facts.date.value) if facts.date else "",
        "url": safe(article.url or ""),
    }


def _said_date(article: Article) -> str:
    if article.facts.date is None:
        return "undated"
    when = article.facts.date.value
    month = MONTHS[when.month - 1] if when.month else ""
    return " ".join(part for part in (str(when.day) if when.day else "", month, str(when.year)) if part)


def plain(article: Article) -> str:
    """Cite as a newspaper article in running text: author, “title”, source, date, address or path."""
    parts = _parts(article)
    where = parts["url"] or safe(article.path)
    pieces = [parts["author"], f"“{parts['title']}”", parts["source"], _said_date(article), where]
    return ", ".join(piece for piece in pieces if piece) + "."


def markdown(article: Article) -> str:
    """Cite in Markdown: the title links to the address, the source is in italics."""
    parts = _parts(article)
    title = re.sub(r"([\\\[\]`*_])", r"\\\1", parts["title"])
    linked = f"[{title}](<{parts['url']}>)" if parts["url"] else f"“{title}”"
    pieces = [parts["author"], linked, f"*{parts['source']}*" if parts["source"] else "", _said_date(article)]
    return ", ".join(piece for piece in pieces if piece) + "."


def bibtex(article: Article) -> str:
    """Cite as a BibTeX entry; its key is the article's id."""
    parts = _parts(article)
    date = article.facts.date.value if article.facts.date else None
    entries = {
        "author": parts["author"],
        "title": parts["title"],
        "journal": parts["source"],
        "year": str(date.year) if date else "",
        "date": parts["date"],
        "url": parts["url"],
    }
    lines = [
        f"  {name} = {{{''.join(_TEX.get(character, character) for character in value)}}}"
        for name, value in entries.items()
        if value
    ]
    return f"@article{{{article.id},\n" + ",\n".join(lines) + "\n}"


def csl_json(*articles: Article) -> str:
    """Cite as CSL-JSON (citation style language, schema 1.0): a list with an `article-newspaper` for each."""
    return json.dumps([_csl_item(article) for article in articles], ensure_ascii=False, indent=1)


def _csl_item(article: Article) -> dict[str, object]:
    parts = _parts(article)
    item: dict[str, object] = {"id": article.id, "type": "article-newspaper", "title": parts["title"]}
    if parts["author"]:
        item["author"] = [{"literal": parts["author"]}]
    if parts["source"]:
        item["container-title"] = parts["source"]
    if article.facts.date:
        when = article.facts.date.value
        item["issued"] = {"date-parts": [[part for part in (when.year, when.month, when.day) if part]]}
    if parts["url"]:
        item["URL"] = parts["url"]
    if article.language:
        item["language"] = article.language
    return item


def quoted(passage: str, article: Article) -> str:
    """Quote a passage, with where it stands; what it quotes itself stands in single marks, as in print."""
    words = safe(" ".join(passage.split())).translate(str.maketrans("“”", "‘’"))
    return f"“{words}” ({plain(article).removesuffix('.')})"


def _each(write: Callable[[Article], str]) -> Callable[..., str]:
    return lambda *articles: "\n".join(map(write, articles))


# How one or several articles are cited, a name and a function of the articles each.
FORMATS: tuple[tuple[str, Callable[..., str]], ...] = (
    ("Plain", _each(plain)),
    ("Markdown", _each(markdown)),
    ("BibTeX", _each(bibtex)),
    ("CSL-JSON", csl_json),
)
