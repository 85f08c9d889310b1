"""Where might a name stand? Runs of capitalised words, with the words around them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Container, Iterator


class Run(NamedTuple):
    """Capitalised words in a row.

    Attributes:
        words: as spelt, possessive endings left off.
        starts: where each word starts in the text.
        end: where the last word ends.
    """

    words: list[str]
    starts: list[int]
    end: int


class Surroundings(NamedTuple):
    """What stands around a run, in lower case.

    Attributes:
        before: the two words or marks before it, nearest last; none are told beyond the start of a sentence.
        after: a possessive `'s`, a mark or a word, and the word after that.
        opens: the run opens a sentence, a quotation or a line.
    """

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


ABBREVIATIONS = """
    Mr Mrs Ms Mx Dr Prof Sen Sens Rep Reps Gov Govs Gen Lt Col Maj Capt Cmdr Adm Sgt Cpl Pvt Rev Hon Fr Sr Jr St
    Ste Pres Supt Insp Atty Amb Sec Messrs Mme Mlle Dipl Ing Hr Frl Sra Dña Ald Asst Det Del Mt Ft Wm Chas Geo Jos
    Thos""".split()


_PARTICLES = (
    "de|del|della|dello|di|da|das|dos|do|du|van|von|vom|zu|zum|zur|der|den|ter|ten|te|bin|bint|ibn|"
    "ben|abu|al|el|la|le|af|av|y|e|ul|ur"
)
# What is written small and grown together with a name: `al-Assad`, `d'Estaing`, `macDonald`.
_PREFIXES = ("[dl]['’]", "(?:al|el|ad|as|an|ar|at|az|ul|ur)-|de['’]|mac", "(?:bin|ibn|ben)-", "van’t ")
_PREFIX_ENDS = frozenset("-'’c ")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Give the patterns of a run, of a word in it, and of a prefix at the end of what stands before it.

    The first begins with a set of letters, for which `re` looks faster than for anything else, so what may stand
    before that letter is asked after it.
    """
    upper, lower = _letters(upper=True), _letters(upper=False)
    letter = f"{upper}{lower}\u0300-\u036f"
    rest = f"[{letter}]*(?:['’ʼ-](?![sS]\\b)[{letter}]+)*"
    lengths = sorted({len(word) for word in ABBREVIATIONS})
    shortened = "|".join(f"(?<=\\b(?:{'|'.join(w for w in ABBREVIATIONS if len(w) == n)}))" for n in lengths)
    inside = f"(?:\\.-?(?:[{upper}]\\.-?)*(?![{lower}])|{rest}(?:(?:{shortened})\\.)?)"
    prefix = "|".join(_PREFIXES)
    word = f"(?:[{upper}]{inside}|(?:{prefix})[{upper}]{rest})"
    after_prefix = "|".join(f"(?<=\\b(?:{same_length})[{upper}])" for same_length in _PREFIXES)
    first = f"[{upper}](?:(?<![\\w&@#/'’-][{upper}])|{after_prefix}){inside}"
    gap = "[ \u00a0]"
    run = f"{first}(?:{gap}(?:(?:{_PARTICLES}){gap}){{0,2}}{word}|(?<=[{upper}]\\.)(?=[{upper}]){word})*"
    return re.compile(run), re.compile(f"{word}|[^\\s]+"), re.compile(f"\\b(?:{prefix})$")


_MARKS = "/,;:(\"“”‘'’—–-"
_AFTER = re.compile(r"(['’][sS]?(?!\w))?[ \u00a0]?([,;:.!?()\"“”'’—–-]|\w+)?[ \u00a0]?(\w+)?")
_STARTS = frozenset(".!?\n\r•*|>…")
_OPENINGS = frozenset(':"“”‘«„')
_REACH = 32


def runs(text: str, skip: Container[str] = ()) -> Iterator[Run]:
    """Find the runs of capitalised words in a text, in order, but for single words that are in `skip`."""
    run_pattern, word_pattern, prefix_pattern = _patterns()
    for found in run_pattern.finditer(text):
        whole = found.group()
        if whole in skip:
            continue
        start, end = found.span()
        if (
            start
            and text[start - 1] in _PREFIX_ENDS
            and (prefix := prefix_pattern.search(text[max(0, start - 6) : start]))
        ):
            start -= len(prefix.group())
        elif whole.isalpha():
            yield Run([whole], [start], end)
            continue
        words: list[str] = []
        starts: list[int] = []
        for word in word_pattern.finditer(text, start, end):
            words.append(word.group())
            starts.append(word.start())
        yield Run(words, starts, end)


def surroundings(text: str, run: Run) -> Surroundings:
    """Tell what stands around a run of a text."""
    start = run.starts[0]
    near = text[max(0, start - _REACH) : start]
    stripped = near.rstrip(" \u00a0\t")
    last = stripped[-1:]
    if not last or last in _STARTS:
        before, opens = ("", ""), True
    else:
        opens = last in _OPENINGS
        before = _before(near.lower().split()[-2:])
    possessive, first, second = _AFTER.match(text, run.end).groups()  # type: ignore[union-attr]  # it matches nothing too
    after = ("'s", (first or "").lower()) if possessive else ((first or "").lower(), (second or "").lower())
    return Surroundings(before, after, opens)


def _before(pieces: list[str]) -> tuple[str, str]:
    """Give the last two words or marks of what stands before a run."""
    last = pieces[-1]
    other = pieces[0] if len(pieces) > 1 else ""
    if last[-1] in _MARKS:
        return last.strip(_MARKS) or other.strip(_MARKS), last[-1]
    return other[-1:] if other and other[-1] in _MARKS else other, last.lstrip(_MARKS)
