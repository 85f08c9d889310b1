"""What a caller asks for besides the query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from searcher.search.engine.facets import DEFAULT_LIMIT
from searcher.search.engine.stopping import Flag, Stop

if TYPE_CHECKING:
    from searcher.model import FacetField, Sort


@dataclass(frozen=True, slots=True)
class Request:
    """How to answer.

    Attributes:
        limit, offset: which hits of all to give.
        facets: which facets to count, each cut to `facet_limit` values (None: none is cut).
        explain: tell for each hit where its score comes from.
        aliases: words also find their aliases.
        undated: the latest past day that an undated article's text mentions serves date ranges in place of its date.
        quote: give the passage of each hit that matches, with its highlights; without it, hits come faster.
        span: give the earliest and latest publication day of all hits.
        correct: where nothing is found, look for a spelling that would find something.
        cancel: raised (an event, say) when nobody waits for the answer any more.
        deadline: seconds after which the answer is what was found by then.
    """

    limit: int = 10
    offset: int = 0
    sort: Sort = "relevance"
    facets: tuple[FacetField, ...] = ()
    facet_limit: int | None = DEFAULT_LIMIT
    explain: bool = False
    aliases: bool = True
    undated: bool = False
    quote: bool = True
    span: bool = False
    correct: bool = True
    cancel: Flag | None = None
    deadline: float | None = None

    def stop(self) -> Stop:
        """Give what to poll; its time runs from now."""
        return Stop(self.cancel, self.deadline)


PLAIN = Request()
"""Nothing out of the ordinary."""
