"""Draw the pictures of README: the terminal UI on the articles of `seeds/`, as SVG files in `docs/screenshots/`.

    python docs/screenshots.py

The index is built in a temporary folder, so that the pictures show what anyone sees after the first command.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from dataclasses import replace
from pathlib import Path

from textual.widgets import Input

from searcher.archive import Archive
from searcher.config import Config
from searcher.tui.app import SearcherApp
from searcher.tui.opening import of_config

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "screenshots"

# Name, size, and the keys that lead there.
PICTURES: tuple[tuple[str, tuple[int, int], tuple[str, ...]], ...] = (
    ("results", (120, 40), ("Lachin corridor", "enter")),
    ("wide", (180, 45), ("putin", "enter", "j")),
    ("reader", (100, 32), ("Lachin corridor", "enter", "enter", "i")),
    ("facets", (100, 32), ("karabakh", "enter", "f")),
    ("help", (100, 32), ("putin", "enter", "question_mark")),
)


async def settled(app: SearcherApp) -> None:
    """Wait until nothing is under way: longer than any pause of the search loop."""
    for _ in range(3):
        await asyncio.sleep(0.25)
        await app.workers.wait_for_complete()


async def draw(config: Config, name: str, size: tuple[int, int], keys: tuple[str, ...]) -> None:
    """Press the keys and write the picture; milliseconds are written as `1.0 ms`, so that it is always the same."""
    app = SearcherApp(of_config(config))
    async with app.run_test(size=size) as pilot:
        await settled(app)
        for key in keys:
            await pilot.press(*(key if " " in key or key not in {"enter", "question_mark"} else [key]))
            await settled(app)
        picture = re.sub(r"[\d.]+&#160;ms", "1.0&#160;ms", app.export_screenshot(title="searcher"))
    picture = re.sub(r"terminal-\d+-", "terminal-", picture)
    (TARGET / f"{name}.svg").write_text(picture, encoding="utf-8")


def main() -> None:
    """Build the index and draw every picture."""
    Input.cursor_blink = False
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        config = replace(Config.of(Path(folder, "index")), root=ROOT, sources=(ROOT / "seeds",))
        archive = Archive.create(config=config)
        archive.index()
        archive.close()
        for name, size, keys in PICTURES:
            asyncio.run(draw(config, name, size, keys))


if __name__ == "__main__":
    main()
