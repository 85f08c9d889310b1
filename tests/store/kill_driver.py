"""Ends a process that commits without pause by SIGKILL, again and again at random moments; looks at what is left.

    python kill_driver.py FOLDER KILLS SEED

The process is forked from this one, so that it starts at once. It tells the number of a commit when it has made it.
Prints a line of JSON for each kill, and a last one for an index that was then left in peace for a commit.
"""

# ruff: noqa: T201

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from commit_history import commit_next, held, texts_after

from searcher.store.index import ArticleIndex

#: A process is ended within some commit up to this one of its own.
MOST_COMMITS = 2


def commit_for_ever(index, revision, texts, out):
    while True:
        revision, texts = commit_next(index, texts)
        os.write(out, f"{revision}\n".encode())


def killed(index, revision, texts, commits, seconds):
    """Let a process make some commits, and some seconds more; give how it ended and the commits that it told of."""
    source, out = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            commit_for_ever(index, revision, texts, out)
        finally:
            os._exit(1)
    os.close(out)
    with os.fdopen(source) as told:
        first = [int(told.readline()) for _ in range(commits)]
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        how = os.waitpid(child, 0)[1]
        return how, [*first, *(int(line) for line in told.read().split())]


def leftovers(folder, index):
    names = {segment.segment_id() for segment in index.read_toc().segments}
    return sorted(
        path.name
        for path in folder.iterdir()
        if path.suffix in (".terms", ".documents", ".new") and path.name.partition(".")[0] not in names
    )


def main(folder, kills, seed):
    chance = random.Random(seed)  # noqa: S311 told again the same
    index = ArticleIndex.create(folder)
    states = texts_after(40)
    commit_next(index, states[0])
    began = time.perf_counter()
    revision, _ = commit_next(index, states[1])
    longest = 1.5 * (time.perf_counter() - began)
    for kill in range(kills):
        commits, seconds = chance.randint(0, MOST_COMMITS), chance.uniform(0, longest)
        how, told = killed(index, revision, states[revision], commits, seconds)
        announced = told[-1] if told else revision
        revision, texts, damages = held(folder)
        if revision >= len(states) - 20:
            states = texts_after(revision + 40)
        print(
            json.dumps(
                {
                    "kill": kill,
                    "killed": os.WIFSIGNALED(how),
                    "commits": len(told),
                    "beyond": revision - announced,
                    "same": texts == states[revision],
                    "damages": damages,
                }
            )
        )
    last, texts = commit_next(index, states[revision])
    print(
        json.dumps(
            {
                "last": last - revision,
                "same": held(folder) == (last, states[last], []) and texts == states[last],
                "leftovers": leftovers(folder, index),
            }
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
