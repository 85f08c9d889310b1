"""Did you mean? A word of the archive that one who typed this may have meant.

A noisy channel (Kernighan, Church and Gale, "A spelling correction program based on a noisy channel model", 1990): the
more articles have a word the likelier it was meant, and the more unlikely the slips that lead from it to what was typed
the less. Slips of a neighbouring key, a doubled or a single letter and two letters swapped are common; a wrong first
letter is rare.
"""

from __future__ import annotations

import math
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from searcher.query import tree
from searcher.text.analysis import query_terms
from searcher.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.query.parser import ParsedQuery
    from searcher.search.context import Context
    from searcher.search.words.lexicon import Lexicon

SHORTEST = 3
"""Shorter words are close to too many others."""

_LONG_ENOUGH_FOR_TWO = 5
_MOST_WEIGHED = 400

# What a slip costs, in natural logarithms of its rarity.
_SLIP = 6.0
_NEIGHBOUR = 4.5
_DOUBLED = 4.0
_SWAPPED = 4.5
_FIRST_LETTER = 1.5
_SINGLE_PRIOR = 0.6

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def _neighbours() -> frozenset[tuple[str, str]]:
    pairs: set[tuple[str, str]] = set()
    for row in _ROWS:
        pairs.update(pairwise(row))
    for upper, lower in pairwise(_ROWS):
        for number, letter in enumerate(lower):
            pairs.update((letter, above) for above in upper[number : number + 2])
    return frozenset(pairs | {(two, one) for one, two in pairs})


_NEIGHBOURS = _neighbours()


def closest(lexicon: Lexicon, word: str) -> str | None:
    """Give the word of the archive that was probably meant, as it is mostly written; None: nothing is close."""
    typed = fold(word)
    if len(typed) < SHORTEST:
        return None
    distance = 2 if len(typed) >= _LONG_ENOUGH_FOR_TWO else 1
    counts: dict[str, int] = {}
    spellings: dict[str, tuple[int, str]] = {}
    for form, count in chain.from_iterable(lexicon.close(typed, distance)):
        folded = fold(form)
        if folded == typed or not folded.isalpha():
            continue
        counts[folded] = counts.get(folded, 0) + count
        spellings[folded] = max(spellings.get(folded, (0, "")), (count, form))
    best: tuple[float, str] | None = None
    likeliest = sorted(counts, key=lambda folded: (-counts[folded], folded))
    for folded in likeliest[:_MOST_WEIGHED]:
        score = _SINGLE_PRIOR * math.log(counts[folded] + 1.0) - slips(typed, folded)
        if best is None or score > best[0]:
            best = score, folded
    return spellings[best[1]][1] if best else None


def correct(context: Context, parsed: ParsedQuery) -> str | None:
    """Give the query with every word that the archive does not have replaced by one it has; None: there is none."""
    corrected = parsed.text
    replaced = False
    for node in reversed(list(_asked(parsed.tree))):
        start, end = node.span
        if start == end or _is_known(context, node.text):
            continue
        suggestion = closest(context.lexicon, node.text)
        if suggestion is None:
            return None
        corrected = corrected[:start] + _as_typed(parsed.text[start:end], suggestion) + corrected[end:]
        replaced = True
    return corrected if replaced else None


def _asked(node: tree.Node) -> Iterator[tree.Word]:
    """Yield the words that are looked for in the text."""
    match node:
        case tree.Word():
            yield node
        case tree.Not():
            return
        case tree.In(field=field) if field not in {"title", "body"}:
            return
        case _:
            for child in tree.children(node):
                yield from _asked(child)


def _is_known(context: Context, text: str) -> bool:
    """Tell whether the archive has a word in any form."""
    asked = query_terms(text, context.readings)
    return all(
        any(
            context.collection.article_frequency(field, stem.encode())
            for field in ("title", "body")
            for stem in term.stems
        )
        for term in asked
    )


def _as_typed(typed: str, suggestion: str) -> str:
    """Keep a word in lower case where it was typed so."""
    return suggestion.lower() if typed.islower() else suggestion


def slips(typed: str, meant: str) -> float:
    """Give what the cheapest run of slips from `meant` to `typed` costs."""
    before: list[float] = []
    row = [0.0]
    for j, letter in enumerate(meant):
        row.append(row[-1] + _dropped(meant, j, letter))
    for i, struck in enumerate(typed, 1):
        last, row = row, [row[0] + _added(typed, i - 1, struck)]
        for j, letter in enumerate(meant, 1):
            cost = min(
                last[j] + _added(typed, i - 1, struck),
                row[j - 1] + _dropped(meant, j - 1, letter),
                last[j - 1] + _changed(struck, letter, first=j == 1),
            )
            if i > 1 and j > 1 and struck == meant[j - 2] and typed[i - 2] == letter:
                cost = min(cost, before[j - 2] + _SWAPPED)
            row.append(cost)
        before = last
    return row[-1]


def _changed(struck: str, letter: str, *, first: bool) -> float:
    if struck == letter:
        return 0.0
    cost = _NEIGHBOUR if (struck, letter) in _NEIGHBOURS else _SLIP
    return cost + _FIRST_LETTER * first


def _added(typed: str, at: int, struck: str) -> float:
    if struck in typed[max(0, at - 1) : at] or struck == typed[at + 1 : at + 2]:
        return _DOUBLED
    return _SLIP + _FIRST_LETTER * (at == 0)


def _dropped(meant: str, at: int, letter: str) -> float:
    if letter in meant[max(0, at - 1) : at] or letter == meant[at + 1 : at + 2]:
        return _DOUBLED
    return _SLIP + _FIRST_LETTER * (at == 0)
