"""What a posting of a field holds, and how Whoosh's posting values become arrays and come back.

Whoosh hands a codec each posting's value as bytes that its `Format` made, positions among them as a pickle. Nothing of
that reaches the disk: the known formats are taken apart into columns of numbers, one row an occurrence, and put
together again when a matcher is asked for a value. A format we do not know keeps its bytes as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh import formats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


_FREQUENCY_BYTES = 4


@dataclass(frozen=True, slots=True)
class Kind:
    """What is kept beside the article of a posting.

    Attributes:
        frequencies: how often the term occurs in the article; else once.
        positions: where: one number an occurrence.
        characters: from which character to which.
        boosts: the weight of each occurrence.
        opaque: the value as the format made it.
    """

    name: str
    frequencies: bool = False
    positions: bool = False
    characters: bool = False
    boosts: bool = False
    opaque: bool = False


EXISTENCE = Kind("existence")
FREQUENCY = Kind("frequency", frequencies=True)
POSITIONS = Kind("positions", frequencies=True, positions=True)
OPAQUE = Kind("opaque", frequencies=True, opaque=True)

_KINDS: dict[type, Kind] = {
    formats.Existence: EXISTENCE,
    formats.Frequency: FREQUENCY,
    formats.Positions: POSITIONS,
    formats.Characters: Kind("characters", frequencies=True, positions=True, characters=True),
    formats.PositionBoosts: Kind("position_boosts", frequencies=True, positions=True, boosts=True),
    formats.CharacterBoosts: Kind("character_boosts", frequencies=True, positions=True, characters=True, boosts=True),
}
BY_NAME = {kind.name: kind for kind in [*_KINDS.values(), OPAQUE]}


def kind_of(format_: Any) -> Kind:
    """Say what postings made by a Whoosh format hold."""
    return _KINDS.get(type(format_), OPAQUE)


@dataclass(slots=True)
class Details:
    """Columns of numbers, a row an occurrence; None where the kind has none of it.

    Attributes:
        frequencies: int32, a row a posting.
        positions, first, last: int32.
        boosts: float64.
        values: a row a posting: bytes of an opaque format.
    """

    frequencies: NDArray[np.int32] | None = None
    positions: NDArray[np.int32] | None = None
    first: NDArray[np.int32] | None = None
    last: NDArray[np.int32] | None = None
    boosts: NDArray[np.float64] | None = None
    values: Sequence[bytes] | None = None


def take_apart(kind: Kind, format_: Any, values: Sequence[bytes]) -> Details:
    """Turn the values of postings, made by `format_` in this process, into columns.

    Whoosh's writer adds the words for spelling with the value of some other term; such a value counts once.
    """
    if kind.opaque:
        return Details(frequencies=np.ones(len(values), np.int32), values=values)
    if not kind.frequencies:
        return Details()
    if not kind.positions:
        counts = [format_.decode_frequency(value) if len(value) == _FREQUENCY_BYTES else 1 for value in values]
        return Details(frequencies=np.array(counts, np.int64).astype(np.int32))
    name = ("character" if kind.characters else "position") + ("_boosts" if kind.boosts else "s")
    decode = format_.decoder(name)
    rows = [decode(value) if value else [] for value in values]
    frequencies = np.fromiter(map(len, rows), np.int32, len(rows))
    flat = [item for row in rows for item in row]
    if not kind.characters and not kind.boosts:
        return Details(frequencies, np.array(flat, np.int32))
    columns = list(zip(*flat, strict=True)) or [()] * 4
    return Details(
        frequencies,
        np.array(columns[0], np.int32),
        np.array(columns[1], np.int32) if kind.characters else None,
        np.array(columns[2], np.int32) if kind.characters else None,
        np.array(columns[-1], np.float64) if kind.boosts else None,
    )


def settle(kind: Kind, format_: Any, values: Sequence[bytes]) -> tuple[Kind, Details]:
    """Take values apart; where they are not such as `format_` makes, keep them as they are, as an opaque kind."""
    try:
        details = take_apart(kind, format_, values)
        known = details.positions is None or details.frequencies is None or bool(details.frequencies.all())
    except Exception:  # noqa: BLE001 - given what it did not make, a format raises nearly anything
        known = False
    return (kind, details) if known else (OPAQUE, take_apart(OPAQUE, format_, values))


def rows_of(kind: Kind, details: Details, start: int, stop: int) -> list[Any]:
    """Give occurrences `[start, stop)` as the lists that the format's `encode` and Whoosh's `value_as` speak in."""
    kept = (details.positions, details.first, details.last, details.boosts)
    columns = [column[start:stop].tolist() for column in kept if column is not None]
    if not kind.characters and not kind.boosts:
        return list(columns[0])
    return list(zip(*columns, strict=True))


def put_together(kind: Kind, format_: Any, frequency: int, rows: list[Any]) -> bytes:
    """Make the bytes that `format_` would have made of these occurrences."""
    if not kind.frequencies:
        return b""
    if not kind.positions:
        return int(frequency).to_bytes(4, "big")
    value = format_.encode(rows)
    return bytes(value[0] if isinstance(value, tuple) else value)
