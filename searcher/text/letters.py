"""Which runs of letters is a text made of, and what is it in small letters? Plainer and sooner told than `tokens`."""

from __future__ import annotations

import re

_RUN = re.compile(r"[^\W\d_]+")
_ASCII_LETTERS = "".join(letter if letter.isalpha() else " " for letter in map(chr, range(128)))


def letter_runs(text: str) -> list[str]:
    """Give the runs of letters in a text, in order: `don't` is `don` and `t`."""
    return text.translate(_ASCII_LETTERS).split() if text.isascii() else _RUN.findall(text)


def lowered(text: str) -> str:
    """Give a text in lower case, letter for letter, the Turkish dotted capital too.

    `re` tries many words much sooner in such a text than where it must not mind case.
    """
    return text.replace("İ", "i").lower()
