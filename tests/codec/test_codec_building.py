"""Segments built in bulk hold what Whoosh's writer would have written; merging loses only what was deleted."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from whoosh import analysis, columns, fields, formats, index, query
from whoosh.filedb.filestore import RamStorage
from whoosh.searching import Searcher

from searcher.store.codec import (
    ArrayCodec,
    ArraySegment,
    Batch,
    SegmentArrays,
    SegmentBuilder,
    choose_merges,
    merge,
    verify,
)
from searcher.store.codec.forms import FormArrays
from searcher.store.codec.term_postings import Stretch, TermPostings

STEMS = {
    "Deal": "deal",
    "deals": "deal",
    "deal": "deal",
    "War": "war",
    "war": "war",
    "peace": "peace",
    "Peaces": "peace",
}


class ByForm(analysis.Analyzer):
    """Reads `form` or `form|stem`, words apart by blanks; either side of a pair may be empty."""

    def __init__(self, *, exact=False):
        self.exact = exact

    def __call__(self, value, **options):
        token = analysis.Token(**options)
        for position, (form, stem) in enumerate(pairs(value)):
            token.text = form if self.exact else stem
            token.pos = position
            token.boost = 1.0
            token.stopped = False
            token.startchar, token.endchar = 0, 0
            if token.text:
                yield token


def pairs(text):
    for word in text.split():
        form, _, stem = word.partition("|")
        yield form, stem if "|" in word else STEMS.get(form, form)


def unscored(analyzer):
    text = fields.TEXT(analyzer=analyzer)
    text.scorable = False
    return text


def schema():
    person = fields.KEYWORD()
    person.format = formats.Existence()
    return fields.Schema(
        id=fields.ID(stored=True, unique=True, sortable=columns.VarBytesColumn()),
        body=fields.TEXT(analyzer=ByForm(), stored=True),
        body_exact=unscored(ByForm(exact=True)),
        person=person,
        source=fields.ID(sortable=columns.RefBytesColumn()),
        day=fields.NUMERIC(int, 32, signed=True, shift_step=0, sortable=True, default=2**31 - 1),
        size=fields.COLUMN(columns.NumericColumn("q")),
    )


@dataclass
class Vocabulary:
    forms: list = field(default_factory=list)
    stems: list = field(default_factory=list)
    numbers: dict = field(default_factory=dict)

    def number(self, pair):
        if pair not in self.numbers:
            self.numbers[pair] = len(self.forms)
            self.forms.append(pair[0])
            self.stems.append(pair[1])
        return self.numbers[pair]


@dataclass
class Words:
    words: np.ndarray
    starts: np.ndarray
    positions: np.ndarray | None
    vocabulary: Vocabulary


def words_of(texts, vocabulary, *, explicit):
    rows = [[vocabulary.number(pair) for pair in pairs(text)] for text in texts]
    starts = np.cumsum([0, *map(len, rows)])
    positions = np.array([p for row in rows for p in range(len(row))], np.int32) if explicit else None
    return Words(np.array([n for row in rows for n in row], np.int32), starts, positions, vocabulary)


def batch(articles, vocabulary, *, explicit=False):
    return Batch(
        stored=[{"id": a["id"], "body": a["body"]} for a in articles],
        texts={"body": words_of([a["body"] for a in articles], vocabulary, explicit=explicit)},
        terms={
            "id": [a["id"] for a in articles],
            "person": [a["person"] for a in articles],
            "source": [a["source"] for a in articles],
            "day": [a["day"] for a in articles],
        },
        columns={
            "id": [a["id"] for a in articles],
            "source": [a["source"] for a in articles],
            "day": [a["day"] for a in articles],
            "size": [len(a["body"]) for a in articles],
        },
    )


def built(storage, articles, *, sizes=(3,), explicit=False):
    builder = SegmentBuilder(schema(), storage)
    vocabulary = Vocabulary()
    at = 0
    for size in [*sizes, len(articles)]:
        if articles[at : at + size]:
            builder.add(batch(articles[at : at + size], vocabulary, explicit=explicit))
        at += size
    return builder.finish()


def opened(storage, segments):
    index.TOC(schema(), list(segments), 1).write(storage, "MAIN")
    return index.FileIndex(storage).reader()


def by_whoosh(articles):
    ix = RamStorage().create_index(schema())
    writer = ix.writer(codec=ArrayCodec())
    for a in articles:
        given_fields = {key: value for key, value in a.items() if value is not None and value != []}
        writer.add_document(**given_fields | {"body_exact": a["body"], "size": len(a["body"])})
    writer.commit()
    return ix.reader()


word = st.sampled_from([*STEMS, "die|di", "die|die", "|us", "Putin|", "Putin|putin", "deal|", "é", "x\u4e2d"])
article = st.fixed_dictionaries(
    {
        "body": st.lists(word, max_size=25).map(" ".join),
        "person": st.lists(st.sampled_from(["ilham aliyev", "putin", "z"]), max_size=3, unique=True),
        "source": st.sampled_from([None, "AP", "Daily Sabah"]),
        "day": st.sampled_from([None, -5, 0, 737_000, 737_001]),
    }
)


def numbered(articles, first=0):
    return [{"id": f"{number:03}"} | one for number, one in enumerate(articles, first)]


archives = st.lists(article, min_size=1, max_size=12).map(numbered)


EMPTY = {"body": "", "person": [], "source": None, "day": None}
SPELT, LOOSE = EMPTY | {"body": "Deal"}, EMPTY | {"body": "Putin|"}


def contents(reader):
    """Everything a reader tells, by article id instead of number."""
    ids = [fields_of["id"] for _, fields_of in reader.iter_docs()]
    name = dict(zip(reader.all_doc_ids(), ids, strict=True))
    postings = {}
    for field_name, term in reader.all_terms():
        matcher = reader.postings(field_name, term)
        rows = []
        while matcher.is_active():
            places = matcher.value_as("positions") if matcher.supports("positions") else None
            rows.append((name[matcher.id()], matcher.weight(), places))
            matcher.next()
        if rows:
            postings[field_name, term] = rows
    held = [column for column in ("id", "source", "day", "size") if reader.has_column(column)]
    return (
        postings,
        list(reader.all_stored_fields()),
        {c: [reader.column_reader(c)[number] for number in reader.all_doc_ids()] for c in held},
        [reader.doc_field_length(number, "body") for number in reader.all_doc_ids()],
    )


@settings(max_examples=60)
@given(archives, st.lists(st.integers(1, 5), max_size=3), st.booleans())
def test_a_built_segment_holds_what_whooshs_writer_writes(articles, sizes, explicit):
    storage = RamStorage()
    segment = built(storage, articles, sizes=sizes, explicit=explicit)
    ours, theirs = opened(storage, [segment]), by_whoosh(articles)
    assert list(verify(storage, segment)) == []
    one, two = contents(ours), contents(theirs)
    assert one[0] == two[0]
    assert one[1] == two[1]
    assert one[2].items() >= two[2].items()
    assert one[3] == two[3]
    assert ours.field_length("body") == theirs.field_length("body")
    for name, term in theirs.all_terms():
        assert ours.doc_frequency(name, term) == theirs.doc_frequency(name, term)
        assert ours.frequency(name, term) == theirs.frequency(name, term)


def merged_in_pieces(storage, segments, at_once):
    """Merge with no more than so many occurrences in memory."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("searcher.store.codec.postings_merging._LEAST_AT_ONCE", at_once)
        return merge(storage, schema(), segments, memory=0)


