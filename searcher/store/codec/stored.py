"""Reads the stored fields of articles: JSON, run together into small blocks, compressed.

A block is the byte length of each of its articles' JSON (uint32), then those texts. Sections: `stored/frames` (the
blocks, each a Zstandard frame, RFC 8878), `stored/starts` (where each begins and the last one ends), `stored/first`
(its first article) and `stored/sizes` (its bytes when inflated); `stored/dictionaries` with `…/starts`, and `…/first`:
the first block that each dictionary serves; an empty one is none. Format 1 has its blocks deflated, in `stored`.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections import OrderedDict
from itertools import pairwise
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.store.codec.sections import damaged
from searcher.store.codec.stored_json import decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zstandard import ZstdDecompressor

    from searcher.store.codec.sections import SectionFile

FRAMES = "stored/frames"
DICTIONARIES = "stored/dictionaries"

_DEFLATED = "stored"
_KEPT_BLOCKS = 256


class StoredReader:
    """Reads stored fields by article number. Keeps the blocks inflated last."""

    def __init__(self, file: SectionFile) -> None:
        self._file = file
        self._kept: OrderedDict[int, list[bytes]] = OrderedDict()
        self._lock = Lock()
        self._section = FRAMES if FRAMES in file else _DEFLATED
        self._decompressors: dict[int, ZstdDecompressor] = {}
        self._firsts = file.section("stored/first")
        self._starts = file.section("stored/starts")
        self._sizes = file.section("stored/sizes")
        if not len(self._firsts) == len(self._starts) == len(self._sizes) + 1:
            raise damaged(file.name, "stored", "the tables of its blocks differ in length")
        self._served: list[int] = [] if self._section == _DEFLATED else self._read_served()

    def _read_served(self) -> list[int]:
        """Read which block is the first that each dictionary serves."""
        served: list[int] = self._file.array(f"{DICTIONARIES}/first").tolist()
        begun = served[:1] == [0] if len(self._sizes) else not served
        if not begun or served != sorted(served) or self._file.length(f"{DICTIONARIES}/starts") != len(served) + 1:
            raise damaged(self._file.name, DICTIONARIES, "do not serve all blocks")
        return served

    def __getitem__(self, number: int) -> dict[str, Any]:
        """Give the stored fields of an article.

        Raises:
            IndexDamagedError: they cannot be read.
        """
        block = self._block_of(number)
        return self._parsed(self._block(block)[number - self._firsts.item(block)])

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for block in range(len(self._sizes)):
            yield from map(self._parsed, self._inflated(block))

    def texts(self, numbers: Sequence[int]) -> Iterator[bytes]:
        """Yield the stored fields of ascending articles as they are written, a block inflated once."""
        texts: list[bytes] = []
        first = end = 0
        for number in numbers:
            if number >= end:
                block = self._block_of(number)
                texts, first = self._inflated(block), self._firsts.item(block)
                end = first + len(texts)
            yield texts[number - first]

    @property
    def dictionaries(self) -> list[tuple[bytes, range]]:
        """The dictionaries, each with the blocks that it serves; none where blocks are deflated."""
        served = [*self._served, len(self._sizes)]
        return [(self._dictionary(number), range(*ends)) for number, ends in enumerate(pairwise(served))]

    @property
    def dictionary_bytes(self) -> int:
        """Bytes that all dictionaries take."""
        return self._file.length(DICTIONARIES) if self._served else 0

    @property
    def compressed_bytes(self) -> int:
        """Bytes that all blocks take."""
        return self._file.length(self._section)

    def frame(self, block: int) -> tuple[bytes, int, int]:
        """Give a block as it is: its bytes, their number when inflated, its number of articles."""
        return self._compressed(block), self._sizes.item(block), self._count(block)

    def _block_of(self, number: int) -> int:
        return bisect_right(range(len(self._firsts)), number, key=self._firsts.item) - 1

    def _count(self, block: int) -> int:
        """How many articles a block holds."""
        count: int = self._firsts.item(block + 1) - self._firsts.item(block)
        return count

    def _block(self, block: int) -> list[bytes]:
        with self._lock:
            if block in self._kept:
                self._kept.move_to_end(block)
                return self._kept[block]
        texts = self._inflated(block)
        with self._lock:
            self._kept[block] = texts
            while len(self._kept) > _KEPT_BLOCKS:
                self._kept.popitem(last=False)
        return texts

    def _inflated(self, block: int) -> list[bytes]:
        size = self._sizes.item(block)
        compressed = self._compressed(block)
        data = self._deflated(compressed, size) if self._section == _DEFLATED else self._frame(compressed, block)
        if data is None:
            raise damaged(self._file.name, "stored", f"block {block} cannot be inflated")
        count = self._count(block)
        if len(data) != size or count < 1 or size < 4 * count:
            raise damaged(self._file.name, "stored", f"block {block} has another size than it should")
        lengths = np.frombuffer(data, "<u4", count)
        ends = (np.cumsum(lengths, dtype=np.int64) + 4 * count).tolist()
        if ends[-1] != size:
            raise damaged(self._file.name, "stored", f"block {block} holds other articles than it should")
        return [data[one:two] for one, two in pairwise([4 * count, *ends])]

    def _compressed(self, block: int) -> bytes:
        return self._file.bytes(self._section, self._starts.item(block), self._starts.item(block + 1))

    def _deflated(self, compressed: bytes, size: int) -> bytes | None:
        try:
            return zlib.decompressobj().decompress(compressed, max(size, 1))
        except zlib.error:
            return None

    def _frame(self, compressed: bytes, block: int) -> bytes | None:
        from zstandard import ZstdError, frame_content_size

        try:
            # What the frame itself says is what would be allocated.
            if frame_content_size(compressed) != self._sizes.item(block):
                return None
            with self._lock:  # a decompressor serves one thread at a time
                return self._decompressor(bisect_right(self._served, block) - 1).decompress(compressed)
        except (ZstdError, MemoryError):
            return None

    def _decompressor(self, number: int) -> ZstdDecompressor:
        if number not in self._decompressors:
            from zstandard import ZstdCompressionDict, ZstdDecompressor

            content = self._dictionary(number)
            dictionary = ZstdCompressionDict(content) if content else None
            self._decompressors[number] = ZstdDecompressor(dict_data=dictionary)
        return self._decompressors[number]

    def _dictionary(self, number: int) -> bytes:
        one, two = self._file.array(f"{DICTIONARIES}/starts", number, number + 2).tolist()
        return self._file.bytes(DICTIONARIES, one, two)

    def _parsed(self, text: bytes) -> dict[str, Any]:
        try:
            return decode(text)
        except ValueError as error:
            raise damaged(self._file.name, "stored", "an article's fields cannot be read") from error
