"""Writes the postings of one field, whole runs of terms at a time.

Sections of a field `f`, each an array over all postings of the field in order of term, then article:

    f/starts             where the postings of each term begin, and where the last ones end
    f/articles           packed; distance to the article before, the first of a term from 0
    f/articles/last      last article of each block of 128 postings
    f/frequencies        packed, less one; left out where every term occurs once an article
    f/frequencies/before occurrences before the end of each block
    f/highest, f/shortest  of each block: highest frequency (255 and above as one) and lowest length code
    f/densest            float32; of each block: highest frequency / (average length + length); where lengths are known
    f/weights            float32; left out where they are the frequencies
    f/values, f/values/starts  of a format we do not know

and over all occurrences, in order of term, article, place:

    f/occurrences        where the occurrences of each term begin, and where the last ones end
    f/positions          packed; distance to the occurrence before in the same article
    f/first, f/last      packed characters, `first` from the `last` before (zigzag), `last` from `first`
    f/boosts             float64, or float32 as it was once
    f/forms              packed; which of its stem's spellings this is (see `forms`)

A packed section `p` has `p/at`, where its blocks begin, in units of 16 bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.store.codec.kinds import Details, Kind
from searcher.store.codec.lengths import average_length, densities
from searcher.store.codec.lexicon import LexiconWriter, joined, narrowed
from searcher.store.codec.packing import BLOCK, QUICK, TIGHT, Packer
from searcher.store.codec.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from searcher.store.codec.sections_writer import SectionWriter


@dataclass(slots=True)
class Run:
    """Neighbouring terms with all their postings.

    Attributes:
        terms: in byte order.
        counts: int64, how many postings each term has; at least one.
        articles: int32, ascending within a term.
        details: what else a posting holds; absolute positions and characters.
        weights: float32 a posting; None where they are the frequencies, in all runs of a field or in none.
        forms: an int an occurrence: which of its stem's forms it is; None where the field has no forms.
    """

    terms: Sequence[bytes]
    counts: NDArray[np.int64]
    articles: NDArray[np.int32]
    details: Details = field(default_factory=Details)
    weights: NDArray[np.float32] | None = None
    forms: NDArray[Any] | None = None


class PostingsWriter:
    """Writes one field's terms and postings.

    Args:
        length_codes: of the field in each article; None where it is not scored.
    """

    def __init__(self, kind: Kind, length_codes: NDArray[np.uint8] | None, *, forms: bool = False) -> None:
        self._kind = kind
        self._length_codes = length_codes
        self._lexicon = LexiconWriter()
        self._starts = _Starts()
        self._occurrences = _Starts()
        names = ["articles"]
        names += ["frequencies"] if kind.frequencies else []
        names += ["positions"] if kind.positions else []
        names += ["first", "last"] if kind.characters else []
        names += ["forms"] if forms else []
        self._spools = {name: Spool() for name in names}
        self._packers = {
            name: Packer(spool.write, QUICK if name in ("articles", "frequencies") else TIGHT)
            for name, spool in self._spools.items()
        }
        self._last = _Reduced(lambda rows: rows[:, -1].copy())  # a view would hold all of them
        self._in_block = _Reduced(lambda rows: rows.sum(axis=1, dtype=np.int64))
        self._highest = _Reduced(lambda rows: rows.max(axis=1))
        self._shortest = _Reduced(lambda rows: rows.min(axis=1))
        self._densest = _Reduced(lambda rows: rows.max(axis=1))
        self._average = average_length(length_codes)
        self._article = np.int32(0)
        self._weights = _Weights()
        self._boosts = Spool()
        self._values = Spool()
        self._value_lengths = _Starts()

    def add(self, run: Run, *, goes_on: bool = False) -> None:
        """Add the next terms; the first one is the last one of the run before where that `goes_on`."""
        if not len(run.terms):
            return
        self._lexicon.add(run.terms[goes_on:])
        self._starts.add(run.counts, goes_on=goes_on)
        firsts = np.cumsum(run.counts) - run.counts
        gaps = _gaps(run.articles, firsts)
        if goes_on:
            gaps[0] -= self._article
        self._article = run.articles[-1]
        self._packers["articles"].add(gaps)
        self._last.add(run.articles)
        frequencies = run.details.frequencies
        if frequencies is None:
            frequencies = np.ones(len(run.articles), np.int32)
        if self._kind.frequencies:
            self._packers["frequencies"].add(frequencies - 1)
            self._in_block.add(frequencies)
            self._occurrences.add(np.add.reduceat(frequencies, firsts, dtype=np.int64), goes_on=goes_on)
            self._highest.add(np.minimum(frequencies, 255).astype(np.uint8))
            if self._length_codes is not None:
                codes = self._length_codes[run.articles]
                self._shortest.add(codes)
                self._densest.add(densities(frequencies, codes, self._average))
        self._weights.add(frequencies, run.weights)
        if run.details.values is not None:
            blob, ends = joined(run.details.values)
            self._values.write(blob)
            self._value_lengths.add(np.diff(ends))
        if self._kind.positions:
            self._add_occurrences(run, frequencies)

    def _add_occurrences(self, run: Run, frequencies: NDArray[np.int32]) -> None:
        details = run.details
        if details.positions is None:
            raise ValueError("postings with positions came without")
        firsts = np.cumsum(frequencies, dtype=np.int64) - frequencies
        self._packers["positions"].add(_gaps(details.positions, firsts))
        if details.first is not None and details.last is not None:
            before = np.concatenate([np.zeros(1, np.int32), details.last[:-1]])
            before[firsts] = 0
            jump = details.first.astype(np.int64) - before
            self._packers["first"].add(((jump << 1) ^ (jump >> 63)).astype(np.uint32))
            self._packers["last"].add(details.last - details.first)
        if details.boosts is not None:
            self._boosts.write(details.boosts.astype("<f8").data)
        if run.forms is not None:
            self._packers["forms"].add(run.forms)

    def finish(self, file: SectionWriter, name: str) -> dict[str, Any]:
        """Write the sections of field `name`; give the facts to be kept about it."""
        self._lexicon.finish(file, name)
        self._starts.finish(file, f"{name}/starts")
        for part, packer in self._packers.items():
            ends = packer.finish()
            self._spools[part].copy_to(file, f"{name}/{part}", np.uint8)
            file.add(f"{name}/{part}/at", ends)
        file.add(f"{name}/articles/last", self._last.finish(np.int32))
        facts: dict[str, Any] = {"kind": self._kind.name, "postings": self._starts.total}
        if self._kind.frequencies:
            in_block = self._in_block.finish(np.int64)
            file.add(f"{name}/frequencies/before", narrowed(np.cumsum(in_block)))
            self._occurrences.finish(file, f"{name}/occurrences")
            file.add(f"{name}/highest", self._highest.finish(np.uint8))
            if self._length_codes is not None:
                file.add(f"{name}/shortest", self._shortest.finish(np.uint8))
                file.add(f"{name}/densest", self._densest.finish(np.float32))
                facts["average"] = self._average
        self._weights.finish(file, f"{name}/weights")
        if self._kind.boosts:
            self._boosts.copy_to(file, f"{name}/boosts", "<f8")
        if self._kind.opaque:
            self._values.copy_to(file, f"{name}/values", np.uint8)
            self._value_lengths.finish(file, f"{name}/values/starts")
        return facts


def _gaps(numbers: NDArray[np.int32], firsts: NDArray[np.int64]) -> NDArray[np.int32]:
    gaps = np.diff(numbers, prepend=np.int32(0))
    gaps[firsts] = numbers[firsts]
    return gaps


class _Starts:
    """Collects counts, writes where each one's items begin."""

    def __init__(self) -> None:
        self._counts: list[NDArray[np.int64]] = []
        self.total = 0

    def add(self, counts: NDArray[Any], *, goes_on: bool = False) -> None:
        self.total += int(counts.sum())
        if goes_on:
            self._counts[-1][-1] += counts[0]
            counts = counts[1:]
        if len(counts):
            self._counts.append(counts.astype(np.int64))

    def finish(self, file: SectionWriter, name: str) -> None:
        counts = np.concatenate(self._counts) if self._counts else np.empty(0, np.int64)
        starts = np.zeros(len(counts) + 1, np.int64)
        np.cumsum(counts, out=starts[1:])
        file.add(name, narrowed(starts))


