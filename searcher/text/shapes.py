"""What kind of character is this? One letter a kind, so that tokens can be told by a readable pattern over kinds.

`shape("Anna's 10,000")` is `"aaaa'a 00,000"`: as long as the text, one kind a character.

| kind | characters |
|---|---|
| `a` | letters |
| `0` | digits and other numerals |
| `m` | marks, and what is inside a word without being seen (soft hyphen, non-joiner) |
| `z` | the joiner of emoji and Indic letters |
| `c` | letters of scripts written without spaces: Chinese, Japanese, Korean, Thai, Lao, Khmer, Burmese, … |
| `e` | pictures: emoji and other symbols |
| `r` | regional indicators, two of which make a flag |
| `'` | apostrophes of every kind |
| `. , & # @ + _` | themselves |
| ` ` | everything else: what only separates |
"""

from __future__ import annotations

import unicodedata

_THEMSELVES = {ord(sign): sign for sign in ".,&#@+_"} | {
    ord(wide): sign for wide, sign in zip("＆＃＠＋", "&#@+", strict=True)
}
_APOSTROPHES = {ord(sign): "'" for sign in "'’‘ʼʻ＇´`\u05f3\u05f4"}
_INSIDE_WORDS = {0xAD: "m", 0x200C: "m", 0x200D: "z", 0x2060: "m"}
# Scripts that set no space between words (UAX 24 names). Korean sets them between phrases only: its endings cling.
_UNSPACED = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1100, 0x11FF), (0x1780, 0x17FF), (0x1950, 0x19DF), (0x1A20, 0x1AAF),
    (0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3021, 0x3029), (0x3031, 0x3035), (0x303B, 0x303C), (0x3040, 0x31FF),
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA960, 0xA97F), (0xAA60, 0xAA7F), (0xAC00, 0xD7FF), (0xF900, 0xFAFF),
    (0xFF66, 0xFFDC), (0x16FE0, 0x18DFF), (0x1AFF0, 0x1B2FF), (0x20000, 0x3FFFF),
)  # fmt: skip
_FIRST_PICTURE = 0x2300
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_REGIONAL_INDICATORS = range(0x1F1E6, 0x1F200)


class _Kinds(dict[int, str]):
    """The kind of every code point, found out when first asked for."""

    def __missing__(self, code: int) -> str:
        kind = _kind(code)
        self[code] = kind
        return kind


def _kind(code: int) -> str:
    category = unicodedata.category(chr(code))
    if category[0] == "L":
        return "c" if any(low <= code <= high for low, high in _UNSPACED) else "a"
    if category[0] == "N":
        return "c" if 0x3007 <= code <= 0x3029 else "0"
    if category[0] == "M" or code in _SKIN_TONES:
        return "m"
    if category == "So" and code >= _FIRST_PICTURE:
        return "r" if code in _REGIONAL_INDICATORS else "e"
    return " "


_KINDS = _Kinds(_THEMSELVES | _APOSTROPHES | _INSIDE_WORDS)


def shape(text: str) -> str:
    """Give the kind of each character: a string as long as `text`."""
    return text.translate(_KINDS)
