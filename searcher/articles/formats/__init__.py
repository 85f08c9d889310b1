"""One module a file format; each turns bytes into drafts of articles.

A format is a module here and a line in `FORMATS`. A reader's module has `read(document) -> Iterator[Draft | Failure]`;
a wrapper's (compressed files, archives) has `unpack(document) -> Iterator[Document | Failure]`. A module is imported
when a file of its kind is first met.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.articles.drafts import Draft
    from searcher.articles.formats.document import Document
    from searcher.model import Failure


class Reader(Protocol):
    """A module that reads articles."""

    def read(self, document: Document) -> Iterator[Draft | Failure]:
        """Read the articles of a document, one after the other."""


class Wrapper(Protocol):
    """A module that finds documents within a document."""

    def unpack(self, document: Document) -> Iterator[Document | Failure]:
        """Open the documents in a document, one after the other; each is read before the next is asked for."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file.

    Attributes:
        module: the module of this package that knows it.
        suffixes: how names of such files end, in lower case.
        signatures: how such files begin, where that says enough.
        wraps: it holds other files, not articles.
    """

    module: str
    suffixes: tuple[str, ...]
    signatures: tuple[bytes, ...] = ()
    wraps: bool = False

    def reader(self) -> Reader:
        """The module, imported, of a format that holds articles."""
        return cast("Reader", import_module(f"{__name__}.{self.module}"))

    def wrapper(self) -> Wrapper:
        """The module, imported, of a format that holds files."""
        return cast("Wrapper", import_module(f"{__name__}.{self.module}"))


PLAIN_TEXT = Format("plain_text", (".txt", ".text", ".md", ".markdown", ".mdown", ".rst", ".asc"))
FORMATS = (
    PLAIN_TEXT,
    Format("web_page", (".html", ".htm", ".xhtml", ".xht", ".shtml"), (b"<!doctype html", b"<html")),
    Format("json_lines", (".jsonl", ".ndjson", ".jl"), (b'{"',)),
    Format("json_file", (".json",), (b"[{", b"{\n")),
    Format("csv_table", (".csv", ".tsv")),
    Format("feed", (".rss", ".atom", ".rdf", ".xml"), (b"<?xml", b"<rss", b"<feed", b"<rdf:rdf")),
    Format("mail", (".eml", ".mbox", ".mbx"),
           (b"return-path:", b"received:", b"mime-version:", b"message-id:", b"delivered-to:")),
    Format("web_archive", (".mhtml", ".mht")),
    Format("warc", (".warc",), (b"warc/1.",)),
    Format("pdf", (".pdf",), (b"%pdf-",)),
    Format("epub", (".epub",)),
    Format("docx", (".docx",)),
    Format("compressed", (".gz", ".bz2", ".xz", ".lzma", ".zst", ".tgz", ".tbz2", ".tbz", ".txz", ".tzst"),
           (b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd"), wraps=True),
    Format("zip_archive", (".zip",), (b"PK\x03\x04", b"PK\x05\x06"), wraps=True),
    Format("tar_archive", (".tar",), wraps=True),
)  # fmt: skip


def format_of(name: str, head: bytes) -> Format | None:
    """Tell a file's format by its name's end, else by its first bytes; None when neither says.

    Args:
        name: the file's name; upper and lower case are the same.
        head: its first bytes, a few hundred at least.
    """
    lower = name.lower()
    for known in FORMATS:
        if lower.endswith(known.suffixes):
            return known
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:64].lower()
    for known in FORMATS:
        if any(start.startswith(signature.lower()) for signature in known.signatures):
            return known
    return None


def is_known(name: str) -> bool:
    """Whether files of this name are read at all, for a walk through folders."""
    return any(name.lower().endswith(known.suffixes) for known in FORMATS)
