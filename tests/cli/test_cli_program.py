"""The program as its users meet it: a process with pipes, terminals, signals and folders around it."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import shutil
import signal
import struct
import subprocess
import sys
import termios
from fcntl import ioctl
from pathlib import Path

import pytest

STORIES = {
    "news/bridge.txt": "Harbour bridge opens\n\nMayor Anna Lindqvist opened the harbour bridge on Friday.\n"
    "Lindqvist said the bridges of the north would stay open all winter.\n",
    "news/ferry.txt": "Ferries stay in port\n\nThe ferries did not sail, said harbour master Olle Berg.\n"
    "No bridge crosses the sound, and Berg does not expect one.\n",
    "news/wide.txt": "漢字 and 🙂 in a title\n\nThe wide letters take two columns each, said the printer.\n",
    "news/hostile.txt": "Title \x1b[31mred\x1b]0;owned\x07 and \u202ereversed\n\n"
    "A hostile \x9b2J text with a \x07bell.\n",
    "records.jsonl": "".join(
        json.dumps({"id": f"r{n}", "title": f"Ice report {n}", "text": f"The ice is {n} thick.", "date": f"2019-0{n}"})
        + "\n"
        for n in range(1, 6)
    ),
}


def environment(**changes):
    ours = ("SEARCHER_INDEX", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "PYTHONDONTWRITEBYTECODE")
    return {
        **{name: value for name, value in os.environ.items() if name not in ours},
        "TERM": "xterm-256color",
        **changes,
    }


def searcher(*arguments, cwd, **named):
    environ = environment(**named.pop("env", {}))
    named = {"capture_output": True, "encoding": "utf-8", "timeout": 60, "stdin": subprocess.DEVNULL, **named}
    if "input" in named:
        del named["stdin"]
    command = [sys.executable, "-m", "searcher", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=environ, check=False, **named)


def on_terminal(*arguments, cwd, columns=80, keys=b"", **environ):
    """Run the program on a terminal of its own; give its exit code and all that it wrote there."""
    main, other = pty.openpty()
    ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "searcher", *arguments],
        cwd=cwd,
        env=environment(**environ),
        stdin=other,
        stdout=other,
        stderr=other,
        start_new_session=True,
    )
    os.close(other)
    if keys:
        os.write(main, keys)
    written = []
    try:
        while data := os.read(main, 65536):
            written.append(data)
    except OSError:  # the other side has closed: how Linux ends a terminal
        pass
    os.close(main)
    return process.wait(timeout=60), b"".join(written).decode().replace("\r\n", "\n")


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """A folder with articles and their index; not to be written to."""
    folder = tmp_path_factory.mktemp("archive")
    for name, text in STORIES.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    made = searcher("index", "news", "records.jsonl", "--quiet", cwd=folder)
    assert (made.returncode, made.stdout, made.stderr) == (0, "", "")
    return folder


@pytest.fixture
def copy(archive, tmp_path):
    """A folder with articles and their index, to do with as a test likes."""
    return Path(shutil.copytree(archive, tmp_path / "copy"))


def found(outcome):
    return json.loads(outcome.stdout)["hits"]


# Finding


def test_a_search_finds_words_in_any_form(archive):
    outcome = searcher("query", "harbour", "bridge", "--format", "json", cwd=archive)
    assert outcome.returncode == 0
    assert {hit["path"] for hit in found(outcome)} == {"news/bridge.txt", "news/ferry.txt"}
    for hit in found(outcome):
        assert hit["highlights"]
        assert all(hit["snippet"][a:b].lower().rstrip("s") in {"harbour", "bridge"} for a, b in hit["highlights"])


def test_paths_open_from_where_the_command_runs_and_ids_stay(archive, tmp_path):
    at_home = found(searcher("query", "bridge", "--format", "json", cwd=archive))
    below = found(searcher("query", "bridge", "--format", "json", "--index", "../index", cwd=archive / "news"))
    away = found(searcher("--index", archive / "index", "query", "bridge", "--format", "json", cwd=tmp_path))
    by_variable = searcher(
        "query", "bridge", "--format", "json", cwd=tmp_path, env={"SEARCHER_INDEX": str(archive / "index")}
    )
    assert [hit["id"] for hit in at_home] == [hit["id"] for hit in below] == [hit["id"] for hit in away]
    assert found(by_variable) == away
    for folder, hits in ((archive, at_home), (archive / "news", below), (tmp_path, away)):
        assert hits
        assert all((folder / hit["path"]).is_file() for hit in hits)


def test_records_are_found_with_what_they_state(archive):
    (hit,) = found(searcher("query", "title:ice", "date:2019-03", "--format", "json", cwd=archive))
    assert (hit["path"], hit["date"], hit["date_precision"]) == ("records.jsonl#3", "2019-03", "month")


def test_show_takes_the_id_or_its_beginning(archive):
    (hit,) = found(searcher("query", "ferries", "--format", "json", cwd=archive))
    whole = searcher("show", hit["id"], cwd=archive)
    assert whole.stdout.startswith("Ferries stay in port\n")
    assert searcher("show", hit["id"][:10], cwd=archive).stdout == whole.stdout
    assert searcher("show", "0" * 16, cwd=archive).returncode == 1


def test_facets_timeline_and_stats_answer(archive):
    by_month = searcher("facets", "ice", "--by", "month", "--format", "csv", cwd=archive)
    assert by_month.stdout.splitlines()[:3] == ["field,value,count", "month,2019-01,1", "month,2019-02,1"]
    drawn = json.loads(searcher("timeline", "ice", "--period", "month", "--format", "json", cwd=archive).stdout)
    assert [bar["hits"] for bar in drawn["bars"]] == [1, 1, 1, 1, 1]
    stats = json.loads(searcher("stats", "--format", "json", cwd=archive).stdout)
    assert (stats["articles"], stats["dated"], stats["first"], stats["last"]) == (9, 5, "2019-01-01", "2019-05-31")
    assert searcher("check", cwd=archive).returncode == 0


def test_batch_answers_what_query_answers(archive):
    asked = '{"id": "a", "query": "bridge"}\n{"id": "b", "query": "zzz"}\n{"id": "c", "query": "title:ice"}\n'
    answers = [
        json.loads(line)
        for line in searcher("batch", "-", "--format", "jsonl", cwd=archive, input=asked).stdout.splitlines()
    ]
    assert [(answer["id"], answer["total"]) for answer in answers] == [("a", 2), ("b", 0), ("c", 5)]
    assert answers[0]["hits"] == found(searcher("query", "bridge", "--format", "json", cwd=archive))
    outcome = searcher("batch", "-", "--format", "csv", cwd=archive, input=asked)
    table = list(csv.DictReader(io.StringIO(outcome.stdout)))
    assert [(row["first_date"], row["last_date"]) for row in table] == [
        ("", ""),
        ("", ""),
        ("2019-01-01", "2019-05-31"),
    ]
    run = searcher("batch", "-", "--format", "trec", cwd=archive, input='{"id": "c", "query": "title:ice"}')
    assert {line.split()[2] for line in run.stdout.splitlines()} == {"r1", "r2", "r3", "r4", "r5"}


def test_extract_reads_stdin(archive):
    outcome = searcher("extract", "-", "--format", "jsonl", cwd=archive, input=STORIES["news/bridge.txt"])
    article = json.loads(outcome.stdout)
    assert article["title"] == "Harbour bridge opens"
    assert article["facts"]["people"][0]["value"] == "Anna Lindqvist"
    for person in article["facts"]["people"]:
        assert {article["text"][a:b] for a, b in person["spans"]} <= set(person["spellings"])


# Exit codes


def test_nothing_found(archive):
    outcome = searcher("query", "zzz", cwd=archive)
    assert (outcome.returncode, outcome.stdout) == (1, "")
    assert "nothing found" in outcome.stderr


@pytest.mark.parametrize(
    "arguments",
    [["query"], ["nope"], ["query", "a", "--limit", "x"], ["query", "soruce:ap"], ["query", '"open'], ["index"]],
)
def test_wrong_usage(archive, arguments):
    outcome = searcher(*arguments, cwd=archive)
    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert outcome.stderr.startswith("searcher: ")
    assert "Traceback" not in outcome.stderr


@pytest.mark.parametrize(
    "arguments", [["query", "a"], ["show", "1"], ["stats"], ["check"], ["people"], ["facets", "a", "--by", "year"]]
)
def test_no_index_says_what_to_do(tmp_path, arguments):
    outcome = searcher(*arguments, cwd=tmp_path)
    assert (outcome.returncode, outcome.stdout) == (3, "")
    assert str(tmp_path / "index") in outcome.stderr
    assert "searcher index" in outcome.stderr
    assert len(outcome.stderr.splitlines()) == 2
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_makes_an_empty_index(tmp_path):
    (tmp_path / "empty").mkdir()
    made = searcher("index", "empty", "--format", "json", cwd=tmp_path)
    assert made.returncode == 0
    assert json.loads(made.stdout)["articles"] == 0
    assert searcher("query", "a", cwd=tmp_path).returncode == 1
    assert json.loads(searcher("stats", "--format", "json", cwd=tmp_path).stdout)["articles"] == 0


def test_a_missing_source_is_wrong_usage_or_unreadable_but_never_a_traceback(tmp_path):
    outcome = searcher("index", "missing", cwd=tmp_path)
    assert outcome.returncode in {2, 4}
    assert "missing" in outcome.stderr
    assert "unexpected" not in outcome.stderr


def test_a_file_that_cannot_be_read_is_told_and_the_rest_indexed(copy):
    (copy / "news" / "broken.jsonl").write_text('{"text": "good"}\n{"text": \n', encoding="utf-8")
    outcome = searcher("index", "news", "records.jsonl", "--format", "json", cwd=copy)
    report = json.loads(outcome.stdout)
    assert outcome.returncode == 4
    assert [failure["path"] for failure in report["failed"]] == ["news/broken.jsonl#2"]
    assert report["added"] == 1
    assert "news/broken.jsonl#2" in outcome.stderr
    assert searcher("query", "good", cwd=copy).returncode == 0


def test_indexing_again_does_what_has_changed(copy):
    again = json.loads(searcher("index", "news", "records.jsonl", "--format", "json", cwd=copy).stdout)
    assert (again["added"], again["updated"], again["removed"], again["unchanged"]) == (0, 0, 0, 9)
    before = found(searcher("query", "ferries", "--format", "json", cwd=copy))
    (copy / "news" / "ferry.txt").write_text(STORIES["news/ferry.txt"] + "Ferries, ferries!\n", encoding="utf-8")
    (copy / "news" / "wide.txt").unlink()
    dry = json.loads(searcher("index", "news", "records.jsonl", "--dry-run", "--format", "json", cwd=copy).stdout)
    wet = json.loads(searcher("index", "news", "records.jsonl", "--format", "json", cwd=copy).stdout)
    for report in (dry, wet):
        assert (report["added"], report["updated"], report["removed"]) == (0, 1, 1)
    after = found(searcher("query", "ferries", "--format", "json", cwd=copy))
    assert [hit["id"] for hit in after] == [hit["id"] for hit in before]


def test_an_index_in_an_impossible_place(copy):
    (copy / "file").write_text("", encoding="utf-8")
    outcome = searcher("index", "news", "--index", "file/index", cwd=copy)
    assert outcome.returncode == 3
    assert "unexpected" not in outcome.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_read_only_index_answers_and_refuses_to_change(copy):
    for folder, _, files in os.walk(copy / "index"):
        for name in files:
            (Path(folder) / name).chmod(0o444)
        Path(folder).chmod(0o555)
    try:
        assert searcher("query", "bridge", cwd=copy).returncode == 0
        (copy / "news" / "new.txt").write_text("New\n\nText.\n", encoding="utf-8")
        outcome = searcher("index", "news", cwd=copy)
        assert outcome.returncode == 3
        assert "unexpected" not in outcome.stderr
    finally:
        (copy / "index").chmod(0o755)


def test_a_damaged_index_is_said_to_be(copy):
    for path in (copy / "index").iterdir():
        if path.is_file() and path.suffix != ".md":
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    for arguments in (["query", "bridge"], ["check"], ["stats"]):
        outcome = searcher(*arguments, cwd=copy)
        assert outcome.returncode == 3, arguments
        assert "Traceback" not in outcome.stderr


def test_a_folder_that_is_gone(tmp_path):
    gone = tmp_path / "gone"
    command = 'mkdir "$1" && cd "$1" && rmdir "$1" && exec "$2" -m searcher query a'
    outcome = subprocess.run(
        ["sh", "-c", command, "sh", str(gone), sys.executable],
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert outcome.returncode == 2
    assert "unexpected" not in outcome.stderr


# Pipes


def test_a_reader_that_stops_is_no_error(archive, tmp_path):
    big = tmp_path / "big.txt"
    big.write_text("Long\n\n" + "The same sentence over and over.\n\n" * 20_000, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "searcher", "extract", str(big)],
        cwd=archive,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=60) == 0


def test_no_stdout_at_all(archive):
    outcome = subprocess.run(
        ["sh", "-c", '"$0" -m searcher query bridge >&-', sys.executable],
        cwd=archive,
        env=environment(),
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (outcome.returncode, b"unexpected" in outcome.stderr) == (0, False)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_said_to_be(archive):
    with Path("/dev/full").open("w") as full:
        outcome = searcher("query", "bridge", cwd=archive, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert outcome.returncode == 70
    assert "No space left" in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_stdout_is_data_only(archive):
    for output_format in ("json", "jsonl"):
        outcome = searcher("query", "bridge", "--format", output_format, "--verbose", cwd=archive)
        assert [json.loads(line) for line in outcome.stdout.splitlines()]
        assert "index: " in outcome.stderr


def test_pipes_get_no_colour_unless_they_want_it(archive):
    assert "\x1b" not in searcher("query", "bridge", cwd=archive).stdout
    assert "\x1b[1;31m" in searcher("query", "bridge", "--color", "always", cwd=archive).stdout
    assert "\x1b[1;31m" in searcher("--color", "always", "query", "bridge", cwd=archive).stdout
    assert "\x1b[1;31m" in searcher("query", "bridge", cwd=archive, env={"FORCE_COLOR": "1"}).stdout


def test_an_encoding_that_cannot_say_it_fails_nothing(archive):
    outcome = searcher("query", "wide", cwd=archive, env={"PYTHONIOENCODING": "latin-1"}, encoding=None)
    assert outcome.returncode == 0
    assert "漢字".encode() in outcome.stdout


# Terminals

SGR = re.compile(r"\x1b\[[0-9;]*m")


def test_a_terminal_gets_colours_and_marked_matches(archive):
    code, shown = on_terminal("query", "bridges", cwd=archive)
    assert code == 0
    assert "\x1b[1;31mbridge\x1b[0m" in shown.lower()


@pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_gets_no_colours_where_none_are_wanted(archive, environ):
    code, shown = on_terminal("query", "bridges", cwd=archive, **environ)
    assert (code, "\x1b" in shown) == (0, False)


@pytest.mark.parametrize("columns", [24, 40, 80, 200])
def test_lines_fit_the_terminal(archive, columns):
    _, shown = on_terminal("query", "said", "--limit", "20", "--quiet", cwd=archive, columns=columns)
    from searcher.cli.layout.wrapping import columns as taken

    assert "\n" in shown
    assert max(taken(SGR.sub("", line)) for line in shown.splitlines()) <= columns


def test_what_articles_hold_does_not_reach_the_terminal(archive):
    for arguments in (["query", "hostile"], ["query", "hostile", "--format", "json"], ["extract", "news/hostile.txt"]):
        code, shown = on_terminal(*arguments, cwd=archive)
        assert code == 0
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", SGR.sub("", shown))
        assert "red" in shown


def test_indexing_shows_a_bar_on_a_terminal_and_lines_in_a_pipe(copy):
    code, shown = on_terminal("index", "news", "--full", cwd=copy)
    assert code == 0
    assert "9 added" in SGR.sub("", shown)
    in_a_pipe = searcher("index", "news", "--full", cwd=copy)
    assert "\r" not in in_a_pipe.stderr + in_a_pipe.stdout
    assert "\x1b" not in in_a_pipe.stderr + in_a_pipe.stdout
    assert "5 files, 5 to read" in in_a_pipe.stderr


def test_the_ui_needs_a_terminal(archive):
    outcome = searcher(cwd=archive)
    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert "searcher query" in outcome.stderr


# Signals


def test_an_interrupt_ends_quietly(archive):
    process = subprocess.Popen(
        [sys.executable, "-m", "searcher", "batch", "-", "--format", "jsonl"],
        cwd=archive,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdin.write(b"bridge\n")
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["total"] == 2  # each answer comes as soon as it is known
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == b""
    assert b"Traceback" not in err
