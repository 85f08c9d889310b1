"""Which capitalised words belong to a human's name? A linear model over hashed features.

Each word of a run of capitalised words (see `candidates`) is scored by logistic regression on the word itself, its
neighbours, its shape and endings, and its membership in hashed lists of given names, family names, places and common
words. Feature hashing follows Weinberger et al. 2009, "Feature Hashing for Large Scale Multitask Learning"; the
weights are rounded to eight bits. The likeliest sequence of words in and out of a name is found as in a maximum-entropy
Markov model (McCallum et al. 2000). `benchmarks/train_people.py` makes the weights, docs/people-model.md says from
what.

What a word is worth by itself is worked out once and remembered; what its neighbours are worth is worked out for all
words of an article at once.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from math import exp, log1p
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from searcher.articles.facts.candidates import surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from searcher.articles.facts.candidates import Run

BITS = 20
GIVEN, FAMILY, PLACE, COMMON = 1, 2, 4, 8
_REMEMBERED = 1 << 17
# Words so unlikely by themselves that nothing around them makes them a name.
_HOPELESS = -2.0


def bucket(feature: str) -> int:
    """Give a feature's place in the table of weights."""
    return crc32(feature.encode()) & ((1 << BITS) - 1)


def fingerprint(word: str) -> int:
    """Give the number of a word, in any case: under it a listed name is kept."""
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


# What a word is like, as one small number: the lists it is in and whether it has capitals within, or how it is written.
_CAMEL, _OUTSIDE = 16, 35
_MARKS = {"initial": 32, "letter": 32, "abbreviation": 33, "acronym": 34}
_MARK_COUNT = 36


def mark(word: str, kinds: int) -> int:
    """Say in one small number what a word is like."""
    how = shape(word)
    return _MARKS.get(how) or kinds + _CAMEL * (how == "camel")


class Word(NamedTuple):
    """What is known of a word wherever it stands: its number, its mark, and the sum of its own features' weights."""

    number: int
    mark: int
    worth: int


# Odd multipliers of 64 bits (Steele et al. 2014, "Fast Splittable Pseudorandom Number Generators").
_MIX = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0x9E3779B97F4A7C15)
# What describes a word's place, column by column: the numbers of the word and of what is around it (the word only where
# it opens a sentence, the words to its left and right, before and after the run, the run's first and last, its
# pattern), then small numbers (marks, where in the run it stands).
_COLUMNS = (
    "opening", "left", "left2", "right", "right2", "before", "after", "first", "last", "pattern",
    "own_mark", "left_mark", "right_mark", "inner", "index", "from_start", "from_second", "to_end", "short", "length",
    "opens",
)  # fmt: skip
# A feature is one or two of the large columns and a mixture of small ones, each times a weight that keeps it apart.
_FEATURES: tuple[tuple[tuple[str, ...], dict[str, int]], ...] = (
    (("left",), {"inner": 1}),
    (("right",), {"inner": 1}),
    (("left2",), {"from_second": 1}),
    (("right2",), {"to_end": 1}),
    ((), {"left_mark": 64, "own_mark": 1}),
    ((), {"right_mark": 64, "own_mark": 1}),
    ((), {"left_mark": 4096, "own_mark": 64, "right_mark": 1}),
    ((), {"from_start": 16, "length": 2, "opens": 1}),
    ((), {"opens": 256, "own_mark": 4, "inner": 1}),
    (("before",), {"from_start": 8, "short": 1}),
    (("after",), {"to_end": 8, "short": 1}),
    (("opening",), {}),
    (("last",), {"to_end": 1}),
    (("first",), {"from_start": 1}),
    (("pattern",), {"index": 1}),
    (("right", "right2"), {"to_end": 1}),
)


def describe(text: str, run: Run, words: Sequence[Word], number: Callable[[str], int], into: list[int]) -> None:
    """Append to `into` a row of `_COLUMNS` for each word of a run.

    Args:
        text: the run's.
        run: as found in the text.
        words: what is known of the run's words.
        number: gives the number of a word that stands around it.
        into: flat; grows by len(_COLUMNS) a word.
    """
    (before2, before), (after, after2), opens = surroundings(text, run)
    before_number, after_number = number(before), number(after)
    numbers = [number(before2), before_number, *[word.number for word in words], after_number, number(after2)]
    marks = [_OUTSIDE, *[word.mark for word in words], _OUTSIDE]
    count = len(words)
    pattern = crc32(bytes(marks[1:7])) + opens
    first, last = numbers[2], numbers[-3]
    short, length = (min(4, count)), (min(5, count))
    for at in range(count):
        rest = count - at
        into += (
            numbers[at + 2] if opens and not at else 0, numbers[at + 1], numbers[at], numbers[at + 3], numbers[at + 4],
            before_number, after_number, first, last, pattern,
            marks[at + 1], marks[at], marks[at + 2], (at > 0) * 2 + (rest > 1),
            min(6, at), min(3, at), min(2, at), min(3, rest), short, length, opens,
        )  # fmt: skip


