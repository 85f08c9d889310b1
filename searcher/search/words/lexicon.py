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
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from searcher.search.engine.segments import Segment
    from searcher.search.words.vocabulary import Letters

MOST_FORMS = 5_000
"""A pattern stands for at most so many spellings: the commonest ones."""

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

    def wildcard(self, pattern: str, poll: Callable[[], None] = lambda: None) -> Forms:
        """Give the spellings that a wildcard stands for: `*` is any letters or none, `?` one."""
        literal = fold(pattern)
        first, *others = _WILD.split(literal)
        last, longest = others[-1] if others else "", max(others, key=len, default="")
        exact = literal in (f"{first}*", f"*{last}", f"*{longest}*")
        glob = "".join(".*" if part == "*" else "." if part == "?" else re.escape(part) for part in literal)
        matches = re.compile(glob, re.DOTALL).fullmatch

        def matching(letters: Letters) -> NDArray[np.int32]:
            if first:
                rows = letters.beginning(letters_of(first))
            else:
                rows = letters.ending(letters_of(last)) if last else letters.containing(letters_of(longest))
            return rows if exact else _tested(rows, poll, lambda some: map(matches, letters.words(some)))

        return self._forms(
            [_joined(letters.numbers[matching(letters)] for letters in words.folded) for words in self._vocabularies]
        )

    def regex(self, pattern: re.Pattern[str], poll: Callable[[], None]) -> Forms:
        """Give the spellings that a pattern matches whole, as they are or without their accents."""
        beginning, end = (letters_of(fold(part)) for part in _literal_ends(pattern.pattern))
        matches = pattern.fullmatch

        def matching(words: Vocabulary, letters: Letters) -> NDArray[np.int32]:
            def test(some: NDArray[np.int32]) -> Iterator[object]:
                if letters.is_ascii:
                    return map(matches, letters.words(some))
                written = (term.decode("utf-8", "replace") for term in words.terms(letters.numbers[some]))
                return (matches(word) or matches(term) for word, term in zip(letters.words(some), written, strict=True))

            rows = letters.beginning(beginning) if len(beginning) else letters.ending(end)
            return letters.numbers[_tested(rows, poll, test)]

        return self._forms(
            [_joined(matching(words, letters) for letters in words.folded) for words in self._vocabularies]
        )

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
        """Put together what was found in each vocabulary: at most `MOST_FORMS` spellings, the commonest."""
        vocabularies = self._vocabularies
        parts = list(zip(vocabularies, found, strict=True))
        counts = np.concatenate([np.empty(0, np.int64), *(words.counts(numbers) for words, numbers in parts)])
        identities = np.concatenate([np.empty(0, np.uint64), *(words.identities(numbers) for words, numbers in parts)])
        _, firsts, which = np.unique(identities, return_index=True, return_inverse=True)
        totals = np.bincount(which, counts, len(firsts)).astype(np.int64)
        bounds = np.cumsum([0, *map(len, found)])

        def terms_of(chosen: NDArray[np.intp]) -> list[bytes]:
            places = firsts[chosen]
            homes = bounds.searchsorted(places, "right") - 1
            terms = np.empty(len(chosen), object)
            for home, (words, numbers) in enumerate(parts):
                here = np.flatnonzero(homes == home)
                terms[here] = words.terms(numbers[places[here] - bounds[home]])
            return terms.tolist()

        chosen = _commonest(totals, MOST_FORMS, terms_of)
        places = np.full(len(totals), -1, np.intp)
        places[chosen] = np.arange(len(chosen))
        known = []
        for place, numbers, low, high in zip(self._places, found, bounds[:-1], bounds[1:], strict=True):
            if place is not None:
                here = places[which[low:high]]
                kept = here >= 0
                known.append(Known(*place, numbers[kept], here[kept], counts[low:high][kept]))
        return Forms(terms_of(chosen), totals[chosen], known, left_out=len(totals) - len(chosen))


def _commonest(
    totals: NDArray[np.int64], most: int, terms_of: Callable[[NDArray[np.intp]], list[bytes]]
) -> NDArray[np.intp]:
    """Choose the spellings with the highest totals; of equal ones the first in the order of their bytes."""
    if len(totals) <= most:
        return np.arange(len(totals))
    least = np.partition(totals, -most)[-most]
    sure, equal = np.flatnonzero(totals > least), np.flatnonzero(totals == least)
    terms = terms_of(equal)
    order = sorted(range(len(equal)), key=terms.__getitem__)
    return np.concatenate((sure, equal[order[: most - len(sure)]]))


def _tested(
    rows: NDArray[np.int32], poll: Callable[[], None], test: Callable[[NDArray[np.int32]], Iterable[object]]
) -> NDArray[np.int32]:
    """Give those of some words that stand a test of each, asked in between whether to go on."""
    found = []
    for start in range(0, len(rows), _POLL_EVERY):
        poll()
        some = rows[start : start + _POLL_EVERY]
        found.append(some[np.fromiter(map(bool, test(some)), np.bool_, len(some))])
    return _joined(found)


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
