"""Writes the stored fields of articles in blocks, compressed with a dictionary drawn from them.

What `stored` reads. Articles of one archive share their words, so a block of one article or two, compressed with a
dictionary trained on the first articles (Zstandard, RFC 8878, section 5), takes less than a large block without, and
reading one article inflates little else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from searcher.store.codec.lexicon import narrowed
from searcher.store.codec.spool import Spool
from searcher.store.codec.stored import DICTIONARIES, FRAMES

if TYPE_CHECKING:
    from zstandard import ZstdCompressor

    from searcher.store.codec.sections_writer import SectionWriter
    from searcher.store.codec.stored import StoredReader

_BLOCK_BYTES = 1 << 12
_LEVEL = 3

#: A dictionary is trained on so many bytes of articles; of fewer than the least, none is worth its place.
_SAMPLE_BYTES = 3 << 19
_LEAST_SAMPLE_BYTES = 1 << 18
_DICTIONARY_BYTES = 1 << 16
_LEAST_SAMPLES = 16

#: Blocks are taken over from another segment if it has dictionaries, and these are no larger a part than this.
_LARGEST_PART = 1 / 40


class StoredWriter:
    """Writes the stored fields of one article after the other."""

    def __init__(self) -> None:
        self._spool = Spool()
        self._texts: list[bytes] = []
        self._held = 0
        self._compressor: ZstdCompressor | None = None
        self._dictionaries: list[bytes] = []
        self._served: list[int] = []
        self._starts = [0]
        self._firsts: list[int] = []
        self._sizes: list[int] = []
        self.count = 0

    @property
    def size(self) -> int:
        """Bytes held so far."""
        return self._spool.size + self._held

    def add(self, text: bytes) -> None:
        """Add the next article, as `stored_json.encode` wrote it."""
        self._texts.append(text)
        self._held += len(text)
        self.count += 1
        if self._compressor is not None:
            if self._held >= _BLOCK_BYTES:
                self._write_block(self._compressor)
        elif self._held >= _SAMPLE_BYTES:
            self._write_sample()

    def add_blocks(self, reader: StoredReader) -> bool:
        """Add all articles of another segment, compressed as they are there; tell if not, since it would not pay."""
        if not 0 < reader.dictionary_bytes <= reader.compressed_bytes * _LARGEST_PART:
            return False
        self._write_held()
        for dictionary, blocks in reader.dictionaries:
            self._serve(dictionary)
            for block in blocks:
                frame, size, articles = reader.frame(block)
                self._note(frame, size, self.count)
                self.count += articles
        return True

    def finish(self, file: SectionWriter) -> None:
        """Write the sections."""
        self._write_held()
        self._spool.copy_to(file, FRAMES, np.uint8)
        file.add("stored/starts", narrowed(np.array(self._starts, np.int64)))
        file.add("stored/first", np.array([*self._firsts, self.count], np.uint32))
        file.add("stored/sizes", np.array(self._sizes, np.uint32))
        file.add(DICTIONARIES, np.frombuffer(b"".join(self._dictionaries), np.uint8))
        file.add(f"{DICTIONARIES}/starts", np.cumsum([0, *map(len, self._dictionaries)], dtype=np.uint32))
        file.add(f"{DICTIONARIES}/first", np.array(self._served, np.uint32))

    def close(self) -> None:
        """Forget what was added."""
        self._texts.clear()
        self._spool.close()

    def _write_sample(self) -> ZstdCompressor:
        """Train a dictionary on the articles held, and write them with it."""
        from zstandard import ZstdCompressionDict, ZstdCompressor

        content = _trained(self._texts, self._held)
        self._serve(content)
        dictionary = None
        if content:
            dictionary = ZstdCompressionDict(content)
            dictionary.precompute_compress(level=_LEVEL)
        self._compressor = ZstdCompressor(level=_LEVEL, dict_data=dictionary, write_dict_id=False)
        texts, self._texts, self._held = self._texts, [], 0
        self.count -= len(texts)
        for text in texts:
            self.add(text)
        return self._compressor

    def _write_held(self) -> None:
        """Write what is held; what comes next will have another dictionary."""
        if self._texts:
            compressor = self._compressor or self._write_sample()
            if self._texts:
                self._write_block(compressor)
        self._compressor = None

    def _write_block(self, compressor: ZstdCompressor) -> None:
        texts, self._texts, self._held = self._texts, [], 0
        lengths = np.fromiter(map(len, texts), "<u4", len(texts)).tobytes()
        block = b"".join([lengths, *texts])
        self._note(compressor.compress(block), len(block), self.count - len(texts))

    def _note(self, frame: bytes, size: int, first: int) -> None:
        """Write one block: compressed, its size inflated, its first article."""
        self._firsts.append(first)
        self._sizes.append(size)
        self._spool.write(frame)
        self._starts.append(self._spool.size)

    def _serve(self, dictionary: bytes) -> None:
        """Let a dictionary serve the blocks that follow."""
        self._dictionaries.append(dictionary)
        self._served.append(len(self._firsts))


def _trained(texts: list[bytes], size: int) -> bytes:
    """Train a dictionary; give none where there is too little to train it on."""
    from zstandard import ZstdError, train_dictionary

    if size < _LEAST_SAMPLE_BYTES or len(texts) < _LEAST_SAMPLES:
        return b""
    try:
        return train_dictionary(min(_DICTIONARY_BYTES, size >> 4), [*texts], level=_LEVEL).as_bytes()
    except ZstdError:  # articles that have nothing in common
        return b""
