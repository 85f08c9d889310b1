"""Text from outside, made safe and plain: what a reader sees, lines ended by newlines."""

from __future__ import annotations

import re

from searcher.text.safety import printable

_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_GAPS = re.compile(r"\n[^\S\n]*\n\s*\n")
_HALVES = re.compile(r"[\ud800-\udfff]")


def visible(text: str) -> str:
    """Give a text with newlines alone between lines and nothing in it that acts on a terminal.

    Several blank lines are one. Half a surrogate pair, which no encoding can write, becomes U+FFFD.
    """
    text = printable(_HALVES.sub("\ufffd", _ENDS.sub("\n", text)))
    return _GAPS.sub("\n\n", text).strip() if "\n" in text else text.strip()
