"""Where does an article name the people and the days that a query asks for? In the places kept with its facts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from whoosh import query

from searcher.search.engine.filters import AnyValue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.model import Article, Person, Span


class FactMarker:
    """Marks the people and the days of one query in any number of articles."""

    def __init__(self, node: query.Query) -> None:
        self._asked = [leaf for leaf in dict.fromkeys(_asked(node)) if leaf.name in {"person", "mentions"}]

    def of_title(self, article: Article) -> Iterator[tuple[int, Span]]:
        """Give where the title has a spelling of someone, and the number of the part of the query that asks for him.

        The places of names are those in the text: here they are looked for.
        """
        for number, person in self._people(article):
            spellings = sorted({person.name, *person.spellings}, key=len, reverse=True)
            for found in re.finditer(rf"(?<!\w)(?:{'|'.join(map(re.escape, spellings))})(?!\w)", article.title):
                yield number, found.span()

    def of_text(self, article: Article) -> Iterator[tuple[int, Span]]:
        """Give where the text names someone or speaks of a day, and which part of the query asks for it."""
        for number, person in self._people(article):
            for span in person.spans:
                yield number, span
        for number, leaf in enumerate(self._asked):
            if leaf.name == "mentions":
                for mention in article.facts.mentions:
                    if str(mention.value).encode() in leaf.terms:
                        yield number, mention.span

    def _people(self, article: Article) -> Iterator[tuple[int, Person]]:
        for number, leaf in enumerate(self._asked):
            if leaf.name == "person":
                from searcher.articles.facts import names

                for person in article.facts.people:
                    if names.key(person.name).encode() in leaf.terms:
                        yield number, person


def _asked(node: query.Query) -> Iterator[AnyValue]:
    """Yield the filters that an article is let through by, not those that must not let it through."""
    if isinstance(node, AnyValue):
        yield node
    elif isinstance(node, query.AndNot):
        yield from _asked(node.a)
    elif not isinstance(node, query.Not):
        for child in node.children():
            yield from _asked(child)
