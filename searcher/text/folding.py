"""When are two spellings the same word to a reader who cannot type accents?

`fold` is how stems and keys are compared: compatibility forms (NFKC), case, accents, ligatures and the letters that
Unicode gives no decomposition (ı ß ø ł ə …) are evened out. Marks that tell words apart in their script stay: the
vowel signs of Indic and South-East Asian scripts, the voicing marks of Japanese, and й and ї.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from searcher.text.patterns import later

if TYPE_CHECKING:
    from collections.abc import Sequence

# Accents of Latin, Greek and Cyrillic; points of Hebrew and Arabic, the Arabic hamza and elongation; selectors;
# what joins or hyphenates without being seen.
_DROPPED = later(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
    "\u00ad\u200b-\u200d\u2060\ufeff\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef]",
)
_LETTERS = str.maketrans({
    "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ŧ": "t", "ŋ": "n",
    "ə": "a", "ĸ": "k", "ɓ": "b", "ɗ": "d", "ɖ": "d", "ƙ": "k", "ɣ": "g", "ɛ": "e", "ɔ": "o", "ƴ": "y", "ƒ": "f",
    "\u0649": "\u064a", "\u06cc": "\u064a", "\u0629": "\u0647", "\u06a9": "\u0643", "\u0671": "\u0627",  # Arabic
    "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "＇": "'", "´": "'", "`": "'",
})  # fmt: skip
# The composed letter through a stand-in that is no character, so that it is not taken apart with the rest.
_KEPT = {"й": "\ufdd0", "ї": "\ufdd1"}
_KEEP = str.maketrans(_KEPT)
_RESTORE = str.maketrans({stand_in: letter for letter, stand_in in _KEPT.items()})


def fold(text: str) -> str:
    """Even out case, accents, ligatures and compatibility forms; punctuation stays.

    The result is NFC, and folding it again changes nothing. Its length may differ from the text's.
    """
    if text.isascii():
        return text.lower()
    return _fold(text)


def fold_all(words: Sequence[str]) -> list[str]:
    """Fold many words in one go: nothing composes with the end of a line."""
    folded = _fold.__wrapped__("\n".join(words)).split("\n")
    return folded if len(folded) == len(words) else list(map(fold, words))


@lru_cache(maxsize=65536)
def _fold(text: str) -> str:
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    text = unicodedata.normalize("NFD", text.translate(_KEEP))
    text = _DROPPED.sub("", text).translate(_LETTERS)
    text = unicodedata.normalize("NFC", text).translate(_RESTORE)
    if not text.isascii():
        text = "".join([str(unicodedata.decimal(letter, letter)) for letter in text])
    return text
