"""What every engine of `engine.py` gets: the same articles from the same file, and the same queries.

The articles of a corpus are written once as pickled chunks, which any engine's process reads in a few microseconds an
article; that is part of everyone's time, and no process holds more of them than a chunk.
"""

from __future__ import annotations

import json
import lzma
import pickle
import random
import re
import struct
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

KINDS = ("word", "and", "or", "phrase", "prefix", "dates", "newest", "facets")

_WORD = re.compile(r"[A-Za-z]{3,}")
_PAIR = re.compile(r"\b([a-z]{3,}) ([a-z]{3,})\b")
_LENGTH = struct.Struct("<Q")
_CHUNK = 500
_SAMPLE = 20_000


class Corpus:
    """A corpus made ready.

    Attributes:
        raw: bytes of text of the first so many articles, by number of articles.
        sample: articles of the smallest size, for drawing queries from.
    """

    def __init__(self, source: Path, ready: Path, sizes: Sequence[int], seed: int) -> None:
        self.sample: list[dict] = []
        self.raw: dict[int, int] = {}
        chance = random.Random(seed)  # noqa: S311 drawn again the same
        smallest, count, raw, chunk = min(sizes), 0, 0, []
        with ready.open("wb") as out:
            for article in articles_of(source, max(sizes)):
                if count < _SAMPLE:
                    self.sample.append(article)
                elif count < smallest and (place := chance.randrange(count + 1)) < _SAMPLE:
                    self.sample[place] = article
                count += 1
                raw += len(article["text"].encode("utf-8", "replace"))
                chunk.append(article)
                if count in sizes:
                    self.raw[count] = raw
                if len(chunk) == _CHUNK:
                    _put(out, chunk)
                    chunk = []
            _put(out, chunk)
        self.raw.setdefault(count, raw)  # a corpus smaller than was asked for

    def queries(self, count: int, seed: int) -> list[tuple[str, bool, list]]:
        """Draw `count` queries of each kind to be asked with totals, and as many others without, in mixed order."""
        chance = random.Random(seed)  # noqa: S311 drawn again the same

        def words(number: int) -> list[str]:
            while True:
                found = [word.lower() for word in _WORD.findall(chance.choice(self.sample)["text"])]
                if len(found) > number:
                    return chance.sample(found, number)

        def phrase() -> list[str]:
            while True:
                pair = _PAIR.search(chance.choice(self.sample)["text"][chance.randrange(500) :])
                if pair:
                    return list(pair.groups())

        days = sorted(one["day"] for one in self.sample if one["day"]) or [date(2000, 1, 1).toordinal()]
        made: dict[str, Callable[[], list]] = {
            "word": lambda: words(1),
            "and": lambda: words(2),
            "or": lambda: words(3),
            "phrase": phrase,
            "prefix": lambda: [words(1)[0][:4]],
            "dates": lambda: [*words(1), *sorted(chance.choices(days, k=2))],
            "newest": lambda: words(1),
            "facets": lambda: words(1),
        }
        drawn = [(kind, totals, made[kind]()) for kind in KINDS for totals in (True, False) for _ in range(count)]
        chance.shuffle(drawn)
        return drawn


def chunks(ready: Path, most: int, part: int = 0, parts: int = 1) -> Iterator[list[dict]]:
    """Read the first `most` articles, some hundreds at a time; of several processes each reads its `part`."""
    with ready.open("rb") as file:
        for number in range(-(-most // _CHUNK)):
            head = file.read(_LENGTH.size)
            if not head:
                return
            (size,) = _LENGTH.unpack(head)
            if number % parts == part:
                found = pickle.loads(file.read(size))  # noqa: S301 - written above
                yield found[: most - number * _CHUNK]
            else:
                file.seek(size, 1)


def _put(out, chunk: list[dict]) -> None:
    if chunk:
        content = pickle.dumps(chunk, pickle.HIGHEST_PROTOCOL)
        out.write(_LENGTH.pack(len(content)) + content)


def articles_of(source: Path, most: int) -> Iterator[dict]:
    with (
        lzma.open(source, "rt", encoding="utf-8") if source.suffix == ".xz" else source.open(encoding="utf-8") as lines
    ):
        for number, line in zip(range(most), lines, strict=False):
            record = json.loads(line)
            try:
                day = date.fromisoformat((record.get("date") or "")[:10]).toordinal()
            except ValueError:
                day = None
            publisher = record.get("source") or record.get("senator") or "unknown"
            yield {"id": f"{number:08}", "text": record["text"], "source": publisher, "day": day}
