"""How quick is the terminal UI? python benchmarks/ui.py --index DIR [--words WORD…] [--soak ACTIONS].

The real program runs in a pseudo-terminal of 120x40 cells (after its start, as `ui_program.py`); times are from the
moment a key is written to the moment when what it leads to has been written to the terminal. Measured: start to first
paint and to the first articles, key to results while typing at 12 keys a second with its steps, moving and paging
through hits, opening and paging an article of a megabyte (drawn without a terminal), and with `--soak` memory over many
actions that random keys do.
The load of the machine is printed too: on a busy one, look at the CPU times.
"""

from __future__ import annotations

import argparse
import asyncio
import fcntl
import gc
import json
import os
import pty
import random
import re
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path
from typing import Any, NamedTuple

KEYS_PER_SECOND = 12
KEYS_HELD = 25  # a second, as keyboards repeat
SIZE = (120, 40)
SEQUENCE = re.compile(rb"\x1b\[[0-9;?<=>]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
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
    *"jjjjkkgGnN/fsdtmxpJKruU?qiw*S+", "enter", "enter", "escape", "escape", "tab", "down", "up", "space",
    "ctrl+d", "ctrl+u", "pagedown", "f1", "ctrl+r", *"the of war",
)  # fmt: skip
CHECKPOINTS = 10  # of a soak

PROGRAM = Path(__file__).with_name("ui_program.py")
PROMPT = "› words".encode()  # the query line, with what it asks for
ENTER, CLEAR, QUIT = b"\r", b"\x15", b"\x11"
# Steps from a key to its results: name, where it begins, where it ends.
STEPS = (
    ("key to question", "pressed", "edited begins"),
    ("waiting for the search before", "edited begins", "answering begins"),
    ("searching, until the answer is taken", "answering begins", "shown begins"),
    ("updating widgets", "shown begins", "shown ends"),
    ("waiting for a frame", "shown ends", "frame begins"),
    ("painting", "frame begins", "frame ends"),
)
HITS = "of searching: hits and snippets"


class Program:
    """The real program in a pseudo-terminal, noting what it does if it is to."""

    def __init__(self, index: str, folder: str, *, noting: bool = True) -> None:
        self._main, side = pty.openpty()
        fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
        env = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "XDG_STATE_HOME": folder}
        self._log = Path(folder, "log.jsonl")
        self.started = time.perf_counter()
        noted = [str(PROGRAM), index, str(self._log)]
        self.process = subprocess.Popen(
            [sys.executable, *(noted if noting else ["-m", "searcher", "--index", index, "tui"])],
            stdin=side, stdout=side, stderr=side, env=env, start_new_session=True,
        )  # fmt: skip
        os.close(side)

    def cpu(self) -> float:
        """Give the seconds of CPU that the program took so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

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

    def end(self) -> list[Noted]:
        """Quit, reading on, since a terminal that is full would hold the program up; give what it noted."""
        self.press(QUIT)
        try:
            while self.process.poll() is None:
                self.read(time.perf_counter() + 0.1)
        except OSError:
            self.process.wait()
        os.close(self._main)
        if not self._log.exists():
            return []
        with self._log.open(encoding="utf-8") as file:
            return [Noted(*json.loads(line)) for line in file]


class Noted(NamedTuple):
    """A line of the program's log."""

    name: str
    at: float
    cpu: float
    detail: Any


def say(what: str, times: list[float]) -> None:
    if not times:
        print(f"{what:<44} {0:>6}")
        return
    ordered = sorted(time * 1000 for time in times)
    p95 = ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]
    print(f"{what:<44} {len(ordered):>6} {statistics.median(ordered):9.1f} {p95:9.1f} {ordered[-1]:9.1f}", flush=True)


def starts(index: str, runs: int) -> None:
    first, articles, cpu = [], [], []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            program = Program(index, folder, noting=False)
            first.append(program.wait_for(PROMPT) - program.started)
            cpu.append(program.cpu())
            articles.append(program.wait_for(b"newest first") - program.started)
            program.end()
    say("start to first paint", first)
    say("  of which CPU, imports and all", cpu)
    say("start to the newest articles", articles)


def typed(program: Program, words: tuple[str, ...]) -> list[tuple[float, str]]:
    """Type at a steady pace; give when each key was pressed and what the line held then."""
    pressed: list[tuple[float, str]] = []
    for word in words:
        program.press(CLEAR)
        program.drain(0.7)
        following = time.perf_counter()
        for count, key in enumerate(word, 1):
            pressed.append((program.press(key.encode()), word[:count]))
            following += 1 / KEYS_PER_SECOND
            program.drain(following - time.perf_counter())
        program.drain(1)
    return pressed


def moved(program: Program, word: str, keys: dict[str, tuple[bytes, int]]) -> dict[str, list[float]]:
    """Move through the hits of a word by each key, at the pace of a key held down; give when each was pressed."""
    pressed: dict[str, list[float]] = {}
    for what, (key, times) in keys.items():
        program.press(CLEAR)
        program.drain(0.3)
        program.press(word.encode() + ENTER)
        program.drain(1.5)
        pressed[what] = []
        following = time.perf_counter()
        for _ in range(times):
            pressed[what].append(program.press(key))
            following += 1 / KEYS_HELD
            program.drain(following - time.perf_counter())
        program.drain(0.5)
        program.press(b"/")
        program.drain(0.3)
    return pressed


def first(noted: list[Noted], name: str, after: float) -> Noted | None:
    """Find when something was noted first after a time."""
    return next((line for line in noted if line.name == name and line.at >= after), None)


