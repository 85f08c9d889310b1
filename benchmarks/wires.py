"""What do we read in wire stories as plain text, their metadata withheld? Reuters-21578, 17,000 stories of 1987.

    SEARCHER_DATA=… python benchmarks/wires.py [--limit N] [--show]

Each story is given as a file of text would hold it: title, byline, dateline and text. Its dateline has a day but no
year (`CLEVELAND, Feb 26 -`), so a date should hardly ever be given. In a second reading the dateline is completed with
the year and the agency (`CLEVELAND, Feb 26, 1987 (Reuters) -`): now date and source are there to be read. The people
that the editors noted (on about 900 stories) are looked for by surname. Seconds are of CPU.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import re
import time
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from searcher.articles.clean import clean
from searcher.articles.drafts import Stated
from searcher.articles.facts import add_contents, names, read_publication

if TYPE_CHECKING:
    from searcher.model import Facts

TODAY = date(2026, 1, 1)


class Score:
    """Counts of what was there to be found, given and right, and the mistakes."""

    def __init__(self, *, show: bool) -> None:
        self.counts: Counter[str] = Counter()
        self._show = show

    def add(self, what: str, *, right: bool, why: object = "") -> None:
        """Count one, and print it if it is wrong and wanted."""
        self.counts[what] += 1
        self.counts[f"{what} right"] += right
        if self._show and not right:
            print("WRONG", what, why)

    def share(self, what: str) -> str:
        """Write how many of a kind were right."""
        right, of = self.counts[f"{what} right"], self.counts[what]
        return f"{right:,} of {of:,} ({right / max(of, 1):.1%})"


def plain(record: dict[str, Any], dateline: str) -> str:
    parts = [record.get("title", ""), record.get("author", ""), f"{dateline} {record.get('text', '')}".strip()]
    return "\n\n".join(part for part in parts if part)


def read(raw: str) -> Facts:
    cleaned = clean(raw)
    published = read_publication(cleaned, Stated(), path="story.txt", language="en", today=TODAY)
    return add_contents(published, cleaned, (), language="en", today=TODAY)


def as_it_came(record: dict[str, Any], facts: Facts, score: Score) -> None:
    day = record["date"][:10]
    if facts.date:
        score.add("date without a year", right=day.startswith(str(facts.date.value)), why=(day, facts.date))
    if facts.not_before:
        score.add("floor", right=str(facts.not_before.value) <= day, why=(day, facts.not_before))
    if record.get("author"):
        name = re.sub(r"^by |,.*$", "", record["author"], flags=re.IGNORECASE).strip()
        same = facts.author is not None and facts.author.value.casefold() == name.casefold()
        score.add("author", right=same, why=(record["author"], facts.author))
    found = {word for person in facts.people for word in names.key(person.name).split()}
    for tag in record.get("people", ()):
        surname = names.key(tag.replace("-", " ")).split()[-1]
        score.add("noted person", right=surname in found, why=(tag, sorted(found)))
    score.counts["people"] += len(facts.people)


def completed(record: dict[str, Any], score: Score) -> None:
    day = date.fromisoformat(record["date"][:10])
    line = re.fullmatch(r"(.+?),? +([A-Z][a-z]+ \d+)\s*-", (record.get("dateline") or "").strip())
    if not line:
        return
    full = f"{line.group(1)}, {line.group(2)}, {day.year} (Reuters) -"
    facts = read(plain(record, full))
    score.add("source", right=facts.source is not None and facts.source.value == "Reuters", why=(full, facts.source))
    score.add("date found", right=facts.date is not None, why=full)
    if facts.date:
        # The stamp is New York's; a dateline has its own place's day, and may be a day or two old.
        gap = (day - facts.date.value.first).days
        score.add("date", right=-1 <= gap <= 2, why=(day, full, facts.date))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--limit", type=int, default=17_000)
    options.add_argument("--show", action="store_true", help="print what is wrong")
    chosen = options.parse_args()
    path = Path(os.environ["SEARCHER_DATA"]) / "wires" / "reuters21578_000-016.jsonl.xz"
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for _, line in zip(range(chosen.limit), lines, strict=False)]

    score = Score(show=chosen.show)
    seconds, words = 0.0, 0
    for record in records:
        raw = plain(record, record.get("dateline") or "")
        words += len(raw.split())
        began = time.process_time()
        facts = read(raw)
        seconds += time.process_time() - began
        as_it_came(record, facts, score)
        completed(record, score)
    print(f"stories                  {len(records):,}, {words / seconds:,.0f} words/s, {len(records) / seconds:,.0f}/s")
    print(f"no year in the dateline  dates given that are right {score.share('date without a year')}")
    print(f"                         floors not after the story {score.share('floor')}")
    print(f"year and agency in it    date given {score.share('date found')}, right {score.share('date')}")
    print(f"                         source right {score.share('source')}")
    print(f"bylines                  author right {score.share('author')}")
    print(f"people                   noted ones found by surname {score.share('noted person')}")
    print(f"                         {score.counts['people'] / len(records):.2f} a story in all")


if __name__ == "__main__":
    main()
