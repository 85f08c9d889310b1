"""Which words of the archive does a pattern or a close spelling stand for?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from searcher.search.engine.impacts import Kept

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from searcher.search.engine.forms import Forms
    from searcher.search.words.lexicon import Lexicon

KEPT_BYTES = 8 << 20


@dataclass(frozen=True, slots=True)
class Expansion:
    """Spellings that stand for what was written.

    Attributes:
        note: says that there are more than are looked for; empty when these are all.
    """

    forms: Forms
    note: str = ""


class Expansions:
    """What was written in lately, and the spellings of one archive that it stands for."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._kept: Kept[Sequence[Expansion]] = Kept(KEPT_BYTES, lambda kept: sum(part.forms.size for part in kept))

    def wildcard(self, pattern: str, poll: Callable[[], None]) -> Expansion:
        """Give the words that a wildcard stands for, case and accents aside."""
        return self._expanded(pattern, lambda: [self._lexicon.wildcard(pattern, poll)])[0]

    def regex(self, pattern: str, poll: Callable[[], None]) -> Expansion:
        """Give the words that a regular expression matches from end to end, case and accents aside.

        Raises:
            QueryError: it is none.
        """
        from searcher.query.patterns import compile_regex

        return self._expanded(f"/{pattern}/", lambda: [self._lexicon.regex(compile_regex(pattern), poll)])[0]

    def close(self, word: str, distance: int) -> Sequence[Expansion]:
        """Give, for each number of edits from 0 to `distance`, the words so far from a word."""
        return self._expanded(f"{word}~{distance}", lambda: self._lexicon.close(word, distance))

    def _expanded(self, written: str, find: Callable[[], Sequence[Forms]]) -> Sequence[Expansion]:
        return self._kept.get(written, lambda: [Expansion(forms, _note(forms, written)) for forms in find()])


def _note(forms: Forms, written: str) -> str:
    if not forms.left_out:
        return ""
    found = len(forms) + forms.left_out
    return f"{written} stands for {found:,} words; the {len(forms):,} commonest are searched"
