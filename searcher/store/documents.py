"""An article as a document of the index, and back again without loss.

The stored part holds strings, whole numbers, floats and lists of them only, so that any codec can keep it as JSON.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Any

from searcher.model import Article, Fact, Facts, Mention, PartialDate, Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from searcher.articles.fingerprints import Fingerprints
    from searcher.model import Span

SPELLING_SEPARATOR = "\t"


@dataclass(frozen=True, slots=True)
class Origin:
    """What the manifest keeps of an article: where it was read, in which state.

    Attributes:
        file: stored path of its file, without `#record`.
        stamp: state of the file when it was read, a signed 64-bit number.
        digest: content of the draft it was made from, a signed 64-bit number.
    """

    file: str
    stamp: int
    digest: int


@dataclass(frozen=True, slots=True)
class Document:
    """An article as the index takes it, before its words are analysed.

    Attributes:
        id: the article's.
        language: of the texts, ISO 639-1.
        stored: what reading it gives back.
        texts: by field, what is to be analysed.
        terms: by field, whole terms: one, or a list of them.
        columns: by field, values to sort, count and filter by.
    """

    id: str
    language: str | None
    stored: dict[str, Any]
    texts: dict[str, str]
    terms: dict[str, Any]
    columns: dict[str, Any]


def to_document(article: Article, origin: Origin, *, marked: bool = True) -> Document:
    """Give an article as the index takes it; its fingerprint only where it is to be `marked` here (see `mark`)."""
    from searcher.articles.facts import names, outlets
    from searcher.articles.fingerprints import fingerprint

    facts = article.facts
    people = [names.key(person.name) for person in facts.people]
    published = facts.date.value if facts.date else None
    days = {
        "first_day": published.first.toordinal() if published else None,
        "last_day": published.last.toordinal() if published else None,
        "floor_day": facts.not_before.value.first.toordinal() if facts.not_before else None,
    }
    whole = {"id": article.id, "language": article.language}
    return Document(
        id=article.id,
        language=article.language,
        stored=_present(
            whole
            | {
                "path": article.path,
                "title": article.title,
                "body": article.text,
                "url": article.url,
                "record_id": article.record_id,
                "raw": _pack_raw(article),
                "facts": _pack_facts(facts),
            }
        ),
        texts=_present(
            {"title": article.title, "body": article.text, "author": facts.author.value if facts.author else None}
        ),
        terms=_present(
            whole
            | days
            | {
                "file": origin.file,
                "path": article.path,
                "url": article.url,
                "record_id": article.record_id,
                "source": outlets.key(facts.source.value) if facts.source else None,
                "person": list(dict.fromkeys(filter(None, people))) or None,
                "spelling": _spellings(facts.people, people) or None,
                "mentions": list(dict.fromkeys(str(mention.value) for mention in facts.mentions)) or None,
            }
        ),
        columns=_present(
            whole
            | days
            | {
                "file": origin.file,
                "source": facts.source.value if facts.source else None,
                "fingerprint": fingerprint(article.text or article.title) if marked else None,
                "stamp": origin.stamp,
                "digest": origin.digest,
            }
        ),
    )


def mark(documents: Sequence[Document], prints: Fingerprints) -> None:
    """Give documents their fingerprints: many at once, sooner than one by one."""
    found = prints.of([document.texts.get("body") or document.texts.get("title", "") for document in documents])
    for document, value in zip(documents, found.tolist(), strict=True):
        document.columns["fingerprint"] = value


def to_article(stored: Mapping[str, Any]) -> Article:
    """Give back the article that `to_document` was given, from the stored fields of its document."""
    title, text = stored.get("title", ""), stored.get("body", "")
    return Article(
        id=stored["id"],
        path=stored["path"],
        title=title,
        text=text,
        raw=_unpack_raw(stored.get("raw"), text),
        language=stored.get("language"),
        url=stored.get("url"),
        record_id=stored.get("record_id"),
        facts=_unpack_facts(stored.get("facts", {})),
    )


def _present(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _spellings(people: Iterable[Person], keys: Iterable[str]) -> list[str]:
    pairs = {
        f"{key}{SPELLING_SEPARATOR}{spelling}": None
        for person, key in zip(people, keys, strict=True)
        if key
        for spelling in (person.name, *person.spellings)
    }
    return list(pairs)


def _pack_raw(article: Article) -> list[str] | str | None:
    """Leave out of the raw text what the story says: keep what stands around it, or around each of its lines."""
    if article.raw == article.text:
        return None
    if not article.text:
        return article.raw
    return _around(article.raw, [article.text]) or _around(article.raw, article.text.split("\n")) or article.raw


def _unpack_raw(packed: list[str] | str | None, text: str) -> str:
    if packed is None:
        return text
    if isinstance(packed, str):
        return packed
    pieces = [text] if len(packed) == 2 else text.split("\n")
    return "".join(chain.from_iterable(zip_longest(packed, pieces, fillvalue="")))


def _around(whole: str, pieces: Iterable[str]) -> list[str] | None:
    """Give what stands before, between and after pieces of a text; None where it does not hold them in that order."""
    gaps, end = [], 0
    for piece in pieces:
        start = whole.find(piece, end)
        if start < 0:
            return None
        gaps.append(whole[end:start])
        end = start + len(piece)
    return [*gaps, whole[end:]]


def _pack_facts(facts: Facts) -> dict[str, Any]:
    packed: dict[str, Any] = {}
    for name in ("source", "date", "not_before", "author"):
        fact: Fact[Any] | None = getattr(facts, name)
        if fact:
            packed[name] = [str(fact.value), fact.basis, fact.confidence, *(fact.span or ())]
    if facts.mentions:
        packed["mentions"] = [[str(mention.value), mention.text, *mention.span] for mention in facts.mentions]
    if facts.people:
        packed["people"] = [
            [person.name, list(person.spellings), [place for span in person.spans for place in span], person.confidence]
            for person in facts.people
        ]
    return packed


def _unpack_facts(packed: Mapping[str, Any]) -> Facts:
    return Facts(
        source=_unpack_text(packed.get("source")),
        date=_unpack_date(packed.get("date")),
        not_before=_unpack_date(packed.get("not_before")),
        author=_unpack_text(packed.get("author")),
        mentions=tuple(
            Mention(PartialDate.parse(value), text, (start, end))
            for value, text, start, end in packed.get("mentions", ())
        ),
        people=tuple(
            Person(name, tuple(spellings), tuple(zip(places[::2], places[1::2], strict=True)), confidence)
            for name, spellings, places, confidence in packed.get("people", ())
        ),
    )


def _unpack_text(packed: list[Any] | None) -> Fact[str] | None:
    return Fact(packed[0], packed[1], packed[2], _span(packed)) if packed else None


def _unpack_date(packed: list[Any] | None) -> Fact[PartialDate] | None:
    return Fact(PartialDate.parse(packed[0]), packed[1], packed[2], _span(packed)) if packed else None


def _span(packed: list[Any]) -> Span | None:
    return (packed[3], packed[4]) if len(packed) > 3 else None
