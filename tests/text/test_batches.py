from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.text.analysis import analyze
from searcher.text.batches import BatchAnalyzer, Occurrences, Vocabulary

_BITS = st.sampled_from(
    """corridor Corridor, (Corridor) "corridor." corridors don't, d’études; U.S. U.S., U.S.) U.S.'s, US (US), us 10,000.
    10,000, 3.5. #metoo, @a_b: x@y.org <b>bold</b> C++, C# AT&T's,
    拉钦走廊。 👍🏽! 🇦🇲, Лачин, a.b a. .a ... — “quoted” «x» Nagorno-Karabakh, e.g., (e.g.) A. 1. 1.2. 5,""".split(),
)
TEXTS = st.text(max_size=50) | st.lists(_BITS, max_size=15).map(" ".join) | st.lists(_BITS, max_size=5).map("".join)
BATCHES = st.lists(st.tuples(TEXTS, st.sampled_from([None, "en", "de", "tr", "ru"])), max_size=5)


def read(occurrences: Occurrences, number: int) -> list[tuple[str, str, int]]:
    """Give (stem, form, position) of each term of one text."""
    words = occurrences.words[occurrences.starts[number] : occurrences.starts[number + 1]]
    if occurrences.positions is None:
        positions = range(len(words))
    else:
        positions = occurrences.positions[occurrences.starts[number] : occurrences.starts[number + 1]].tolist()
    vocabulary = occurrences.vocabulary
    return [(vocabulary.stems[word], vocabulary.forms[word], at) for word, at in zip(words, positions, strict=True)]


@settings(max_examples=800)
@given(BATCHES)
def test_a_batch_holds_what_analysis_finds(batch: list[tuple[str, str | None]]) -> None:
    occurrences = BatchAnalyzer().analyze([text for text, _ in batch], [language for _, language in batch])
    assert len(occurrences.starts) == len(batch) + 1
    for number, (text, language) in enumerate(batch):
        assert read(occurrences, number) == [term[:3] for term in analyze(text, language)]


@settings(max_examples=200)
@given(st.lists(BATCHES, max_size=4), st.sampled_from([0, 30, 1_000_000]))
def test_batches_share_a_vocabulary_however_little_is_kept(batches: list, kept: int) -> None:
    analyzer = BatchAnalyzer(most_terms=kept)
    made = [(batch, analyzer.analyze([text for text, _ in batch], [lang for _, lang in batch])) for batch in batches]
    for batch, occurrences in made:
        for number, (text, language) in enumerate(batch):
            assert read(occurrences, number) == [term[:3] for term in analyze(text, language)]
    pairs = list(zip(analyzer.vocabulary.forms, analyzer.vocabulary.stems, strict=True))
    assert len(set(pairs)) == len(pairs) == len(analyzer.vocabulary)


def test_plain_words_need_no_positions() -> None:
    occurrences = BatchAnalyzer().analyze(["the Lachin corridor", "", "a road"], ["en"] * 3)
    assert occurrences.positions is None
    assert occurrences.words.dtype == np.int32
    assert occurrences.starts.tolist() == [0, 3, 3, 5]


def test_a_vocabulary_goes_on() -> None:
    vocabulary = Vocabulary()
    first = BatchAnalyzer(vocabulary).analyze(["corridor road"], ["en"]).words.tolist()
    again = BatchAnalyzer(vocabulary).analyze(["road corridor house"], ["en"]).words.tolist()
    assert again == [first[1], first[0], 2]


def test_nothing_gives_nothing() -> None:
    assert BatchAnalyzer().analyze([], []).starts.tolist() == [0]
    assert BatchAnalyzer().analyze(["—", " "], [None, "en"]).starts.tolist() == [0, 0, 0]
