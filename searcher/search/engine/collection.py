"""All segments of one searcher with the statistics of the whole: what scores are made from."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.search.engine.arrays import ArrayedSegment
from searcher.search.engine.dates import Dates
from searcher.search.engine.days import Days, read_days
from searcher.search.engine.forms import Spelled
from searcher.search.engine.impacts import DENSE_FROM, SPELLED_FROM, Impacts, Kept, kept_bytes
from searcher.search.engine.matches import add, add_up, blank, union
from searcher.search.engine.norms import Norms
from searcher.search.engine.ranking import SATURATION, inverse_frequency
from searcher.search.engine.segments import Part, Segment, WalkedSegment
from searcher.search.engine.skipping import WordPostings
from searcher.search.engine.stopping import go_on
from searcher.search.engine.whole import Whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from searcher.search.engine.matches import Articles
    from searcher.search.engine.places import Placed
    from searcher.search.engine.stopping import Poll

# How much is kept between queries, in bytes an article and in words.
IMPACTS = 128
DENSE = 96
PLACES = 64
WORDS = 64
WEIGHTS = 1 << 10

LOOKED_UP = 12
"""Fewer articles than one in so many are looked up in the blocks of a word's postings."""

MANY = 8
"""Of more words than this the postings are not counted one by one."""


