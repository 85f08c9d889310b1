"""Files beside the segments that hold what was computed from one state of the index.

A line of JSON says what the content is of, and the checksum of all; the content is JSON, too, or lines of a table.

Each can be lost without loss: it names the revision it is of, and one that is of another revision or that cannot be
read counts as missing and is made again.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from searcher.store.checksum import checksum
from searcher.store.schema import INDEX_NAME
from searcher.store.storage import sync_file, sync_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: How the names of files end that are being written.
UNFINISHED = ".new"

_LONGEST_HEADER = 1 << 16
_SUM = "sum"
_FILE = "file"
#: Arrays are read quickly where they begin at a multiple of so many bytes.
_ALIGNED = 16


def header(folder: Path, name: str) -> dict[str, Any]:
    """Read what is said about a file's content, its `revision` among it; empty when there is nothing sound."""
    return {key: value for key, value in _first_line(folder, name).items() if key not in (_SUM, _FILE)}


def _first_line(folder: Path, name: str) -> dict[str, Any]:
    try:
        with path_of(folder, name).open("rb") as file:
            content = json.loads(file.readline(_LONGEST_HEADER))
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) and content.get(_FILE, name) == name else {}


def read(folder: Path, name: str, revision: int) -> Any:
    """Read what was computed for a revision; None when there is nothing sound of that revision."""
    try:
        path = path_of(folder, name)
        if header(folder, name).get("revision") != revision or not is_sound(path):
            return None
        return json.loads(path.read_bytes().split(b"\n", 1)[1])
    except (OSError, ValueError, RecursionError, IndexError):
        return None


def is_sound(path: Path) -> bool:
    """Tell whether a file holds what was written (OSError when it cannot be read)."""
    try:
        first, content = path.read_bytes().split(b"\n", 1)
        about = json.loads(first)
        its_own = file_name(about.get(_FILE, "")) in (path.name, file_name(""))
        return its_own and bool(about.pop(_SUM) == _checksum(about, content))
    except (ValueError, RecursionError, KeyError, AttributeError, TypeError):
        return False


def write(folder: Path, name: str, revision: int, value: Any, **about: int | str) -> None:
    """Keep what was computed for a revision, in place of what was kept before (OSError when it cannot be written)."""
    content = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    write_bytes(folder, name, {"revision": revision, **about}, content.encode("utf-8", "surrogatepass"))


def sum_of(folder: Path, name: str) -> str:
    """Give the checksum that a file names of itself; empty when there is nothing sound."""
    return str(_first_line(folder, name).get(_SUM, ""))


def write_bytes(folder: Path, name: str, about: Mapping[str, int | str], content: bytes) -> int:
    """Put a file in place of what was kept before, whole or not at all (OSError when it cannot be written).

    Returns:
        Where in the file the content begins.
    """
    about = {_FILE: name, **about}  # so that one is not taken for another
    first = json.dumps({**about, _SUM: _checksum(about, content)})
    first += " " * (-(len(first) + 1) % _ALIGNED)
    path = path_of(folder, name)
    temporary = path.with_name(f"{path.name}.{os.getpid()}{UNFINISHED}")
    temporary.write_bytes(first.encode() + b"\n" + content)
    sync_file(str(temporary))
    os.replace(temporary, path)  # noqa: PTH105
    sync_folder(str(folder))
    return len(first) + 1


def path_of(folder: Path, name: str) -> Path:
    """Give the place of a file."""
    return folder / file_name(name)


def file_name(name: str) -> str:
    """Give the name that a file has in its folder."""
    return f"{INDEX_NAME}-{name}"


def _checksum(about: Mapping[str, int | str], content: bytes) -> str:
    return checksum(json.dumps(about, sort_keys=True).encode() + b"\n" + content)
