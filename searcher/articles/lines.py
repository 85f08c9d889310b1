"""What are the lines of a text, which of them are of sentences, and which only broken at a margin?"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENERS = "\"“‘'«("
_CLOSERS = "\"”’“‘»)]'*_ "
TERMINALS = (".", "!", "?", "…", "。", "！", "？", "؟", "।", ":", "։", "۔")
SHORTEST_PROSE = 60
_LONGEST_HEADLINE = 120
_LONG = 800
ENTRY_WORDS = 4
_FIRST_WIDE = "\u1100"
_FEWEST_LINES, _LONGEST_WRAPPED = 6, 100
_FEWEST_BROKEN, _SHARE_BROKEN = 4, 3
_HYPHENS = ("-", "\u00ad", "¬")
_BROKEN_WORD = re.compile(r"(?P<before>[^\W\d_])[-\u00ad¬]\n(?=(?P<after>\w+))")
# What stands behind the hyphen of a word of two, and behind that of a half word: `US-based`, `two- or threefold`.
_COMPOUNDED = frozenset("based backed born elect led old speaking year".split())
_JOINERS = frozenset("and or to und oder et ou".split())


class Line(NamedTuple):
    """A line that is not blank: its place in the text, and whether a blank line stands before it."""

    start: int
    end: int
    text: str
    apart: bool
    prose: bool


def line_starts(text: str, start: int, end: int) -> Iterator[int]:
    """Give where the lines begin in a part of a text that begins with a line: `re` is slow to look for them."""
    while 0 <= start <= end:
        yield start
        start = text.find("\n", start, end) + 1 or -1


def lines_of(raw: str) -> list[Line]:
    """Give the lines of a text that are not blank; those that a margin broke are joined to paragraphs."""
    lines: list[Line] = []
    place, apart = 0, False
    for row in raw.split("\n"):
        shown = row.strip()
        # What is quoted in a letter has a mark before each row.
        text = shown.lstrip("> \t") if shown[:1] == ">" else shown
        if text:
            start = place + row.index(shown[0])
            lines.append(Line(start, start + len(shown), text, apart, _is_prose(text)))
            apart = False
        else:
            apart = True
        place += len(row) + 1
    margin = _margin(lines)
    return _joined(lines, margin) if margin else lines


def _is_prose(text: str) -> bool:
    """Whether a line is of sentences: long enough, and ended as sentences are."""
    length = len(text)
    if length < SHORTEST_PROSE and 2.5 * _wide_letters(text) < SHORTEST_PROSE:
        return False
    end = text[-1]
    if end not in TERMINALS:
        if end == "]":
            # A remark in brackets after the sentence: `… on Friday. [Related: …]`
            text = text[: text.rfind("[")].rstrip() or text
        end = text.rstrip(_CLOSERS)[-1:]
        if end not in TERMINALS:
            return length > _LONG
    # A question of one sentence is a headline as often as it is prose.
    return end not in "?!…？！؟" or length > _LONGEST_HEADLINE


def _wide_letters(text: str) -> int:
    """Count the letters that are two columns wide, as those of Chinese, Japanese and Korean are."""
    return 0 if max(text) < _FIRST_WIDE else sum(east_asian_width(letter) in "WF" for letter in text)


def _margin(lines: list[Line]) -> int:
    """Where lines were broken, as those of mail, old wires and scans are; 0 where sentences do not run on."""
    if len(lines) < _FEWEST_LINES or any(len(line.text) > _LONGEST_WRAPPED for line in lines):
        return 0
    together = [(line.text, after.text) for line, after in pairwise(lines) if not after.apart]
    margin = max((len(text) for pair in together for text in pair), default=0)
    runs_on = sum(
        not text.endswith(TERMINALS)
        and (after.lstrip(_OPENERS)[:1].islower() or len(text) + 1 + len(after.split(maxsplit=1)[0]) > margin)
        for text, after in together
    )
    return margin if runs_on >= max(_FEWEST_BROKEN, len(together) / _SHARE_BROKEN) else 0


def _joined(lines: list[Line], margin: int) -> list[Line]:
    """The paragraphs of a text whose lines were broken at a margin."""
    paragraphs: list[Line] = []
    for line in lines:
        before = paragraphs[-1] if paragraphs else None
        if (
            before is None
            or line.apart
            or (line.start - before.end > 2 and not (before.text.isupper() and line.text.isupper()))
            or _ends(before.text.rpartition("\n")[2], margin, line.text)
        ):
            paragraphs.append(line)
        else:
            text = f"{before.text}\n{line.text}"
            paragraphs[-1] = Line(before.start, line.end, text, before.apart, False)
    texts = [on_one_line(paragraph.text) for paragraph in paragraphs]
    return [
        paragraph._replace(text=text, prose=_is_prose(text)) for paragraph, text in zip(paragraphs, texts, strict=True)
    ]


def _ends(row: str, margin: int, after: str) -> bool:
    """Whether a row ends its paragraph: it is far shorter than it could be, and what comes after begins large.

    The rows of a headline in capitals are short, and yet one line.
    """
    if not any(map(str.isalpha, row)):
        return True  # the number of a page
    if row.isupper() and after.isupper():
        return row.endswith(TERMINALS)
    room = margin * 3 // 4 if row.endswith(TERMINALS) else margin // 2
    return len(row) < room and not row.endswith(_HYPHENS) and not after.lstrip(_OPENERS)[:1].islower()


def on_one_line(text: str) -> str:
    """Join lines that a margin broke, and the words that it broke."""
    return _BROKEN_WORD.sub(_joint, text).replace("\n", " ")


def _joint(broken: re.Match[str]) -> str:
    """Mend a word that a margin broke; a name of two keeps its hyphen."""
    before, after = broken["before"], broken["after"]
    if after in _JOINERS:
        return f"{before}- "
    whole = after[0].isalpha() and after[0].isupper() == before.isupper() and after not in _COMPOUNDED
    return before if whole else f"{before}-"


def is_entry(line: Line) -> bool:
    """Whether a line may be an entry of a menu: a word or a few, and no end of a sentence."""
    text = line.text
    return len(text) < 40 and text.count(" ") < ENTRY_WORDS and not text.endswith((*TERMINALS, ","))


def folded(text: str) -> str:
    """Give a line without what two copies of a headline may differ in: case, kinds of quotes, blanks, bars."""
    return " ".join(text.casefold().replace("’", "'").replace("‘", "'").split()).strip(" |.")


def is_name_like(text: str) -> bool:
    """Whether a line is two or three capitalised words and nothing else, as a writer's name is."""
    words = text.split()
    return 2 <= len(words) <= 3 and all(word[0].isupper() and word[-1].isalpha() for word in words)
