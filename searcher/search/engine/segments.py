"""One segment of an index as arrays: the same few questions to any codec.

`Segment` says what execution asks. `WalkedSegment` answers from any Whoosh reader, by walking its matchers once and
keeping what it saw; `searcher.search.engine.arrays` answers from our own codec, whose files hold the arrays as such.
Articles are numbered within their segment; deleted ones may appear in postings and are taken out at the end.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np

from searcher.search.engine.matches import indices_of, union
from searcher.search.engine.places import POSITION_BITS, UNPLACED, Placed
from searcher.store.codec.lengths import length_codes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from searcher.search.engine.matches import Articles

ABSENT = 2**31 - 1
"""What a column of days holds for an article without the date, and what stands for a column that is not there."""


FEW = 1 << 13
"""So many articles' dates are read alone, as long as nobody has needed all of them."""

OFTEN = 12
"""Who asks for a few more often than this is given all."""


class Postings(NamedTuple):
    """The articles that have a term, ascending, and how often each has it (int32 or float32)."""

    articles: Articles
    frequencies: NDArray[Any]


class Values(NamedTuple):
    """The values of one field, article by article: those of article i are `terms[starts[i]:starts[i + 1]]`.

    Attributes:
        terms: numbers into `names`.
        names: the distinct values.
    """

    starts: NDArray[np.int64]
    terms: NDArray[np.int32]
    names: Sequence[str]


class Part(Protocol):
    """What the evaluation of words and filters asks of a segment, or of all segments as one.

    Attributes:
        base: the number of its first article in the whole index.
        size: how many articles it has, deleted ones included.
    """

    base: int
    size: int

    @property
    def live(self) -> NDArray[np.bool_] | None:
        """Which articles are not deleted; None: all."""
        ...

    def count(self, field: str, term: bytes) -> int:
        """Give the number of articles that have a term, deleted ones included; cheap."""
        ...

    def postings(self, field: str, term: bytes) -> Postings | None:
        """Give the articles that have a term; None: none has."""
        ...

    def article_counts(self, field: str, terms: Sequence[bytes]) -> NDArray[np.int64]:
        """Give the number of articles that have each of some terms, deleted ones included."""
        ...

    def frequencies(self, field: str, terms: Sequence[bytes]) -> list[Postings]:
        """Give the postings of some terms of one field, or fewer lists with frequencies of several added up."""
        ...

    def having_any(self, field: str, terms: frozenset[bytes]) -> Articles:
        """Give the articles that have any of some terms."""
        ...

    def place_counts(self, field: str, terms: Sequence[bytes]) -> NDArray[np.int64]:
        """Tell how often each of some terms occurs; cheap."""
        ...

    def placed(self, field: str, term: bytes, articles: Articles | None = None) -> Placed:
        """Tell where a term stands; only in `articles` (ascending), where given."""
        ...

    def length_codes(self, field: str) -> NDArray[np.uint8]:
        """Give the number of words in a field of every article, as a number into `LENGTHS`."""
        ...

    def numbers(self, field: str) -> NDArray[np.int64]:
        """Give a numeric field's value of every article; the field's default where it has none."""
        ...

    def some_numbers(self, field: str, articles: Articles) -> NDArray[np.int64]:
        """Give the same of some articles, reading little else."""
        ...

    def values(self, field: str) -> Values:
        """Give the terms of an unanalysed field, article by article."""
        ...

    def names(self, field: str) -> tuple[NDArray[np.int32], Sequence[str]]:
        """Give every article's value of a column of text, as a number into the distinct values; absent is ''."""
        ...


class Segment(Part, Protocol):
    """What else is asked of one segment."""

    def number(self, field: str, article: int) -> int:
        """Give a numeric field's value of one article, reading no more than that where the codec allows."""
        ...

    def lexicon(self, field: str) -> list[bytes]:
        """List the terms of a field in byte order."""
        ...

    def term_bytes(self, field: str) -> tuple[NDArray[np.uint8], NDArray[Any]]:
        """Give the terms of a field in byte order, run together, and where each begins and the last one ends."""
        ...

    def counts(self, field: str) -> NDArray[np.int64]:
        """Tell how often each term of a field occurs, in order of the terms."""
        ...

    def id_ranks(self, articles: Articles) -> NDArray[np.int64]:
        """Give numbers that order articles of this segment by id."""
        ...

    def id(self, article: int) -> str:
        """Give the id of an article."""
        ...