def answered(pressed: list[tuple[float, str]], noted: list[Noted]) -> None:
    """Say how long each key waited for its answer, or for that of a later key, to be painted, and for what."""
    waits: list[float] = []
    steps: dict[str, list[float]] = {name: [] for name in (*(name for name, _, _ in STEPS), HITS)}
    for at, text in pressed:
        begun, edited = first(noted, "edited begins", at), first(noted, "edited ends", at)
        if begun is None or edited is None or edited.detail[1] != text or edited.detail == begun.detail:
            continue  # the program was still busy with another key, or the key asked nothing
        wanted = edited.detail[0]
        shown = next((line for line in noted if line.name == "shown ends" and line.detail >= wanted), None)
        painted = shown and first(noted, "paint ends", shown.at)
        if shown is None or painted is None:
            continue
        waits.append(painted.at - at)
        if shown.detail == wanted:
            time_steps(at, noted, steps)
    say("key to results painted, typing", waits)
    for name, times in steps.items():
        say(f"  {name}", times)


def time_steps(pressed: float, noted: list[Noted], steps: dict[str, list[float]]) -> None:
    """Add how long each step took from one key to its results."""
    reached = {"pressed": pressed}
    for _, _, name in STEPS:
        found = first(noted, name, max(reached.values()))
        if found is None:
            return
        reached[name] = found.at
    for name, begin, end in STEPS:
        steps[name].append(reached[end] - reached[begin])
    ended = reached["shown begins"]
    making = [line.at for line in noted if line.name.startswith("hits") and pressed < line.at < ended]
    steps[HITS].append(sum(making[1::2]) - sum(making[: len(making) // 2 * 2 : 2]))


def followed(what: str, pressed: list[float], noted: list[Noted]) -> None:
    """Say how long each key waited for the next paint, what painting took, and when every hit in view was there."""
    paints = [line for line in noted if line.name == "paint ends"]
    waits, whole = [], []
    for at in pressed:
        painted = next((line for line in paints if line.at > at), None)
        complete = next((line for line in paints if line.at > at and not line.detail), None)
        if painted is not None:
            waits.append(painted.at - at)
        if complete is not None:
            whole.append(complete.at - at)
    say(what, waits)
    say("  until no hit is missing", whole)
    begun = [line for line in noted if line.name == "frame begins" and pressed[0] < line.at < pressed[-1]]
    ended = [first(noted, "frame ends", line.at) for line in begun]
    say("  CPU of a frame", [end.cpu - begin.cpu for begin, end in zip(begun, ended, strict=True) if end is not None])


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


def memory() -> float:
    """Give the megabytes of memory that are this process's own; the index's files are mapped and do not count."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"RssAnon:\s+(\d+)", status)[1]) / 1e3  # type: ignore[index]


async def soak(index: str, count: int) -> None:
    """Press random keys until so many actions were done; memory must not grow, nothing may fail."""
    from searcher.config import Config
    from searcher.tui.allocator import give_back_large_blocks
    from searcher.tui.app import CALM, LOOK_EVERY, SearcherApp
    from searcher.tui.opening import of_config

    give_back_large_blocks()
    rng = random.Random(7)  # noqa: S311 - not for secrets
    app = SearcherApp(of_config(Config.of(index)))
    app.exit = lambda *_, **__: None  # type: ignore[method-assign]
    done = 0
    dispatch = app._dispatch_action  # noqa: SLF001

    async def counted(*args: Any) -> bool:
        nonlocal done
        done += 1
        return await dispatch(*args)

    app._dispatch_action = counted  # type: ignore[assignment, method-assign]  # noqa: SLF001
    async with app.run_test(size=SIZE):
        await asyncio.sleep(1)
        pressed, sizes = 0, list[float]()
        while done < count:
            pressed += 1
            app.simulate_key(rng.choice(SOAK_KEYS))
            if pressed % 20 == 0:
                await asyncio.sleep(0.02)
                while app.message_queue_size or app.type_ahead.busy:  # noqa: ASYNC110 - Textual has no event for it
                    await asyncio.sleep(0.005)
            if done >= (len(sizes) + 1) * count / CHECKPOINTS:
                await app.workers.wait_for_complete()
                await asyncio.sleep(CALM + LOOK_EVERY + 1)  # the program comes to rest
                sizes.append(memory())
                objects = len(gc.get_objects())
                print(f"{pressed:>8,} keys, {done:>7,} actions: {sizes[-1]:6.0f} MB, {objects:>9,} objects", flush=True)
    first, middle, last = sizes[0], sizes[CHECKPOINTS // 2 - 1], sizes[-1]
    print(f"growth: {middle - first:+.0f} MB in the first half, {last - middle:+.0f} MB in the second")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--index", default=os.environ.get("SEARCHER_INDEX", "index"))
    options.add_argument("--words", nargs="+", default=WORDS)
    options.add_argument("--runs", type=int, default=7, help="how often the start is measured")
    options.add_argument("--moves", type=int, default=300)
    options.add_argument("--soak", type=int, default=0, metavar="ACTIONS")
    chosen = options.parse_args()
    index = str(Path(chosen.index).resolve())
    if chosen.soak:
        asyncio.run(soak(index, chosen.soak))
        return
    print(f"{'milliseconds':<44} {'n':>6} {'median':>9} {'p95':>9} {'most':>9}")
    starts(index, chosen.runs)
    with tempfile.TemporaryDirectory() as folder:
        program = Program(index, folder)
        program.wait_for(b"newest first")
        program.drain(1)
        typing = typed(program, tuple(chosen.words))
        moves = {"next hit": (b"j", chosen.moves), "page down": (b" ", chosen.moves)}
        moving = moved(program, chosen.words[0], moves)
        noted = program.end()
    answered(typing, noted)
    for what, pressed in moving.items():
        followed(f"{what}, {KEYS_HELD} keys a second", pressed, noted)
    asyncio.run(megabyte())
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
