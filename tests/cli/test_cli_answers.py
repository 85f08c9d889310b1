"""What each command writes, in each format, and the exit code it ends with."""

from __future__ import annotations

import csv
import io
import json
import sys

import pytest

pytestmark = pytest.mark.usefixtures("archive")


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


# query


def test_query_as_json_has_the_promised_shape(searcher):
    outcome = searcher("query", "harbour", "bridge", "--format", "json", "--facet", "person")
    page = json.loads(outcome.out)
    assert outcome.code == 0
    assert {
        "version": 1,
        "query": "harbour bridge",
        "parsed": "harbour bridge",
        "match": "all",
        "corrected": None,
        "total": 2,
        "total_is_exact": True,
        "took_ms": 1.235,
        "revision": 7,
    }.items() <= page.items()
    assert page["facets"] == {"person": [["Anna Lindqvist", 2], ["Olle Berg", 1]]}
    first, second = page["hits"]
    assert {
        "rank": 1,
        "score": 9.125,
        "id": "0123456789abcdef",
        "path": "news/bridge.txt",
        "url": "https://herald.example/bridge",
        "title": "Harbour bridge opens",
        "source": "The Quay Herald",
        "date": "2019-05-04",
        "date_precision": "day",
        "not_before": None,
        "people": ["Anna Lindqvist"],
        "language": "en",
        "words": 27,
        "duplicates": ["fedcba9876543210"],
        "highlights": [[21, 27]],
    }.items() <= first.items()
    assert second["date"] is second["date_precision"] is second["source"] is second["url"] is None
    assert second["not_before"] == "2020-11-10"
    assert [first["snippet"][a:b] for a, b in first["highlights"]] == ["bridge"]


def test_query_as_json_lines_is_a_hit_a_line(searcher):
    outcome = searcher("query", "bridge", "--format", "jsonl")
    page = json.loads(searcher("query", "bridge", "--format", "json").out)
    assert lines(outcome.out) == page["hits"]


def test_query_as_csv_is_a_hit_a_row(searcher):
    first, second = rows(searcher("query", "bridge", "--format", "csv").out)
    assert (first["id"], first["date"], first["words"]) == ("0123456789abcdef", "2019-05-04", "27")
    assert second["people"].split("; ")[:2] == ["Anna Lindqvist", "Olle Berg"]
    assert second["date"] == ""


def test_query_as_text(searcher, golden):
    outcome = searcher("query", "bridge", "--facet", "person")
    golden(outcome.out, "query-in-a-pipe.txt")
    assert outcome.err == "2 articles · bridge · 1.2 ms\n"


def test_query_explained(searcher, golden):
    golden(searcher("query", "bridge", "--explain", "--limit", "1").out, "query-explained.txt")
    hit = lines(searcher("query", "bridge", "--explain", "--limit", "1", "--format", "jsonl").out)[0]
    assert sum(part["score"] for part in hit["explanation"]) == pytest.approx(hit["score"])


def test_query_passes_its_options_on(searcher, archive):
    searcher(
        *("query", "a", "--limit", "3", "--offset", "1", "--sort", "oldest", "--match", "auto"),
        *("--facet", "year", "--facet", "source", "--explain", "--no-aliases", "--undated"),
    )
    assert archive.asked == [
        (
            "a",
            {
                "limit": 3,
                "offset": 1,
                "sort": "oldest",
                "match": "auto",
                "facets": ("year", "source"),
                "explain": True,
                "aliases": False,
                "undated": True,
            },
        )
    ]


