"""What the system refuses, said as the errors of an index."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

from searcher.errors import IndexDamagedError, IndexNotWritableError, SearcherError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from searcher.model import Damage

_FULL = {getattr(errno, name) for name in ("ENOSPC", "EDQUOT", "EFBIG") if hasattr(errno, name)}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn a failure to write into an `IndexNotWritableError`; the index stays at its last commit."""
    try:
        yield
    except OSError as error:
        raise _not_writable(folder, error) from error


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Turn whatever a damaged index makes Whoosh raise into an `IndexDamagedError`."""
    try:
        yield
    except (SearcherError, MemoryError):
        raise
    except PermissionError as error:
        raise IndexDamagedError(
            f"the index in {folder} cannot be read: {error.strerror}", "check its permissions"
        ) from error
    except Exception as error:
        raise damaged(folder, error) from error


@contextmanager
def answering(folder: Path, find_damage: Callable[[], Damage | None]) -> Iterator[None]:
    """Turn whatever an answer fails of into an `IndexDamagedError`, if the index is to blame.

    Checksums can be right where numbers lie, and no reader compares all numbers with each other. So that is done when
    an answer failed; with a sound index the failure is the program's own, and stays what it is.

    Args:
        folder: where the index is.
        find_damage: looks for what is wrong with it.
    """
    try:
        yield
    except SearcherError:
        raise
    except Exception as error:
        damage = find_damage()
        if damage is None:
            raise
        raise _damaged(folder, f"{damage.part}: {damage.reason}") from error


def damaged(folder: Path, error: Exception) -> IndexDamagedError:
    """Give the error for an index that is there and cannot be read."""
    return _damaged(folder, str(error).splitlines()[0] if str(error) else type(error).__name__)


def _damaged(folder: Path, reason: str) -> IndexDamagedError:
    return IndexDamagedError(f"the index in {folder} is damaged: {reason}", "rebuild it with `searcher index --full`")


def _not_writable(folder: Path, error: OSError) -> IndexNotWritableError:
    if error.errno in _FULL:
        return IndexNotWritableError(
            f"no space is left for the index in {folder}",
            "free some space and run `searcher index` again; the index is as it was at its last commit",
        )
    hint = (
        "check the folder's permissions, or name another place with --index"
        if error.errno in _FORBIDDEN
        else "the index is as it was at its last commit"
    )
    return IndexNotWritableError(f"the index in {folder} cannot be written: {error.strerror or error}", hint)
