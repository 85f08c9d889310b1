"""The query for a word that is not written out: any of the spellings that a pattern or a close spelling stands for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from searcher.search.engine.arrays import ArrayedSegment
from searcher.search.engine.matches import indices_of
from searcher.search.engine.occurrences import AnyTerm, Term, group_of
from searcher.search.engine.places import joined_places
from searcher.search.engine.stopping import go_on
from searcher.search.engine.whole import Whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.search.engine.forms import Forms, Spelled
    from searcher.search.engine.impacts import Kept
    from searcher.search.engine.matches import Articles
    from searcher.search.engine.places import Placed, Places
    from searcher.search.engine.segments import Part
    from searcher.search.engine.standing import Bits
    from searcher.search.engine.stopping import Poll

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

    def is_spelled_in(self, whole: Whole) -> bool:
        """Tell whether its places can be decoded for all segments together, without too many at once."""
        return all(whole.spells(name) for name in self.spelled.fields) and (
            self.cost(whole) <= MOST_AT_ONCE
            or all(whole.standing.origins(group) is not None for group in self.groups())
        )

    def cost(self, segment: Part) -> int:
        """Add up its places, which are known."""
        return sum(self.spelled.place_count(segment, name) for name in self.spelled.fields)

    def place_count(self, segment: Part, group: str) -> int:
        """Tell how often it stands in a group."""
        return sum(self.spelled.place_count(segment, name) for name in self._names(group))

    def articles(self, segment: Part, group: str) -> Articles:
        """Give the articles that have it in a group."""
        if not self._is_known(segment):
            return super().articles(segment, group)
        bits = self._bits_in(segment, group)
        if bits is not None and isinstance(segment, Whole):
            return segment.standing.having(bits, group, np.arange(segment.size, dtype=np.int32))
        return self._decoded(segment, group).articles

    def articles_among(self, segment: Part, group: str, articles: Articles) -> Articles:
        """Give those of some articles (ascending) that have it."""
        bits = self._bits_in(segment, group)
        if bits is not None and isinstance(segment, Whole):
            return segment.standing.having(bits, group, articles)
        return super().articles_among(segment, group, articles)

    def prepare(self, segment: Part, group: str, poll: Poll) -> None:
        """Decode all its places."""
        if self._is_known(segment) and self._bits_in(segment, group, poll) is None:
            self._decoded(segment, group, poll)

    def bits(self, whole: Whole, group: str, poll: Poll, *, decoded: int | None = None) -> Bits | None:  # noqa: ARG002
        """Give its bits if it is frequent: few of its places take as long to decode as all."""
        return super().bits(whole, group, poll)

    def pieces(self, part: Part, group: str) -> Iterator[Places]:
        """Yield all its places, those of some spellings at a time."""
        for name in self._names(group):
            yield from self.spelled.places(part, name)

    def placed(self, segment: Part, group: str, articles: Articles | None) -> Placed:
        """Give its places in some articles (ascending; None: in all), in one group."""
        if not self._is_known(segment):
            return super().placed(segment, group, articles)
        bits = None if articles is None else self._bits_in(segment, group)
        if articles is not None and bits is not None and isinstance(segment, Whole):
            return segment.standing.placed(bits, group, articles)
        placed = self._decoded(segment, group)
        return placed if articles is None else placed.of_rows(indices_of(articles, placed.articles, segment.size))

    def _is_known(self, segment: Part) -> bool:
        return isinstance(segment, Whole | ArrayedSegment) and self.spelled.knows(segment)

    def _bits_in(self, segment: Part, group: str, poll: Poll = go_on) -> Bits | None:
        return self.bits(segment, group, poll) if isinstance(segment, Whole) and self._is_known(segment) else None

    def _decoded(self, segment: Part, group: str, poll: Poll = go_on) -> Placed:
        """Decode all its places, or take those kept."""

        def decode() -> Iterator[Places]:
            for some in self.pieces(segment, group):
                poll()
                yield some

        key = segment.base, segment.size, self.spelled, group
        places: Kept[Placed] = cast("Any", segment).places
        return places.get(key, lambda: joined_places(decode()))

    def _names(self, group: str) -> list[str]:
        return [name for name in self.spelled.fields if group_of(name) == group]
