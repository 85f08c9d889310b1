"""Commands on a real archive, in this process: what they find, and the exit codes they end with."""

from __future__ import annotations

import csv
import ctypes
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest


@pytest.fixture
def inside(monkeypatch, indexed):
    """Work in the folder with the index."""
    monkeypatch.chdir(indexed)
    return indexed


@pytest.fixture
def changing(monkeypatch, copied):
    """Work in a copy of it."""
    monkeypatch.chdir(copied)
    return copied


def answer(outcome):
    return json.loads(outcome.out)


def hits(outcome):
    return answer(outcome)["hits"]


def rows(outcome):
    return list(csv.DictReader(io.StringIO(outcome.out)))


def test_a_search_finds_words_in_any_form(searcher, inside):
    outcome = searcher("query", "harbour", "bridge", "--format", "json")
    assert outcome.code == 0
    assert {hit["path"] for hit in hits(outcome)} == {"news/bridge.txt", "news/ferry.txt"}
    for hit in hits(outcome):
        assert hit["highlights"]
        assert all(hit["snippet"][a:b].lower().rstrip("s") in {"harbour", "bridge"} for a, b in hit["highlights"])


def test_paths_open_from_where_the_command_runs_and_ids_stay(searcher, indexed, tmp_path, monkeypatch):
    seen = []
    for folder in (indexed, indexed / "news", tmp_path):
        monkeypatch.chdir(folder)
        found = hits(searcher("--index", str(indexed / "index"), "query", "bridge", "--format", "json"))
        assert found
        assert all((folder / hit["path"]).is_file() for hit in found)
        seen.append([hit["id"] for hit in found])
    assert seen[0] == seen[1] == seen[2]
    monkeypatch.setenv("SEARCHER_INDEX", str(indexed / "index"))
    assert [hit["id"] for hit in hits(searcher("query", "bridge", "--format", "json"))] == seen[0]


def test_a_shown_path_finds_its_article(searcher, indexed, tmp_path, monkeypatch):
    for folder in (indexed, indexed / "news", indexed.parent, tmp_path):
        monkeypatch.chdir(folder)
        for path in {hit["path"] for hit in hits(searcher(*_of(indexed), "query", "*", "--format", "json"))}:
            for form in (f'path:"{path}"', f'path:"{path[:-1]}*"', f'path:"{folder / path}"'):
                found = hits(searcher(*_of(indexed), "query", form, "--format", "json"))
                assert path in {hit["path"] for hit in found}, form


