"""Runs the program: `searcher`, or `python -m searcher`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and end the process with its exit code."""
    try:
        from searcher.cli.main import run

        code = run()
    except KeyboardInterrupt:  # before the program could catch it itself
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    main()
