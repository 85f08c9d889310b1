"""The stored fields of articles: JSON, run together into blocks, deflated.

A block is the byte length of each of its articles' JSON (uint32), then those texts. Sections: `stored` (the blocks),
`stored/starts` (where each begins and the last one ends), `stored/first` (its first article) and `stored/sizes` (its
bytes when inflated). JSON knows few types; the others that Whoosh fields store are written as `{"$": [type, value]}`.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from bisect import bisect_right
from collections import OrderedDict
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.store.codec.lexicon import narrowed
from searcher.store.codec.sections import damaged
from searcher.store.codec.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from searcher.store.codec.sections import SectionFile, SectionWriter

_BLOCK_BYTES = 1 << 15
_LEVEL = 1
_KEPT_BLOCKS = 64

_WRITTEN: dict[type, tuple[str, Callable[[Any], Any]]] = {
    bytes: ("bytes", lambda value: b64encode(value).decode()),
    tuple: ("tuple", lambda value: [_tagged(item) for item in value]),
    set: ("set", lambda value: [_tagged(item) for item in value]),
    frozenset: ("frozenset", lambda value: [_tagged(item) for item in value]),
    datetime: ("datetime", datetime.isoformat),
    date: ("date", date.isoformat),
    time: ("time", time.isoformat),
    timedelta: ("timedelta", lambda value: [value.days, value.seconds, value.microseconds]),
    Decimal: ("decimal", str),
    complex: ("complex", lambda value: [value.real, value.imag]),
}
_READ: dict[str, Callable[[Any], Any]] = {
    "bytes": b64decode,
    "tuple": tuple,
    "set": set,
    "frozenset": frozenset,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda value: timedelta(*value),
    "decimal": Decimal,
    "complex": lambda value: complex(*value),
    "dict": lambda value: {_hashable(key): item for key, item in value},
}
_PLAIN = (str, int, float, bool, type(None))


def _tagged(value: Any) -> Any:
    if type(value) in _PLAIN:
        return value
    if type(value) is list:
        return [_tagged(item) for item in value]
    if isinstance(value, dict):
        if all(type(key) is str for key in value) and "$" not in value:
            return {key: _tagged(item) for key, item in value.items()}
        return {"$": ["dict", [[_tagged(key), _tagged(item)] for key, item in value.items()]]}
    known = _WRITTEN.get(type(value))
    if known is not None:
        return {"$": [known[0], known[1](value)]}
    for plain in (str, int, float, list):
        if isinstance(value, plain):
            return _tagged(plain(value))  # type: ignore[arg-type]
    raise TypeError(f"a stored field holds a {type(value).__name__}, which this index does not keep")


def _untagged(value: dict[str, Any]) -> Any:
    if len(value) == 1 and "$" in value:
        name, inner = value["$"]
        return _READ[name](inner)
    return value


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
_decode = json.JSONDecoder(object_hook=_untagged).decode


def encode(fields: Mapping[str, Any]) -> bytes:
    """Write the stored fields of one article.

    Raises:
        TypeError: a value is of a type that is not kept.
    """
    return _encode(_tagged(fields)).encode("utf-8", "surrogatepass")


class StoredWriter:
    """Writes the stored fields of one article after the other."""

    def __init__(self) -> None:
        self._spool = Spool()
        self._texts: list[bytes] = []
        self._held = 0
        self._starts = [0]
        self._firsts: list[int] = []
        self._sizes: list[int] = []
        self.count = 0

    @property
    def size(self) -> int:
        """Bytes held so far."""
        return self._spool.size + self._held

    def add(self, text: bytes) -> None:
        """Add the next article, as `encode` wrote it."""
        self._texts.append(text)
        self._held += len(text)
        self.count += 1
        if self._held >= _BLOCK_BYTES:
            self._write_block()

    def add_block(self, deflated: bytes, size: int, articles: int) -> None:
        """Add a whole block of another segment as it is."""
        self._write_block()
        self._firsts.append(self.count)
        self._sizes.append(size)
        self._spool.write(deflated)
        self._starts.append(self._spool.size)
        self.count += articles

    def _write_block(self) -> None:
        if not self._texts:
            return
        self._firsts.append(self.count - len(self._texts))
        lengths = np.fromiter(map(len, self._texts), "<u4", len(self._texts)).tobytes()
        block = b"".join([lengths, *self._texts])
        self._sizes.append(len(block))
        self._spool.write(zlib.compress(block, _LEVEL))
        self._starts.append(self._spool.size)
        self._texts.clear()
        self._held = 0

    def finish(self, file: SectionWriter) -> None:
        """Write the sections."""
        self._write_block()
        self._spool.copy_to(file, "stored", np.uint8)
        file.add("stored/starts", narrowed(np.array(self._starts, np.int64)))
        file.add("stored/first", np.array([*self._firsts, self.count], np.uint32))
        file.add("stored/sizes", np.array(self._sizes, np.uint32))

    def close(self) -> None:
        """Forget what was added."""
        self._texts.clear()
        self._spool.close()


class StoredReader:
    """Reads stored fields by article number. Keeps the blocks inflated last."""

    def __init__(self, file: SectionFile) -> None:
        self._file = file
        self._kept: OrderedDict[int, list[bytes]] = OrderedDict()
        self._lock = Lock()
        self._firsts: NDArray[Any] = file.array("stored/first")
        self._starts: NDArray[Any] = file.array("stored/starts")
        self._sizes: NDArray[Any] = file.array("stored/sizes")
        if not len(self._firsts) == len(self._starts) == len(self._sizes) + 1:
            raise damaged(file.name, "stored", "the tables of its blocks differ in length")

    def __getitem__(self, number: int) -> dict[str, Any]:
        """Give the stored fields of an article.

        Raises:
            IndexDamagedError: they cannot be read.
        """
        block = bisect_right(self._firsts, number) - 1
        return self._parsed(self._block(block)[number - int(self._firsts[block])])

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for block in range(len(self._sizes)):
            yield from map(self._parsed, self._inflated(block))

    def many(self, numbers: Iterable[int]) -> list[dict[str, Any]]:
        """Give the stored fields of some articles, in the order asked for."""
        return [self[number] for number in numbers]

    def texts(self, numbers: Sequence[int]) -> Iterator[bytes]:
        """Yield the stored fields of ascending articles as they are written, a block inflated once."""
        at, texts, first = -1, [], 0
        for number in numbers:
            block = bisect_right(self._firsts, number) - 1
            if block != at:
                at, texts, first = block, self._inflated(block), int(self._firsts[block])
            yield texts[number - first]

    def blocks(self) -> Iterator[tuple[bytes, int, int]]:
        """Yield the blocks as they are: bytes, size inflated, number of articles."""
        firsts = self._firsts.tolist()
        for block, size in enumerate(self._sizes.tolist()):
            yield self._deflated(block), size, firsts[block + 1] - firsts[block]

    @property
    def average_block(self) -> int:
        """Bytes of an average block, inflated."""
        return int(self._sizes.mean()) if len(self._sizes) else 0

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

    def _deflated(self, block: int) -> bytes:
        return self._file.bytes("stored", int(self._starts[block]), int(self._starts[block + 1]))

    def _inflated(self, block: int) -> list[bytes]:
        size = int(self._sizes[block])
        try:
            data = zlib.decompressobj().decompress(self._deflated(block), max(size, 1))
        except zlib.error as error:
            raise damaged(self._file.name, "stored", f"block {block} cannot be inflated") from error
        count = int(self._firsts[block + 1]) - int(self._firsts[block])
        if len(data) != size or count < 1 or size < 4 * count:
            raise damaged(self._file.name, "stored", f"block {block} has another size than it should")
        lengths = np.frombuffer(data, "<u4", count)
        ends = (np.cumsum(lengths, dtype=np.int64) + 4 * count).tolist()
        if ends[-1] != size:
            raise damaged(self._file.name, "stored", f"block {block} holds other articles than it should")
        return [data[one:two] for one, two in pairwise([4 * count, *ends])]

    def _parsed(self, text: bytes) -> dict[str, Any]:
        try:
            fields = _decode(text.decode("utf-8", "surrogatepass"))
        except (ValueError, TypeError, KeyError, RecursionError, ArithmeticError) as error:
            raise damaged(self._file.name, "stored", "an article's fields cannot be read") from error
        if not isinstance(fields, dict):
            raise damaged(self._file.name, "stored", "an article's fields cannot be read")
        return fields
