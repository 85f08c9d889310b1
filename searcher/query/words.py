"""What of a run of characters is a word: the punctuation around it taken off, its case evened out."""

from __future__ import annotations

import re
import unicodedata

_BEFORE = "'‘’“”„«»‹›\"([{<>¿¡…·•–—-~^=*?.,;:!|\\/`´_)]}+"
_AFTER = "'’‘“”„«»‹›\"([{<)]}>…·•.,;:!?–—-~^=*|\\/`´_"

_NOT_STARS = str.maketrans("", "", "*?")
_BEFORE_PATTERN, _AFTER_PATTERN = _BEFORE.translate(_NOT_STARS), _AFTER.translate(_NOT_STARS)
_PUNCTUATION = re.compile(r"[()\[\]{}\"“”„«»:^~\\/=<>|,;!$%]+")


def holds_word(text: str) -> bool:
    """Say whether there is anything to search for: a letter, a digit, an emoji."""
    return any(
        letter.isalnum() or (letter > "\u2000" and unicodedata.category(letter) in {"So", "Lo", "Nl"})
        for letter in text
    )


def bare(text: str) -> str:
    """Take off the punctuation around a word; the last stop of `U.S.` stays."""
    text = text.lstrip(_BEFORE)
    kept = text.rstrip(_AFTER)
    if "(" in kept and text[len(kept) : len(kept) + 1] == ")":
        kept += ")"
    if text[len(kept) : len(kept) + 1] == "." and "." in kept and _initials(kept):
        kept += "."
    return kept


def _initials(text: str) -> bool:
    return all(len(letters) == 1 for letters in text.split("."))


def evened(word: str) -> str:
    """Fold the case of a word, unless it is two or three capitals: `US` is not `us`, nor is it in `US-led`."""
    if word.islower() and word.isascii():
        return word
    if _capitals(word):
        return word
    return "-".join(part if _capitals(part) else _folded(part) for part in word.split("-"))


def _capitals(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return 2 <= len(letters) <= 3 and all(letter.isupper() for letter in letters)


def _folded(word: str) -> str:
    return word.casefold().replace("i\u0307", "i")  # what is left of the Turkish capital of i


def wildcard_pattern(text: str) -> str:
    """Even out a wildcard pattern: no punctuation around it, none but dashes in it, no two stars together."""
    pattern = _PUNCTUATION.sub("-", text).lstrip(_BEFORE_PATTERN).rstrip(_AFTER_PATTERN)
    if pattern.count("?") == 1 and pattern.endswith("?"):
        pattern = pattern[:-1].rstrip(_AFTER_PATTERN)
    return re.sub(r"\*{2,}", "*", pattern).casefold()
