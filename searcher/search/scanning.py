"""Where do some words stand in a text? Found by looking each chunk between white space up, analysed once a query."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from searcher.text.analysis import analyze_chunk
from searcher.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

Word = tuple[str, str]
"""A field of the index and a term of it."""


class Place(NamedTuple):
    """One occurrence of a word: which word of the text it is, and the characters it takes."""

    position: int
    start: int
    end: int


KEEPING_INITIALS = frozenset({None, "en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "no", "fi", "ro", "pl"})
"""Languages whose stemmers, if they have one, take nothing off the front of a word."""

KEEPING_SECOND = frozenset({None, "en"})
"""Those whose stemmers also keep the second letter, but for an i or y."""

_AROUND = '.,;:!?()[]"“”„«»'
_LONGEST = 60
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
        self._chunks = _Chunks(field, words, language)
        self._likely: re.Pattern[str] | None = None
        if not positions and language in KEEPING_INITIALS:
            beginnings = "|".join(sorted({_beginning(fold(term), language) for _, term in words}))
            self._likely = re.compile(rf"(?i)(?<![^\W_])(?:{beginnings})|[^\x00-\x7f\s“”‘’–—…]")

    def places(self, text: str) -> Places:
        """Give the places of every word that occurs."""
        return self._places_in_order(text) if self._likely is None else self._likely_places(text, self._likely)

    def _likely_places(self, text: str, likely: re.Pattern[str]) -> Places:
        """Look up only the chunks with a letter that may begin a word that is looked for."""
        known = self._chunks
        places: Places = {}
        end = 0
        for match in likely.finditer(text):
            if match.start() < end:
                continue
            start = _chunk_start(text, match.start())
            stop = _BLANK.search(text, match.start())
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

    def __init__(self, field: str, words: Collection[Word], language: str | None) -> None:
        super().__init__()
        self._field = field
        self._stems = {term for name, term in words if name == field}
        self._forms = {term for name, term in words if name != field}
        self._language = language
        self._initials: set[str] | None = None
        if language in KEEPING_INITIALS:
            self._initials = {fold(term)[:1] for term in self._stems | self._forms}

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
        return (
            self._initials is not None
            and word.isascii()
            and word.isalpha()
            and len(word) <= _LONGEST
            and word[0].lower() not in self._initials
        )


def _beginning(term: str, language: str | None) -> str:
    """Give a pattern for how a word with this stem begins; the second letter where stemming is known to keep it."""
    pattern = re.escape(term[:1])
    if language in KEEPING_SECOND and len(term) > 1 and term[:2].isascii() and term[:2].isalnum():
        # `dying` is `die` to the stemmer; initials and contractions are written with a sign between.
        pattern += r"\W?" + ("[iy]" if term[1] in "iy" else term[1])
    return pattern


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
