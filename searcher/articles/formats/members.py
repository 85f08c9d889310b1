"""The files within an archive: which are read, and under which label."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from searcher.articles.formats import is_known
from searcher.errors import UnreadableError
from searcher.text.safety import one_line

if TYPE_CHECKING:
    from searcher.articles.formats.document import Document

_LONGEST = 500


class Members:
    """Labels the files of one archive.

    A name within an archive is a label and never a place to write to or read from, so `../` in it harms nothing; it
    is made safe to show, and two files of one name are told apart.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._seen: dict[str, int] = {}
        self._count = 0

    def label(self, name: str) -> str | None:
        """The label of a file; None for one that is hidden or of no known kind.

        Raises:
            UnreadableError: there are more files than an archive may have.
        """
        self._count += 1
        if self._count > self._document.limits.members:
            raise UnreadableError(f"holds more than {self._document.limits.members:,} files")
        label = one_line(name.replace("\\", "/")).lstrip("/")[-_LONGEST:]
        parts = PurePosixPath(label).parts
        hidden = any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts)
        if not parts or hidden or not (is_known(parts[-1]) or "." not in parts[-1]):
            return None
        times = self._seen[label] = self._seen.get(label, 0) + 1
        return label if times == 1 else f"{label}~{times}"

    def path(self, label: str) -> str:
        """What the file's articles are shown under."""
        return f"{self._document.path}!{label}"

    def name(self, label: str) -> str:
        """What the file's format is told by."""
        return PurePosixPath(label).name.partition("~")[0] if "~" in label else PurePosixPath(label).name