class Collection:
    """The segments of a Whoosh searcher, and what holds for all of them together.

    Attributes:
        articles: number of articles, deleted ones included, as Whoosh counts for its statistics.
        whole: all segments as one.
        norms: what an occurrence counts in each article.
    """

    def __init__(self, reader: Any) -> None:
        self.articles: int = reader.doc_count_all()
        room = partial(kept_bytes, self.articles)
        places: Kept[Placed] = Kept(room(PLACES), lambda kept: 1024 + 12 * len(kept.articles) + kept.places.nbytes)
        self.segments: list[Segment] = [_open_segment(leaf, base, places) for leaf, base in _leaves(reader)]
        self.whole = Whole(self.segments, places)
        self.norms = Norms(reader, self.articles)
        self._by_reader = {id(leaf): segment for (leaf, _), segment in zip(_leaves(reader), self.segments, strict=True)}
        self._weights: Kept[float] = Kept(WEIGHTS, lambda _: 1)
        self._impacts: Kept[Impacts] = Kept(room(IMPACTS), lambda kept: 1024 + 8 * len(kept.articles))
        self._dense: Kept[NDArray[np.float32]] = Kept(room(DENSE), lambda kept: kept.nbytes)
        self._words: Kept[WordPostings] = Kept(room(WORDS), lambda kept: kept.size)
        self._dates: dict[tuple[int, int, bool], Dates] = {}
        self._days: dict[tuple[int, int], Days] = {}

    @classmethod
    def of(cls, searcher: Any) -> Collection:
        """Give the collection of a searcher's parent, made once a reader."""
        reader = searcher.get_parent().reader()
        with _lock:
            known: Collection | None = reader.__dict__.get(_KEPT_AS)
            if known is None:
                known = cls(reader)
                reader.__dict__[_KEPT_AS] = known
            return known

    def dates(self, part: Part, *, undated: bool = False) -> Dates:
        """Give the publication dates of the articles of a part of the index."""
        key = (part.base, part.size, undated)
        if key not in self._dates:
            self._dates[key] = Dates(part, undated=undated)
        return self._dates[key]

    def days(self, part: Part) -> Days:
        """Give the distinct publication days of the articles of a part of the index."""
        key = (part.base, part.size)
        if key not in self._days:
            self._days[key] = read_days(part)
        return self._days[key]

    def segment(self, reader: Any) -> Segment:
        """Give the segment of one of the collection's leaf readers."""
        return self._by_reader[id(reader)]

    def segment_of(self, number: int) -> Segment:
        """Give the segment that holds an article, by its number in the whole index."""
        return next(segment for segment in reversed(self.segments) if segment.base <= number)

    def article_frequency(self, field: str, term: bytes) -> int:
        """Give the number of articles that have a term, deleted ones included."""
        return sum(segment.count(field, term) for segment in self.segments)

    def word_weight(self, word: Word) -> float:
        """Give the inverse document frequency of a word that several terms stand for: that of the commonest."""
        if isinstance(word, Spelled):
            return inverse_frequency(self.articles, min(word.most_occurrences, self.articles))
        return self._weights.get(word, lambda: inverse_frequency(self.articles, self._most_articles(word)))

    def _most_articles(self, terms: tuple[tuple[str, bytes], ...]) -> int:
        most = 0
        for field, of_field in _by_field(terms).items():
            # Of many the occurrences are counted: they are no fewer, and sooner known.
            count = self.whole.place_counts if len(of_field) > MANY else self.whole.article_counts
            most = max(most, int(np.max(count(field, of_field), initial=0)))
        return min(most, self.articles)

    def word_postings(self, terms: tuple[tuple[str, bytes], ...]) -> WordPostings:
        """Give the postings of a word that all of `terms`, at least one of them in an article, stand for."""
        return self._words.get(terms, lambda: WordPostings(self.norms, self.whole, terms))

    def having(self, part: Part, terms: tuple[tuple[str, bytes], ...]) -> Articles:
        """Give the articles that have a word which any of a few `terms` stands for."""
        if part is self.whole and any(self.whole.count(*term) for term in terms):
            return self.word_postings(terms).articles(None)
        return union([part.having_any(field, frozenset((term,))) for field, term in terms], part.size)

    def impacts(self, part: Part, word: Word, poll: Poll = go_on) -> Impacts:
        """Give what a word counts in each article of a part of the index; `poll` is called between steps."""
        return self._impacts.get((part.base, part.size, word), lambda: self._make_impacts(part, word, poll))

    def _make_impacts(self, part: Part, word: Word, poll: Poll) -> Impacts:
        if isinstance(word, Spelled) and (dense := self.dense_impacts(part, word, poll)) is not None:
            return _having(dense)
        lists = self._weighted(part, word)
        if not lists:
            return Impacts(np.empty(0, np.int32), np.empty(0, np.float32))
        if len(lists) > 1 and sum(len(articles) for articles, _ in lists) * DENSE_FROM >= part.size:
            return _having(self._dense.get((part.base, part.size, word), lambda: _spread(part, lists)))
        # The longest last, as where it is not read to its end: sums are to be the same to the last bit.
        *others, longest = sorted(lists, key=lambda one: len(one[0]))
        articles, weighted = add([add(others, part.size), longest], part.size) if others else longest
        return Impacts(articles, _saturated(weighted))

    def _weighted(self, part: Part, word: Word) -> list[tuple[Articles, NDArray[np.float32]]]:
        """Give lists of what a word counts in the articles of a part, before that is saturated."""
        if not isinstance(word, Spelled):
            return [
                (found.articles, self.norms.weigh(part, field, *found))
                for field, terms in _by_field(word).items()
                for found in part.frequencies(field, terms)
            ]
        lists = []
        for field in word.fields:
            found = list(word.occurrences(part, field))
            if found:
                articles, frequencies = map(np.concatenate, zip(*found, strict=True))
                articles, frequencies = add_up(articles, frequencies, part.size)
                lists.append((articles, self.norms.weigh(part, field, articles, frequencies)))
        return lists

    def impacts_in(
        self, part: Part, word: Word, articles: Articles, *, joint: bool, poll: Poll = go_on
    ) -> NDArray[np.float32]:
        """Give what a word counts in some articles (ascending), 0 where it is not.

        Args:
            part: of the index.
            word: of any kind.
            articles: by their numbers in the part.
            joint: the word is a few terms, and their fields' postings can be read over all segments.
            poll: called between steps.
        """
        few = len(articles) * LOOKED_UP < part.size
        kept = (part.base, part.size, word) in self._dense
        if joint and few and part is self.whole and not kept and not isinstance(word, Spelled):
            if not any(self.whole.count(*term) for term in word):
                return np.zeros(len(articles), np.float32)
            return self.word_postings(word).impacts_in(articles)
        dense = self.dense_impacts(part, word, poll)
        if dense is not None:
            return dense.take(articles)
        having, impacts = self.impacts(part, word)
        places = having.astype(np.intp)
        with blank(part.size) as values:
            values[places] = impacts
            found = values.take(articles).astype(np.float32)
            values[places] = 0
        return found

    def dense_impacts(self, part: Part, word: Word, poll: Poll = go_on) -> NDArray[np.float32] | None:
        """Give the same as one number an article, 0 where the word is not; None: too few articles have it."""
        likely = self._likely(part, word)
        if not likely or likely * (SPELLED_FROM if isinstance(word, Spelled) else DENSE_FROM) < part.size:
            return None

        def spread() -> NDArray[np.float32]:
            if isinstance(word, Spelled):
                return self._spread(part, word, poll)
            return _spread(part, self._weighted(part, word))

        return self._dense.get((part.base, part.size, word), spread)

    def _likely(self, part: Part, word: Word) -> int:
        """Bound the number of articles that have a word."""
        if isinstance(word, Spelled):
            return sum(word.place_count(part, field) for field in word.fields)
        if len(word) <= MANY:
            return sum(part.count(*term) for term in word)
        return sum(int(part.place_counts(field, terms).sum()) for field, terms in _by_field(word).items())

    def _spread(self, part: Part, word: Spelled, poll: Poll) -> NDArray[np.float32]:
        """Count the spellings of a word, at least one of them there, in every article of a part."""
        fields = []
        for field in word.fields:
            if not word.place_count(part, field):
                continue
            counts = np.zeros(part.size, np.float32)
            for articles, frequencies in word.occurrences(part, field):
                poll()
                np.add.at(counts, articles, frequencies.astype(np.float32))
            counts *= self.norms.of(part, field)
            fields.append(counts)
        return _saturated(sum(fields[1:], fields[0]))


