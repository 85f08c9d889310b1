"""What is the story, and what is the page around it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from searcher.model import Span

Kind = Literal["title", "masthead", "menu", "topic", "byline", "credit", "caption", "share", "related", "copyright", "notice"]


@dataclass(frozen=True, slots=True)
class Furniture:
    """A piece of `raw` that is not story: what it is and where it stands."""

    kind: Kind
    span: Span


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article taken apart.

    Attributes:
        title: one line; empty only for an empty text.
        text: the story, without the title.
        raw: all there was.
        furniture: what of `raw` is not story, in order; a `caption` of the article's own picture is also in `text`.
    """

    title: str
    text: str
    raw: str
    furniture: tuple[Furniture, ...] = ()


def clean(raw: str, *, title: str | None = None) -> Cleaned:
    """Tell the story from the page around it."""
    lines = raw.strip().split("\n")
    if title is None:
        return Cleaned(" ".join(lines[0].split()), "\n".join(lines[1:]).strip(), raw)
    return Cleaned(title, raw.strip(), raw)
