"""A short checksum of bytes that a file names of itself."""

from __future__ import annotations

try:
    from _blake2 import blake2b  # `hashlib` gives the same function and loads all of OpenSSL first
except ImportError:
    from hashlib import blake2b


def checksum(content: bytes) -> str:
    """Give 16 hexadecimal digits: BLAKE2b (RFC 7693) of 8 bytes."""
    digits: str = blake2b(content, digest_size=8).hexdigest()
    return digits
