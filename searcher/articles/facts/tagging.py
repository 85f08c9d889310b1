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
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from searcher.articles.facts.candidates import Run

BITS = 20
GIVEN, FAMILY, PLACE, COMMON = 1, 2, 4, 8
_REMEMBERED = 1 << 17


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


def place_features(
    words: list[str], kinds: list[int], index: int, run: Run
) -> list[str]:
    """Name the features of a word that come of what stands around it."""
    count = len(words)
    word = words[index].lower()
    own = kinds[index]
    if index:
        left, left_kind = words[index - 1].lower(), f"r{kinds[index - 1]}"
    else:
        left, left_kind = run.before[1], "o"
    if index + 1 < count:
        right, right_kind = words[index + 1].lower(), f"r{kinds[index + 1]}"
    else:
        right, right_kind = run.after[0], "o"
    left2 = words[index - 2].lower() if index > 1 else run.before[1 - index]
    right2 = words[index + 2].lower() if index + 2 < count else run.after[index + 2 - count]
    inner = f"{left_kind[0]}{right_kind[0]}"
    opens = run.opens and not index
    return [
        f"p={left}|{left_kind[0]}",
        f"n={right}|{right_kind[0]}",
        f"pp={left2}|{min(index, 2)}",
        f"nn={right2}|{min(count - index, 3)}",
        f"pw={left}|{word}",
        f"nw={right}|{word}",
        f"pk={left_kind}|{own}",
        f"nk={right_kind}|{own}",
        f"pnk={left_kind}|{own}|{right_kind}",
        f"pn={left}|{right}",
        f"pkw={left}|{own}|{inner}",
        f"nkw={right}|{own}|{inner}",
        f"i={min(index, 4)}|{min(count, 5)}|{opens}",
        f"o={opens}|{own}|{inner}",
        f"b={run.before[1]}|{min(index, 3)}|{min(count, 4)}",
        f"a={run.after[0]}|{min(count - index, 3)}|{min(count, 4)}",
        f"ow={word if opens else ''}",
        f"e={words[-1].lower()}|{min(count - index, 3)}",
        f"f={words[0].lower()}|{min(index, 3)}",
    ]


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
            GIVEN * (number in given) | FAMILY * (number in family) | PLACE * (number in place) | COMMON * (number in common)
        )


class Tagger:
    """The trained model, with the scores it has worked out so far."""

    def __init__(self, weights: Sequence[int], scale: float, lists: Lists) -> None:
        self._weights = weights
        self._scale = scale
        self._lists = lists
        self._words: dict[str, tuple[int, int]] = {}
        self._features: dict[str, int] = {}

    def scores(self, run: Run) -> list[float]:
        """Give the log odds that each word of a run is part of a human's name."""
        remembered = self._words
        if len(remembered) > _REMEMBERED:
            remembered.clear()
        totals: list[int] = []
        kinds: list[int] = []
        for word in run.words:
            known = remembered.get(word)
            if known is None:
                kind = self._lists.kinds(word)
                known = remembered[word] = (self._sum(word_features(word, kind)), kind)
            totals.append(known[0])
            kinds.append(known[1])
        return [
            (total + self._sum(place_features(run.words, kinds, index, run))) * self._scale
            for index, total in enumerate(totals)
        ]

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
