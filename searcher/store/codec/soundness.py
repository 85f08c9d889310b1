"""Is a segment sound? Reads every byte of it, checks every checksum, and that its parts agree with each other."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.errors import IndexDamagedError
from searcher.model import Damage
from searcher.store.codec.columns import BytesColumn, NumberColumn
from searcher.store.codec.forms import FormArrays
from searcher.store.codec.lexicon import GROUP
from searcher.store.codec.postings_soundness import check_postings, spans
from searcher.store.codec.sections import damaged
from searcher.store.codec.segment import DOCUMENTS, TERMS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from searcher.store.codec.arrays import SegmentArrays
    from searcher.store.codec.segment import ArraySegment

_COLUMN_KINDS = {"numbers", "bytes", "whoosh"}


def verify(storage: Any, segment: ArraySegment, *, stored: bool = True) -> Iterator[Damage]:
    """Yield what is wrong with a segment; nothing when it is sound.

    Args:
        storage: the Whoosh storage that holds its files.
        segment: as the table of contents has it.
        stored: whether the stored fields of all articles are inflated, too.
    """
    arrays = segment.arrays(storage)
    closed = list(_closed(arrays, segment))
    yield from closed
    if closed:
        return
    files = [arrays.terms_file, arrays.documents_file]
    torn = [found for file in files for found in file.check_all()]
    for found in torn:
        yield Damage(*found.message.rsplit(": ", 1))
    if torn:
        return  # What torn pages hold agrees with nothing, and saying so would bury the cause.
    checks: list[tuple[str, Callable[[], None]]] = [
        *((f"{files[0].name}: {name}", _field_check(arrays, name)) for name in arrays.fields),
        *((f"{files[1].name}: {name}", _column_check(arrays, name)) for name in arrays.columns),
        *((f"{files[1].name}: {name}", _length_check(arrays, name)) for name in arrays.length_fields),
    ]
    if stored:
        checks.append((f"{files[1].name}: stored", lambda: _check_stored(arrays)))
    for part, check in checks:
        try:
            check()
        except IndexDamagedError as error:
            yield Damage(*error.message.rsplit(": ", 1))
        except (ArithmeticError, AssertionError, LookupError, MemoryError, TypeError, ValueError) as error:
            yield Damage(part, f"cannot be read: {error}")


def _closed(arrays: SegmentArrays, segment: ArraySegment) -> Iterator[Damage]:
    """Yield which files cannot be opened."""
    for extension in (TERMS, DOCUMENTS):
        try:
            _ = arrays.terms_file if extension == TERMS else arrays.documents_file
        except (OSError, NameError) as error:
            yield Damage(str(segment.make_filename(extension)), f"cannot be opened: {error}")
        except IndexDamagedError as error:
            yield Damage(*error.message.rsplit(": ", 1))


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
            if any(field.find(terms[number]) != number for number in range(0, len(terms), GROUP)):
                raise damaged(arrays.terms_file.name, f"{name}/terms/fence", "does not lead to its terms")
            check_postings(arrays, field)

    return check


def _check_forms(field: FormArrays) -> None:
    stems, codes = field.all_entries()
    nameless_stems, nameless_codes = field.nameless_entries()
    stems, codes = np.concatenate([stems, nameless_stems]), np.concatenate([codes, nameless_codes])
    _ = field.entry_starts()  # which raises
    spellings = np.bincount(stems, minlength=field.stems.term_count)
    highest = np.zeros(len(spellings), np.int64)
    np.maximum.at(highest, stems, codes.astype(np.int64) + 1)
    if not np.array_equal(spellings, highest):
        raise damaged("field", f"{field.name}/codes", "do not number the spellings of a stem")
    ends = field.stems.occurrence_starts().astype(np.int64)
    for first, last in spans(ends):
        used = field.stems.read_forms(int(ends[first]), int(ends[last]))
        if (used >= np.repeat(spellings[first:last], np.diff(ends[first : last + 1]))).any():
            raise damaged("field", f"{field.stems.name}/forms", "names a spelling that is not there")


def _column_check(arrays: SegmentArrays, name: str) -> Callable[[], None]:
    def check() -> None:
        part = f"{name}/column"
        if str(arrays.columns[name]) not in _COLUMN_KINDS:
            raise damaged(arrays.documents_file.name, part, "is of no known kind")
        match arrays.column(name):
            case NumberColumn() as numbers:
                _ = numbers.values
            case BytesColumn() as strings:
                _ = strings.ordinals
                if any(one >= two for one, two in pairwise(strings.dictionary)):
                    raise damaged(arrays.documents_file.name, f"{part}/values", "are not in order")

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
