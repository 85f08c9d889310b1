"""Mail: `.eml` is one article, a mailbox (`mbox`) an article a message."""

from __future__ import annotations

import email
import re
from email.header import decode_header, make_header
from email.utils import parseaddr
from typing import TYPE_CHECKING

from searcher.articles.drafts import Draft, Stated, Statement
from searcher.articles.formats.encoding import decode
from searcher.articles.formats.page_text import page_text, parse
from searcher.articles.formats.visible import visible
from searcher.articles.lines import is_name_like
from searcher.articles.mastheads import is_masthead
from searcher.errors import UnreadableError
from searcher.model import Failure
from searcher.text.safety import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from searcher.articles.formats.document import Document

_SEPARATOR = re.compile(rb"From .*\d\d:\d\d.*")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_MOST_PARTS = 1000
_LONGEST = 2000


def read(document: Document) -> Iterator[Draft | Failure]:
    """Read one message, or every message of a mailbox."""
    if not document.head().startswith(b"From "):
        yield message_draft(document.everything(), document.path)
        return
    for number, content in enumerate(_messages(document), 1):
        path = f"{document.path}#{number}"
        if content is None:
            yield Failure(path, "a message larger than an article may be")
            continue
        try:
            yield message_draft(content, document.path, number)
        except (UnreadableError, ValueError, LookupError, RecursionError) as error:
            yield Failure(path, one_line(str(error)) or "a message that cannot be read")


def message_draft(content: bytes, path: str, number: int | None = None) -> Draft:
    """Make the draft of a message.

    Raises:
        UnreadableError: there is nothing to read in it.
    """
    message = email.message_from_bytes(content)
    text = visible(_body(message))
    subject = _header(message, "Subject")
    if not text.strip() and not subject:
        raise UnreadableError("a message with nothing to read in it")
    name = parseaddr(_header(message, "From"))[0].strip()
    # A newsletter is sent by an outlet as often as by whoever writes it.
    outlet = name if is_masthead(name) else ""
    human = " " in name and not outlet and (is_name_like(name) or "List-Unsubscribe" not in message)
    return Draft(
        path,
        text,
        stated=Stated(
            title=_statement(subject),
            source=_statement(_header(message, "Organization") or outlet),
            date=_statement(_header(message, "Date")),
            # One word is a newsletter's or an account's, no human's name.
            author=_statement(name if human else ""),
            url=_statement(_header(message, "Content-Location")),
            language=_statement(_header(message, "Content-Language")),
        ),
        number=number,
        record_id=_header(message, "Message-ID").strip("<>") or None,
    )


def part_content(part: Message) -> bytes:
    """The bytes of a part of a message, its transfer encoding undone."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _messages(document: Document) -> Iterator[bytes | None]:
    """The messages of a mailbox (RFC 4155); None in the place of one that is too large."""
    lines: list[bytes] = []
    size = 0
    blank = True
    for line in document.lines():
        if line is not None and blank and line.startswith(b"From ") and _SEPARATOR.match(line):
            if lines or size:
                yield _unquoted(lines) if size <= document.limits.article_bytes else None
            lines, size = [], 0
            continue
        size += len(line) if line is not None else document.limits.article_bytes + 1
        if line is not None and size <= document.limits.article_bytes:
            lines.append(line)
        blank = line is not None and line in (b"\n", b"\r\n")
    if lines or size:
        yield _unquoted(lines) if size <= document.limits.article_bytes else None


def _unquoted(lines: list[bytes]) -> bytes:
    return _QUOTED.sub(rb"\1", b"".join(lines))


def _body(message: Message) -> str:
    """The text of a message: its plain text, or its HTML as a reader would see it."""
    plain: list[str] = []
    pages: list[str] = []
    for count, part in enumerate(message.walk()):
        if count > _MOST_PARTS:
            break
        if part.is_multipart() or part.get_content_disposition() == "attachment":
            continue
        kind = part.get_content_type()
        if kind in ("text/plain", "text/html"):
            content = decode(part_content(part), [part.get_content_charset() or ""])
            (plain if kind == "text/plain" else pages).append(content)
    text = "\n\n".join(plain)
    if text.strip() or not pages:
        return text
    return "\n\n".join(page_text(parse(page)) for page in pages if page.strip())


def _header(message: Message, name: str) -> str:
    """A header's text, its encoded words (RFC 2047) read; as it stands where they are broken."""
    value = message.get(name)
    if value is None:
        return ""
    try:
        return one_line(str(make_header(decode_header(str(value)))))[:_LONGEST]
    except (ValueError, LookupError):
        return one_line(str(value))[:_LONGEST]


def _statement(value: str) -> Statement | None:
    return Statement(value, "mail header") if value else None
