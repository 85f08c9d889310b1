"""A JSON file: one record, a list of records, or an object that has the list in it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from searcher.articles.formats.encoding import decode
from searcher.articles.formats.fields import Records
from searcher.errors import UnreadableError
from searcher.model import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.articles.drafts import Draft
    from searcher.articles.formats.document import Document

_SPACE = re.compile(r"[\s,\x1e\ufeff]*")
_DEEPEST_LIST = 4


def read(document: Document) -> Iterator[Draft | Failure]:
    """Read every record of a JSON file, also of several values one after the other."""
    content = decode(document.everything())
    records = Records(document.path)
    decoder = json.JSONDecoder()
    place = _after_space(content, 0)
    in_list = content.startswith("[", place)
    if in_list:
        place = _after_space(content, place + 1)
    first = True
    while place < len(content) and not (in_list and content[place] == "]"):
        try:
            value, end = decoder.raw_decode(content, place)
        except (ValueError, RecursionError) as error:
            if first:
                raise UnreadableError(why_not_json(error)) from error
            yield records.failure(f"{why_not_json(error)}; the rest of the file is not read")
            return
        place = _after_space(content, end)
        alone = first and not in_list and place >= len(content)
        first = False
        inner = _list_within(value)
        if inner is not None:
            yield from map(records.draft, inner)
        else:
            yield records.draft(value, alone=alone)
    if in_list and place >= len(content):
        yield Failure(document.path, "ends in the middle of its list")


def why_not_json(error: Exception) -> str:
    """What is wrong with JSON, on one line."""
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg} at character {error.pos + 1}"
    return "JSON that nests too deep" if isinstance(error, RecursionError) else "not JSON"


def _after_space(content: str, place: int) -> int:
    found = _SPACE.match(content, place)
    return found.end() if found else place


def _list_within(value: Any, depth: int = 0) -> list[Any] | None:
    """The longest list of objects in an object that is no record itself."""
    if not isinstance(value, dict) or depth > _DEEPEST_LIST:
        return None
    from searcher.articles.formats.fields import record_of

    if (
        depth == 0
        and record_of(value, "").has_text
        and not any(
            isinstance(part, list) and part and isinstance(part[0], dict) and record_of(part[0], "").has_text
            for part in value.values()
        )
    ):
        return None
    lists = [part for part in value.values() if isinstance(part, list) and part and isinstance(part[0], dict)]
    lists += [inner for part in value.values() if (inner := _list_within(part, depth + 1)) is not None]
    return max(lists, key=len, default=None)
