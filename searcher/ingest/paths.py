"""The two names of a file: how the archive stores it, the same everywhere, and how it is opened from here."""

from __future__ import annotations

import os
import re
from pathlib import Path


def stored_path(path: Path, root: Path) -> str:
    r"""Give the name of a file that is the same wherever a command is run: relative to `root` where it lies below it.

    Bytes of a name that are no UTF-8 are written out (`caf\\udce9.txt`).

    Args:
        path: an absolute path.
        root: the archive's root, absolute.
    """
    if path.is_relative_to(root):
        name = path.relative_to(root)
    else:
        real, real_root = Path(os.path.realpath(path)), Path(os.path.realpath(root))
        name = real.relative_to(real_root) if real.is_relative_to(real_root) else path
    return name.as_posix().encode("utf-8", "backslashreplace").decode()


def shown_path(stored: str, root: Path, here: Path) -> str:
    """Give a path that opens from the folder `here`: relative where it lies below it, else absolute.

    Args:
        stored: a stored path, with `#17` or `!inner/name` or without.
        root: the archive's root, absolute.
        here: the current folder, absolute.
    """
    name = re.sub(r"\\u(dc[89a-f][0-9a-f])", lambda found: chr(int(found[1], 16)), stored)
    file, sign, member = name.partition("!")
    inside = os.path.join(here, "")  # noqa: PTH118
    return (os.path.normpath(root / file) + sign + member).removeprefix(inside)


def absolute(path: Path) -> Path:
    """Make a path absolute without following links."""
    return Path(os.path.abspath(path))  # noqa: PTH100
