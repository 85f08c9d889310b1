"""Writes a file of named arrays; `sections` says how it is laid out, and reads it."""

from __future__ import annotations

import json
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.store.codec.sections import ALIGNED, FORMAT_VERSION, HEADER, MAGIC, PAGE, TRAILER, Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import BinaryIO

    from numpy.typing import NDArray


class SectionWriter:
    """Writes a file of sections, front to back.

    Args:
        file: written to, neither synced nor closed.
        identity: the name that the file has in its storage; a reader asks for it, so that swapped files are noticed.
    """

    def __init__(self, file: BinaryIO, identity: str) -> None:
        self._file = file
        self._identity = identity
        self._at = 0
        self._page = 0
        self._page_left = PAGE
        self._checks: list[int] = []
        self._directory: dict[str, Entry] = {}
        self._write(HEADER.pack(MAGIC, FORMAT_VERSION, PAGE))

    def add(self, name: str, array: NDArray[Any]) -> None:
        """Write a section that holds one array."""
        flat = np.ascontiguousarray(array)
        little = flat.astype(flat.dtype.newbyteorder("<"), copy=False)
        with self.section(name, little.dtype) as write:
            write(little.reshape(-1).view(np.uint8).data)

    @contextmanager
    def section(self, name: str, dtype: Any = np.uint8) -> Iterator[Callable[[Any], None]]:
        """Open a section that is written in pieces: give a function to write bytes with."""
        if name in self._directory:
            raise ValueError(f"section written twice: {name}")
        self._write(bytes(-self._at % ALIGNED))
        start = self._at
        yield self._write
        self._directory[name] = Entry(start, self._at - start, np.dtype(dtype).str)

    def finish(self, facts: Mapping[str, Any]) -> None:
        """Write the directory with `facts` (JSON) in it. The file is complete then."""
        self._write(bytes(-self._at % ALIGNED))
        if self._page_left < PAGE:
            self._checks.append(self._page)
        checks = np.array(self._checks, "<u4").tobytes()
        end = self._at
        directory = json.dumps(
            {"identity": self._identity, "end": end, "facts": facts, "sections": self._directory},
            separators=(",", ":"),
        ).encode()
        self._file.write(checks)
        self._file.write(directory)
        crc = zlib.crc32(directory, zlib.crc32(checks))
        self._file.write(TRAILER.pack(end + len(checks), len(directory), crc, FORMAT_VERSION, MAGIC))

    def _write(self, data: Any) -> None:
        view = memoryview(data)
        self._file.write(view)
        self._at += len(view)
        start = 0
        while start < len(view):
            piece = view[start : start + self._page_left]
            self._page = zlib.crc32(piece, self._page)
            self._page_left -= len(piece)
            start += len(piece)
            if not self._page_left:
                self._checks.append(self._page)
                self._page, self._page_left = 0, PAGE
