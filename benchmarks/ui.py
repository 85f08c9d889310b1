"""How quick is the terminal UI? python benchmarks/ui.py --index DIR [--words WORD…] [--soak KEYS].

The real program runs in a pseudo-terminal of 120x40 cells; times are from the moment a key is written to the moment
when what it leads to has been written to the terminal. Measured: start to first paint and to the first articles, key
to results while typing at 12 keys a second, moving through hits, opening and paging an article of a megabyte (drawn
without a terminal), and with `--soak` memory over many random keys.
"""

from __future__ import annotations

import argparse
import asyncio
import fcntl
import os
import pty
import random
import re
import resource
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

KEYS_PER_SECOND = 12
SIZE = (120, 40)
SEQUENCE = re.compile(rb"\x1b\[[0-9;?<=>]*[ -/]*[@-~]")
# Typed one after another, each cleared with ctrl+u.
WORDS = (
    "president",
    "the economy",
    "climate change",
    '"health care"',
    "budget deficit OR debt",
    "veterans",
    "title:senate",
)
SOAK_KEYS = (
    *"jjjjkkgGnN/fsdtmxpJKruU?qiw", "enter", "enter", "escape", "escape", "tab", "down", "up", "space",
    "ctrl+d", "ctrl+u", "pagedown", "f1", "ctrl+r", *"the of war",
)  # fmt: skip


class Program:
    """The real program in a pseudo-terminal."""

    def __init__(self, index: str, state: str) -> None:
        self._main, side = pty.openpty()
        fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
        env = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "XDG_STATE_HOME": state}
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "searcher", "--index", index, "tui"],
            stdin=side, stdout=side, stderr=side, env=env, start_new_session=True,
        )  # fmt: skip
        os.close(side)

    def press(self, keys: bytes) -> float:
        """Write keys, and give the time."""
        os.write(self._main, keys)
        return time.perf_counter()

    def read(self, until: float) -> tuple[float, bytes]:
        """Give what is written next and when, or nothing at the time `until`."""
        ready, _, _ = select.select([self._main], [], [], max(until - time.perf_counter(), 0))
        if not ready:
            return time.perf_counter(), b""
        written = os.read(self._main, 1 << 16)
        return time.perf_counter(), SEQUENCE.sub(b"", written)

    def wait_for(self, words: bytes, patience: float = 60) -> float:
        """Give the time when the words were painted."""
        end = time.perf_counter() + patience
        seen = b""
        while time.perf_counter() < end:
            at, written = self.read(end)
            seen = seen[-200:] + written
            if words in seen:
                return at
        raise TimeoutError(words)

    def drain(self, seconds: float) -> None:
        """Read what comes, and think nothing of it."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self.read(end)

    def end(self) -> None:
        """Quit, reading on: a terminal that is full would hold the program up."""
        self.press(b"\x11")
        try:
            while self.process.poll() is None:
                self.read(time.perf_counter() + 0.1)
        except OSError:
            self.process.wait()
        os.close(self._main)


def say(what: str, times: list[float]) -> None:
    ordered = sorted(time * 1000 for time in times)
    p95 = ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]
    print(f"{what:<44} {len(ordered):>6} {statistics.median(ordered):9.1f} {p95:9.1f} {ordered[-1]:9.1f}")


def starts(index: str, runs: int) -> None:
    first, articles = [], []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as state:
            program = Program(index, state)
            end = program.started + 60
            at, written = program.read(end)
            while not written.strip():
                at, written = program.read(end)
            first.append(at - program.started)
            articles.append(program.wait_for(b"newest first") - program.started)
            program.end()
    say("start to first paint", first)
    say("start to the newest articles", articles)


def typing(program: Program, words: tuple[str, ...]) -> None:
    """Type at a steady pace; a key's answer is the next count of hits painted."""
    waits: list[float] = []
    for word in words:
        program.press(b"\x15")
        program.drain(0.5)
        pending: list[float] = []
        following = time.perf_counter()
        for key in word:
            pending.append(program.press(key.encode()))
            following += 1 / KEYS_PER_SECOND
            while time.perf_counter() < following:
                at, written = program.read(following)
                if b"hit" in written or b" ms" in written:
                    waits += [at - pressed for pressed in pending]
                    pending = []
        end = time.perf_counter() + 5
        while pending and time.perf_counter() < end:
            at, written = program.read(end)
            if b"hit" in written or b" ms" in written:
                waits += [at - pressed for pressed in pending]
                pending = []
    say("key to results painted, typing", waits)


