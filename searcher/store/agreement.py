"""Are the terms and values of a segment texts and days, and do a field's terms and its column agree?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.errors import SearcherError
from searcher.model import Damage
from searcher.store.codec.columns import BytesColumn, NumberColumn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from whoosh.fields import FieldType, Schema

    from searcher.store.codec import SegmentArrays

_DAYS = {"first_day", "last_day", "floor_day"}

#: Fields of which each article's term is also its value in the column.
_SAID_TWICE = {"id", "file", "language", *_DAYS}


def disagreements(arrays: SegmentArrays, schema: Schema, name: str) -> Iterator[Damage]:
    """Yield what is wrong with the values of a segment of articles; `name` is what to call it."""
    for field, kind in schema.items():
        try:
            reason = _wrong(arrays, field, kind)
        except Exception as error:  # noqa: BLE001 - what a damaged file holds raises nearly anything
            reason = reason_of(error)
        if reason:
            yield Damage(f"{name}: {field}", reason)


def _wrong(arrays: SegmentArrays, name: str, kind: FieldType) -> str:
    field, column = arrays.field(name), arrays.column(name)
    if name not in _SAID_TWICE:
        if field is not None and not _are_texts(*field.lexicon.arrays()):
            return "holds terms that are no text"
        terms = []
    else:
        terms = [kind.from_bytes(term) for term in field.terms()] if field is not None else []
    if name in _DAYS and not all(0 < day <= date.max.toordinal() for day in terms):
        return "holds days that are in no calendar"
    if isinstance(column, BytesColumn):
        for value in column.dictionary:
            value.decode("utf-8")
    if name in _SAID_TWICE and column is not None:
        held, default, values = _column(column, kind, terms)
        said = np.full(arrays.article_count, default, held.dtype)
        if field is not None:
            articles, which, _ = field.postings_of(range(field.term_count))
            said[articles] = values[which]
        if not np.array_equal(said, held):
            return "its terms and its column say different things"
    return ""


def _are_texts(blob: NDArray[np.uint8], starts: NDArray[Any]) -> bool:
    """Tell whether bytes are UTF-8 and each piece of them begins with a character."""
    blob.tobytes().decode("utf-8")
    firsts = blob[starts[:-1][starts[:-1] < starts[1:]]]
    return not ((firsts & 0xC0) == 0x80).any()


def _column(column: NumberColumn | BytesColumn, kind: FieldType, terms: list[Any]) -> tuple[NDArray[Any], int, Any]:
    """Give what a column holds, in numbers: of each article, of one without a value, of one that has each term."""
    default, values = kind.column_type.default_value(), [kind.to_column_value(term) for term in terms]
    if isinstance(column, NumberColumn):
        return column.values, default, np.array(values, column.values.dtype)
    ordinals = {value: ordinal for ordinal, value in enumerate(column.dictionary)}
    return column.ordinals, ordinals[default], np.array([ordinals[value] for value in values], column.ordinals.dtype)


def reason_of(error: Exception) -> str:
    """Say in a line what reading a damaged part raised."""
    reason = error.message if isinstance(error, SearcherError) else f"{type(error).__name__}: {error}"
    return " ".join(reason.split())[:200]
