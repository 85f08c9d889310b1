"""One file in, drafts of its articles out: what a format cannot read becomes a reason, and the rest goes on."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING

from searcher.articles.formats import PLAIN_TEXT, format_of
from searcher.articles.formats.document import Document
from searcher.articles.formats.visible import visible
from searcher.articles.limits import Allowance, ExhaustedError, Limits
from searcher.errors import UnreadableError
from searcher.model import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from searcher.articles.drafts import Draft

_LIMITS = Limits()


def read_drafts(path: Path, *, shown_as: str | None = None, limits: Limits = _LIMITS) -> Iterator[Draft | Failure]:
    """Read the articles of a file, one after the other, never holding more than one.

    Args:
        path: the file.
        shown_as: what its articles are shown and stored under; the path itself when not given.
        limits: how much the file may ask of us.

    Yields:
        A draft an article; a Failure for each record, inner file or rest of a file that could not be read.

    Raises:
        UnreadableError: nothing at all could be read.
    """
    try:
        stream = path.open("rb")
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableError(error.strerror or str(error)) from error
    with stream:
        yield from read_stream(stream, name=path.name, shown_as=shown_as or str(path), size=size, limits=limits)


def read_stream(
    stream: IO[bytes], *, name: str, shown_as: str, size: int = 0, limits: Limits = _LIMITS
) -> Iterator[Draft | Failure]:
    """Read the articles in a stream of bytes, as `read_drafts` does for a file.

    Args:
        stream: the bytes, buffered.
        name: what tells its format; with no known suffix its first bytes tell.
        shown_as: what its articles are shown under.
        size: its size in bytes as stored, which bounds what it may unpack to.
        limits: how much it may ask of us.

    Raises:
        UnreadableError: nothing at all could be read.
    """
    if not isinstance(stream, io.BufferedReader):
        stream = io.BufferedReader(stream)  # type: ignore[type-var]
    document = Document(name, shown_as, stream, limits, Allowance(limits, size))
    if not document.head():
        raise UnreadableError("empty")
    anything = False
    try:
        for article in _articles(document):
            if isinstance(article, Failure) or article.raw.strip() or article.stated.title:
                anything = True
                yield article
    except Exception as error:
        if not anything:
            raise _readable(error) from error
        yield Failure(shown_as, f"{_readable(error).message}; the rest of the file is not read")
        return
    if not anything:
        raise UnreadableError("no article in it")


def _articles(document: Document) -> Iterator[Draft | Failure]:
    known = format_of(document.name, document.head()) or PLAIN_TEXT
    if not known.wraps:
        yield from known.reader().read(document)
        return
    for inner in known.wrapper().unpack(document):
        if isinstance(inner, Failure):
            yield inner
        elif inner.depth > document.limits.depth:
            yield Failure(inner.path, f"lies in more than {document.limits.depth} archives")
        elif inner.path == document.path:
            yield from _articles(inner)
        else:
            yield from _inner_articles(inner)


def _inner_articles(inner: Document) -> Iterator[Draft | Failure]:
    """Read one file of an archive; that it cannot be read is no reason to leave out the others."""
    try:
        yield from _articles(inner)
    except ExhaustedError:
        raise
    except Exception as error:  # noqa: BLE001 - as above
        yield Failure(inner.path, _readable(error).message)


def _readable(error: Exception) -> UnreadableError:
    """Any error as one of ours, on one line."""
    if isinstance(error, UnreadableError):
        return error
    if isinstance(error, RecursionError | MemoryError):
        return UnreadableError("nests too deep" if isinstance(error, RecursionError) else "needs too much memory")
    words = " ".join(visible(str(error)).split())[:200]
    return UnreadableError(f"damaged: {words or type(error).__name__}")
