"""Which capitalised words belong to a human's name? A linear model of a word and its neighbours.

Each word of a run of capitalised words (see `candidates`) is scored by logistic regression on the features that
`features` names; the weights are rounded to eight bits. The likeliest sequence of words in and out of a name is found
as in a maximum-entropy Markov model (McCallum et al. 2000). `benchmarks/train_people.py` makes the weights,
docs/people-model.md says from what.

What a run is worth by itself, and what a word says of its neighbours, is worked out once and remembered: then a run
in its place costs a handful of additions.
"""

from __future__ import annotations

from array import array
from functools import cache, lru_cache, partial
from math import exp, log1p
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from searcher.articles.facts import features
from searcher.articles.facts.candidates import Run, cut, spellings, surroundings
from searcher.articles.facts.features import Lists, Rows
from searcher.articles.facts.offices import words_before_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

# So many words are remembered at least, and so many runs: most never return, those longer than so many letters least.
_WORDS, _RUNS, _SHORT = 1 << 15, 1 << 12, 32
# So many runs are remembered to be no name.
_HOPELESS_RUNS = 1 << 15
# Words so unlikely by themselves that nothing around them makes them a name.
_HOPELESS = -1.5
# What a run stands behind that may begin with the object of an office: `of`, `of the`.
_BEHIND_OFFICE = ("of ", "he ")
# Log odds below which a word is of no interest.
UNLIKELY = -3.0

K = TypeVar("K")
V = TypeVar("V")


# What is known of a capitalised word, of words in a row by what they are like, and of a run, wherever it stands; plain
# tuples, which the garbage collector soon leaves alone. A word: its mark, its worth, what it says of its neighbours.
_Word = tuple[int, int, "array[int]"]
# A run: its words, where they start in it, their marks; for each word its worth, and in which columns the words before
# and after the run speak of it; in which columns those beyond them speak of its first and its last word.
_Known = tuple[tuple[str, ...], tuple[int, ...], tuple[int, ...], tuple[tuple[int, int, int], ...], int, int]


class Lately(dict[K, V]):
    """What is worked out when it is asked for, and forgotten when it was not asked for while `least` others came."""

    def __init__(self, work_out: Callable[[K], V], least: int) -> None:
        super().__init__()
        self._work_out, self._least = work_out, least
        self._before: dict[K, V] = {}

    def __missing__(self, key: K) -> V:
        known = self._before[key] if key in self._before else self._work_out(key)
        if len(self) >= self._least:
            self._before = dict(self)
            self.clear()
        self[key] = known
        return known