@cache
def _mixture() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Write the features as one matrix over the columns, and what tells them apart."""
    import numpy as np

    matrix = np.zeros((len(_COLUMNS), len(_FEATURES)), dtype=np.uint64)
    for which, (large, small) in enumerate(_FEATURES):
        for place, name in enumerate(large):
            matrix[_COLUMNS.index(name), which] = _MIX[place]
        for name, times in small.items():
            matrix[_COLUMNS.index(name), which] = times * _MIX[2] % (1 << 64)
    apart = [(which << 20) * _MIX[2] % (1 << 64) for which in range(len(_FEATURES))]
    return matrix, np.array(apart, dtype=np.uint64)


def buckets(described: Sequence[int]) -> NDArray[np.int64]:
    """Give the places in the table of weights of each described word's features.

    Returns:
        int64, shape (words, features).
    """
    import numpy as np

    matrix, apart = _mixture()
    mixed = np.array(described, dtype=np.uint64).reshape(-1, len(_COLUMNS)) @ matrix + apart
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(_MIX[0])
    return (mixed >> np.uint64(64 - BITS)).astype(np.int64)


def history_features(mark_of: int, *, last: bool, named: bool) -> list[str]:
    """Name the features that come of the word before being part of a name, or not."""
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
    """The trained model, with what it has worked out so far.

    Args:
        weights: int8, of length 2 ** BITS.
        scale: what one step of a weight is worth in log odds.
        lists: of names and words.
    """

    def __init__(self, weights: NDArray[np.int8], scale: float, lists: Lists) -> None:
        self._weights = weights
        self._scale = scale
        self.lists = lists
        # Words that are no name by themselves, wherever they stand.
        self.hopeless: set[str] = set()
        self._words: dict[str, Word] = {}
        self._numbers: dict[str, int] = {"": 0}
        # Log odds that a word of a mark is in a name: after a word that is not, or is, one; within a run or at its end.
        self._history = [
            [
                [self._sum(history_features(m, last=last, named=named)) * scale for m in range(_MARK_COUNT)]
                for last in (False, True)
            ]
            for named in (False, True)
        ]

    def tag(self, text: str, runs: Iterable[Run]) -> list[tuple[Run, list[bool], list[float]]]:
        """Say for each word of each run of a text whether it is part of a human's name, and with what log odds.

        Runs that cannot hold a name are left out.
        """
        if len(self._words) > _REMEMBERED:
            self._words.clear()
            self.hopeless.clear()
        if len(self._numbers) > _REMEMBERED:
            self._numbers = {"": 0}
        known, hopeless = self._words, _HOPELESS / self._scale
        kept: list[tuple[Run, list[Word]]] = []
        described: list[int] = []
        for run in runs:
            words = [known.get(word) or self._learn(word) for word in run.words]
            if words[0].worth >= hopeless or (len(words) > 1 and max(words, key=_worth).worth >= hopeless):
                kept.append((run, words))
                describe(text, run, words, self._number, described)
        if not kept:
            return []
        around = self._weights[buckets(described)].sum(axis=1, dtype="int64").tolist()
        scale = self._scale
        answers = []
        done = 0
        for run, words in kept:
            odds = [
                (word.worth + worth) * scale
                for word, worth in zip(words, around[done : done + len(words)], strict=True)
            ]
            done += len(words)
            answers.append((run, *(self._decode(odds, words) if len(odds) > 1 else ([odds[0] > 0], odds))))
        return answers

    def _decode(self, odds: list[float], words: list[Word]) -> tuple[list[bool], list[float]]:
        """Find the likeliest sequence (Viterbi 1967) over log probabilities of being out of, or in, a name."""
        # The log probabilities of a word with log odds x: out -log(1 + e^x), in x - log(1 + e^x).
        either = _softplus(odds[0])
        out, into = -either, odds[0] - either
        came: list[tuple[bool, bool]] = []
        last = len(odds) - 1
        after_out, after_in = self._history
        for index in range(1, last + 1):
            from_out = odds[index] + after_out[index == last][words[index].mark]
            from_in = odds[index] + after_in[index == last][words[index].mark]
            either_out, either_in = _softplus(from_out), _softplus(from_in)
            out_out, in_out = out - either_out, into - either_in
            out_in, in_in = out_out + from_out, in_out + from_in
            came.append((in_out > out_out, in_in > out_in))
            out, into = max(out_out, in_out), max(out_in, in_in)
            odds[index] = into - out
        named = [into > out]
        for was_out, was_in in reversed(came):
            named.append(was_in if named[-1] else was_out)
        named.reverse()
        return named, odds

    def _learn(self, word: str) -> Word:
        kinds = self.lists.kinds(word)
        worth = self._sum(word_features(word, kinds))
        if worth * self._scale < _HOPELESS:
            self.hopeless.add(word)
        learnt = self._words[word] = Word(fingerprint(word), mark(word, kinds), worth)
        return learnt

    def _number(self, word: str) -> int:
        number = self._numbers.get(word)
        if number is None:
            number = self._numbers[word] = fingerprint(word)
        return number

    def _sum(self, features: Iterable[str]) -> int:
        return sum(int(self._weights[bucket(feature)]) for feature in features)


def _worth(word: Word) -> int:
    return word.worth


@cache
def tagger() -> Tagger:
    """Load the model that comes with the package."""
    import numpy as np

    with (files(__package__) / "people.npz").open("rb") as file, np.load(file, allow_pickle=False) as kept:
        lists = Lists(*(set(kept[name].tolist()) for name in Lists.NAMES))
        return Tagger(kept["weights"], float(kept["scale"]), lists)
