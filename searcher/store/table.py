"""A sorted table on disk, of which a lookup reads a few lines: for what is asked by key, a little at a time."""

from __future__ import annotations

import json
import mmap
from typing import TYPE_CHECKING, Any, Self

from searcher.store import derived

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_BREAKS = str.maketrans("\t\n\r", "   ")


class Table:
    """Texts by key: a line about the table, then a line `key TAB text` for each key, in byte order.

    Attributes:
        about: what the first line says.
    """

    def __init__(self, content: bytes | mmap.mmap) -> None:
        self._content = content
        self._first = content.find(b"\n") + 1
        self.about: dict[str, Any] = {}

    @classmethod
    def open(cls, folder: Path, name: str, revision: int) -> Self | None:
        """Open the table of a revision; None when there is nothing sound of that revision."""
        try:
            with derived.path_of(folder, name).open("rb") as file:
                content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            table = cls(content)
            table.about = dict(json.loads(content[: table._first]))
            return table if table.about["revision"] == revision else None
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    @staticmethod
    def write(folder: Path, name: str, revision: int, texts: Mapping[str, str], **about: int | str) -> None:
        """Keep a table in place of what was kept before (OSError when it cannot be written)."""
        lines = sorted(
            f"{key.translate(_BREAKS)}\t{text.translate(_BREAKS)}\n".encode("utf-8", "surrogatepass")
            for key, text in texts.items()
        )
        derived.write_bytes(folder, name, {"revision": revision, **about}, b"".join(lines))

    def all(self) -> dict[str, str]:
        """Read every text by its key."""
        lines = bytes(self._content[self._first :]).decode("utf-8", "replace").split("\n")
        return dict(line.split("\t", 1) for line in lines if "\t" in line)

    def get(self, key: str) -> str | None:
        """Give the text of a key, found by bisection."""
        wanted = key.encode("utf-8", "surrogatepass") + b"\t"
        low, high = self._first, len(self._content)
        while low < high:
            middle = (low + high) // 2
            start = self._content.rfind(b"\n", low - 1, middle) + 1 or low
            end = self._content.find(b"\n", middle)
            line = bytes(self._content[start : end if end >= 0 else high])
            if line.startswith(wanted):
                return line[len(wanted) :].decode("utf-8", "replace")
            if line < wanted:
                low = start + len(line) + 1
            else:
                high = start
        return None
