"""Run Whoosh's own test suite with our codec as its default, beside a run with its own.

    python benchmarks/whoosh_suite.py [--tests FOLDER] [-- pytest options]

The tests come from the source distribution of the Whoosh that is installed, fetched from the package index into a
temporary folder; nothing of them is kept. Prints both runs' counts, and the tests that fail with our codec alone, each
with why that is expected, or `UNEXPECTED`. Exit code 1 when there is an unexpected one.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tarfile
import tempfile
import xml.etree.ElementTree as ET
from importlib.metadata import version
from pathlib import Path

#: Tests that assert the old codec's private parts, and the part of it that each looks at.
_BLOCKS = "looks for the old codec's pickled blocks in the files"
PRIVATE = {
    "test_corrupt_postings_block_raises_clear_error": _BLOCKS,
    "test_tiny_blocks_stored_uncompressed_round_trip": _BLOCKS,
    "test_fieldwriter_two_terms": "gives one document another length with each term, which the old codec keeps by term",
    "test_varbytes_offsets": "asks the old column reader whether it stored offsets",
}

PLUGIN = """
import whoosh.codec

def default_codec(*args, **options):
    from searcher.store.codec import ArrayCodec
    return ArrayCodec()

whoosh.codec.default_codec = default_codec
"""


def fetch(folder: Path) -> Path:
    """Fetch and unpack the tests of the installed Whoosh; give their folder."""
    wanted = f"whoosh3=={version('whoosh3')}"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary=:all:"]
    subprocess.run([*command, wanted, "--dest", str(folder)], check=True)
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    return next(path for path in folder.glob("*/tests") if path.is_dir())


def run(tests: Path, folder: Path, name: str, options: list[str]) -> dict[str, str]:
    """Run the tests; give each one's outcome."""
    report = folder / f"{name}.xml"
    plugin = folder / name
    plugin.mkdir()
    # Loaded by every Python that starts here, the processes that Whoosh's tests spawn included.
    (plugin / "sitecustomize.py").write_text(PLUGIN if name == "ours" else "", encoding="utf-8")
    flags = ["-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-W", "ignore", f"--junitxml={report}", "--tb=short"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *flags, "--rootdir", str(tests), "-c", os.devnull, *options, str(tests)],
        cwd=tests,
        env=os.environ | {"PYTHONPATH": str(plugin)},
        check=False,
        capture_output=True,
        text=True,
        errors="replace",
    )
    (folder / f"{name}.log").write_text(done.stdout + done.stderr, encoding="utf-8")
    outcomes = {}
    for case in ET.parse(report).iter("testcase"):  # noqa: S314 - written by our own pytest
        kinds = {child.tag for child in case}
        outcome = "failed" if kinds & {"failure", "error"} else "skipped" if "skipped" in kinds else "passed"
        outcomes[f"{case.get('classname')}::{case.get('name')}"] = outcome
    return outcomes


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tests", type=Path, help="a folder that has them already")
    parser.add_argument("--keep", type=Path, help="where to leave the logs")
    parser.add_argument("options", nargs="*", help="for pytest")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        tests = arguments.tests or fetch(folder)
        outcomes = {name: run(tests.resolve(), folder, name, arguments.options) for name in ("theirs", "ours")}
        for name, tested in outcomes.items():
            counts = {kind: list(tested.values()).count(kind) for kind in ("passed", "failed", "skipped")}
            print(f"{name:7}", *(f"{count} {kind}" for kind, count in counts.items()))
        lost = [t for t, kind in outcomes["theirs"].items() if kind == "passed" and outcomes["ours"].get(t) != "passed"]
        unexpected = 0
        for test in lost:
            reason = PRIVATE.get(test.split("::")[-1])
            unexpected += reason is None
            print(f"  {test}: {reason or 'UNEXPECTED'}")
    return int(unexpected > 0)


if __name__ == "__main__":
    sys.exit(main())
