"""A JSON file: one record, a list of records, or an object that has the list in it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from searcher.articles.formats.document import too_large
from searcher.articles.formats.encoding import decoded_pieces
from searcher.articles.formats.fields import Records
from searcher.errors import UnreadableError
from searcher.model import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.articles.drafts import Draft
    from searcher.articles.formats.document import Document

_SPACE = re.compile(r"[\s,\x1e\ufeff]*")
_DEEPEST_LIST = 4

#: What is wrong so near to the end of what has been read may be right with what comes.
_NEAR_END = 16


def read(document: Document) -> Iterator[Draft | Failure]:
    """Read every record of a JSON file, also of several values one after the other; none but one is held at a time."""
    records = Records(document.path)
    values = _Values(document)
    in_list = values.at("[")
    if in_list:
        values.skip(1)
    first = True
    while not values.ended and not (in_list and values.at("]")):
        try:
            value = values.read()
        except (ValueError, RecursionError) as error:
            if first:
                raise UnreadableError(why_not_json(error)) from error
            yield records.failure(f"{why_not_json(error)}; the rest of the file is not read")
            return
        alone = first and not in_list and values.ended
        first = False
        inner = _list_within(value)
        if inner is not None:
            yield from map(records.draft, inner)
        else:
            yield records.draft(value, alone=alone)
    if in_list and values.ended:
        yield Failure(document.path, "ends in the middle of its list")


def why_not_json(error: Exception) -> str:
    """What is wrong with JSON, on one line."""
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg} at character {error.pos + 1}"
    return "JSON that nests too deep" if isinstance(error, RecursionError) else "not JSON"


class _Values:
    """The values of a document one after the other, blanks and commas between them."""

    def __init__(self, document: Document) -> None:
        self._pieces = decoded_pieces(document)
        self._limits = document.limits
        self._decoder = json.JSONDecoder(strict=False)  # exports leave line ends in their texts
        self._text = ""
        self._place = 0
        self._before = 0
        self.skip(0)

    @property
    def ended(self) -> bool:
        """Nothing comes any more."""
        return self._place == len(self._text)

    def at(self, character: str) -> bool:
        """This character comes next."""
        return self._text.startswith(character, self._place)

    def skip(self, count: int) -> None:
        """Pass over so many characters, and what stands between values."""
        self._place += count
        while True:
            found = _SPACE.match(self._text, self._place)
            self._place = found.end() if found else self._place
            if not self.ended or not self._more():
                return

    def read(self) -> Any:
        """Read the next value.

        Raises:
            ValueError, RecursionError: it is no JSON.
            UnreadableError: it is larger than an article may be.
        """
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._place)
            except json.JSONDecodeError as error:
                cut_short = error.pos + _NEAR_END > len(self._text) or error.msg.startswith("Unterminated")
                if not cut_short or not self._more():
                    raise json.JSONDecodeError(error.msg, "", self._before + error.pos) from None
            else:
                if end + _NEAR_END <= len(self._text) or not self._more():  # a number may go on
                    self.skip(end - self._place)
                    return value

    def _more(self) -> bool:
        """Read on, as much again as is held, and let go of what has been passed over; tell whether anything came."""
        held = len(self._text) - self._place
        if held > self._limits.article_bytes:
            raise too_large(self._limits)
        fresh: list[str] = []
        came = 0
        for piece in self._pieces:
            fresh.append(piece)
            came += len(piece)
            if piece and came >= held:
                break
        if came:
            self._text = "".join([self._text[self._place :], *fresh])
            self._before += self._place
            self._place = 0
        return came > 0


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
