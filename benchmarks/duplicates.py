"""Do reprints and light edits find each other, and nothing else? Fingerprints and groups on the press releases.

    SEARCHER_DATA=/path/to/data python benchmarks/duplicates.py [--limit N]

Exact duplicates are those of the corpus. Light edits are made here: of a sample of texts, a share of the words is
replaced by words of other texts, or a sentence is dropped, or a line of agency furniture is added. What is grouped
beyond both is judged by the share of pairs of neighbouring words that two texts have in common.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import random
import re
import time
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from searcher.articles.duplicates import groups
from searcher.articles.fingerprints import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE = 2000


def resemblance(one: str, other: str) -> float:
    """The share of pairs of neighbouring words that two texts have in common (Jaccard)."""
    first, second = (
        set(zip(words := re.findall(r"\w+", text.lower()), words[1:], strict=False)) for text in (one, other)
    )
    return len(first & second) / max(1, len(first | second))


def replaced(share: float, vocabulary: list[str], chance: random.Random) -> Callable[[str], str]:
    def edit(text: str) -> str:
        return " ".join(chance.choice(vocabulary) if chance.random() < share else word for word in text.split(" "))

    return edit


def without_a_sentence(chance: random.Random) -> Callable[[str], str]:
    def edit(text: str) -> str:
        sentences = text.split(". ")
        if len(sentences) > 3:
            del sentences[chance.randrange(len(sentences))]
        return ". ".join(sentences)

    return edit


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--limit", type=int, default=None, help="articles to read")
    chosen = options.parse_args()
    path = Path(os.environ.get("SEARCHER_DATA", "data")) / "bulk" / "senate-press.jsonl.xz"
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in islice(lines, chosen.limit)]
    started = time.perf_counter()
    marks = np.array([fingerprint(text) for text in texts])
    seconds = time.perf_counter() - started
    size = sum(map(len, texts)) / 1e6
    print(
        f"{len(texts):,} articles, {size:.0f} MB: {len(texts) / seconds:,.0f} fingerprints/s, {size / seconds:.0f} MB/s"
    )
    started = time.perf_counter()
    label = groups(marks)
    print(f"grouped in {time.perf_counter() - started:.2f} s")

    normal: dict[str, int] = {}
    same = [(number, normal.setdefault(text.strip(), number)) for number, text in enumerate(texts) if text.strip()]
    exact = [(one, other) for one, other in same if one != other]
    print(f"exact duplicates: {sum(label[one] == label[other] for one, other in exact)} of {len(exact)} grouped")

    sizes = Counter(label.tolist())
    several = [count for count in sizes.values() if count > 1]
    print(f"groups: {len(several):,}, in them {sum(several):,} articles; largest {max(several, default=0)}")
    grouped = [(int(first), number) for number, first in enumerate(label) if first != number]
    random.Random(1).shuffle(grouped)  # noqa: S311 - a repeatable sample
    alike = [resemblance(texts[one], texts[other]) for one, other in grouped[:SAMPLE]]
    for bound in (0.8, 0.5, 0.3):
        share = np.mean(np.array(alike) >= bound)
        print(f"  of {len(alike)} sampled with their group's first, {share:.3f} resemble it by {bound} or more")

    chance = random.Random(0)  # noqa: S311 - repeatable edits
    long = [text for text in chance.sample(texts, min(len(texts), 2 * SAMPLE)) if len(text) > 600][:SAMPLE]
    vocabulary = sorted({word for text in long[:200] for word in text.split()})
    edits: dict[str, Callable[[str], str]] = {
        "1 word in 100 replaced": replaced(0.01, vocabulary, chance),
        "3 words in 100 replaced": replaced(0.03, vocabulary, chance),
        "5 words in 100 replaced": replaced(0.05, vocabulary, chance),
        "a sentence dropped": without_a_sentence(chance),
        "an agency's lines added": lambda text: f"PARIS (Agency) - {text}\nReporting by A. Writer",
        "another case and quotes": lambda text: text.upper().replace('"', "“"),
    }  # fmt: skip
    for name, edit in edits.items():
        edited = np.array([fingerprint(edit(text)) for text in long])
        own = np.array([fingerprint(text) for text in long])
        bytes_apart = (edited ^ own).view(np.uint8).reshape(-1, 8)
        print(f"{name:26} {np.mean(np.count_nonzero(bytes_apart, axis=1) <= 2):.3f} found")


if __name__ == "__main__":
    main()
