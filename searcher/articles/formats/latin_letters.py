"""In which 8-bit encoding is a text in Latin script written? In the one that makes its letters those of one language.

By the frequency of its letters a Spanish text in cp1252 is as good in cp1250: `ñ` and `ń` are both letters. But no
language has `ń` beside `á`, `é` and `í`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_WESTERN = (
    "éèàùâêîôûëïüÿçœæ", "äöüß", "áéíóúñü¿¡ªº", "áâãàçéêíóôõúüªº", "àèéìíîòóùú", "àéèíïóòúüç·", "åäöé", "æøåéó",
    "éëèïöüáóí", "áðéíóúýþæö",
)  # fmt: skip
_CENTRAL = ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž")
_BALTIC = ("ąčęėįšųūž", "āčēģīķļņōŗšūž", "äõöüšž")
_TURKISH = ("çğıöşüâîû\u0307",)  # İ in lower case is an i and a dot

#: Letters beyond ASCII of the languages that are written in an encoding, the commonest encoding first.
_ALPHABETS = {
    "cp1252": _WESTERN,
    "cp1250": _CENTRAL,
    "iso8859_2": _CENTRAL,
    "cp1254": _TURKISH,
    "cp1257": _BALTIC,
}
_ENOUGH = 0.9
_SHARED = dict.fromkeys(map(ord, "\xa0«»‹›“”„‘’‚–—…•·€¤£§©®™°±´`¨\xad"))


def encoding_by_letters(content: bytes, candidates: Collection[str]) -> str | None:
    """Give the encoding in which nine tenths of the letters beyond ASCII are those of one language.

    Args:
        content: a text in an encoding that has ASCII as its half.
        candidates: names of encodings in which it is not nonsense.

    Returns:
        None when no encoding does, or the text is mostly not in Latin script.
    """
    beyond = content.translate(None, bytes(range(128)))
    if len(beyond) > len(content) * 0.4:
        return None
    fits = {encoding: _fit(beyond, encoding) for encoding in _ALPHABETS if encoding in candidates}
    best = max(fits, key=fits.__getitem__, default=None)
    return best if best and fits[best] >= _ENOUGH else None


def _fit(beyond: bytes, encoding: str) -> float:
    letters = beyond.decode(encoding, "replace").lower().translate(_SHARED)
    return (
        max(sum(map(letters.count, alphabet)) for alphabet in _ALPHABETS[encoding]) / len(letters) if letters else 1.0
    )
