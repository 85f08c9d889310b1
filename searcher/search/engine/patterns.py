"""The query for a word that is not written out: any of the spellings that a pattern or a close spelling stands for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from searcher.search.engine.matches import distinct, union
from searcher.search.engine.occurrences import AnyTerm, Term, group_of
from searcher.search.engine.places import merge_placed

if TYPE_CHECKING:
    from searcher.search.engine.forms import Forms, Spelled
    from searcher.search.engine.matches import Articles
    from searcher.search.engine.places import Placed
    from searcher.search.engine.segments import Part

MOST_AT_ONCE = 1 << 22
"""Of spellings with more places in all, those of one segment after the other are decoded."""


@dataclass(frozen=True)
class AnySpelling(AnyTerm):
    """One word, in any of some spellings."""

    any_of: tuple[Term, ...] = field(compare=False)
    spelled: Spelled = field(kw_only=True)

    @classmethod
    def of(cls, forms: Forms, fields: tuple[str, ...], boost: float) -> AnySpelling:
        """Make one of the spellings in some fields of exact spellings."""
        spelled = forms.within(fields)
        return cls(spelled.any_of(), boost, spelled=spelled)

    @property
    def word(self) -> Spelled:
        """What the collection knows it by."""
        return self.spelled

    @property
    def is_short(self) -> bool:
        """Its postings are part of others'."""
        return False

    @property
    def is_text(self) -> bool:
        """All its fields are scored."""
        return True

    def cost(self, segment: Part) -> int:
        """Add up its places, which are known."""
        return sum(self.spelled.place_count(segment, name) for name in self.spelled.fields)

    def place_count(self, segment: Part, group: str) -> int:
        """Tell how often it stands in a group."""
        return sum(self.spelled.place_count(segment, name) for name in self._names(group))

    def articles(self, segment: Part, group: str) -> Articles:
        """Give the articles that have it in a group."""
        if not self.spelled.knows(segment):
            return super().articles(segment, group)
        found = [self.spelled.occurrences(segment, name) for name in self._names(group)]
        return union([distinct(one.articles) for one in found if one is not None], segment.size)

    def placed(self, segment: Part, group: str, articles: Articles | None) -> Placed:
        """Give its places in some articles (ascending; None: in all), in one group."""
        if not self.spelled.knows(segment):
            return super().placed(segment, group, articles)
        placed = []
        for name in self._names(group):
            for one in self.spelled.known(segment, name):
                terms = [self.spelled.forms.terms[number] for number in one.which.tolist()]
                one.segment.know(name, dict(zip(terms, one.numbers.tolist(), strict=True)))
                placed += [one.segment.placed(name, term, articles) for term in terms]
        return merge_placed(placed)

    def _names(self, group: str) -> list[str]:
        return [name for name in self.spelled.fields if group_of(name) == group]
