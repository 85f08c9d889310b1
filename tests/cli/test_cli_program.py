"""The program as a process, with pipes, terminals and signals around it."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import threading
from fcntl import ioctl
from pathlib import Path

import pytest

from searcher.cli.layout.wrapping import columns as taken


def environment(**changes):
    ours = (
        "SEARCHER_INDEX",
        "NO_COLOR",
        "FORCE_COLOR",
        "COLUMNS",
        "LINES",
        "PYTHONDONTWRITEBYTECODE",
        "PYTHONUNBUFFERED",
    )
    return {
        **{name: value for name, value in os.environ.items() if name not in ours},
        "TERM": "xterm-256color",
        **changes,
    }


def searcher(*arguments, cwd, **environ):
    command = [sys.executable, "-m", "searcher", *arguments]
    return subprocess.run(
        command,
        cwd=cwd,
        env=environment(**environ),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )


def on_terminal(*arguments, cwd, columns=80, **environ):
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
    written = []
    try:
        while data := os.read(main, 65536):
            written.append(data)
    except OSError:  # the other side has closed: how Linux ends a terminal
        pass
    os.close(main)
    return process.wait(timeout=60), b"".join(written).decode().replace("\r\n", "\n")


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


def test_a_reader_that_stops_is_no_error(tmp_path):
    big = tmp_path / "big.txt"
    big.write_text("Long\n\n" + "The same sentence over and over.\n\n" * 20_000, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "searcher", "extract", str(big)],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=60) == 0


@pytest.mark.parametrize(("query", "code"), [("bridge", 0), ("zzz", 1), ("soruce:x", 2)])
def test_no_stderr_at_all(indexed, query, code):
    outcome = subprocess.run(
        ["sh", "-c", '"$0" -m searcher query "$1" 2>&-', sys.executable, query],
        cwd=indexed,
        env=environment(),
        stdout=subprocess.PIPE,
        check=False,
        timeout=60,
    )
    assert (outcome.returncode, bool(outcome.stdout)) == (code, code == 0)


def test_no_stdout_at_all(indexed):
    outcome = subprocess.run(
        ["sh", "-c", '"$0" -m searcher query bridge >&-', sys.executable],
        cwd=indexed,
        env=environment(),
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (outcome.returncode, b"unexpected" in outcome.stderr) == (0, False)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_said_to_be(indexed):
    with Path("/dev/full").open("w") as full:
        outcome = subprocess.run(
            [sys.executable, "-m", "searcher", "query", "bridge"],
            cwd=indexed,
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert outcome.returncode == 70
    assert b"No space left" in outcome.stderr
    assert b"Traceback" not in outcome.stderr


def test_a_pipe_gets_lines_without_colour_in_utf8(indexed):
    outcome = searcher("query", "bridges", "OR", "wide", cwd=indexed, PYTHONIOENCODING="latin-1")
    assert outcome.returncode == 0
    assert b"\x1b" not in outcome.stdout
    assert "漢字".encode() in outcome.stdout


def test_indexing_says_lines_in_a_pipe(copied):
    outcome = searcher("index", "news", "records.jsonl", "--full", cwd=copied)
    assert not re.search(rb"[\r\x1b]", outcome.stderr + outcome.stdout)
    assert b"5 files, 5 to read" in outcome.stderr
    assert b"9 articles in " in outcome.stdout


# Terminals

SGR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("columns", [24, 80])
def test_a_terminal_gets_colours_in_lines_that_fit(indexed, columns):
    code, shown = on_terminal("query", "said", "OR", "bridge", "--quiet", cwd=indexed, columns=columns)
    assert code == 0
    assert "\x1b[1;31mbridge\x1b[0m" in shown
    assert max(taken(SGR.sub("", line)) for line in shown.splitlines()) <= columns


def test_no_color_is_honoured(indexed):
    code, shown = on_terminal("query", "bridges", cwd=indexed, NO_COLOR="1")
    assert (code, "\x1b" in shown) == (0, False)
    assert "Harbour bridge opens" in shown


@pytest.mark.parametrize("output_format", ["text", "json", "csv"])
def test_what_articles_hold_does_not_reach_the_terminal(copied, output_format):
    hostile = copied / "news" / "bad\x1b[2J\x07name.txt"
    (copied / "news" / "hostile.txt").rename(hostile)
    code, shown = on_terminal("extract", str(hostile), "--format", output_format, cwd=copied)
    assert code == 0
    assert "red" in shown
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", SGR.sub("", shown))


def test_indexing_shows_a_bar_on_a_terminal(copied):
    code, shown = on_terminal("index", "news", "records.jsonl", "--full", cwd=copied)
    assert code == 0
    assert "━" in shown
    assert "9 articles in " in SGR.sub("", shown).replace("\n", "")


def test_the_ui_needs_a_terminal(indexed):
    outcome = searcher(cwd=indexed)
    assert (outcome.returncode, outcome.stdout) == (2, b"")
    assert b"searcher query" in outcome.stderr


# Signals


def test_an_interrupt_ends_quietly(indexed):
    process = subprocess.Popen(
        [sys.executable, "-m", "searcher", "batch", "-", "--format", "jsonl"],
        cwd=indexed,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    watchdog = threading.Timer(30, process.kill)  # a test that fails must not wait for ever
    watchdog.start()
    process.stdin.write(b"bridge\n")
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["total"] == 2  # each answer comes as soon as it is known
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    watchdog.cancel()
    assert process.returncode == 130
    assert out == b""
    assert b"Traceback" not in err
