"""README and docs/ say what the program does; `.ci/run` runs README's two commands as they stand."""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from searcher import config
from searcher.cli import exits
from searcher.cli.main import COMMANDS
from searcher.query import reference

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(kind, number=0):
    return re.findall(rf"```{kind}\n(.*?)```", README, re.DOTALL)[number]


def marked_commands():
    return dict(re.findall(r"<!-- command: (\w+) -->\n```sh\n(.*?)\n```", README, re.DOTALL))


def test_two_commands_are_marked_for_ci():
    commands = marked_commands()
    assert list(commands) == ["search", "test"]
    for command in commands.values():
        assert len(command.splitlines()) == 1
        subprocess.run(["bash", "-n", "-c", command], check=True)
    assert commands["search"].startswith("python3 -m venv .venv && ")
    assert commands["search"].endswith('searcher query "Lachin corridor"')


def test_ci_reads_the_commands_that_are_marked():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert set(re.findall(r"command_of '(command: \w+)'", script)) == {f"command: {name}" for name in marked_commands()}


def test_the_picture_comes_before_the_first_section_and_links_lead_somewhere():
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert links[0].endswith(".svg") or links[0].endswith(".png")
    assert README.index(links[0]) < README.index("\n## ")
    missing = [link for link in links if "://" not in link and not (ROOT / link).exists()]
    assert missing == []


def test_every_command_is_told():
    told = set(re.findall(r"^\| `searcher (\w+)", README, re.MULTILINE))
    assert told == set(COMMANDS) - {"tui"}


def test_the_query_language_is_told_as_it_is():
    assert f"<!-- table: query language -->\n{reference.markdown_table().rstrip()}\n\n" in README


def test_every_exit_code_is_told():
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)}
    assert told == {value for name, value in vars(exits).items() if name.isupper() and isinstance(value, int)}


def test_the_settings_shown_can_be_read(tmp_path):
    (tmp_path / "searcher.toml").write_text(block("toml"), encoding="utf-8")
    found = config.load(None, {}, tmp_path)
    assert set(tomllib.loads(block("toml"))) == {"index", "sources", "aliases", "people", "limits"}
    assert found.aliases_file == config.Config.of(tmp_path / "index").aliases_file
    assert found.people_file == config.Config.of(tmp_path / "index").people_file


def test_the_settings_of_this_repository_index_the_seeds():
    found = config.load(None, {}, ROOT)
    assert found.index == ROOT / "index"
    assert found.sources == (ROOT / "seeds",)


def test_the_python_shown_is_python():
    ast.parse(block("python"))


def test_commands_are_documented_as_they_are():
    spec = importlib.util.spec_from_file_location("write_commands", ROOT / "docs" / "write_commands.py")
    assert spec is not None
    assert spec.loader is not None
    writer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(writer)
    # Words alone: another version of click may wrap or quote otherwise.
    assert writer.page().split() == writer.PATH.read_text(encoding="utf-8").split(), "run docs/write_commands.py"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_section_in_the_docs(name):
    assert f"\n## searcher {name}\n" in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def test_every_benchmark_is_told():
    told = re.findall(r"^\| `(\w+\.py)", (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(told) == sorted(path.name for path in (ROOT / "benchmarks").glob("*.py"))