def test_query_asks_plainly_unless_told_otherwise(searcher, archive):
    searcher("query", "a")
    assert archive.asked[0][1] == {
        "limit": 10,
        "offset": 0,
        "sort": "relevance",
        "match": "all",
        "facets": (),
        "explain": False,
        "aliases": True,
        "undated": False,
    }


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        (["lachin", "corridor"], "lachin corridor"),
        (['"lachin corridor"', "date:2020"], '"lachin corridor" date:2020'),
        (["lachin", "-corridor"], "lachin -corridor"),
        (["-foo"], "-foo"),
        (["-person:putin", "--limit", "1", "war"], "-person:putin war"),
        (["--", "-foo"], "-foo"),
        (["--", "--limit"], "--limit"),
        (["a", "--", "-h", "--", "b"], "a -h -- b"),
        (["-"], "-"),
        (["-5"], "-5"),
    ],
)
def test_words_that_begin_with_a_hyphen_are_words(searcher, archive, arguments, query):
    assert searcher("query", *arguments).code == 0
    assert archive.asked[0][0] == query


def test_nothing_found_says_so_and_what_would_be(searcher):
    outcome = searcher("query", "nothing")
    assert outcome == (1, "", "nothing found for: nothing\ndid you mean: nutting\n")


def test_nothing_found_is_still_an_answer_in_json(searcher):
    outcome = searcher("query", "nothing", "--format", "json", "--quiet")
    assert outcome.code == 1
    assert json.loads(outcome.out)["hits"] == []
    assert outcome.err == ""


def test_a_page_beyond_the_last_hit_is_not_nothing(searcher):
    assert searcher("query", "bridge", "--offset", "5").code == 0


def test_a_query_error_shows_the_place(searcher):
    outcome = searcher("query", "soruce:ap", "lachin")
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.splitlines() == [
        "searcher: there is no field “soruce”",
        "    soruce:ap lachin",
        "    ^^^^^^",
        "Did you mean “source:”?",
    ]


# show and related


def test_show_as_text(searcher, golden):
    outcome = searcher("show", "0123456789abcdef")
    assert outcome.code == 0
    golden(outcome.out, "show-in-a-pipe.txt")


def test_show_raw_has_the_furniture(searcher):
    assert "Read also: Ferries" in searcher("show", "0123", "--raw").out
    assert "Read also" not in searcher("show", "0123").out


def test_show_as_json(searcher):
    article = json.loads(searcher("show", "0123", "--format", "json").out)
    assert article["id"] == "0123456789abcdef"
    assert article["facts"]["source"] == {
        "value": "The Quay Herald",
        "basis": "masthead",
        "confidence": 0.9,
        "span": [0, 15],
    }
    assert article["facts"]["date"] is None
    assert article["facts"]["not_before"]["value"] == "2019-05-03"
    assert article["facts"]["not_before"]["precision"] == "day"
    assert article["facts"]["author"] is None
    mention = article["facts"]["mentions"][0]
    assert article["text"][slice(*mention["span"])] == mention["text"]
    person = article["facts"]["people"][0]
    assert [article["text"][a:b] for a, b in person["spans"]] == person["spellings"]
    assert "raw" not in article


def test_show_of_an_unknown_id(searcher):
    outcome = searcher("show", "beef")
    assert outcome.code == 1
    assert outcome.err.splitlines() == ["searcher: no article has the id beef", "Look it up with searcher query."]


def test_related_takes_the_beginning_of_an_id(searcher, archive):
    assert searcher("related", "0123", "--limit", "1", "--format", "jsonl").code == 0
    assert archive.asked[0] == ("0123456789abcdef", {"limit": 1})


# facets, timeline, people, stats, check


def test_facets(searcher, golden):
    golden(searcher("facets", "bridge", "--by", "year", "--by", "source").out, "facets.txt")
    assert json.loads(searcher("facets", "bridge", "--by", "year", "--format", "json").out) == {
        "version": 1,
        "query": "bridge",
        "facets": {"year": [["2019", 1], ["2020", 3]]},
        "facets_truncated": [],
        "facets_unknown": {"year": 2},
    }
    assert rows(searcher("facets", "bridge", "--by", "year", "--format", "csv").out) == [
        {"field": "year", "value": "2019", "count": "1"},
        {"field": "year", "value": "2020", "count": "3"},
    ]
    assert searcher("facets", "nothing", "--by", "year").code == 1