class Tagger:
    """The trained model, with what it has worked out so far.

    Args:
        own: int8, of length 2 ** OWN_BITS: the weights of hashed features.
        said: int8, shape (rows, COLUMNS): what words say of their neighbours.
        scale: what one step of a weight is worth in log odds.
        lists: of names and words.
        rows: the rows of `said` that a word has.
    """

    def __init__(self, own: NDArray[np.int8], said: NDArray[np.int8], scale: float, lists: Lists, rows: Rows) -> None:
        self._own = array("b", own.tobytes())
        self._said = said.astype("int16")
        self._scale = scale
        self._rows = rows
        self.lists = lists
        # Runs that are no name, wherever they stand.
        self.hopeless: set[str] = set()
        # Runs inside a sentence, and those that open one.
        self._runs = tuple(Lately(partial(self._learn_run, opens=opens), _RUNS) for opens in (False, True))
        self._words = Lately(self._learn, _WORDS)
        # What words around runs, and words that share these rows, say of their neighbours.
        self._around = Lately(self._learn_around, _WORDS)
        self._shared = Lately(self._added, _RUNS)
        # What places in a run are worth.
        self._places = Lately(self._learn_place, _RUNS)
        # Log odds that a word of a mark is in a name: after a word that is not, or is, one; within a run or at its end.
        self._history = [
            [
                [self._sum(features.history_features(m, last=last, named=named)) * scale for m in range(features.MARKS)]
                for last in (False, True)
            ]
            for named in (False, True)
        ]
        self._hopeless = _HOPELESS / scale
        # A run of words below this begins no name, and what does not begin does not go on.
        self._least = (UNLIKELY - max(0.0, *(odds for place in self._history[False] for odds in place))) / scale

    def tag(self, text: str) -> Iterator[tuple[Run, list[bool], list[float]]]:
        """Say for each word of each run of a text whether it is part of a human's name, and with what log odds.

        Runs whose words are all unlikely to be in a name are left out.
        """
        if len(self.hopeless) > _HOPELESS_RUNS:
            self.hopeless.clear()
        runs, around, scale, least = self._runs, self._around, self._scale, self._least
        for spelling, start in self._spellings(text):
            far, before, after, beyond, opens = surroundings(text, start, start + len(spelling))
            known = runs[opens][spelling] if len(spelling) <= _SHORT else self._learn_run(spelling, opens=opens)
            if known is None:
                continue
            words, offsets, marks, cells, far_column, beyond_column = known
            left, right = around[before], around[after]
            worth = [of_word + left[of_left] + right[of_right] for of_word, of_left, of_right in cells]
            worth[0] += around[far][far_column]
            worth[-1] += around[beyond][beyond_column]
            if max(worth) < least:
                continue
            odds = [steps * scale for steps in worth]
            named = self._decode(odds, marks) if len(odds) > 1 else [odds[0] > 0]
            yield Run(spelling, words, offsets, start), named, odds

    def _spellings(self, text: str) -> Iterator[tuple[str, int]]:
        """Find the runs that may be names, without what some of them say somebody holds office of."""
        for spelling, start in spellings(text, self.hopeless):
            before = 0
            if text.startswith(_BEHIND_OFFICE, start - 3) and " " in spelling:
                words = spelling.split(" ")
                before = sum(len(word) + 1 for word in words[: words_before_name(text, words, start, self.lists.kinds)])
            yield spelling[before:], start + before

    def _decode(self, odds: list[float], marks: tuple[int, ...]) -> list[bool]:
        """Find the likeliest sequence (Viterbi 1967) over log probabilities of being out of, or in, a name.

        `odds` become those of the words given the others.
        """
        # The log probabilities of a word with log odds x: out -log(1 + e^x), in x - log(1 + e^x).
        either = _softplus(odds[0])
        out, into = -either, odds[0] - either
        came: list[tuple[bool, bool]] = []
        last = len(odds) - 1
        after_out, after_in = self._history
        for index in range(1, last + 1):
            from_out = odds[index] + after_out[index == last][marks[index]]
            from_in = odds[index] + after_in[index == last][marks[index]]
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
        return named

    def _learn_run(self, spelling: str, *, opens: bool) -> _Known | None:
        names, offsets = cut(spelling)
        words = [self._words[word] for word in names]
        if max([worth for _, worth, _ in words]) < self._hopeless:
            if len(spelling) <= _SHORT:
                self.hopeless.add(spelling)
            return None
        marks = tuple([mark for mark, _, _ in words])
        of_places = [self._places[place] for place in features.places(marks, opens=opens)]
        worth = [of_word + of_place for (_, of_word, _), of_place in zip(words, of_places, strict=True)]
        ties = features.ties(marks, opens=opens)
        for of, by, column in ties.within:
            worth[of] += words[by][2][column]
        cells = tuple(zip(worth, ties.before, ties.after, strict=True))
        return names, offsets, marks, cells, ties.far, ties.beyond

    def _learn(self, word: str) -> _Word:
        kinds = self.lists.kinds(word)
        mark = features.mark(word, kinds)
        clusters = self._rows.clusters(word)
        worth = self._sum(features.word_features(word, kinds, clusters))
        return mark, worth, self._says(word, mark, clusters)

    def _learn_place(self, place: features.Place) -> int:
        return self._sum(features.place_features(place))

    def _learn_around(self, word: str) -> array[int]:
        return self._says(word, features.outer_mark(word), self._rows.clusters(word))

    def _says(self, word: str, mark: int, clusters: tuple[int, int]) -> array[int]:
        """Add up the rows of a word; words without one of their own share the sum."""
        own, *others = self._rows.of(word, mark, clusters)
        return self._added((own, *others)) if own else self._shared[tuple(others)]

    def _added(self, rows: tuple[int, ...]) -> array[int]:
        added = self._said.take(rows, axis=0).sum(axis=0, dtype=self._said.dtype)
        return array("h", added.tobytes())

    def _sum(self, named: Iterable[int]) -> int:
        own = self._own
        return sum([own[place] for place in named])


@lru_cache(maxsize=1 << 14)
def _softplus(x: float) -> float:
    """Give log(1 + e^x)."""
    return x if x > 30 else log1p(exp(x))


@cache
def tagger() -> Tagger:
    """Load the model that comes with the package."""
    import numpy as np

    with np.load(Path(__file__).with_name("people.npz"), allow_pickle=False) as kept:
        lists = Lists(*(_numbers(kept[name]) for name in ("listed", "kinds")))
        rows = Rows(*(_numbers(kept[name]) for name in ("words", "clustered", "fine", "coarse")))
        return Tagger(kept["own"], kept["said"], float(kept["scale"]), lists, rows)


def _numbers(column: NDArray[Any]) -> array[int]:
    """Give numbers as an array that Python itself looks through, sooner made than a list or a set."""
    return array(column.dtype.char, column.tobytes())
