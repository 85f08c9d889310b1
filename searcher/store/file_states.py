"""What is known of a file beyond what its articles tell: kept beside the segments, since those never change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from searcher.model import Failure

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The name of the derived file.
NAME = "files.json"


@dataclass(frozen=True, slots=True)
class FileState:
    """The state in which a file was last read, where it is not that of all its articles, and what of it could not be.

    Attributes:
        stamp: a signed 64-bit number.
    """

    stamp: int
    failures: tuple[Failure, ...] = ()


def pack(states: Mapping[str, FileState]) -> dict[str, list[Any]]:
    """Give states as JSON."""
    return {
        name: [state.stamp, *([failure.path, failure.reason] for failure in state.failures)]
        for name, state in states.items()
    }


def unpack(packed: Any) -> dict[str, FileState]:
    """Read states; what is not one is left out, as if it were not known."""
    states: dict[str, FileState] = {}
    for name, content in packed.items() if isinstance(packed, dict) else ():
        try:
            stamp, *failures = content
            states[name] = FileState(int(stamp), tuple(Failure(str(path), str(reason)) for path, reason in failures))
        except (TypeError, ValueError):
            continue
    return states
