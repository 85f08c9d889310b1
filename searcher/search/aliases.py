"""Equal names: a file of lines such as `Lachin = Laçın = Berdzor = Лачин`, each word of which finds the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from searcher.errors import ConfigError
from searcher.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Aliases:
    """Groups of equal names.

    Attributes:
        groups: by the folded form of each name, all names of its group as they are written in the file.
    """

    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, name: str) -> tuple[str, ...]:
        """Give the other names of what `name` stands for, whatever its case and accents; none if it has none."""
        folded = _key(name)
        return tuple(other for other in self.groups.get(folded, ()) if _key(other) != folded)


def parse_aliases(text: str, path: str = "") -> Aliases:
    """Read an alias file: a group a line, names parted by `=`, `#` begins a comment.

    Raises:
        ConfigError: a line names one thing only, or has an empty name.
    """
    groups: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        content = line.partition("#")[0].strip()
        if not content:
            continue
        names = [" ".join(name.split()).strip('"') for name in content.split("=")]
        if len(names) < 2 or not all(names):
            where = f"{path or 'aliases'}, line {number}"
            raise ConfigError(f"{where}: a group of names needs two or more", "write them as: Lachin = Berdzor")
        known = [member for name in names for member in groups.get(_key(name), ())]
        group = tuple(dict.fromkeys([*known, *names]))
        for name in group:
            groups[_key(name)] = group
    return Aliases(groups)


def _key(name: str) -> str:
    return " ".join(fold(name).split())
