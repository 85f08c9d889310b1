"""Which line is the headline, and what to call an article that has none?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searcher.articles.furniture import is_caption
from searcher.articles.mastheads import is_masthead
from searcher.text.letters import letter_runs
from searcher.text.patterns import later
from searcher.text.stop_words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_WIDE_PAIR = later(r"(?=([\u3040-\u9fff\uac00-\ud7af]{2}))")
_EMPTY = frozenset().union(*STOP_WORDS.values())
_SHORTEST_WORD = 4
# So many letters of a word are the same in most of its forms.
_STEM = 6
_ANY_WORD = re.compile(r"\w[\w'’\-.]*")
_SITE = re.compile(r"\s+(?:\||::?|»|[-–—])\s+([^|]{2,50})$")
# `Headline : Our Column : SITE`
_COLUMN = re.compile(r"\s+:\s(?:[A-ZÀ-Þ&][\w'’&-]*\s){1,5}:\s([A-ZÀ-Þ][\w. ]{1,30})$")
_DAY = r"(?:[A-ZÀ-Þ][\w]*\.?\s+\d{1,2}|\d{1,2}\.?\s+[A-ZÀ-Þ][\w]*\.?)(?:,?\s+\d{4})?"
_DATELINE = re.compile(
    rf"(?:[A-ZÀ-Þ][\w.'’\-]*(?:[ ,/]+(?:[A-ZÀ-Þ][\w.'’\-]*|de|of|am)){{0,4}}(?:\s*[,/]\s*{_DAY})?[.,]?"
    r"\s*(?:/[^/]{2,30}/\.?|\([^()]{2,40}\)\s*(?:--?|[–—_])|--|[–—]|-(?=\s)|[A-Z]{3,}\.)|\([A-Z]{2,}[\w ]{0,20}\)"
    r"|[^\W\d_a-zа-я][^\W\d_]+\.\s\d{1,2}\.?\s[^\W\d_]{3,}(?:\s\d{4})?(?:\s(?:года|г))?\.(?:\s[^\W\d_][\w.]{1,20}\s[—–-])?)"
    r"\s*(?=[\"“‘«„'A-ZÀ-ÞА-Я])"
)
# A path of menu entries, and what happened at an hour.
_ENTRY = re.compile(r"\d{1,2}[.:]\d\d\s|(?:[^»›>]{2,40}[»›>]\s){2}|[^/]{2,40}\s/\s[^/]{2,40}\s/\s")
# A colon right after a word is the headline's own.
_PATH_END = re.compile(r"(?:\s[:|–—-]\s|[»›>|]\s?)$")
_MOTTO = re.compile(r"(?:serving|established|founded|since|est\.?)\b.*\b\d{4}", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…][\"”’»)]*(?=\s|$)|[。！？]")
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Sen|Rep|Gov|Rev|St|No|vs|etc|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Ltd|Co|Corp|U\.S|U\.K|U\.N|E\.U|a\.m|p\.m))\.$"
)
_CLAUSE_END = re.compile(r"[,;:–—](?=\s)")
LONGEST_TITLE = 300
_LONGEST_MADE = 110
_LONGEST_OPENING = 1000
_SHORTEST_CLAUSE, _LONGEST_CLAUSE = 40, 150
_MOST_TOPIC_WORDS = 5
# A name has hardly more blanks in it; a headline set in capitals has.
_LONGEST_NAME = 2
_GOOD_ENOUGH = 1.6
_HARDLY = 1.2
_CLEARLY = 0.4
_CONFIRMED, _SAYS_SOMETHING = 1.0, 1.0
_OPENING = 0.5
_SIGNED = 0.8
_SHORTEST_HEADLINE = 20
_WIDE_WORDS = 4


def content_words(text: str) -> frozenset[str]:
    """The words of a text that can tell its subject, by how they begin; pairs of letters where words are not apart."""
    words = [
        word[:_STEM] for word in letter_runs(text.casefold()) if len(word) >= _SHORTEST_WORD and word not in _EMPTY
    ]
    return frozenset(words if text.isascii() else [*words, *_WIDE_PAIR.findall(text)])


def choose(lines: Sequence[str], story: Collection[str], *, opens: bool, signed: Collection[int]) -> int | None:
    """Choose the headline among the lines before a story; None when none is like one.

    A headline speaks of what the story speaks of, has a headline's length, often stands twice or over a byline,
    and ends without a full stop. A topic line, a name of an outlet and a menu entry lack one or the other.

    Args:
        lines: the candidates, in order; what is surely furniture left out.
        story: the words of the story's beginning (`content_words`).
        opens: the first candidate is the text's first line.
        signed: the places of those with a byline or a date right below them.
    """
    best, best_score = None, _GOOD_ENOUGH
    says = [_score(line, story) for line in lines]
    scores: list[float] = []
    folded = [line.casefold().strip(" |") for line in lines]
    loud = opens and lines[0].isupper() and not all(map(str.isupper, lines))
    for place, line in enumerate(lines):
        score = says[place]
        if score > _SAYS_SOMETHING and _is_confirmed(folded[place], folded) and not is_masthead(line):
            score += _CONFIRMED
        # A first line in capitals over others that are not is as likely the name of a paper or a column.
        score += _OPENING if opens and place == 0 and not loud else 0.0
        score += _SIGNED if place in signed else 0.0
        scores.append(score)
        if best is not None and best == place - 1 and _is_second(place, lines, says):
            continue
        # Of two that are nearly as good the earlier is the headline, the later its second deck.
        if score > best_score + (_CLEARLY if best is not None else 0.0):
            best, best_score = place, score
    if best is None:
        # One that says a little of what the story says is better than none.
        likely = [place for place, line in enumerate(lines) if line.count(" ") > _MOST_TOPIC_WORDS]
        least = max(_HARDLY, max((scores[place] for place in likely), default=0.0) - _CLEARLY)
        best = next((place for place in likely if scores[place] > least), None)
    return best


def _is_second(place: int, lines: Sequence[str], says: Sequence[float]) -> bool:
    """Whether a line goes on from the headline right above it: it is longer, or says hardly more."""
    above = lines[place - 1]
    if says[place - 1] <= _GOOD_ENOUGH or lines[place] in above:
        return False
    longer = len(lines[place]) > len(above) and above.count(" ") >= _MOST_TOPIC_WORDS
    return longer or says[place] <= says[place - 1] + _CLEARLY


def _is_confirmed(line: str, lines: Sequence[str]) -> bool:
    """Whether a line long enough to be a headline stands there twice, or in another: after a path of menu entries."""
    return len(line) >= _SHORTEST_HEADLINE and sum(line in other for other in lines) > 1


def is_about(line: str, story: Collection[str]) -> bool:
    """Whether a line of a few words says so much of what a story says that it is no entry of a menu."""
    about = content_words(line)
    return (
        (line.count(" ") > 1 or len(about) > _WIDE_WORDS) and len(about) > 1 and _shared(about, story) > len(about) // 2
    )


def _shared(about: Collection[str], story: Collection[str]) -> int:
    return sum(word in story for word in about)


def heads(line: str) -> bool:
    """Whether a text's first line can be its headline for standing there: two words or more, and no mere topic."""
    words = _ANY_WORD.findall(line)
    length = len(words) > 1 and len(line) <= LONGEST_TITLE
    # The headlines of old papers are in capitals and end with a full stop.
    ends = line[-1] in ":;,|" or (line[-1] == "." and not line.isupper())
    return length and not ends and not _is_topic(line, words) and not _MOTTO.fullmatch(line)


