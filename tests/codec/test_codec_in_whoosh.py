"""Whoosh with our codec answers as Whoosh with its own does, and as a scan of the texts does."""

from __future__ import annotations

import datetime as dt
import pickle
import struct
from collections import Counter
from itertools import pairwise

import pytest
import whoosh
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import analysis, columns, fields, formats, index, query, sorting
from whoosh.filedb.filestore import RamStorage
from whoosh.matching import ReadTooFar
from whoosh.reading import TermNotFound

from searcher.store.codec import ArrayCodec, ArraySegment, verify

WORDS = ["armenia", "baku", "corridor", "deal", "lachin", "peace", "people", "turkey", "war"]
TAGS = ["asia", "europe", "world"]


# Older Whooshes cannot write a column of floats at all.
FLOATS_SORT = whoosh.__version__ >= (3,)
SORTED = ["number", "day", "tags", *(["ratio"] if FLOATS_SORT else [])]


def with_format(kind):
    field = fields.TEXT()
    field.format = kind()
    return field


def schema():
    return fields.Schema(
        id=fields.ID(stored=True, unique=True),
        body=fields.TEXT(stored=True, vector=True, spelling=True),
        characters=fields.TEXT(chars=True, field_boost=2.0),
        boosts=with_format(formats.PositionBoosts),
        tags=fields.KEYWORD(sortable=True, scorable=True, commas=True),
        number=fields.NUMERIC(int, sortable=True, signed=True, stored=True),
        ratio=fields.NUMERIC(float, sortable=FLOATS_SORT),
        day=fields.DATETIME(sortable=True, stored=True),
        flag=fields.BOOLEAN(stored=True),
        grams=fields.NGRAM(minsize=2, maxsize=3),
        bits=fields.COLUMN(columns.BitColumn()),
        names=fields.COLUMN(columns.RefBytesColumn()),
        odd=fields.COLUMN(columns.CompressedBytesColumn()),
    )


text = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)
document = st.fixed_dictionaries(
    {"body": text},
    optional={
        "characters": text,
        "boosts": text,
        "tags": st.lists(st.sampled_from(TAGS), min_size=1, max_size=3).map(",".join),
        "number": st.integers(-1000, 1000),
        "ratio": st.floats(-10, 10, width=32).map(lambda ratio: ratio + 0.0),  # not -0.0
        "day": st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2030, 1, 1)),  # noqa: DTZ001
        "flag": st.booleans(),
        "grams": st.sampled_from(WORDS),
        "bits": st.booleans(),
        "names": st.sampled_from([b"one", b"two"]),
        "odd": st.binary(max_size=5),
    },
)
commits = st.lists(
    st.tuples(st.lists(document, max_size=8), st.sets(st.integers(0, 15), max_size=3), st.sampled_from("nmo")),
    min_size=1,
    max_size=4,
)

word = st.sampled_from(WORDS)
field = st.sampled_from(["body", "characters", "boosts"])
leaf = st.one_of(
    st.builds(query.Term, field, word),
    st.builds(
        lambda f, words, slop: query.Phrase(f, words, slop=slop),
        field,
        st.lists(word, min_size=2, max_size=3),
        st.integers(1, 4),
    ),
    st.builds(lambda f, w: query.Prefix(f, w[:2]), field, word),
    st.builds(lambda f, w: query.Wildcard(f, w[0] + "*" + w[-1]), field, word),
    st.builds(lambda f, w: query.FuzzyTerm(f, w[:-1], maxdist=1), field, word),
    st.builds(
        lambda low, size: query.NumericRange("number", low, low + size), st.integers(-1000, 1000), st.integers(0, 500)
    ),
    st.builds(lambda f, one, two: query.TermRange(f, min(one, two), max(one, two)), field, word, word),
    st.builds(query.Term, st.just("tags"), st.sampled_from(TAGS)),
    st.just(query.Every()),
    st.just(query.Every("tags")),
)
queries = st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(query.And),
        st.lists(inner, min_size=1, max_size=3).map(query.Or),
        st.builds(query.AndNot, inner, inner),
        st.builds(query.AndMaybe, inner, inner),
        st.builds(query.Require, inner, inner),
        st.lists(inner, min_size=1, max_size=3).map(query.DisjunctionMax),
        inner.map(query.Not),
    ),
    max_leaves=4,
)


