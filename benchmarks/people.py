"""How well and how fast are people read? One table, beside spaCy where it is installed.

    SEARCHER_DATA=… python benchmarks/people.py [--model en_core_web_sm]

Seconds are of CPU. `strict`: a span counts when its words are exactly those of the gold. `distinct`: the names of a
document (or, where the set is of single sentences, of a sentence), each once. GUM's gold is cut
heuristically: read its recall only.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from searcher.articles.facts import names
from searcher.articles.facts.people import read_people

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Reader = Callable[[str], list[tuple[str, tuple[tuple[int, int], ...]]]]
SETS = ("uner_ewt_test", "crossner_politics_test", "wikigold", "uner_ewt_dev", "crossner_politics_dev")


def records(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def sentences(path: Path) -> Iterator[tuple[str, list[tuple[int, int]], list[tuple[int, int]]]]:
    """Give each sentence's text, the spans of its tokens, and its people as token ranges."""
    for record in records(path):
        text, places, at = record["text"], [], 0
        for token in record["tokens"]:
            found = text.find(token, at)
            if found < 0:
                break
            places.append((found, found + len(token)))
            at = found + len(token)
        if len(places) < len(record["tokens"]):
            text, places, at = " ".join(record["tokens"]), [], 0
            for token in record["tokens"]:
                places.append((at, at + len(token)))
                at += len(token) + 1
        yield text, places, [(first, last) for first, last, *_ in record["per"]]


def token_range(places: list[tuple[int, int]], span: tuple[int, int]) -> tuple[int, int] | None:
    inside = [number for number, (start, end) in enumerate(places) if start < span[1] and end > span[0]]
    return (inside[0], inside[-1] + 1) if inside else None


def f1(right: int, given: int, true: int) -> str:
    precision, recall = right / max(given, 1), right / max(true, 1)
    return f"{precision:.3f} {recall:.3f} {2 * precision * recall / max(precision + recall, 1e-9):.3f}"


def measure(data: Path, read: Reader, shown: int) -> None:
    print(f"{'':28}strict P     R     F1     distinct P     R     F1      words/s")
    for name in SETS:
        strict, distinct, words, seconds = [0, 0, 0], [0, 0, 0], 0, 0.0
        for text, places, people in sentences(data / "people" / f"{name}.jsonl.xz"):
            began = time.process_time()
            found = read(text)
            seconds += time.process_time() - began
            words += len(text.split())
            ranges = {token_range(places, span) for _, spans in found for span in spans}
            true = set(people)
            for slot, value in enumerate((len(ranges & true), len(ranges), len(true))):
                strict[slot] += value
            for missed in list(true ^ ranges)[:shown]:
                if missed:
                    print(
                        "MISSED" if missed in true else "WRONG ",
                        text[places[missed[0]][0] : places[missed[1] - 1][1]],
                        "|",
                        text[:200],
                    )
            mine = {names.key(person) for person, _ in found}
            gold = {names.key(text[places[first][0] : places[last - 1][1]]) for first, last in people}
            # A sentence's gold may name one human twice, in full and by surname.
            gold = {n for n in gold if not any(n != m and n.split() == m.split()[-len(n.split()) :] for m in gold)}
            for slot, value in enumerate((len(mine & gold), len(mine), len(gold))):
                distinct[slot] += value
        print(f"{name:26}{f1(*strict):>22}{f1(*distinct):>27}{words / seconds:13,.0f}")
    gum(data, read)


def gum(data: Path, read: Reader) -> None:
    found_all = gold_all = words = given = 0
    seconds = 0.0
    for record in records(data / "people" / "gum.jsonl.xz"):
        began = time.process_time()
        found = read(record["text"])
        seconds += time.process_time() - began
        words += len(record["text"].split())
        mine = {word for person, _ in found for word in [names.key(person)]}
        given += len(mine)
        for person in record["people"]:
            spellings = {names.key(s) for s in person["names"]} if isinstance(person, dict) else {names.key(person)}
            gold_all += 1
            found_all += bool(spellings & mine)
    recall = f"{given:,} given, recall {found_all / max(gold_all, 1):.3f}"
    print(f"{'gum (documents)':26}{recall:>49}{words / seconds:13,.0f}")


def own(text: str) -> list[tuple[str, tuple[tuple[int, int], ...]]]:
    return [(person.name, person.spans) for person in read_people(text, language="en")]


def spacy_reader(model: str) -> Reader:
    import spacy

    pipeline = spacy.load(model, exclude=["tagger", "parser", "senter", "lemmatizer", "attribute_ruler"])

    def read(text: str) -> list[tuple[str, tuple[tuple[int, int], ...]]]:
        return [(e.text, ((e.start_char, e.end_char),)) for e in pipeline(text).ents if e.label_ == "PERSON"]

    return read


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--model", default="", help="a spaCy model to measure beside")
    options.add_argument("--show", type=int, default=0, help="print this many mistakes a sentence")
    chosen = options.parse_args()
    data = Path(os.environ["SEARCHER_DATA"])
    own("Load the model: Ada Lovelace.")
    measure(data, own, chosen.show)
    if chosen.model:
        print(f"\nspaCy {chosen.model}")
        measure(data, spacy_reader(chosen.model), 0)


if __name__ == "__main__":
    main()
