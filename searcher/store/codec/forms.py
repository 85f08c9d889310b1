"""A field of spellings that costs next to nothing: every occurrence of a stem remembers which of its spellings it is.

`body` holds stems with their places, `body_exact` the words as written. The second would say the articles and places
of the first once more. Instead each occurrence of a stem carries a code, mostly of one bit or none, and the postings of
a spelling are those of its stem, filtered. To Whoosh `body_exact` is a field like any other.

Sections of the field of spellings `e` of a field `f`: `e/terms…` (a lexicon), `e/entries` (where the entries of each
spelling begin; left out where each has one), `e/stems` and `e/codes` (an entry each: the number of the stem in `f` and
the code of the spelling there; a spelling that two languages stem differently has two) and `e/occurrences` (how many
the spelling has). The codes of occurrences are `f/forms`. An occurrence without a spelling has a code that no spelling
has, listed in `e/nameless/stems` and `e/nameless/codes`. A spelling without a stem stands in the hidden field
`e/loose`, whose terms are numbered as if they were stems, from the number of stems on.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.store.codec.forms_writer import LOOSE
from searcher.store.codec.kinds import POSITIONS, Details
from searcher.store.codec.lengths import FieldLengths
from searcher.store.codec.lexicon import Lexicon
from searcher.store.codec.postings import FieldArrays, Postings
from searcher.store.codec.sections import damaged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from searcher.store.codec.sections import SectionFile


class FormPostings(Postings):
    """The postings of a spelling: its stem's, filtered when they were asked for."""

    def __init__(
        self,
        field: FieldArrays,
        articles: NDArray[np.int32],
        frequencies: NDArray[np.int32],
        positions: NDArray[np.int32],
    ) -> None:
        super().__init__(field, 0, len(articles), articles)
        self.__dict__["frequencies"] = frequencies
        self.__dict__["_positions"] = positions

    @cached_property
    def weights(self) -> NDArray[np.float32]:
        """The frequencies, as float32."""
        return self.frequencies.astype(np.float32)

    @cached_property
    def details(self) -> Details:
        """Frequencies and positions."""
        return Details(self.frequencies, self.positions[1])