def build(steps, codec):
    ix = RamStorage().create_index(schema())
    number = 0
    for documents, deleted, merging in steps:
        writer = ix.writer(codec=codec() if codec else None)
        for fields_of in documents:
            writer.add_document(id=str(number), **fields_of)
            number += 1
        for one in deleted:
            writer.delete_by_term("id", str(one))
        writer.commit(merge=merging == "m", optimize=merging == "o")
    return ix


def unless_it_fails(search):
    try:
        return search()
    except (IndexError, ReadTooFar, ValueError):
        # Whatever the codec, some of Whoosh's matchers ask for the article of a child that has none left, and its
        # downward sorting cannot place an article of a segment where no article has the column.
        return "fails"


def answers(searcher, q, **options):
    return unless_it_fails(lambda: [(hit["id"], hit.score) for hit in searcher.search(q, limit=None, **options)])


def order(searcher, q, by):
    return unless_it_fails(lambda: [hit["id"] for hit in searcher.search(q, limit=None, sortedby=by)])


def groups(searcher, q):
    return unless_it_fails(lambda: searcher.search(q, groupedby="tags").groups())


@settings(max_examples=60)
@given(commits, st.lists(queries, min_size=1, max_size=4))
def test_same_answers_as_whooshs_own_codec(steps, asked):
    with build(steps, ArrayCodec).searcher() as ours, build(steps, None).searcher() as theirs:
        for q in asked:
            assert answers(ours, q) == answers(theirs, q)
            for column in SORTED:
                for reverse in (False, True):
                    by = sorting.FieldFacet(column, reverse=reverse)
                    assert order(ours, q, by) == order(theirs, q, by)
            assert groups(ours, q) == groups(theirs, q)


@settings(max_examples=40)
@given(commits)
def test_same_contents_as_whooshs_own_codec(steps):
    with build(steps, ArrayCodec).reader() as ours, build(steps, None).reader() as theirs:
        assert ours.doc_count_all() == theirs.doc_count_all()
        assert list(ours.all_doc_ids()) == list(theirs.all_doc_ids())
        assert list(ours.all_stored_fields()) == list(theirs.all_stored_fields())
        assert list(ours.all_terms()) == list(theirs.all_terms())
        assert list(ours.iter_postings()) == list(map(without_none, theirs.iter_postings()))
        for name, term in ours.all_terms():
            one, two = ours.term_info(name, term), theirs.term_info(name, term)
            for statistic in ("weight", "doc_frequency", "max_weight", "min_id", "max_id"):
                assert getattr(one, statistic)() == getattr(two, statistic)(), (name, term, statistic)
        for name in ("body", "characters", "tags", "grams"):
            assert ours.field_length(name) == theirs.field_length(name)
            for number in range(ours.doc_count_all()):
                assert ours.doc_field_length(number, name, 0) == (theirs.doc_field_length(number, name, 0) or 0)
        for number in ours.all_doc_ids():
            assert ours.has_vector(number, "body") == theirs.has_vector(number, "body")
            if ours.has_vector(number, "body"):
                assert vector(ours, number) == vector(theirs, number)


def without_none(posting):
    return (*posting[:4], posting[4] or b"")


def vector(reader, number):
    matcher = reader.vector(number, "body")
    return [(matcher.id(), matcher.weight(), matcher.value()) for _ in iter(lambda: step(matcher), None)]


def step(matcher):
    if getattr(matcher, "begun", False):
        matcher.next()
    matcher.begun = True
    return True if matcher.is_active() else None