def test_a_name_that_is_no_text_is_indexed_once_and_opens(searcher, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    try:
        Path(os.fsdecode(b"caf\xe9.txt")).write_text("Coffee\n\nThe coffee is hot.\n", encoding="utf-8")
    except OSError:
        pytest.skip("the file system takes no such name")
    assert answer(searcher("index", ".", "--format", "json"))["added"] == 1
    assert answer(searcher("index", ".", "--format", "json"))["unchanged"] == 1
    (hit,) = hits(searcher("query", "coffee", "--format", "json"))
    assert Path(hit["path"]).read_text(encoding="utf-8").startswith("Coffee")
    assert answer(searcher("query", "path:caf*", "--format", "json"))["total"] == 1
    Path(hit["path"]).unlink()
    assert answer(searcher("index", ".", "--format", "json"))["removed"] == 1


def _of(folder):
    return "--index", str(folder / "index")


def test_records_are_found_with_what_they_state(searcher, inside):
    (hit,) = hits(searcher("query", "title:ice", "date:2019-03", "--format", "json"))
    assert (hit["path"], hit["date"], hit["date_precision"]) == ("records.jsonl#3", "2019-03", "month")


def test_show_takes_the_id_or_its_beginning(searcher, inside):
    (hit,) = hits(searcher("query", "ferries", "--format", "json"))
    whole = searcher("show", hit["id"])
    assert whole.out.startswith("Ferries stay in port\n")
    assert searcher("show", hit["id"][:10]).out == whole.out
    assert searcher("show", "0" * 16).code == 1


def test_the_id_of_a_record_is_an_id_too(searcher, inside):
    (hit,) = hits(searcher("query", "id:r3", "--format", "json"))
    assert (hit["record_id"], hit["title"]) == ("r3", "Ice report 3")
    assert hits(searcher("query", f"id:{hit['id']}", "--format", "json"))[0]["title"] == hit["title"]
    assert len(hits(searcher("query", "id:r*", "--format", "json"))) == 5
    assert searcher("show", "r3").out.startswith("Ice report 3\n")


def test_counts_and_figures(searcher, inside):
    by_month = rows(searcher("facets", "ice", "--by", "month", "--format", "csv"))
    assert [(row["value"], row["count"]) for row in by_month] == [(f"2019-0{n}", "1") for n in range(1, 6)]
    drawn = answer(searcher("timeline", "ice", "--period", "month", "--format", "json"))
    assert [bar["hits"] for bar in drawn["bars"]] == [1, 1, 1, 1, 1]
    everything = answer(searcher("facets", "--by", "language", "--format", "json"))
    assert sum(count for _, count in everything["facets"]["language"]) + everything["facets_unknown"]["language"] == 9
    stats = answer(searcher("stats", "--format", "json"))
    assert (stats["articles"], stats["dated"], stats["first"], stats["last"]) == (9, 5, "2019-01-01", "2019-05-31")
    assert searcher("check").code == 0


def test_facets_of_a_query_are_those_of_facets(searcher, inside):
    of_query = answer(searcher("query", "bridge", "--facet", "person", "--format", "json"))
    of_facets = answer(searcher("facets", "bridge", "--by", "person", "--format", "json"))
    assert of_query["facets"] == of_facets["facets"]
    assert ["Anna Lindqvist", 1] in of_query["facets"]["person"]


def test_facets_of_no_value_tell_whether_anything_matches(searcher, inside):
    assert searcher("facets", "bridge", "--by", "person", "--limit", "0").code == 0
    assert searcher("facets", "zzz", "--by", "person", "--limit", "0").code == 1


def test_batch_answers_what_query_answers(searcher, inside, monkeypatch):
    def batch(output_format):
        asked = b'{"id": "a", "query": "bridge"}\n{"id": "b", "query": "zzz"}\n{"id": "c", "query": "title:ice"}\n'
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(asked)))
        return searcher("batch", "-", "--format", output_format)

    answers = [json.loads(line) for line in batch("jsonl").out.splitlines()]
    assert [(each["id"], each["total"]) for each in answers] == [("a", 2), ("b", 0), ("c", 5)]
    assert answers[0]["hits"] == hits(searcher("query", "bridge", "--format", "json"))
    spans = [(row["first_date"], row["last_date"]) for row in rows(batch("csv"))]
    assert spans == [("", ""), ("", ""), ("2019-01-01", "2019-05-31")]
    third = [line.split() for line in batch("trec").out.splitlines() if line.startswith("c ")]
    assert {line[2] for line in third} == {"r1", "r2", "r3", "r4", "r5"}
    assert [int(line[3]) for line in third] == [1, 2, 3, 4, 5]


def test_batch_gives_ids_back_as_they_came(searcher, inside, tmp_path):
    asked = [
        {"id": 7, "query": "bridge"},
        {"id": None, "query": "ice"},
        {"id": "a b", "query": "zzz"},
        {"query": "ice"},
    ]
    file = tmp_path / "asked.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in asked), encoding="utf-8")
    answers = [json.loads(line) for line in searcher("batch", str(file), "--format", "jsonl").out.splitlines()]
    assert [each["id"] for each in answers] == [7, "2", "a b", "4"]
    assert [row["id"] for row in rows(searcher("batch", str(file), "--format", "csv"))] == ["7", "2", "a b", "4"]
    assert searcher("batch", str(file), "--format", "trec").out.startswith("7 Q0 ")


