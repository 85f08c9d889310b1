"""Which forms belong to one word? Snowball stemming by language, for the script the word is written in.

An article's language decides for words in its own script; a word in another script (an English name in a Russian
article) is stemmed by that script's default, so that one query word meets it in articles of every language. The
stemmers are those of the Snowball project (https://snowballstem.org), through PyStemmer.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from searcher.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# ISO 639-1 -> Snowball's name. What Snowball does not have is folded, not stemmed.
ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali",
    "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
_SCRIPTS = {
    "ARABIC": frozenset({"ar", "fa", "ur", "ps", "ckb", "ug", "sd"}),
    "CYRILLIC": frozenset({"ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "mn", "tg", "tt", "uz"}),
    "GREEK": frozenset({"el"}),
    "ARMENIAN": frozenset({"hy"}),
    "DEVANAGARI": frozenset({"hi", "ne", "mr"}),
    "TAMIL": frozenset({"ta"}),
    "HEBREW": frozenset({"he", "yi"}),
}
_ONE_SCRIPT = frozenset().union(*_SCRIPTS.values()) - {"sr", "uz", "kk", "tt"}
# The language that stems a script's words where the article does not say.
_DEFAULTS = {
    "LATIN": "en", "ARABIC": "ar", "CYRILLIC": "ru", "GREEK": "el", "ARMENIAN": "hy", "DEVANAGARI": "hi", "TAMIL": "ta",
}  # fmt: skip
# Languages that use accents in borrowed words alone: `naïve` is stemmed as `naive`.
_WITHOUT_ACCENTS = frozenset({"en", "id"})
_TURKIC_I = frozenset({"tr", "az"})
_DOTLESS = str.maketrans({"I": "ı", "İ": "i"})


def stem(form: str, language: str | None) -> str:
    """Give the stem of one word, case folded, accents kept: `text.folding.fold` takes those off.

    Args:
        form: one word, as `tokens` finds it.
        language: ISO 639-1 of the article, or None when unknown.
    """
    base = _primary(language)
    lowered = form.translate(_DOTLESS) if base in _TURKIC_I else form
    if not lowered.isascii():
        lowered = unicodedata.normalize("NFKC", lowered)
    lowered = lowered.casefold()
    chosen = _effective(lowered, base)
    stemmer = _stemmer(chosen)
    if stemmer is None:
        return lowered
    return stemmer(fold(lowered) if chosen in _WITHOUT_ACCENTS else lowered)


def plain_stems(forms: Sequence[str], language: str | None) -> list[str]:
    """Give `fold(stem(form, language))` of words of ASCII letters, sooner."""
    base = _primary(language)
    if base in _TURKIC_I:
        return [fold(stem(form, language)) for form in forms]
    lowered = [form.lower() for form in forms]
    stemmer = _stemmer(_effective("", base))
    return lowered if stemmer is None else [fold(stemmer(word)) or word for word in lowered]


def writes(language: str | None, form: str) -> str | None:
    """Give the language whose stemmer serves a word in an article of `language`; None where there is none."""
    return _effective(form, _primary(language))


def _primary(language: str | None) -> str | None:
    return None if language is None else language.partition("-")[0].lower()


def _effective(word: str, language: str | None) -> str | None:
    script = "LATIN" if word.isascii() else _script(_first_letter(word))
    if language is not None:
        if script in _SCRIPTS:
            if language in _SCRIPTS[script]:
                return language
        elif script == "LATIN" and language not in _ONE_SCRIPT:
            return language
    return _DEFAULTS.get(script)


def _first_letter(word: str) -> str:
    return next((letter for letter in word if letter.isalpha()), " ")


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


@cache
def _stemmer(language: str | None) -> Callable[[str], str] | None:
    algorithm = ALGORITHMS.get(language or "")
    if algorithm is None:
        return None
    import Stemmer

    made = Stemmer.Stemmer(algorithm)
    made.maxCacheSize = 0  # `analysis` keeps what it has seen
    stem_word: Callable[[str], str] = made.stemWord
    return stem_word