@settings(max_examples=60)
@given(
    st.lists(st.lists(article, min_size=1, max_size=6), min_size=1, max_size=4),
    st.sets(st.integers(0, 20)),
    st.booleans(),
    st.sampled_from([1, 3, 4096]),
)
@example([[SPELT], [LOOSE]], set(), False, 4096)
@example([[LOOSE], [LOOSE]], {0}, False, 1)
@example([[LOOSE]], {0}, False, 4096)
@example([[EMPTY], [LOOSE]], set(), True, 1)
def test_merging_drops_deleted_articles_and_nothing_else(archives_, deleted, mixed, at_once):
    storage = RamStorage()
    segments, everything = [], []
    for articles in archives_:
        fresh = numbered(articles, len(everything))
        everything += fresh
        segments.append(built(storage, fresh))
    if mixed:
        # A segment that Whoosh's own writer made holds its spellings as a field of their own.
        ix = storage.create_index(schema(), indexname="OTHER")
        writer = ix.writer(codec=ArrayCodec())
        extra = {"id": "zzz", "body": "deal War die|di", "person": ["putin"], "source": "AP", "day": 0}
        writer.add_document(**extra | {"body_exact": extra["body"], "size": len(extra["body"])})
        writer.commit()
        segments += ix._segments()
        everything.append(extra)
    at = 0
    for segment in segments:
        numbers = [n - at for n in deleted if 0 <= n - at < segment.doc_count_all()]
        segment.delete_documents(np.array(numbers, np.int64))
        at += segment.doc_count_all()
    left = [one for number, one in enumerate(everything) if number not in deleted]
    merged = merged_in_pieces(storage, segments, at_once)
    assert merged.doc_count_all() == len(left)
    assert list(verify(storage, merged)) == []
    ours = opened(storage, [merged])
    if not left:
        assert list(ours.all_terms()) == []
        return
    theirs = by_whoosh(left)
    one, two = contents(ours), contents(theirs)
    assert one[0] == two[0]
    assert one[1] == two[1]
    assert one[3] == two[3]
    assert ours.field_length("body") == theirs.field_length("body")


