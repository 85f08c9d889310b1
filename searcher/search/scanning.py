"""Where do some words stand in a text? Found by looking up chunks between white space, each analysed once a query."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from searcher.search.beginnings import Beginnings
from searcher.text.analysis import analyze_chunk, is_plain

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from collections.abc import Set as AbstractSet

Word = tuple[str, str]
"""A field of the index and a term of it."""


class Place(NamedTuple):
    """One occurrence of a word: which word of the text it is, and the characters it takes."""

    position: int
    start: int
    end: int


_AROUND = '.,;:!?()[]"“”„«»'
_BLANK = re.compile(r"\s")

Places = dict[Word, list[Place]]


class Scanner:
    """Looks for the same words in any number of texts of one language.

    Args:
        field: `title` or `body`.
        words: what is looked for, in that field or in its field of exact spellings.
        language: of the texts, as they were indexed.
        positions: the places' positions are wanted, too; else they mean nothing, which is faster.
    """

    def __init__(self, field: str, words: Collection[Word], language: str | None, *, positions: bool) -> None:
        stems = {term for name, term in words if name == field}
        forms = {term for name, term in words if name != field}
        beginnings = Beginnings(stems, forms, language) if Beginnings.are_known(language) else None
        self._chunks = _Chunks(field, stems, forms, language, beginnings)
        self._beginnings = None if positions else beginnings

    def places(self, text: str) -> Places:
        """Give the places of every word that occurs."""
        likely = self._beginnings.places(text) if self._beginnings else None
        return self._places_in_order(text) if likely is None else self._likely_places(text, likely)

    def _likely_places(self, text: str, likely: Sequence[int]) -> Places:
        """Look up only the chunks in which a word that is looked for may begin."""
        known = self._chunks
        places: Places = {}
        end = 0
        for at in likely:
            if at < end:
                continue
            start = _chunk_start(text, at)
            stop = _BLANK.search(text, at)
            end = stop.start() if stop else len(text)
            for word, place in known[text[start:end]].found:
                places.setdefault(word, []).append(Place(0, start + place.start, start + place.end))
        return places

    def _places_in_order(self, text: str) -> Places:
        chunks = text.split()
        known = self._chunks
        having = [number for number, chunk in enumerate(chunks) if known[chunk].found]
        places: Places = {}
        if not having:
            return places
        positions = [0, *accumulate(known[chunk].width for chunk in chunks[: having[-1]])]
        at = 0
        for number in having:
            chunk = chunks[number]
            at = _find_whole(text, chunk, at)
            for word, place in known[chunk].found:
                places.setdefault(word, []).append(
                    Place(positions[number] + place.position, at + place.start, at + place.end)
                )
            at += len(chunk)
        return places


class _Chunk(NamedTuple):
    width: int
    found: Sequence[tuple[Word, Place]]


_OTHER_WORD = _Chunk(1, ())


class _Chunks(dict[str, _Chunk]):
    """Chunks by their text, analysed when they first come up."""

    def __init__(
        self,
        field: str,
        stems: AbstractSet[str],
        forms: AbstractSet[str],
        language: str | None,
        beginnings: Beginnings | None,
    ) -> None:
        super().__init__()
        self._field = field
        self._stems = stems
        self._forms = forms
        self._language = language
        self._beginnings = beginnings

    def __missing__(self, chunk: str) -> _Chunk:
        if self._is_other_word(chunk):
            self[chunk] = _OTHER_WORD
            return _OTHER_WORD
        terms, width = analyze_chunk(chunk, self._language)
        found = []
        for stem, form, position, start, end in terms:
            if stem in self._stems:
                found.append(((self._field, stem), Place(position, start, end)))
            if form in self._forms:
                found.append(((f"{self._field}_exact", form), Place(position, start, end)))
        self[chunk] = _Chunk(width, found)
        return self[chunk]

    def _is_other_word(self, chunk: str) -> bool:
        """Tell quickly whether a chunk is one plain word that cannot be any that is looked for."""
        word = chunk.strip(_AROUND)
        return self._beginnings is not None and is_plain(word) and not self._beginnings.fit(word)


def _chunk_start(text: str, at: int) -> int:
    """Go back to the white space before a place."""
    while at and not text[at - 1].isspace():
        at -= 1
    return at


def _find_whole(text: str, chunk: str, at: int) -> int:
    """Find a chunk from a place on where it stands between white space."""
    while True:
        at = text.index(chunk, at)
        end = at + len(chunk)
        if (at == 0 or text[at - 1].isspace()) and (end == len(text) or text[end].isspace()):
            return at
        at += 1