def test_scores_fall_as_ranks_rise(searcher, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    # A word of every article weighs next to nothing: scores differ by less than what counts, and the newest is first.
    Path("ties.jsonl").write_text(
        "".join(
            json.dumps({"text": "harbour " + "ice " * n, "date": f"{1900 + n * 7 % 100}"}) + "\n" for n in range(100)
        ),
        encoding="utf-8",
    )
    assert searcher("index", "ties.jsonl").code == 0
    scores = [hit["score"] for hit in hits(searcher("query", "harbour", "--limit", "100", "--format", "json"))]
    assert scores == sorted(scores, reverse=True)
    Path("asked").write_text("harbour\n", encoding="utf-8")
    run = [float(line.split()[4]) for line in searcher("batch", "asked", "--format", "trec").out.splitlines()]
    assert run == scores


def test_extract_reads_stdin(searcher, inside, monkeypatch):
    text = (inside / "news" / "bridge.txt").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    article = answer(searcher("extract", "-", "--format", "jsonl"))
    assert article["title"] == "Harbour bridge opens"
    assert article["facts"]["people"][0]["value"] == "Anna Lindqvist"
    for person in article["facts"]["people"]:
        assert {article["text"][a:b] for a, b in person["spans"]} <= set(person["spellings"])


def test_people_are_corrected_and_stay_so(searcher, changing):
    def named(name):
        return [entry["name"] for entry in answer(searcher("people", name, "--format", "json"))["people"]]

    assert named("lindqvist") == ["Anna Lindqvist"]
    assert searcher("people", "merge", "Anna Lindqvist", "Olle Berg").code == 0
    assert "Olle Berg" in (changing / "searcher-people.txt").read_text(encoding="utf-8")
    assert len(hits(searcher("query", "person:lindqvist", "--format", "json"))) == 2
    assert searcher("index", "news", "--full", "--quiet").code == 0
    assert len(hits(searcher("query", "person:lindqvist", "--format", "json"))) == 2
    assert searcher("people", "split", "Olle Berg").code == 0
    assert len(hits(searcher("query", "person:lindqvist", "--format", "json"))) == 1


# Exit codes


def test_nothing_found(searcher, inside):
    outcome = searcher("query", "zzz")
    assert (outcome.code, outcome.out) == (1, "")
    assert "nothing found" in outcome.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["query"],
        ["nope"],
        ["query", "a", "--limit", "x"],
        ["query", "a", "--limit", "-1"],
        ["query", "soruce:ap"],
        ["query", '"open'],
        ["index"],
    ],
)
def test_wrong_usage(searcher, inside, arguments):
    outcome = searcher(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("searcher: ")
    assert "unexpected" not in outcome.err
    assert "x00" not in outcome.err


@pytest.mark.parametrize(
    "arguments", [["query", "a"], ["show", "1"], ["stats"], ["check"], ["people"], ["facets", "a", "--by", "year"]]
)
def test_no_index_says_what_to_do(searcher, tmp_path, arguments):
    outcome = searcher(*arguments)
    assert (outcome.code, outcome.out) == (3, "")
    assert str(tmp_path / "index") in outcome.err
    assert "searcher index" in outcome.err
    assert len(outcome.err.splitlines()) == 2
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_makes_an_empty_index(searcher, tmp_path):
    (tmp_path / "empty").mkdir()
    made = searcher("index", "empty", "--format", "json")
    assert made.code == 0
    assert answer(made)["articles"] == 0
    assert searcher("query", "a").code == 1
    assert answer(searcher("stats", "--format", "json"))["articles"] == 0
    assert searcher("check").code == 0


def test_a_missing_source_is_told(searcher, tmp_path):
    outcome = searcher("index", "missing")
    assert outcome.code in {2, 4}
    assert "missing" in outcome.err
    assert "unexpected" not in outcome.err


def test_a_record_that_cannot_be_read_is_told_and_the_rest_indexed(searcher, changing):
    (changing / "news" / "broken.jsonl").write_text('{"text": "good"}\n{"text": \n', encoding="utf-8")
    outcome = searcher("index", "news", "records.jsonl", "--format", "json")
    assert outcome.code == 4
    assert [failure["path"] for failure in answer(outcome)["failed"]] == ["news/broken.jsonl#2"]
    assert answer(outcome)["added"] == 1
    assert "news/broken.jsonl#2" in outcome.err
    assert searcher("query", "good").code == 0


def test_indexing_again_does_what_has_changed(searcher, changing):
    def index(*more):
        report = answer(searcher("index", "news", "records.jsonl", "--format", "json", *more))
        return [report[name] for name in ("added", "updated", "removed", "unchanged")]

    assert index() == [0, 0, 0, 9]
    before = hits(searcher("query", "ferries", "--format", "json"))
    with (changing / "news" / "ferry.txt").open("a", encoding="utf-8") as file:
        file.write("Ferries, ferries!\n")
    (changing / "news" / "wide.txt").unlink()
    assert index("--dry-run") == [0, 1, 1, 7]
    assert index() == [0, 1, 1, 7]
    assert index("--full")[0] + index("--full")[1] == 8
    after = hits(searcher("query", "ferries", "--format", "json"))
    assert [hit["id"] for hit in after] == [hit["id"] for hit in before]


def test_an_index_in_an_impossible_place(searcher, changing):
    (changing / "file").write_text("", encoding="utf-8")
    outcome = searcher("index", "news", "--index", "file/index")
    assert outcome.code == 3
    assert "unexpected" not in outcome.err


def obey_permissions():
    """Let what root starts obey the permissions of files, too: exec gives it no capability outside the bounding set."""
    if os.geteuid() == 0:
        drop_from_bounding_set = 24
        system = ctypes.CDLL(None, use_errno=True)
        for override in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            assert system.prctl(drop_from_bounding_set, override, 0, 0, 0) == 0, os.strerror(ctypes.get_errno())


def as_its_owner(*arguments):
    done = subprocess.run(
        [sys.executable, "-m", "searcher", *arguments],
        preexec_fn=obey_permissions,
        capture_output=True,
        text=True,
        check=False,
    )
    return SimpleNamespace(code=done.returncode, out=done.stdout, err=done.stderr)


def test_a_file_that_may_not_be_read_is_told_and_the_rest_indexed(changing):
    (changing / "news" / "secret.txt").write_text("Secret\n\nText.\n", encoding="utf-8")
    (changing / "news" / "secret.txt").chmod(0)
    outcome = as_its_owner("index", "news", "--format", "json")
    assert outcome.code == 4
    (failed,) = answer(outcome)["failed"]
    assert failed["path"] == "news/secret.txt"
    assert answer(outcome)["unchanged"] == 4


def test_a_read_only_index_answers_and_refuses_to_change(changing):
    index = changing / "index"
    for path in (*index.rglob("*"), index):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        assert as_its_owner("query", "bridge").code == 0
        (changing / "news" / "new.txt").write_text("New\n\nText.\n", encoding="utf-8")
        outcome = as_its_owner("index", "news")
        assert outcome.code == 3
        assert "unexpected" not in outcome.err
    finally:
        for path in (index, *index.rglob("*")):
            path.chmod(0o755)


@pytest.mark.parametrize("command", [["query", "bridge"], ["check"], ["stats"]])
def test_a_damaged_index_is_said_to_be(searcher, changing, command):
    for path in (changing / "index").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    outcome = searcher(*command)
    assert outcome.code == 3
    assert "unexpected" not in outcome.err


@pytest.mark.parametrize("name", ["MAIN-people.json", "MAIN-names.table", "MAIN-sounds.table"])
def test_damage_to_what_is_known_of_people_is_said_and_mended(searcher, changing, name):
    (changing / "news" / "people.txt").write_text("Talks\n\nAnna Petrova met Boris Ivanov in Vienna.\n", "utf-8")
    assert searcher("index", "news").code == 0
    query = ["query", 'person:"Anna Petrova"', "--format", "json"]
    expected = hits(searcher(*query))
    assert len(expected) == 1
    path = changing / "index" / name
    first, _, content = path.read_bytes().partition(b"\n")
    path.write_bytes(first + b"\n" + bytes(len(content)))
    outcome = searcher(*query)
    if outcome.code == 0:
        assert hits(outcome) == expected
    else:
        assert (outcome.code, name in outcome.err) == (3, True)
    assert searcher("check").code == 3
    assert searcher("index", "news").code == 0
    assert hits(searcher(*query)) == expected
    assert searcher("check").code == 0


@pytest.mark.parametrize("part", ["*.toc", "*.terms", "*.documents", "MAIN-*"])
@pytest.mark.parametrize("damage", ["cut", "emptied", "zeroed", "gone"])
def test_check_says_as_data_what_is_damaged(searcher, changing, part, damage):
    paths = sorted((changing / "index").glob(part))
    for path in paths:
        content = path.read_bytes()
        path.write_bytes({"cut": content[:-1], "zeroed": bytes(len(content))}.get(damage, b""))
        if damage == "gone":
            path.unlink()
    if damage == "gone" and part in ("*.toc", "MAIN-*"):  # no index; what is made again when it is not there
        assert (searcher("check").code, bool(searcher("check").out)) == ((3, False) if part == "*.toc" else (0, True))
        return
    outcome = searcher("check", "--format", "json")
    assert outcome.code == 3
    report = json.loads(outcome.out)
    assert report["sound"] is False
    named = " ".join(f"{one['part']} {one['reason']}" for one in report["damages"])
    assert all(path.name in named for path in paths)
    assert [set(row) for row in rows(searcher("check", "--format", "csv"))] == [{"part", "reason"}] * len(
        report["damages"]
    )


def test_settings_that_cannot_be_read(searcher, tmp_path):
    (tmp_path / "searcher.toml").write_text("indx = 1\n", encoding="utf-8")
    outcome = searcher("query", "a")
    assert outcome.code == 2
    assert outcome.err.splitlines()[1] == "Did you mean “index”?"


def test_a_bare_index_reads_the_sources_of_the_settings(searcher, changing):
    (changing / "searcher.toml").write_text('sources = ["news"]\nindex = "own"\n', encoding="utf-8")
    assert answer(searcher("index", "--format", "json"))["added"] == 4
    assert answer(searcher("stats", "--format", "json"))["articles"] == 4


def test_stdout_is_data_only(searcher, inside):
    outcome = searcher("query", "bridge", "--format", "jsonl", "--verbose")
    assert [json.loads(line)["rank"] for line in outcome.out.splitlines()] == [1, 2]
    assert "index: " in outcome.err


@pytest.mark.parametrize(
    "arguments", [["query", "bridge", "--color", "always"], ["--color", "always", "query", "bridge"]]
)
def test_colour_can_be_had_in_a_pipe(searcher, inside, arguments):
    assert "\x1b[1;31mbridge\x1b[0m" in searcher(*arguments).out


def test_an_unexpected_error_is_one_line_and_shown_whole_when_asked(searcher, inside, monkeypatch):
    def fail(*_arguments, **_named):
        raise RuntimeError("so")

    monkeypatch.setattr("searcher.archive.Archive.search", fail)
    short = searcher("query", "a")
    assert (short.code, short.out) == (70, "")
    assert short.err.splitlines()[0] == "searcher: unexpected error: RuntimeError: so"
    assert "--verbose" in short.err
    assert 'raise RuntimeError("so")' in searcher("query", "a", "--verbose").err


def test_watching_indexes_what_changes_and_keeps_quiet_otherwise(searcher, changing, monkeypatch):
    def watch(*sources, watch_filter, **_named):
        assert [str(source) for source in sources] == ["news"]
        assert not watch_filter(None, str(changing / "index" / "segment"))
        assert watch_filter(None, str(changing / "news" / "new.txt"))
        yield set()
        (changing / "news" / "new.txt").write_text("New\n\nSomething new.\n", encoding="utf-8")
        yield {(1, "news/new.txt")}
        raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "watchfiles", SimpleNamespace(watch=watch))
    outcome = searcher("index", "news", "--watch", "--format", "json")
    assert outcome.code == 130
    assert [json.loads(line)["added"] for line in outcome.out.splitlines()] == [0, 1]
    assert searcher("query", "something").code == 0


def test_watching_needs_something_to_watch_with(searcher, changing, monkeypatch):
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    outcome = searcher("index", "news", "--watch")
    assert outcome.code == 2
    assert "pip install" in outcome.err
