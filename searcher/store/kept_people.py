"""Who is who as it was found out last: kept beside the index, read a little at a time or all of it.

Three files: `people.json` has a human a line, those in most articles first; `names.table` the canonical name of each
local key; `sounds.table`, for how each word of a name sounds, where in `people.json` its humans stand, and the checksum
of each line there.
"""

from __future__ import annotations

import json
import mmap
import zlib
from functools import cached_property
from typing import TYPE_CHECKING, Any

from searcher.store import derived
from searcher.store.checksum import checksum
from searcher.store.table import Table, damaged

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from searcher.articles.facts.corrections import Correction
    from searcher.articles.facts.resolution import Human, Resolution

_PEOPLE = "people.json"
_NAMES = "names.table"
_SOUNDS = "sounds.table"


class KeptPeople:
    """The humans of one revision of an index.

    Attributes:
        revision: the one they were found out from.
        articles: how many it had.
        count: how many humans there are; None when that was not kept.
    """

    def __init__(self, folder: Path, about: dict[str, Any]) -> None:
        self._folder = folder
        self._about = about
        self.revision: int = about["revision"]
        self.articles: int = about["articles"]
        self.count: int | None = about.get("humans")

    @classmethod
    def of(cls, folder: Path) -> KeptPeople | None:
        """Give what is kept in an index's folder; None when there is nothing."""
        about = derived.header(folder, _PEOPLE)
        known = isinstance(about.get("revision"), int) and isinstance(about.get("articles"), int)
        return cls(folder, about) if known else None

    def follow(self, corrections: Sequence[Correction]) -> bool:
        """Tell whether these humans follow a user's lines, or did so before the last of them came."""
        return self._about.get("corrections") == _mark(corrections[: self._lines(corrections)])

    def follow_all(self, corrections: Sequence[Correction]) -> bool:
        """Tell whether these humans follow all of a user's lines, and no others."""
        return self._about.get("corrections") == _mark(corrections)

    def _lines(self, corrections: Sequence[Correction]) -> int:
        lines = self._about.get("lines")
        return lines if isinstance(lines, int) else len(corrections)

    @cached_property
    def names(self) -> Table | None:
        """The canonical name of each local key; None when it cannot be read."""
        return Table.open(self._folder, _NAMES, self.revision)

    @property
    def is_sound(self) -> bool:
        """All of what is kept is there, and is what was written."""
        try:
            return (
                self.names is not None
                and self.can_sound
                and all(derived.is_sound(derived.path_of(self._folder, name)) for name in (_PEOPLE, _NAMES, _SOUNDS))
            )
        except OSError:
            return False

    @property
    def can_sound(self) -> bool:
        """Humans can be looked up by how their names sound."""
        return self._sounds is not None and self._content is not None

    def sounding(self, sound: str) -> list[Human]:
        """Give the humans of whose names one word sounds so, those in most articles first."""
        if self._sounds is None or self._content is None:
            return []
        places = (self._sounds.get(sound) or "").split()
        return _unpacked(_line(self._content, *place.split(".")) for place in places) or []

    def humans(self) -> list[Human] | None:
        """Read all of them, those in most articles first; None when they cannot be read."""
        return _unpacked(derived.read(self._folder, _PEOPLE, self.revision))

    @cached_property
    def _sounds(self) -> Table | None:
        table = Table.open(self._folder, _SOUNDS, self.revision)
        # The two files are written one after the other, and more than once for one revision.
        fits = table is not None and table.about.get("people") == derived.sum_of(self._folder, _PEOPLE)
        return table if fits else None

    @cached_property
    def _content(self) -> mmap.mmap | None:
        try:
            with derived.path_of(self._folder, _PEOPLE).open("rb") as file:
                return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError):
            return None


def write(
    folder: Path, revision: int, articles: int, resolution: Resolution, corrections: Sequence[Correction]
) -> None:
    """Keep humans in place of those that were kept before (OSError when they cannot be written)."""
    from searcher.articles.facts.resolution import sounds_of

    humans = resolution.humans
    names = {key: human.name for human in humans for key in human.keys}
    Table.write(folder, _NAMES, revision, names)
    lines = [_packed(human) for human in humans]
    about: dict[str, int | str] = {
        "revision": revision,
        "corrections": _mark(corrections),
        "lines": len(corrections),
        "articles": articles,
        "humans": len(humans),
    }
    start = derived.write_bytes(folder, _PEOPLE, about, b"[\n" + b",\n".join(lines) + b"\n]")
    sounds: dict[str, list[str]] = {}
    for human, place in zip(humans, _places(start + 2, lines), strict=True):
        for sound in sounds_of(human):
            sounds.setdefault(sound, []).append(place)
    places = {sound: " ".join(listed) for sound, listed in sounds.items()}
    Table.write(folder, _SOUNDS, revision, places, people=derived.sum_of(folder, _PEOPLE))


def _places(start: int, lines: Sequence[bytes]) -> Iterator[str]:
    """Give where each line stands, and its checksum."""
    for line in lines:
        yield f"{start}.{zlib.crc32(line):08x}"
        start += len(line) + 2


def _line(content: mmap.mmap, place: str, told: str) -> Any:
    """Read the JSON of one line (IndexDamagedError)."""
    start = int(place)
    line = content[start : content.find(b"\n", start)].rstrip(b",")
    if f"{zlib.crc32(line):08x}" != told:
        raise damaged(_PEOPLE)
    return json.loads(line)


def _packed(human: Human) -> bytes:
    fields = [human.name, human.spellings, human.keys, human.articles]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _unpacked(packed: Any) -> list[Human] | None:
    from searcher.articles.facts.resolution import Human

    try:
        return [
            Human(
                str(name),
                tuple((str(text), int(count)) for text, count in spellings),
                tuple(map(str, keys)),
                int(count),
            )
            for name, spellings, keys, count in packed
        ]
    except (TypeError, ValueError):
        return None


def _mark(corrections: Sequence[Correction]) -> str:
    return checksum("\n".join(map(str, corrections)).encode())