class _Reduced:
    """Keeps one number a block of a stream."""

    def __init__(self, reduce: Callable[[NDArray[Any]], NDArray[Any]]) -> None:
        self._reduce = reduce
        self._rest: NDArray[Any] | None = None
        self._done: list[NDArray[Any]] = []

    def add(self, numbers: NDArray[Any]) -> None:
        if self._rest is not None:
            numbers = np.concatenate([self._rest, numbers])
        whole = len(numbers) - len(numbers) % BLOCK
        if whole:
            self._done.append(self._reduce(numbers[:whole].reshape(-1, BLOCK)))
        self._rest = numbers[whole:].copy()

    def finish(self, dtype: Any) -> NDArray[Any]:
        if self._rest is not None and len(self._rest):
            self._done.append(self._reduce(self._rest[None, :]))
        return np.concatenate(self._done).astype(dtype) if self._done else np.empty(0, dtype)


class _Weights:
    """Writes weights only where they are not the frequencies."""

    def __init__(self) -> None:
        self._spool = Spool()
        self._plain: list[NDArray[np.int32]] = []
        self._needed = False

    def add(self, frequencies: NDArray[np.int32], weights: NDArray[np.float32] | None) -> None:
        if weights is None:
            return
        if not np.array_equal(weights, frequencies):
            self._needed = True
        if self._needed:
            for earlier in self._plain:
                self._spool.write(earlier.astype("<f4").data)
            self._plain.clear()
            self._spool.write(weights.astype("<f4").data)
        else:
            self._plain.append(frequencies.astype(np.uint8 if frequencies.max() < 256 else np.int32))

    def finish(self, file: SectionWriter, name: str) -> None:
        if self._needed:
            self._spool.copy_to(file, name, "<f4")
