"""Files beside the segments that hold what was computed from one state of the index.

They are JSON: a line about the content, and a line of content.

Each can be lost without loss: it names the revision it is of, and one that is of another revision or that cannot be
read counts as missing and is made again.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from searcher.store.schema import INDEX_NAME
from searcher.store.storage import sync_file, sync_folder

if TYPE_CHECKING:
    from pathlib import Path

#: How the names of files end that are being written.
UNFINISHED = ".new"

_LONGEST_HEADER = 1 << 16


def header(folder: Path, name: str) -> dict[str, Any]:
    """Read what is said about a file's content, its `revision` among it; empty when there is nothing sound."""
    try:
        with path_of(folder, name).open("rb") as file:
            content = json.loads(file.readline(_LONGEST_HEADER))
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def read(folder: Path, name: str, revision: int) -> Any:
    """Read what was computed for a revision; None when there is nothing sound of that revision."""
    try:
        about, content = path_of(folder, name).read_bytes().split(b"\n", 1)
        if json.loads(about)["revision"] != revision:
            return None
        return json.loads(content)
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        return None


def write(folder: Path, name: str, revision: int, value: Any, **about: int | str) -> None:
    """Keep what was computed for a revision, in place of what was kept before (OSError when it cannot be written)."""
    parts = ({"revision": revision, **about}, value)
    content = "\n".join(json.dumps(part, ensure_ascii=False, separators=(",", ":")) for part in parts)
    write_bytes(folder, name, content.encode("utf-8", "surrogatepass"))


def write_bytes(folder: Path, name: str, content: bytes) -> None:
    """Put a file in place of what was kept before, whole or not at all (OSError when it cannot be written)."""
    path = path_of(folder, name)
    temporary = path.with_name(f"{path.name}.{os.getpid()}{UNFINISHED}")
    temporary.write_bytes(content)
    sync_file(str(temporary))
    os.replace(temporary, path)  # noqa: PTH105
    sync_folder(str(folder))


def path_of(folder: Path, name: str) -> Path:
    """Give the place of a file."""
    return folder / f"{INDEX_NAME}-{name}"
