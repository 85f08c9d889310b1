"""What terms do many texts hold? The analysis of `analysis`, over whole batches and into arrays.

Texts are cut into chunks (`chunks`) and each is looked up; only a chunk not met before is analysed (most come up again,
after Zipf). Most chunks are one word, and the table gives its number; a few passes over arrays expand the others.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from searcher.text.analysis import analyze_chunk, is_plain
from searcher.text.chunks import ABSENT, KeyTable, cut, salts
from searcher.text.stems import plain_stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from searcher.text.chunks import Chunks

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
        self._numbers: dict[str, int] = {}
        self._others: dict[tuple[str, str], int] = {}

    def __len__(self) -> int:
        return len(self.forms)

    def number(self, form: str, stem: str) -> int:
        """Give the number of a word, a new one when it was not met before."""
        known = self._numbers.setdefault(form, len(self.forms))
        if known < len(self.forms) and self.stems[known] != stem:
            known = self._others.setdefault((form, stem), len(self.forms))
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


class _Special:
    """Chunks that are not just one word: their words with their positions, one after another in flat arrays."""

    def __init__(self) -> None:
        self.words = array("i")
        self.offsets = array("i")
        self.firsts = array("i")
        self.counts = array("i")
        self.widths = array("i")

    def add(self, words: list[int], offsets: list[int], width: int) -> int:
        """Add a chunk; give its code, which is below `ABSENT`."""
        self.firsts.append(len(self.words))
        self.counts.append(len(words))
        self.widths.append(width)
        self.words.extend(words)
        self.offsets.extend(offsets)
        return ABSENT - len(self.counts)


class BatchAnalyzer:
    """Analyses batches of texts with one vocabulary; not for several threads at once.

    Args:
        vocabulary: numbers to go on from.
        most_terms: about how many chunks, and terms of special ones, to keep in memory between batches (some 50 bytes
            each).
    """

    def __init__(self, vocabulary: Vocabulary | None = None, *, most_terms: int = 1_000_000) -> None:
        self.vocabulary = Vocabulary() if vocabulary is None else vocabulary
        self._most_terms = most_terms
        self._forget()

    def _forget(self) -> None:
        # By key of a chunk: the number of the word that it is, or the code of a special one.
        self._codes = KeyTable()
        self._special = _Special()

    def analyze(self, texts: Sequence[str], languages: Sequence[str | None]) -> Occurrences:
        """Analyse texts, each in its language: the words and positions that `analysis.analyze` gives, as numbers."""
        if len(self._codes) + len(self._special.words) > self._most_terms:
            self._forget()
        chunks = cut(texts)
        return self._expand(self._codes_of(chunks, languages), chunks.firsts)

    def _codes_of(self, chunks: Chunks, languages: Sequence[str | None]) -> npt.NDArray[np.int32]:
        """Give the code of each chunk; what is new is analysed."""
        if len(chunks.firsts) != len(languages) + 1:
            raise ValueError("each text has one language")
        keys = chunks.keys()
        known = list(dict.fromkeys(languages))
        salt = salts(known)
        if len(known) > 1:
            number = {language: index for index, language in enumerate(known)}
            salt = np.repeat(salt[[number[language] for language in languages]], np.diff(chunks.firsts))
        keys ^= salt
        codes = self._codes.get(keys)
        new = np.flatnonzero(codes == ABSENT)
        if len(new):
            distinct, first, inverse = np.unique(keys[new], return_index=True, return_inverse=True)
            met = new[first]
            learnt = self._learn(chunks.read(met), [languages[text] for text in chunks.texts_of(met).tolist()])
            unmet = np.flatnonzero(self._codes.get(distinct) == ABSENT)  # a chunk and its core may both be new
            self._codes.put(distinct[unmet], learnt[unmet])
            codes[new] = learnt[inverse]
        return codes

    def _learn(self, written: list[str], languages: list[str | None]) -> npt.NDArray[np.int32]:
        """Give the codes of chunks met for the first time."""
        cores = [_core(chunk) for chunk in written]
        codes = np.empty(len(written), np.int32)
        plain: dict[str | None, list[int]] = {}
        within: list[int] = []
        for number, (chunk, core) in enumerate(zip(written, cores, strict=True)):
            if core != chunk and core:
                within.append(number)
            elif is_plain(chunk):
                plain.setdefault(languages[number], []).append(number)
            else:
                codes[number] = self._analyzed(chunk, languages[number])
        for language, numbers in plain.items():
            forms = [written[number] for number in numbers]
            codes[numbers] = list(map(self.vocabulary.number, forms, plain_stems(forms, language)))
        if within:
            inner = cut([cores[number] for number in within])
            codes[within] = self._codes_of(inner, [languages[number] for number in within])
        return codes

    def _analyzed(self, chunk: str, language: str | None) -> int:
        terms, width = analyze_chunk(chunk, language)
        words = [self.vocabulary.number(term.form, term.stem) for term in terms]
        if width == len(words) == 1:
            return words[0]
        return self._special.add(words, [term.position for term in terms], width)

    def _expand(self, codes: npt.NDArray[np.int32], firsts: npt.NDArray[np.int64]) -> Occurrences:
        """Turn the codes of chunks into numbers of words, and count positions."""
        places = np.flatnonzero(codes < 0)
        if not len(places):
            return Occurrences(codes, firsts, None, self.vocabulary)
        which = ABSENT - 1 - codes[places]
        special = self._special
        held = _view(special.counts)[which]
        counts = np.ones(len(codes), np.int32)
        counts[places] = held
        before = _before(counts)
        words = np.repeat(codes, counts)
        # Where each word of a special chunk goes, and where it is kept.
        inner = np.arange(int(held.sum()), dtype=np.int64)
        inner -= np.repeat(_before(held)[:-1], held)
        at = np.repeat(before[places], held) + inner
        kept = np.repeat(_view(special.firsts)[which], held) + inner
        words[at] = _view(special.words)[kept]
        counts_in_positions = np.ones(len(codes), np.int32)
        counts_in_positions[places] = _view(special.widths)[which]
        passed = _before(counts_in_positions)
        own = (passed[:-1] - np.repeat(passed[firsts[:-1]], np.diff(firsts))).astype(np.int32)
        positions = np.repeat(own, counts)
        positions[at] += _view(special.offsets)[kept]
        return Occurrences(words, before[firsts], positions, self.vocabulary)


def _core(chunk: str) -> str:
    """Give a chunk without what may be taken off its ends; the chunk itself where nothing is."""
    core = chunk.strip(_SEPARATORS)
    if core[-1:] == "." and "." not in core[:-1]:
        core = core[:-1].rstrip(_SEPARATORS)
    return core


def _before(counts: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    """Give how many come before each, and in all."""
    before = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=before[1:])
    return before


def _view(numbers: array[int]) -> npt.NDArray[np.int32]:
    return np.array(numbers, dtype=np.int32)
