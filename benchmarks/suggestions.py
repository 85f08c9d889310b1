"""How often is the right word suggested first? On misspellings made from the words of an archive.

    python benchmarks/suggestions.py [--data FOLDER] [--articles N]

The folder (else the environment's SEARCHER_DATA) holds `bulk/senate-press.jsonl.xz`. Words are drawn once by how often
they are used and once evenly over the lexicon; each gets one or two slips: a letter left out, put in, changed for a
neighbour on the keyboard or for any, doubled, or swapped with the next. What is a word of the archive itself is left
out, since it has hits and is never corrected.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import random
import time
from collections import Counter
from itertools import islice
from pathlib import Path

from searcher.search.suggestions import _NEIGHBOURS, closest
from searcher.search.words.lexicon import Lexicon
from searcher.text.analysis import analyze
from searcher.text.folding import fold

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def read_counts(path: Path, articles: int) -> dict[str, int]:
    counts: Counter[str] = Counter()
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in islice(lines, articles):
            counts.update({term.form for term in analyze(json.loads(line)["text"], "en") if term.form})
    return dict(sorted(counts.items()))


def misspell(word: str, chance: random.Random) -> str:
    for _ in range(1 if len(word) < 6 or chance.random() < 0.6 else 2):
        at = chance.randrange(len(word))
        letter = word[at]
        match chance.choice(("drop", "insert", "change", "neighbour", "double", "swap")):
            case "drop":
                word = word[:at] + word[at + 1 :]
            case "insert":
                word = word[:at] + chance.choice(LETTERS) + word[at:]
            case "change":
                word = word[:at] + chance.choice(LETTERS) + word[at + 1 :]
            case "neighbour":
                near = sorted(two for one, two in _NEIGHBOURS if one == letter) or [letter]
                word = word[:at] + chance.choice(near) + word[at + 1 :]
            case "double":
                word = word[:at] + letter + word[at:]
            case "swap":
                word = word[:at] + word[at + 1 : at + 2] + letter + word[at + 2 :]
    return word


def measure(name: str, lexicon: Lexicon, known: set[str], words: list[str], chance: random.Random) -> None:
    right = tried = 0
    seconds = 0.0
    while tried < 1000:
        word = chance.choice(words)
        typed = misspell(word, chance)
        if typed in known:
            continue
        tried += 1
        start = time.perf_counter()
        suggestion = closest(lexicon, typed)
        seconds += time.perf_counter() - start
        right += suggestion is not None and fold(suggestion) == word
    print(f"{name:24} right first {right} of {tried}   {seconds / tried * 1000:.1f} ms each")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=os.environ.get("SEARCHER_DATA"))
    parser.add_argument("--articles", type=int, default=5000)
    options = parser.parse_args()
    if options.data is None:
        parser.error("name the data folder with --data or SEARCHER_DATA")
    counts = read_counts(Path(options.data) / "bulk" / "senate-press.jsonl.xz", options.articles)
    start = time.perf_counter()
    lexicon = Lexicon.of_counts(counts)
    lexicon.close("warm", 1)
    seconds = time.perf_counter() - start
    print(f"{len(counts):,} spellings of {options.articles:,} articles, {seconds:.2f} s to prepare")
    totals: Counter[str] = Counter()
    for form, count in counts.items():
        folded = fold(form)
        if folded.isalpha() and folded.isascii() and len(folded) >= 4:
            totals[folded] += count
    known = set(map(fold, counts))
    chance = random.Random(20)  # noqa: S311 drawn again the same
    used = chance.choices(list(totals), list(totals.values()), k=20_000)
    measure("drawn by use", lexicon, known, used, chance)
    measure("drawn from the lexicon", lexicon, known, [word for word in totals if totals[word] > 1], chance)


if __name__ == "__main__":
    main()
