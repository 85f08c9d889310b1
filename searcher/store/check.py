"""Is the index sound? Every byte is read, and what is said twice is compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoosh.reading import SegmentReader

from searcher.errors import SearcherError
from searcher.model import CheckReport, Damage
from searcher.store.documents import to_article

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from searcher.store.index import ArticleIndex

_CHUNK = 1 << 20
_POSITIONAL = ("title", "body", "title_exact", "body_exact", "author")


def check(index: ArticleIndex) -> CheckReport:
    """Read every byte of an index and say what is wrong with it.

    Every article must be stored, be found under its id and be the only one that is; every posting must be of an article
    that there is; the words of every article must add up to its length.

    Raises:
        IndexMissingError: there is no index.
        IndexDamagedError: its table of contents cannot be read.
    """
    toc = index.read_toc()
    files = index.files()
    damages: list[Damage] = []
    bytes_read = sum(_read(path, damages) for path in files)
    articles = 0
    for segment in toc.segments:
        name = segment.segment_id()
        try:
            reader = SegmentReader(index.storage, toc.schema, segment, generation=toc.generation)
        except Exception as error:  # noqa: BLE001 - a damaged file raises nearly anything
            damages.append(Damage(name, _reason(error)))
            continue
        try:
            articles += reader.doc_count()
            for part, test in _TESTS.items():
                damages.extend(_test(f"{name}: {part}", test, reader))
        finally:
            reader.close()
    return CheckReport(
        path=str(index.folder),
        revision=toc.generation,
        articles=articles,
        files=len(files),
        bytes_read=bytes_read,
        damages=tuple(damages),
    )


def _read(path: Path, damages: list[Damage]) -> int:
    count = 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                count += len(chunk)
    except OSError as error:
        damages.append(Damage(path.name, error.strerror or str(error)))
    return count


def _test(part: str, test: Any, reader: SegmentReader) -> Iterator[Damage]:
    try:
        for reason in test(reader):
            yield Damage(part, reason)
    except Exception as error:  # noqa: BLE001 - as above
        yield Damage(part, _reason(error))


def _stored(reader: SegmentReader) -> Iterator[str]:
    """Every article can be read, and is the one that its id finds."""
    for number in reader.all_doc_ids():
        article = to_article(reader.stored_fields(number))
        found = [other for other in reader.postings("id", article.id).all_ids() if not reader.is_deleted(other)]
        if found != [number]:
            yield f"article {number}, {article.id}, is found as {found}"


def _columns(reader: SegmentReader) -> Iterator[str]:
    """Every column has a value for every article, and those that repeat what is stored agree with it."""
    ids = reader.column_reader("id")
    for number in reader.all_doc_ids():
        if ids[number] != reader.stored_fields(number)["id"]:
            yield f"article {number} has another id in the column"
    for name, field in reader.schema.items():
        if field.column_type is not None:
            column = reader.column_reader(name)
            for number in range(reader.doc_count_all()):
                column[number]


def _postings(reader: SegmentReader) -> Iterator[str]:
    """Every term has as many postings as it says, of articles that there are; their words add up to the lengths."""
    count = reader.doc_count_all()
    lengths = {name: [0] * count for name in _POSITIONAL if reader.schema[name].scorable}
    for name, term in reader.all_terms():
        matcher = reader.postings(name, term)
        articles = previous = -1
        articles = 0
        while matcher.is_active():
            number = matcher.id()
            if not previous < number < count:
                yield f"{name} {term!r} is in an article {number} after {previous} of {count}"
                break
            if name in _POSITIONAL and len(matcher.value_as("positions")) != matcher.value_as("frequency"):
                yield f"{name} {term!r} has not as many places as occurrences in article {number}"
            if name in lengths:
                lengths[name][number] += matcher.value_as("frequency")
            previous = number
            articles += 1
            matcher.next()
        if articles > reader.doc_frequency(name, term):
            yield f"{name} {term!r} is in more articles than it says"
    for name, all_lengths in lengths.items():
        total = sum(all_lengths)
        if total != reader.field_length(name):
            yield f"{name} has {total} words and says that it has {reader.field_length(name)}"


def _reason(error: Exception) -> str:
    if isinstance(error, SearcherError):
        return error.message
    return f"{type(error).__name__}: {error}".splitlines()[0][:200]


_TESTS = {"articles": _stored, "columns": _columns, "postings": _postings}
