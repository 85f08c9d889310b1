"""How much memory do a process and those that it started hold at most, what they map from files left out?"""

from __future__ import annotations

import threading
from pathlib import Path

_PAUSE = 0.1  # seconds


class Memory(threading.Thread):
    """Watches a process until it is told to end.

    A page that several processes share counts once, in parts (the kernel's proportional set size).

    Attributes:
        alone, together: the most that the process, and it and its descendants, held at one time, in bytes.
    """

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.alone = self.together = 0
        self._process, self._end = process, threading.Event()
        self.start()

    def run(self) -> None:
        """Look now and then."""
        while not self._end.wait(_PAUSE):
            held = [_held(number) for number in _family(self._process)]
            self.alone, self.together = max(self.alone, held[0]), max(self.together, sum(held))

    def end(self) -> None:
        """Look no more."""
        self._end.set()
        self.join()


def _family(number: int) -> list[int]:
    found = [number]
    try:
        for task in Path(f"/proc/{number}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += _family(int(child))
    except OSError:
        pass
    return found


def _held(number: int) -> int:
    try:
        lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(("Pss_Anon", "Pss_Shmem")))