def test_facets_are_capped_but_not_dates(searcher, archive):
    searcher("facets", "bridge", "--by", "person", "--by", "month")
    searcher("facets", "--by", "month", "--limit", "3")
    asked = [(query, how["by"], how["limit"]) for query, how in archive.asked]
    assert asked == [("bridge", "person", 20), ("bridge", "month", None), ("*", "month", 3)]


def test_timeline(searcher, golden):
    golden(searcher("timeline", "bridge").out, "timeline.txt")
    golden(searcher("timeline", "bridge", "--share").out, "timeline-share.txt")
    drawn = json.loads(searcher("timeline", "bridge", "--format", "json").out)
    assert (drawn["period"], drawn["total"], drawn["undated"]) == ("month", 5, 1)
    assert drawn["bars"][2] == {"start": "2019-07-01", "hits": 3, "articles": 6}
    assert rows(searcher("timeline", "bridge", "--format", "csv").out)[0] == {
        "start": "2019-05-01",
        "hits": "1",
        "articles": "4",
    }
    assert searcher("timeline", "nothing").code == 1


def test_timeline_is_saved_beside_its_numbers(searcher, tmp_path):
    outcome = searcher("timeline", "bridge", "--out", "hits.svg", "--format", "json")
    assert outcome.code == 0
    assert json.loads(outcome.out)["total"] == 5
    assert (tmp_path / "hits.svg").read_bytes().startswith(b"<svg ")


@pytest.mark.parametrize("name", ["hits.pdf", "hits", "nowhere/hits.svg"])
def test_timeline_refuses_a_file_it_cannot_write(searcher, name):
    outcome = searcher("timeline", "bridge", "--out", name)
    assert outcome.code == 2
    assert name in outcome.err


def test_people(searcher, golden):
    golden(searcher("people").out, "people.txt")
    assert json.loads(searcher("people", "lindqvist", "--format", "json").out) == {
        "version": 1,
        "total": 1,
        "people": [
            {
                "name": "Anna Lindqvist",
                "articles": 14,
                "spellings": [["Anna Lindqvist", 12], ["Lindqvist", 9], ["A. Lindkvist", 1]],
            }
        ],
    }
    assert rows(searcher("people", "berg", "--format", "csv").out)[0]["articles"] == "3"
    assert "1 of 2" in searcher("people", "--limit", "1").err
    assert searcher("people", "nobody").code == 1


def test_people_are_corrected(searcher, archive):
    assert searcher("people", "merge", "Anna Lindqvist", "A. Lindkvist", "Lindkvist").code == 0
    assert searcher("people", "split", "Lindkvist").code == 0
    assert archive.asked == [
        ("merge", (("A. Lindkvist", "Lindkvist"), "Anna Lindqvist")),
        ("split", "Lindkvist"),
    ]
    assert searcher("people", "merge", "alone").code == 2


@pytest.mark.parametrize("before", [["--index", "x"], ["--color", "never"], ["--quiet"], []])
def test_options_may_stand_before_what_is_asked_of_people(searcher, archive, before):
    assert searcher("people", *before, "split", "Lindkvist").code == 0
    assert archive.asked == [("split", "Lindkvist")]
    assert "Olle Berg" in searcher("people", *before, "berg").out
    assert "Olle Berg" in searcher("people", *before).out


def test_stats(searcher, golden):
    golden(searcher("stats").out, "stats.txt")
    stats = json.loads(searcher("stats", "--format", "json").out)
    assert (stats["articles"], stats["first"], stats["last"]) == (12345, "1999", "2020-11-22")
    assert rows(searcher("stats", "--format", "csv").out)[0]["languages"] == "en 12000; ru 345"


