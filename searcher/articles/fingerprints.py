"""What tells at a glance that two texts are the same, reprinted or lightly edited?

Every text gets a fingerprint of eight bytes, each the low byte of a MinHash over its pairs of neighbouring words
(Broder 1997, "On the resemblance and containment of documents"; Li & König 2010, "b-bit minwise hashing"). Two bytes
are equal with about the share of word pairs that two texts have in common, so texts of which most is the same agree in
most bytes, and two stories of one event in hardly any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from searcher.text.chunks import ABSENT, KeyTable, cut_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from searcher.text.chunks import Chunks

    Hashes = NDArray[np.uint64]

_BYTES = 8
_LONGEST = 100_000


def _mixed(values: Hashes) -> Hashes:
    """Spread values over all 64 bits (the finaliser of SplitMix64, Steele et al. 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_SEEDS = _mixed(np.arange(1, _BYTES + 1, dtype=np.uint64) * _GOLDEN) | np.uint64(1)
# Everything but ASCII letters and digits parts words, and so do the bytes of curly quotes, dashes and hard blanks. That
# cuts other scripts at some of their letters too: finer than words, and everywhere alike.
_APART = bytes(
    (byte < 128 and not chr(byte).isalnum()) or byte in b"\xe2\x80\xc2\xa0\x93\x94\x98\x99\x9c\x9d"
    for byte in range(256)
)
_FEWEST_WORDS = 3
_REMEMBERED = 1 << 20


class Fingerprints:
    """Takes fingerprints of many texts at once; not for several threads."""

    def __init__(self) -> None:
        self._sums = KeyTable()

    def of(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """Take the fingerprint of each text: 64 bits as a signed integer; 0 for a text of fewer than three words.

        Only words count, whatever their case; a text's first 100,000 characters stand for it.
        """
        words = cut_bytes([text[:_LONGEST].encode("utf-8", "replace").lower() for text in texts], _APART)
        taken = np.zeros(len(texts), np.int64)
        long = np.flatnonzero(np.diff(words.firsts) >= _FEWEST_WORDS)
        if len(long):
            sums = self._checksums(words)
            # A pair begins at each word of a text but the last.
            bounds = np.stack([words.firsts[long], words.firsts[long + 1] - 1], axis=1).ravel()
            pairs = _mixed(sums * _GOLDEN + np.append(sums[1:], _GOLDEN))
            least = [np.minimum.reduceat(pairs * seed, bounds)[::2].astype(np.uint8) for seed in _SEEDS]
            found = np.stack(least, axis=1).view(np.int64)[:, 0]
            taken[long] = np.where(found, found, 1)
        return taken

    def _checksums(self, words: Chunks) -> Hashes:
        """Give the CRC-32 of each word."""
        if len(self._sums) > _REMEMBERED:
            self._sums = KeyTable()
        keys = words.keys()
        sums = self._sums.get(keys)
        new = np.flatnonzero(sums == ABSENT)
        if len(new):
            distinct, first, inverse = np.unique(keys[new], return_index=True, return_inverse=True)
            met = words.read_bytes(new[first])
            found = np.fromiter(map(crc32, met), np.uint32, len(met)).view(np.int32)
            self._sums.put(distinct, found)
            sums[new] = found[inverse]
        return sums.view(np.uint32).astype(np.uint64)


def fingerprint(text: str) -> int:
    """Take the fingerprint of one text (see `Fingerprints`)."""
    return int(Fingerprints().of([text])[0])
