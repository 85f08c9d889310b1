"""Reads the postings of one field as arrays: a term's articles, frequencies and positions, decoded when asked for."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from searcher.store.codec.kinds import BY_NAME, Details
from searcher.store.codec.lengths import LENGTHS, FieldLengths
from searcher.store.codec.lexicon import Lexicon
from searcher.store.codec.packed import Packed
from searcher.store.codec.packing import BLOCK
from searcher.store.codec.sections import damaged

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from searcher.errors import IndexDamagedError
    from searcher.store.codec.kinds import Kind
    from searcher.store.codec.sections import Section, SectionFile

_HIGHEST = 255
_LENGTHS = LENGTHS.astype(np.float32)


class BlockBounds(NamedTuple):
    """Bounds of neighbouring blocks of 128 postings, for skipping.

    Attributes:
        highest: uint8, the highest frequency; 255 stands for any above.
        shortest: uint8, the lowest length code; zeros where the field is not scored.
        densest: float32, the highest `frequency / (average + length)`; None before format version 2.
    """

    highest: NDArray[np.uint8]
    shortest: NDArray[np.uint8]
    densest: NDArray[np.float32] | None


class Postings:
    """The postings of one term in one segment, in order of article. All arrays are read-only.

    Attributes:
        articles: int32[n], deleted ones included.
        grown: told of bytes that more of it takes, once decoded.
    """

    def __init__(self, field: FieldArrays, start: int, stop: int, articles: NDArray[np.int32]) -> None:
        self._field = field
        self._start = start
        self._stop = stop
        articles.setflags(write=False)
        self.articles = articles
        self.grown: Callable[[int], None] | None = None

    def __len__(self) -> int:
        return len(self.articles)

    @cached_property
    def frequencies(self) -> NDArray[np.int32]:
        """How often the term occurs in each article (int32)."""
        self._grow(len(self) * 4)
        return _frozen(self._field.read_frequencies(self._start, self._stop))

    @cached_property
    def weights(self) -> NDArray[np.float32]:
        """What Whoosh calls the weight of each posting (float32): the frequency, where nothing is boosted."""
        weights = self._field.read_weights(self._start, self._stop)
        return _frozen(self.frequencies.astype(np.float32) if weights is None else weights)

    @cached_property
    def position_starts(self) -> NDArray[np.int64]:
        """Where in `positions` those of each posting begin, and where the last ones end (int64[n + 1])."""
        self._grow(len(self) * 8)
        starts = np.zeros(len(self) + 1, np.int64)
        np.cumsum(self.frequencies, out=starts[1:])
        return _frozen(starts)

    @property
    def positions(self) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Where the term stands: `(starts, positions)`, those of posting i at `positions[starts[i]:starts[i + 1]]`."""
        return self.position_starts, self._positions

    @cached_property
    def _positions(self) -> NDArray[np.int32]:
        self._grow(int(self.position_starts[-1]) * 4)
        return _frozen(self._field.read_positions(self._start, self.position_starts))

    def _grow(self, size: int) -> None:
        if self.grown is not None:
            self.grown(size)

    @cached_property
    def details(self) -> Details:
        """All that the postings hold beside articles and weights, as the field's kind has it."""
        return self._field.read_details(self._start, self._stop)


