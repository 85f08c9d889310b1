"""Runs the program: `searcher`, or `python -m searcher`."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress

# Importing makes many objects that live as long as the process: looking through them for garbage finds none.
_ALLOCATIONS_BEFORE_COLLECTING = 200_000


def main() -> None:
    """Run the command line and end the process with its exit code."""
    gc.set_threshold(_ALLOCATIONS_BEFORE_COLLECTING)
    # Nothing here multiplies matrices: making ready for it, thread by thread, is a third of numpy's import.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        from searcher.cli.main import run

        code = run()
    except KeyboardInterrupt:  # before the program could catch it itself
        code = 130
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError, ValueError):
            stream.flush()
    # Everything is written and closed; taking the modules apart one by one would take a tenth of a query's time.
    os._exit(code)


if __name__ == "__main__":
    main()
