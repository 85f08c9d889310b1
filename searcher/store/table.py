"""A sorted table on disk, of which a lookup reads a few lines: for what is asked by key, a little at a time.

A line is `key TAB text TAB checksum`, so that what is read a little at a time is not trusted blindly either.
"""

from __future__ import annotations

import mmap
import zlib
from typing import TYPE_CHECKING, Any, Self

from searcher.errors import IndexDamagedError
from searcher.store import derived

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_BREAKS = str.maketrans("\t\n\r", "   ")


class Table:
    """Texts by key: a line about the table, then a line for each key, in byte order.

    Attributes:
        about: what the first line says.
    """

    def __init__(self, name: str, content: bytes | mmap.mmap) -> None:
        self._name = name
        self._content = content
        self._first = content.find(b"\n") + 1
        self.about: dict[str, Any] = {}

    @classmethod
    def open(cls, folder: Path, name: str, revision: int) -> Self | None:
        """Open the table of a revision; None when there is nothing sound of that revision."""
        try:
            with derived.path_of(folder, name).open("rb") as file:
                content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            table = cls(name, content)
            table.about = derived.header(folder, name)
            whole = table.about["bytes"] == len(content) - table._first
            return table if whole and table.about["revision"] == revision else None
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    @staticmethod
    def write(folder: Path, name: str, revision: int, texts: Mapping[str, str], **about: int | str) -> None:
        """Keep a table in place of what was kept before (OSError when it cannot be written)."""
        lines = sorted(
            f"{key.translate(_BREAKS)}\t{text.translate(_BREAKS)}".encode("utf-8", "surrogatepass")
            for key, text in texts.items()
        )
        content = b"".join(b"%b\t%08x\n" % (line, zlib.crc32(line)) for line in lines)
        derived.write_bytes(folder, name, {"revision": revision, "bytes": len(content), **about}, content)

    def all(self) -> dict[str, str]:
        """Read every text by its key (IndexDamagedError)."""
        *lines, rest = bytes(self._content[self._first :]).split(b"\n")
        if rest:
            raise damaged(self._name)
        return dict(self._checked(line).decode("utf-8", "replace").split("\t", 1) for line in lines)

    def get(self, key: str) -> str | None:
        """Give the text of a key, found by bisection.

        Raises:
            IndexDamagedError: a line on the way to it is not what was written.
        """
        wanted = key.encode("utf-8", "surrogatepass") + b"\t"
        low, high = self._first, len(self._content)
        while low < high:
            middle = (low + high) // 2
            start = self._content.rfind(b"\n", low - 1, middle) + 1 or low
            end = self._content.find(b"\n", middle)
            line = bytes(self._content[start : end if end >= 0 else high])
            text = self._checked(line)
            if text.startswith(wanted):
                return text[len(wanted) :].decode("utf-8", "replace")
            if text < wanted:
                low = start + len(line) + 1
            else:
                high = start
        return None

    def _checked(self, line: bytes) -> bytes:
        text, _, told = line.rpartition(b"\t")
        if b"%08x" % zlib.crc32(text) != told:
            raise damaged(self._name)
        return text


def damaged(name: str) -> IndexDamagedError:
    """Make the error for a file beside the index of which a part is not what was written."""
    return IndexDamagedError(f"{derived.file_name(name)}: the checksum does not fit", "`searcher index` makes it anew")
