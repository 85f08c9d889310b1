"""People in articles that are read together have one name, whatever each article calls them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from searcher.articles.inference import Inference
from searcher.articles.limits import Limits
from searcher.ingest.extracting import extract
from searcher.model import Article, Failure

if TYPE_CHECKING:
    from pathlib import Path

FULL = "Ferry talks open\n\nMinister Marta Oravainen met the ferry crews on Monday. Oravainen promised new boats.\n"
BARE = (
    "Crews wait\n\nThe crews said that Minister Oravainen had promised them boats before. Oravainen did not comment.\n"
)


def read(folder: Path) -> list[Article | Failure]:
    return list(extract([folder], root=folder, stdin=io.BytesIO(), inference=Inference(), limits=Limits()))


def people(folder: Path) -> dict[str, list[str]]:
    articles = (each for each in read(folder) if isinstance(each, Article))
    return {article.path.rpartition("/")[2]: [person.name for person in article.facts.people] for article in articles}


def test_a_surname_has_the_full_name_that_another_file_gives(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BARE)
    (tmp_path / "b.txt").write_text(FULL)
    assert people(tmp_path) == {"a.txt": ["Marta Oravainen"], "b.txt": ["Marta Oravainen"]}


def test_a_surname_that_nobody_else_has_stays(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BARE)
    assert people(tmp_path) == {"a.txt": ["Oravainen"]}


def test_what_cannot_be_read_keeps_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FULL)
    (tmp_path / "b.jsonl").write_text("{not json\n")
    (tmp_path / "c.txt").write_text(BARE)
    assert [type(each) for each in read(tmp_path)] == [Article, Failure, Article]
