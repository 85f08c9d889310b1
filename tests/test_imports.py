"""What is imported when: a command starts without what it does not use."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

HEAVY_READERS = {"trafilatura", "htmldate", "lxml", "lxml_html_clean", "charset_normalizer", "dateparser"}
FACES = {"textual", "searcher.tui"}
VALUES = {f"searcher.model.{name}" for name in ("articles", "answers", "counts", "reports")}
# What each run may load only because it uses it.
UNUSED = {
    "import searcher": {"searcher.archive", "searcher.model", "numpy", "whoosh", "click", *FACES, *HEAVY_READERS},
    "query": {
        "searcher.ingest.pipeline", "searcher.articles.formats", "searcher.articles.fingerprints",
        "searcher.text.chunks", "searcher.model.counts", "searcher.model.reports", "numpy.ma", "rich", "platformdirs",
        *FACES, *HEAVY_READERS,
    },
    "show": {"searcher.ingest.pipeline", "searcher.articles.formats", "rich", *FACES, *HEAVY_READERS},
    "extract": {"whoosh", "searcher.store", "searcher.search", "rich", *FACES, *HEAVY_READERS},
    "index": {
        "searcher.search", "searcher.store.building", "searcher.articles.understanding", *FACES, *HEAVY_READERS,
    },
    "index, one new file": {"searcher.search", "searcher.store.codec.merging", "numpy.ma", *FACES, *HEAVY_READERS},
    "--help": {"numpy", "whoosh", "searcher.store", "searcher.search", "rich", *VALUES, *FACES, *HEAVY_READERS},
    "--version": {"numpy", "whoosh", "searcher.archive", "searcher.cli.commands", *VALUES, *FACES, *HEAVY_READERS},
}  # fmt: skip


# Compiled modules are kept, or every process would compile them all.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def modules_after(code, cwd):
    """The modules that a fresh process has loaded after `code`."""
    wrapped = f"{code}\nimport sys, json; print('\\n' + json.dumps(sorted(sys.modules)))"
    outcome = subprocess.run(
        [sys.executable, "-c", wrapped],
        cwd=cwd,
        env=ENVIRONMENT,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    return set(json.loads(outcome.stdout.splitlines()[-1]))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with an article, its index, and an article that is not in it."""
    folder = tmp_path_factory.mktemp("imports")
    for name in ("bridge", "new"):
        text = f"Harbour {name} opens\n\nAnna Lindqvist opened the {name} harbour.\n"
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "searcher", "index", "bridge.txt", "--quiet"], cwd=folder, check=True)
    return folder


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("query", ["query", "bridge"]),
        ("show", ["show", "zz"]),
        ("extract", ["extract", "bridge.txt"]),
        ("index", ["index", "bridge.txt"]),
        ("index, one new file", ["index", "new.txt"]),
        ("--help", ["--help"]),
        ("--version", ["--version"]),
    ],
)
def test_a_command_loads_only_what_it_uses(folder, name, arguments):
    loaded = modules_after(f"from searcher.cli.main import run\nrun({arguments!r})", folder)
    assert "click" in loaded
    assert loaded & UNUSED[name] == set()


def test_importing_searcher_costs_next_to_nothing(tmp_path):
    before = modules_after("", tmp_path)
    loaded = modules_after("import searcher", tmp_path)
    assert loaded & UNUSED["import searcher"] == set()
    assert {name for name in loaded - before if name.startswith("searcher")} == {"searcher"}


def test_the_names_of_the_package_are_there_when_asked_for(tmp_path):
    loaded = modules_after("import searcher\nassert searcher.Archive.open and searcher.SearcherError", tmp_path)
    assert "searcher.archive" in loaded
    assert loaded & {*FACES, "click", *HEAVY_READERS} == set()
