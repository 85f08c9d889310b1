"""A Whoosh query over one segment's arrays at once, instead of an article at a time.

Every query is asked in one of two ways: for all its articles (`find`), or which of some given articles it has
(`among`). A conjunction finds its cheapest part and asks the others among what is left. Whatever shape is not known
here is handed to Whoosh's own matcher, with the same answer.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np
from whoosh import query

from searcher.search.engine.best import NEAR_TIE, near_best
from searcher.search.engine.filters import Filter, Published, Unscored, Without
from searcher.search.engine.matches import NOTHING, Found, Kept, PartFoundError, add, locate, marked, union
from searcher.search.engine.occurrences import AnyTerm, Occurrence
from searcher.search.engine.patterns import AnySpelling
from searcher.search.engine.ranking import FIELD_WEIGHTS
from searcher.search.engine.skipping import WORTH_SKIPPING
from searcher.search.engine.whole import Whole
from searcher.store.codec.packing import BLOCK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from searcher.search.engine.collection import Collection
    from searcher.search.engine.matches import Articles, Scores
    from searcher.search.engine.segments import Part, Segment

SPREAD_FROM = 24
"""An OR whose words are in one of so many articles is added up over all articles."""

SPREAD_ALL_FROM = 3
"""An AND whose words are each in one of so many is, too."""

_ABOVE_NOTHING = float(np.finfo(np.float32).smallest_subnormal)


class Best(NamedTuple):
    """What a query matches, as far as it was asked for.

    Attributes:
        found: articles among which the best are; no deleted ones.
        total: how many match.
        articles: all that match, ascending; None where they were not asked for.
    """

    found: Found
    total: int
    articles: Articles | None


class Evaluation:
    """The evaluation of queries in one segment, or in all of them as one.

    Args:
        part: of the index.
        searcher: the Whoosh searcher of the segment alone, for the shapes that go to Whoosh's matchers.
        poll: called between steps; raises to stop.

    Attributes:
        complete: false where time was up, and only some of what matches was found: all up to some article.
    """

    def __init__(self, collection: Collection, part: Part, searcher: Any, poll: Callable[[], None]) -> None:
        self._collection = collection
        self._part = part
        # What cannot be evaluated in all segments at once is not (see `jointly`).
        self._segment = cast("Segment", part)
        self._searcher = searcher
        self._poll = poll
        self._may_lack = True
        self._costs: dict[int, int] = {}
        self.complete = True

    def _look_at_time(self) -> None:
        """Go on, or raise; what is known in part is soon brought to an end."""
        if self.complete:
            self._poll()

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        """Find all that matches what others leave out, or are ranked by."""
        before, self._may_lack = self._may_lack, False
        yield
        self._may_lack = before

    def _find_occurrence(self, node: Occurrence, *, scored: bool) -> Found:
        try:
            return node.find(self._collection, self._part, scored=scored, poll=self._poll)
        except PartFoundError as up:
            return self._part_of(up)

    def _part_of(self, up: PartFoundError) -> Found:
        """Go on with what was found when time was up, if that is of use."""
        if not self._may_lack:
            raise up
        self.complete = False
        return up.found

    def best(self, node: query.Query, wanted: int, *, all_articles: bool = False) -> Best:
        """Give what matches best by score, without looking at all that matches where it can be helped.

        Args:
            node: any query.
            wanted: how many of the best articles there must be at least; as many as match, where those are fewer.
            all_articles: all that match are asked for as well.
        """
        best = self._best_of_word(node, wanted, all_articles=all_articles)
        if best is not None:
            return best
        if (scores := self.spread(node)) is not None:
            return self._best_spread(scores, wanted, all_articles=all_articles)
        found = self.living(node)
        near = found if wanted else NOTHING
        if near.scores is not None:
            places = near_best(near.scores, wanted, 2 * NEAR_TIE)
            near = Found(near.articles[places], near.scores[places])
        return Best(near, len(found.articles), found.articles)

    def living(self, node: query.Query, *, scored: bool = True) -> Found:
        """Give all articles that match, without deleted ones."""
        found = self.find(node, scored=scored)
        live = self._part.live
        return found if live is None else found.only(live.take(found.articles))

    def _best_of_word(self, node: query.Query, wanted: int, *, all_articles: bool) -> Best | None:
        """Give the best articles for a frequent word, perhaps among others' articles; None: it is something else."""
        filters = []
        while type(node) in (query.AndNot, Without, query.Require) and getattr(node, "boost", 1.0) == 1.0:
            filters.append(node)
            node = node.a
        whole = self._part
        if not wanted or type(node) is not AnyTerm or not node.is_text or not isinstance(whole, Whole):
            return None
        if self.cost(node) < WORTH_SKIPPING * BLOCK:
            return None
        allowed = whole.live
        for pair in filters:
            mask = self._mask(pair.b)
            mask = mask if type(pair) is query.Require else ~mask
            allowed = mask if allowed is None else allowed & mask
        postings = self._collection.word_postings(node.any_of)
        found = postings.best(node.scale(self._collection), wanted, allowed, self._poll)
        if found is None:
            return None
        articles = postings.articles(allowed) if all_articles else None
        return Best(found, postings.count(allowed) if articles is None else len(articles), articles)

    def _mask(self, node: query.Query) -> NDArray[np.bool_]:
        """Tell of every article whether it matches."""
        if isinstance(node, Published):
            return node.mask(self._collection, self._part)
        with self._all_or_nothing():
            return marked([self.find(node, scored=False).articles], self._part.size)

    def _best_spread(self, scores: Scores, wanted: int, *, all_articles: bool) -> Best:
        if self._part.live is not None:
            scores = scores * self._part.live
        there = scores > 0
        total = int(np.count_nonzero(there))
        articles = there.nonzero()[0].astype(np.int32) if all_articles else None
        if not wanted or not total:
            return Best(NOTHING, total, articles)
        near = near_best(scores, min(wanted, total), 2 * NEAR_TIE, _ABOVE_NOTHING)
        return Best(Found(near.astype(np.int32), scores.take(near)), total, articles)

    def find(self, node: query.Query, *, scored: bool = True, boost: float = 1.0) -> Found:  # noqa: C901 by kind
        """Give all articles that match, deleted ones perhaps among them; scores are multiplied by `boost`."""
        self._look_at_time()
        if isinstance(node, Occurrence):
            return _boosted(self._find_occurrence(node, scored=scored), boost)
        if isinstance(node, Filter):
            return node.find(self._collection, self._segment, scored=scored)
        if isinstance(node, Unscored):
            return Found(self.find(node.child, scored=False).articles, None)
        if isinstance(node, query.Term):
            return self._find_term(node, boost, scored=scored)
        kind = type(node)
        if kind is query.Not:
            with self._all_or_nothing():
                others = self.find(node.query, scored=False).articles
            return self._constant(self._outside(others), boost, scored=scored)
        if kind in (query.And, query.Or) and len(node.subqueries) == 1:
            # Whoosh hands a compound of one part to that part and forgets the compound's own boost.
            return self.find(node.subqueries[0], scored=scored, boost=boost)
        inherited, boost = boost, boost * getattr(node, "boost", 1.0)
        if kind in (query.And, query.Or) and _plain(node):
            scores = self.spread(node) if scored else None
            if scores is not None:
                places = (scores > 0).nonzero()[0]
                return _boosted(Found(places.astype(np.int32), scores.take(places)), inherited)
        if kind is query.And:
            return self._find_all(node.subqueries, boost, scored=scored)
        if kind is query.Or and not node.scale and not node.minmatch:
            return self._find_any(node.subqueries, boost, scored=scored)
        if kind is query.Every and node.fieldname is None:
            return self._constant(np.arange(self._part.size, dtype=np.int32), boost, scored=scored)
        if kind in (query.AndNot, Without, query.AndMaybe, query.Require):
            return self._find_pair(node, boost, scored=scored)
        return self._walk(node, inherited, scored=scored)

    def spread(self, node: query.Query) -> Scores | None:
        """Give one score an article, 0 where it does not match, of a query that matches a good part of them.

        None: it is not of that kind; `find` serves it better.
        """
        if isinstance(node, AnySpelling):
            dense = self._collection.dense_impacts(self._part, node.word, self._poll)
            return None if dense is None else dense * node.scale(self._collection)
        if type(node) not in (query.And, query.Or) or len(node.subqueries) < 2 or not _plain(node):
            return None
        if self.cost(node) * (SPREAD_ALL_FROM if type(node) is query.And else SPREAD_FROM) < self._part.size:
            return None
        return self._spread_all(node) if type(node) is query.And else self._spread_any(node)

    def _spread_any(self, node: query.Or) -> Scores:
        scores = np.zeros(self._part.size, np.float32)
        for part in node.subqueries:
            self._poll()
            part.add_to(scores, self._collection, self._part, node.boost)
        return scores

    def _spread_all(self, node: query.And) -> Scores | None:
        scores = np.zeros(self._part.size, np.float32)
        having_all = np.ones(self._part.size, np.bool_)
        scaled = np.empty_like(scores)
        for part in sorted(node.subqueries, key=self.cost):
            self._poll()
            dense = self._collection.dense_impacts(self._part, part.word)
            if dense is None:
                return None
            scores += np.multiply(dense, part.scale(self._collection) * np.float32(node.boost), out=scaled)
            having_all &= dense > 0
        scores *= having_all
        return scores

    def among(self, node: query.Query, articles: Articles, *, scored: bool = True, boost: float = 1.0) -> Kept:
        """Tell which of some articles (ascending) match, with the scores of those."""
        self._look_at_time()
        if isinstance(node, Filter):
            return node.among(self._collection, self._segment, articles, scored=scored)
        if isinstance(node, Occurrence):
            try:
                kept = node.among(self._collection, self._part, articles, scored=scored, poll=self._poll)
            except PartFoundError as up:
                part = self._part_of(up)
                kept = Kept(locate(articles, part.articles)[1], part.scores)
            return kept if kept.scores is None or boost == 1.0 else Kept(kept.mask, kept.scores * np.float32(boost))
        if isinstance(node, Unscored):
            return Kept(self.among(node.child, articles, scored=False).mask, None)
        if type(node) is query.Not:
            with self._all_or_nothing():
                mask = ~self.among(node.query, articles, scored=False).mask
            return Kept(mask, np.full(int(mask.sum()), boost, np.float32) if scored else None)
        found = self.find(node, scored=scored, boost=boost)
        places, mask = locate(articles, found.articles)
        return Kept(mask, None if found.scores is None else found.scores.take(places.compress(mask)))

    def cost(self, node: query.Query) -> int:
        """Give an upper bound of how many articles match, worked out once; cheap."""
        if id(node) not in self._costs:
            self._costs[id(node)] = self._bound(node)
        return self._costs[id(node)]

    def _bound(self, node: query.Query) -> int:
        size = self._part.size
        if isinstance(node, (Occurrence, Filter)):
            return min(size, node.cost(self._segment))
        if isinstance(node, Unscored):
            return self.cost(node.child)
        if isinstance(node, query.Term):
            return self._part.count(node.fieldname, _term(self._searcher, node))
        if isinstance(node, query.And):
            return min((self.cost(part) for part in node.subqueries), default=0)
        if isinstance(node, query.Or):
            return min(size, sum(self.cost(part) for part in node.subqueries))
        if isinstance(node, (query.AndNot, query.AndMaybe, query.Require)):
            return self.cost(node.a)
        return size

    def _find_term(self, node: query.Term, boost: float, *, scored: bool) -> Found:
        term = _term(self._searcher, node)
        if node.fieldname in FIELD_WEIGHTS:
            same = AnyTerm(((node.fieldname, term),), node.boost * boost)
            return same.find(self._collection, self._part, scored=scored)
        postings = self._part.postings(node.fieldname, term)
        return NOTHING if postings is None else Found(postings.articles, None)

    def _find_all(self, parts: Sequence[query.Query], boost: float, *, scored: bool) -> Found:
        if not parts:
            return NOTHING
        first, *others = sorted(parts, key=self.cost)
        articles, scores = self.find(first, scored=scored, boost=boost)
        for part in others:
            if not len(articles):
                break
            mask, more = self.among(part, articles, scored=scored, boost=boost)
            articles, scores = Found(articles, scores).only(mask)
            scores = _sum(scores, more)
        return Found(articles, scores)

    def _find_any(self, parts: Sequence[query.Query], boost: float, *, scored: bool) -> Found:
        with self._all_or_nothing():
            found = [self.find(part, scored=scored, boost=boost) for part in parts]
        if all(part.scores is None for part in found):
            return Found(union([part.articles for part in found], self._part.size), None)
        lists = [(part.articles, _full(part)) for part in found]
        return Found(*add(lists, self._part.size))

    def _find_pair(self, node: Any, boost: float, *, scored: bool) -> Found:
        articles, scores = self.find(node.a, scored=scored, boost=boost)
        if type(node) is query.AndMaybe:
            if not scored:
                return Found(articles, None)
            with self._all_or_nothing():
                mask, more = self.among(node.b, articles, boost=boost)
            if more is not None:
                scores = _full(Found(articles, scores)).copy()
                scores[mask] += more
            return Found(articles, scores)
        with self._all_or_nothing():
            mask = self.among(node.b, articles, scored=False).mask
        if isinstance(node, query.AndNot):
            mask = ~mask
        return Found(articles, scores).only(mask)

    def _outside(self, articles: Articles) -> Articles:
        return (~marked([articles], self._part.size)).nonzero()[0].astype(np.int32)

    def _constant(self, articles: Articles, score: float, *, scored: bool) -> Found:
        return Found(articles, np.full(len(articles), score, np.float32) if scored else None)

    def _walk(self, node: query.Query, boost: float, *, scored: bool) -> Found:
        """Let Whoosh match what has no array form here."""
        context = self._searcher.context() if scored else self._searcher.boolean_context()
        matcher = node.matcher(self._searcher, context)
        articles, scores = [], []
        while matcher.is_active():
            articles.append(matcher.id())
            if scored:
                scores.append(matcher.score())
            matcher.next()
            if not len(articles) % 1024:
                self._poll()
        found = Found(np.array(articles, np.int32), np.array(scores, np.float32) if scored else None)
        return _boosted(found, boost)


def _plain(node: query.And | query.Or) -> bool:
    """Tell whether an AND or an OR is one of words."""
    words = all(isinstance(part, AnyTerm) and part.is_text for part in node.subqueries)
    return words and (type(node) is query.And or not (node.scale or node.minmatch))


def _boosted(found: Found, boost: float) -> Found:
    if found.scores is None or boost == 1.0:
        return found
    return Found(found.articles, found.scores * np.float32(boost))


def _full(found: Found) -> Scores:
    return np.zeros(len(found.articles), np.float32) if found.scores is None else found.scores


def _sum(one: Scores | None, two: Scores | None) -> Scores | None:
    if one is None:
        return two
    return one if two is None else one + two


def _term(searcher: Any, node: query.Term) -> bytes:
    text = node.text
    return text if isinstance(text, bytes) else searcher.schema[node.fieldname].to_bytes(text)
