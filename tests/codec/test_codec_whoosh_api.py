"""What Whoosh offers around a search, asked of an index of ours and of one of its own: the same comes back."""

from __future__ import annotations

import datetime as dt

import pytest
from whoosh import collectors, fields, highlight, index, qparser, query, scoring, sorting, spelling
from whoosh.filedb.filestore import RamStorage
from whoosh.query import spans
from whoosh.searching import Searcher
from whoosh.writing import AsyncWriter, BufferedWriter

from searcher.store.codec import ArrayCodec, ArraySegment, verify

SOURCES = ["AP", "Reuters", "AFP"]
BODIES = [
    "the lachin corridor was closed and the corridor stayed closed",
    "peace talks in vienna went on about the lachin corridor",
    "a treaty of peace was signed at the border bridge",
    "the minister spoke of the bridge over the border river",
    "winter in the harbour and talks about talks",
]


def schema():
    return fields.Schema(
        id=fields.ID(stored=True, unique=True),
        kind=fields.ID(stored=True),
        body=fields.TEXT(stored=True, vector=True, spelling=True, sortable=True),
        source=fields.ID(stored=True, sortable=True),
        tags=fields.KEYWORD(stored=True, commas=True, sortable=True),
        size=fields.NUMERIC(int, stored=True, sortable=True),
        day=fields.DATETIME(stored=True, sortable=True),
        grams=fields.NGRAMWORDS(minsize=3, maxsize=4),
    )


def document(number):
    body = BODIES[number % len(BODIES)] + f" story{number}" + " corridor" * (number % 4)
    return {
        "id": str(number),
        "kind": "parent" if number % 3 == 0 else "child",
        "body": body,
        "source": SOURCES[number % len(SOURCES)],
        "tags": ",".join(sorted({SOURCES[number % 2], SOURCES[number % 3]})),
        "size": number * 7 % 11,
        "day": dt.datetime(2020, 1 + number % 12, 1 + number % 28),  # noqa: DTZ001
        "grams": body,
    }


def filled(codec, storage=None):
    """Three segments, of which some documents are deleted and some replaced."""
    made = (storage or RamStorage()).create_index(schema())
    for part in range(3):
        writer = made.writer(codec=codec())
        for number in range(part * 12, part * 12 + 12):
            writer.add_document(**document(number))
        writer.commit(merge=False)
    writer = made.writer(codec=codec())
    writer.update_document(**{**document(5), "body": "changed: peace at the harbour"})
    writer.delete_by_query(query.And([query.Term("source", "AFP"), query.Term("body", "winter")]))
    writer.delete_by_term("id", "7")
    writer.commit(merge=False)
    return made


def theirs():
    from whoosh.codec.whoosh3 import W3Codec

    return W3Codec()


@pytest.fixture(scope="module")
def both():
    made = filled(ArrayCodec), filled(theirs)
    assert all(isinstance(segment, ArraySegment) for segment in made[0]._segments())
    with made[0].searcher() as one, made[1].searcher() as two:
        yield one, two


def term(word, field="body"):
    return query.Term(field, word)


def hits(results):
    return [(hit["id"], round(hit.score, 4) if isinstance(hit.score, float) else hit.score) for hit in results]


PEACE_OR_TALKS = query.Or([term("peace"), term("talks"), term("corridor")])
NEAR = spans.SpanNear(term("lachin"), term("corridor"), slop=2)


def _pinpointed(searcher):
    results = searcher.search(NEAR, limit=3, terms=True)
    results.fragmenter = highlight.PinpointFragmenter(surround=10)
    return [hit.highlights("body") for hit in results]


def _extended(searcher):
    one, two = searcher.search(term("peace"), limit=None), searcher.search(term("talks"), limit=None)
    one.upgrade_and_extend(two)
    return [hit["id"] for hit in one]


def _corrected(searcher):
    parsed = qparser.QueryParser("body", schema()).parse("lachim coridor")
    return searcher.correct_query(parsed, "lachim coridor").string


def _weighted(searcher):
    weightings = (scoring.TF_IDF(), scoring.Frequency(), scoring.BM25F(body_B=0.3), scoring.PL2())
    return [
        hits(Searcher(searcher.reader(), weighting=weighting, closereader=False).search(PEACE_OR_TALKS, limit=8))
        for weighting in weightings
    ]


def _limited(searcher):
    collector = collectors.TimeLimitCollector(searcher.collector(limit=5), timelimit=30)
    searcher.search_with_collector(PEACE_OR_TALKS, collector)
    return hits(collector.results())


def _read(reader):
    return (
        list(reader.field_terms("source")),
        list(reader.expand_prefix("body", "co")),
        list(reader.lexicon("tags")),
        [(term_, info.weight(), info.doc_frequency()) for term_, info in reader.iter_field("body")],
        reader.most_frequent_terms("body", 5),
        [(round(score, 4), term_) for score, term_ in reader.most_distinctive_terms("body", 5)],
        reader.first_id("body", "bridge"),
        list(reader.terms_within("body", "talk", 1)),
        reader.corrector("body").suggest("bordr", limit=2),
        [fields_ for _, fields_ in reader.iter_docs()],
        reader.min_field_length("body"),
        reader.max_field_length("body"),
        reader.unique_count("body") if hasattr(reader, "unique_count") else None,
    )