def moving(program: Program, word: str, count: int) -> None:
    """Move down hit by hit as fast as the screen follows."""
    program.press(b"\x15")
    program.drain(0.3)
    program.press(word.encode() + b"\r")
    program.drain(1.5)
    for what, key, times in (("move to the next hit", b"j", count), ("page down", b" ", count // 5)):
        waits = []
        for _ in range(times):
            pressed = program.press(key)
            at, written = program.read(pressed + 1)
            if written:
                waits.append(at - pressed)
            program.drain(0.05)
        say(what, waits)
        program.press(b"g")
        program.drain(0.5)


async def megabyte() -> None:
    """Open and page one long article, without a terminal."""
    from textual.app import App, ComposeResult

    from searcher.model import Article
    from searcher.tui import themes
    from searcher.tui.widgets.article_view import ArticleView

    class Page(App[None]):
        def compose(self) -> ComposeResult:
            yield ArticleView(centred=True)

        def get_theme_variable_defaults(self) -> dict[str, str]:
            return themes.defaults(self.current_theme)

    sentence = "The committee heard on Tuesday that the corridor would stay open until the spring. "
    text = "\n\n".join([sentence * 6] * 2000)
    spans = [found.span() for found in re.finditer("corridor", text)]
    app = Page()
    async with app.run_test(size=SIZE):
        view = app.query_one(ArticleView)
        begun = time.perf_counter()
        view.show(Article("0", "a.txt", "A long one", text, text), (), spans)
        for row in range(view.size.height):
            view.render_line(row)
        say(f"open an article of {len(text) / 1e6:.1f} MB, {len(spans):,} matches", [time.perf_counter() - begun])
        for what, step in (("page down in it", view.action_screen_down), ("next match in it", lambda: view.step(1))):
            waits = []
            for _ in range(300):
                begun = time.perf_counter()
                step()
                for row in range(view.size.height):
                    view.render_line(row)
                waits.append(time.perf_counter() - begun)
            say(what, waits)


def memory() -> tuple[float, float]:
    """Give the megabytes of this process in memory: now, and at most."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


async def soak(index: str, count: int) -> None:
    """Press many random keys; memory must not grow, nothing may fail."""
    from searcher.config import Config
    from searcher.tui.app import SearcherApp
    from searcher.tui.opening import of_config

    rng = random.Random(7)  # noqa: S311 - not for secrets
    pressed = 0
    while pressed < count:
        app = SearcherApp(of_config(Config.of(index)))
        app.exit = lambda *_, **__: None  # type: ignore[method-assign]
        async with app.run_test(size=SIZE) as pilot:
            await asyncio.sleep(1)
            for _ in range(min(5000, count - pressed)):
                app.simulate_key(rng.choice(SOAK_KEYS))
                pressed += 1
                if pressed % 20 == 0:
                    await asyncio.sleep(0.02)
                if pressed % 1000 == 0:
                    await pilot.pause()
                    now, most = memory()
                    print(f"{pressed:>8,} keys: {now:6.0f} MB now, {most:6.0f} MB at most", flush=True)
            await asyncio.sleep(1)
            await app.workers.wait_for_complete()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--index", default=os.environ.get("SEARCHER_INDEX", "index"))
    options.add_argument("--words", nargs="+", default=WORDS)
    options.add_argument("--runs", type=int, default=7, help="how often the start is measured")
    options.add_argument("--moves", type=int, default=500)
    options.add_argument("--soak", type=int, default=0, metavar="KEYS")
    chosen = options.parse_args()
    index = str(Path(chosen.index).resolve())
    if chosen.soak:
        asyncio.run(soak(index, chosen.soak))
        return
    print(f"{'milliseconds':<44} {'n':>6} {'median':>9} {'p95':>9} {'most':>9}")
    starts(index, chosen.runs)
    with tempfile.TemporaryDirectory() as state:
        program = Program(index, state)
        program.wait_for(b"newest first")
        program.drain(1)
        typing(program, tuple(chosen.words))
        moving(program, chosen.words[0], chosen.moves)
        program.end()
    asyncio.run(megabyte())


if __name__ == "__main__":
    main()
