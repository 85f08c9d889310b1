"""The real program in a pseudo-terminal: it paints, answers, follows a resize, and leaves the terminal as it was."""

from __future__ import annotations

import os
import re
import select
import signal
import struct
import subprocess
import sys
import time

import pytest

pty = pytest.importorskip("pty")
fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")

PATIENCE = 20.0
ARTICLES = {
    "bridge.txt": "Harbour bridge opens\n\nThe harbour bridge opened to traffic on Saturday, after nine years.\n",
    "ferry.txt": "Council keeps the ferry\n\nThe council voted to keep the ferry although the bridge is open.\n",
}
LEAVES_ALTERNATE_SCREEN = b"\x1b[?1049l"
SEQUENCE = re.compile(
    rb"\x1b\[[0-9;?<=>]*[ -/]*[@-~]|\x1b[()][0-9A-B]|\x1b[=>78]|\x1b\][^\x07]*\x07|\x1bP[^\x1b]*\x1b\\"
)


class Terminal:
    """A program on a pseudo-terminal: what it wrote, and keys for it."""

    def __init__(self, command, cwd, size=(80, 24), **environ):
        self.main, side = pty.openpty()
        self.resize(*size)
        env = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "HOME": str(cwd)} | environ
        env |= {"XDG_STATE_HOME": str(cwd / "state"), "XDG_CONFIG_HOME": str(cwd / "config")}
        self.program = subprocess.Popen(
            command, cwd=cwd, stdin=side, stdout=side, stderr=side, env=env, start_new_session=True
        )
        os.close(side)
        self.written = b""

    def resize(self, width, height):
        fcntl.ioctl(self.main, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        if hasattr(self, "program"):
            os.killpg(self.program.pid, signal.SIGWINCH)

    def press(self, keys):
        os.write(self.main, keys)

    def read(self):
        ready, _, _ = select.select([self.main], [], [], 0.05)
        if not ready:
            return False
        try:
            self.written += os.read(self.main, 65536)
        except OSError:
            return False
        return True

    def wait_for(self, text):
        """Read until the text was painted since the last wait."""
        end = time.monotonic() + PATIENCE
        while text.encode() not in SEQUENCE.sub(b"", self.written):
            assert time.monotonic() < end, SEQUENCE.sub(b"", self.written)[-3000:].decode(errors="replace")
            self.read()
        self.written = b""

    def wait_for_end(self):
        """Read until the program ends; give its exit code."""
        end = time.monotonic() + PATIENCE
        while self.program.poll() is None:
            assert time.monotonic() < end
            self.read()
        while self.read():
            pass
        return self.program.returncode

    def hang_up(self):
        os.close(self.main)
        self.main = os.open(os.devnull, os.O_RDONLY)

    def close(self):
        if self.program.poll() is None:
            self.program.kill()
            self.program.wait()
        os.close(self.main)


@pytest.fixture
def archive(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text)
    (tmp_path / "searcher.toml").write_text('index = "index"\nsources = ["articles"]\n')
    return tmp_path


@pytest.fixture
def terminal(archive):
    opened = []

    def start(*arguments, **options):
        opened.append(Terminal([sys.executable, "-m", "searcher", *arguments], archive, **options))
        return opened[-1]

    yield start
    for one in opened:
        one.close()


def test_a_first_visit_from_building_to_quitting(terminal):
    screen = terminal()
    screen.wait_for("There is no index yet")
    screen.press(b"b")
    screen.wait_for("Type to search")
    screen.press(b"bridge")
    screen.wait_for("2 hits")
    screen.press(b"\r")
    screen.wait_for("Read")
    screen.press(b"\r")
    screen.wait_for("1 of 2 · 2 matches")
    screen.press(b"n")
    screen.wait_for("match 1/")
    screen.resize(120, 40)
    screen.wait_for("Next article")
    screen.press(b"q")
    screen.wait_for("Timeline")
    screen.press(b"q")
    assert screen.wait_for_end() == 0
    assert LEAVES_ALTERNATE_SCREEN in screen.written
    assert b"Traceback" not in screen.written


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP])
def test_ended_from_outside_it_leaves_the_terminal_as_it_was(terminal, sent):
    screen = terminal()
    screen.wait_for("There is no index yet")
    screen.program.send_signal(sent)
    screen.wait_for_end()
    assert LEAVES_ALTERNATE_SCREEN in screen.written
    assert b"Traceback" not in screen.written


def test_a_terminal_that_draws_nothing_is_told_what_else_there_is(terminal):
    screen = terminal(TERM="dumb")
    assert screen.wait_for_end() == 2
    assert b"searcher query" in screen.written
    assert b"\x1b" not in screen.written


def test_it_ends_with_its_terminal(terminal):
    screen = terminal()
    screen.wait_for("There is no index yet")
    screen.hang_up()
    screen.program.wait(timeout=PATIENCE)
