"""The shapes that scripts rely on: our values as JSON objects and CSV rows. To change one, raise `VERSION`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from searcher.errors import QueryError
    from searcher.model import (
        Article,
        CheckReport,
        Facet,
        Fact,
        Hit,
        IndexReport,
        Page,
        PartialDate,
        PersonEntry,
        Stats,
        Timeline,
    )

VERSION = 1
SCORE_DECIMALS = 4  # scores that round to the same are ties in the order of hits

Object = dict[str, Any]
T = TypeVar("T")

HIT_COLUMNS = (
    "rank",
    "score",
    "id",
    "path",
    "url",
    "title",
    "source",
    "date",
    "date_precision",
    "not_before",
    "people",
    "language",
    "words",
    "duplicates",
    "snippet",
)
ARTICLE_COLUMNS = (
    "path",
    "id",
    "title",
    "source",
    "date",
    "date_precision",
    "not_before",
    "people",
    "author",
    "language",
    "url",
    "characters",
)
BATCH_COLUMNS = ("id", "query", "total", "first_date", "last_date", "top_hit")
FACET_COLUMNS = ("field", "value", "count")
TIMELINE_COLUMNS = ("start", "hits", "articles")
STATS_COLUMNS = (
    "path",
    "revision",
    "articles",
    "words",
    "sources",
    "people",
    "dated",
    "first",
    "last",
    "languages",
    "segments",
    "size_bytes",
    "codec",
)
CHECK_COLUMNS = ("part", "reason")
PEOPLE_COLUMNS = ("name", "articles", "spellings")


def page(found: Page) -> Object:
    """Give the object of `query --format json`."""
    return {
        "version": VERSION,
        "query": found.query,
        "parsed": found.parsed,
        "match": found.match,
        "corrected": found.corrected,
        "total": found.total,
        "total_is_exact": found.total_is_exact,
        "took_ms": round(found.took_ms, 3),
        "revision": found.revision,
        "offset": found.offset,
        "notes": list(found.notes),
        "hits": [hit(each) for each in found.hits],
        **facets(found.facets.values()),
    }


def unreadable(query: str, error: QueryError) -> Object:
    """Give the object that `batch` writes for a query that cannot be read."""
    return {
        "version": VERSION,
        "query": query,
        "error": {"message": error.message, "hint": error.hint, "span": list(error.span)},
        "total": None,
        "hits": [],
    }


def facets(counted: Iterable[Facet]) -> Object:
    """Give the keys that hold counts by fields: value and count, which fields have more values, hits without one."""
    counted = list(counted)
    return {
        "facets": {facet.field: [list(count) for count in facet.counts] for facet in counted},
        "facets_truncated": [facet.field for facet in counted if facet.truncated],
        "facets_unknown": {facet.field: facet.unknown for facet in counted},
    }


def facet_rows(counted: Iterable[Facet]) -> Iterator[list[object]]:
    """Give the rows of `facets --format csv`, in `FACET_COLUMNS`."""
    return ([facet.field, value, count] for facet in counted for value, count in facet.counts)


def hit(found: Hit) -> Object:
    """Give the object of one hit."""
    record: Object = {
        "rank": found.rank,
        "score": round(found.score, SCORE_DECIMALS),
        "id": found.id,
        "path": found.path,
        "url": found.url,
        "title": found.title,
        "source": found.source,
        "date": _iso(found.date),
        "date_precision": found.date.precision if found.date else None,
        "not_before": _iso(found.not_before),
        "people": list(found.people),
        "language": found.language,
        "words": found.words,
        "duplicates": list(found.duplicates),
        "snippet": found.snippet,
        "highlights": [list(span) for span in found.highlights],
        "title_highlights": [list(span) for span in found.title_highlights],
        "record_id": found.record_id,
    }
    if found.explanation is not None:
        record["explanation"] = [
            {
                "term": part.term,
                "field": part.field,
                "frequency": part.frequency,
                "articles": part.articles,
                "score": part.score,
            }
            for part in found.explanation.parts
        ]
    return record


def hit_rows(hits: Iterable[Hit]) -> Iterator[list[object]]:
    """Give the rows of `query --format csv`, in `HIT_COLUMNS`."""
    for each in hits:
        record = hit(each)
        for name in ("people", "duplicates"):
            record[name] = "; ".join(record[name])
        for name in ("title", "source", "people", "snippet"):
            record[name] = _no_formula(record[name])
        yield [record[column] for column in HIT_COLUMNS]


def article(found: Article, *, raw: bool = False) -> Object:
    """Give the object of `extract` and `show`; with `raw`, all that is visible in the file as well."""
    facts = found.facts
    record: Object = {
        "version": VERSION,
        "path": found.path,
        "id": found.id,
        "title": found.title,
        "text": found.text,
        "language": found.language,
        "url": found.url,
        "record_id": found.record_id,
        "facts": {
            "source": _fact(facts.source),
            "date": _dated_fact(facts.date),
            "not_before": _dated_fact(facts.not_before),
            "mentions": [
                {"value": str(mention.value), "text": mention.text, "span": list(mention.span)}
                for mention in facts.mentions
            ],
            "people": [
                {
                    "value": person.name,
                    "spellings": list(person.spellings),
                    "spans": [list(span) for span in person.spans],
                    "confidence": person.confidence,
                }
                for person in facts.people
            ],
            "author": _fact(facts.author),
        },
    }
    if raw:
        record["raw"] = found.raw
    return record


def article_rows(articles: Iterable[Article]) -> Iterator[list[object]]:
    """Give the rows of `extract --format csv`, in `ARTICLE_COLUMNS`: values without their bases."""
    for each in articles:
        facts = each.facts
        day = value_of(facts.date)
        yield [
            each.path,
            each.id,
            _no_formula(each.title),
            _no_formula(value_of(facts.source)),
            _iso(day),
            day.precision if day else None,
            _iso(value_of(facts.not_before)),
            _no_formula("; ".join(person.name for person in facts.people)),
            _no_formula(value_of(facts.author)),
            each.language,
            each.url,
            len(each.text),
        ]


def timeline(drawn: Timeline) -> Object:
    """Give the object of `timeline --format json`."""
    return {
        "version": VERSION,
        "query": drawn.query,
        "parsed": drawn.parsed,
        "period": drawn.period,
        "total": drawn.total,
        "undated": drawn.undated,
        "imprecise": drawn.imprecise,
        "bars": [{"start": bar.start.isoformat(), "hits": bar.hits, "articles": bar.articles} for bar in drawn.bars],
    }


def person(entry: PersonEntry) -> Object:
    """Give the object of one human in `people --format json`."""
    return {
        "name": entry.name,
        "articles": entry.articles,
        "spellings": [list(spelling) for spelling in entry.spellings],
    }


def people_rows(entries: Iterable[PersonEntry]) -> Iterator[list[object]]:
    """Give the rows of `people --format csv`, in `PEOPLE_COLUMNS`."""
    for entry in entries:
        spellings = "; ".join(f"{spelling} {count}" for spelling, count in entry.spellings)
        yield [_no_formula(entry.name), entry.articles, _no_formula(spellings)]


def stats(figures: Stats) -> Object:
    """Give the object of `stats --format json`."""
    return {
        "version": VERSION,
        "path": figures.path,
        "revision": figures.revision,
        "articles": figures.articles,
        "words": figures.words,
        "sources": figures.sources,
        "people": figures.people,
        "dated": figures.dated,
        "first": _iso(figures.first),
        "last": _iso(figures.last),
        "languages": [list(language) for language in figures.languages],
        "segments": figures.segments,
        "size_bytes": figures.size_bytes,
        "codec": figures.codec,
    }


def stats_row(figures: Stats) -> list[object]:
    """Give the row of `stats --format csv`, in `STATS_COLUMNS`."""
    record = stats(figures)
    record["languages"] = "; ".join(f"{language} {count}" for language, count in figures.languages)
    return [record[column] for column in STATS_COLUMNS]


def check(report: CheckReport) -> Object:
    """Give the object of `check --format json`."""
    return {
        "version": VERSION,
        "path": report.path,
        "sound": report.sound,
        "revision": report.revision,
        "articles": report.articles,
        "files": report.files,
        "bytes_read": report.bytes_read,
        "damages": [{"part": damage.part, "reason": damage.reason} for damage in report.damages],
    }


def index(report: IndexReport) -> Object:
    """Give the object of `index --format json`."""
    return {
        "version": VERSION,
        "added": report.added,
        "updated": report.updated,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "failed": [{"path": failure.path, "reason": failure.reason} for failure in report.failed],
        "articles": report.articles,
        "seconds": round(report.seconds, 3),
        "revision": report.revision,
    }


def value_of(fact: Fact[T] | None) -> T | None:
    """Give what is known, without how."""
    return None if fact is None else fact.value


def keyed(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[Object]:
    """Give rows as objects, for a table that is written as JSON lines."""
    return (dict(zip(columns, row, strict=True)) for row in rows)


def _fact(fact: Fact[str] | None) -> Object | None:
    if fact is None:
        return None
    return {"value": fact.value, "basis": fact.basis, "confidence": fact.confidence, "span": _span(fact)}


def _dated_fact(fact: Fact[PartialDate] | None) -> Object | None:
    if fact is None:
        return None
    return {
        "value": str(fact.value),
        "precision": fact.value.precision,
        "basis": fact.basis,
        "confidence": fact.confidence,
        "span": _span(fact),
    }


def _span(fact: Fact[Any]) -> list[int] | None:
    return None if fact.span is None else list(fact.span)


def _iso(day: PartialDate | None) -> str | None:
    return None if day is None else str(day)


def _no_formula(text: str | None) -> str | None:
    # A spreadsheet runs a cell that begins so; https://owasp.org/www-community/attacks/CSV_Injection
    return "'" + text if text and text[0] in "=+-@\t\r" else text
