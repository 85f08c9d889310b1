"""What names an article for good: an id that only a file's stored path and a record's own name decide."""

from __future__ import annotations

from hashlib import blake2b


def article_id(stored_path: str, record: str | None = None) -> str:
    """Name an article: 16 hexadecimal digits, the same on every run and machine.

    Args:
        stored_path: the file's path as the archive stores it, with `!inner/name` within an archive file.
        record: what tells the record from others of that file (`Draft.key`); None where a file is one article.

    Returns:
        The first 64 bits of BLAKE2b (RFC 7693) over both, a NUL between them, which neither can hold.
    """
    name = stored_path if record is None else f"{stored_path}\0{record}"
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
