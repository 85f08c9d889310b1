"""Which runs of letters is a text made of? Plainer and sooner told than its words (`tokens`)."""

from __future__ import annotations

import re

_RUN = re.compile(r"[^\W\d_]+")
_ASCII_LETTERS = "".join(letter if letter.isalpha() else " " for letter in map(chr, range(128)))


def letter_runs(text: str) -> list[str]:
    """Give the runs of letters in a text, in order: `don't` is `don` and `t`."""
    return text.translate(_ASCII_LETTERS).split() if text.isascii() else _RUN.findall(text)
