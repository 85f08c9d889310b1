"""CSV and TSV: a record a row, named by the first row."""

from __future__ import annotations

import csv
import re
from itertools import chain
from typing import TYPE_CHECKING

from searcher.articles.formats.encoding import decoded_lines
from searcher.articles.formats.fields import SPELLINGS, Records, record_of
from searcher.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.articles.drafts import Draft
    from searcher.articles.formats.document import Document
    from searcher.model import Failure

_DELIMITERS = ",;\t|"
_QUOTED = re.compile(r'"[^"]*"')


def read(document: Document) -> Iterator[Draft | Failure]:
    """Read a row a record; the delimiter is found from the first row, which must name the columns.

    Raises:
        UnreadableError: no column is one that holds text.
    """
    csv.field_size_limit(document.limits.article_bytes)
    lines = decoded_lines(document)
    first = next(lines, "")
    rows = csv.reader(chain([first], lines), delimiter=max(_DELIMITERS, key=_QUOTED.sub("", first).count))
    names = next(rows, [])
    if not record_of(dict.fromkeys(names, ""), "").has_text:
        raise UnreadableError(
            "no column is named text", f"Name one of the columns {', '.join(SPELLINGS['text'][:4])} in the first row."
        )
    records = Records(document.path)
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield records.failure(f"not CSV: {error}")
            continue
        if row is None:
            return
        if any(row):
            yield records.draft(dict(zip(names, row, strict=False)))
