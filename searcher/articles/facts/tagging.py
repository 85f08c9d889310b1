"""Which capitalised words belong to a human's name? A linear model over hashed features.

Each word of a run of capitalised words (see `candidates`) is scored by logistic regression on the word itself, its
neighbours, its shape and endings, and its membership in hashed lists of given names, family names, places and common
words. Feature hashing follows Weinberger et al. 2009, "Feature Hashing for Large Scale Multitask Learning"; the
weights are rounded to eight bits. `benchmarks/train_people.py` makes the weights, docs/people-model.md says from what.

The scores of one word in one role are remembered, so that a text costs a few dictionary look-ups a capitalised word.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from math import exp, log1p
from typing import TYPE_CHECKING
from zlib import crc32

from searcher.articles.facts.candidates import surroundings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from searcher.articles.facts.candidates import Run, Surroundings

BITS = 20
GIVEN, FAMILY, PLACE, COMMON = 1, 2, 4, 8
_REMEMBERED = 1 << 17
# Words so unlikely by themselves that nothing around them makes them a name.
_HOPELESS = -4.0


def bucket(feature: str) -> int:
    """Give a feature's place in the table of weights."""
    return crc32(feature.encode()) & ((1 << BITS) - 1)


def fingerprint(word: str) -> int:
    """Give the number under which a listed name is kept."""
    return crc32(word.lower().encode())


def shape(word: str) -> str:
    """Say how a word is written: initial, all capitals, capitals within, hyphenated or plain."""
    if len(word) <= 2 and word[-1] == ".":
        return "initial"
    if word.endswith("."):
        return "abbreviation"
    if len(word) == 1:
        return "letter"
    if word.isupper():
        return "capitals" if len(word) > 3 else "acronym"
    if "-" in word:
        return "hyphen"
    if "'" in word or "’" in word:
        return "apostrophe"
    if not word[1:].islower():
        return "camel"
    return "plain" if word.isascii() else "accents"


def word_features(word: str, kinds: int) -> list[str]:
    """Name the features that a word has whatever stands around it."""
    lower = word.lower()
    how = shape(word)
    return [
        f"w={lower}",
        f"W={word}",
        f"3={lower[-3:]}",
        f"4={lower[-4:]}",
        f"2={lower[-2:]}",
        f"^3={lower[:3]}",
        f"^4={lower[:4]}",
        f"s={how}",
        f"k={kinds}",
        f"sk={how}{kinds}",
        f"l={min(len(word), 12)}",
        "",
    ]


def mark(word: str, kinds: int) -> str:
    """Write in a letter or two what a word is like: an initial, capitals, or the lists it is in."""
    how = shape(word)
    return _MARKS.get(how) or format(kinds, "x") + ("m" if how == "camel" else "")


_MARKS = {"initial": "i", "letter": "i", "abbreviation": "a", "acronym": "A"}


def place_features(words: list[str], marks: list[str], index: int, around: Surroundings) -> list[str]:
    """Name the features of a word that come of what stands around it."""
    count = len(words)
    word = words[index].lower()
    own = marks[index]
    if index:
        left, left_mark = words[index - 1].lower(), marks[index - 1]
    else:
        left, left_mark = around.before[1], "<"
    if index + 1 < count:
        right, right_mark = words[index + 1].lower(), marks[index + 1]
    else:
        right, right_mark = around.after[0], ">"
    left2 = words[index - 2].lower() if index > 1 else around.before[1 - index]
    right2 = words[index + 2].lower() if index + 2 < count else around.after[index + 2 - count]
    inner = f"{index > 0:d}{index + 1 < count:d}"
    opens = around.opens and not index
    return [
        f"p={left}|{inner}",
        f"n={right}|{inner}",
        f"pp={left2}|{min(index, 2)}",
        f"nn={right2}|{min(count - index, 3)}",
        f"pk={left_mark}|{own}",
        f"nk={right_mark}|{own}",
        f"pnk={left_mark}|{own}|{right_mark}",
        f"i={min(index, 4)}|{min(count, 5)}|{opens}",
        f"o={opens}|{own}|{inner}",
        f"b={around.before[1]}|{min(index, 3)}|{min(count, 4)}",
        f"a={around.after[0]}|{min(count - index, 3)}|{min(count, 4)}",
        f"ow={word if opens else ''}",
        f"e={words[-1].lower()}|{min(count - index, 3)}",
        f"f={words[0].lower()}|{min(index, 3)}",
        f"g={''.join(marks[:6])}|{index}|{opens}",
        f"aw={around.after[0]}|{around.after[1]}" if index + 1 == count else f"rw={right}|{right2}",
    ]


