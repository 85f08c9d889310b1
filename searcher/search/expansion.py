"""Which words of the archive does a pattern or a close spelling stand for?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from searcher.search.lexicon import Lexicon, Spelling

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
    return _capped(lexicon.wildcard(pattern), pattern)


def expand_regex(lexicon: Lexicon, pattern: str, poll: Callable[[], None]) -> Expansion:
    """Give the words that a regular expression matches from end to end, case and accents aside.

    Raises:
        QueryError: it is none.
    """
    from searcher.query.patterns import compile_regex

    return _capped(lexicon.regex(compile_regex(pattern), poll), f"/{pattern}/")


def expand_close(lexicon: Lexicon, word: str, distance: int) -> list[Expansion]:
    """Give, for each number of edits from 0 to `distance`, the words so far from a word."""
    return [_capped(spellings, f"{word}~{distance}") for spellings in lexicon.close(word, distance)]


def _capped(spellings: Sequence[Spelling], written: str) -> Expansion:
    if len(spellings) <= MOST_FORMS:
        return Expansion(tuple(spelling.form for spelling in spellings))
    common = sorted(spellings, key=lambda spelling: -spelling.occurrences)[:MOST_FORMS]
    note = f"{written} stands for {len(spellings):,} words; the {MOST_FORMS:,} commonest are searched"
    return Expansion(tuple(spelling.form for spelling in common), note)
