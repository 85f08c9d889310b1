"""One value an article: Whoosh's columns as arrays.

Numbers stand in one array, `f/column`; an article without a value has the column's default. Byte strings stand once
each in a sorted dictionary, `f/column/values`, and articles hold their ordinals, so that ordering and counting need no
strings. Any other Whoosh column writes and reads its own bytes.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh import columns
from whoosh.filedb.structfile import BufferFile, StructFile

from searcher.store.codec.lexicon import joined, narrowed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from searcher.store.codec.sections import Section, SectionFile
    from searcher.store.codec.sections_writer import SectionWriter

_BYTE_COLUMNS = (columns.VarBytesColumn, columns.RefBytesColumn)


def number_type(column: Any) -> np.dtype[Any] | None:
    """Give the dtype of a column of numbers; None where it is something else."""
    if type(column) is not columns.NumericColumn:
        return None
    code = column._typecode  # noqa: SLF001 Whoosh keeps it nowhere else
    return np.dtype("<" + code) if code in "bBhHiIqQfd" else None


def write_column(
    file: SectionWriter, field: str, column: Any, articles: NDArray[Any], values: Iterable[Any], *, count: int
) -> str:
    """Write a field's column.

    Args:
        file: written to.
        field: its name.
        column: the Whoosh column.
        articles: ascending numbers of the articles that have a value.
        values: theirs, as the field's `to_column_value` gives them; an array or a sequence.
        count: of all articles.

    Returns:
        How it is kept: `numbers`, `bytes`, or `whoosh` for Whoosh's own bytes.
    """
    dtype = number_type(column)
    name = f"{field}/column"
    if dtype is not None:
        dense = np.full(count, column.default_value(), dtype)
        dense[articles] = values if isinstance(values, np.ndarray) else np.array(list(values), dtype)
        file.add(name, dense)
        return "numbers"
    if isinstance(column, _BYTE_COLUMNS):
        default = column.default_value()
        given = list(values)
        distinct = sorted({default, *given})
        number = {value: ordinal for ordinal, value in enumerate(distinct)}
        ordinals = np.full(count, number[default], np.uint32)
        ordinals[articles] = np.fromiter(map(number.__getitem__, given), np.uint32, len(given))
        blob, starts = joined(distinct)
        file.add(name, ordinals.astype(np.min_scalar_type(len(distinct))))
        file.add(f"{name}/values", np.frombuffer(blob, np.uint8))
        file.add(f"{name}/values/starts", narrowed(starts))
        return "bytes"
    memory = BytesIO()
    writer = column.writer(StructFile(memory))
    for article, value in zip(articles.tolist(), values, strict=True):
        writer.add(article, value)
    writer.finish(count)
    file.add(name, np.frombuffer(memory.getvalue(), np.uint8))
    return "whoosh"


class NumberColumn:
    """Numbers, one an article.

    Attributes:
        values: an array of the column's own dtype.
    """

    def __init__(self, file: SectionFile, field: str, count: int) -> None:
        self._numbers = _one_an_article(file, f"{field}/column", count)

    @cached_property
    def values(self) -> NDArray[Any]:
        """The number of each article."""
        return self._numbers.array()

    def value(self, article: int) -> Any:
        """Give one article's number without reading the others."""
        return self._numbers.item(article)

    def some(self, articles: NDArray[Any]) -> NDArray[Any]:
        """Give the numbers of some articles, reading little else."""
        return self._numbers.items(articles)


class BytesColumn:
    """Byte strings, one an article, as ordinals in a sorted dictionary."""

    def __init__(self, file: SectionFile, field: str, count: int) -> None:
        name = f"{field}/column"
        self._count = count
        self._ordinals = _one_an_article(file, name, count)
        self._values = file.section(f"{name}/values", np.uint8)
        self._starts = file.section(f"{name}/values/starts")

    @cached_property
    def ordinals(self) -> NDArray[Any]:
        """The place of each article's value in `dictionary` (an unsigned dtype as narrow as will do)."""
        ordinals = self._ordinals.array()
        if self._count and int(ordinals.max()) >= self.distinct_count:
            raise self._ordinals.damaged("names a value that is not there")
        return ordinals

    @cached_property
    def dictionary(self) -> list[bytes]:
        """The distinct values in byte order, that of an article without a value among them."""
        starts = self._starts.array().tolist()
        blob = self._values.array().tobytes()
        if starts[-1:] != [len(blob)]:
            raise self._starts.damaged("does not end where the values do")
        return [blob[one:two] for one, two in pairwise(starts)]

    @property
    def distinct_count(self) -> int:
        """How many values there are in `dictionary`."""
        return len(self._starts) - 1

    def place(self, value: bytes) -> int:
        """Give the place of a value in `dictionary`, or where it would stand there, reading little of it."""
        return bisect_left(range(self.distinct_count), value, key=self.distinct)

    def distinct(self, place: int) -> bytes:
        """Give one value of `dictionary`, reading no others."""
        return self._values.array(self._starts.item(place), self._starts.item(place + 1)).tobytes()

    def value(self, article: int) -> bytes:
        """Give one article's value without reading the dictionary; below 0 they count from the last one back."""
        return self.distinct(self._ordinals.item(article % self._count))


def _one_an_article(file: SectionFile, name: str, count: int) -> Section:
    section = file.section(name)
    if len(section) != count:
        raise section.damaged("has another number of articles")
    return section


Column = NumberColumn | BytesColumn


class NumberReader(columns.ColumnReader):  # type: ignore[misc]
    """What Whoosh sees of a column of numbers.

    Beyond the last article it gives the default: Whoosh asks for articles of a next segment that has no such column.
    """

    def __init__(self, column: NumberColumn, default: Any) -> None:
        self._column = column
        self._default = default
        self._reverse = False

    def __len__(self) -> int:
        return len(self._column.values)

    def __getitem__(self, article: int) -> Any:
        values = self._column.values
        return values[article].item() if article < len(values) else self._default

    def __iter__(self) -> Iterator[Any]:
        return iter(self._column.values.tolist())

    def sort_key(self, article: int) -> Any:
        """Give what to sort by."""
        value = self[article]
        return 0 - value if self._reverse else value

    def load(self) -> list[Any]:
        """Give all values."""
        return list(self._column.values.tolist())

    def set_reverse(self) -> None:
        """Sort downward."""
        self._reverse = True


class BytesReader(columns.ColumnReader):  # type: ignore[misc]
    """What Whoosh sees of a column of byte strings; beyond the last article it gives the default."""

    def __init__(self, column: BytesColumn, default: bytes) -> None:
        self._column = column
        self._default = default

    def __len__(self) -> int:
        return len(self._column.ordinals)

    def __getitem__(self, article: int) -> bytes:
        return self._column.value(article) if article < len(self) else self._default

    def __iter__(self) -> Iterator[bytes]:
        return map(self._column.dictionary.__getitem__, self._column.ordinals.tolist())

    def load(self) -> list[bytes]:
        """Give all values."""
        return list(self)


def column_reader(file: SectionFile, field: str, kind: str, column: Any, count: int) -> Any:
    """Give the Whoosh reader of a field's column."""
    if kind == "numbers":
        return NumberReader(NumberColumn(file, field, count), column.default_value())
    if kind == "bytes":
        return BytesReader(BytesColumn(file, field, count), column.default_value())
    data = file.bytes(f"{field}/column")
    return column.reader(BufferFile(data), 0, len(data), count)
