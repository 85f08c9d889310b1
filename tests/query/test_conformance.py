from __future__ import annotations

import importlib.util
import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from searcher.errors import QueryError
from searcher.query.parser import parse
from searcher.query.printer import unparse
from searcher.query.reference import ROWS
from searcher.query.tree import Nothing

HERE = Path(__file__).parent
TODAY = date(2020, 11, 22)
_LINE = re.compile(r"(?:\[(any|auto|lenient)\] )?(.*) ⇒ (.*)")


def _notation():
    spec = importlib.util.spec_from_file_location("query_notation", HERE / "notation.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.notation


notation = _notation()


class Case(NamedTuple):
    line: int
    how: str
    query: str
    wanted: str


def _cases() -> list[Case]:
    lines = (HERE / "conformance.txt").read_text(encoding="utf-8").split("\n")
    found = ((number, _LINE.fullmatch(line)) for number, line in enumerate(lines, 1) if not re.match(r"# |$", line))
    return [Case(number, match[1] or "all", match[2], match[3]) for number, match in found]


CASES = _cases()


def _read(case: Case):
    match = case.how if case.how in {"any", "auto"} else "all"
    return parse(case.query, today=TODAY, match=match, lenient=case.how == "lenient")


def _as_written(case: Case) -> str:
    try:
        return notation(_read(case).tree)
    except QueryError as error:
        start, end = error.span
        assert error.query == case.query
        assert 0 <= start <= end <= len(case.query)
        assert "\n" not in error.message + error.hint
        return f"error {start}-{end}: {error.message} | {error.hint}"


@pytest.mark.parametrize("case", CASES, ids=[f"line {case.line}" for case in CASES])
def test_a_query_is_read_as_written_down(case: Case) -> None:
    assert _as_written(case) == case.wanted


@pytest.mark.parametrize("case", CASES, ids=[f"line {case.line}" for case in CASES])
def test_what_is_printed_reads_as_the_same_on_any_day(case: Case) -> None:
    if case.wanted.startswith("error"):
        case = case._replace(how="lenient")
    tree = _read(case).tree
    assert parse(unparse(tree), today=date(1999, 2, 28)).tree == tree


def test_the_file_is_a_conformance_file() -> None:
    assert len(CASES) > 450
    assert len({(case.how, case.query) for case in CASES}) == len(CASES)


@pytest.mark.parametrize("example", [example for row in ROWS for example in row.written])
def test_every_documented_example_parses(example: str) -> None:
    parsed = parse(example, today=TODAY)
    assert parse(unparse(parsed.tree), today=TODAY).tree == parsed.tree


def test_plain_words_print_as_the_contract_shows() -> None:
    assert unparse(parse("Lachin corridor", today=TODAY).tree) == "lachin AND corridor"


def test_how_words_are_matched_is_recorded() -> None:
    assert parse("a b", today=TODAY, match="auto").match == "auto"
    assert parse("a b", today=TODAY).tree.implicit
    assert not parse("a AND b", today=TODAY).tree.implicit


def test_spans_are_the_places_in_the_query() -> None:
    text = 'title:putin  "lachin corridor"~5 -war^2'
    title, near, unwanted = parse(text, today=TODAY).tree.parts
    assert [text[slice(*node.span)] for node in (title, near, unwanted)] == [
        "title:putin",
        '"lachin corridor"~5',
        "-war^2",
    ]
    assert text[slice(*title.node.span)] == "putin"
    assert text[slice(*unwanted.node.node.span)] == "war"


def test_a_field_with_a_space_behind_is_noted() -> None:
    assert "title:" in parse("title: putin", today=TODAY).notes[0]
    assert parse("Karabakh: what next?", today=TODAY).notes == ()


def test_a_pasted_text_is_a_query_however_many_words_it_has() -> None:
    assert len(parse("word " * 9_999, today=TODAY).tree.parts) == 9_999
    with pytest.raises(QueryError, match="parts"):
        parse("wor* " * 9_999, today=TODAY)


@pytest.mark.parametrize("text", ["\x01", "\u202e\u200b", "\udcff", "\ufeff"])
def test_what_cannot_be_seen_finds_nothing(text: str) -> None:
    assert isinstance(parse(text, today=TODAY).tree, Nothing)
