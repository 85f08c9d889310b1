"""A term's postings over several segments: as one list, and block by block."""

from __future__ import annotations

from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.store.codec.kinds import BY_NAME, Details
from searcher.store.codec.lengths import LENGTHS, FieldLengths
from searcher.store.codec.postings import FieldArrays
from searcher.store.codec.postings_writer import PostingsWriter, Run
from searcher.store.codec.sections import SectionFile
from searcher.store.codec.sections_writer import SectionWriter
from searcher.store.codec.term_postings import Stretch, TermPostings

SIZE = 5_000
TERMS = [b"common", b"frequent", b"rare", b"seldom"]
SHARES = [0.9, 0.3, 0.02, 0.001]


def field(tmp_path, seed):
    """Write a segment of random postings; give it, and what was written: term by term articles and frequencies."""
    rng = np.random.default_rng(seed)
    codes = rng.integers(0, 200, SIZE).astype(np.uint8)
    having = [np.flatnonzero(rng.random(SIZE) < share).astype(np.int32) for share in SHARES]
    having = [articles if len(articles) else np.array([7], np.int32) for articles in having]
    frequencies = [np.minimum(rng.zipf(1.6, len(articles)), 400).astype(np.int32) for articles in having]
    writer = PostingsWriter(BY_NAME["frequency"], codes)
    counts = np.array(list(map(len, having)), np.int64)
    writer.add(Run(TERMS, counts, np.concatenate(having), Details(np.concatenate(frequencies))))
    path = tmp_path / f"{seed}.terms"
    with path.open("wb") as file:
        sections = SectionWriter(file, "x")
        sections.finish({"fields": {"f": writer.finish(sections, "f")}})
    read = SectionFile(path.read_bytes(), "x", "x")
    return FieldArrays(read, "f", SIZE, FieldLengths(lambda: codes)), codes, having, frequencies


@pytest.fixture(scope="module")
def segments(tmp_path_factory):
    folder = tmp_path_factory.mktemp("postings")
    return [field(folder, seed) for seed in range(3)]


def joined(segments, term):
    stretches, articles, frequencies, lengths = [], [], [], []
    for number, (arrays, codes, having, counts) in enumerate(segments):
        stretches.append(Stretch.of(arrays, term, number * SIZE))
        articles.append(having[term] + number * SIZE)
        frequencies.append(counts[term])
        lengths.append(LENGTHS[codes[having[term]]])
    return TermPostings(stretches), *map(np.concatenate, (articles, frequencies, lengths))


@pytest.mark.parametrize("term", range(len(TERMS)))
@pytest.mark.parametrize("count", [1, 3])
def test_all_segments_make_one_list(segments, term, count):
    postings, articles, frequencies, _ = joined(segments[:count], term)
    assert postings.count == len(articles)
    assert np.array_equal(postings.articles, articles)
    assert np.array_equal(postings.frequencies, frequencies)


@settings(max_examples=60)
@given(data=st.data(), term=st.integers(0, len(TERMS) - 1))
def test_some_blocks_hold_what_lies_between_their_ends(segments, data, term):
    postings, articles, frequencies, _ = joined(segments, term)
    numbers = st.integers(0, postings.block_count - 1)
    chosen = np.array(sorted(data.draw(st.sets(numbers, min_size=1))), np.int64)
    homes = postings.lasts.searchsorted(articles)
    inside = np.isin(homes, chosen)
    found, counts = postings.in_blocks(chosen)
    assert np.array_equal(found, articles[inside])
    assert np.array_equal(counts, frequencies[inside])


@pytest.mark.parametrize("length", [10.0, 100.0, 5_000.0])
@pytest.mark.parametrize("term", range(len(TERMS)))
def test_no_article_is_denser_than_its_block_can_be(segments, term, length):
    postings, articles, frequencies, lengths = joined(segments, term)
    bounds = postings.densest(length)
    density = frequencies / (lengths + length)
    homes = postings.lasts.searchsorted(articles)
    assert (density <= bounds[homes] * (1 + 1e-5)).all()


def test_bounds_are_near_what_they_bound(segments):
    """Bounds that are far off bound, too, but skip nothing."""
    for segment in segments:
        postings, articles, frequencies, lengths = joined([segment], 0)
        average = segment[0].average
        homes = postings.lasts.searchsorted(articles)
        exact = np.maximum.reduceat(frequencies / (lengths + average), np.flatnonzero(np.diff(homes, prepend=-1)))
        assert (postings.densest(average)[:-1] <= exact[:-1] * (1 + 1e-5)).all()


def test_a_term_that_is_nowhere_has_no_postings():
    postings = TermPostings([])
    assert postings.count == 0
    assert postings.articles.tolist() == postings.frequencies.tolist() == []


@pytest.fixture(scope="module")
def placed_segments(tmp_path_factory):
    folder = tmp_path_factory.mktemp("places")
    return [placed_field(folder, seed) for seed in range(3)]


def placed_field(folder, seed):
    """Write a segment of random positions; give it, and what was written: by term, then article, the gaps."""
    rng = np.random.default_rng(seed)
    terms = []
    for share in SHARES:
        having = np.flatnonzero(rng.random(SIZE) < share).tolist() or [7]
        terms.append({one: rng.integers(0, 300, min(int(rng.zipf(1.3)), 700)).astype(np.uint32) for one in having})
    writer = PostingsWriter(BY_NAME["positions"], np.zeros(SIZE, np.uint8))
    gaps = [list(term.values()) for term in terms]
    details = Details(
        np.array([len(one) for term in gaps for one in term], np.int32),
        np.concatenate([one.cumsum() for term in gaps for one in term]).astype(np.int32),
    )
    articles = np.array([one for term in terms for one in term], np.int32)
    writer.add(Run(TERMS, np.array(list(map(len, terms)), np.int64), articles, details))
    path = folder / f"{seed}.terms"
    with path.open("wb") as file:
        sections = SectionWriter(file, "x")
        sections.finish({"fields": {"f": writer.finish(sections, "f")}})
    read = SectionFile(path.read_bytes(), "x", "x")
    return FieldArrays(read, "f", SIZE, FieldLengths(lambda: np.zeros(SIZE, np.uint8))), terms


@pytest.mark.parametrize("term", range(len(TERMS)))
@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("share", [1.0, 0.5, 0.01, 0.0])
def test_the_places_in_some_articles(placed_segments, term, count, share):
    stretches, written = [], {}
    for number, (arrays, terms) in enumerate(placed_segments[:count]):
        stretches.append(Stretch.of(arrays, term, number * SIZE))
        written |= {article + number * SIZE: gaps.tolist() for article, gaps in terms[term].items()}
    postings = TermPostings(stretches)
    assert postings.occurrence_count == sum(map(len, written.values()))
    chosen = np.random.default_rng(term).random(postings.count) < share
    chosen[-1] = True
    rows = chosen.nonzero()[0]
    ends, positions = postings.positions_of(rows, np.zeros(len(rows), np.int64))
    expected = [written[article] for article in postings.articles[rows].tolist()]
    assert ends.tolist() == np.cumsum(list(map(len, expected))).tolist()
    assert positions.tolist() == [position for gaps in expected for position in accumulate(gaps)]