@settings(max_examples=30)
@given(commits)
def test_columns_hold_what_whooshs_own_codec_holds(steps):
    # A segment at a time: Whoosh's reader of several looks for articles of one without the column in the next one.
    with build(steps, ArrayCodec).reader() as ours, build(steps, None).reader() as theirs:
        for (one, _), (two, _) in zip(ours.leaf_readers(), theirs.leaf_readers(), strict=True):
            for name in (*SORTED, "bits", "names", "odd"):
                assert one.has_column(name) == two.has_column(name)
                if one.has_column(name):
                    same_column(one, two, name)


def same_column(ours, theirs, name):
    one, two = (reader.column_reader(name, translate=False) for reader in (ours, theirs))
    for number in ours.all_doc_ids():
        try:
            expected = repr((two[number], two.sort_key(number)))
        except (IndexError, struct.error):
            continue  # Whoosh cannot read its own column here.
        # By their looks: the float column's default is not a number, which equals nothing.
        assert repr((one[number], one.sort_key(number))) == expected


@settings(max_examples=30)
@given(st.lists(text, min_size=1, max_size=12), word, word)
def test_a_scan_of_the_texts_finds_the_same(texts, one, two):
    ix = build([([{"body": body} for body in texts], set(), "n")], ArrayCodec)
    split = [body.split() for body in texts]
    with ix.searcher() as searcher:
        held = {str(number) for number, words in enumerate(split) if one in words}
        assert {a for a, _ in answers(searcher, query.Term("body", one))} == held
        phrase = {str(n) for n, words in enumerate(split) if (one, two) in pairwise(words)}
        assert {a for a, _ in answers(searcher, query.Phrase("body", [one, two]))} == phrase
        counts = Counter(word for words in split for word in words)
        assert searcher.reader().frequency("body", one) == counts[one]


@settings(max_examples=20)
@given(commits)
def test_every_index_is_sound(steps):
    ix = build(steps, ArrayCodec)
    for segment in ix._segments():
        assert list(verify(ix.storage, segment)) == []


def test_skipping_walks_to_the_same_places():
    texts = [{"body": "lachin " * (number % 3 + 1) if number % 7 else "war"} for number in range(1000)]
    ours, theirs = (build([(texts, {3, 500}, "n")], codec).searcher() for codec in (ArrayCodec, None))
    for target in (0, 1, 7, 500, 998, 999):
        one, two = (s.postings("body", "lachin") for s in (ours, theirs))
        one.skip_to(target)
        two.skip_to(target)
        assert (one.is_active() and one.id()) == (two.is_active() and two.id())
    top = [answers_top(s, query.Or([query.Term("body", "lachin"), query.Term("body", "war")])) for s in (ours, theirs)]
    assert top[0] == top[1]


def answers_top(searcher, q):
    return [(hit["id"], hit.score) for hit in searcher.search(q, limit=5)]


def test_spelling_and_key_terms_work():
    texts = [{"body": "lachin corridor peace"}, {"body": "lachin corridor war"}, {"body": "turkey people"}]
    ours, theirs = (build([(texts, set(), "n")], codec).searcher() for codec in (ArrayCodec, None))
    assert ours.suggest("body", "lachim") == theirs.suggest("body", "lachim") == ["lachin"]
    assert ours.key_terms([0, 1], "body") == theirs.key_terms([0, 1], "body")
    more = [[h["id"] for h in s.more_like(0, "body", text="lachin corridor peace")] for s in (ours, theirs)]
    assert more[0] == more[1]


def test_an_index_on_disk_opens_by_whooshs_own_call(tmp_path):
    ix = index.create_in(str(tmp_path), schema())
    with ix.writer(codec=ArrayCodec()) as writer:
        writer.add_document(id="1", body="Lachin corridor")
    with index.open_dir(str(tmp_path)).searcher() as searcher:
        assert searcher.search(query.Term("body", "lachin"))[0]["id"] == "1"
    names = {path.suffix for path in tmp_path.iterdir() if path.suffix not in ("", ".toc")}
    assert names == {".terms", ".documents"}


