"""What do we read in wire stories as plain text, their metadata withheld? Reuters-21578, 17,000 stories of 1987.

    SEARCHER_DATA=… python benchmarks/wires.py [--limit N]

Each story is given as a file of text would hold it: title, byline, dateline and text. Its dateline has a day but no
year (`CLEVELAND, Feb 26 -`), so a date should hardly ever be given, and one that is given must be right. In a second
reading the dateline is completed with the year and the agency (`CLEVELAND, Feb 26, 1987 (Reuters) -`): now date and
source are there to be read. The PEOPLE that the editors noted (on about 900 stories) are looked for by surname.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import re
import time
from datetime import date
from pathlib import Path
from typing import Any

from searcher.articles.clean import clean
from searcher.articles.drafts import Stated
from searcher.articles.facts import names, read_facts

TODAY = date(2026, 1, 1)


def plain(record: dict[str, Any], dateline: str) -> str:
    parts = [record.get("title", "")]
    if record.get("author"):
        parts.append(record["author"])
    return "\n\n".join([*parts, f"{dateline} {record['text']}".strip()])


def share(right: int, of: int) -> str:
    return f"{right:,} of {of:,} ({right / max(of, 1):.1%})"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--limit", type=int, default=17_000)
    options.add_argument("--show", action="store_true", help="print what is wrong")
    chosen = options.parse_args()
    path = Path(os.environ["SEARCHER_DATA"]) / "wires" / "reuters21578_000-016.jsonl.xz"
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for _, line in zip(range(chosen.limit), lines, strict=False)]

    given = right = authors = authored = noted = noted_found = words = floors_wrong = floors = 0
    dated = dated_right = sourced = with_dateline = listed = 0
    seconds = 0.0
    for record in records:
        raw = plain(record, record.get("dateline") or "")
        began = time.process_time()
        facts = read_facts(clean(raw), Stated(), path="story.txt", language="en", today=TODAY)
        seconds += time.process_time() - began
        words += len(raw.split())
        day = record["date"][:10]
        if facts.date:
            given += 1
            right += day.startswith(str(facts.date.value))
            if chosen.show and not day.startswith(str(facts.date.value)):
                print("DATE", day, facts.date, raw[:300].replace("\n", " | "))
        if facts.not_before:
            floors += 1
            floors_wrong += str(facts.not_before.value) > day
            if chosen.show and str(facts.not_before.value) > day:
                print("FLOOR", day, facts.not_before, raw[facts.not_before.span[0] - 80 :][:160].replace("\n", " | "))
        if record.get("author"):
            authored += 1
            stated = re.sub(r"^by |,.*$", "", record["author"], flags=re.IGNORECASE).strip()
            same = facts.author is not None and facts.author.value.casefold() == stated.casefold()
            authors += same
            if chosen.show and not same:
                print("AUTHOR", record["author"], facts.author)
        listed += len(facts.people)
        found = {word for person in facts.people for word in names.key(person.name).split()}
        for tag in record.get("people", ()):
            noted += 1
            noted_found += not found.isdisjoint(names.key(tag.replace("-", " ")).split()[-1:])
        line = re.fullmatch(r"(.+?),? +([A-Z][a-z]+ \d+)\s*-", (record.get("dateline") or "").strip())
        if line:
            with_dateline += 1
            full = f"{line.group(1)}, {line.group(2)}, {day[:4]} (Reuters) -"
            facts = read_facts(clean(plain(record, full)), Stated(), path="story.txt", language="en", today=TODAY)
            sourced += facts.source is not None and facts.source.value == "Reuters"
            if facts.date:
                dated += 1
                # The stamp is New York's; a dateline has its own place's day, and may be a day or two old.
                gap = (date.fromisoformat(day) - facts.date.value.first).days
                dated_right += -1 <= gap <= 2
                if chosen.show and not -1 <= gap <= 2:
                    print("LINE", day, full, "|", facts.date)
            elif chosen.show:
                print("NONE", full)

    print(f"stories                    {len(records):,}, {words / seconds:,.0f} words/s, cleaning included")
    print(f"no year in the dateline    dates given {share(given, len(records))}, of these right {share(right, given)}")
    print(f"                           floors given {floors:,}, later than the story: {floors_wrong}")
    print(
        f"year and agency in it      date given {share(dated, with_dateline)}, of these right {share(dated_right, dated)}"
    )
    print(f"                           source right {share(sourced, with_dateline)}")
    print(f"bylines                    author right {share(authors, authored)}")
    print(
        f"noted people               found by surname {share(noted_found, noted)}; people a story {listed / len(records):.2f}"
    )


if __name__ == "__main__":
    main()
