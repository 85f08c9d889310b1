"""Turns the words of articles round: from what each article holds to where each term stands.

Words arrive as numbers in order of article. They are sorted by term with a linear sort that keeps equal ones as they
stood, so articles and positions stay in order; the terms are done in stretches, so that a pass over 16 bits sorts them
and what is sorted stays in the processor's cache.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.store.codec.arrays import sorted_order
from searcher.store.codec.forms_writer import EXACT, LOOSE, number_codes, write_forms
from searcher.store.codec.kinds import POSITIONS, Details
from searcher.store.codec.lengths import length_codes
from searcher.store.codec.postings_writer import PostingsWriter, Run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from searcher.store.codec.batch import Vocabulary, Words
    from searcher.store.codec.sections_writer import SectionWriter

_WORDS_AT_ONCE = 1 << 18
_TERMS_AT_ONCE = 1 << 16


class TextCollector:
    """Collects the words of one text field, in pieces that are never put together: that would take as much again.

    Attributes:
        count: words held.
    """

    def __init__(self) -> None:
        self._words: list[NDArray[np.int32]] = []
        self._positions: list[NDArray[Any]] = []
        self._joined_pieces = self._joined_words = 0
        self._counts: list[NDArray[np.int64]] = []
        self._vocabulary: Vocabulary | None = None
        self.count = 0

    def add(self, text: Words, before: int) -> None:
        """Add the next articles; `before` of them came without this field since the last that had it."""
        if self._vocabulary is not None and self._vocabulary is not text.vocabulary:
            raise ValueError("the batches of one builder must share their vocabulary")
        self._vocabulary = text.vocabulary
        counts = np.diff(text.starts)
        self._counts += [np.zeros(before, np.int64), counts]
        self._words.append(np.asarray(text.words, np.int32))
        given = text.positions
        counted = np.arange(len(text.words)) - np.repeat(text.starts[:-1], counts) if given is None else given
        self._positions.append(counted.astype(_narrow(counted)))
        self.count += len(text.words)
        if self.count - self._joined_words >= _WORDS_AT_ONCE:
            self._join()

    def articles(self) -> int:
        """Count the articles seen."""
        return sum(map(len, self._counts))

    def invert(self, article_count: int, *, scored: bool) -> InvertedText:
        """Give what was collected, ready to be written."""
        if self._vocabulary is None:
            raise ValueError("no text was added")
        self._join()
        starts = np.zeros(article_count + 1, np.int64)
        counts = np.concatenate(self._counts)
        np.cumsum(counts, out=starts[1 : len(counts) + 1])
        starts[len(counts) + 1 :] = self.count
        return InvertedText(self._words, self._positions, starts, self._vocabulary, scored=scored)

    def _join(self) -> None:
        """Make one piece of what was added since the last was made."""
        if len(self._words) > self._joined_pieces:
            for parts in (self._words, self._positions):
                parts[self._joined_pieces :] = [np.concatenate(parts[self._joined_pieces :])]
            self._joined_pieces, self._joined_words = len(self._words), self.count


def _narrow(numbers: NDArray[Any]) -> type[np.uint16 | np.int32]:
    """Give the type that takes the least to hold such numbers while a segment is built."""
    return np.uint16 if int(numbers.max(initial=0)) < 1 << 16 else np.int32


class InvertedText:
    """One text field of a segment.

    Args:
        words: int32, numbers into the vocabulary, article by article, in pieces.
        positions: whole numbers, of each word, in the same pieces.
        starts: int64, where the words of each article begin, and where the last one's end.
        vocabulary: what the numbers mean.
        scored: whether lengths are kept.

    Attributes:
        length_codes: of each article; None where the field is not scored.
        total_length: words in all articles.
    """

    def __init__(
        self,
        words: list[NDArray[np.int32]],
        positions: list[NDArray[Any]],
        starts: NDArray[np.int64],
        vocabulary: Vocabulary,
        *,
        scored: bool,
    ) -> None:
        self._words, self._positions, self._starts = words, positions, starts
        self._counts = np.zeros(len(vocabulary.forms), np.int64)
        for piece in words:
            self._counts += np.bincount(piece, minlength=len(self._counts))
        self._used = np.flatnonzero(self._counts)
        used = self._used.tolist()
        self._forms = [vocabulary.forms[word].encode("utf-8", "surrogatepass") for word in used]
        stems = [vocabulary.stems[word] for word in used]
        distinct = sorted(set(stems) - {""})  # by code points, which is the order of their bytes
        self._terms = [stem.encode("utf-8", "surrogatepass") for stem in distinct]
        number = {stem: index for index, stem in enumerate(distinct)} | {"": -1}
        self._stem_of_used = np.fromiter(map(number.__getitem__, stems), np.int32, len(stems))
        self.length_codes: NDArray[np.uint8] | None = None
        self.total_length = 0
        if scored:
            stemless = np.zeros(len(self._counts), np.bool_)
            stemless[self._used[self._stem_of_used < 0]] = True
            lengths = np.diff(starts) - self._in_articles([np.flatnonzero(stemless.take(piece)) for piece in words])
            self.length_codes = length_codes(lengths)
            self.total_length = int(lengths.sum())

    def write(self, file: SectionWriter, field: str, *, exact: bool) -> dict[str, dict[str, Any]]:
        """Write the field, and with `exact` the one of its spellings; give the facts of each field written."""
        facts: dict[str, dict[str, Any]] = {}
        codes = number_codes(self._stem_of_used, self._counts[self._used])
        loose = self._stem_of_used < 0
        code_of = None
        if exact:
            code_of = np.zeros(len(self._counts), np.min_scalar_type(int(codes[~loose].max(initial=0))))
            code_of[self._used[~loose]] = codes[~loose]
        writer = PostingsWriter(POSITIONS, self.length_codes, forms=exact)
        for run in self._runs(self._stem_of_used, self._terms, code_of):
            writer.add(run)
        facts[field] = writer.finish(file, field)
        if exact:
            facts |= self._write_forms(file, field, codes, loose)
        return facts

    def _write_forms(
        self, file: SectionWriter, field: str, codes: NDArray[np.int64], loose: NDArray[np.bool_]
    ) -> dict[str, dict[str, Any]]:
        facts: dict[str, dict[str, Any]] = {}
        name = field + EXACT
        forms = sorted(set(self._forms) - {b""})
        number = {form: index for index, form in enumerate(forms)} | {b"": -1}
        entry_forms = np.fromiter(map(number.__getitem__, self._forms), np.int64, len(self._forms))
        entry_stems = self._stem_of_used.astype(np.int64)
        kept = ~loose | (entry_forms >= 0)
        if loose.any():
            loose_forms = sorted(
                {form for form, alone in zip(self._forms, loose.tolist(), strict=True) if alone and form}
            )
            loose_number = {form: index for index, form in enumerate(loose_forms)} | {b"": -1}
            numbers = np.fromiter((loose_number.get(form, -1) for form in self._forms), np.int64, len(self._forms))
            entry_stems[loose] = len(self._terms) + numbers[loose]
            codes = np.where(loose, 0, codes)
            writer = PostingsWriter(POSITIONS, None)
            for run in self._runs(np.where(loose, numbers, -1), loose_forms, None):
                writer.add(run)
            facts[name + LOOSE] = writer.finish(file, name + LOOSE) | {"hidden": True}
        facts[name] = write_forms(
            file,
            name,
            field,
            forms,
            entry_forms=entry_forms[kept],
            entry_stems=entry_stems[kept],
            entry_codes=codes[kept],
            entry_counts=self._counts[self._used][kept],
        )
        return facts

    def _runs(self, term_of_used: NDArray[Any], terms: list[bytes], code_of: NDArray[Any] | None) -> Iterator[Run]:
        """Yield the postings of `terms`, a stretch of them at a time; words whose term is -1 have none."""
        if not terms:
            return
        known = term_of_used >= 0
        held = np.bincount(term_of_used[known], self._counts[self._used[known]], minlength=len(terms))
        stretches = _stretches(np.cumsum(held.astype(np.int64)))
        # For each word its term, counted from the first of its stretch, and the stretch; one that does not come: none.
        bounds = np.array([start for start, _ in stretches])
        stretch_of_used = np.searchsorted(bounds, term_of_used, side="right") - 1
        stretch_of = np.full(len(self._counts), len(stretches), np.min_scalar_type(len(stretches)))
        stretch_of[self._used[known]] = stretch_of_used[known]
        term_of = np.zeros(len(self._counts), np.uint16)
        term_of[self._used[known]] = (term_of_used - bounds[stretch_of_used])[known]
        stretch = [stretch_of.take(piece) for piece in self._words]
        numbers = np.arange(len(self._starts) - 1, dtype=np.int32)
        for number, (start, stop) in enumerate(stretches):
            inside = [np.flatnonzero(piece == number) for piece in stretch]
            words = _taken(self._words, inside)
            order = np.argsort(term_of.take(words), kind="stable")
            words = words.take(order)
            yield _run(
                term_of.take(words),
                np.repeat(numbers, self._in_articles(inside)).take(order),
                _taken(self._positions, inside).take(order).astype(np.int32, copy=False),
                terms[start:stop],
                None if code_of is None else code_of.take(words),
            )

    def _in_articles(self, places: list[NDArray[np.int64]]) -> NDArray[np.int64]:
        """Count the words at these ascending places of each piece in each article."""
        befores = np.cumsum([0, *map(len, self._words)])
        through = [inside + before for inside, before in zip(places, befores[:-1], strict=True)]
        return np.diff(np.searchsorted(np.concatenate(through), self._starts))


def _taken(pieces: list[NDArray[Any]], places: list[NDArray[np.int64]]) -> NDArray[Any]:
    return np.concatenate([piece.take(inside) for piece, inside in zip(pieces, places, strict=True)])


def _stretches(ends: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Cut terms into stretches `[start, stop)`, given how many words there are to the end of each.

    None holds many words, unless one term does, nor more terms than a sort of 16 bits can tell apart.
    """
    stretches: list[tuple[int, int]] = []
    start = 0
    while start < len(ends):
        reached = int(ends[start - 1]) if start else 0
        stop = int(np.searchsorted(ends, reached + _WORDS_AT_ONCE, side="right"))
        stretches.append((start, min(max(start + 1, stop), start + _TERMS_AT_ONCE)))
        start = stretches[-1][1]
    return stretches


