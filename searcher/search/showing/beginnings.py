"""Where in a text may some words stand? Found by how words with their stems must begin, before anything is analysed.

Snowball's stemmers change the end of a word; what they leave of its beginning depends on the language.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searcher.text.folding import fold
from searcher.text.stems import writes

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

_APOSTROPHES = "'’‘`"
_LONGEST = 5
_MOST = 12
# A chunk with any of these is analysed: its letters may fold to others. Quotes, dashes and dots do not make it so.
_OTHER = re.compile(r"[^\x00-\x7f\s“”‘’–—…]")
_FOLDED_LATER = re.compile(r"[aou]")


class Beginnings:
    """Looks for the places where words may begin.

    Args:
        stems: folded, of the words that are looked for.
        forms: words that are looked for as they are written.
        language: of the texts; `are_known` must hold of it.
    """

    def __init__(self, stems: Collection[str], forms: Collection[str], language: str | None) -> None:
        begin = _KEPT[writes(language, "a")]
        whole = {_bare(fold(form)) for form in forms}
        prefixes = {begin(_bare(stem))[:_LONGEST] for stem in stems} | {form[:_LONGEST] for form in whole}
        if len(prefixes) > _MOST:
            prefixes = {prefix[:1] for prefix in prefixes}
        self._plain = tuple(sorted(filter(str.isascii, prefixes - {""})))
        self._parted = {
            sign: {f"{prefix[:cut]}{sign}{prefix[cut]}" for prefix in self._plain for cut in range(1, len(prefix))}
            for sign in f"{_APOSTROPHES}.,"
        }

    @staticmethod
    def are_known(language: str | None) -> bool:
        """Tell whether it is known how words of a language begin."""
        return language in _KNOWN

    def fit(self, word: str) -> bool:
        """Tell whether a word of ASCII letters may be one that is looked for."""
        return word.lower().startswith(self._plain)

    def places(self, text: str) -> list[int] | None:
        """Give, in order, a place in each chunk that may hold one of the words; None where looking cannot tell."""
        lowered = text.lower()
        if len(lowered) != len(text):
            return None
        needles = list(self._plain)
        for sign, parted in self._parted.items():
            if sign in text:
                needles += parted
        found: list[int] = []
        for needle in needles:
            at = lowered.find(needle)
            while at >= 0:
                if not at or not lowered[at - 1].isalnum():
                    found.append(at)
                at = lowered.find(needle, at + 1)
        if not text.isascii():
            found += (other.start() for other in _OTHER.finditer(text))
        return sorted(found)


def _bare(word: str) -> str:
    """Take out the signs that a word may be written with or without: `u.s` is `U.S.` and `US`."""
    return word.replace("'", "").replace(".", "") or word


def _english(stem: str) -> str:
    """`sky` is `skies`, `die` is `dying`."""
    return stem[:-2] if stem.endswith("ie") else stem[:-1] if len(stem) > 1 else stem


def _german(stem: str) -> str:
    """`ae`, `oe` and `ue` are `a`, `o` and `u` to the stemmer."""
    folded = _FOLDED_LATER.search(stem)
    return stem[: max(1, min(folded.end() if folded else len(stem), len(stem) - 2))]


def _but_two(stem: str) -> str:
    return stem[: max(1, len(stem) - 2)]


def _but_three(stem: str) -> str:
    """`indiqu` is `indication`."""
    return stem[: max(1, len(stem) - 3)]


def _first(stem: str) -> str:
    return stem[:1]


# By the language whose stemmer serves ASCII words.
_KEPT: dict[str | None, Callable[[str], str]] = {
    "en": _english, "de": _german, "fr": _but_three, "fi": _first,
    **dict.fromkeys(("es", "it", "pt", "ro", "sv", "da", "no", "nb", "nn"), _but_two),
    **dict.fromkeys(("pl", "cs", "sk", "hr", "sl"), str),  # not stemmed
}  # fmt: skip
_KNOWN = frozenset({None, *_KEPT})
