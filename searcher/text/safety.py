"""What of a text from outside is safe to show, store and compare?

Text from outside may carry terminal escape sequences, controls that reorder or hide what is shown, and marks stacked
until they cover the neighbouring lines. None of it is part of the words.
"""

from __future__ import annotations

import re

from searcher.text.patterns import later

# ECMA-48 control sequences, then operating-system commands and their kin up to their terminator, then other escapes.
_ESCAPES = later(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]{0,4096}(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-~]?",
)
_LINE_BREAKS = later("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Controls, soft hyphen, zero-width spaces, marks and overrides of direction, isolates, annotations, tags, half
# surrogates and non-characters. Joiners stay where a script or an emoji needs them: see `_STRAY_JOINER`.
_UNSEEN = later(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]",
)
_STRAY_JOINER = later("(?<![\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff\u2190-\u2bff\ufe0f"
                           "\U0001f000-\U0001faff])[\u200c\u200d]")  # fmt: skip
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_FLOOD = later(f"({_MARK}{{3}}){_MARK}+")
_BLANKS = re.compile(r"\s+")


def printable(text: str) -> str:
    """Give the text without anything that acts on a terminal or hides; line feeds stay, tabs become spaces.

    Plain ASCII and ordinary letters of every script come back as they are. Applying it twice changes nothing more.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _LINE_BREAKS.sub("\n", _ESCAPES.sub("", text)).replace("\t", " ")
    text = _STRAY_JOINER.sub("", _UNSEEN.sub("", text))
    return _FLOOD.sub(r"\1", text)


def one_line(text: str) -> str:
    """Give the text as `printable` does, on one line: each run of white space is one space, none at the ends."""
    return _BLANKS.sub(" ", printable(text)).strip()