@settings(max_examples=30)
@given(st.lists(st.lists(article, min_size=1, max_size=6), min_size=1, max_size=4), st.sets(st.integers(0, 20)))
def test_merging_in_pieces_writes_the_same_bytes(archives_, deleted):
    storage = RamStorage()
    segments = [built(storage, numbered(articles)) for articles in archives_]
    for number, segment in enumerate(segments):
        segment.delete_documents(np.array([n for n in deleted if n < segment.doc_count_all()][number::2], np.int64))
    files = []
    for at_once in (1 << 20, 1, 4):
        arrays = merged_in_pieces(storage, segments, at_once).arrays(storage)
        files.append([{name: f.bytes(name) for name in f} for f in (arrays.terms_file, arrays.documents_file)])
    assert files[0] == files[1] == files[2]


@settings(max_examples=30)
@given(archives)
def test_the_arrays_say_what_the_matchers_say(articles):
    storage = RamStorage()
    reader = opened(storage, [built(storage, articles)])
    arrays = SegmentArrays.of(reader)
    assert arrays.article_count == len(articles)
    assert arrays.live is None
    for name in arrays.fields:
        held = arrays.field(name)
        everything = held.postings_of(range(held.term_count))
        found = []
        for number, term in enumerate(held.terms()):
            postings = held.postings(number)
            matcher = reader.postings(name, term)
            assert postings.articles.tolist() == list(matcher.all_ids())
            found += [
                (a, number, f) for a, f in zip(postings.articles.tolist(), postings.frequencies.tolist(), strict=True)
            ]
            if held.kind.positions and not isinstance(held, FormArrays):
                some = np.arange(0, len(postings), 2)
                assert positions_of(held, number, some) == positions_one_by_one(postings, some)
        assert [tuple(row) for row in zip(*(column.tolist() for column in everything), strict=True)] == found
    forward = arrays.values_of("person")
    people = [term.decode() for term in arrays.field("person").terms()] if arrays.field("person") else []
    for number, one in enumerate(articles):
        own = forward.terms[forward.starts[number] : forward.starts[number + 1]]
        assert [people[term] for term in own] == sorted(one["person"])


def test_phrases_find_spellings_and_stems():
    storage = RamStorage()
    articles = numbered(
        [{"body": body, "person": [], "source": None, "day": None} for body in ("War deals", "war Deal", "deal war")]
    )
    reader = opened(storage, [built(storage, articles)])
    searcher = Searcher(reader)
    assert len(searcher.search(query.Phrase("body", ["war", "deal"]))) == 2
    assert [hit["id"] for hit in searcher.search(query.Phrase("body_exact", ["War", "deals"]))] == ["000"]


