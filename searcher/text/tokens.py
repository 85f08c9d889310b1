"""Where are the words of a text? The one tokenizer, for indexing, querying and highlighting alike.

It follows the word boundaries of Unicode (UAX 29) where those serve search, and departs where news needs it:

- `don't`, `O'Brien` are one word, `d'études`, `l'Iran` two: an elided article or pronoun stands by itself;
- `Nagorno-Karabakh`, `10:30`, `02091-C-71`, `snake_case`, `x.org/y` are words side by side;
- `U.S.`, `AT&T`, `C++`, `C#`, `10,000`, `3.5`, `#metoo`, `@handle`, an emoji, a flag are one word each;
- scripts without spaces give one word a character (with its marks); `analysis` pairs them.

No word crosses white space, and what a chunk between white space holds does not depend on its neighbours.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from searcher.text.shapes import shape

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_WORD = 100  # characters; what is longer (encoded data) is cut into words of this length

CHUNK = re.compile(r"\S+")

# Over kinds, not characters: see `shapes`. Tried in this order at each place.
_TOKEN = re.compile(
    r"""
    (?P<tag>       (?<![a0m&]) [#] (?=[0_]*[ac]) [a0mzc_]{1,100} )                # #metoo, not #1
  | (?P<handle>    (?<![a0m]) @ [a0_] [a0m_]{0,99} )                            # @handle, not x@y.org
  | (?P<initials>  (?<![a0m]) a m{0,4} (?: \. a m{0,4} ){1,9} (?![a0m]) \.?  (?: ' a (?![a0m]) )? )  # U.S., U.S.'s
  | (?P<pair>      (?<![a0m]) [a0]{1,3} & [a0]{1,3} (?![a0m&]) (?: ' a (?![a0m]) )? )             # AT&T, R&D, AT&T's
  | (?P<plus>      (?<![a0m]) [a0]{1,20} \+\+ (?![a0+]) | (?<![a0m]) a [#] (?![a0m#]) )            # C++, C#
  | (?P<number>    (?<![a0m]) (?: 0{1,3} (?: (?:,000){1,9} | (?:\.000){2,9} ) (?:\.0{1,9})? (?![0a])
                              | 0{1,30} (?:\.0{1,30}){1,9} [am]{0,30} ) )                   # 10,000  3.5bn
  | (?P<unspaced>  c [mz]{0,9} )
  | (?P<picture>   r r | [er] m{0,9} (?: z [e] m{0,9} ){0,9} )
  | (?P<word>      [a0] [a0mz]{0,99} (?: ' [a0] [a0mz]{0,99} ){0,5} )
    """,
    re.VERBOSE,
)
_UNSEEN = re.compile("[\u00ad\u2060\ufe00-\ufe0f]")
_APOSTROPHE = re.compile("[’‘ʼʻ＇´`]")
_ANY_APOSTROPHE = re.compile("['’‘ʼʻ＇´`\u05f3\u05f4]")
# Articles, pronouns and prepositions that lose their vowel before another: French, Italian, Catalan, Occitan.
_ELIDED = frozenset(
    "c d j l m n s t qu jusqu lorsqu puisqu quoiqu presqu quelqu entr un all coll dall dell nell sull quell quest "
    "bell sant dev com tutt senz".split(),
)


class Token(NamedTuple):
    """One word as it stands in the text: `text` is `[start, end)` in NFC, apostrophes straight, hyphenation gone."""

    text: str
    start: int
    end: int


class Scanned(NamedTuple):
    """A token's place and kind: the name of the alternative of the pattern that found it."""

    kind: str
    start: int
    end: int


def scan(text: str) -> Iterator[Scanned]:
    """Find the places of all words, in order; elided articles stand by themselves."""
    for found in _TOKEN.finditer(shape(text)):
        kind, start, end = found.lastgroup or "", found.start(), found.end()
        if kind == "word":
            yield from _elisions(text, start, end)
        else:
            yield Scanned(kind, start, end)


def _elisions(text: str, start: int, end: int) -> Iterator[Scanned]:
    while apostrophe := _ANY_APOSTROPHE.search(text, start, end):
        cut = apostrophe.start()
        if text[start:cut].casefold() not in _ELIDED or text[cut + 1 : end] in {"s", "S"}:
            break
        yield Scanned("word", start, cut)
        start = cut + 1
    yield Scanned("word", start, end)


def surface(text: str) -> str:
    """Give the spelling to compare exactly: NFC, apostrophes straight, nothing unseen; case and accents stay."""
    if text.isascii():
        return text.replace("`", "'")
    return _APOSTROPHE.sub("'", _UNSEEN.sub("", unicodedata.normalize("NFC", text)))


def tokenize(text: str) -> list[Token]:
    """Find all words of the text, in order; they do not overlap."""
    return [
        Token(surface(text[chunk.start() + start : chunk.start() + end]), chunk.start() + start, chunk.start() + end)
        for chunk in CHUNK.finditer(text)
        for _, start, end in scan(chunk[0])
    ]
