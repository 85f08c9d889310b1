"""In which encoding is a file written? Its characters, whatever it claims to be."""

from __future__ import annotations

import codecs
import io
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from searcher.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.articles.formats.document import Document

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# How browsers read these labels (WHATWG Encoding Standard): what is declared Latin-1 is nearly always cp1252.
_AS_READ = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
            "euc_kr": "cp949", "iso8859-9": "cp1254", "tis-620": "cp874", "big5": "big5hkscs"}  # fmt: skip
_SEVEN_BIT = ("iso2022", "hz")
_SAMPLE = 1 << 16
_PIECE = 1 << 20
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_SIGNATURES = (
    (b"\x89PNG", "a PNG picture"), (b"\xff\xd8\xff", "a JPEG picture"), (b"GIF8", "a GIF picture"),
    (b"%PDF-", "a PDF document"), (b"PK\x03\x04", "a zip archive"), (b"\x1f\x8b", "gzip data"),
    (b"\x7fELF", "a program"), (b"MZ\x90", "a program"), (b"\xca\xfe\xba\xbe", "a program"),
    (b"SQLite format 3\0", "a database"), (b"\xd0\xcf\x11\xe0", "an old Office document"), (b"OggS", "sound"),
    (b"ID3", "sound"), (b"fLaC", "sound"), (b"Rar!", "a rar archive"), (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"{\\rtf", "an RTF document"), (b"\xfd7zXZ\0", "xz data"), (b"BZh", "bzip2 data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"), (b"\0asm", "a program"), (b"\x1a\x45\xdf\xa3", "a film"),
)  # fmt: skip


def decode(content: bytes, declared: Sequence[str] = ()) -> str:
    """Read bytes as text: by their mark, as UTF-8, as declared, else as statistics find likeliest.

    UTF-8 comes before what is declared: text that happens to be valid UTF-8 beyond ASCII is UTF-8, whatever a stale
    header claims. A few broken bytes in a text that is UTF-8 otherwise become U+FFFD.

    Args:
        content: the bytes of a text.
        declared: encoding labels the file or its wrapper gives, most trusted first.

    Raises:
        UnreadableError: this is no text at all.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    if (wide := _unmarked_utf16(content)) is not None:
        return content.decode(wide, "replace")
    refuse_binary(content)
    labels = [name for label in declared if (name := _known(label))]
    if b"\x1b" in content[:_SAMPLE] and (shifted := next((n for n in labels if n.startswith(_SEVEN_BIT)), None)):
        return content.decode(shifted, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _not_quite_utf8(content, labels)


def _not_quite_utf8(content: bytes, labels: Sequence[str]) -> str:
    if _is_broken_utf8(content):
        return content.decode("utf-8", "replace")
    for name in labels:
        if name != "utf-8":
            with suppress(UnicodeDecodeError):
                return content.decode(name)
    return content.decode(_likeliest(content), "replace")


def _is_broken_utf8(content: bytes) -> bool:
    broken = content.decode("utf-8", "replace").count("\ufffd") - content.count(b"\xef\xbf\xbd")
    return len(_MULTIBYTE.findall(content)) > 4 * broken


def decoded_pieces(document: Document) -> Iterator[str]:
    """Read a document's text a megabyte at a time, as `decode` does by what has come so far.

    Raises:
        UnreadableError: this is no text at all.
    """
    piece = document.stream.read(_PIECE)
    marked = next((name for mark, name in _MARKS if piece.startswith(mark)), None) or _unmarked_utf16(piece)
    if marked is None:
        refuse_binary(piece)
    decoder = codecs.getincrementaldecoder(marked or "utf-8")("replace" if marked else "strict")
    while piece:
        held = decoder.getstate()[0]
        try:
            yield decoder.decode(piece)
        except UnicodeDecodeError:
            name = "utf-8" if _is_broken_utf8(held + piece) else _likeliest(held + piece)
            decoder = codecs.getincrementaldecoder(name)("replace")
            yield decoder.decode(held + piece)
        piece = document.stream.read(_PIECE)
    decoder.errors = "replace"
    yield decoder.decode(b"", final=True)


def decoded_lines(document: Document) -> Iterator[str]:
    """Read a document's lines as text, each as UTF-8 where it is that, else as the first that is not finds likeliest.

    Raises:
        UnreadableError: it is no text, or a line is larger than an article may be.
    """
    head = document.head()
    for mark, name in _MARKS:
        if head.startswith(mark):
            yield from io.TextIOWrapper(document.stream, name, errors="replace", newline="")
            return
    refuse_binary(head)
    fallback = ""
    for line in document.lines():
        if line is None:
            raise UnreadableError("a line larger than an article may be")
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            fallback = fallback or _likeliest(line + document.head())
            text = line.decode(fallback, "replace")
        yield text.replace("\0", "")


def refuse_binary(content: bytes) -> None:
    """Raise UnreadableError, saying what it is, when bytes are no text."""
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            raise UnreadableError(f"not text but {kind}", "Give it the suffix of its kind, or leave it out.")
    sample = content[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, bytes(range(9)) + bytes(range(14, 27)) + b"\x1c\x1d\x1e\x7f"))
    if controls > max(8, len(sample) // 20):
        raise UnreadableError("not text but binary data", "Give it the suffix of its kind, or leave it out.")


def _known(label: str) -> str | None:
    try:
        name = codecs.lookup(label.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    return _AS_READ.get(name, name)


def _unmarked_utf16(content: bytes) -> str | None:
    """UTF-16 of a mostly Latin text has a NUL in every other byte."""
    sample = content[:2048]
    half = len(sample) // 2
    if half < 2 or b"\0" not in sample:
        return None
    for name, zeros, others in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        if zeros.count(0) > 0.7 * half and others.count(0) < 0.05 * half:
            return name
    return None


def _likeliest(content: bytes) -> str:
    from charset_normalizer import from_bytes

    from searcher.articles.formats.latin_letters import encoding_by_letters

    sample = content[:_SAMPLE]
    matches = from_bytes(sample)
    plausible = {name for match in matches for name in (match.encoding, *match.could_be_from_charset)}
    best = matches.best()
    return encoding_by_letters(sample, plausible) or (best.encoding if best is not None else "cp1252")