def without_site(title: str, others: Sequence[str], *, sites: Collection[str] = ()) -> str:
    """Take the site's name off the end of a page's title, where it is one: `Headline | Site`.

    Args:
        title: as it stands.
        others: lines that may repeat the headline alone.
        sites: what the site calls itself, where that is known.
    """
    column = _COLUMN.search(title)
    if column is not None and (column[1].isupper() or is_masthead(column[1])):
        return title[: column.start()]
    found = _SITE.search(title)
    if found is None:
        return title
    alone = title[: found.start()].strip()
    bar = "|" in found[0] or "»" in found[0] or "::" in found[0]
    ending = "".join(filter(str.isalnum, found[1].casefold()))
    named = any(ending == "".join(filter(str.isalnum, site.casefold())) for site in sites) if ending else False
    if (named and alone) or (len(alone.split()) >= 3 and (bar or is_masthead(found[1]) or alone in others)):
        return without_site(alone, others, sites=sites)
    return title


def without_path(title: str, others: Sequence[str]) -> str:
    """Take off a title what leads to it, where another line is the headline alone: `Home » Politics » Headline`."""
    for line in others:
        lead = title.removesuffix(line)
        if len(line) >= _SHORTEST_HEADLINE and lead != title and _PATH_END.search(lead):
            return line
    return title


