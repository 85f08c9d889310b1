"""Where does a text name somebody, by a spaCy model that the user prefers to ours?

A model is a package that is installed, never a folder that happens to be called so.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from searcher.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from searcher.model import Span

_PEOPLE = frozenset({"PERSON", "PER", "PRS", "persName"})
# A model of many languages is called `xx_…`.
_ANY_LANGUAGE = "xx"
_NOT_NEEDED = ["tagger", "parser", "senter", "lemmatizer", "morphologizer", "attribute_ruler"]


def check_model(model: str) -> None:
    """Raise UsageError, saying what to install, where a model cannot be had."""
    from importlib.metadata import PackageNotFoundError, distribution
    from importlib.util import find_spec

    if find_spec("spacy") is None:
        raise UsageError("another people model needs the package spacy", "Install it: pip install spacy")
    try:
        distribution(model)
    except (PackageNotFoundError, ValueError):
        hint = f"Install it: python -m spacy download {model}" if model.isidentifier() else "Give a package's name."
        raise UsageError(f"no spaCy model “{model}” is installed", hint) from None


def is_read_by(model: str, language: str | None) -> bool:
    """Tell by a model's name whether it reads a language, or a text of a language that is not known."""
    return language is None or model.startswith((f"{language}_", f"{_ANY_LANGUAGE}_"))


def spans_by(model: str, text: str) -> list[Span]:
    """Give the places in a text of what a model takes for names of people, in order.

    Raises:
        UsageError: there is no such model.
    """
    return [(one.start_char, one.end_char) for one in _pipeline(model)(text).ents if one.label_ in _PEOPLE]


@lru_cache(maxsize=1)
def _pipeline(model: str) -> Callable[[str], Any]:
    check_model(model)
    from spacy.util import load_model_from_package

    pipeline: Callable[[str], Any] = load_model_from_package(model, exclude=_NOT_NEEDED)
    return pipeline
