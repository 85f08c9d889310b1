"""JSON Lines: a record a line."""

from __future__ import annotations

import codecs
import json
from typing import TYPE_CHECKING

from searcher.articles.formats import json_file
from searcher.articles.formats.encoding import decode, refuse_binary
from searcher.articles.formats.fields import Records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.articles.drafts import Draft
    from searcher.articles.formats.document import Document
    from searcher.model import Failure

# Line ends within texts, which JSON does not allow, are there in many an export.
_value_of = json.JSONDecoder(strict=False).decode


def read(document: Document) -> Iterator[Draft | Failure]:
    """Read a record a line; a line that is none is a Failure and the next is read.

    A file named so that holds a JSON array, or values over several lines, is read as `json_file` reads it.
    """
    head = document.head()
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if wide or not _first_line_is_a_value(head):
        yield from json_file.read(document)
        return
    refuse_binary(head)
    records = Records(document.path)
    for line in document.lines():
        if line is None:
            yield records.failure("a line larger than an article may be")
        elif not line.isspace():
            try:
                value = _value_of(str(line, "utf-8").lstrip("\ufeff"))
            except UnicodeDecodeError:
                value = _lenient(line)
            except (ValueError, RecursionError) as error:
                yield records.failure(json_file.why_not_json(error))
                continue
            yield records.draft(value)


def _first_line_is_a_value(head: bytes) -> bool:
    """Not so for a file that opens an array, or an object that goes on in the next line."""
    first = head.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0].rstrip()
    return not first.startswith(b"[") and first != b"{"


def _lenient(line: bytes) -> object:
    try:
        return _value_of(decode(line))
    except (ValueError, RecursionError):
        return None
