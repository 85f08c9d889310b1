"""What to say when the reader of a format is not installed."""

from __future__ import annotations

from searcher.errors import UnreadableError


def missing(kind: str, package: str) -> UnreadableError:
    """Make the error of a format whose reader is an extra of this package.

    Args:
        kind: what the format is called.
        package: the package that reads it.
    """
    hint = f"pip install {package}"
    return UnreadableError(f"reading {kind} needs the package {package}: {hint}", hint)