class WalkedSegment:
    """A segment of any codec, read through Whoosh's own matchers."""

    def __init__(self, reader: Any, base: int) -> None:
        self._reader = reader
        self.base = base
        self.size: int = reader.doc_count_all()
        self._postings: dict[tuple[str, bytes], Postings | None] = {}
        self._places: dict[tuple[str, bytes], Placed] = {}
        self._lengths: dict[str, NDArray[np.uint8]] = {}
        self._numbers: dict[str, NDArray[np.int64]] = {}
        self._values: dict[str, Values] = {}
        self._names: dict[str, tuple[NDArray[np.int32], Sequence[str]]] = {}
        self._ranks: NDArray[np.int64] | None = None
        self._lexicons: dict[str, list[bytes]] = {}

    @cached_property
    def live(self) -> NDArray[np.bool_] | None:
        """Which articles are not deleted; None: all."""
        if not self._reader.has_deletions():
            return None
        return np.fromiter((not self._reader.is_deleted(n) for n in range(self.size)), dtype=bool, count=self.size)

    def count(self, field: str, term: bytes) -> int:
        """Give the number of articles that have a term."""
        if (field, term) not in self._reader:
            return 0
        return int(self._reader.doc_frequency(field, term))

    def postings(self, field: str, term: bytes) -> Postings | None:
        """Walk a term's matcher once."""
        key = (field, term)
        if key not in self._postings:
            self._postings[key] = self._walk(field, term)
        return self._postings[key]

    def _walk(self, field: str, term: bytes) -> Postings | None:
        if (field, term) not in self._reader:
            return None
        matcher = self._reader.postings(field, term)
        articles: list[int] = []
        frequencies: list[float] = []
        while matcher.is_active():
            articles.append(matcher.id())
            frequencies.append(matcher.weight())
            matcher.next()
        return Postings(np.array(articles, np.int32), np.array(frequencies, np.float32))

    def article_counts(self, field: str, terms: Sequence[bytes]) -> NDArray[np.int64]:
        """Ask for every term."""
        return np.array([self.count(field, term) for term in terms], np.int64)

    def frequencies(self, field: str, terms: Sequence[bytes]) -> list[Postings]:
        """Walk every term's postings."""
        return [postings for term in terms if (postings := self.postings(field, term)) is not None]

    def having_any(self, field: str, terms: frozenset[bytes]) -> Articles:
        """Walk every term's postings."""
        found = [postings.articles for term in terms if (postings := self.postings(field, term)) is not None]
        return union(found, self.size)

    def placed(self, field: str, term: bytes, articles: Articles | None = None) -> Placed:
        """Walk a term's positions once."""
        key = (field, term)
        if key not in self._places:
            self._places[key] = self._walk_places(field, term)
        placed = self._places[key]
        return placed if articles is None else placed.of_rows(indices_of(articles, placed.articles, self.size))

    def _walk_places(self, field: str, term: bytes) -> Placed:
        if (field, term) not in self._reader:
            return UNPLACED
        matcher = self._reader.postings(field, term)
        places: list[int] = []
        while matcher.is_active():
            article = matcher.id() << POSITION_BITS
            places.extend(article | position for position in matcher.value_as("positions"))
            matcher.next()
        return Placed.of(np.array(places, np.int64))

    def place_counts(self, field: str, terms: Sequence[bytes]) -> NDArray[np.int64]:
        """Ask the lexicon."""
        known = self._reader
        return np.array([known.frequency(field, term) if (field, term) in known else 0 for term in terms], np.int64)

    def length_codes(self, field: str) -> NDArray[np.uint8]:
        """Ask for every article's length once."""
        if field not in self._lengths:
            length = self._reader.doc_field_length
            self._lengths[field] = length_codes(np.array([length(n, field) or 0 for n in range(self.size)]))
        return self._lengths[field]

    def some_numbers(self, field: str, articles: Articles) -> NDArray[np.int64]:
        """Take them out of all."""
        return self.numbers(field)[articles]

    def numbers(self, field: str) -> NDArray[np.int64]:
        """Read a column once."""
        if field not in self._numbers:
            if self._reader.has_column(field):
                column = self._reader.column_reader(field)
                values = [column[n] for n in range(self.size)]
            else:
                values = [ABSENT] * self.size
            self._numbers[field] = np.array(values, np.int64)
        return self._numbers[field]

    def number(self, field: str, article: int) -> int:
        """Read the column."""
        return int(self.numbers(field)[article])

    def values(self, field: str) -> Values:
        """Turn a field's postings around once."""
        if field not in self._values:
            names = self.lexicon(field)
            articles, terms = [np.empty(0, np.int32)], [np.empty(0, np.int32)]
            for number, name in enumerate(names):
                posting = self.postings(field, name)
                if posting is not None:
                    articles.append(posting.articles)
                    terms.append(np.full(len(posting.articles), number, np.int32))
            owner, term = np.concatenate(articles), np.concatenate(terms)
            order = np.argsort(owner, kind="stable")
            starts = np.searchsorted(owner[order], np.arange(self.size + 1)).astype(np.int64)
            self._values[field] = Values(starts, term[order], [name.decode("utf-8", "replace") for name in names])
        return self._values[field]

    def names(self, field: str) -> tuple[NDArray[np.int32], Sequence[str]]:
        """Read a column once."""
        if field not in self._names:
            numbers: dict[str, int] = {}
            column = self._reader.column_reader(field, translate=False) if self._reader.has_column(field) else None
            values = [column[n].decode("utf-8", "replace") if column else "" for n in range(self.size)]
            ordinals = np.array([numbers.setdefault(value, len(numbers)) for value in values], np.int32)
            self._names[field] = ordinals, list(numbers)
        return self._names[field]

    def lexicon(self, field: str) -> list[bytes]:
        """List a field's terms once."""
        if field not in self._lexicons:
            known = field in self._reader.schema and field in set(self._reader.indexed_field_names())
            self._lexicons[field] = list(self._reader.lexicon(field)) if known else []
        return self._lexicons[field]

    def term_bytes(self, field: str) -> tuple[NDArray[np.uint8], NDArray[Any]]:
        """Join the terms."""
        terms = self.lexicon(field)
        return np.frombuffer(b"".join(terms), np.uint8), np.cumsum([0, *map(len, terms)])

    def counts(self, field: str) -> NDArray[np.int64]:
        """Ask for every term."""
        frequency = self._reader.frequency
        return np.array([frequency(field, term) for term in self.lexicon(field)], np.int64)

    def id_ranks(self, articles: Articles) -> NDArray[np.int64]:
        """Rank the ids once."""
        if self._ranks is None:
            ids = list(map(self.id, range(self.size)))
            self._ranks = np.empty(self.size, np.int64)
            self._ranks[np.argsort(np.array(ids))] = np.arange(self.size)
        return self._ranks[articles]

    def id(self, article: int) -> str:
        """Read the stored one."""
        name: str = self._reader.stored_fields(article)["id"]
        return name
