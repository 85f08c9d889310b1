"""Files beside the segments that hold what was computed from one state of the index, as JSON.

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


def read(folder: Path, name: str, revision: int) -> Any:
    """Read what was computed for a revision; None when there is nothing sound of that revision."""
    try:
        content = json.loads(_path(folder, name).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(content, dict) or content.get("revision") != revision:
        return None
    return content.get("value")


def write(folder: Path, name: str, revision: int, value: Any) -> None:
    """Keep what was computed for a revision, in place of what was kept before (OSError when it cannot be written)."""
    path = _path(folder, name)
    content = json.dumps({"revision": revision, "value": value}, ensure_ascii=False, separators=(",", ":"))
    temporary = path.with_name(f"{path.name}.{os.getpid()}{UNFINISHED}")
    temporary.write_bytes(content.encode("utf-8", "surrogatepass"))
    sync_file(str(temporary))
    os.replace(temporary, path)  # noqa: PTH105
    sync_folder(str(folder))


def _path(folder: Path, name: str) -> Path:
    return folder / f"{INDEX_NAME}-{name}.json"