def _run(
    keys: NDArray[np.uint16],
    articles: NDArray[np.int32],
    positions: NDArray[np.int32],
    terms: list[bytes],
    codes: NDArray[Any] | None,
) -> Run:
    """Make postings of words in order of term, then article, then position."""
    fresh = np.ones(len(keys), np.bool_)
    fresh[1:] = (keys[1:] != keys[:-1]) | (articles[1:] != articles[:-1])
    firsts = np.flatnonzero(fresh)
    return Run(
        terms,
        np.bincount(keys[firsts], minlength=len(terms)),
        articles[firsts],
        Details(np.diff(firsts, append=len(keys)).astype(np.int32), positions),
        None,
        codes,
    )


class TermCollector:
    """Collects the whole terms of one field, such as ids, names and days."""

    def __init__(self, fieldobj: Any) -> None:
        self._field = fieldobj
        self._numbers: dict[Any, int] = {}
        self._values: list[int] = []
        self._articles: list[int] = []

    @property
    def count(self) -> int:
        """Values held."""
        return len(self._values)

    def add(self, article: int, value: Any) -> None:
        """Add an article's value, or values."""
        numbers = self._numbers
        for one in value if isinstance(value, list | tuple | set | frozenset) else (value,):
            if one is not None:
                self._values.append(numbers.setdefault(one, len(numbers)))
                self._articles.append(article)

    def pairs(self) -> tuple[list[bytes], NDArray[np.int64], NDArray[np.int32]]:
        """Give the terms in byte order, and (term number, article) of every value in order of term, then adding."""
        field = self._field
        terms_of = [
            [field.to_bytes(value)] if isinstance(value, str) else [term for term, *_ in field.index(value)]
            for value in self._numbers
        ]
        terms = sorted({term for some in terms_of for term in some})
        number = {term: index for index, term in enumerate(terms)}
        widths = np.fromiter(map(len, terms_of), np.int64, len(terms_of))
        flat = np.fromiter((number[term] for some in terms_of for term in some), np.int64, int(widths.sum()))
        starts = np.cumsum(widths) - widths
        values = np.array(self._values, np.int64)
        repeats = widths[values]
        inner = np.arange(int(repeats.sum())) - np.repeat(np.cumsum(repeats) - repeats, repeats)
        keys = flat[np.repeat(starts[values], repeats) + inner]
        articles = np.repeat(np.array(self._articles, np.int32), repeats)
        order = sorted_order(keys)
        return terms, keys[order], articles[order]

    def lengths(self, article_count: int) -> NDArray[np.int64]:
        """Count the values of each article."""
        return np.bincount(np.array(self._articles, np.int64), minlength=article_count)