def history_features(mark_of: str, index: int, last: bool, named: bool) -> list[str]:
    """Name the features that come of the word before being part of a name, or not."""
    if not index:
        return []
    return [f"y={named:d}", f"yk={named:d}|{mark_of}", f"yl={named:d}|{last:d}|{mark_of}"]


class Lists:
    """Hashed lists of given names, family names, places, and words that are commonly written small."""

    NAMES = ("given", "family", "place", "common")

    def __init__(self, given: set[int], family: set[int], place: set[int], common: set[int]) -> None:
        self.sets = (given, family, place, common)

    def kinds(self, word: str) -> int:
        """Say in which lists a word is: a sum of GIVEN, FAMILY, PLACE and COMMON."""
        number = fingerprint(word)
        given, family, place, common = self.sets
        return (
            GIVEN * (number in given)
            | FAMILY * (number in family)
            | PLACE * (number in place)
            | COMMON * (number in common)
        )


def _softplus(x: float) -> float:
    """Give log(1 + e^x)."""
    return x if x > 30 else log1p(exp(x))


class Tagger:
    """The trained model, with the scores it has worked out so far."""

    def __init__(self, weights: Sequence[int], scale: float, lists: Lists) -> None:
        self._weights = weights
        self._scale = scale
        self._lists = lists
        self._words: dict[str, tuple[int, str]] = {}
        self._features: dict[str, int] = {}

    def tag(self, text: str, run: Run) -> tuple[list[bool], list[float]]:
        """Say for each word of a run of a text whether it is part of a human's name, and with what log odds.

        The likeliest sequence is found as in a maximum-entropy Markov model (McCallum et al. 2000).
        """
        remembered = self._words
        if len(remembered) > _REMEMBERED:
            remembered.clear()
        totals: list[int] = []
        marks: list[str] = []
        for word in run.words:
            known = remembered.get(word)
            if known is None:
                kinds = self._lists.kinds(word)
                known = remembered[word] = (self._sum(word_features(word, kinds)), mark(word, kinds))
            totals.append(known[0])
            marks.append(known[1])
        scale = self._scale
        last = len(totals) - 1
        if max(totals) * scale < _HOPELESS:
            return [False] * (last + 1), [_HOPELESS] * (last + 1)
        around = surroundings(text, run)
        odds = [
            (total + self._sum(place_features(run.words, marks, index, around))) * scale for index, total in enumerate(totals)
        ]
        if not last:
            return [odds[0] > 0], odds
        # Log probabilities of the best way to each word being out of (or in) a name.
        out, into = -_softplus(odds[0]), -_softplus(-odds[0])
        came: list[tuple[bool, bool]] = []
        for index in range(1, last + 1):
            after_out = odds[index] + self._sum(history_features(marks[index], index, index == last, False)) * scale
            after_in = odds[index] + self._sum(history_features(marks[index], index, index == last, True)) * scale
            out_out, in_out = out - _softplus(after_out), into - _softplus(after_in)
            out_in, in_in = out - _softplus(-after_out), into - _softplus(-after_in)
            came.append((in_out > out_out, in_in > out_in))
            out, into = max(out_out, in_out), max(out_in, in_in)
            odds[index] = max(out_in, in_in) - max(out_out, in_out)
        named = [into > out]
        for from_out, from_in in reversed(came):
            named.append(from_in if named[-1] else from_out)
        named.reverse()
        return named, odds

    def _sum(self, features: Iterable[str]) -> int:
        known = self._features
        if len(known) > 8 * _REMEMBERED:
            known.clear()
        total = 0
        for feature in features:
            weight = known.get(feature)
            if weight is None:
                weight = known[feature] = self._weights[bucket(feature)]
            total += weight
        return total


@cache
def tagger() -> Tagger:
    """Load the model that comes with the package."""
    import numpy as np

    with (files(__package__) / "people.npz").open("rb") as file, np.load(file, allow_pickle=False) as kept:
        lists = Lists(*(set(kept[name].tolist()) for name in Lists.NAMES))
        return Tagger(memoryview(kept["weights"]), float(kept["scale"]), lists)
