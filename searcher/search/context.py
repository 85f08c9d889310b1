"""What every question to one state of an index shares."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from whoosh.searching import Searcher

from searcher.search.duplicates import Duplicates
from searcher.search.engine.collection import Collection
from searcher.search.engine.facets import FacetCounter, Values, read_values
from searcher.search.engine.ranking import ArticleWeighting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from searcher.model import FacetField
    from searcher.query.aliases import Aliases
    from searcher.search.duplicates import Kept
    from searcher.search.engine.segments import Part
    from searcher.search.words.expansion import Expansions
    from searcher.search.words.lexicon import Lexicon
    from searcher.store.snapshot import Snapshot

EXACT_FIELDS = ("title_exact", "body_exact")


class Human(Protocol):
    """One human being across the archive."""

    @property
    def name(self) -> str:
        """The canonical name."""
        ...


class People(Protocol):
    """Who is who in the archive."""

    def human_of(self, key: str) -> Human | None:
        """Give the human that a term of the `person` field means."""
        ...

    def matching(self, text: str) -> Iterable[str]:
        """Give the terms of the `person` field that mean a human who is called so."""
        ...


class Context:
    """One open snapshot with what is known about its people and names; any number of threads may ask it.

    Args:
        shown_path: turns an article's stored path into one that opens from where the user is.
        fingerprints: what is kept of them in order.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        people: People | None = None,
        aliases: Aliases | None = None,
        shown_path: Callable[[str], str] = str,
        fingerprints: Kept | None = None,
    ) -> None:
        self.snapshot = snapshot
        self.people = people
        self.aliases = aliases
        self.shown_path = shown_path
        self.searcher: Any = Searcher(snapshot.reader, weighting=ArticleWeighting(), closereader=False)
        self.collection = Collection.of(self.searcher)
        self.duplicates = Duplicates(self.collection.whole, fingerprints)
        self._lock = threading.RLock()
        self._values: dict[tuple[int, int, FacetField], Values] = {}

    @cached_property
    def _languages(self) -> Counter[str]:
        counts: Counter[str] = Counter()
        for segment in self.collection.segments:
            terms = segment.lexicon("language")
            for term, count in zip(terms, segment.article_counts("language", terms).tolist(), strict=True):
                counts[term.decode("utf-8", "replace")] += count
        return counts

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the archive's articles, most articles first."""
        return tuple(sorted(self._languages, key=lambda name: (-self._languages[name], name)))

    @cached_property
    def readings(self) -> tuple[str | None, ...]:
        """The languages that its articles are read in; None, if there, is that of articles of an unknown one."""
        return self.languages if self._languages.total() == self.collection.articles else (*self.languages, None)

    @property
    def lexicon(self) -> Lexicon:
        """All words of the archive as they are written."""
        with self._lock:
            return self._lexicon

    @cached_property
    def _lexicon(self) -> Lexicon:
        from searcher.search.words.lexicon import Lexicon

        return Lexicon(self.collection.segments, EXACT_FIELDS)

    @cached_property
    def expansions(self) -> Expansions:
        """What patterns stand for."""
        from searcher.search.words.expansion import Expansions

        return Expansions(self.lexicon)

    @cached_property
    def source_names(self) -> tuple[str, ...]:
        """The sources of the archive's articles, as they are shown."""
        return tuple(
            sorted({name for segment in self.collection.segments for name in segment.names("source")[1] if name})
        )

    def source_name(self, spelling: str) -> str:
        """Give the name that an outlet is shown under: one for all the spellings that the archive has of it."""
        return self._outlets.get(spelling, spelling)

    @cached_property
    def _outlets(self) -> Mapping[str, str]:
        """The names that outlets are shown under, by spelling, of those that are spelt in several ways."""
        if len(self.source_names) == len(self.values("source")):
            return {}
        from searcher.articles.facts import outlets

        alike: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for segment in self.collection.segments:
            ordinals, names = segment.names("source")
            for name, count in zip(names, np.bincount(ordinals, minlength=len(names)).tolist(), strict=True):
                if name:
                    alike[outlets.key(name)][name] += count
        return {name: outlets.shown(same) for same in alike.values() if len(same) > 1 for name in same}

    @cached_property
    def person_names(self) -> tuple[str, ...]:
        """The canonical names of the archive's people."""
        return tuple(sorted({self.person_name(key) for key in self.values("person")}))

    def values(self, field: str) -> list[str]:
        """List the distinct terms of a field that is not text, in order."""
        terms = {term for segment in self.collection.segments for term in segment.lexicon(field)}
        return [term.decode("utf-8", "replace") for term in sorted(terms)]

    def person_keys(self, name: str) -> set[str]:
        """Give the terms of the `person` field of every human who may be called so."""
        if self.people is not None:
            return set(self.people.matching(name))
        return {key for key in self.values("person") if f" {name} " in f" {key} "}

    def facet_counter(self, field: FacetField) -> FacetCounter:
        """Give what counts hits by a field."""
        return FacetCounter(field, lambda part: self._facet_values(part, field))

    def _facet_values(self, part: Part, field: FacetField) -> Values:
        key = (part.base, part.size, field)
        if key not in self._values:
            self._values[key] = read_values(part, field, self.person_name, self.source_name)
        return self._values[key]

    def person_name(self, key: str) -> str:
        """Give the canonical name of a term of the `person` field."""
        human = self.people.human_of(key) if self.people is not None else None
        return human.name if human else key
