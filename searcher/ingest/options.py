"""What may be asked of an indexing run."""

from __future__ import annotations

import os
from dataclasses import dataclass

from searcher.articles.inference import Inference


@dataclass(frozen=True, slots=True)
class IndexOptions:
    """How to bring an index up to date.

    Attributes:
        full: read everything and build the index anew; readers see the old one until it is done.
        infer: infer facts from the text; without it only what a file or record states is believed.
        people_model: a spaCy model that is to find the names in texts of its language; our own by default.
        workers: processes that read; None lets the machine and the work decide, 0 reads in this process.
        memory_megabytes: how much memory the run may use, workers included.
        dry_run: find out what would be done, and do nothing.
        wait: seconds to wait for another process that is writing.
        largest_megabytes: files over this size are passed over when folders are walked.
    """

    full: bool = False
    infer: bool = True
    people_model: str | None = None
    workers: int | None = None
    memory_megabytes: int = 768
    dry_run: bool = False
    wait: float = 0.0
    largest_megabytes: int = 4096

    @property
    def inference(self) -> Inference:
        """How facts are inferred."""
        return Inference(self.infer, self.people_model)

    def worker_count(self) -> int:
        """Give how many processes to read with."""
        if self.workers is not None:
            return max(0, self.workers)
        return min(8, available_cores())


def available_cores() -> int:
    """Give how many cores this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
