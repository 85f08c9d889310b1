"""Where might a name stand? Runs of capitalised words, with the words around them."""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Container, Iterator


class Run(NamedTuple):
    """Capitalised words in a row.

    Attributes:
        spelling: as in the text.
        words: as spelt, possessive endings left off.
        offsets: where each word starts in the spelling.
        start: where the run starts in the text.
    """

    spelling: str
    words: tuple[str, ...]
    offsets: tuple[int, ...]
    start: int

    @property
    def end(self) -> int:
        """Where the last word ends in the text."""
        return self.start + len(self.spelling)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Give the place in the text of some words of the run, the last of them told as well."""
        offsets = self.offsets
        return self.start + offsets[first], self.start + offsets[last] + len(self.words[last])


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


ABBREVIATIONS = """
    Mr Mrs Ms Mx Dr Prof Sen Sens Rep Reps Gov Govs Gen Lt Col Maj Capt Cmdr Adm Sgt Cpl Pvt Rev Hon Fr Sr Jr St
    Ste Pres Supt Insp Atty Amb Sec Messrs Mme Mlle Dipl Ing Hr Frl Sra Dña Ald Asst Det Del Mt Ft Wm Chas Geo Jos
    Thos""".split()


_PARTICLES = (
    "de|del|della|dello|di|da|das|dos|do|du|van|von|vom|zu|zum|zur|der|den|ter|ten|te|bin|bint|ibn|"
    "ben|abu|al|el|la|le|los|las|af|av|y|e|ul|ur|oglu|oğlu|qizi|qızı|оглы|кызы"
)
# What is written small and grown together with a name: `al-Assad`, `d'Estaing`, `macDonald`.
_PREFIXES = ("[dl]['’]", "(?:al|el|ad|as|an|ar|at|az|ul|ur)-|de['’]|mac", "(?:bin|ibn|ben)-", "van’t ")
_PREFIX_ENDS = frozenset("l' l’ d' d’ l- d- s- n- r- t- z- e' e’ ac".split()) | {"t "}


@cache
def _patterns(*, plain: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Give the patterns of a run, and of a word in it, for text whose letters are plain (ASCII) or for any.

    Most text is plain, and a large set of letters takes long to compile: there are as few of them as can be. The first
    pattern begins with a set of letters, for which `re` looks faster than for anything else, so what may stand before
    that letter is asked after it.
    """
    upper, lower = ("A-Z", "a-z") if plain else (_letters(upper=True), _letters(upper=False))
    letter = f"{upper}{lower}" if plain else f"{upper}{lower}\u0300-\u036f"
    rest = f"[{letter}]*+(?:['’ʼ-](?![sS]\\b)[{letter}]++)*+"
    lengths = sorted({len(word) for word in ABBREVIATIONS})
    shortened = "|".join(f"(?<=\\b(?:{'|'.join(w for w in ABBREVIATIONS if len(w) == n)}))" for n in lengths)
    inside = f"(?:\\.-?(?:[{upper}]\\.-?)*(?![{lower}])|{rest}(?:(?=\\.)(?:{shortened})\\.)?)"
    prefix = "|".join(_PREFIXES)
    word = f"(?:[{upper}]{inside}|(?:{prefix})[{upper}]{rest})"
    after_prefix = "|".join(f"(?<=\\b(?:{same_length}).)" for same_length in _PREFIXES)
    first = f"[{upper}](?:(?<![\\w&@#/'’-].)|{after_prefix}){inside}"
    gap = "[ \u00a0]"
    nickname = f'["“][{upper}][{letter} ]{{1,20}}["”]{gap}'
    run = f"{first}(?:{gap}(?:{nickname})?(?:(?:{_PARTICLES}){gap}){{0,2}}+{word}|(?<=[{upper}]\\.)[{upper}]{inside})*"
    return re.compile(run), re.compile(f"{nickname}|({word}|[^\\s]+)")


_PREFIX = re.compile(f"\\b(?:{'|'.join(_PREFIXES)})$")
_NOT_PLAIN = re.compile("[ªµºÀ-\u058f\u10a0-\u10ff\u1c80-\u1fff\u2c60-\u2dff]")
_MARKS = "/,;:(\"“”‘'’—–-"
_AFTER = re.compile(r"(['’][sS]?(?!\w))?[ \u00a0]?([,;:.!?()\"“”'’—–-]|\w++)?+[ \u00a0]?+(\w++)?+")
_STARTS = frozenset(".!?\n\r•*|>…")
_POSSESSIVES = ("'s", "’s")
_OPENINGS = frozenset(':"“”‘«„')
_REACH = 32


def runs(text: str) -> Iterator[Run]:
    """Find the runs of capitalised words in a text, in order."""
    for spelling, start in spellings(text):
        yield Run(spelling, *cut(spelling), start)


def spellings(text: str, skip: Container[str] = ()) -> Iterator[tuple[str, int]]:
    """Find the runs of a text, in order, but for those that are spelt as `skip` says: how they are spelt, and where."""
    pattern, _ = _patterns(plain=_is_plain(text))
    for found in pattern.finditer(text):
        spelling = found.group()
        if spelling in skip:
            continue
        start = found.start()
        if text[start - 2 : start] in _PREFIX_ENDS:
            prefix = _PREFIX.search(text[max(0, start - 6) : start])
            if prefix:
                spelling = prefix.group() + spelling
                start -= len(prefix.group())
        yield spelling, start


def _is_plain(text: str) -> bool:
    """Whether the letters that have case are those of ASCII, as they are in most text with quotes and dashes."""
    return text.isascii() or _NOT_PLAIN.search(text) is None


def cut(spelling: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Cut a run into its words, and say where in it they start; a nickname between them is none."""
    if spelling.isalpha():
        return (spelling,), (0,)
    words = spelling.split(" ")
    if all(map(str.isalpha, words)):
        return tuple(words), tuple(accumulate([len(word) + 1 for word in words[:-1]], initial=0))
    _, word_pattern = _patterns(plain=_is_plain(spelling))
    found = [word for word in word_pattern.finditer(spelling) if word.group(1)]
    return tuple(word.group() for word in found), tuple(word.start() for word in found)


def surroundings(text: str, start: int, end: int) -> tuple[str, str, str, str, bool]:
    """Tell what stands around a run of a text, in lower case.

    Args:
        text: in which the run is.
        start: of the run.
        end: of the run.

    Returns:
        The two words or marks before it, nearest last, none beyond the start of a sentence; the two after it, the first
        of which may be a possessive `'s`; whether the run opens a sentence, a quotation or a line.
    """
    near = text[max(0, start - _REACH) : start].rstrip(" \u00a0\t")
    last = near[-1:]
    if not last or last in _STARTS:
        far, before, opens = "", "", True
    else:
        opens = last in _OPENINGS
        far, before = _before(near.lower().rsplit(None, 2)[-2:])
    possessive, first, second = _AFTER.match(text, end).groups("")  # type: ignore[union-attr]  # it matches nothing too
    if possessive:
        return far, before, "'s", first.lower(), opens
    return far, before, first.lower(), second.lower(), opens


def _before(pieces: list[str]) -> tuple[str, str]:
    """Give the last two words or marks of what stands before a run."""
    last = pieces[-1]
    if last.endswith(_POSSESSIVES):
        return last[:-2].lstrip(_MARKS), "'s"
    other = pieces[0] if len(pieces) > 1 else ""
    if last[-1] in _MARKS:
        return last.strip(_MARKS) or other.strip(_MARKS), last[-1]
    return other[-1:] if other and other[-1] in _MARKS else other, last.lstrip(_MARKS)
