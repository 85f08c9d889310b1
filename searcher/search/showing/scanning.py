"""Where do some words stand in a text? Found by looking up chunks between white space, each analysed once a query."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from searcher.search.showing.beginnings import Beginnings
from searcher.text.analysis import is_plain, known_chunk

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
_COUNTED_AT_ONCE = 200
_FAR_APART = 150

Places = dict[Word, list[Place]]


class Scanner:
    """Looks for the same words in any number of texts of one language.

    Args:
        field: `title` or `body`.
        words: what is looked for, in that field or in its field of exact spellings.
        language: of the texts, as they were indexed.
        reach: up to how many words apart two places' positions must tell their distance. Those that are farther apart
            may seem farther or nearer than they are, but never within reach; with 0 positions mean nothing.
    """

    def __init__(self, field: str, words: Collection[Word], language: str | None, *, reach: int) -> None:
        stems = {term for name, term in words if name == field}
        forms = {term for name, term in words if name != field}
        beginnings = Beginnings(stems, forms, language) if Beginnings.are_known(language) else None
        self._chunks = _Chunks(field, stems, forms, language, beginnings)
        self._beginnings = beginnings
        self._reach = reach

    def places(self, text: str) -> Places:
        """Give the places of every word that occurs."""
        likely = self._beginnings.places(text) if self._beginnings else None
        # Counting the words between many places would take longer than counting all of them.
        if likely is None or (self._reach and len(likely) * _FAR_APART > len(text)):
            return self._places_in_order(text)
        return self._likely_places(text, likely)

    def _likely_places(self, text: str, likely: Sequence[int]) -> Places:
        """Look up only the chunks in which a word that is looked for may begin."""
        known = self._chunks
        places: Places = {}
        end = counted = position = 0
        for at in likely:
            if at < end:
                continue
            start = _chunk_start(text, at)
            end = _chunk_end(text, at)
            width, found = known[text[start:end]]
            if not found:
                continue
            if self._reach and places:
                position += self._words_between(text, counted, start)
            for word, place in found:
                places.setdefault(word, []).append(
                    Place(position + place.position, start + place.start, start + place.end)
                )
            position, counted = position + width, end
        return places

    def _words_between(self, text: str, start: int, end: int) -> int:
        """Count the words between two chunks, no farther than to more than are within reach."""
        known = self._chunks
        words = 0
        while start < end and words <= self._reach:
            stop = min(end, _chunk_end(text, start + _COUNTED_AT_ONCE))
            words += sum(known[chunk].width for chunk in text[start:stop].split())
            start = stop
        return words

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
        terms, width = known_chunk(chunk, self._language)
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


def _chunk_end(text: str, at: int) -> int:
    """Go on to the white space after a place."""
    stop = _BLANK.search(text, at)
    return stop.start() if stop else len(text)


def _find_whole(text: str, chunk: str, at: int) -> int:
    """Find a chunk from a place on where it stands between white space."""
    while True:
        at = text.index(chunk, at)
        end = at + len(chunk)
        if (at == 0 or text[at - 1].isspace()) and (end == len(text) or text[end].isspace()):
            return at
        at += 1
