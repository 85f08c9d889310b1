"""What do we know of an article beyond its words, how, and how surely? One module a fact."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from searcher.model import Fact, Facts, Person

if TYPE_CHECKING:
    from searcher.articles.clean import Cleaned
    from searcher.articles.drafts import Stated

# So much of a text is read for days and people, a book's worth, so that a file of any size takes seconds.
_MOST_READ = 500_000


def read_publication(
    cleaned: Cleaned, stated: Stated, *, path: str, language: str | None, infer: bool = True, today: date | None = None
) -> Facts:
    """Read who published an article, when, and who wrote it.

    What the file states is believed over what we infer; what is unknown is None.

    Args:
        cleaned: the article taken apart: spans of these facts are places in its `raw`.
        stated: what the file or record says of itself.
        path: the article's path as shown; its name and folders may tell a date.
        language: ISO 639-1, which decides how figures are read as dates.
        infer: false leaves everything unknown that is not stated.
        today: dates after it are not believed; the clock's day by default.
    """
    from searcher.articles.facts.author import read_author
    from searcher.articles.facts.dates import read_published
    from searcher.articles.facts.source import read_source

    url = stated.url.value if stated.url else None
    return Facts(
        source=read_source(cleaned, stated.source, url=url, path=path, infer=infer),
        date=read_published(
            stated=stated.date,
            raw=cleaned.raw,
            furniture=cleaned.furniture,
            url=url,
            path=path,
            language=language,
            today=today or _clock_day(),
            infer=infer,
        ),
        author=read_author(cleaned, stated.author, infer=infer),
    )


def add_contents(
    facts: Facts,
    cleaned: Cleaned,
    listed: tuple[str, ...],
    *,
    language: str | None,
    infer: bool = True,
    people_model: str | None = None,
    today: date | None = None,
) -> Facts:
    """Add the people and the days that an article speaks of to the facts of its publication.

    Args:
        facts: of its publication; weekdays are resolved against its date.
        cleaned: the article taken apart: spans of mentions and people are places in its `text`.
        listed: the people that the record lists, who are believed over what we infer.
        language: ISO 639-1.
        infer: false adds nobody who is not listed.
        people_model: as in `read_people`.
        today: days after it are not past; the clock's day by default.
    """
    if not infer:
        return replace(facts, people=_stated_people(listed))

    from searcher.articles.facts import mentions
    from searcher.articles.facts.people import read_people

    day = today or _clock_day()
    text = cleaned.text[:_MOST_READ]
    published = facts.date.value if facts.date else None
    spoken_of = mentions.read_mentions(text, language=language, published=published, today=day)
    lowest = None if published else mentions.floor(text, spoken_of, day, language=language)
    return replace(
        facts,
        not_before=Fact(lowest[0], "latest past day in the text", 0.9, _in_raw(cleaned, lowest[1])) if lowest else None,
        mentions=spoken_of,
        people=_as_stated(read_people(text, title=cleaned.title, language=language, model=people_model), listed),
    )


def _clock_day() -> date:
    return datetime.now(UTC).date()


def _stated_people(listed: tuple[str, ...]) -> tuple[Person, ...]:
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
