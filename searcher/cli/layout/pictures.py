"""A timeline as a picture: one geometry, written as SVG or as PNG. The same timeline gives the same bytes."""

from __future__ import annotations

import math
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from searcher.cli.layout.bars import height, label
from searcher.text.safety import one_line

if TYPE_CHECKING:
    from searcher.model import Timeline

_WIDTH, _HEIGHT = 960, 360
_LEFT, _RIGHT, _TOP, _BOTTOM = 72, 16, 48, 40
_INK, _RULE, _BAR = (0x33, 0x33, 0x33), (0xDD, 0xDD, 0xDD), (0x2F, 0x6D, 0xB5)
_LABEL_ROOM = 90  # pixels that a date below the bars needs

# Three columns by five rows a character, a number a row, the leftmost column in the highest bit.
_GLYPHS = {
    "0": (7, 5, 5, 5, 7),
    "1": (2, 6, 2, 2, 7),
    "2": (7, 1, 7, 4, 7),
    "3": (7, 1, 7, 1, 7),
    "4": (5, 5, 7, 1, 1),
    "5": (7, 4, 7, 1, 7),
    "6": (7, 4, 7, 5, 7),
    "7": (7, 1, 1, 1, 1),
    "8": (7, 5, 7, 5, 7),
    "9": (7, 5, 7, 1, 7),
    "-": (0, 0, 7, 0, 0),
    ".": (0, 0, 0, 0, 2),
    "%": (5, 1, 2, 4, 5),
}
_DOT = 2  # pixels a glyph's dot is wide


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle, in pixels from the top left."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Note:
    """A short label; `right` tells whether it ends or is centred at `x`. `y` is its foot."""

    x: float
    y: float
    text: str
    right: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is drawn."""

    title: str
    bars: tuple[Box, ...]
    rules: tuple[Box, ...]
    notes: tuple[Note, ...]


def picture(drawn: Timeline, *, share: bool = False) -> Picture:
    """Place the bars of a timeline, with a scale at the left and dates below.

    Args:
        drawn: the timeline.
        share: show each period's hits as a share of its articles.
    """
    values = [height(bar, share=share) for bar in drawn.bars]
    top = _round_up(max(values, default=0), share=share)
    step = (_WIDTH - _LEFT - _RIGHT) / max(len(values), 1)
    reach = _HEIGHT - _TOP - _BOTTOM
    foot = _HEIGHT - _BOTTOM
    bars = tuple(
        Box(_LEFT + number * step + step * 0.1, foot - value / top * reach, step * 0.8, value / top * reach)
        for number, value in enumerate(values)
        if value
    )
    levels = (0, top / 2, top) if share or top > 1 else (0, top)
    rules = tuple(Box(_LEFT, foot - level / top * reach, _WIDTH - _LEFT - _RIGHT, 1) for level in levels)
    scale = [
        Note(_LEFT - 8, foot - level / top * reach + 5, _level(level, share=share), right=True) for level in levels
    ]
    every = max(math.ceil(_LABEL_ROOM / step), 1)
    dates = [
        Note(_LEFT + (number + 0.5) * step, foot + 20, label(bar.start, drawn.period), right=False)
        for number, bar in enumerate(drawn.bars)
        if number % every == 0
    ]
    return Picture(one_line(drawn.query), bars, rules, (*scale, *dates))


def svg(shown: Picture) -> bytes:
    """Write a picture as SVG."""
    size = f'width="{_WIDTH}" height="{_HEIGHT}"'
    letters = f'font-family="sans-serif" font-size="13" fill="{_hex(_INK)}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {_WIDTH} {_HEIGHT}" {letters}>',
        f"<title>{escape(shown.title)}</title>",
        f'<rect {size} fill="#ffffff"/>',
        f'<text x="{_LEFT}" y="28" font-size="17">{escape(shown.title)}</text>',
    ]
    for boxes, colour in ((shown.rules, _RULE), (shown.bars, _BAR)):
        lines += [
            f'<rect x="{box.left:.2f}" y="{box.top:.2f}" width="{box.width:.2f}" height="{box.height:.2f}" '
            f'fill="{_hex(colour)}"/>'
            for box in boxes
        ]
    lines += [
        f'<text x="{note.x:.2f}" y="{note.y:.2f}" text-anchor="{"end" if note.right else "middle"}">{note.text}</text>'
        for note in shown.notes
    ]
    return "\n".join([*lines, "</svg>", ""]).encode()


def png(shown: Picture) -> bytes:
    """Write a picture as PNG (RFC 2083), one byte a pixel; its title goes into the file's text, not on the picture."""
    rows = [bytearray(_WIDTH) for _ in range(_HEIGHT)]
    for boxes, ink in ((shown.rules, 1), (shown.bars, 2)):
        for box in boxes:
            _fill(rows, box, ink)
    for note in shown.notes:
        _write(rows, note)
    palette = bytes([0xFF, 0xFF, 0xFF, *_RULE, *_BAR, *_INK])
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", palette),
            _chunk(b"iTXt", b"Title\0\0\0\0\0" + shown.title.encode("utf-8", "replace")),
            _chunk(b"IDAT", zlib.compress(b"".join(b"\0" + bytes(row) for row in rows), 9)),
            _chunk(b"IEND", b""),
        )
    )


def _fill(rows: list[bytearray], box: Box, ink: int) -> None:
    left, top = round(box.left), round(box.top)
    width, tall = max(round(box.width), 1), max(round(box.height), 1)
    for row in rows[top : top + tall]:
        row[left : left + width] = bytes([ink]) * len(row[left : left + width])


def _write(rows: list[bytearray], note: Note) -> None:
    width = len(note.text) * 4 * _DOT - _DOT
    left = round(note.x - (width if note.right else width / 2))
    top = round(note.y) - 5 * _DOT
    for number, character in enumerate(note.text):
        for line, bits in enumerate(_GLYPHS[character]):
            for column in range(3):
                if bits >> (2 - column) & 1:
                    _fill(rows, Box(left + (number * 4 + column) * _DOT, top + line * _DOT, _DOT, _DOT), 3)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _round_up(most: float, *, share: bool) -> float:
    """Give the scale's end: one, two or five times a power of ten, at least `most`."""
    if most <= 0:
        return 1
    power = 10.0 ** math.floor(math.log10(most))
    rounded = next(step * power for step in (1, 2, 5, 10) if step * power >= most * (1 - 1e-9))
    return min(rounded, 1.0) if share else max(rounded, 1)


def _level(value: float, *, share: bool) -> str:
    return f"{value * 100:g}%" if share else f"{value:.10g}"


def _hex(colour: tuple[int, int, int]) -> str:
    return "#" + bytes(colour).hex()