def test_check(searcher, archive):
    sound = searcher("check")
    assert (sound.code, sound.out[:5]) == (0, "sound")
    archive.damage()
    damaged = searcher("check")
    assert damaged.code == 3
    assert damaged.out == "damaged  segment 3, postings: checksum differs\n"
    assert "searcher index --full" in damaged.err
    assert json.loads(searcher("check", "--format", "json").out)["damages"] == [
        {"part": "segment 3, postings", "reason": "checksum differs"}
    ]


# batch


@pytest.fixture
def queries(tmp_path):
    path = tmp_path / "queries"

    def write(text):
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_batch_of_lines_is_named_by_line(searcher, queries):
    outcome = searcher("batch", queries("bridge\n\nnothing\n"), "--format", "jsonl")
    assert outcome.code == 0
    answers = lines(outcome.out)
    assert [(answer["id"], answer["query"], answer["total"]) for answer in answers] == [
        ("1", "bridge", 2),
        ("3", "nothing", 0),
    ]
    single = json.loads(searcher("query", "bridge", "--format", "json").out)
    assert {**answers[0]} == {"id": "1", **single}


def test_batch_of_json_lines_keeps_the_ids(searcher, queries):
    file = queries('{"id": "q9", "query": "bridge"}\n{"id": 4, "query": "nothing"}\n')
    assert [row["id"] for row in rows(searcher("batch", file, "--format", "csv").out)] == ["q9", "4"]


def test_batch_as_csv_keeps_what_found_nothing(searcher, queries):
    first, second = rows(searcher("batch", queries("bridge\nnothing\n"), "--format", "csv").out)
    assert list(first) == ["id", "query", "total", "first_date", "last_date", "top_hit"]
    assert list(first.values()) == ["1", "bridge", "2", "1999", "2020-01", "0123456789abcdef"]
    assert list(second.values()) == ["2", "nothing", "0", "", "", ""]


@pytest.mark.parametrize(("output_format", "quoted"), [("jsonl", True), ("csv", False), ("trec", False)])
def test_batch_asks_for_quotes_where_it_writes_them(searcher, archive, queries, output_format, quoted):
    searcher("batch", queries("bridge"), "--format", output_format)
    assert archive.quoted is quoted


def test_batch_as_trec(searcher, archive, queries):
    file = queries('{"id": "q 1", "query": "bridge"}')
    assert searcher("batch", file, "--format", "trec").out.splitlines() == [
        "q_1 Q0 0123456789abcdef 1 9.1250 searcher",
        "q_1 Q0 00000000000000ff 2 1.5000 searcher",
    ]
    assert archive.asked[0][1]["limit"] == 1000


def test_batch_goes_on_after_a_query_that_cannot_be_read(searcher, queries):
    outcome = searcher("batch", queries("soruce:ap\nbridge\n"), "--format", "jsonl")
    assert outcome.code == 2
    bad, good = lines(outcome.out)
    assert (bad["id"], bad["query"], bad["total"], bad["error"]["span"]) == ("1", "soruce:ap", None, [0, 6])
    assert (good["id"], good["total"]) == ("2", 2)
    assert "query 1: there is no field" in outcome.err
    rows_kept = rows(searcher("batch", queries("soruce:ap\nbridge\n"), "--format", "csv").out)
    assert [row["total"] for row in rows_kept] == ["", "2"]


@pytest.mark.parametrize("second", ["plain", '{"id": 1}', "[]", '{"query": 3}', "[" * 100_000])
def test_batch_names_the_line_that_is_no_query(searcher, queries, second):
    outcome = searcher("batch", queries('{"query": "bridge"}\n' + second), "--format", "jsonl")
    assert outcome.code == 2
    assert "line 2" in outcome.err


def test_batch_reads_stdin(searcher, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"bridge\n")))
    assert lines(searcher("batch", "-", "--format", "jsonl").out)[0]["total"] == 2


def test_batch_of_a_missing_file(searcher):
    assert searcher("batch", "missing.txt").code == 2
