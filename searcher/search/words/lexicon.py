"""The words of the archive as they are written, and which of them look like a pattern or a misspelling."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Self

import numpy as np

from searcher.search.engine.forms import Forms, Known
from searcher.search.words.edits import letters_of
from searcher.search.words.vocabulary import Vocabulary
from searcher.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from searcher.search.engine.segments import Segment
    from searcher.search.words.vocabulary import Letters

_POLL_EVERY = 4096
_WILD = re.compile(r"[*?]")


class Lexicon:
    """The distinct spellings of an archive.

    Args:
        segments: of the archive.
        fields: whose terms are the spellings.
    """

    def __init__(self, segments: Sequence[Segment], fields: Sequence[str]) -> None:
        places = [(segment, field) for segment in segments for field in fields]
        self._places: list[tuple[Segment, str] | None] = [*places]
        self._vocabularies = [
            Vocabulary(*segment.term_bytes(field), partial(segment.counts, field)) for segment, field in places
        ]

    @classmethod
    def of_counts(cls, counts: Mapping[str, int]) -> Self:
        """Make one of spellings and how often each occurs."""
        lexicon = cls((), ())
        terms = [form.encode("utf-8", "replace") for form in counts]
        starts = np.cumsum([0, *map(len, terms)])
        blob = np.frombuffer(b"".join(terms), np.uint8)
        totals = np.fromiter(counts.values(), np.int64, len(terms))
        lexicon._places = [None]
        lexicon._vocabularies = [Vocabulary(blob, starts, lambda: totals)]
        return lexicon

    def wildcard(self, pattern: str) -> Forms:
        """Give the spellings that a wildcard stands for: `*` is any letters or none, `?` one."""
        literal = fold(pattern)
        first, *others = _WILD.split(literal)
        beginning, last = list(map(ord, first)), list(map(ord, others[-1] if others else ""))
        longest = max(others, key=len, default="")
        wanted = None
        if literal != first + "*":
            glob = "".join(".*" if part == "*" else "." if part == "?" else re.escape(part) for part in literal)
            wanted = re.compile(glob, re.DOTALL).fullmatch

        def likely(letters: Letters) -> NDArray[np.int32]:
            if beginning:
                return letters.beginning(beginning)
            if last:
                return letters.ending(last)
            return letters.containing(longest) if longest else letters.all_rows

        def matching(letters: Letters) -> NDArray[np.int32]:
            rows = likely(letters)
            if wanted is None or literal == "*" + "".join(map(chr, last)):
                return rows
            return rows[[wanted(word) is not None for word in letters.words(rows)]]

        return self._forms(
            [_joined(letters.numbers[matching(letters)] for letters in words.folded) for words in self._vocabularies]
        )

    def regex(self, pattern: re.Pattern[str], poll: Callable[[], None]) -> Forms:
        """Give the spellings that a pattern matches whole, as they are or without their accents."""
        beginning, end = (list(map(ord, fold(part))) for part in _literal_ends(pattern.pattern))
        matches = pattern.fullmatch
        found: list[NDArray[np.int32]] = []
        for words in self._vocabularies:
            matching: list[NDArray[np.int32]] = []
            for letters in words.folded:
                rows = letters.beginning(beginning) if beginning else letters.ending(end)
                for start in range(0, len(rows), _POLL_EVERY):
                    poll()
                    some = rows[start : start + _POLL_EVERY]
                    if letters.is_ascii:
                        kept = [matches(word) is not None for word in letters.words(some)]
                    else:
                        kept = [
                            matches(word) is not None or matches(term.decode("utf-8", "replace")) is not None
                            for word, term in zip(letters.words(some), words.terms(letters.numbers[some]), strict=True)
                        ]
                    matching.append(letters.numbers[some[kept]])
            found.append(_joined(matching))
        return self._forms(found)

    def close(self, word: str, distance: int) -> list[Forms]:
        """Give for each number of edits from 0 to `distance` the spellings so far from `word`, case and accents aside.

        See `edits` for what an edit is.
        """
        target = letters_of(fold(word))
        found = []
        for words in self._vocabularies:
            near = [(letters.numbers, *letters.near(target, distance)) for letters in words.folded]
            found.append((_joined(numbers[rows] for numbers, rows, _ in near), np.concatenate([n[2] for n in near])))
        return [self._forms([numbers[away == edits] for numbers, away in found]) for edits in range(distance + 1)]

    def _forms(self, found: Sequence[NDArray[np.int32]]) -> Forms:
        """Put together what was found in each vocabulary."""
        indices = _Indices()
        known = []
        totals = np.zeros(0, np.int64)
        for words, numbers, place in zip(self._vocabularies, found, self._places, strict=True):
            which = np.fromiter(map(indices.__getitem__, words.terms(numbers)), np.intp, len(numbers))
            counts = words.counts(numbers)
            totals = np.concatenate((totals, np.zeros(len(indices) - len(totals), np.int64)))
            totals[which] += counts
            if place is not None:
                known.append(Known(*place, numbers, which, counts))
        return Forms(list(indices), totals, known)


class _Indices(dict[bytes, int]):
    """Numbers for terms, in the order in which they come up."""

    def __missing__(self, term: bytes) -> int:
        number = self[term] = len(self)
        return number


def _joined(parts: Iterable[NDArray[np.int32]]) -> NDArray[np.int32]:
    return np.concatenate([np.empty(0, np.int32), *parts])


def _literal_ends(pattern: str) -> tuple[str, str]:
    """Give letters that every match of a regular expression begins and ends with."""
    depth = 0
    for sign in re.findall(r"\\.|\[\^?\]?(?:\\.|[^\]])*\]|.", pattern, re.DOTALL):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth:
            return "", ""
    first = re.match(r"[a-zA-Z0-9]*(?![?*{])", pattern)
    last = re.search(r"(?:\\x..|\\u....|\\.)?([a-zA-Z0-9]*)$", pattern)
    return first[0] if first else "", last[1] if last else ""
