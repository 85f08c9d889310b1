"""How fast are texts analysed in bulk? Million words and megabytes a second of CPU, cold and with the words known.

    SEARCHER_DATA=… python benchmarks/text_analysis.py [--articles 20000]

Over the first articles of `bulk/senate-press.jsonl.xz`, one process, batches of 1,000.
"""

from __future__ import annotations

import argparse
import itertools
import json
import lzma
import os
import time
from pathlib import Path

from searcher.text.batches import BatchAnalyzer

BATCH = 1_000


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=os.environ.get("SEARCHER_DATA"))
    parser.add_argument("--articles", type=int, default=20_000)
    options = parser.parse_args()
    with lzma.open(Path(options.data) / "bulk" / "senate-press.jsonl.xz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in itertools.islice(lines, options.articles)]
    megabytes = sum(map(len, texts)) / 1e6
    analyzer = BatchAnalyzer()
    for name in ("cold", "known"):
        start = time.process_time()
        words = 0
        for at in range(0, len(texts), BATCH):
            batch = texts[at : at + BATCH]
            words += len(analyzer.analyze(batch, ["en"] * len(batch)).words)
        seconds = time.process_time() - start
        print(
            f"{name:6}{len(texts):8,} articles{words:12,} words{words / seconds / 1e6:7.2f} M words/s"
            f"{megabytes / seconds:7.1f} MB/s{len(analyzer.vocabulary):10,} distinct"
        )


if __name__ == "__main__":
    main()