class FormArrays(FieldArrays):
    """The field of the spellings of another field's stems."""

    def __init__(
        self, file: SectionFile, name: str, article_count: int, lengths: FieldLengths, stems: FieldArrays
    ) -> None:
        self._file = file
        self._facts: dict[str, Any] = file.facts["fields"][name]
        self.name = name
        self.article_count = article_count
        self.kind = POSITIONS
        self.lexicon = Lexicon(file, name)
        self.term_count = self.lexicon.count
        self._lengths = lengths
        self.has_weights = False
        self.stems = stems
        loose = name + LOOSE
        self.loose = FieldArrays(file, loose, article_count, FieldLengths()) if loose in file.facts["fields"] else None
        self._several = f"{name}/entries" in file
        if not self._several and file.length(f"{name}/stems") != self.term_count:
            raise damaged(file.name, f"{name}/stems", "has another number of spellings than the lexicon")

    def article_frequencies(self, start: int = 0, stop: int | None = None) -> NDArray[np.int32]:
        """Give how many articles hold each of the spellings `[start, stop)`, deleted ones included (int32).

        Unlike with other fields, that decodes their postings.
        """
        stop = self.term_count if stop is None else stop
        return np.array([len(self.postings(number)) for number in range(start, stop)], np.int32)

    def total_frequencies(self, start: int = 0, stop: int | None = None) -> NDArray[np.int64]:
        """Give how often each of the spellings `[start, stop)` occurs, in deleted articles too (int64)."""
        stop = self.term_count if stop is None else stop
        return self._file.array(f"{self.name}/occurrences", start, stop).astype(np.int64)

    def occurrence_starts(self, start: int = 0, stop: int | None = None) -> NDArray[Any]:
        """Give where the occurrences of spellings `[start, stop)` would begin in a field of their own."""
        stop = self.term_count if stop is None else stop
        return np.concatenate([np.zeros(1, np.int64), np.cumsum(self.total_frequencies(0, stop))])[start:]

    def starts(self, start: int = 0, stop: int | None = None) -> NDArray[Any]:
        """A spelling's postings stand nowhere of their own."""
        raise NotImplementedError

    def entry_starts(self) -> NDArray[Any]:
        """Give where the entries of each spelling begin, and where the last one's end."""
        if self._several:
            starts = self._file.array(f"{self.name}/entries")
            if int(starts[-1]) != self._file.length(f"{self.name}/stems") or (starts[1:] < starts[:-1]).any():
                raise damaged(self._file.name, f"{self.name}/entries", "are not those that are there")
            return starts
        return np.arange(self.term_count + 1)

    def entries(self, number: int) -> list[tuple[int, int]]:
        """Give the (stem, code) pairs of a spelling."""
        start, stop = number, number + 1
        if self._several:
            start, stop = self._file.array(f"{self.name}/entries", number, number + 2).tolist()
        stems = self._file.array(f"{self.name}/stems", start, stop).tolist()
        return list(zip(stems, self._file.array(f"{self.name}/codes", start, stop).tolist(), strict=True))

    def all_entries(self) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        """Give the stem and the code of every entry."""
        return self._entries(self.name)

    def nameless_entries(self) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        """Give the stem and the code of every entry that has no spelling."""
        return self._entries(f"{self.name}/nameless")

    def _entries(self, part: str) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        stems, codes = self._file.array(f"{part}/stems"), self._file.array(f"{part}/codes")
        known = self.stems.term_count + (self.loose.term_count if self.loose is not None else 0)
        if len(stems) != len(codes) or (len(stems) and int(stems.max()) >= known):
            raise damaged(self._file.name, f"{part}/stems", "names a stem that is not there")
        return stems, codes

    def postings(self, number: int) -> Postings:
        """Give the postings of one spelling."""
        parts = [self._filtered(stem, code) for stem, code in self.entries(number)]
        if not parts:
            raise damaged(self._file.name, f"{self.name}/entries", "a spelling without a stem")
        if len(parts) == 1:
            articles, frequencies, positions = parts[0]
        else:
            articles, frequencies, positions = _merged(parts)
        return FormPostings(self, articles, frequencies, positions)

    def _filtered(self, stem: int, code: int) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
        if stem >= self.stems.term_count:
            return self._loose(stem - self.stems.term_count)
        postings = self.stems.postings(stem)
        first, last = self.stems.occurrence_starts(stem, stem + 1).tolist()
        chosen = self.stems.read_forms(first, last) == code
        starts, positions = postings.positions
        counts = np.add.reduceat(chosen, starts[:-1], dtype=np.int32)
        held = counts > 0
        return postings.articles[held], counts[held], positions[chosen]

    def _loose(self, number: int) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
        if self.loose is None:
            raise damaged(self._file.name, f"{self.name}/stems", "names a spelling that is not there")
        postings = self.loose.postings(number)
        return postings.articles, postings.frequencies, postings.positions[1]

    def postings_of(
        self, numbers: range | Sequence[int] | NDArray[Any]
    ) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
        """Give the postings of many spellings; see `FieldArrays.postings_of`."""
        found = [self.postings(int(number)) for number in numbers]
        if not found:
            return (np.empty(0, np.int32),) * 3
        which = np.repeat(np.arange(len(found), dtype=np.int32), [len(one) for one in found])
        return np.concatenate([p.articles for p in found]), which, np.concatenate([p.frequencies for p in found])


def _merged(
    parts: list[tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]],
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    articles = np.concatenate([np.repeat(articles, counts) for articles, counts, _ in parts])
    positions = np.concatenate([positions for _, _, positions in parts])
    order = np.lexsort((positions, articles))
    articles, positions = articles[order], positions[order]
    distinct, counts = np.unique(articles, return_counts=True)
    return distinct, counts.astype(np.int32), positions