class FieldArrays:
    """One field of a segment: its lexicon, its postings, its lengths.

    Attributes:
        name: of the field.
        kind: what its postings hold.
        term_count: distinct terms.
        length_codes: uint8[article_count], codes of `lengths.LENGTHS`; None where the field is not scored.
        total_length: occurrences in all articles, exactly.
    """

    def __init__(self, file: SectionFile, name: str, article_count: int, lengths: FieldLengths) -> None:
        self._file = file
        self._facts: dict[str, Any] = file.facts["fields"][name]
        self.name = name
        self.article_count = article_count
        self.kind: Kind = BY_NAME[self._facts["kind"]]
        self.lexicon = Lexicon(file, name)
        self.term_count = self.lexicon.count
        self._lengths = lengths
        self.has_weights = f"{name}/weights" in file
        self._packed: dict[str, Packed] = {}

    # The lexicon's questions, under the names they have there.

    def find(self, term: bytes) -> int:
        """Give the number of a term, -1 where there is none. Terms are numbered in byte order."""
        return self.lexicon.find(term)

    def span(self, low: bytes | None, high: bytes | None) -> tuple[int, int]:
        """Give the numbers of the terms with `low <= term < high`; None leaves an end open."""
        return self.lexicon.span(low, high)

    def prefix(self, prefix: bytes) -> tuple[int, int]:
        """Give the numbers of the terms that start so."""
        return self.lexicon.prefix(prefix)

    def term(self, number: int) -> bytes:
        """Give the term of a number."""
        return self.lexicon.term(number)

    def terms(self, start: int = 0, stop: int | None = None) -> list[bytes]:
        """Give the terms `[start, stop)`."""
        return self.lexicon.terms(start, stop)

    # Lengths.

    @property
    def length_codes(self) -> NDArray[np.uint8] | None:
        """The length code of each article; None where the field is not scored."""
        return self._lengths.codes

    @property
    def total_length(self) -> int:
        """Occurrences in all articles."""
        return self._lengths.total

    # Postings.

    @cached_property
    def _starts(self) -> Section:
        return self._file.section(f"{self.name}/starts")

    @cached_property
    def _occurrences(self) -> Section:
        return self._file.section(f"{self.name}/occurrences")

    @cached_property
    def _lasts(self) -> Section:
        return self._file.section(f"{self.name}/articles/last")

    @cached_property
    def _densest(self) -> Section | None:
        name = f"{self.name}/densest"
        return self._file.section(name) if name in self._file else None

    def starts(self, start: int = 0, stop: int | None = None) -> NDArray[Any]:
        """Give where the postings of terms `[start, stop)` begin, and where the last ones end."""
        stop = self.term_count if stop is None else stop
        return self._starts.array(start, stop + 1)

    def occurrence_starts(self, start: int = 0, stop: int | None = None) -> NDArray[Any]:
        """Give where the occurrences of terms `[start, stop)` begin, and where the last ones end."""
        if not self.kind.frequencies:
            return self.starts(start, stop)
        stop = self.term_count if stop is None else stop
        return self._occurrences.array(start, stop + 1)

    def article_frequencies(self, start: int = 0, stop: int | None = None) -> NDArray[np.int32]:
        """Give how many articles hold each of the terms `[start, stop)`, deleted ones included (int32)."""
        return np.diff(self.starts(start, stop)).astype(np.int32)

    def total_frequencies(self, start: int = 0, stop: int | None = None) -> NDArray[np.int64]:
        """Give how often each of the terms `[start, stop)` occurs, in deleted articles too (int64)."""
        return np.diff(self.occurrence_starts(start, stop)).astype(np.int64)

    def postings(self, number: int) -> Postings:
        """Decode the postings of one term. `SegmentArrays` keeps what was decoded lately; here nothing is kept."""
        start, stop = self.starts(number, number + 1).tolist()
        articles = np.cumsum(self.packed("articles").read(start, stop), dtype=np.uint32).view(np.int32)
        if len(articles) and not 0 <= int(articles[-1]) < self.article_count:
            raise self.names_no_article()
        return Postings(self, start, stop, articles)

    def names_no_article(self) -> IndexDamagedError:
        """Make the error that says so."""
        return damaged(self._file.name, f"{self.name}/articles", "names an article that is not there")

    def miscounts(self) -> IndexDamagedError:
        """Make the error that says that frequencies and occurrences disagree."""
        return damaged(self._file.name, f"{self.name}/occurrences", "are not as many as the frequencies say")

    def packed(self, part: str) -> Packed:
        """Give a packed section: `articles`, `frequencies`, `positions`, `forms`; `first` and `last` characters."""
        if part not in self._packed:
            self._packed[part] = Packed(self._file, f"{self.name}/{part}")
        return self._packed[part]

    def block_lasts(self, low: int, high: int) -> NDArray[np.int32]:
        """Give the last article of each of blocks `[low, high)` (int32)."""
        return self._lasts.array(low, high)

    def postings_of(
        self, numbers: range | Sequence[int] | NDArray[Any]
    ) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
        """Decode the postings of many terms.

        Args:
            numbers: of terms, ascending; neighbours are decoded in one go.

        Returns:
            Three int32 arrays, an item a posting, in order of term, then article: its article, the index of its term in
            `numbers`, its frequency.
        """
        wanted = np.asarray(numbers, np.int64)
        if not len(wanted):
            return (np.empty(0, np.int32),) * 3
        breaks = np.flatnonzero(np.diff(wanted) != 1) + 1
        articles, counts, frequencies = [], [], []
        for stretch in np.split(wanted, breaks):
            starts = self.starts(int(stretch[0]), int(stretch[-1]) + 1).astype(np.int64)
            articles.append(self.read_articles(starts))
            frequencies.append(self.read_frequencies(int(starts[0]), int(starts[-1])))
            counts.append(np.diff(starts))
        which = np.repeat(np.arange(len(wanted), dtype=np.int32), np.concatenate(counts))
        return np.concatenate(articles), which, np.concatenate(frequencies)

    def read_articles(self, starts: NDArray[np.int64]) -> NDArray[np.int32]:
        """Decode the articles of neighbouring terms, whose postings begin at `starts` and end at its last."""
        first = int(starts[0])
        gaps = self.packed("articles").read(first, int(starts[-1]))
        sums = np.cumsum(gaps, dtype=np.uint32)
        firsts = starts[:-1] - first
        before = np.concatenate([np.zeros(1, np.uint32), sums])[firsts]
        sums -= np.repeat(before, np.diff(starts))
        if int(sums.max(initial=0)) >= max(self.article_count, 1):
            raise self.names_no_article()
        return sums.view(np.int32)

    def read_frequencies(self, start: int, stop: int) -> NDArray[np.int32]:
        """Decode the frequencies of postings `[start, stop)` of the field."""
        if not self.kind.frequencies:
            return np.ones(stop - start, np.int32)
        frequencies = self.packed("frequencies").read(start, stop)
        frequencies += np.uint32(1)
        return frequencies.view(np.int32)

    def read_weights(self, start: int, stop: int) -> NDArray[np.float32] | None:
        """Give the weights of postings `[start, stop)` of the field; None where they are the frequencies."""
        return self._file.array(f"{self.name}/weights", start, stop) if self.has_weights else None

    def read_positions(self, start: int, starts: NDArray[np.int64]) -> NDArray[np.int32]:
        """Decode the positions of neighbouring postings.

        Args:
            start: the first posting.
            starts: where, from the first one's first on, each posting's occurrences begin, and the last one's end.
        """
        if not self.kind.positions:
            raise ValueError(f"field without positions: {self.name}")
        return self._read_gaps("positions", self.occurrences_before(start), starts)

    def occurrences_before(self, posting: int) -> int:
        """How many occurrences all postings before this one have."""
        if not self.kind.frequencies:
            return posting
        block = posting // BLOCK
        before = int(self._file.array(f"{self.name}/frequencies/before", block - 1, block)[0]) if block else 0
        return before + int(self.read_frequencies(block * BLOCK, posting).sum())

    def _read_gaps(self, part: str, first: int, starts: NDArray[np.int64]) -> NDArray[np.int32]:
        gaps = self.packed(part).read(first, first + int(starts[-1]))
        return summed(gaps, starts[:-1]).view(np.int32)

    def read_forms(self, first: int, last: int) -> NDArray[np.uint32]:
        """Decode the form codes of occurrences `[first, last)` of the field."""
        return self.packed("forms").read(first, last)

    def read_details(self, start: int, stop: int) -> Details:
        """Decode all that postings `[start, stop)` hold."""
        kind = self.kind
        if kind.opaque:
            ends = self._file.array(f"{self.name}/values/starts", start, stop + 1).tolist()
            blob = self._file.bytes(f"{self.name}/values", ends[0], ends[-1])
            base = ends[0]
            values = [blob[one - base : two - base] for one, two in pairwise(ends)]
            return Details(np.ones(stop - start, np.int32), values=values)
        if not kind.frequencies:
            return Details()
        frequencies = self.read_frequencies(start, stop)
        details = Details(frequencies)
        if not kind.positions:
            return details
        starts = np.zeros(len(frequencies) + 1, np.int64)
        np.cumsum(frequencies, out=starts[1:])
        first = self.occurrences_before(start)
        last = first + int(starts[-1])
        details.positions = self._read_gaps("positions", first, starts)
        if kind.characters:
            coded = self.packed("first").read(first, last)
            jumps = (coded >> np.uint32(1)) ^ (np.uint32(0) - (coded & np.uint32(1)))
            sizes = self.packed("last").read(first, last)
            ends = summed(jumps + sizes, starts[:-1])
            details.last = ends.view(np.int32)
            details.first = (ends - sizes).view(np.int32)
        if kind.boosts:
            details.boosts = self._file.array(f"{self.name}/boosts", first, last)
        return details

    @cached_property
    def average(self) -> float:
        """What the lengths of articles were added to for `densest`.

        Raises:
            IndexDamagedError: it is not such a number.
        """
        average = self._facts.get("average", 1.0)
        if not isinstance(average, float) or not 0 < average < np.inf:
            raise damaged(self._file.name, f"{self.name}/densest", "measured by no length")
        return average

    def block_bounds(self, low: int, high: int) -> BlockBounds:
        """Give what is known of the postings in blocks `[low, high)`, those of other terms among them."""
        highest = self._file.array(f"{self.name}/highest", low, high)
        name = f"{self.name}/shortest"
        shortest = self._file.array(name, low, high) if name in self._file else np.zeros(high - low, np.uint8)
        return BlockBounds(highest, shortest, None if self._densest is None else self._densest.array(low, high))

    def densest(self, low: int, high: int, length: float) -> NDArray[np.float32]:
        """Bound, for blocks `[low, high)`, what `frequency / (length + the article's length)` can be."""
        bounds: NDArray[np.float32]
        if self._densest is not None:
            bounds = self._densest.array(low, high) * np.float32(max(self.average / length, 1.0))
        else:
            highest, shortest, _ = self.block_bounds(low, high)
            bounds = np.where(highest == _HIGHEST, np.float32(np.inf), highest)
            bounds /= (_LENGTHS + np.float32(length)).take(shortest)
        return bounds


def summed(gaps: NDArray[np.uint32], begins: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Sum gaps up, anew from each of some distinct places on; the gaps are used up."""
    earlier = np.zeros(len(gaps) + 1, np.uint32)
    np.cumsum(gaps, out=earlier[1:])
    # Each place takes off what was summed up before it.
    gaps[begins] -= np.diff(earlier[begins], prepend=np.uint32(0))
    return np.cumsum(gaps, dtype=np.uint32, out=gaps)


def summed_from(origins: NDArray[np.int64], gaps: NDArray[np.uint32], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sum gaps up: those before `ends[0]` from `origins[0]` on, those before the next end from the next origin on."""
    sums = gaps.astype(np.int64)
    begins = origins.copy()
    begins[1:] -= sums.cumsum().take(ends[:-1] - 1)
    sums[0] += begins[0]
    sums[ends[:-1]] += begins[1:] - begins[:-1]
    return sums.cumsum(out=sums)


def _frozen(array: NDArray[Any]) -> NDArray[Any]:
    array.setflags(write=False)
    return array
