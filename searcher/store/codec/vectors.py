"""Term vectors: for one article the terms of a field, which Whoosh writes where a field asks for them.

Sections of a field `f`, an item a term of an article: `f/vectors/starts` (where each article's begin, and where the
last one's end), `f/vectors/terms` and `f/vectors/terms/starts`, `f/vectors/weights`, and the posting's details, not
packed, with `f/vectors/details` saying where each item's begin.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.matching import ListMatcher

from searcher.store.codec.kinds import BY_NAME, Details, Kind, kind_of, put_together, rows_of, settle
from searcher.store.codec.lexicon import joined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from searcher.store.codec.sections import SectionFile
    from searcher.store.codec.sections_writer import SectionWriter

_COLUMNS = ("positions", "first", "last", "boosts")


class VectorWriter:
    """Collects the vectors of one field."""

    def __init__(self, format_: Any) -> None:
        self._format = format_
        self._articles: list[int] = []
        self._terms: list[bytes] = []
        self._weights: list[float] = []
        self._values: list[bytes] = []

    def add(self, article: int, items: Iterable[tuple[Any, float, bytes]]) -> None:
        """Add the (term, weight, value) triples of an article."""
        for term, weight, value in items:
            self._articles.append(article)
            self._terms.append(term if isinstance(term, bytes) else term.encode("utf-8", "surrogatepass"))
            self._weights.append(weight)
            self._values.append(value)

    def finish(self, file: SectionWriter, field: str, count: int) -> dict[str, Any]:
        """Write the sections of `field`, of `count` articles in all; give the facts to be kept about it."""
        kind, details = settle(kind_of(self._format), self._format, self._values)
        starts = np.zeros(count + 1, np.int64)
        np.cumsum(np.bincount(self._articles, minlength=count), out=starts[1:])
        blob, term_starts = joined(self._terms)
        file.add(f"{field}/vectors/starts", starts)
        file.add(f"{field}/vectors/terms", np.frombuffer(blob, np.uint8))
        file.add(f"{field}/vectors/terms/starts", term_starts)
        file.add(f"{field}/vectors/weights", np.array(self._weights, np.float32))
        if details.frequencies is not None:
            ends = np.cumsum(details.frequencies, dtype=np.int64)
            file.add(f"{field}/vectors/details", np.concatenate([np.zeros(1, np.int64), ends]))
        for name in _COLUMNS:
            if (column := getattr(details, name)) is not None:
                file.add(f"{field}/vectors/{name}", column)
        if details.values is not None:
            blob, value_starts = joined(details.values)
            file.add(f"{field}/vectors/values", np.frombuffer(blob, np.uint8))
            file.add(f"{field}/vectors/values/starts", value_starts)
        return {"kind": kind.name}


def read_vector(file: SectionFile, field: str, article: int, format_: Any) -> ListMatcher:
    """Give a matcher over the terms of an article, the texts of terms as its ids."""
    items = vector_items(file, field, article, format_)
    if not items:
        raise KeyError(f"article {article} has no vector of {field}")
    terms, weights, values = map(list, zip(*items, strict=True))
    return ListMatcher(terms, weights, values, format_)


def vector_items(file: SectionFile, field: str, article: int, format_: Any) -> list[tuple[str, float, bytes]]:
    """Give the (term, weight, value) triples of an article."""
    start, stop = file.array(f"{field}/vectors/starts", article, article + 2).tolist()
    term_starts = file.array(f"{field}/vectors/terms/starts", start, stop + 1).tolist()
    blob = file.bytes(f"{field}/vectors/terms", term_starts[0], term_starts[-1])
    base = term_starts[0]
    terms = [blob[one - base : two - base].decode("utf-8", "surrogatepass") for one, two in pairwise(term_starts)]
    weights = file.array(f"{field}/vectors/weights", start, stop).tolist()
    return list(zip(terms, weights, _values(file, field, start, stop, format_), strict=True))


def _values(file: SectionFile, field: str, start: int, stop: int, format_: Any) -> list[bytes]:
    kind: Kind = BY_NAME[file.facts["vectors"][field]["kind"]]
    name = f"{field}/vectors/"
    if kind.opaque:
        starts = file.array(f"{name}values/starts", start, stop + 1).tolist()
        return [file.bytes(f"{name}values", one, two) for one, two in pairwise(starts)]
    if not kind.frequencies:
        return [b""] * (stop - start)
    starts = file.array(f"{name}details", start, stop + 1).tolist()
    first = starts[0]
    details = Details()
    for column in _COLUMNS:
        if name + column in file:
            setattr(details, column, file.array(name + column, first, starts[-1]))
    return [
        put_together(
            kind, format_, two - one, rows_of(kind, details, one - first, two - first) if kind.positions else []
        )
        for one, two in pairwise(starts)
    ]
