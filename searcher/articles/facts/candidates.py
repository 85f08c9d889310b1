"""Where might a name stand? Runs of capitalised words, with the words around them."""

from __future__ import annotations

import re
import sys
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Run(NamedTuple):
    """Capitalised words in a row.

    Attributes:
        words: as spelt, possessive endings left off.
        starts: where each word starts in the text.
        before: the two words before the run, lower case, nearest last; `""` where a sentence or the text begins.
        after: what follows: a possessive `'s`, punctuation, or a word; then the next word.
        opens: the run opens a sentence or a line.
    """

    words: list[str]
    starts: list[int]
    before: tuple[str, str]
    after: tuple[str, str]
    opens: bool


def _letters(upper: bool) -> str:
    """Write the letters of a case as ranges of a character class, for the alphabets that have case."""
    ranges: list[list[int]] = []
    for code in (*range(0x41, 0x590), *range(0x10A0, 0x1100), *range(0x1C80, 0x2000), *range(0x2C60, 0x2E00)):
        letter = chr(code)
        if (letter.isupper() or letter.istitle()) if upper else (letter.isalpha() and not letter.isupper()):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(chr(a) if a == b else f"{chr(a)}-{chr(b)}" for a, b in ranges)


ABBREVIATIONS = (
    "Mr|Mrs|Ms|Mx|Dr|Prof|Sen|Sens|Rep|Reps|Gov|Govs|Gen|Lt|Col|Maj|Capt|Cmdr|Adm|Sgt|Cpl|Pvt|Rev|Hon|Fr|Sr|Jr|St|Ste|"
    "Pres|Supt|Insp|Atty|Amb|Sec|Messrs|Mme|Mlle|Dipl|Ing|Hr|Frl|Sra|Dña|Ald|Asst|Det|Del|Mt|Ft|Wm|Chas|Geo|Jos|Thos"
)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    upper, lower = _letters(upper=True), _letters(upper=False)
    letter = upper + lower
    mark = "\u0300-\u036f"
    name = f"[{upper}][{letter}{mark}]*(?:['’ʼ-](?![sS]\\b)[{letter}{mark}]+)*"
    prefixed = f"(?:(?:al|el|ad|as|an|ar|at|az|ul|ur|bin|ibn|ben)-|[dl]['’]|de['’]|mac|van’t )(?=[{upper}]){name}"
    word = f"(?:(?:[{upper}]\\.-?)+(?![{lower}])|(?:{ABBREVIATIONS})\\.|{prefixed}|{name})"
    particle = "(?:de|del|della|dello|di|da|das|dos|do|du|van|von|vom|zu|zum|zur|der|den|ter|ten|te|bin|bint|ibn|ben|abu|al|el|la|le|af|av|y|e|ul|ur)"
    gap = "[ \u00a0]"
    run = f"(?<![\\w&@#/'’-]){word}(?:{gap}(?:{particle}{gap}){{0,2}}{word}|(?<=[{upper}]\\.)(?=[{upper}]){word})*"
    return re.compile(run), re.compile(f"{word}|[^\\s]+")


_MARK = ",;:(\"“”‘'’—–-"
_BEFORE = re.compile(
    rf"(?:([^\W_]+[.]?)(?:[ \u00a0]|(?=[{_MARK}])))?([^\W_]+[.]?|[{_MARK}])[ \u00a0]?$"
)
_AFTER = re.compile(r"(['’][sS]?(?!\w))?[ \u00a0]?([,;:.!?()\"“”'’—–-]|\w+)?[ \u00a0]?(\w+)?")
_OPENINGS = frozenset('.!?:\n\r"“”‘•*|>…')


def runs(text: str) -> Iterator[Run]:
    """Find the runs of capitalised words in a text, in order."""
    run_pattern, word_pattern = _patterns()
    intern = sys.intern
    for found in run_pattern.finditer(text):
        start, end = found.span()
        words: list[str] = []
        starts: list[int] = []
        for word in word_pattern.finditer(text, start, end):
            words.append(intern(word.group()))
            starts.append(word.start())
        near = text[max(0, start - 32) : start]
        stripped = near.rstrip(" \u00a0\t")
        opens = not stripped or stripped[-1] in _OPENINGS
        before = _BEFORE.search(near)
        if before is None:
            previous = ("", "")
        else:
            previous = ((before.group(1) or "").lower(), before.group(2).lower())
        after = _AFTER.match(text, end)
        assert after is not None
        possessive, first, second = after.groups()
        following = ("'s", (first or "").lower()) if possessive else ((first or "").lower(), (second or "").lower())
        yield Run(words, starts, previous, following, opens)
