"""A segment of our own codec: its files hold what execution asks for as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.fields import NUMERIC

from searcher.search.engine.impacts import Kept
from searcher.search.engine.matches import add_up, indices_of, marked
from searcher.search.engine.places import UNPLACED, Placed, first_places, placed_at
from searcher.search.engine.segments import ABSENT, Postings, Values
from searcher.search.engine.spellings import Asked, Spellings, count_spelled
from searcher.store.codec.arrays import SegmentArrays
from searcher.store.codec.forms import FormArrays
from searcher.store.codec.term_postings import Stretch, TermPostings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from whoosh.fields import Schema

    from searcher.search.engine.matches import Articles

FEW = 8
"""So many terms are worth being decoded one by one."""

NEIGHBOURS = 24
"""Of terms that lie so many times their number apart in the lexicon, all between them are read."""

_SPELLED_BYTES = 32 << 20
_FOUND_KEPT = 1024


class ArrayedSegment:
    """A segment of `searcher.store.codec`.

    Attributes:
        places: keeps the places of words, for all segments of an index together.
    """

    def __init__(self, arrays: SegmentArrays, schema: Schema, base: int, places: Kept[Placed]) -> None:
        self._arrays = arrays
        self._schema = schema
        self.base = base
        self.size = arrays.article_count
        self._numbers: dict[str, NDArray[np.int64]] = {}
        self._names: dict[str, tuple[NDArray[np.int32], Sequence[str]]] = {}
        self._values: dict[str, Values] = {}
        self.places = places
        self._spellings: dict[str, Spellings] = {}
        self._found: dict[str, dict[bytes, int]] = {}
        self._kept: Kept[Postings] = Kept(_SPELLED_BYTES, lambda kept: 256 + 8 * len(kept.articles))

    @classmethod
    def of(cls, reader: Any, base: int, places: Kept[Placed]) -> ArrayedSegment | None:
        """Give the segment behind a Whoosh reader; None where it is of another codec."""
        if reader.segment() is None:
            return None
        arrays = SegmentArrays.of(reader)
        return None if arrays is None else cls(arrays, reader.schema, base, places)

    @property
    def live(self) -> NDArray[np.bool_] | None:
        """Which articles are not deleted; None: all."""
        return self._arrays.live

    def _found_of(self, field: str) -> dict[bytes, int]:
        found = self._found.get(field)
        if found is None or len(found) > _FOUND_KEPT:
            found = self._found[field] = {}  # not cleared: other threads may be reading it
        return found

    def _find(self, field: str, term: bytes) -> int:
        found = self._found_of(field)
        number = found.get(term)
        if number is None:
            arrays = self._arrays.field(field)
            number = found[term] = -1 if arrays is None else arrays.find(term)
        return number

    def _find_all(self, field: str, terms: Sequence[bytes]) -> NDArray[np.int64]:
        """Give the numbers of many terms, -1 where there is none: neighbours are found in one go."""
        found = self._found_of(field)
        new = [term for term in terms if term not in found]
        arrays = self._arrays.field(field)
        if arrays is not None and new:
            low, high = arrays.span(min(new), max(new) + b"\0")
            if high - low <= NEIGHBOURS * len(new):
                known = dict(zip(arrays.terms(low, high), range(low, high), strict=True))
                found.update({term: known.get(term, -1) for term in new})
            else:
                found.update({term: arrays.find(term) for term in new})
        return np.fromiter(map(found.__getitem__, terms), np.int64, len(terms))

    def _find_there(self, field: str, terms: Sequence[bytes]) -> NDArray[np.int64]:
        """Give the numbers of those of many terms that are there, ascending."""
        numbers = self._find_all(field, terms)
        numbers = numbers[numbers >= 0]
        numbers.sort()
        return numbers

    def is_plain(self, field: str) -> bool:
        """Tell whether the postings of a field stand in the file as they are, with frequencies, or there are none."""
        arrays = self._arrays.field(field)
        return arrays is None or (
            not isinstance(arrays, FormArrays) and arrays.kind.frequencies and not arrays.has_weights
        )

    def stretch(self, field: str, term: bytes) -> Stretch | None:
        """Tell where the postings of a term stand; None: no article has it."""
        arrays = self._arrays.field(field)
        number = -1 if arrays is None else self._find(field, term)
        return None if number < 0 or arrays is None else Stretch.of(arrays, number, self.base)

    def count(self, field: str, term: bytes) -> int:
        """Read it from the lexicon."""
        number = self._find(field, term)
        arrays = self._arrays.field(field)
        if number < 0 or arrays is None:
            return 0
        if isinstance(arrays, FormArrays):
            return len(self._spelled(field, arrays, number).articles)
        return int(arrays.article_frequencies(number, number + 1)[0])

    def postings(self, field: str, term: bytes) -> Postings | None:
        """Decode them, or take those kept."""
        number = self._find(field, term)
        arrays = self._arrays.field(field)
        if number < 0 or arrays is None:
            return None
        if isinstance(arrays, FormArrays):
            return self._spelled(field, arrays, number)
        found = arrays.postings(number)
        return Postings(found.articles, found.weights if arrays.has_weights else found.frequencies)

    def _spelled(self, field: str, arrays: FormArrays, number: int) -> Postings:
        """Give the postings of one spelling, or take those kept."""

        def read() -> Postings:
            return self._counted(Asked(self._spellings_of(field, arrays), np.array([number]), 0))

        return self._kept.get((field, number), read)

    def _counted(self, asked: Asked) -> Postings:
        return self._added_up(*map(np.concatenate, zip(*count_spelled([asked]), strict=True)))

    def _added_up(self, articles: Articles, frequencies: NDArray[np.int32]) -> Postings:
        """Put the postings of several terms together."""
        if (articles[1:] > articles[:-1]).all():
            return Postings(articles, frequencies)
        return Postings(*add_up(articles, frequencies, self.size))

    def article_counts(self, field: str, terms: Sequence[bytes]) -> NDArray[np.int64]:
        """Read the lexicon."""
        return np.array([self.count(field, term) for term in terms], np.int64)

    def frequencies(self, field: str, terms: Sequence[bytes]) -> list[Postings]:
        """Decode few one by one, to keep them, and many in one go."""
        if len(terms) <= FEW:
            return [postings for term in terms if (postings := self.postings(field, term)) is not None]
        arrays = self._arrays.field(field)
        numbers = np.empty(0, np.int64) if arrays is None else self._find_there(field, terms)
        if arrays is None or not len(numbers):
            return []
        spellings = self.spelled(field)
        if spellings is not None:
            return [self._counted(Asked(spellings, numbers, 0))]
        articles, _, frequencies = arrays.postings_of(numbers)
        return [self._added_up(articles, frequencies)]

    def spelled(self, field: str) -> Spellings | None:
        """Give the spellings of a field that has such; None: it has none, or their postings stand there as they are."""
        arrays = self._arrays.field(field)
        return self._spellings_of(field, arrays) if isinstance(arrays, FormArrays) else None

    def _spellings_of(self, field: str, arrays: FormArrays) -> Spellings:
        if field not in self._spellings:
            self._spellings[field] = Spellings(arrays)
        return self._spellings[field]

    def having_any(self, field: str, terms: frozenset[bytes]) -> Articles:
        """Decode one term's postings, to keep them, and all of several in one go."""
        if len(terms) == 1:
            postings = self.postings(field, *terms)
            return np.empty(0, np.int32) if postings is None else postings.articles
        arrays = self._arrays.field(field)
        if arrays is None:
            return np.empty(0, np.int32)
        numbers = self._find_there(field, tuple(terms))
        return marked([arrays.postings_of(numbers)[0]], self.size).nonzero()[0].astype(np.int32)

    def placed(self, field: str, term: bytes, articles: Articles | None = None) -> Placed:
        """Decode the positions of the postings asked for; keep those of a spelling, which others are decoded for."""
        number = self._find(field, term)
        arrays = self._arrays.field(field)
        if number < 0 or arrays is None:
            return UNPLACED
        if isinstance(arrays, FormArrays):
            kept = self.places.get((self.base, field, term), lambda: _placed(arrays.postings(number)))
            return kept if articles is None else kept.of_rows(indices_of(articles, kept.articles, self.size))
        found = TermPostings([Stretch.of(arrays, number, 0)]).load()
        rows = np.arange(found.count) if articles is None else indices_of(articles, found.articles, self.size)
        return placed_at(found, rows)

    def is_spelled(self, field: str) -> bool:
        """Tell whether the postings of a field, if it has any, are parts of those of stems."""
        arrays = self._arrays.field(field)
        return arrays is None or isinstance(arrays, FormArrays)

    def stems_of(self, field: str, term: bytes) -> list[tuple[str, bytes, int]] | None:
        """Give field, stem and code there of each stem of a spelling; None: it stands in places of its own."""
        arrays = self._arrays.field(field)
        number = self._find(field, term)
        if number < 0 or not isinstance(arrays, FormArrays):
            return []
        stems = arrays.stems
        entries = arrays.entries(number)
        if any(stem >= stems.term_count for stem, _ in entries):
            return None
        return [(stems.name, stems.term(stem), code) for stem, code in entries]

    def place_counts(self, field: str, terms: Sequence[bytes]) -> NDArray[np.int64]:
        """Read the lexicon."""
        arrays = self._arrays.field(field)
        counts = np.zeros(len(terms), np.int64)
        if arrays is None:
            return counts
        numbers = self._find_all(field, terms)
        found = numbers >= 0
        if found.any():
            low, high = int(numbers[found].min()), int(numbers.max()) + 1
            counts[found] = arrays.total_frequencies(low, high)[numbers[found] - low]
        return counts

    def length_codes(self, field: str) -> NDArray[np.uint8]:
        """Take them as they are kept."""
        arrays = self._arrays.field(field)
        codes = None if arrays is None else arrays.length_codes
        return np.zeros(self.size, np.uint8) if codes is None else codes

    def some_numbers(self, field: str, articles: Articles) -> NDArray[np.int64]:
        """Read them where they stand in the column."""
        column: Any = self._arrays.column(field)
        if column is None:
            return np.full(len(articles), ABSENT, np.int64)
        numbers: NDArray[np.int64] = self._meant(field, column.some(articles))
        return numbers

    def numbers(self, field: str) -> NDArray[np.int64]:
        """Read a column."""
        if field not in self._numbers:
            column: Any = self._arrays.column(field)
            if column is None:
                self._numbers[field] = np.full(self.size, ABSENT, np.int64)
            else:
                self._numbers[field] = self._meant(field, column.values)
        return self._numbers[field]

    def number(self, field: str, article: int) -> int:
        """Read one number of a column."""
        if field in self._numbers:
            return int(self._numbers[field][article])
        column: Any = self._arrays.column(field)
        return ABSENT if column is None else int(self._meant(field, np.array(column.value(article))))

    def _meant(self, field: str, kept: Any) -> Any:
        """Give numbers out of the form in which Whoosh keeps those of indexed fields."""
        values = kept.astype(np.int64)
        kind = self._schema[field]
        return kind.from_column_value(values) if isinstance(kind, NUMERIC) else values

    def values(self, field: str) -> Values:
        """Turn the postings around once."""
        if field not in self._values:
            starts, terms = self._arrays.values_of(field)
            names = [name.decode("utf-8", "replace") for name in self.lexicon(field)]
            self._values[field] = Values(starts, terms, names)
        return self._values[field]

    def names(self, field: str) -> tuple[NDArray[np.int32], Sequence[str]]:
        """Read a column of text."""
        if field not in self._names:
            column: Any = self._arrays.column(field)
            if column is None:
                self._names[field] = np.zeros(self.size, np.int32), [""]
            else:
                names = [name.decode("utf-8", "replace") for name in column.dictionary]
                self._names[field] = np.asarray(column.ordinals, np.int32), names
        return self._names[field]

    def lexicon(self, field: str) -> list[bytes]:
        """Decode a field's terms."""
        arrays = self._arrays.field(field)
        return [] if arrays is None else arrays.terms()

    def term_bytes(self, field: str) -> tuple[NDArray[np.uint8], NDArray[Any]]:
        """View the file."""
        arrays = self._arrays.field(field)
        return (np.empty(0, np.uint8), np.zeros(1, np.int64)) if arrays is None else arrays.lexicon.arrays()

    def counts(self, field: str) -> NDArray[np.int64]:
        """Slice an array."""
        arrays = self._arrays.field(field)
        return np.empty(0, np.int64) if arrays is None else arrays.total_frequencies()

    def id_ranks(self, articles: Articles) -> NDArray[np.int64]:
        """Take the numbers of the ids in the column's sorted dictionary."""
        column: Any = self._arrays.column("id")
        return np.asarray(column.ordinals[articles], np.int64)

    def id(self, article: int) -> str:
        """Look it up in the column."""
        column: Any = self._arrays.column("id")
        name: str = column.value(article).decode()
        return name


def _placed(postings: Any) -> Placed:
    starts, positions = postings.positions
    places = first_places(postings.articles).repeat(np.diff(starts))
    places += positions
    return Placed(postings.articles, starts[1:], places)