def _vectors(searcher):
    reader = searcher.reader()
    return [
        (list(reader.vector_as("frequency", number, "body")), list(reader.vector_as("positions", number, "body")))
        for number in reader.all_doc_ids()
    ]


ASKED = {
    "sorted by several": lambda s: hits(
        s.search(query.Every(), limit=None, sortedby=[sorting.FieldFacet("source"), sorting.FieldFacet("size")])
    ),
    "sorted by date, backwards": lambda s: hits(s.search(PEACE_OR_TALKS, sortedby="day", reverse=True, limit=7)),
    "sorted by score, then size": lambda s: hits(
        s.search(PEACE_OR_TALKS, limit=None, sortedby=[sorting.ScoreFacet(), sorting.FieldFacet("size")])
    ),
    "sorted by text": lambda s: hits(s.search(query.Every(), sortedby="body", limit=None)),
    "grouped by field": lambda s: s.search(PEACE_OR_TALKS, groupedby="source").groups(),
    "grouped by overlapping keywords": lambda s: s.search(
        query.Every(), groupedby=sorting.FieldFacet("tags", allow_overlap=True)
    ).groups(),
    "grouped by ranges": lambda s: s.search(
        query.Every(), groupedby=sorting.RangeFacet("size", 0, 11, 3), maptype=sorting.Count
    ).groups(),
    "grouped by months": lambda s: s.search(
        query.Every(),
        groupedby=sorting.DateRangeFacet(
            "day",
            dt.datetime(2020, 1, 1),  # noqa: DTZ001
            dt.datetime(2020, 12, 31),  # noqa: DTZ001
            dt.timedelta(days=61),
        ),
    ).groups(),
    "grouped by queries": lambda s: s.search(
        query.Every(), groupedby=sorting.QueryFacet({"peace": term("peace"), "bridge": term("bridge")})
    ).groups(),
    "grouped by stored field": lambda s: s.search(PEACE_OR_TALKS, groupedby=sorting.StoredFieldFacet("kind")).groups(),
    "collapsed": lambda s: hits(s.search(PEACE_OR_TALKS, collapse="source", collapse_limit=2, limit=None)),
    "collapsed by size": lambda s: hits(
        s.search(PEACE_OR_TALKS, collapse="source", collapse_order=sorting.FieldFacet("size"), limit=None)
    ),
    "filtered and masked": lambda s: hits(
        s.search(PEACE_OR_TALKS, filter=term("AP", "source"), mask=term("lachin"), limit=None)
    ),
    "a page": lambda s: hits(s.search_page(PEACE_OR_TALKS, 2, pagelen=4)),
    "terms that matched": lambda s: [
        (hit["id"], sorted(hit.matched_terms())) for hit in s.search(PEACE_OR_TALKS, terms=True, limit=None)
    ],
    "highlights": lambda s: [hit.highlights("body", top=2) for hit in s.search(PEACE_OR_TALKS, limit=5)],
    "highlights pinpointed": _pinpointed,
    "extended": _extended,
    "suggestions": lambda s: [s.suggest("body", "coridor"), s.suggest("body", "brigde", maxdist=2, limit=3)],
    "corrections": _corrected,
    "a corrector of the field": lambda s: spelling.ReaderCorrector(s.reader(), "body", schema()["body"]).suggest(
        "tlks"
    ),
    "key terms": lambda s: s.key_terms([0, 1, 2], "body", numterms=5),
    "key terms of hits": lambda s: s.search(PEACE_OR_TALKS).key_terms("body", numterms=4),
    "more like this": lambda s: hits(s.search(term("lachin"))[0].more_like_this("body", top=5)),
    "near": lambda s: hits(s.search(NEAR, limit=None)),
    "near in order": lambda s: hits(
        s.search(spans.SpanNear2([term("peace"), term("talks")], slop=3, ordered=True), limit=None)
    ),
    "first": lambda s: hits(s.search(spans.SpanFirst(term("peace"), limit=1), limit=None)),
    "not near": lambda s: hits(s.search(spans.SpanNot(term("corridor"), NEAR), limit=None)),
    "spans or": lambda s: hits(s.search(spans.SpanOr([NEAR, term("bridge")]), limit=None)),
    "containing": lambda s: hits(s.search(spans.SpanContains(NEAR, term("lachin")), limit=None)),
    "before": lambda s: hits(s.search(spans.SpanBefore(term("lachin"), term("closed")), limit=None)),
    "condition": lambda s: hits(s.search(spans.SpanCondition(term("peace"), term("talks")), limit=None)),
    "parents": lambda s: hits(s.search(query.NestedParent(term("parent", "kind"), term("talks")), limit=None)),
    "children": lambda s: hits(
        s.search(query.NestedChildren(term("parent", "kind"), query.And([term("parent", "kind"), term("lachin")])))
    ),
    "variations, regex, fuzzy": lambda s: [
        hits(s.search(q, limit=None))
        for q in (
            query.Variations("body", "talk"),
            query.Regex("body", "corr.*r"),
            query.FuzzyTerm("body", "lachim", maxdist=2, prefixlength=2),
            query.Wildcard("body", "*ridge"),
            query.TermRange("body", "p", "t"),
            query.DateRange("day", dt.datetime(2020, 3, 1), dt.datetime(2020, 6, 30)),  # noqa: DTZ001
            query.NumericRange("size", 3, 8),
            query.ConstantScoreQuery(term("peace"), 2.0),
            query.Ordered([term("lachin"), term("corridor")]),
            query.Otherwise(term("nothing"), term("peace")),
        )
    ],
    "parsed": lambda s: hits(
        s.search(qparser.QueryParser("body", schema()).parse('"lachin corridor"~3 OR (peace NOT treaty) source:AP^2'))
    ),
    "grams": lambda s: hits(s.search(qparser.QueryParser("grams", schema()).parse("corri"), limit=None)),
    "weightings": _weighted,
    "document": lambda s: (s.document(id="5"), s.document(id="7"), s.document_number(id="9") is None),
    "documents": lambda s: sorted(d["id"] for d in s.documents(source="Reuters", kind="child")),
    "time limited": _limited,
    "reader": lambda s: _read(s.reader()),
    "vectors": _vectors,
    "matcher of a posting list": lambda s: [list(m) for m in [s.postings("body", "corridor").items_as("positions")]],
    "idf": lambda s: [round(s.idf("body", word), 5) for word in ("corridor", "peace", "winter")],
    "total of all": lambda s: (s.doc_count(), s.doc_count_all(), s.doc_frequency("body", "peace")),
}


