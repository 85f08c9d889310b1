"""What terms do many texts hold? The analysis of `analysis`, over whole batches and into arrays.

A text is cut at white space and each chunk looked up; only a chunk not met before is analysed (most chunks come up
again, after Zipf). The numbers of the chunks are then turned into numbers of words by a few passes over arrays.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from searcher.text.analysis import analyze_chunk

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

# What may be taken off either end of a chunk without a change to its terms: no token begins, ends or looks there.
_SEPARATORS = ',;:!?"()[]{}<>|*“”„«»—–…'


class Vocabulary:
    """Numbers for words: pairs of a form and a stem, either of which may be empty (see `analysis.Term`).

    Attributes:
        forms, stems: of each word, by number.
    """

    def __init__(self) -> None:
        self.forms: list[str] = []
        self.stems: list[str] = []
        self._numbers: dict[tuple[str, str], int] = {}

    def __len__(self) -> int:
        return len(self.forms)

    def number(self, form: str, stem: str) -> int:
        """Give the number of a word, a new one when it was not met before."""
        known = self._numbers.setdefault((form, stem), len(self.forms))
        if known == len(self.forms):
            self.forms.append(form)
            self.stems.append(stem)
        return known


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The words of a batch of texts.

    Attributes:
        words: int32[n], numbers into the vocabulary, text by text, by position within a text.
        starts: int64[texts + 1]; the words of text i are `words[starts[i]:starts[i + 1]]`.
        positions: int32[n], counted from 0 in each text; several words may share one. None: 0, 1, 2, … in every text.
    """

    words: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int64]
    positions: npt.NDArray[np.int32] | None
    vocabulary: Vocabulary


class _Chunks(dict[str, int]):
    """The numbers of chunks in texts of one language; a chunk that is new is analysed."""

    def __init__(self, language: str | None, store: _ChunkStore) -> None:
        super().__init__()
        self.language = language
        self.store = store

    def __missing__(self, chunk: str) -> int:
        core = chunk.strip(_SEPARATORS)
        if core[-1:] == "." and "." not in core[:-1]:
            core = core[:-1].rstrip(_SEPARATORS)
        number = self.store.add(chunk, self.language) if core == chunk or not core else self[core]
        self[chunk] = number
        return number


class _ChunkStore:
    """What each chunk holds: its words with their positions, one after another in flat arrays."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.words = array("i")
        self.offsets = array("i")
        self.firsts = array("i")
        self.counts = array("i")
        self.widths = array("i")

    def add(self, chunk: str, language: str | None) -> int:
        terms, width = analyze_chunk(chunk, language)
        self.firsts.append(len(self.words))
        self.counts.append(len(terms))
        self.widths.append(width)
        for term in terms:
            self.words.append(self.vocabulary.number(term.form, term.stem))
            self.offsets.append(term.position)
        return len(self.counts) - 1


class BatchAnalyzer:
    """Analyses batches of texts with one vocabulary; not for several threads at once.

    Args:
        vocabulary: numbers to go on from.
        most_terms: about how many terms of chunks to keep in memory between batches (some 200 bytes each).
    """

    def __init__(self, vocabulary: Vocabulary | None = None, *, most_terms: int = 1_000_000) -> None:
        self.vocabulary = Vocabulary() if vocabulary is None else vocabulary
        self._most_terms = most_terms
        self._forget()

    def _forget(self) -> None:
        self._store = _ChunkStore(self.vocabulary)
        self._chunks: dict[str | None, _Chunks] = {}

    def analyze(self, texts: Sequence[str], languages: Sequence[str | None]) -> Occurrences:
        """Analyse texts, each in its language: the words and positions that `analysis.analyze` gives, as numbers."""
        if len(self._store.words) + sum(map(len, self._chunks.values())) > self._most_terms:
            self._forget()
        numbers = array("i")
        ends = np.zeros(len(texts) + 1, dtype=np.int64)
        for place, (text, language) in enumerate(zip(texts, languages, strict=True), 1):
            chunks = self._chunks.get(language)
            if chunks is None:
                chunks = self._chunks[language] = _Chunks(language, self._store)
            numbers.extend(map(chunks.__getitem__, text.split()))
            ends[place] = len(numbers)
        return self._expand(_view(numbers), ends)

    def _expand(self, chunks: npt.NDArray[np.int32], ends: npt.NDArray[np.int64]) -> Occurrences:
        """Turn the numbers of chunks into those of words, and count positions."""
        store = self._store
        counts = _view(store.counts)[chunks]
        widths = _view(store.widths)[chunks]
        before = np.zeros(len(chunks) + 1, dtype=np.int64)
        np.cumsum(counts, out=before[1:])
        starts = before[ends]
        # Where each word stands in the store: the chunk's first, and one on for each word after it.
        at = np.arange(before[-1], dtype=np.int64)
        at += np.repeat(_view(store.firsts)[chunks] - before[:-1], counts)
        words = _view(store.words)[at]
        if counts.size == 0 or (counts.max() == counts.min() == 1 == widths.max() == widths.min()):
            return Occurrences(words, starts, None, self.vocabulary)
        passed = np.zeros(len(chunks) + 1, dtype=np.int64)
        np.cumsum(widths, out=passed[1:])
        positions = np.repeat((passed[:-1] - np.repeat(passed[ends[:-1]], np.diff(ends))).astype(np.int32), counts)
        positions += _view(store.offsets)[at]
        return Occurrences(words, starts, positions, self.vocabulary)


def _view(numbers: array[int]) -> npt.NDArray[np.int32]:
    return np.array(numbers, dtype=np.int32)
