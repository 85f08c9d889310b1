"""The table of contents of an index, read without running what a stranger may have written into it.

Whoosh keeps its schema and its list of segments as pickles, and a pickle can name any function to call. Here only the
classes that an index of ours is made of are admitted. A checksum follows what Whoosh writes and reads.
"""

from __future__ import annotations

import io
import pickle
import re
from typing import TYPE_CHECKING, Any

from whoosh.filedb.filestore import RamStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import _CURRENT_TOC_VERSION, TOC, EmptyIndexError

from searcher.errors import IndexDamagedError
from searcher.store.checksum import checksum
from searcher.store.schema import INDEX_NAME

if TYPE_CHECKING:
    from whoosh.filedb.filestore import Storage
    from whoosh.reading import IndexReader

#: Classes by module.
ADMITTED = {
    "whoosh.fields": {"Schema", "ID", "TEXT", "KEYWORD", "NUMERIC", "COLUMN", "STORED"},
    "whoosh.formats": {"Existence", "Positions"},
    "whoosh.columns": {"VarBytesColumn", "RefBytesColumn", "NumericColumn"},
    "whoosh.analysis.tokenizers": {"IDTokenizer"},
    "searcher.store.codec.segment": {"ArraySegment"},
    "searcher.store.analyzers": {"StemAnalyzer", "FormAnalyzer", "WholeAnalyzer"},
    "builtins": {"int"},
}


def _bytes(text: str = "", encoding: str = "latin1") -> bytes:
    if not isinstance(text, str) or encoding != "latin1":
        raise pickle.UnpicklingError("bytes made of something else than text")
    return text.encode("latin1")


#: Stand-ins for what would build from anything: they build no more than is needed.
_REPLACED = {("builtins", "bytes"): _bytes, ("_codecs", "encode"): _bytes, ("builtins", "long"): int}

#: Pickles of the protocol that Whoosh writes name modules as Python 2 did.
_NEW_NAMES = {"__builtin__": "builtins", "copy_reg": "copyreg"}
_SEGMENT_NAME = re.compile(rf"{INDEX_NAME}_[0-9a-z]+")
_LONGEST = 1 << 30
_SEAL = b"\nsum "


class SafeToc(TOC):  # type: ignore[misc]
    """A table of contents that is read through `AdmittingUnpickler`."""

    @classmethod
    def read(cls, storage: Storage, indexname: str, gen: int | None = None, schema: Any = None) -> SafeToc:
        """Read the latest table of contents, or that of generation `gen`.

        Raises:
            EmptyIndexError: there is none.
            IndexDamagedError: it is damaged, or holds what no index of ours does.
        """
        if gen is None:
            gen = cls._latest_generation(storage, indexname)
        if gen < 0:
            raise EmptyIndexError(f"no table of contents in {storage!r}")
        name = cls._filename(indexname, gen)
        with storage.open_file(name) as stream:
            content = stream.file.read(_LONGEST)
        try:
            return cls._parse(content, gen, schema)
        except IndexDamagedError:
            raise
        except Exception as error:  # a damaged pickle raises nearly anything
            raise IndexDamagedError(
                f"the index's table of contents {name} cannot be read: {error}",
                "rebuild it with `searcher index --full`",
            ) from error

    def write(self, storage: Storage, indexname: str) -> None:
        """Put the table of contents in its place, whole or not at all: this is what commits."""
        memory = RamStorage()
        super().write(memory, indexname)
        name = self._filename(indexname, self.generation)
        with memory.open_file(name) as written:
            content = written.read()
        unfinished = f"{name}.new"
        with storage.create_file(unfinished) as stream:
            stream.write(content + _SEAL + _checksum(content))
        storage.rename_file(unfinished, name, safe=True)

    @classmethod
    def _parse(cls, content: bytes, generation: int, schema: Any) -> SafeToc:
        stream = StructFile(io.BytesIO(content))
        for _ in ("int", "long", "float"):
            stream.read_varint()
        if stream.read_int() != -12345:
            raise ValueError("byte order")
        version = stream.read_int()
        if version != _CURRENT_TOC_VERSION:
            raise ValueError(f"format {version}")
        release = tuple(stream.read_varint() for _ in range(3))
        length = stream.read_varint()
        pickled_schema = stream.file.read(length)
        if len(pickled_schema) != length:
            raise ValueError("cut short")
        schema = schema or unpickle(pickled_schema)
        if stream.read_int() != generation:
            raise ValueError("it is that of another generation")
        stream.read_int()
        segments = AdmittingUnpickler(stream.file).load()
        # What Whoosh itself has written ends here.
        end = stream.file.tell()
        if end < len(content) and content[end:] != _SEAL + _checksum(content[:end]):
            raise ValueError("the checksum does not fit")
        if any(_SEGMENT_NAME.fullmatch(segment.segment_id()) is None for segment in segments):
            raise ValueError("it names a segment as none is named")
        return cls(schema, segments, generation, version=version, release=release)


def _checksum(content: bytes) -> bytes:
    return checksum(content).encode()


class AdmittingUnpickler(pickle.Unpickler):
    """An unpickler that knows the classes of `ADMITTED` and no other name."""

    def find_class(self, module: str, name: str) -> Any:
        """Give an admitted class.

        Raises:
            IndexDamagedError: the pickle names anything else.
        """
        module = _NEW_NAMES.get(module, module)
        if (module, name) in _REPLACED:
            return _REPLACED[module, name]
        if name not in ADMITTED.get(module, ()):
            raise IndexDamagedError(
                f"the index's table of contents names {module}.{name}, which no index needs; it was not opened",
                "use only an index that you built, or rebuild it with `searcher index --full`",
            )
        return super().find_class(module, name)


def unpickle(content: bytes) -> Any:
    """Load a pickle that may hold only admitted classes."""
    return AdmittingUnpickler(io.BytesIO(content)).load()


def codec_name(reader: IndexReader) -> str:
    """Name the storage format of an open index."""
    segments = [leaf.segment() for leaf, _ in reader.leaf_readers()]
    names = {type(segment).__name__.removesuffix("Segment").lower() for segment in segments if segment is not None}
    return " and ".join(sorted(names)) or "none"
