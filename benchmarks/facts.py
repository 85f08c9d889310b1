"""How well are articles and their facts read? All that there is gold for, one table after the other.

    SEARCHER_DATA=/path/to/data python benchmarks/facts.py [--model en_core_web_sm]

Runs `pages.py` (text, title, author, source, date of web pages), `people.py` (beside a spaCy model, where one is
named) and `wires.py` (dates, datelines, bylines and people of plain text), each of which says what its figures are.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--model", default="", help="a spaCy model to measure people beside")
    model = options.parse_args().model
    for name, arguments in (("pages", []), ("people", ["--model", model]), ("wires", [])):
        print(f"\n== {name}", flush=True)
        subprocess.run([sys.executable, Path(__file__).with_name(f"{name}.py"), *arguments], check=True)


if __name__ == "__main__":
    main()
