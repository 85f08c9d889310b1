"""Which words are a name in Russian, Ukrainian and their neighbours? Those that end as names there do, in any case.

A father's name makes the words beside it a name; two large words are one where the second ends like a surname from
there to the Caucasus and the first is no adjective, nor just the first word of a sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from searcher.articles.facts.candidates import Run

_PATRONYMIC = re.compile(r"(?:[оеє]вич|ьич|нич|[оеєі]вн|ївн|ичн)(?:а|у|ем|ом|е|і|ы|и|ой|ою)?$")
_SURNAME = re.compile(
    r"(?:(?:[оеёє]в|[иы]н|ян|янц|дзе|швили|швілі|енк|чук|щук|[дст]юк)(?:о|а|у|е|і|ы|ом|ем|ым|ою|ой|ей)?"
    r"|[сц]ь?к(?:ий|ого|ому|им|ом|ая|ой|ую|ій|а|у))$"
)
_ADJECTIVE = re.compile(r"(?:ого|его|ому|ему|[аоыи]е|ая|яя|ых|их|[нкрсв](?:ым|им|ий|ый|ом|ой|ую|ій|ої))$")
_SON_OR_DAUGHTER = frozenset({"оглы", "кызы"})


def is_cyrillic(word: str) -> bool:
    """Tell whether a word begins with a Cyrillic letter."""
    return "\u0400" <= word[0] < "\u0530"


def cyrillic_names_in(run: Run, is_given: Callable[[str], bool], *, opens: bool) -> Iterator[tuple[int, int]]:
    """Find the names in a run of capitalised Cyrillic words, as places in the text.

    Args:
        run: as found in the text.
        is_given: tells whether a word is a listed given name.
        opens: whether the run opens a sentence, so that its first word may be any.
    """
    words, index = run.words, 0
    while index < len(words) - 1:
        word, listed = words[index], is_given(words[index])
        doubtful = (opens and not index) or word.isupper() or _ADJECTIVE.search(word)
        # Of three, a given name before a surname begins the name: `адвокат Громова Ирина Зорина`.
        after = words[index + 2 : index + 3]
        inner = after and is_given(words[index + 1]) and _SURNAME.search(word) and _SURNAME.search(after[0])
        if ((doubtful or inner) and not listed) or _PATRONYMIC.search(" ".join(after)):
            index += 1
            continue
        first, end = index, _after_the_father(words, index + 1)
        by_father = end > index + 1
        if end < len(words) and (by_father or listed or _SURNAME.search(words[end])):
            end += 1
        elif by_father and first and _SURNAME.search(words[first - 1]):
            first -= 1
        if end - first > 1:
            yield run.span(first, end - 1)
        index = end


def _after_the_father(words: tuple[str, ...], place: int) -> int:
    """Give the place after a father's name, `Сергеевич` or `Гейдар оглы`, if one stands at a place."""
    if place < len(words) and _PATRONYMIC.search(words[place]):
        return place + 1
    return place + 2 if words[place + 1 : place + 2] and words[place + 1] in _SON_OR_DAUGHTER else place
