"""What do we know of an article beyond its words, how, and how surely? One module a fact."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from searcher.model import Fact, Facts, Person

if TYPE_CHECKING:
    from searcher.articles.clean import Cleaned
    from searcher.articles.drafts import Stated

# So much of a text is read for days and people, a book's worth, so that a file of any size takes seconds.
_MOST_READ = 500_000


def read_facts(
    cleaned: Cleaned, stated: Stated, *, path: str, language: str | None, infer: bool = True, today: date | None = None
) -> Facts:
    """Read the source, the dates, the author and the people of one article.

    What the file states is believed over what we infer; what is unknown is None.

    Args:
        cleaned: the article taken apart: spans of facts are places in its `raw`, of mentions and people in its `text`.
        stated: what the file or record says of itself.
        path: the article's path as shown; its name and folders may tell a date.
        language: ISO 639-1, which decides how figures are read as dates.
        infer: false leaves everything unknown that is not stated.
        today: dates after it are not believed; the clock's day by default.
    """
    from searcher.articles.facts import dates, mentions
    from searcher.articles.facts.author import read_author
    from searcher.articles.facts.source import read_source

    day = today or datetime.now(UTC).date()
    url = stated.url.value if stated.url else None
    published = dates.read_published(
        stated=stated.date,
        raw=cleaned.raw,
        furniture=cleaned.furniture,
        url=url,
        path=path,
        language=language,
        today=day,
        infer=infer,
    )
    source = read_source(cleaned, stated.source, url=url, path=path, infer=infer)
    author = read_author(cleaned, stated.author, infer=infer)
    if not infer:
        return Facts(source=source, date=published, author=author, people=stated_people(stated.people))

    from searcher.articles.facts.people import read_people

    text = cleaned.text[:_MOST_READ]
    spoken_of = mentions.read_mentions(
        text, language=language, published=published.value if published else None, today=day
    )
    lowest = None if published else mentions.floor(text, spoken_of, day, language=language)
    return Facts(
        source=source,
        date=published,
        not_before=Fact(lowest[0], "latest past day in the text", 0.9, _in_raw(cleaned, lowest[1])) if lowest else None,
        author=author,
        mentions=spoken_of,
        people=_as_stated(read_people(text, title=cleaned.title, language=language), stated.people),
    )


def stated_people(listed: tuple[str, ...]) -> tuple[Person, ...]:
    """Take over the people that a record lists."""
    return tuple(Person(name, (name,), (), 1.0) for name in dict.fromkeys(listed))


def _as_stated(found: tuple[Person, ...], listed: tuple[str, ...]) -> tuple[Person, ...]:
    """The people that a record lists, and nobody else, with the spellings and places that the text has of them."""
    from searcher.articles.facts import names

    if not listed:
        return found
    known = {names.key(spelling): person for person in found for spelling in person.spellings}
    joined = []
    for name in dict.fromkeys(listed):
        person = known.get(names.key(name))
        spellings = dict.fromkeys((name, *person.spellings)) if person else (name,)
        joined.append(Person(name, tuple(spellings), person.spans if person else (), 1.0))
    return tuple(joined)


def _in_raw(cleaned: Cleaned, span: tuple[int, int]) -> tuple[int, int] | None:
    """Find the place in `raw` of a span of `text`, by the words around it."""
    start, end = span
    if cleaned.text == cleaned.raw:
        return span
    for margin in (40, 0):
        first = max(0, start - margin)
        at = cleaned.raw.find(cleaned.text[first : end + margin])
        if at >= 0:
            return at + start - first, at + end - first
    return None
