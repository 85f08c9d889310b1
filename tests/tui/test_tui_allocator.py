"""Does memory that large arrays took go back to the system?"""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import re
from pathlib import Path

import numpy as np

from searcher.tui.allocator import give_back_free_blocks, give_back_large_blocks


def resident():
    return int(re.search(r"VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) >> 10


give_back_large_blocks()
before = resident()
np.ones(30 << 17)  # once this is freed, glibc would take smaller ones from its heap
large, small = [], []
for _ in range(15):
    large.append(np.ones(20 << 17))
    small.append(bytearray(1000))
most = resident()
large.clear()
after = resident()

work = [(np.ones(12 << 17), bytearray(1000)) for _ in range(4)]
worked = resident()
small += [kept for _, kept in work]
work.clear()
give_back_free_blocks()
print(before, most, after, worked, resident())
"""


def test_what_large_arrays_took_goes_back():
    run = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    before, most, after, worked, rested = map(int, run.stdout.split())
    assert most - before >= 290
    assert after - before < 60
    assert worked - after >= 40
    assert rested - before < 10


def test_another_c_library_is_left_alone(monkeypatch):
    from searcher.tui import allocator

    monkeypatch.setattr(allocator.ctypes, "CDLL", lambda _: object())
    allocator.give_back_large_blocks()
    allocator.give_back_free_blocks()
