"""A file of named arrays, of which a reader touches no more than it needs and trusts nothing it has not checked.

    magic, version | section | section | … | directory (JSON) | trailer

Sections start at multiples of 16 bytes. Of every 16 KiB page of the sections a CRC-32 stands in the last section,
`pages`; a page is checked when it is first read, so that opening a file costs the directory alone. The trailer holds
the directory's place and checksum.
"""

from __future__ import annotations

import json
import mmap
import struct
import zlib
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from searcher.errors import IndexDamagedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

FORMAT_VERSION = 2
READABLE = frozenset({1, 2})
PAGE = 1 << 14

MAGIC = b"\x93SEARCHR"
ALIGNED = 16
HEADER = struct.Struct("<8sII")
TRAILER = struct.Struct("<QQII8s")
_DTYPES = frozenset({"|u1", "<u2", "<u4", "<u8", "|i1", "<i2", "<i4", "<i8", "<f4", "<f8"})
_NAMED = 3
"""So many sections of a damaged page are named."""


class Entry(NamedTuple):
    """Where a section lies in its file, in bytes, and what its items are."""

    offset: int
    size: int
    dtype: str


def damaged(name: str, part: str, reason: str) -> IndexDamagedError:
    """Make the error that says which part of which file is wrong."""
    return IndexDamagedError(
        f"{name}: {part}: {reason}", "Run `searcher check`; `searcher index --full` builds the index anew."
    )


