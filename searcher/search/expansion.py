"""Which words of the archive does a pattern or a close spelling stand for?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from searcher.search.lexicon import Lexicon

MOST_FORMS = 5_000
"""A pattern stands for at most so many spellings: the commonest ones. What is left out is said."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """Spellings that stand for what was written.

    Attributes:
        note: says that there are more than are looked for; empty when these are all.
    """

    forms: tuple[str, ...]
    note: str = ""


def expand_wildcard(lexicon: Lexicon, pattern: str) -> Expansion:
    """Give the words that a wildcard stands for, case and accents aside."""
    return _capped(lexicon, lexicon.wildcard(pattern), pattern)


def expand_regex(lexicon: Lexicon, pattern: str, poll: Callable[[], None]) -> Expansion:
    """Give the words that a regular expression matches from end to end, case and accents aside.

    Raises:
        QueryError: it is none.
    """
    from searcher.query.patterns import compile_regex

    return _capped(lexicon, lexicon.regex(compile_regex(pattern), poll), f"/{pattern}/")


def expand_close(lexicon: Lexicon, word: str, distance: int) -> list[Expansion]:
    """Give, for each number of edits from 0 to `distance`, the words so far from a word."""
    by_distance: list[list[int]] = [[] for _ in range(distance + 1)]
    for number, edits in lexicon.close(word, distance):
        by_distance[edits].append(number)
    return [_capped(lexicon, numbers, f"{word}~{distance}") for numbers in by_distance]


def _capped(lexicon: Lexicon, numbers: Sequence[int], written: str) -> Expansion:
    if len(numbers) <= MOST_FORMS:
        return Expansion(tuple(lexicon.forms[number] for number in numbers))
    common = sorted(numbers, key=lambda number: -int(lexicon.counts[number]))[:MOST_FORMS]
    note = f"{written} stands for {len(numbers):,} words; the {MOST_FORMS:,} commonest are searched"
    return Expansion(tuple(lexicon.forms[number] for number in common), note)
