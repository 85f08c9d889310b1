"""Is the index sound? Every byte is read, and what is said twice is compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoosh.reading import SegmentReader

from searcher.errors import IndexDamagedError
from searcher.model import CheckReport, Damage
from searcher.store import derived
from searcher.store.agreement import disagreements, reason_of
from searcher.store.codec import verify
from searcher.store.documents import to_article
from searcher.store.schema import INDEX_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from searcher.store.codec import ArraySegment
    from searcher.store.index import ArticleIndex

_CHUNK = 1 << 20
_ATTEMPTS = 5


def check(index: ArticleIndex) -> CheckReport:
    """Read every byte of an index and say what is wrong with it.

    Every checksum must fit, every cross-reference within a segment hold, every article be whole and be found under its
    own id, its language and its days, and no two articles have one id. What a commit takes away while it is read is no
    damage.

    Raises:
        IndexMissingError: there is no index.
    """
    report = _check(index)
    for _ in range(_ATTEMPTS):
        if report.sound or index.latest_revision() == report.revision:
            break
        report = _check(index)
    return report


def _check(index: ArticleIndex) -> CheckReport:
    damages: list[Damage] = []
    segments: list[ArraySegment] = []
    try:
        toc = index.read_toc()
        revision, segments = toc.generation, toc.segments
    except IndexDamagedError as error:
        revision = index.latest_revision()
        damages.append(Damage("table of contents", error.message))
    files = index.files()
    bytes_read = sum(_read(path, damages) for path in files)
    seen: set[str] = set()
    for segment in segments:
        broken = list(verify(index.storage, segment))
        damages += broken
        if not broken:
            damages += disagreements(segment.arrays(index.storage), toc.schema, segment.segment_id())
            damages += _articles(index, toc, segment, seen)
    return CheckReport(
        path=str(index.folder),
        revision=revision,
        articles=sum(segment.doc_count() for segment in segments),
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
        finished = not path.name.endswith(derived.UNFINISHED)  # what a writer that was ended left, nobody reads
        if path.name.startswith(f"{INDEX_NAME}-") and finished and not derived.is_sound(path):
            damages.append(Damage(path.name, "the checksum does not fit"))
    except FileNotFoundError:
        pass  # a commit took it away after it was listed; what the table of contents names is looked for by itself
    except OSError as error:
        damages.append(Damage(path.name, error.strerror or str(error)))
    return count


def _articles(index: ArticleIndex, toc: Any, segment: Any, seen: set[str]) -> Iterator[Damage]:
    """Every article can be read, and is the only one of its id, which the column holds, and so the terms."""
    part = f"{segment.segment_id()}: articles"
    try:
        reader = SegmentReader(index.storage, toc.schema, segment, generation=toc.generation)
        ids = reader.column_reader("id")
        for number in reader.all_doc_ids():
            article = to_article(reader.stored_fields(number))
            if article.id != ids[number]:
                yield Damage(part, f"article {number} has another id in the column")
            if article.id in seen:
                yield Damage(part, f"article {number} has the id of another, {article.id}")
            seen.add(article.id)
        reader.close()
    except Exception as error:  # noqa: BLE001 - a damaged file raises nearly anything
        yield Damage(part, reason_of(error))
