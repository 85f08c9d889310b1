"""Merge segments beside the reading, in processes of their own, so that neither waits for the other."""

from __future__ import annotations

import queue
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from searcher.ingest.child import ChildProcess
from searcher.ingest.reading import Manner, Merge
from searcher.ingest.worker import packed

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from pathlib import Path

    from searcher.store.codec.segment import ArraySegment
    from searcher.store.writer import IndexWriter

#: So few articles are merged by the commit itself before a process would have started.
_FEW = 4_000


class Merging:
    """The merges of a run: of what the run has written while others read on, of all that is due when they have done.

    What cannot be merged here is left to the commit, which says why it cannot.

    Args:
        writer: says what is due and takes what was merged.
        index: folder of the index.
        memory: bytes that one process may merge in.
        processes: how many there may be when reading is over; before, one.
    """

    def __init__(self, writer: IndexWriter, index: Path, *, memory: int, processes: int) -> None:
        self._writer = writer
        self._index = index
        self._memory = memory
        self._children = [ChildProcess(Manner(None)) for _ in range(processes)]
        self._idle: queue.LifoQueue[ChildProcess] = queue.LifoQueue()  # one that has not started stays unstarted
        for child in self._children:
            self._idle.put(child)
        self._threads = ThreadPoolExecutor(processes, thread_name_prefix="merging")
        self._under_way: dict[Future[ArraySegment | None], list[ArraySegment]] = {}
        self._failed = False

    def go_on(self) -> None:
        """Take what is merged by now, and begin what is due since; articles may be removed, but none of this run's."""
        self._take()
        self._begin(self._writer.due_meanwhile(without=self._merging), most=1)

    def finish(self, wait: Callable[[Future[ArraySegment | None]], object]) -> None:
        """Merge all that is due, now that nothing will be added or removed, and what is left over of the run.

        Args:
            wait: waits for something to be done; raises what is to stop the run.
        """
        most = len(self._children)
        while self._begin(self._writer.due(without=self._merging), most=most) or self._under_way:
            wait(next(iter(self._under_way)))
            self._take()
        self._begin(_parted(self._writer.left_over(), most), most=most)
        while self._under_way:
            wait(next(iter(self._under_way)))
            self._take()

    def close(self) -> None:
        """End all processes, whatever they are doing."""
        self._failed = True
        for child in self._children:
            child.end()
        self._threads.shutdown(wait=True, cancel_futures=True)

    @property
    def _merging(self) -> set[ArraySegment]:
        return {segment for group in self._under_way.values() for segment in group}

    def _begin(self, due: list[list[ArraySegment]], *, most: int) -> bool:
        """Begin some merges, no more than `most` at a time; tell whether any was begun."""
        many = [group for group in due if sum(segment.doc_count() for segment in group) > _FEW]
        begun = [] if self._failed else many[: max(0, most - len(self._under_way))]
        for group in begun:
            self._under_way[self._threads.submit(self._merge, group)] = group
        return bool(begun)

    def _take(self) -> None:
        for future in [future for future in self._under_way if future.done()]:
            group = self._under_way.pop(future)
            merged = future.result()
            if merged is None:
                self._failed = True
            else:
                self._writer.replace(group, merged)

    def _merge(self, group: list[ArraySegment]) -> ArraySegment | None:
        child = self._idle.get()
        try:
            return child.ask(packed(Merge(self._index, tuple(group), self._memory))).segments[0]
        except Exception:  # noqa: BLE001 - a commit that cannot do it either says why
            return None
        finally:
            self._idle.put(child)


def _parted(segments: list[ArraySegment], most: int) -> list[list[ArraySegment]]:
    """Part segments into neighbours, for so many processes at most, two for each at least."""
    size = max(2, -(-len(segments) // most))
    parts = [segments[start : start + size] for start in range(0, len(segments), size)]
    return [part for part in parts if len(part) > 1]
