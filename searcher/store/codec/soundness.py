"""Is a segment sound? Reads every byte of it, checks every checksum, and that its parts agree with each other."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.errors import IndexDamagedError
from searcher.model import Damage
from searcher.store.codec.forms import FormArrays
from searcher.store.codec.sections import damaged
from searcher.store.codec.segment import DOCUMENTS, TERMS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from searcher.store.codec.arrays import SegmentArrays
    from searcher.store.codec.postings import FieldArrays
    from searcher.store.codec.sections import SectionFile
    from searcher.store.codec.segment import ArraySegment

_POSTINGS_AT_ONCE = 1 << 20


def verify(storage: Any, segment: ArraySegment) -> Iterator[Damage]:
    """Yield what is wrong with a segment; nothing when it is sound.

    Args:
        storage: the Whoosh storage that holds its files.
        segment: as the table of contents has it.
    """
    arrays = segment.arrays(storage)
    files: list[SectionFile] = []
    for extension in (TERMS, DOCUMENTS):
        try:
            files.append(arrays.terms_file if extension == TERMS else arrays.documents_file)
        except (OSError, NameError) as error:
            yield Damage(str(segment.make_filename(extension)), f"cannot be opened: {error}")
        except IndexDamagedError as error:
            yield Damage(*error.message.rsplit(": ", 1))
    if len(files) < 2:
        return
    torn = [found for file in files for found in file.check_all()]
    for found in torn:
        yield Damage(*found.message.rsplit(": ", 1))
    if torn:
        return  # What torn pages hold agrees with nothing, and saying so would bury the cause.
    checks: list[tuple[str, Callable[[], None]]] = [
        *((f"{files[0].name}: {name}", _field_check(arrays, name)) for name in arrays.fields),
        *((f"{files[1].name}: {name}", _column_check(arrays, name)) for name in arrays.columns),
        *((f"{files[1].name}: {name}", _length_check(arrays, name)) for name in arrays.length_fields),
        (f"{files[1].name}: stored", lambda: _check_stored(arrays)),
    ]
    for part, check in checks:
        try:
            check()
        except IndexDamagedError as error:
            yield Damage(*error.message.rsplit(": ", 1))
        except (ArithmeticError, AssertionError, LookupError, MemoryError, TypeError, ValueError) as error:
            yield Damage(part, f"cannot be read: {error}")


def _field_check(arrays: SegmentArrays, name: str) -> Callable[[], None]:
    def check() -> None:
        field = arrays.field(name)
        if field is None:
            raise damaged(name, "field", "missing")
        terms = field.terms()
        if any(one >= two for one, two in pairwise(terms)):
            raise damaged(arrays.terms_file.name, f"{name}/terms", "are not in order")
        if isinstance(field, FormArrays):
            _check_forms(field)
        else:
            _check_postings(arrays, field)

    return check


def _check_postings(arrays: SegmentArrays, field: FieldArrays) -> None:
    file, name = arrays.terms_file, field.name
    starts = field.starts().astype(np.int64)
    occurrences = field.occurrence_starts().astype(np.int64)
    if (np.diff(starts) < 1).any() or (np.diff(occurrences) < 1).any() or starts[0] or occurrences[0]:
        raise damaged(file.name, f"{name}/starts", "are not in order")
    first = 0
    while first < field.term_count:
        last = max(int(np.searchsorted(starts, starts[first] + _POSTINGS_AT_ONCE)), first + 1)
        last = min(last, field.term_count)
        places = starts[first : last + 1]
        articles = field.read_articles(places)
        steps = np.diff(articles)
        steps[(places[1:-1] - places[0]) - 1] = 1
        if (steps < 1).any() or int(articles.min()) < 0 or int(articles.max()) >= arrays.article_count:
            raise damaged(file.name, f"{name}/articles", "are not in order, or not there")
        details = field.read_details(int(places[0]), int(places[-1]))
        if details.frequencies is not None:
            sums = np.add.reduceat(details.frequencies, places[:-1] - places[0], dtype=np.int64)
            if not np.array_equal(sums, np.diff(occurrences[first : last + 1])):
                raise damaged(file.name, f"{name}/frequencies", "do not add up to the occurrences of their terms")
        first = last


def _check_forms(field: FormArrays) -> None:
    stems, codes = field.all_entries()
    nameless_stems, nameless_codes = field.nameless_entries()
    loose = field.loose.term_count if field.loose is not None else 0
    if len(stems) and int(stems.max()) >= field.stems.term_count + loose:
        raise damaged("field", f"{field.name}/stems", "names a stem that is not there")
    stems, codes = np.concatenate([stems, nameless_stems]), np.concatenate([codes, nameless_codes])
    spellings = np.bincount(stems, minlength=field.stems.term_count)
    highest = np.zeros(len(spellings), np.int64)
    np.maximum.at(highest, stems, codes.astype(np.int64) + 1)
    if not np.array_equal(spellings, highest):
        raise damaged("field", f"{field.name}/codes", "do not number the spellings of a stem")
    ends = field.stems.occurrence_starts().astype(np.int64)
    first = 0
    while first < field.stems.term_count:
        last = max(int(np.searchsorted(ends, ends[first] + _POSTINGS_AT_ONCE)), first + 1)
        last = min(last, field.stems.term_count)
        used = field.stems.read_forms(int(ends[first]), int(ends[last]))
        if (used >= np.repeat(spellings[first:last], np.diff(ends[first : last + 1]))).any():
            raise damaged("field", f"{field.stems.name}/forms", "names a spelling that is not there")
        first = last


def _column_check(arrays: SegmentArrays, name: str) -> Callable[[], None]:
    def check() -> None:
        column = arrays.column(name)
        held = getattr(column, "values", None) if column is not None else None
        if column is not None and held is None and sorted(column.dictionary) != column.dictionary:  # type: ignore[union-attr]
            raise damaged(arrays.documents_file.name, f"{name}/column/values", "are not in order")
        if column is not None and held is None and len(column.ordinals) != arrays.article_count:  # type: ignore[union-attr]
            raise damaged(arrays.documents_file.name, f"{name}/column", "has another number of articles")

    return check


def _length_check(arrays: SegmentArrays, name: str) -> Callable[[], None]:
    def check() -> None:
        codes = arrays.lengths(name).codes
        if codes is None or len(codes) != arrays.article_count:
            raise damaged(arrays.documents_file.name, f"{name}/lengths", "are of another number of articles")

    return check


def _check_stored(arrays: SegmentArrays) -> None:
    if sum(1 for _ in arrays.stored_reader) != arrays.article_count:
        raise damaged(arrays.documents_file.name, "stored", "has another number of articles")