Word = tuple[tuple[str, bytes], ...] | Spelled
"""A word: the `(field, term)` pairs that stand for it, or spellings that are known already."""


_lock = threading.Lock()
_KEPT_AS = "_searcher_collection"


def _by_field(terms: tuple[tuple[str, bytes], ...]) -> dict[str, list[bytes]]:
    by_field: dict[str, list[bytes]] = {}
    for field, term in terms:
        by_field.setdefault(field, []).append(term)
    return by_field


def _spread(part: Part, lists: Sequence[tuple[Articles, NDArray[np.float32]]]) -> NDArray[np.float32]:
    """Add up what a word counts in every article of a part, and saturate it."""
    dense = np.zeros(part.size, np.float32)
    *others, (articles, weights) = sorted(lists, key=lambda one: len(one[0]))
    dense[articles.astype(np.intp)] = weights if others else _saturated(weights)
    if not others:
        return dense
    articles, weights = add(others, part.size)
    np.add.at(dense, articles, weights)
    return _saturated(dense)


def _saturated(weights: NDArray[np.float32]) -> NDArray[np.float32]:
    saturated: NDArray[np.float32] = weights + np.float32(SATURATION)
    return np.divide(weights, saturated, out=saturated)


def _having(dense: NDArray[np.float32]) -> Impacts:
    articles = (dense > 0).nonzero()[0].astype(np.int32)
    return Impacts(articles, dense.take(articles))


def _leaves(reader: Any) -> list[tuple[Any, int]]:
    return [(reader, 0)] if reader.is_atomic() else list(reader.leaf_readers())


def _open_segment(reader: Any, base: int, places: Kept[Placed]) -> Segment:
    return ArrayedSegment.of(reader, base, places) or WalkedSegment(reader, base)
