"""How Whoosh's text fields see a text: through the one analysis that queries and highlights use, too.

The classes have no state, so that an index pickles them by name and opens with nothing but this package importable.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self

from whoosh.analysis import Analyzer
from whoosh.analysis.acore import Token

from searcher.text.analysis import Term, analyze

if TYPE_CHECKING:
    from collections.abc import Iterator


class Passage(str):
    """A text that knows its language: what is handed to a text field to be indexed."""

    __slots__ = ("language",)
    language: str | None

    def __new__(cls, text: str, language: str | None = None) -> Self:
        """Join a text and its language, ISO 639-1."""
        passage = super().__new__(cls, text)
        passage.language = language
        return passage


@lru_cache(maxsize=2)
def terms(text: str, language: str | None) -> tuple[Term, ...]:
    """Analyse a text once for the field of its stems and the field of its forms."""
    return tuple(analyze(text, language))


class StemAnalyzer(Analyzer):  # type: ignore[misc]
    """Tokens are folded stems."""

    def __call__(self, value: str, **options: Any) -> Iterator[Token]:
        """Yield the one token object that Whoosh expects to be refilled, a term at a time."""
        return _tokens(value, options, exact=False)


class FormAnalyzer(Analyzer):  # type: ignore[misc]
    """Tokens are words as they are written."""

    def __call__(self, value: str, **options: Any) -> Iterator[Token]:
        """Yield the one token object that Whoosh expects to be refilled, a term at a time."""
        return _tokens(value, options, exact=True)


class WholeAnalyzer(Analyzer):  # type: ignore[misc]
    """The whole value is one token."""

    def __call__(self, value: str, **options: Any) -> Iterator[Token]:
        """Yield one token."""
        token = _token(options)
        token.text = token.original = value
        token.pos = options.get("start_pos", 0)
        token.startchar, token.endchar = 0, len(value)
        yield token


def _tokens(value: str, options: dict[str, Any], *, exact: bool) -> Iterator[Token]:
    token = _token(options)
    first = options.get("start_pos", 0)
    offset = options.get("start_char", 0)
    for term in terms(str(value), getattr(value, "language", None)):
        text = term.form if exact else term.stem
        if not text:
            continue
        token.text = text
        token.original = term.form
        token.pos = first + term.position
        token.startchar = offset + term.start
        token.endchar = offset + term.end
        token.boost = 1.0
        token.stopped = False
        yield token


def _token(options: dict[str, Any]) -> Token:
    return Token(
        positions=options.get("positions", False),
        chars=options.get("chars", False),
        removestops=options.get("removestops", True),
        mode=options.get("mode", ""),
        boost=1.0,
        stopped=False,
    )
