"""How much an article weighs for a word: BM25F over title and body, with one setting for everything.

The model is BM25F (Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields", CIKM 2004;
Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009): the frequencies in an
article's fields are divided by what each field's length makes of them, weighted, added up, and only then saturated,
so that a word in the title does not count as a second word. The inverse document frequency is that of Lucene's BM25
(never negative). What stands for one word (its stems under several languages, the expansions of a wildcard) is one
word whose frequencies add up and whose article frequency is the largest of its parts', as in Lucene's SynonymQuery;
of a pattern's spellings it is the occurrences of the commonest, no fewer than its articles, which the lexicon knows.
A phrase is a word whose inverse document frequency is the sum of its words' (Lucene's PhraseQuery).

`SATURATION`, `LENGTH` and the title's weight are the round middle of a plateau: between 1.5 and 2.5, 0.4 and 0.6, 2.5
and 4, the Cranfield, CACM and CISI collections change by less than one in a hundred (`benchmarks/retrieval.py`).
Nearness of the words to each other was measured on them, too, and added nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from whoosh import scoring

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SATURATION: Final = 2.0
"""BM25's k1: how soon further occurrences stop adding."""

LENGTH: Final = 0.5
"""BM25's b: how much a long field's occurrences count for less."""


@dataclass(frozen=True, slots=True)
class FieldWeight:
    """How one field of the index counts: its weight, and the field whose length its occurrences are measured by."""

    weight: float
    length_of: str


FIELD_WEIGHTS: Final = {
    "title": FieldWeight(3.0, "title"),
    "title_exact": FieldWeight(3.0, "title"),
    "body": FieldWeight(1.0, "body"),
    "body_exact": FieldWeight(1.0, "body"),
}


def inverse_frequency(articles: int, article_frequency: int) -> float:
    """Give the inverse document frequency of a word found in `article_frequency` of `articles`, above 0."""
    return math.log1p((articles - article_frequency + 0.5) / (article_frequency + 0.5))


def norms(lengths: NDArray[np.float32], average: float, weight: float) -> NDArray[np.float32]:
    """Give what one occurrence in a field counts, by the field's length in words (float32, one for each length)."""
    import numpy as np

    relative = lengths / np.float32(average or 1.0)
    return np.float32(weight) / (np.float32(1.0 - LENGTH) + np.float32(LENGTH) * relative)


def saturate(frequencies: NDArray[np.float32], weight: float) -> NDArray[np.float32]:
    """Turn weighted frequencies (above 0) into scores: `weight` is boost times inverse document frequency."""
    import numpy as np

    return frequencies / (frequencies + np.float32(SATURATION)) * np.float32(weight * (SATURATION + 1.0))


class ArticleWeighting(scoring.WeightingModel):  # type: ignore[misc]
    """The same model for Whoosh's own `Term` queries: BM25F of one field; fields that are not text score nothing."""

    def idf(self, searcher: Any, fieldname: str, text: Any) -> float:
        """Give the inverse document frequency of one term in the whole index."""
        parent = searcher.get_parent()
        return inverse_frequency(parent.doc_count_all(), parent.doc_frequency(fieldname, text))

    def scorer(self, searcher: Any, fieldname: str, text: Any, qf: float = 1) -> scoring.BaseScorer:
        """Give what scores the postings of one term."""
        rule = FIELD_WEIGHTS.get(fieldname)
        if rule is None:
            return _NoScore()
        return _FieldScorer(searcher, rule, searcher.idf(fieldname, text) * qf)


class _Bounded(scoring.BaseScorer):  # type: ignore[misc]
    """A scorer with one bound for all articles: the score of a word that fills an article."""

    highest = 0.0

    def supports_block_quality(self) -> bool:
        return True

    def max_quality(self) -> float:
        return self.highest

    def block_quality(self, matcher: Any) -> float:  # noqa: ARG002
        return self.highest


class _NoScore(_Bounded):
    def score(self, matcher: Any) -> float:  # noqa: ARG002
        return 0.0


class _FieldScorer(_Bounded):
    def __init__(self, searcher: Any, rule: FieldWeight, weight: float) -> None:
        parent = searcher.get_parent()
        self._searcher = searcher
        self._field = rule.length_of
        self._norm = rule.weight
        self._average = parent.field_length(self._field) / (parent.doc_count_all() or 1) or 1.0
        self.highest = weight * (SATURATION + 1.0)

    def score(self, matcher: Any) -> float:
        length = self._searcher.doc_field_length(matcher.id(), self._field)
        frequency = matcher.weight() * self._norm / (1.0 - LENGTH + LENGTH * length / self._average)
        return float(frequency / (frequency + SATURATION) * self.highest)
