"""How well are web pages read? Text, title, author, source and date against reviewed pages, beside plain libraries.

    SEARCHER_DATA=/path/to/data python benchmarks/pages.py [--limit N] [--misses FIELD]

Reads `$SEARCHER_DATA/pages/*.jsonl.xz`. Prints, for each set, the share of pages whose value is right, the mean F1 of
the words of the text, and the time a page takes. A value that the gold data does not have is not counted.
"""

from __future__ import annotations

import argparse
import ast
import json
import logging
import lzma
import os
import re
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from searcher.articles.clean import clean
from searcher.articles.drafts import Draft
from searcher.articles.facts import outlets
from searcher.articles.formats.page_text import page_text, parse
from searcher.articles.formats.visible import visible
from searcher.articles.formats.web_page import page_draft
from searcher.articles.understanding import understand

Read = dict[str, Any]
FIELDS = ("text", "start", "title", "author", "source", "date")


def ours(html: str, url: str) -> Read:
    article = understand(page_draft(html.encode(), path="page.html", url=url))
    facts = article.facts
    return {
        "text": article.text,
        "title": article.title,
        "author": facts.author.value if facts.author else "",
        "source": facts.source.value if facts.source else "",
        "date": str(facts.date.value) if facts.date else "",
    }


def by_trafilatura(html: str, url: str) -> Read:
    import trafilatura

    found = trafilatura.bare_extraction(html, url=url, with_metadata=True, include_comments=False, include_tables=False)
    if found is None:
        return {}
    read = found.as_dict()
    return {"text": read["text"], "title": read["title"], "author": read["author"], "source": read["sitename"],
            "date": read["date"]}  # fmt: skip


def by_htmldate(html: str, url: str) -> Read:
    from htmldate import find_date

    return {"date": find_date(html, url=url, original_date=True)}


def by_justext(html: str, _: str) -> Read:
    import justext

    paragraphs = justext.justext(html.encode(), frozenset(), stopwords_low=0, stopwords_high=0)
    return {"text": "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)}


def as_saved_text(html: str, _: str) -> Read:
    """The page as someone would save it with select-all and copy: how `clean` does without any markup."""
    cleaned = clean(visible(page_text(parse(html))))
    article = understand(Draft("page.txt", cleaned.raw))
    return {"text": cleaned.text, "title": cleaned.title,
            "date": str(article.facts.date.value) if article.facts.date else "",
            "source": article.facts.source.value if article.facts.source else ""}  # fmt: skip


READERS = {"searcher": ours, "saved text": as_saved_text, "trafilatura": by_trafilatura, "htmldate": by_htmldate,
           "justext": by_justext}  # fmt: skip


def words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text or "").casefold())


def text_f1(found: str, gold: str) -> float:
    """F1 of the bags of words of two texts."""
    ours, theirs = Counter(words(found)), Counter(words(gold))
    common = sum((ours & theirs).values())
    return 2 * common / (sum(ours.values()) + sum(theirs.values())) if common else 0.0


def same_names(found: str, gold: list[str]) -> bool:
    """The same words, whoever stands first."""
    drop = {"by", "and", "und", "von", "et"}
    return set(words(found)) - drop == set(words(" ".join(gold))) - drop


def same_source(found: str, gold: Read, url: str) -> bool:
    """The outlet: its name as the gold data has it, or its site's, whatever is set around either."""
    host = (urlsplit(url).hostname or "").removeprefix("www.").split(".")
    site = max(host[:-1], key=len) if len(host) > 1 else ""
    ours = "".join(words(found))
    names = ["".join(words(gold["source"])), "".join(words(site))]
    return outlets.key(found) == outlets.key(gold["source"]) or any(
        min(len(ours), len(name)) >= 3 and (name in ours or ours in name) for name in names
    )


def days_of(moment: str) -> set[str]:
    """The days that a moment was anywhere on earth: the gold is in UTC where the page is not."""
    try:
        when = datetime.fromisoformat(moment)
    except ValueError:
        return {moment[:10]}
    if when.utcoffset() or when.time() == datetime.min.time():
        return {moment[:10]}
    return {(when + timedelta(hours=hours)).date().isoformat() for hours in (-12, 0, 14)}


def score(field: str, found: Read, gold: Read, url: str) -> float | None:
    """How right a value is, 0 to 1; None where the gold data has none."""
    if field == "text":
        return text_f1(found.get("text") or "", gold["text"]) if gold.get("text") else None
    if field == "start":
        start = "".join(words(gold.get("text_start") or ""))[:40]
        return float(start in "".join(words(found.get("text") or ""))[:1500]) if start else None
    value, wanted = found.get(field) or "", gold.get(field)
    if field == "author":
        wanted = gold.get("authors")
        wanted = ast.literal_eval(wanted) if isinstance(wanted, str) and wanted.startswith("[") else wanted
        return float(same_names(value, wanted)) if wanted else None
    if not wanted:
        return None
    if field == "source":
        return float(same_source(value, gold, url))
    if field == "date":
        return float(value[:10] in days_of(str(wanted)))
    return float(words(value) == words(wanted))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--limit", type=int, default=None, help="pages a set")
    options.add_argument("--misses", choices=FIELDS, help="list where ours is wrong in this field")
    options.add_argument("--readers", default=",".join(READERS), help="which to run")
    chosen = options.parse_args()
    logging.disable(logging.CRITICAL)
    folder = Path(os.environ.get("SEARCHER_DATA", "data")) / "pages"
    for path in sorted(folder.glob("*.jsonl.xz")):
        totals: dict[str, dict[str, list[float]]] = {name: defaultdict(list) for name in chosen.readers.split(",")}
        seconds: Counter[str] = Counter()
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                if number == chosen.limit:
                    break
                page = json.loads(line)
                for name in totals:
                    started = time.perf_counter()
                    try:
                        found = READERS[name](page["html"], page["url"])
                    except Exception as error:  # noqa: BLE001 - a library that fails on a page scores nothing on it
                        print(f"{name} fails on {page['url']}: {error}", file=sys.stderr)
                        found = {}
                    seconds[name] += time.perf_counter() - started
                    for field in FIELDS:
                        if (points := score(field, found, page["gold"], page["url"])) is not None:
                            totals[name][field].append(points)
                            if name == next(iter(totals)) and field == chosen.misses and points < 0.9:
                                wanted = page["gold"].get("authors" if field == "author" else field) or ""
                                ours_is, gold_is = str(found.get(field))[:200], str(wanted)[:200]
                                print(f"{points:.2f} {page['url']}\n   {ours_is!r}\n   {gold_is!r}")
        print(f"\n{path.name}: {number} pages")
        print(f"{'':14}" + "".join(f"{field:>9}" for field in FIELDS) + f"{'ms/page':>9}")
        for name, fields in totals.items():
            cells = [
                f"{sum(fields[field]) / len(fields[field]):9.3f}" if fields[field] else f"{'':9}" for field in FIELDS
            ]
            print(f"{name:14}" + "".join(cells) + f"{1000 * seconds[name] / max(1, number):9.1f}")


if __name__ == "__main__":
    main()
