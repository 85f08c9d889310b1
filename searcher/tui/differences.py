"""Where does a text differ from another one that is nearly the same?"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from searcher.model import Span

_WORD = re.compile(r"\w+")
MOST_WORDS_IN_FULL = 5000  # beyond which frequent words no longer count as common ground: comparing them is quadratic


def differences(text: str, other: str) -> list[Span]:
    """Find the runs of words of a text that another text has not, compared word by word without case and punctuation.

    Args:
        text: what the spans point into.
        other: what it is compared with.

    Returns:
        Code point offsets `[start, end)` into `text`, in order. Words that only `other` has leave no span.
    """
    words = list(_WORD.finditer(text))
    others = [word.casefold() for word in _WORD.findall(other)]
    matcher = SequenceMatcher(
        None, others, [word[0].casefold() for word in words], autojunk=len(words) > MOST_WORDS_IN_FULL
    )
    return [
        (words[first].start(), words[last - 1].end())
        for tag, _, _, first, last in matcher.get_opcodes()
        if tag != "equal" and first < last
    ]
