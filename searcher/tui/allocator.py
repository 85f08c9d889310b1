"""The C library's allocator in a program that runs for hours: what large arrays took goes back to the system."""

from __future__ import annotations

import ctypes
from contextlib import suppress

# Of mallopt(3).
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
_LARGE = 16 << 20  # bytes; smaller ones, that queries of a million articles work in, are sooner had from the heap
_KEPT = 4 * _LARGE  # at the end of a heap
_HEAPS = 2


def give_back_large_blocks() -> None:
    """Have glibc map blocks of 16 MB and more by themselves, whatever was freed before, and keep two heaps at most.

    Left alone it takes such blocks from its heaps once it has seen a larger one freed, and has a heap a thread: what
    lies behind a small block that is still used then stays with the program. Other C libraries are left alone.
    """
    with suppress(AttributeError, OSError, TypeError):  # no such function, or no such library to ask
        mallopt = ctypes.CDLL(None).mallopt
        for setting, value in ((_MMAP_THRESHOLD, _LARGE), (_TRIM_THRESHOLD, _KEPT), (_ARENA_MAX, _HEAPS)):
            mallopt(setting, value)


def give_back_free_blocks() -> None:
    """Have glibc give back all whole pages that are free, wherever they lie; that takes it some milliseconds."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
