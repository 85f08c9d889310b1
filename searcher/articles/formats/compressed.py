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
        return _zstd(stream)
    raise UnreadableError("not compressed as its name says")


def _zstd(stream: IO[bytes]) -> IO[bytes]:
    import zstandard

    decompressor = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    return cast("IO[bytes]", decompressor.stream_reader(stream, read_across_frames=True))