def test_a_missing_term_is_whooshs_error():
    reader = build([([{"body": "war"}], set(), "n")], ArrayCodec).reader()
    with pytest.raises(TermNotFound):
        reader.postings("body", "peace")
    with pytest.raises(TermNotFound):
        reader.term_info("body", "peace")
    assert reader.frequency("body", "peace") == reader.doc_frequency("body", "peace") == 0


def test_a_segment_pickles_as_plain_values_with_its_deletions():
    segment = ArraySegment("MAIN", 1000)
    for number in (3, 999, 4):
        segment.delete_document(number)
    segment.delete_document(4, delete=False)
    state = segment.__getstate__()
    assert {type(value) for value in state.values()} == {str, int, bytes}
    copy = pickle.loads(pickle.dumps(segment))  # noqa: S301
    assert (copy, copy.doc_count(), list(copy.deleted_docs())) == (segment, 998, [3, 999])


def test_overlapping_tokens_keep_their_characters():
    shape = fields.Schema(id=fields.ID(stored=True), t=fields.TEXT(analyzer=analysis.NgramAnalyzer(2, 3), chars=True))
    positions = []
    for codec in (ArrayCodec, None):
        ix = RamStorage().create_index(shape)
        with ix.writer(codec=codec() if codec else None) as writer:
            writer.add_document(id="1", t="lachin peace lachin")
        matcher = ix.reader().postings("t", "ac")
        positions.append((matcher.value_as("characters"), matcher.value_as("positions"), matcher.spans()))
    assert positions[0] == positions[1]


def written(fieldobj, postings):
    """The postings of one field, handed to the codec by themselves: (term, [(document, weight, value, length)])."""
    storage, codec = RamStorage(), ArrayCodec()
    segment = codec.new_segment(storage, "MAIN")
    writer = codec.field_writer(storage, segment)
    writer.start_field("f", fieldobj)
    for term, rows in postings:
        writer.start_term(term)
        for posting in rows:
            writer.add(*posting)
        writer.finish_term()
    writer.finish_field()
    writer.close()
    return codec, storage, segment


def test_postings_without_documents_bring_their_lengths():
    codec, storage, segment = written(fields.TEXT(), [(b"a", [(0, 2.0, b"", 2), (7, 5.0, b"", 5)]), (b"b", [])])
    info = codec.terms_reader(storage, segment).term_info("f", b"a")
    assert (info.weight(), info.doc_frequency(), info.min_length(), info.max_length()) == (7.0, 2, 2, 5)
    documents = codec.per_document_reader(storage, segment)
    assert (documents.doc_count(), documents.stored_fields(7)) == (8, {})
    assert list(verify(storage, segment)) == []


@given(st.lists(st.binary(max_size=6), min_size=1, max_size=5))
def test_values_that_the_format_never_made_come_back_as_they_were(values):
    given_ = [(number, 1.0, value, 1) for number, value in enumerate(values)]
    codec, storage, segment = written(fields.TEXT(), [(b"a", given_)])
    matcher = codec.terms_reader(storage, segment).matcher("f", b"a", fields.TEXT().format)
    assert [(matcher.id(), matcher.value()) for _ in iter(lambda: step(matcher), None)] == list(enumerate(values))
    assert list(verify(storage, segment)) == []


def test_boosts_come_back_exactly():
    boosts = formats.PositionBoosts()
    value = boosts.encode([(1, 0.1), (3, 0.7)])
    codec, storage, segment = written(with_format(formats.PositionBoosts), [(b"a", [(0, 1.0, value, 2)])])
    matcher = codec.terms_reader(storage, segment).matcher("f", b"a", boosts)
    assert matcher.value_as("position_boosts") == [(1, 0.1), (3, 0.7)]
