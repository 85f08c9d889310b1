"""What terms does a text hold, and where? The one analysis behind index, query and highlight.

A chunk between white space is analysed by itself, so its terms are kept and used again wherever the chunk comes up;
`batches` does the same over arrays. Every token takes one position, whatever the language, and gives at that position

1. the term a query for it uses: its spelling and its stem;
2. terms by which looser queries find it as well: `metoo` for `#metoo`, `us` for `US`, `Armenia` for `Armenia's`
   (exactly spelt), one letter of a script written in pairs.

Stems are folded (`fold`), so accents and case play no part in them; forms are as written.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from searcher.text.folding import fold
from searcher.text.stems import stem, writes
from searcher.text.tokens import CHUNK, LONGEST_WORD, Scanned, scan, surface

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LONGEST_KEPT = 60  # characters; longer chunks seldom come twice
# Initials whose letters also spell a common word: only written as initials, or in capitals, do they mean the name.
_ALSO_WORDS = frozenset({"us", "it", "who"})


class Term(NamedTuple):
    """One entry of the index and its place.

    Attributes:
        stem: folded and stemmed, for the fields `title` and `body`; empty when it stands only in the exact fields.
        form: the spelling, for `title_exact` and `body_exact`; empty when it stands only among the stems.
        position: which word of the text it is, from 0.
        start, end: its place in the text. Terms of a script in pairs reach over two positions.
    """

    stem: str
    form: str
    position: int
    start: int
    end: int


class Chunk(NamedTuple):
    """The terms of one chunk, places counted from its start, and how many positions it takes."""

    terms: tuple[Term, ...]
    positions: int


class QueryTerm(NamedTuple):
    """One position of what a query asks for.

    Attributes:
        stems: what it may be called in articles of the archive's languages.
        form: its exact spelling.
        position: relative to the first word.
        start, end: its place in the text given.
    """

    stems: tuple[str, ...]
    form: str
    position: int
    start: int
    end: int


def analyze(text: str, language: str | None) -> list[Term]:
    """Give the terms of a text in order of position; within one position the most telling first.

    Args:
        text: a title, a story or a query's words.
        language: ISO 639-1, or None when unknown.
    """
    terms: list[Term] = []
    position = 0
    for found in CHUNK.finditer(text):
        chunk = known_chunk(found[0], language)
        at = found.start()
        terms += [
            Term(stem, form, position + offset, at + start, at + end) for stem, form, offset, start, end in chunk.terms
        ]
        position += chunk.positions
    return terms


def analyze_chunk(chunk: str, language: str | None) -> Chunk:
    """Give the terms of a run of text without white space."""
    if is_plain(chunk):
        return Chunk((Term(_stem(chunk, language), chunk, 0, 0, len(chunk)),), 1)  # what most chunks are, sooner
    terms: list[Term] = []
    position = 0
    scanned = list(scan(chunk))
    for number, token in enumerate(scanned):
        following = scanned[number + 1] if number + 1 < len(scanned) else None
        terms += _terms(chunk, token, following, position, language)
        position += _width(chunk, token)
    return Chunk(tuple(terms), position)


def known_chunk(chunk: str, language: str | None) -> Chunk:
    """Give the terms of a chunk, kept from when it last came up."""
    return (_kept if len(chunk) <= _LONGEST_KEPT else analyze_chunk)(chunk, language)


def is_plain(chunk: str) -> bool:
    """Tell whether a chunk is but one word of ASCII letters: its form is the chunk, its stem that of `plain_stems`."""
    return chunk.isascii() and chunk.isalpha() and len(chunk) <= LONGEST_WORD and chunk.lower() not in _ALSO_WORDS


_kept = lru_cache(maxsize=1 << 13)(analyze_chunk)


def _width(chunk: str, token: Scanned) -> int:
    if token.kind in {"tag", "handle"}:
        return max(1, sum(1 for _ in scan(chunk[token.start + 1 : token.end])))
    return 1


def _terms(
    chunk: str, token: Scanned, following: Scanned | None, position: int, language: str | None
) -> Iterator[Term]:
    kind, start, end = token
    form = surface(chunk[start:end])
    match kind:
        case "tag" | "handle":
            yield Term(fold(form), form, position, start, end)
            for inner in analyze_chunk(chunk[start + 1 : end], language).terms:
                yield Term(
                    inner.stem, inner.form, position + inner.position, start + 1 + inner.start, start + 1 + inner.end
                )
        case "unspaced":
            if following is not None and following.kind == "unspaced" and following.start == end:
                pair = surface(chunk[start : following.end])
                yield Term(fold(pair), pair, position, start, following.end)
            yield Term(fold(form), form, position, start, end)
        case _:
            for stem_, form_, length in _readings(kind, form, language):
                yield Term(stem_, form_, position, start, end - length)


def _readings(kind: str, form: str, language: str | None) -> Iterator[tuple[str, str, int]]:
    """Give stem and form of each term of one word, and how many characters at its end are not of the term."""
    bare = _without_possessive(form)
    folded = fold(bare)
    if kind == "initials":
        letters = folded.replace(".", "")
        yield _dotted(letters) if letters in _ALSO_WORDS else letters, form, 0
    elif kind == "number":
        yield _number(folded), form, 0
    elif kind == "word" and folded in _ALSO_WORDS and bare.isupper():
        yield _dotted(folded), form, 0
        yield folded, "", 0
    elif kind == "word":
        yield _stem(bare, language), form, 0
    else:
        yield folded, form, 0
    if len(bare) < len(form):
        yield "", bare, len(form) - len(bare)


def _without_possessive(form: str) -> str:
    before, apostrophe, after = form.rpartition("'")
    return before if apostrophe and before and after in {"s", "S"} else form


def _stem(bare: str, language: str | None) -> str:
    if "'" in bare:
        name, _, _ = bare.partition("'")
        if len(name) > 1 and writes(language, bare) in {"tr", "az"}:
            bare = name  # Turkish sets a name's endings off by an apostrophe: Türkiye'nin
        bare = bare.replace("'", "")
    return fold(stem(bare, language)) or fold(bare)


def _dotted(letters: str) -> str:
    return ".".join(letters)


def _number(digits: str) -> str:
    """Write thousands without separators: `10,000` is `10000`, `1.234.567` is `1234567`, `3.5` stays."""
    if "," in digits:
        return digits.replace(",", "")
    return digits.replace(".", "") if digits.count(".") > 1 and _groups_of_three(digits) else digits


def _groups_of_three(digits: str) -> bool:
    first, *groups = digits.split(".")
    return len(first) <= 3 and all(len(group) == 3 for group in groups)


def query_terms(text: str, languages: Sequence[str | None]) -> tuple[QueryTerm, ...]:
    """Give, for each position of what a query asks for, what it may be called in an archive of these languages.

    Only the most telling term of each position is asked for; a letter that the pair before it already holds is not
    asked for again. With no language known, words are read by their script. An accented word is asked for without its
    accents as well, since stemming may part the two.
    """
    known = list(dict.fromkeys(languages or [None]))
    readings = [_telling(analyze(text, language)) for language in known]
    return tuple(
        QueryTerm(
            tuple(
                dict.fromkeys(
                    stem for term, language in zip(same, known, strict=True) for stem in _asked(term, language)
                )
            ),
            same[0].form,
            same[0].position,
            same[0].start,
            same[0].end,
        )
        for same in zip(*readings, strict=True)
    )


def _asked(term: Term, language: str | None) -> Iterator[str]:
    yield term.stem
    if not term.form.isascii():
        yield from (plain.stem for plain in analyze_chunk(fold(term.form), language).terms[:1])


def _telling(terms: list[Term]) -> list[Term]:
    telling: list[Term] = []
    for term in terms:
        if telling and (term.position == telling[-1].position or term.end <= telling[-1].end):
            continue
        telling.append(term)
    return telling
