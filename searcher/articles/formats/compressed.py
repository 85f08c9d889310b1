"""Compressed files: `.gz .bz2 .xz .zst` of any format that is read."""

from __future__ import annotations

import bz2
import gzip
import lzma
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, cast

from searcher.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.articles.formats.document import Document

_TAR = (".tgz", ".tbz2", ".tbz", ".txz", ".tzst")
_SUFFIXES = (".gz", ".bz2", ".xz", ".lzma", ".zst")
_ZSTD_WINDOW = 1 << 27
_ZSTD_CHUNK = 1 << 10


def unpack(document: Document) -> Iterator[Document]:
    """Open the one file within; its articles keep the path of the compressed file."""
    stem, suffix = PurePath(document.name).stem, PurePath(document.name).suffix.lower()
    name = f"{stem}.tar" if suffix in _TAR else stem if suffix in _SUFFIXES else document.name + "."
    yield document.inner(name, _opened(document), path=document.path, deeper=True)


def _opened(document: Document) -> IO[bytes]:
    head, stream = document.head(), document.stream
    if head.startswith(b"\x1f\x8b"):
        return cast("IO[bytes]", gzip.GzipFile(fileobj=stream))
    if head.startswith(b"BZh"):
        return bz2.BZ2File(stream)
    if head.startswith(b"\xfd7zXZ\0") or document.name.lower().endswith((".lzma", ".xz")):
        return lzma.LZMAFile(stream)
    if head.startswith(b"\x28\xb5\x2f\xfd"):
        return cast("IO[bytes]", _ZstdFile(stream))
    raise UnreadableError("not compressed as its name says")


class _ZstdFile:
    """A zstd stream (RFC 8878) that says when it breaks off, as the other decompressors do."""

    def __init__(self, stream: IO[bytes]) -> None:
        import zstandard

        self._stream = stream
        self._decompressor = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
        self._frame = self._decompressor.decompressobj()
        self._begun = False
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        """Give up to `size` bytes; EOFError where the stream ends within a frame."""
        while not self._rest:
            if self._frame.eof:
                chunk, self._begun = self._frame.unused_data, False
                self._frame = self._decompressor.decompressobj()
            else:
                chunk = b""
            # A few bytes may become a block of 128 KB each: no more of them at a time than memory bears.
            chunk = chunk or self._stream.read(_ZSTD_CHUNK)
            if not chunk:
                if self._begun:
                    raise EOFError("compressed data ends before its end-of-stream marker")
                return b""
            self._begun = True
            self._rest = self._frame.decompress(chunk)
        size = len(self._rest) if size < 0 else size
        given, self._rest = self._rest[:size], self._rest[size:]
        return given