def opens_with_place(line: str) -> bool:
    """Whether a line begins as a dispatch does, with its place and day: `ANKARA (AA) - Prices`."""
    return _DATELINE.match(line) is not None


def made_title(story: str) -> str:
    """Make a title of a story's beginning: its first sentence, without the dateline, shortened at a clause or word."""
    first = next((line for line in story.split("\n") if line.strip()), "").lstrip()
    line = " ".join(first[:_LONGEST_OPENING].split())
    if dateline := _DATELINE.match(line):
        line = line[dateline.end() :] or line
    for end in _SENTENCE_END.finditer(line, 0, 4 * _LONGEST_MADE):
        if not _ABBREVIATED.search(line[: end.start() + 1]) or end.end() == len(line):
            line = line[: end.end()]
            break
    if len(line) <= _LONGEST_MADE + 30:
        return line.rstrip(" .") or line if line.count(".") <= 1 else line
    ends = [end.start() for end in _CLAUSE_END.finditer(line, _SHORTEST_CLAUSE, _LONGEST_CLAUSE)]
    short = [end for end in ends if end <= _LONGEST_MADE]
    words = line.rfind(" ", 0, _LONGEST_MADE)
    cut = short[-1] if short else ends[0] if ends else words if words > 0 else _LONGEST_MADE
    return line[:cut].rstrip(" ,;:–—-") + "…"


def _score(line: str, story: Collection[str]) -> float:
    words = _ANY_WORD.findall(line)
    half = len(line) // 2
    if not words or len(line) > LONGEST_TITLE or _MOTTO.fullmatch(line) or (half and line[:half] == line[-half:]):
        return -1.0
    about = content_words(line)
    # One word more than there are, so that three of three say less than six of seven.
    score = 2.2 * _shared(about, story) / (len(about) + 1)
    count = len(line) / 2 if not line.isascii() and _WIDE_PAIR.search(line) else len(words)
    score += 1.0 if 4 <= count <= 30 else 0.3 if count == 3 else -0.8
    if _is_topic(line, words):
        score -= 1.5
    if line.endswith((".", "。")) and not line.endswith(("...", "U.S.", "U.K.")):
        score -= 0.7
    if line.endswith((":", "|", ";", ",")):
        score -= 1.5
    if is_masthead(line):
        score -= 0.8
    if line[0].islower() or _ENTRY.match(line) or _is_result(words):
        score -= 0.8
    if is_caption(line):
        score -= 1.0
    return score


def _is_result(words: Sequence[str]) -> bool:
    """Names and figures, as the results of a game are written."""
    return 3 * sum(word[0].isdigit() for word in words) > len(words)


def _is_topic(line: str, words: Sequence[str]) -> bool:
    """Names set off by commas, and no word that says anything of them."""
    return (
        "," in line
        and len(words) <= 8
        and all(word[0].isupper() or word[0].isdigit() for word in words)
        and all(part.count(" ") <= _LONGEST_NAME for part in line.split(", "))
    )


def is_topic(line: str) -> bool:
    """Whether a line is of names set off by commas alone: places, subjects, people."""
    return _is_topic(line, _ANY_WORD.findall(line))