class SectionFile:
    """Reads a file of sections.

    Args:
        buffer: the whole file.
        name: what errors call it.
        identity: the name under which the file was written.

    Attributes:
        facts: the plain values that stand in the directory.

    Raises:
        IndexDamagedError: it is no such file, is cut short, or belongs elsewhere.
    """

    def __init__(self, buffer: Any, name: str, identity: str) -> None:
        self.name = name
        self._bytes = np.frombuffer(buffer, np.uint8)
        self._view = memoryview(buffer)
        self._opened: dict[tuple[str, Any], Section] = {}
        size = len(self._bytes)
        if size < HEADER.size + TRAILER.size:
            raise damaged(name, "file", "too short")
        at, length, crc, version, magic = TRAILER.unpack_from(self._view, size - TRAILER.size)
        first, version_in_front, page = HEADER.unpack_from(self._view)
        if magic != MAGIC or first != MAGIC:
            raise damaged(name, "file", "cut short or not a segment")
        if version not in READABLE or version_in_front != version or page != PAGE:
            raise IndexDamagedError(
                f"{name}: format version {version}, this program reads up to {FORMAT_VERSION}",
                "Use the program that wrote it, or build the index anew with `searcher index --full`.",
            )
        if at + length + TRAILER.size != size:
            raise damaged(name, "directory", "not where it should be")
        text = bytes(self._view[at : at + length])
        self._sections, self.facts = self._read_directory(text, at, crc, identity)

    def _read_directory(self, text: bytes, at: int, crc: int, identity: str) -> tuple[dict[str, Entry], dict[str, Any]]:
        try:
            directory = json.loads(text)
            end = int(directory["end"])
            sections = {str(key): Entry(int(o), int(s), str(t)) for key, (o, s, t) in directory["sections"].items()}
            facts, belongs = dict(directory["facts"]), directory["identity"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise damaged(self.name, "directory", "unreadable") from error
        pages = -(-end // PAGE)
        if not 0 <= end <= at or at - end != 4 * pages:
            raise damaged(self.name, "directory", "not where it should be")
        if zlib.crc32(text, zlib.crc32(self._view[end:at])) != crc:
            raise damaged(self.name, "directory", "checksum differs")
        if belongs != identity:
            raise damaged(self.name, "directory", f"belongs to {belongs!r}")
        if any(
            e.dtype not in _DTYPES or e.offset % ALIGNED or not 0 <= e.offset <= e.offset + e.size <= end
            for e in sections.values()
        ):
            raise damaged(self.name, "directory", "a section is not where it should be")
        self._end = end
        self._checks = np.frombuffer(self._view[end:at], "<u4")
        self._checked = bytearray(pages)
        return sections, facts

    def __contains__(self, name: str) -> bool:
        return name in self._sections

    def __iter__(self) -> Iterator[str]:
        return iter(self._sections)

    @property
    def size(self) -> int:
        """Bytes in the file."""
        return len(self._bytes)

    def length(self, name: str) -> int:
        """How many items a section holds."""
        entry = self._entry(name)
        return entry.size // np.dtype(entry.dtype).itemsize

    def section(self, name: str, dtype: Any = None) -> Section:
        """Give a section to read from, its bytes as items of `dtype` (None: its own).

        Raises:
            IndexDamagedError: there is none.
        """
        section = self._opened.get((name, dtype))
        if section is None:
            entry = self._entry(name)
            kind = np.dtype(dtype or entry.dtype)
            size = entry.size - entry.size % kind.itemsize
            items = self._bytes[entry.offset : entry.offset + size].view(kind)
            section = self._opened[name, dtype] = Section(self, name, items, entry.offset, self._checked)
        return section

    def array(self, name: str, start: int = 0, stop: int | None = None, dtype: Any = None) -> NDArray[Any]:
        """Give items `[start, stop)` of a section; see `Section.array`."""
        return self.section(name, dtype).array(start, stop)

    def bytes(self, name: str, start: int = 0, stop: int | None = None) -> bytes:
        """Give bytes `[start, stop)` of a section, checked."""
        return self.section(name, np.uint8).array(start, stop).tobytes()

    def check(self, first: int, last: int) -> None:
        """Check the pages that hold bytes `[first, last)` of the file, those that were not yet."""
        if first == last:
            return
        page, end = first // PAGE, (last - 1) // PAGE + 1
        while (page := self._checked.find(0, page, end)) >= 0:
            here = page * PAGE
            if zlib.crc32(self._view[here : min(here + PAGE, self._end)]) != self._checks[page]:
                raise damaged(self.name, self._section_at(here), "checksum differs")
            self._checked[page] = 1

    def check_all(self) -> Iterator[IndexDamagedError]:
        """Read every byte; yield an error for every run of pages that is damaged."""
        self._checked[:] = bytes(len(self._checked))
        seen: set[str] = set()
        for here in range(0, self._end, PAGE):
            try:
                self.check(here, min(here + PAGE, self._end))
            except IndexDamagedError as error:
                if error.message not in seen:
                    seen.add(error.message)
                    yield error
        entries = sorted(entry for entry in self._sections.values() if entry.size)
        if any(one.offset + one.size > two.offset for one, two in pairwise([Entry(0, HEADER.size, ""), *entries])):
            yield damaged(self.name, "directory", "sections overlap")

    def _entry(self, name: str) -> Entry:
        try:
            return self._sections[name]
        except KeyError:
            raise damaged(self.name, name, "missing") from None

    def _section_at(self, byte: int) -> str:
        inside = [name for name, e in self._sections.items() if e.offset < byte + PAGE and byte < e.offset + e.size]
        more = [f"{len(inside) - _NAMED} more"] if len(inside) > _NAMED else []
        return ", ".join([*inside[:_NAMED], *more]) or "header"


class Section:
    """One section of an open file: gives items as they are asked for, checked.

    Args:
        file: whose it is.
        name: that it has there.
        items: all of it, not checked.
        offset: where it begins in the file, in bytes.
        checked: tells of each page of the file whether it has been checked.
    """

    __slots__ = ("_checked", "_file", "_items", "_name", "_offset", "_width")

    def __init__(self, file: SectionFile, name: str, items: NDArray[Any], offset: int, checked: Sequence[int]) -> None:
        self._file = file
        self._name = name
        self._items = items
        self._offset = offset
        self._width = items.itemsize
        self._checked = checked

    def __len__(self) -> int:
        return len(self._items)

    @property
    def dtype(self) -> np.dtype[Any]:
        """What its items are."""
        return self._items.dtype

    def array(self, start: int = 0, stop: int | None = None) -> NDArray[Any]:
        """Give items `[start, stop)` (None: all from `start` on) as a read-only view.

        Raises:
            IndexDamagedError: a checksum differs, or there is no such item.
        """
        items = self._items
        if stop is None:
            stop = len(items)
        if not 0 <= start <= stop <= len(items):
            raise self.damaged(f"asked for {start} to {stop} of {len(items)}")
        first, last = self._offset + start * self._width, self._offset + stop * self._width
        if first // PAGE != (last - 1) // PAGE or not self._checked[first // PAGE]:
            self._file.check(first, last)
        return items[start:stop]

    def item(self, place: int) -> Any:
        """Give one item as Python's own number; errors as those of `array`."""
        if not 0 <= place < len(self._items):
            raise self.damaged(f"asked for {place} of {len(self._items)}")
        byte = self._offset + place * self._width  # no item lies across pages: sections are aligned
        if not self._checked[byte // PAGE]:
            self._file.check(byte, byte + 1)
        return self._items.item(place)

    def items(self, places: NDArray[np.int64]) -> NDArray[Any]:
        """Give the items at some places; only the pages that hold them are read and checked; errors as of `array`."""
        if not len(places):
            return self._items[:0]
        low, high = int(places.min()), int(places.max())
        if not 0 <= low <= high < len(self._items):
            raise self.damaged(f"asked for {low} to {high} of {len(self._items)}")
        pages = (np.multiply(places, self._width, dtype=np.int64) + self._offset) // PAGE
        for page in {int(pages[0]), *pages[1:].compress(pages[1:] != pages[:-1]).tolist()}:
            if not self._checked[page]:
                self._file.check(page * PAGE, page * PAGE + 1)
        chosen: NDArray[Any] = self._items.take(places)
        return chosen

    def damaged(self, reason: str) -> IndexDamagedError:
        """Make the error that says what is wrong with it."""
        return damaged(self._file.name, self._name, reason)


def read_sections(storage: Any, name: str) -> SectionFile:
    """Open a file of sections in any Whoosh storage: mapped where it is a real file, else as bytes.

    Raises:
        OSError, NameError: there is no such file (a writer may just have removed it).
    """
    file = storage.open_file(name)
    try:
        raw = file.raw_file()
        try:
            number = raw.fileno()
        except (AttributeError, OSError):
            return SectionFile(file.read(), name, name)
        try:
            mapped = mmap.mmap(number, 0, access=mmap.ACCESS_READ)
        except ValueError as error:
            raise damaged(name, "file", "empty") from error
        return SectionFile(mapped, name, name)
    finally:
        file.close()