def test_many_articles_over_many_blocks_and_stretches():
    rng = np.random.default_rng(3)
    forms = [f"w{number}" for number in range(3000)]
    drawn = np.minimum(rng.zipf(1.3, 60_000) - 1, 2999).reshape(400, 150)
    articles = [
        {"id": f"{n:04}", "body": " ".join(forms[w] for w in row), "person": [], "source": None, "day": n}
        for n, row in enumerate(drawn)
    ]
    storage = RamStorage()
    parts = [built(storage, articles[start : start + 100]) for start in range(0, 400, 100)]
    whole, merged = built(storage, articles), merge(storage, schema(), parts, memory=1 << 16)
    one, two = (segment.arrays(storage) for segment in (whole, merged))
    for name in ("body", "body_exact"):
        left, right = one.field(name), two.field(name)
        assert left.terms() == right.terms()
        assert left.total_frequencies().tolist() == right.total_frequencies().tolist()
        for number in range(0, left.term_count, 7):
            a, b = left.postings(number), right.postings(number)
            assert np.array_equal(a.articles, b.articles)
            assert np.array_equal(a.positions[1], b.positions[1])
    left = one.field("body")
    for step in (9, 40, 399):
        few = np.arange(1, len(left.postings(0)), step)
        assert positions_of(left, 0, few) == positions_one_by_one(left.postings(0), few)


def positions_of(field, number, indices):
    ends, positions = TermPostings([Stretch.of(field, number, 0)]).positions_of(
        indices, np.zeros(len(indices), np.int64)
    )
    return [positions[begin:end].tolist() for begin, end in pairwise([0, *ends.tolist()])]


def positions_one_by_one(postings, indices):
    starts, positions = postings.positions
    return [positions[starts[index] : starts[index + 1]].tolist() for index in indices]


def test_nothing_added_is_no_segment():
    assert SegmentBuilder(schema(), RamStorage()).finish() is None


def test_a_field_that_came_late_and_left_early():
    storage = RamStorage()
    vocabulary = Vocabulary()
    builder = SegmentBuilder(schema(), storage)
    plain = [{"id": str(n), "body": "war", "person": [], "source": None, "day": None} for n in range(4)]
    bare = Batch(stored=[{"id": "x"}], terms={"id": ["x"]})
    builder.add(bare)
    builder.add(batch(plain[:1], vocabulary))
    builder.add(bare)
    builder.add(batch(plain[1:2], vocabulary))
    builder.add(bare)
    reader = opened(storage, [builder.finish()])
    assert list(reader.postings("body", "war").all_ids()) == [1, 3]
    assert [reader.doc_field_length(number, "body") for number in range(5)] == [0, 1, 0, 1, 0]


def test_a_value_that_cannot_be_kept_leaves_the_builder_usable():
    builder = SegmentBuilder(schema(), RamStorage())
    with pytest.raises(TypeError, match="object"):
        builder.add(Batch(stored=[{"id": object()}]))


def test_a_failed_write_leaves_no_file():
    class Full(RamStorage):
        def create_file(self, name, **options):
            file = super().create_file(name, **options)
            file.write = lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device"))
            return file

    storage = Full()
    articles = numbered([{"body": "war", "person": [], "source": None, "day": None}])
    with pytest.raises(OSError, match="space"):
        built(storage, articles)
    assert list(storage.list()) == []


def sized(*counts):
    return [ArraySegment("MAIN", count) for count in counts]


def test_few_segments_are_left_alone_and_many_are_merged_once():
    assert choose_merges(sized(1_000_000, *[1] * 7)) == []
    small = sized(1_000_000, *[1] * 8)
    assert choose_merges(small) == [small[1:]]
    assert choose_merges(small, at_least=9) == []
    tiers = sized(100_000, *[3000] * 8, *[400] * 3, 5)
    assert choose_merges(tiers) == [tiers[1:]]
    assert choose_merges(tiers[2:]) == []


@given(st.integers(1, 400))
def test_single_additions_leave_few_segments_and_rewrite_each_article_seldom(additions):
    segments, rewritten = [], 0
    for _ in range(additions):
        segments += sized(1)
        for group in choose_merges(segments):
            count = sum(segment.doc_count() for segment in group)
            rewritten += count
            segments = [segment for segment in segments if segment not in group] + sized(count)
    assert sum(segment.doc_count() for segment in segments) == additions
    assert len(segments) <= 15
    assert rewritten <= 16 * additions


def test_a_segment_mostly_deleted_is_rewritten():
    segment = ArraySegment("MAIN", 10)
    segment.delete_documents(np.arange(4))
    assert choose_merges([segment]) == [[segment]]
