"""A corpus of any size, for measuring how things grow: articles recombined from the sentences of a real one.

    python benchmarks/large_corpus.py SOURCE.jsonl[.xz] OUT.jsonl --articles N [--seed N]

An article is a run of sentences, each drawn from anywhere in SOURCE, as long as some article of SOURCE is. Recombining
alone adds no words, and real text always does: after n words its vocabulary is about K·n^b (Heaps 1978). So words are
invented at the rate K·b·n^(b-1), with K and b fitted to SOURCE and n counted on from it; half of them come again.
Titles are sentences, dates are spread over twenty years, one source in two hundred. The same seed gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import random
import re
from datetime import date, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
SYLLABLES = [first + second for first in "bdfgklmnprstvz" for second in ("a", "e", "i", "o", "u", "an", "or", "il")]
FIRST_DAY = date(2000, 1, 1)


def opened(path: Path) -> IO[str]:
    return lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8")


class Words:
    """Invents words as a growing text does."""

    def __init__(self, chance: random.Random, scale: float, exponent: float, seen: int) -> None:
        self.chance, self.scale, self.exponent = chance, scale, exponent
        self.seen = seen
        self.due = 0.0
        self.invented: list[str] = []

    def after(self, words: int) -> Iterator[str]:
        """Give the new words that `words` further words of text bring, some of them again."""
        self.seen += words
        self.due += self.scale * self.exponent * self.seen ** (self.exponent - 1) * words
        while self.due >= 1:
            self.due -= 1
            self.invented.append("".join(self.chance.choices(SYLLABLES, k=self.chance.randint(2, 5))))
            yield self.invented[-1]
            if self.chance.random() < 0.5:
                yield self.chance.choice(self.invented)


def fitted(vocabulary_growth: list[tuple[int, int]]) -> tuple[float, float]:
    """Fit K and b of Heaps' law to (words read, distinct words) pairs, from how the second half of them grows."""
    (words_a, distinct_a), (words_b, distinct_b) = vocabulary_growth[len(vocabulary_growth) // 2], vocabulary_growth[-1]
    exponent = math.log(distinct_b / distinct_a) / math.log(words_b / words_a)
    return distinct_b / words_b**exponent, exponent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--articles", type=int, required=True)
    parser.add_argument("--sample", type=int, default=20_000, help="articles of SOURCE whose sentences are drawn from")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    chance = random.Random(options.seed)  # noqa: S311 drawn again the same
    sentences: list[str] = []
    lengths: list[int] = []
    distinct: set[str] = set()
    growth: list[tuple[int, int]] = []
    read = 0
    with opened(options.source) as lines:
        records = [json.loads(line) for line in lines]
    for record in chance.sample(records, min(options.sample, len(records))):
        own = [sentence for sentence in SENTENCE_END.split(record["text"]) if 20 < len(sentence) < 600]
        if own:
            sentences += own
            lengths.append(len(own))
        words = record["text"].split()
        read += len(words)
        distinct.update(words)
        growth.append((read, len(distinct)))
    del records

    words_made = Words(chance, *fitted(growth), read)
    sources = [f"The {name.title()} Post" for name in chance.sample(SYLLABLES, 20) for _ in range(10)]
    sources = [f"{name} {number}" for number, name in enumerate(sources)]
    with options.out.open("w", encoding="utf-8") as out:
        for number in range(options.articles):
            story = chance.choices(sentences, k=chance.choice(lengths))
            for word in words_made.after(sum(map(len, story)) // 6):
                at = chance.randrange(len(story))
                story[at] += f" {word.title()}."
            record = {
                "id": f"large-{number}",
                "title": chance.choice(sentences)[:90].rsplit(" ", 1)[0],
                "text": " ".join(story),
                "date": (FIRST_DAY + timedelta(days=chance.randrange(7300))).isoformat(),
                "source": chance.choice(sources),
            }
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
    print(f"{options.articles:,} articles, {options.out.stat().st_size / 1e6:,.0f} MB, {options.out}")


if __name__ == "__main__":
    main()
