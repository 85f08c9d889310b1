"""What a segment is built from: many articles at once, already analysed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray


class Vocabulary(Protocol):
    """Numbered words, each a pair of a spelling and its stem, either of which may be empty: the word then has none."""

    @property
    def forms(self) -> Sequence[str]:
        """The spelling of each word."""

    @property
    def stems(self) -> Sequence[str]:
        """The stem of each word."""


class Words(Protocol):
    """The words of one text field in a row of articles."""

    @property
    def words(self) -> NDArray[np.int32]:
        """Their numbers in the vocabulary, in order of article, then position."""

    @property
    def starts(self) -> NDArray[np.int64]:
        """Where each article's words begin, and where the last one's end."""

    @property
    def positions(self) -> NDArray[np.int32] | None:
        """The position of each word; None: they count from 0 in each article."""

    @property
    def vocabulary(self) -> Vocabulary:
        """What the numbers mean. The same object for all batches of a builder."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A row of articles.

    Attributes:
        stored: for each article what its stored fields hold.
        texts: by field: analysed words. A field `f` whose schema has `f_exact` fills that one, too.
        terms: by field, for each article: a string or a number, a list of such, or None. A string is one whole term.
        columns: by field, for each article: a value of the field, or None.
    """

    stored: Sequence[Mapping[str, Any]]
    texts: Mapping[str, Words] = field(default_factory=dict)
    terms: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    columns: Mapping[str, Sequence[Any]] = field(default_factory=dict)