@pytest.mark.parametrize("name", ASKED)
def test_the_same_comes_back(both, name):
    ours, whooshs = (ASKED[name](searcher) for searcher in both)
    assert ours == whooshs
    assert ours not in ([], {}, None)


def test_a_buffered_writer_shows_what_it_has_not_written(tmp_path):
    found = []
    for codec in (ArrayCodec, theirs):
        made = filled(codec)
        writer = BufferedWriter(made, period=None, limit=5, writerargs={"codec": codec()})
        for number in range(40, 52):
            writer.update_document(**document(number))
        writer.delete_by_term("id", "41")
        with writer.searcher() as searcher:
            seen = sorted(hit["id"] for hit in searcher.search(query.Every(), limit=None))
        writer.close()
        with made.searcher() as searcher:
            found.append((seen, sorted(hit["id"] for hit in searcher.search(query.Every(), limit=None))))
    assert found[0] == found[1]


def test_an_asynchronous_writer_waits_for_the_lock(tmp_path):
    made = index.create_in(str(tmp_path), schema())
    first = made.writer(codec=ArrayCodec())
    first.add_document(**document(1))
    waiting = AsyncWriter(made, delay=0.01, writerargs={"codec": ArrayCodec()})
    waiting.add_document(**document(2))
    waiting.commit()
    first.commit()
    waiting.join(60)
    with made.searcher() as searcher:
        assert sorted(d["id"] for d in searcher.documents()) == ["1", "2"]
    assert [d for segment in made._segments() for d in verify(made.storage, segment)] == []


@pytest.mark.parametrize("merging", [{"merge": True}, {"optimize": True}, {"mergetype": "clear"}])
def test_ways_to_commit(merging):
    from whoosh.writing import CLEAR

    left = []
    for codec in (ArrayCodec, theirs):
        made = filled(codec)
        writer = made.writer(codec=codec())
        writer.add_document(**document(60))
        writer.commit(**({"mergetype": CLEAR} if "mergetype" in merging else merging))
        with made.searcher() as searcher:
            left.append((sorted(d["id"] for d in searcher.documents()), hits(searcher.search(PEACE_OR_TALKS))))
    assert left[0] == left[1]


def test_a_field_made_sortable_later_sorts():
    found = []
    for codec in (ArrayCodec, theirs):
        made = filled(codec)
        writer = made.writer(codec=codec())
        sorting.add_sortable(writer, "kind", sorting.FieldFacet("kind"))
        writer.commit(merge=False)
        with made.searcher() as searcher:
            found.append(hits(searcher.search(query.Every(), sortedby=["kind", "size"], limit=None)))
    assert found[0] == found[1]


def test_a_removed_and_an_added_field():
    found = []
    for codec in (ArrayCodec, theirs):
        made = filled(codec)
        writer = made.writer(codec=codec())
        writer.remove_field("tags")
        writer.add_field("note", fields.TEXT(stored=True))
        writer.add_document(**{k: v for k, v in document(70).items() if k != "tags"}, note="a note of lachin")
        writer.commit(optimize=True)
        with made.searcher() as searcher:
            found.append((sorted(searcher.reader().indexed_field_names()), hits(searcher.search(term("note", "note")))))
    assert found[0] == found[1]
    assert found[0][1]
