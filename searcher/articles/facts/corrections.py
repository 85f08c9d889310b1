"""What a user says about who is who: a text file of merges and splits, one a line.

    # the archive spells him three ways
    merge Nikol Pashinian, Pashniyan into Nikol Pashinyan
    split George Bush

`merge` makes the humans of all these spellings one, under the last name. `split` takes a spelling away from every
human it was taken for: it is a human of its own. A later line wins over an earlier one. A line that is neither is
passed over, with a warning.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from searcher.errors import ConfigError, UsageError
from searcher.text.safety import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Merge:
    """These spellings are one human, who is called `into`."""

    names: tuple[str, ...]
    into: str

    def __str__(self) -> str:
        return f"merge {', '.join(self.names)} into {self.into}"


@dataclass(frozen=True, slots=True)
class Split:
    """This spelling is a human of its own."""

    name: str

    def __str__(self) -> str:
        return f"split {self.name}"


Correction = Merge | Split


def parse(text: str, place: str = "") -> tuple[Correction, ...]:
    """Read corrections, one a line, in order.

    Raises:
        ConfigError: a line is neither a merge nor a split; the message begins with `place`.
    """
    return tuple(
        _parse_line(line, place) for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")
    )


def _parse_line(line: str, place: str) -> Correction:
    verb, _, rest = line.strip().partition(" ")
    if verb == "split" and rest.strip():
        return Split(_name(rest))
    if verb == "merge":
        listed, into, name = rest.rpartition(" into ")
        names = tuple(spelling for spelling in map(_name, listed.split(",")) if spelling)
        if into and names and _name(name):
            return Merge(names, _name(name))
    raise ConfigError(
        f"{place}: not a correction of people: {one_line(line)[:80]}",
        "write `merge A, B into C` or `split A`, one a line, or # before a comment",
    )


def _name(text: str) -> str:
    return " ".join(text.split())


def read(path: Path) -> tuple[Correction, ...]:
    """Read the user's file, but for the lines that `problems` names; one that is not there says nothing.

    Raises:
        ConfigError: the file cannot be read.
    """
    return tuple(line for line in _each_line(path) if not isinstance(line, ConfigError))


def problems(path: Path) -> tuple[ConfigError, ...]:
    """Give what is wrong with the lines of the user's file that are neither a merge nor a split.

    Raises:
        ConfigError: the file cannot be read.
    """
    return tuple(line for line in _each_line(path) if isinstance(line, ConfigError))


def _each_line(path: Path) -> Iterator[Correction | ConfigError]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read {path}: {error}", "make it a readable UTF-8 text file") from error
    for number, line in enumerate(text.splitlines(), 1):
        try:
            yield from parse(line, f"{path}:{number}")
        except ConfigError as error:
            yield error


def append(path: Path, correction: Correction) -> None:
    """Add a line to the user's file; what stands there stays as it is.

    Raises:
        UsageError: a name has a comma, a line break or the word `into`, so that the line would read otherwise.
        ConfigError: the file cannot be written.
    """
    try:
        same = parse(str(correction)) == (correction,)
    except ConfigError:
        same = False
    if not same:
        raise UsageError(
            f"cannot write down: {correction}", "give names without commas, line breaks or the word 'into'"
        )
    try:
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        gap = "" if not before or before.endswith("\n") else "\n"
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{gap}{correction}\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot write {path}: {error}", "make it a writable UTF-8 text file") from error
